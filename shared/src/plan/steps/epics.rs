//! Steps of epics: added and ranked, in and out of scope, accepted.

use super::{Class, Maker, Step, rank};
use crate::{command::Command, time::Instant};

impl Maker<'_> {
    pub(super) fn epics(&mut self) {
        let mut added: Vec<(Instant, u32, u32)> = Vec::new();
        for (place, part) in self.document.epics.iter().enumerate() {
            let by = self.planner(part.added);
            let add = Command::AddEpic {
                id: part.id.clone(),
                title: part.title.clone(),
                note: part.note.clone(),
            };
            let order = part.order.unwrap_or_default();
            let step = self.step(Class::Epics, &part.path, "added", &by, add);
            self.steps.push(step.order(order, rank(place), 0));
            added.push((part.added, order, rank(place)));
        }
        self.ranks(added);
        for place in 0..self.document.epics.len() {
            let steps = self.progress(place);
            self.steps.extend(steps);
        }
    }

    /// An epic that comes later than one of lower rank is moved up at once.
    fn ranks(&mut self, mut added: Vec<(Instant, u32, u32)>) {
        added.sort_unstable();
        let mut places: Vec<u32> = Vec::with_capacity(added.len());
        for (_, order, place) in added {
            let to = places.partition_point(|p| *p < place);
            if let (true, Some(part)) = (to < places.len(), self.document.epics.get(place as usize))
            {
                let by = self.planner(part.added);
                let rank_epic = Command::RankEpic {
                    epic: part.id.clone(),
                    to: rank(to),
                };
                let step = self.step(Class::Epics, &part.path, "added", &by, rank_epic);
                self.steps.push(step.order(order, place, 1));
            }
            places.insert(to, place);
        }
    }

    fn progress(&self, place: usize) -> Vec<Step> {
        let Some(part) = self.document.epics.get(place) else {
            return Vec::new();
        };
        let epic = &part.id;
        let added = format!("{}.added", part.path);
        let order = |step: Step| step.order(rank(place), 0, 0).after(&added, part.added);
        let scope = |class, field, at| {
            let command = Command::ScopeEpic { epic: epic.clone() };
            order(self.step(class, &part.path, field, &self.planner(at), command))
        };
        let leave = |class, field, (from, to)| {
            let command = Command::UnscopeEpic { epic: epic.clone() };
            let step = self.step(class, &part.path, field, &self.planner(to), command);
            order(step).after(&format!("{}.{field}.from", part.path), from)
        };
        let mut steps = Vec::new();
        let mut first = Class::Scope;
        if let Some(span) = part.earlier_scope {
            first = Class::ScopeAgain;
            steps.push(scope(Class::Scope, "earlier_scope", span.0));
            steps.push(leave(Class::ScopeLeft, "earlier_scope", span));
        }
        if let Some(at) = part.in_scope {
            steps.push(scope(first, "in_scope", at));
        }
        if let Some(span) = part.left_scope {
            steps.push(scope(first, "left_scope", span.0));
            steps.push(leave(Class::ScopeGone, "left_scope", span));
        }
        if let Some(by) = &part.accepted {
            let accept = Command::AcceptEpic { epic: epic.clone() };
            let step = self.step(Class::Acceptance, &part.path, "accepted", by, accept);
            steps.push(order(step));
        }
        steps
    }
}
