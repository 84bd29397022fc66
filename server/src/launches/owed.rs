//! What somebody owes in a launch: computed from the launch, as everything else.

use std::collections::BTreeSet;

use chrono::TimeDelta;

use startklar::{
    Assessment, Launch, LaunchId, Locale, People, PersonId,
    engine::{Finding, ItemState, Polled, Subject},
    model::{Exemption, ExemptionKind, Item, ItemIx, Mention, Request, Tick},
    text::Note,
    texts::{day_seen, fill, finding_text, said, subject_title},
    time::{Instant, days_between},
};
use startklar_app::owed::{Owed, OwedKind, Place};

/// How long it is somebody's matter that they were mentioned.
const MENTIONED: TimeDelta = TimeDelta::days(14);

/// Everybody who may owe something in a launch.
pub(super) fn concerned(launch: &Launch) -> BTreeSet<PersonId> {
    let approvers = launch.members.iter().filter(|(_, member)| member.approves);
    let items = launch.items.rows().iter();
    let ticked = items
        .clone()
        .filter_map(|item| item.tick.as_ref().map(|tick| tick.by.by));
    let asked = launch.notices.iter().flat_map(|n| &n.notice.disciplines);
    let readers = asked.flat_map(|discipline| launch.people_of(*discipline));
    let mentioned = launch.mentions.iter().map(|one| one.person);
    approvers
        .map(|(person, _)| *person)
        .chain(launch.leads.values().copied())
        .chain(items.filter_map(|item| item.owner))
        .chain(ticked)
        .chain(readers)
        .chain(mentioned)
        .chain(launch.stories.rows().iter().filter_map(|story| story.owner))
        .chain(
            launch
                .requests
                .rows()
                .iter()
                .filter_map(|request| request.owner),
        )
        .collect()
}

/// What a person owes in a launch.
pub(super) fn by(
    person: PersonId,
    launch: &Launch,
    (assessment, now): (&Assessment, Instant),
    people: &People,
    locale: Locale,
) -> Vec<Owed> {
    let Some(schedule) = &launch.schedule else {
        return Vec::new();
    };
    let case = Case {
        id: &schedule.id,
        person,
        launch,
        assessment,
        people,
        locale,
    };
    // What customers are to be told matters after the launch as well, and so does what people say.
    let mut owed = case.notices();
    owed.extend(case.mentions(now));
    if launch.launched.is_some() && assessment.blockers().next().is_none() {
        return owed;
    }
    let items = launch
        .items
        .each()
        .filter_map(|(ix, item)| case.item(ix, item));
    let requests = launch
        .requests
        .each()
        .filter_map(|(ix, request)| case.request(Subject::Request(ix), request));
    let stories = launch
        .stories
        .each()
        .filter_map(|(ix, _)| case.story(Subject::Story(ix)));
    owed.extend(items.chain(requests).chain(stories));
    owed.extend(case.votes(now));
    owed
}

/// The moment since which something waits for a word of somebody. None for what waits for work.
pub(super) fn since(launch: &Launch, person: PersonId, what: &OwedKind) -> Option<Instant> {
    let item = |id| launch.items.find(id).and_then(|ix| launch.items.at(ix));
    let tick = |id| item(id).and_then(|item| item.tick.as_ref());
    match what {
        OwedKind::Verify(id) => tick(id).map(|tick| tick.by.at),
        OwedKind::Confirm(id) => tick(id).map(Tick::last_said),
        OwedKind::Grant { item: id, .. } => {
            let asked = item(id).and_then(|item| item.exemption.as_ref());
            asked.map(|exemption| exemption.asked.at)
        }
        OwedKind::Answer(id) => {
            let request = launch.requests.find(id);
            let request = request.and_then(|ix| launch.requests.at(ix));
            request.map(|request| request.asked.at)
        }
        OwedKind::Read(id) => {
            let ix = launch.find_notice(id)?;
            launch.notice_at(ix).map(|issued| issued.by.at)
        }
        OwedKind::Vote(discipline) => {
            let poll = launch.open_poll()?;
            let void = poll.last(*discipline).and_then(|vote| vote.void.as_ref());
            Some(void.map_or(poll.opened.at, |void| void.at))
        }
        OwedKind::Mentioned(place) => {
            let mut all = launch.mentions.iter();
            let one = all.find(|one| one.person == person && is_there(launch, one, place));
            one.map(|one| one.by.at)
        }
        OwedKind::Item { .. } | OwedKind::Story(_) | OwedKind::Changed(_) => None,
    }
}

/// Where somebody was mentioned.
fn place(launch: &Launch, mention: &Mention) -> Option<Place> {
    match mention.subject {
        Subject::Item(ix) => launch.items.at(ix).map(|row| Place::Item(row.id.clone())),
        Subject::Request(ix) => {
            let row = launch.requests.at(ix);
            row.map(|row| Place::Request(row.id.clone()))
        }
        _ => None,
    }
}

fn is_there(launch: &Launch, mention: &Mention, there: &Place) -> bool {
    place(launch, mention).as_ref() == Some(there)
}

struct Case<'a> {
    id: &'a LaunchId,
    person: PersonId,
    launch: &'a Launch,
    assessment: &'a Assessment,
    people: &'a People,
    locale: Locale,
}

impl Case<'_> {
    fn item(&self, ix: ItemIx, item: &Item) -> Option<Owed> {
        let state = self.assessment.item(ix);
        let approves = self.launch.may_approve(self.person);
        if let Some(asked) = item.exemption.as_ref().filter(|e| e.granted.is_none())
            && approves
            && asked.asked.by != self.person
            && !state.is_closed()
        {
            let what = OwedKind::Grant {
                item: item.id.clone(),
                kind: asked.kind,
            };
            return Some(Owed {
                why: self.asked(asked),
                ..self.owed(Subject::Item(ix), what, item.due)
            });
        }
        let mine = self.owns(item);
        let what = match state {
            ItemState::NotBegun | ItemState::Begun | ItemState::EvidenceMissing if mine => {
                OwedKind::Item {
                    id: item.id.clone(),
                    begun: item.begun.is_some(),
                    evidence: item.lacks_evidence(None),
                }
            }
            ItemState::SecondPerson if self.launch.is_second_person(item, self.person) => {
                OwedKind::Verify(item.id.clone())
            }
            ItemState::Stale(_) if mine => OwedKind::Confirm(item.id.clone()),
            _ => return None,
        };
        let ticked = item.tick.as_ref();
        let ticked = ticked.filter(|_| matches!(what, OwedKind::Verify(_)));
        let mut owed = self.owed(Subject::Item(ix), what, item.due);
        if let Some(tick) = ticked {
            owed.why = self.ticked(item, tick);
        }
        Some(owed)
    }

    /// Who asks for what until when, and why: nobody grants what they have not read.
    fn asked(&self, asked: &Exemption) -> String {
        let t = &self.locale.catalogue().pages.items;
        let (template, until) = match asked.kind {
            ExemptionKind::Waiver { until } => (t.waiver_asked, Some(until)),
            ExemptionKind::NotApplicable => (t.strike_asked, None),
        };
        let day = until.map(|day| day_seen(self.locale, self.assessment.today, day));
        fill(
            template,
            &[
                ("who", &self.name(asked.asked.by)),
                ("day", &day.unwrap_or_default()),
                ("reason", &self.said(&asked.reason)),
            ],
        )
    }

    /// Who ticked it when, and by what evidence.
    fn ticked(&self, item: &Item, tick: &Tick) -> String {
        let t = &self.locale.catalogue().pages.items;
        let day = self.launch.day(tick.by.at);
        let when = day_seen(self.locale, self.assessment.today, day);
        let by = self.name(tick.by.by);
        let said = fill(t.ticked_by, &[("who", &by), ("when", &when)]);
        let files = item.files.iter().map(|one| one.file.name.to_string());
        let given = tick
            .evidence
            .iter()
            .map(|text| self.said(text))
            .chain(files);
        let given: Vec<_> = given.collect();
        if given.is_empty() {
            return said;
        }
        format!("{said} {}: {}", t.evidence, given.join(", "))
    }

    fn said(&self, text: &Note) -> String {
        said(text.as_str(), self.people, self.locale)
    }

    fn name(&self, id: PersonId) -> &str {
        let unknown = self.locale.catalogue().common.somebody_unknown;
        self.people.name(id).unwrap_or(unknown)
    }

    /// Whose an item is: its owner's, or else its lead's.
    fn owns(&self, item: &Item) -> bool {
        match item.owner {
            Some(owner) => owner == self.person,
            None => self.launch.leads.get(&item.discipline) == Some(&self.person),
        }
    }

    fn request(&self, subject: Subject, request: &Request) -> Option<Owed> {
        let owner = request
            .owner
            .or_else(|| self.launch.leads.get(&request.to).copied());
        (request.answer.is_none() && owner == Some(self.person)).then(|| {
            self.owed(
                subject,
                OwedKind::Answer(request.id.clone()),
                Some(request.due),
            )
        })
    }

    /// The change notices that they are to read, the first first.
    fn notices(&self) -> Vec<Owed> {
        let all = (0..).zip(&self.launch.notices);
        let open = all.filter(|(_, issued)| {
            let mut to = issued.notice.disciplines.iter();
            !issued.is_known_to(self.person)
                && to.any(|of| self.launch.people_of(*of).any(|id| id == self.person))
                && self.launch.replaced(&issued.notice.id).is_none()
        });
        open.map(|(place, issued)| {
            let (notice, day) = (&issued.notice, self.launch.day(issued.by.at));
            let when = day_seen(self.locale, self.assessment.today, day);
            let template = self.locale.catalogue().notices.owed_why;
            let who = self.name(issued.by.by);
            let left = notice
                .due
                .map(|due| days_between(self.assessment.today, due));
            Owed {
                // One that names no day is never late, not even once it was launched.
                days: left.unwrap_or_default(),
                late: left.is_some_and(|left| left < 0),
                why: fill(template, &[("who", &who), ("when", &when)]),
                ..self.owed(
                    Subject::Notice(u32::into(place)),
                    OwedKind::Read(notice.id.clone()),
                    notice.due,
                )
            }
        })
        .collect()
    }

    /// What was said to them by name of late, and they have not reacted to.
    fn mentions(&self, now: Instant) -> Vec<Owed> {
        let mine = self.launch.mentions.iter().filter(|one| {
            one.person == self.person && now.signed_duration_since(one.by.at) < MENTIONED
        });
        mine.filter_map(|one| {
            let what = OwedKind::Mentioned(place(self.launch, one)?);
            let day = self.launch.day(one.by.at);
            let when = day_seen(self.locale, self.assessment.today, day);
            let gaps: [(&str, &dyn std::fmt::Display); 3] = [
                ("who", &self.name(one.by.by)),
                ("when", &when),
                ("text", &self.said(&one.text)),
            ];
            let template = self.locale.catalogue().pages.requests.mentioned_why;
            Some(Owed {
                why: fill(template, &gaps),
                start: None,
                days: 0,
                late: false,
                ..self.owed(one.subject, what, None)
            })
        })
        .collect()
    }

    fn story(&self, subject: Subject) -> Option<Owed> {
        let Subject::Story(ix) = subject else {
            return None;
        };
        let story = self.launch.stories.at(ix)?;
        let in_scope = self.launch.epics.at(story.epic)?.in_scope.is_some();
        (story.owner == Some(self.person) && in_scope && story.is_open())
            .then(|| self.owed(subject, OwedKind::Story(story.id.clone()), None))
    }

    /// What they have to say in an open poll, for each discipline that they lead and for which no vote
    /// stands. With the launch the poll is over.
    fn votes(&self, now: Instant) -> Vec<Owed> {
        let poll = self.launch.open_poll();
        let Some(poll) = poll.filter(|_| self.launch.launched.is_none()) else {
            return Vec::new();
        };
        let polled = Polled::of(self.launch, poll, now);
        let mine = poll.asked.iter().copied().filter(|discipline| {
            self.launch.leads.get(discipline) == Some(&self.person)
                && polled.standing(*discipline).is_none()
        });
        mine.map(|discipline| {
            let t = self.locale.catalogue();
            let again = polled.void(discipline).is_some();
            let opened = poll.opened;
            let day = self.launch.day(opened.at);
            let when = day_seen(self.locale, self.assessment.today, day);
            let template = if again {
                t.poll.owed_again
            } else {
                t.poll.owed_why
            };
            let gaps: [(&str, &dyn std::fmt::Display); 3] = [
                ("discipline", &t.discipline_in_line(discipline)),
                ("who", &self.name(opened.by)),
                ("when", &when),
            ];
            let (subject, what) = (Subject::Launch, OwedKind::Vote(discipline));
            Owed {
                title: fill(t.poll.owed, &gaps),
                why: fill(template, &gaps),
                ..self.owed(subject, what, None)
            }
        })
        .collect()
    }

    fn owed(&self, subject: Subject, what: OwedKind, due: Option<chrono::NaiveDate>) -> Owed {
        let begun = match &what {
            OwedKind::Item { begun, .. } => *begun,
            _ => true,
        };
        let start = match subject {
            Subject::Item(ix) if !begun => self.assessment.last_safe_start(self.launch, ix),
            _ => None,
        };
        // What has neither date is there until the launch.
        let first = start
            .into_iter()
            .chain(due)
            .min()
            .or(self.launch.launch_day());
        let days = first.map_or(0, |day| days_between(self.assessment.today, day));
        Owed {
            launch: self.id.clone(),
            launch_title: self.launch.title().to_owned(),
            what,
            title: subject_title(self.launch, subject, self.people, self.locale),
            why: self.why(subject),
            today: self.assessment.today,
            start,
            due,
            days,
            late: days < 0,
        }
    }

    /// What the engine says about it, the weightiest first; empty when it says nothing.
    fn why(&self, subject: Subject) -> String {
        let mut about: Vec<&Finding> = self.assessment.about(subject).collect();
        about.sort_by_key(|finding| !finding.is_blocking());
        about.first().map_or_else(String::new, |finding| {
            finding_text(
                self.launch,
                self.assessment,
                finding,
                self.people,
                self.locale,
            )
        })
    }
}
