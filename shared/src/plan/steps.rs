//! What a document says, as steps in the order in which they happened.
//!
//! Steps at the same moment are ordered so that a valid file replays: what is there comes before
//! what happens to it, an item before what depends on it, the launch last.

mod epics;
mod items;
mod setup;
mod stories;

use std::collections::BTreeMap;

use super::document::{By, Document, EpicPart};
use crate::{
    command::Command,
    id::{EpicId, PersonId},
    journal::Event,
    model::People,
    time::Instant,
};

/// What happens in a step.
#[derive(Debug, Clone)]
pub(super) enum Action {
    /// Something that the rules decide.
    Decide(Command),
    /// Something of which the file does not say how it came about, such as what was taken back: recorded as
    /// it is, since it can only make a launch look worse.
    Record(Event),
    /// Something that the rules decide, but for blockers of which the file shows that they came
    /// afterwards: recorded as this event then.
    DecideUnlessChanged(Command, Event),
    /// That it was launched, by the word of the file alone.
    Claim,
}

impl Action {
    /// Keeps whom it mentions, as every command that comes in does.
    pub(super) fn mention(&mut self, people: &People) {
        let (Self::Decide(command) | Self::DecideUnlessChanged(command, _)) = self else {
            return;
        };
        command.mention(people);
    }
}

/// Places in the order of one moment.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Class {
    Plan,
    Members,
    Leads,
    Required,
    Epics,
    Scope,
    Stories,
    Items,
    ItemLinks,
    Requests,
    StoryProgress,
    Acceptance,
    ScopeLeft,
    ScopeAgain,
    ScopeGone,
    ItemProgress,
    ItemTerms,
    Answers,
    Remarks,
    Notices,
    Rights,
    Excepted,
    Declared,
    Launched,
    WatchClosed,
}

/// Something that must lie before a step.
#[derive(Debug, Clone)]
pub(super) struct Floor {
    pub(super) path: String,
    pub(super) at: Instant,
}

/// One step.
#[derive(Debug, Clone)]
pub(super) struct Step {
    pub(super) at: Instant,
    pub(super) by: PersonId,
    pub(super) class: Class,
    /// The order within moment and class.
    pub(super) order: (u32, u32, u32),
    pub(super) action: Action,
    /// The record that the step is about, such as `items[3]`.
    pub(super) record: String,
    /// The field of the record that says so; empty for the record as a whole.
    pub(super) field: &'static str,
    pub(super) floor: Option<Floor>,
}

impl Step {
    /// Whether the step says what there is to do, and not that something of it was done.
    pub(super) fn sets_up(&self) -> bool {
        self.class <= Class::Requests
    }

    /// The path of the table whose fields the command of the step has: what was asked and issued has
    /// them in its record, and a table for who did it when.
    pub(super) fn about(&self) -> String {
        match self.field {
            "asked" | "issued" => self.record.clone(),
            _ => self.path(),
        }
    }

    /// The path of the field that the step comes from.
    pub(super) fn path(&self) -> String {
        if self.field.is_empty() {
            self.record.clone()
        } else {
            format!("{}.{}", self.record, self.field)
        }
    }

    fn order(self, first: u32, second: u32, third: u32) -> Self {
        Self {
            order: (first, second, third),
            ..self
        }
    }

    fn after(self, path: &str, at: Instant) -> Self {
        let floor = Floor {
            path: path.to_owned(),
            at,
        };
        Self {
            floor: Some(floor),
            ..self
        }
    }
}

/// Makes steps of a document.
struct Maker<'a> {
    document: &'a Document,
    epics: BTreeMap<&'a EpicId, &'a EpicPart>,
    person: &'a dyn Fn(&str) -> PersonId,
    steps: Vec<Step>,
}

impl Maker<'_> {
    fn step(
        &self,
        class: Class,
        record: &str,
        field: &'static str,
        by: &By,
        command: Command,
    ) -> Step {
        self.act(class, record, field, by, Action::Decide(command))
    }

    fn act(
        &self,
        class: Class,
        record: &str,
        field: &'static str,
        by: &By,
        action: Action,
    ) -> Step {
        Step {
            at: by.at,
            by: (self.person)(&by.by),
            class,
            order: (0, 0, 0),
            action,
            record: record.to_owned(),
            field,
            floor: Some(Floor {
                path: "launch.planned.at".to_owned(),
                at: self.document.launch.planned.at,
            }),
        }
    }

    /// The planner, at another moment: for what the file names nobody for.
    fn planner(&self, at: Instant) -> By {
        By {
            by: self.document.launch.planned.by.clone(),
            at,
        }
    }

    /// This person if there is one, or else the planner.
    fn owner(&self, owner: Option<&String>, at: Instant) -> By {
        let by = owner.unwrap_or(&self.document.launch.planned.by).clone();
        By { by, at }
    }
}

/// All steps of a document, in order.
pub(super) fn steps(document: &Document, person: &dyn Fn(&str) -> PersonId) -> Vec<Step> {
    let mut maker = Maker {
        document,
        epics: document.epics.iter().map(|e| (&e.id, e)).collect(),
        person,
        steps: Vec::new(),
    };
    maker.setup();
    maker.epics();
    maker.stories();
    maker.items();
    maker.requests();
    maker.notices();
    maker.records();
    let mut steps = maker.steps;
    steps.sort_by_key(|s| (s.at, s.class, s.order));
    steps
}

/// A position as a number to sort by.
fn rank(position: usize) -> u32 {
    u32::try_from(position).unwrap_or(u32::MAX)
}
