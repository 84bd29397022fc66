//! The fold: what each event changes in a launch. Total: an event that does not fit changes
//! nothing, since it was decided against a launch that it did fit.

use super::{Event, FileDetail, ItemDetail, Recorded, RequestDetail, ScheduleDetail, StoryDetail};
use crate::{
    id::{EpicId, ItemId, PersonId, StoryId},
    model::{
        Answer, Attached, Declaration, Epic, Excepted, Exemption, Issued, Item, Launch, Remark,
        Request, Schedule, Stamp, Story, StoryState, Tick,
    },
    time::Instant,
};

impl Launch {
    /// Folds a whole journal.
    pub fn fold<'a>(journal: impl IntoIterator<Item = &'a Recorded>) -> Self {
        let mut launch = Self::default();
        for record in journal {
            launch.apply(record);
        }
        launch
    }

    /// Folds one line of the journal.
    pub fn apply(&mut self, record: &Recorded) {
        self.apply_at(&record.event, record.at, record.by);
        self.revision = record.seq;
    }

    /// Folds one event that happened at this moment by this person, and counts the revision on.
    pub fn apply_at(&mut self, event: &Event, at: Instant, by: PersonId) {
        let footing = self.footing(at);
        self.change(event, at, by);
        self.apply_to_mentions(event, Stamp { at, by });
        if let Some(footing) = footing {
            self.void_votes(&footing, Stamp { at, by });
        }
    }

    fn change(&mut self, event: &Event, at: Instant, by: PersonId) {
        self.revision += 1;
        self.touched = Some(at);
        let stamp = Stamp { at, by };
        match event {
            Event::Planned(detail) => self.schedule = Some(schedule(detail, at)),
            Event::Renamed { title, note } => {
                if let Some(s) = &mut self.schedule {
                    s.title = title.clone();
                    s.note.clone_from(note);
                }
            }
            Event::Rescheduled { moment } => {
                if let Some(s) = &mut self.schedule {
                    // What was said of one moment holds for no other.
                    self.excepted.take_if(|_| s.moment != *moment);
                    s.moment = *moment;
                }
            }
            Event::DisciplineRequired { discipline } => self.policy.require(*discipline),
            Event::VerificationRequired { discipline } => self.verify(*discipline),
            Event::WindowsSet(windows) => {
                self.excepted.take_if(|_| self.windows != *windows);
                self.windows = windows.clone();
            }
            Event::MomentExcepted { reason } => {
                let reason = reason.clone();
                self.excepted = Some(Excepted { reason, by: stamp });
            }
            #[cfg(feature = "plan")]
            Event::TemplateTaken(taken) => self.taken = Some(taken.clone()),
            Event::MemberSet { person, member } => {
                self.members.insert(*person, member.clone());
            }
            Event::LeadNamed { discipline, lead } => match lead {
                Some(person) => {
                    self.leads.insert(*discipline, *person);
                }
                None => {
                    self.leads.remove(discipline);
                }
            },
            Event::CourseDeclared {
                course,
                reason,
                until,
            } => {
                self.declared = Some(Declaration {
                    course: *course,
                    reason: reason.clone(),
                    until: *until,
                    by: stamp,
                });
            }
            Event::SprintLengthSet { .. } | Event::CapacitySet { .. } => {
                self.apply_to_sprints(event);
            }
            Event::CourseWithdrawn => self.declared = None,
            Event::PollOpened { .. } | Event::VoteCast(_) | Event::PollDecided { .. } => {
                self.apply_to_poll(event, stamp);
            }
            Event::Launched => {
                self.launched = Some(stamp);
                self.claimed = false;
            }
            Event::LaunchClaimed => {
                self.launched = Some(stamp);
                self.claimed = true;
            }
            Event::WatchClosed => self.watch_closed = Some(stamp),
            _ => self.apply_to_part(event, stamp),
        }
    }

    fn apply_to_part(&mut self, event: &Event, stamp: Stamp) {
        match event {
            Event::EpicAdded { .. }
            | Event::EpicEdited { .. }
            | Event::EpicRanked { .. }
            | Event::EpicScoped { .. }
            | Event::EpicUnscoped { .. }
            | Event::EpicAccepted { .. }
            | Event::EpicAcceptanceWithdrawn { .. } => self.apply_to_epic(event, stamp),
            Event::StoryAdded { id, epic, detail } => self.add_story(id, epic, detail, stamp.at),
            Event::StoryEdited { .. }
            | Event::StoryMoved { .. }
            | Event::StoryPlanned { .. }
            | Event::StoryEstimated { .. }
            | Event::StoryBegun { .. }
            | Event::StoryDone { .. }
            | Event::StoryDropped { .. }
            | Event::StoryReopened { .. } => self.apply_to_story(event, stamp.at),
            Event::StorySplit { .. } | Event::StoryMerged { .. } => {
                self.apply_to_parts(event, stamp.at);
            }
            Event::RequestMade { id, detail } => {
                let request = self.request(id.clone(), detail, stamp);
                self.requests.add(request);
            }
            Event::RequestAnswered { request, text } => {
                if let Some(r) = self.requests.get_mut(request) {
                    r.answer = Some(Answer {
                        by: stamp,
                        text: text.clone(),
                    });
                }
            }
            Event::RequestReopened { request } => {
                if let Some(r) = self.requests.get_mut(request) {
                    r.answer = None;
                }
            }
            Event::RequestDiscussed { request, text } => {
                if let Some(r) = self.requests.get_mut(request) {
                    r.thread.push(Remark {
                        by: stamp,
                        text: text.clone(),
                    });
                }
            }
            Event::NoticeIssued(notice) => self.notices.push(Issued {
                notice: notice.clone(),
                by: stamp,
                reads: Vec::new(),
            }),
            Event::NoticeRead { notice } => {
                let mut all = self.notices.iter_mut();
                let issued = all.find(|one| one.notice.id == *notice);
                if let Some(issued) = issued.filter(|one| one.read_by(stamp.by).is_none()) {
                    issued.reads.push(stamp);
                }
            }
            Event::ItemAdded { id, detail } => {
                let item = self.item(id.clone(), detail, stamp.at);
                self.items.add(item);
            }
            Event::ItemEdited { item, detail } => self.edit_item(item, detail),
            _ => self.apply_to_item(event, stamp),
        }
    }

    fn apply_to_epic(&mut self, event: &Event, stamp: Stamp) {
        match event {
            Event::EpicAdded { id, title, note } => {
                let known = self.epics.len();
                let ix = self.epics.add(Epic {
                    id: id.clone(),
                    title: title.clone(),
                    note: note.clone(),
                    added: stamp.at,
                    in_scope: None,
                    left: None,
                    accepted: None,
                });
                if self.epics.len() > known {
                    self.ranking.push(ix);
                }
            }
            Event::EpicEdited { epic, title, note } => {
                if let Some(e) = self.epics.get_mut(epic) {
                    e.title = title.clone();
                    e.note.clone_from(note);
                }
            }
            Event::EpicRanked { epic, to } => {
                let Some(ix) = self.epics.find(epic) else {
                    return;
                };
                self.ranking.retain(|other| *other != ix);
                let to = (*to as usize).min(self.ranking.len());
                self.ranking.insert(to, ix);
            }
            Event::EpicScoped { epic, since } => self.on_epic(epic, |e| {
                e.in_scope = Some(since.unwrap_or(stamp.at));
                e.left = None;
            }),
            Event::EpicUnscoped { epic } => self.on_epic(epic, |e| {
                e.left = e.in_scope.take().map(|since| (since, stamp.at));
            }),
            Event::EpicAccepted { epic } => self.on_epic(epic, |e| e.accepted = Some(stamp)),
            Event::EpicAcceptanceWithdrawn { epic } => self.on_epic(epic, |e| e.accepted = None),
            _ => {}
        }
    }

    fn on_epic(&mut self, id: &EpicId, change: impl FnOnce(&mut Epic)) {
        if let Some(epic) = self.epics.get_mut(id) {
            change(epic);
        }
    }

    fn add_story(&mut self, id: &StoryId, epic: &EpicId, detail: &StoryDetail, at: Instant) {
        let Some(ix) = self.epics.find(epic) else {
            return;
        };
        self.stories.add(Story {
            id: id.clone(),
            epic: ix,
            title: detail.title.clone(),
            note: detail.note.clone(),
            points: detail.points,
            sprint: detail.sprint,
            planned: detail.sprint.map(|_| at),
            stays: Vec::new(),
            owner: detail.owner,
            added: at,
            begun: None,
            state: StoryState::Todo,
        });
        // What was accepted did not contain this story.
        self.on_epic(epic, |e| e.accepted = None);
    }

    fn apply_to_story(&mut self, event: &Event, at: Instant) {
        match event {
            Event::StoryEdited { story, detail } => {
                if let Some(s) = self.stories.get_mut(story) {
                    s.title = detail.title.clone();
                    s.note.clone_from(&detail.note);
                    s.points = detail.points;
                    s.owner = detail.owner;
                }
                self.put_into_sprint(story, detail.sprint, at);
            }
            Event::StoryMoved { story, epic } => {
                let Some(to) = self.epics.find(epic) else {
                    return;
                };
                let Some(s) = self.stories.get_mut(story) else {
                    return;
                };
                let from = std::mem::replace(&mut s.epic, to);
                // What was accepted had other stories, in both epics.
                for ix in [from, to] {
                    let id = self.epics.at(ix).map(|e| e.id.clone());
                    if let Some(id) = id {
                        self.on_epic(&id, |e| e.accepted = None);
                    }
                }
            }
            Event::StoryPlanned { story, sprint } => {
                self.put_into_sprint(story, *sprint, at);
            }
            Event::StoryEstimated { story, points } => {
                if let Some(s) = self.stories.get_mut(story) {
                    s.points = *points;
                }
            }
            Event::StoryBegun { story } => {
                if let Some(s) = self.stories.get_mut(story) {
                    s.begun.get_or_insert(at);
                    s.state = StoryState::Begun(at);
                }
            }
            Event::StoryDone { story } => {
                if let Some(s) = self.stories.get_mut(story) {
                    s.begun.get_or_insert(at);
                    s.state = StoryState::Done(at);
                }
            }
            Event::StoryDropped { story } => {
                if let Some(s) = self.stories.get_mut(story) {
                    s.state = StoryState::Dropped(at);
                }
            }
            Event::StoryReopened { story } => {
                let Some(s) = self.stories.get_mut(story) else {
                    return;
                };
                s.state = StoryState::Todo;
                let epic = self.epics.at(s.epic).map(|e| e.id.clone());
                if let Some(epic) = epic {
                    self.on_epic(&epic, |e| e.accepted = None);
                }
            }
            _ => {}
        }
    }

    fn item(&self, id: ItemId, detail: &ItemDetail, at: Instant) -> Item {
        let epics = |ids: &[EpicId]| ids.iter().filter_map(|e| self.epics.find(e)).collect();
        Item {
            id,
            title: detail.title.clone(),
            note: detail.note.clone(),
            discipline: detail.discipline,
            blocking: detail.blocking,
            covers: epics(&detail.covers),
            owner: detail.owner,
            lead_days: detail.lead_days,
            due: detail.due,
            needs: detail
                .needs
                .iter()
                .filter_map(|i| self.items.find(i))
                .collect(),
            needs_epics: epics(&detail.needs_epics),
            evidence: detail.evidence.clone(),
            second_person: detail.second_person,
            confirm_days: detail.confirm_days,
            added: at,
            begun: None,
            tick: None,
            reopened: None,
            exemption: None,
            files: Vec::new(),
            bound: false,
        }
    }

    fn edit_item(&mut self, id: &ItemId, detail: &ItemDetail) {
        let Some(old) = self.items.get(id) else {
            return;
        };
        let edited = Item {
            begun: old.begun,
            tick: old.tick.clone(),
            reopened: old.reopened,
            exemption: old.exemption.clone(),
            files: old.files.clone(),
            bound: old.bound,
            ..self.item(id.clone(), detail, old.added)
        };
        if let Some(row) = self.items.get_mut(id) {
            *row = edited;
        }
    }

    fn apply_to_item(&mut self, event: &Event, stamp: Stamp) {
        let (Event::ItemAssigned { item, .. }
        | Event::ItemBound { item }
        | Event::ItemBegun { item }
        | Event::ItemBeginWithdrawn { item }
        | Event::ItemTicked { item, .. }
        | Event::ItemUnticked { item }
        | Event::ItemVerified { item }
        | Event::ItemConfirmed { item }
        | Event::FileAttached(FileDetail { item, .. })
        | Event::FileDetached(FileDetail { item, .. })
        | Event::ExemptionAsked { item, .. }
        | Event::ExemptionGranted { item }
        | Event::ExemptionWithdrawn { item }) = event
        else {
            return;
        };
        let Some(row) = self.items.get_mut(item) else {
            return;
        };
        match event {
            Event::ItemAssigned { owner, .. } => row.owner = *owner,
            Event::ItemBound { .. } => row.bound = true,
            Event::ItemBegun { .. } => row.begun = Some(stamp),
            Event::ItemBeginWithdrawn { .. } => row.begun = None,
            Event::ItemTicked { evidence, .. } => {
                row.begun.get_or_insert(stamp);
                row.tick = Some(Tick {
                    by: stamp,
                    evidence: evidence.clone(),
                    verified: None,
                    confirmed: None,
                });
            }
            Event::ItemUnticked { .. } => {
                // What began with the tick has not begun without it.
                if let Some(tick) = row.tick.take() {
                    row.begun = row.begun.filter(|begun| *begun != tick.by);
                }
                row.reopened = Some(stamp.at);
            }
            Event::ItemVerified { .. } => {
                if let Some(tick) = &mut row.tick {
                    tick.verified = Some(stamp);
                }
            }
            Event::ItemConfirmed { .. } => {
                if let Some(tick) = &mut row.tick {
                    tick.confirmed = Some(stamp);
                }
            }
            Event::FileAttached(FileDetail { file, .. })
            | Event::FileDetached(FileDetail { file, .. }) => {
                row.files.retain(|other| other.file.sha256 != file.sha256);
                if matches!(event, Event::FileAttached(_)) {
                    let (file, by) = (file.clone(), stamp);
                    row.files.push(Attached { file, by });
                }
                // Whoever verified has seen other files.
                if let Some(tick) = &mut row.tick {
                    tick.verified = None;
                }
            }
            Event::ExemptionAsked {
                exemption, reason, ..
            } => {
                row.exemption = Some(Exemption {
                    kind: *exemption,
                    reason: reason.clone(),
                    asked: stamp,
                    granted: None,
                });
            }
            Event::ExemptionGranted { .. } => {
                if let Some(exemption) = &mut row.exemption {
                    exemption.granted = Some(stamp);
                }
            }
            // What leaned on a granted exemption leans on nothing now. Where none stands, it came
            // and went before this journal began, which is one that a plan file stands for.
            Event::ExemptionWithdrawn { .. } => {
                let pending = row.exemption.take().is_some_and(|e| e.granted.is_none());
                if !pending {
                    row.reopened = Some(stamp.at);
                }
            }
            _ => {}
        }
    }

    fn request(&self, id: crate::id::RequestId, detail: &RequestDetail, asked: Stamp) -> Request {
        Request {
            id,
            kind: detail.kind,
            from: detail.from,
            to: detail.to,
            text: detail.text.clone(),
            owner: detail.owner,
            due: detail.due,
            blocking: detail.blocking,
            item: detail.item.as_ref().and_then(|i| self.items.find(i)),
            asked,
            answer: None,
            thread: Vec::new(),
        }
    }
}

fn schedule(detail: &ScheduleDetail, planned: Instant) -> Schedule {
    Schedule {
        id: detail.id.clone(),
        title: detail.title.clone(),
        note: detail.note.clone(),
        start: detail.start,
        weeks: detail.weeks,
        moment: detail.moment,
        zone: detail.zone.clone(),
        watch_days: detail.watch_days,
        planned,
    }
}
