//! Steps of the launch as a whole: plan, people, requests, and what was recorded at its end.

use std::collections::BTreeMap;

use super::{Action, Class, Maker, rank};
use crate::{
    command::Command,
    journal::{Event, RequestDetail, ScheduleDetail},
    model::Member,
};

use super::super::document::{PersonPart, RecordPart};

impl Maker<'_> {
    pub(super) fn setup(&mut self) {
        let launch = &self.document.launch;
        let plan = Command::PlanLaunch(ScheduleDetail {
            id: launch.id.clone(),
            title: launch.title.clone(),
            note: launch.note.clone(),
            start: launch.start,
            weeks: launch.weeks,
            moment: launch.moment,
            zone: launch.zone.clone(),
            watch_days: launch.watch_days,
        });
        let step = self.step(Class::Plan, "launch", "", &launch.planned, plan);
        self.steps.push(step);
        let required = launch.required.iter().map(|discipline| {
            let discipline = *discipline;
            ("required", Command::RequireDiscipline { discipline })
        });
        let verified = launch.verified.iter().map(|discipline| {
            let discipline = *discipline;
            ("verified", Command::RequireVerification { discipline })
        });
        for (field, command) in required.chain(verified) {
            let planned = &launch.planned;
            let step = self.step(Class::Required, "launch", field, planned, command);
            self.steps.push(step);
        }
        self.windows();
        self.sprints();
        self.members();
        self.leads();
    }

    fn windows(&mut self) {
        let windows = self.document.windows();
        if !windows.is_empty() {
            let set = Command::SetWindows(windows);
            let planned = &self.document.launch.planned;
            let step = self.step(Class::Required, "launch", "", planned, set);
            self.steps.push(step);
        }
        if let Some(part) = &self.document.excepted {
            let reason = part.reason.clone();
            let except = Command::ExceptMoment { reason };
            let step = self.step(Class::Excepted, "excepted", "", &part.by, except);
            self.steps.push(step);
        }
    }

    fn sprints(&mut self) {
        let launch = &self.document.launch;
        if launch.sprint_weeks != 1 {
            let length = Command::SetSprintLength {
                weeks: launch.sprint_weeks,
            };
            let step = self
                .step(
                    Class::Plan,
                    "launch",
                    "sprint_weeks",
                    &launch.planned,
                    length,
                )
                .order(1, 0, 0);
            self.steps.push(step);
        }
        for (place, part) in self.document.sprints.iter().enumerate() {
            let carries = Command::SetCapacity {
                sprint: part.number,
                capacity: Some(part.capacity.amount),
                unit: part.capacity.unit,
            };
            let step = self
                .step(Class::Required, &part.path, "", &launch.planned, carries)
                .order(rank(place), 0, 0);
            self.steps.push(step);
        }
    }

    /// Approvers come last, since from the first one on only approvers make members: the planner
    /// first among them, if the planner is one.
    fn members(&mut self) {
        let planner = &self.document.launch.planned;
        let approves = |p: &PersonPart| p.part.approves || p.approves_until.is_some();
        let mut members: Vec<_> = self.document.people.iter().filter(|p| p.member).collect();
        members.sort_by_key(|p| (approves(p), p.key != planner.by));
        let first = members.iter().find(|p| approves(p)).map(|p| &p.key);
        let mut by = planner.clone();
        for (place, person) in members.into_iter().enumerate() {
            let record = format!("people.{}", person.key);
            let set = |approves: bool| Command::SetMember {
                person: (self.person)(&person.key),
                member: Member {
                    approves,
                    ..person.part.clone()
                },
            };
            let step = self
                .step(
                    Class::Members,
                    &record,
                    "approves",
                    &by,
                    set(approves(person)),
                )
                .order(rank(place), 0, 0);
            let mut left = None;
            if let Some(until) = person.approves_until {
                let own = self.owner(Some(&person.key), until);
                let field = "approves_until";
                left = Some(self.step(Class::Rights, &record, field, &own, set(false)));
            }
            self.steps.push(step);
            self.steps.extend(left);
            if first == Some(&person.key) {
                by.by.clone_from(&person.key);
            }
        }
    }

    fn leads(&mut self) {
        for person in &self.document.people {
            let record = format!("people.{}", person.key);
            for discipline in &person.leads {
                let name = Command::NameLead {
                    discipline: *discipline,
                    lead: Some((self.person)(&person.key)),
                };
                let planned = &self.document.launch.planned;
                let step = self.step(Class::Leads, &record, "leads", planned, name);
                self.steps.push(step);
            }
        }
    }

    pub(super) fn requests(&mut self) {
        let items: BTreeMap<_, _> = self.document.items.iter().map(|i| (&i.id, i)).collect();
        for (place, part) in self.document.requests.iter().enumerate() {
            let path = &part.path;
            let detail = RequestDetail {
                kind: part.kind,
                from: part.from,
                to: part.to,
                text: part.text.clone(),
                owner: part.owner.as_deref().map(self.person),
                due: part.due,
                blocking: part.blocking,
                item: part.item.clone(),
            };
            let id = part.id.clone();
            let make = Command::MakeRequest { id, detail };
            let mut step = self
                .step(Class::Requests, path, "asked", &part.asked, make)
                .order(rank(place), 0, 0);
            if let Some(item) = part.item.as_ref().and_then(|id| items.get(id)) {
                step = step.after(&format!("{}.added", item.path), item.added);
            }
            self.steps.push(step);
            if let Some((by, text)) = &part.answer {
                let answer = Command::AnswerRequest {
                    request: part.id.clone(),
                    text: text.clone(),
                };
                let step = self
                    .step(Class::Answers, path, "answer", by, answer)
                    .after(&format!("{path}.asked.at"), part.asked.at);
                self.steps.push(step);
            }
            for (nth, (by, text)) in part.thread.iter().enumerate() {
                let discuss = Command::DiscussRequest {
                    request: part.id.clone(),
                    text: text.clone(),
                };
                let step = self
                    .step(Class::Remarks, path, "thread", by, discuss)
                    .order(rank(place), rank(nth), 0)
                    .after(&format!("{path}.asked.at"), part.asked.at);
                self.steps.push(step);
            }
        }
    }

    /// Each comes right after those before it and what was read of them: what is replaced is not read
    /// any more.
    pub(super) fn notices(&mut self) {
        for (place, part) in self.document.notices.iter().enumerate() {
            let path = &part.path;
            let issue = Command::IssueNotice(part.notice.clone());
            let step = self
                .step(Class::Notices, path, "issued", &part.issued, issue)
                .order(rank(place), 0, 0);
            self.steps.push(step);
            for (nth, read) in part.read.iter().enumerate() {
                let notice = part.notice.id.clone();
                // It counts for no discipline that they do not work for.
                let action = if read.left {
                    Action::Record(Event::NoticeRead { notice })
                } else {
                    Action::Decide(Command::ReadNotice { notice })
                };
                let step = self
                    .act(Class::Notices, path, "read", &read.by, action)
                    .order(rank(place), 1, rank(nth))
                    .after(&format!("{path}.issued.at"), part.issued.at);
                self.steps.push(step);
            }
        }
    }

    pub(super) fn records(&mut self) {
        if let Some(declared) = &self.document.declared {
            let command = Command::DeclareCourse {
                course: declared.course,
                reason: declared.reason.clone(),
                until: declared.until,
            };
            let step = self.step(Class::Declared, "declared", "", &declared.by, command);
            self.steps.push(step);
        }
        let launched = self.document.launched.as_ref();
        if let Some(part) = launched {
            let action = unless_changed(part, Command::RecordLaunch, Event::Launched);
            let step = self.act(Class::Launched, "launched", "", &part.by, action);
            self.steps.push(step);
        }
        if let Some(part) = &self.document.watch_closed {
            let action = unless_changed(part, Command::CloseWatch, Event::WatchClosed);
            let mut step = self.act(Class::WatchClosed, "watch_closed", "", &part.by, action);
            if let Some(launched) = launched {
                step = step.after("launched.at", launched.by.at);
            }
            self.steps.push(step);
        }
    }
}

fn unless_changed(part: &RecordPart, command: Command, event: Event) -> Action {
    if part.claimed {
        Action::Claim
    } else if part.changed_since {
        Action::DecideUnlessChanged(command, event)
    } else {
        Action::Decide(command)
    }
}
