//! A launch as a document: what it holds, in the words of the format.

use super::{
    super::document::{
        By, DeclaredPart, Document, EpicPart, ExceptedPart, ExemptionPart, FreezePart, ItemPart,
        LaunchPart, NoticePart, ReadPart, RecordPart, RequestPart, SprintPart, StoryPart, TickPart,
        WindowPart,
    },
    names::Names,
    origin::{orders, origin},
};
use crate::{
    id::EpicId,
    model::{
        Capacity, Discipline, Epic, EpicIx, Exemption, Freeze, Issued, Item, Launch, People,
        Request, Schedule, Stamp, Story, StoryIx, StoryState, Tick, Window,
    },
    text::Note,
};

/// What a tick rests on. The file holds no files, so it says which they are: by name and sum whoever
/// has them knows them again.
fn evidence(item: &Item, tick: &Tick, names: &Names) -> Option<Note> {
    let mut said = tick.evidence.as_ref().map(|said| names.typed(said));
    for attached in &item.files {
        let file = &attached.file;
        let line = format!("{} (SHA-256 {})", file.name, file.sha256);
        let more = match &said {
            Some(said) => format!("{said}\n{line}"),
            None => line,
        };
        // What no longer fits is left out: a note has its length.
        said = more.parse().ok().or(said);
    }
    said
}

struct Exporter<'a> {
    launch: &'a Launch,
    names: Names,
}

/// The document of a launch; `None` before it is planned.
pub(super) fn document(launch: &Launch, people: &People) -> Option<Document> {
    let schedule = launch.schedule.as_ref()?;
    let names = Names::of(launch, people);
    let exporter = Exporter { launch, names };
    let items = launch.items.rows().iter().enumerate();
    let requests = launch.requests.rows().iter().enumerate();
    Some(Document {
        launch: exporter.schedule(schedule),
        people: exporter.names.parts(launch),
        epics: exporter.epics(),
        items: items
            .map(|(place, item)| exporter.item(place, item))
            .collect(),
        sprints: exporter.sprints(),
        windows: exporter.windows(),
        freezes: exporter.freezes(),
        excepted: launch.excepted.as_ref().map(|excepted| ExceptedPart {
            reason: excepted.reason.clone(),
            by: exporter.names.by(excepted.by),
        }),
        requests: requests
            .map(|(place, row)| exporter.request(place, row))
            .collect(),
        notices: (launch.notices.iter().enumerate())
            .map(|(place, issued)| exporter.notice(place, issued))
            .collect(),
        declared: launch.declared.as_ref().map(|declared| DeclaredPart {
            course: declared.course,
            reason: declared.reason.clone(),
            until: declared.until,
            by: exporter.names.by(declared.by),
        }),
        launched: exporter.record(launch.launched).map(|part| RecordPart {
            claimed: launch.claimed,
            ..part
        }),
        watch_closed: exporter.record(launch.watch_closed),
    })
}

impl Exporter<'_> {
    fn schedule(&self, schedule: &Schedule) -> LaunchPart {
        let beyond = |d: &Discipline| !Discipline::REQUIRED.contains(d);
        LaunchPart {
            id: schedule.id.clone(),
            title: schedule.title.clone(),
            note: schedule.note.clone(),
            start: schedule.start,
            weeks: schedule.weeks,
            moment: schedule.moment,
            zone: schedule.zone.clone(),
            watch_days: schedule.watch_days,
            sprint_weeks: self.launch.sprints.weeks,
            required: self.launch.policy.required().filter(beyond).collect(),
            verified: self.launch.verified.clone(),
            planned: By {
                by: self.names.planner(self.launch),
                at: schedule.planned,
            },
        }
    }

    fn sprints(&self) -> Vec<SprintPart> {
        let capacities = self.launch.sprints.capacity.iter().enumerate();
        let part = |(place, (number, capacity)): (usize, (&u8, &Capacity))| SprintPart {
            path: format!("sprints[{place}]"),
            number: *number,
            capacity: *capacity,
        };
        capacities.map(part).collect()
    }

    fn windows(&self) -> Vec<WindowPart> {
        let windows = self.launch.windows.windows().iter().enumerate();
        let part = |(place, window): (usize, &Window)| WindowPart {
            path: format!("windows[{place}]"),
            days: Some(window.days),
            from: window.from,
            to: window.to,
        };
        windows.map(part).collect()
    }

    fn freezes(&self) -> Vec<FreezePart> {
        let freezes = self.launch.windows.freezes().iter().enumerate();
        let part = |(place, freeze): (usize, &Freeze)| FreezePart {
            path: format!("freezes[{place}]"),
            title: freeze.title().clone(),
            first: freeze.first(),
            last: freeze.last(),
        };
        freezes.map(part).collect()
    }

    fn record(&self, stamp: Option<Stamp>) -> Option<RecordPart> {
        stamp.map(|stamp| RecordPart {
            by: self.names.by(stamp),
            changed_since: false,
            claimed: false,
        })
    }

    fn epics(&self) -> Vec<EpicPart> {
        let ranked: Vec<(EpicIx, &Epic)> = self.launch.ranked().collect();
        let added: Vec<_> = ranked.iter().map(|(ix, e)| (e.added, ix.pos())).collect();
        let orders = orders(&added);
        let mut stories = self.stories(&ranked).into_iter();
        let epics = ranked.iter().zip(orders).enumerate();
        epics
            .map(|(place, ((_, epic), order))| EpicPart {
                path: format!("epics[{place}]"),
                id: epic.id.clone(),
                title: epic.title.clone(),
                note: epic.note.clone(),
                added: epic.added,
                order,
                in_scope: epic.in_scope,
                earlier_scope: None,
                left_scope: epic.left,
                accepted: epic.accepted.map(|stamp| self.names.by(stamp)),
                stories: stories.next().unwrap_or_default(),
            })
            .collect()
    }

    /// The stories of each epic, in the order of the file.
    fn stories(&self, ranked: &[(EpicIx, &Epic)]) -> Vec<Vec<StoryPart>> {
        let mut rows: Vec<Vec<(StoryIx, &Story)>> = vec![Vec::new(); ranked.len()];
        let mut places = vec![0; ranked.len()];
        for (place, (ix, _)) in ranked.iter().enumerate() {
            if let Some(slot) = places.get_mut(ix.pos()) {
                *slot = place;
            }
        }
        for (ix, story) in self.launch.stories.each() {
            let place = places.get(story.epic.pos()).copied().unwrap_or_default();
            if let Some(list) = rows.get_mut(place) {
                list.push((ix, story));
            }
        }
        let flat = rows.iter().flatten();
        let added: Vec<_> = flat.map(|(ix, s)| (s.added, ix.pos())).collect();
        let mut orders = orders(&added).into_iter();
        let mut epics = Vec::with_capacity(rows.len());
        for (epic, list) in rows.into_iter().enumerate() {
            let parts = list
                .into_iter()
                .enumerate()
                .map(|(place, (_, story))| StoryPart {
                    path: format!("epics[{epic}].stories[{place}]"),
                    order: orders.next().flatten(),
                    ..self.story(story)
                });
            epics.push(parts.collect());
        }
        epics
    }

    fn story(&self, story: &Story) -> StoryPart {
        let mut part = StoryPart {
            path: String::new(),
            id: story.id.clone(),
            title: story.title.clone(),
            note: story.note.clone(),
            points: story.points,
            sprint: story.sprint,
            planned: story.planned.filter(|at| *at != story.added),
            earlier_sprints: story.stays.clone(),
            owner: story.owner.map(|owner| self.names.handle(owner)),
            added: story.added,
            order: None,
            from: origin(self.launch, story),
            begun: story.begun,
            reopened: None,
            begun_again: None,
            done: None,
            dropped: None,
        };
        match story.state {
            StoryState::Todo => part.reopened = story.begun,
            StoryState::Begun(at) => {
                part.begun_again = Some(at).filter(|at| part.begun != Some(*at));
            }
            StoryState::Done(at) => {
                part.done = Some(at);
                part.begun = part.begun.filter(|begun| *begun != at);
            }
            StoryState::Dropped(at) => part.dropped = Some(at),
        }
        part
    }

    fn item(&self, place: usize, item: &Item) -> ItemPart {
        let epic = |ix: &EpicIx| -> Option<EpicId> { Some(self.launch.epics.at(*ix)?.id.clone()) };
        let tick = item.tick.as_ref();
        let needs = item.needs.iter().filter_map(|ix| self.launch.items.at(*ix));
        ItemPart {
            path: format!("items[{place}]"),
            id: item.id.clone(),
            title: item.title.clone(),
            note: item.note.clone(),
            discipline: item.discipline,
            blocking: item.blocking,
            covers: item.covers.iter().filter_map(epic).collect(),
            needs_epics: item.needs_epics.iter().filter_map(epic).collect(),
            owner: item.owner.map(|owner| self.names.handle(owner)),
            lead_days: item.lead_days,
            due: item.due,
            condition: self.launch.is_promised(item),
            needs: needs.map(|need| need.id.clone()).collect(),
            evidence: item.evidence.clone(),
            second_person: item.second_person,
            confirm_days: item.confirm_days,
            added: item.added,
            terms_since: None,
            begun: (item.begun)
                .filter(|begun| tick.is_none_or(|tick| tick.by != *begun))
                .map(|stamp| self.names.by(stamp)),
            reopened: item.reopened,
            ticked: tick.map(|tick| TickPart {
                by: self.names.by(tick.by),
                evidence: evidence(item, tick, &self.names),
            }),
            verified: self.stamp(tick.and_then(|tick| tick.verified)),
            confirmed: self.stamp(tick.and_then(|tick| tick.confirmed)),
            exemption: item.exemption.as_ref().map(|e| self.exemption(e)),
        }
    }

    fn stamp(&self, stamp: Option<Stamp>) -> Option<By> {
        stamp.map(|stamp| self.names.by(stamp))
    }

    fn said(&self, by: Stamp, text: &Note) -> (By, Note) {
        (self.names.by(by), self.names.typed(text))
    }

    fn exemption(&self, exemption: &Exemption) -> ExemptionPart {
        ExemptionPart {
            kind: exemption.kind,
            reason: self.names.typed(&exemption.reason),
            asked: self.names.by(exemption.asked),
            granted: self.stamp(exemption.granted),
        }
    }

    fn notice(&self, place: usize, issued: &Issued) -> NoticePart {
        let read = |stamp: &Stamp| ReadPart {
            by: self.names.by(*stamp),
            left: false,
        };
        NoticePart {
            path: format!("notices[{place}]"),
            notice: issued.notice.clone(),
            issued: self.names.by(issued.by),
            read: issued.reads.iter().map(read).collect(),
        }
    }

    fn request(&self, place: usize, request: &Request) -> RequestPart {
        let item = request.item.and_then(|ix| self.launch.items.at(ix));
        let answer = request.answer.as_ref();
        RequestPart {
            path: format!("requests[{place}]"),
            id: request.id.clone(),
            kind: request.kind,
            from: request.from,
            to: request.to,
            text: self.names.typed(&request.text),
            owner: request.owner.map(|owner| self.names.handle(owner)),
            due: request.due,
            blocking: request.blocking,
            item: item.map(|item| item.id.clone()),
            asked: self.names.by(request.asked),
            answer: answer.map(|answer| self.said(answer.by, &answer.text)),
            thread: (request.thread.iter())
                .map(|remark| self.said(remark.by, &remark.text))
                .collect(),
        }
    }
}
