//! Which records of a file are wrong already, so that what only follows from them is not reported
//! once more.

use std::collections::BTreeSet;

use super::{
    document::{Document, ItemPart},
    error::Problem,
    steps::Step,
};
use crate::{command::Refusal, engine::Subject};

/// The records that are known to be wrong.
#[derive(Debug)]
pub(super) struct Taint<'a> {
    document: &'a Document,
    records: BTreeSet<String>,
    /// Whether the file itself has errors, so that records may be missing.
    read: bool,
}

impl<'a> Taint<'a> {
    /// With the paths of the fields that could not be read.
    pub(super) fn new<'p>(document: &'a Document, paths: impl Iterator<Item = &'p str>) -> Self {
        let records: BTreeSet<_> = paths.map(|path| record(path).to_owned()).collect();
        Self {
            document,
            read: !records.is_empty(),
            records,
        }
    }

    pub(super) fn mark(&mut self, record: &str) {
        self.records.insert(record.to_owned());
    }

    /// Whether a refusal follows from what is wrong already.
    pub(super) fn explains(&self, step: &Step, problem: &Problem) -> bool {
        let Problem::Refused { refusal, .. } = problem else {
            return self.read && self.records.contains(&step.record);
        };
        if self.records.contains(&step.record) {
            return true;
        }
        match refusal {
            Refusal::MomentOpen { .. } => self.moment_tainted(),
            Refusal::NotPlanned => self.records.contains("launch"),
            Refusal::NotYet { .. } if step.record == "watch_closed" => {
                self.records.contains("launched")
            }
            Refusal::NotApprover { .. } | Refusal::NoRight { .. } => {
                self.records.iter().any(|r| r.starts_with("people."))
            }
            Refusal::Unknown { .. } => self.read,
            Refusal::StoriesOpen { .. } => {
                let stories = format!("{}.stories", step.record);
                self.records.iter().any(|r| r.starts_with(&stories))
            }
            Refusal::NeedsOpen { .. } => self.needs_tainted(&step.record),
            _ => false,
        }
    }

    /// Whether a blocker that stands while a launch is recorded follows from what is wrong already:
    /// its own record is wrong, one that it leans on, or one that may be missing altogether.
    pub(super) fn explains_blocker(&self, subject: Subject, record: Option<&str>) -> bool {
        let within = |start: &str| self.records.iter().any(|r| r.starts_with(start));
        let lost = |start: &str| self.read && within(start);
        let own = record.is_some_and(|r| self.records.contains(r));
        own || match (subject, record) {
            (Subject::Launch, _) => lost("epics") || self.moment_tainted(),
            (Subject::Discipline(_), _) => lost("items"),
            (Subject::Epic(_), Some(r)) => within(&format!("{r}.stories")) || lost("items"),
            (Subject::Item(_), Some(r)) => self.needs_tainted(r),
            _ => false,
        }
    }

    /// Whether windows, freezes or the exception from them are wrong, and so what follows for the launch
    /// moment.
    fn moment_tainted(&self) -> bool {
        let of = ["windows", "freezes", "excepted"];
        let mut records = self.records.iter();
        records.any(|r| of.iter().any(|name| r.starts_with(name)))
    }

    fn needs_tainted(&self, record: &str) -> bool {
        let items = &self.document.items;
        let part = items.iter().find(|i| i.path == record);
        let needed = |i: &&ItemPart| part.is_some_and(|p| p.needs.contains(&i.id));
        items
            .iter()
            .filter(needed)
            .any(|i| self.records.contains(&i.path))
    }
}

/// The record that a field belongs to.
fn record(path: &str) -> &str {
    let end_of = |from: usize| {
        let rest = path.get(from..).unwrap_or_default();
        rest.find(']').map(|end| from + end + 1)
    };
    let end = match path.find(".stories[") {
        Some(stories) => end_of(stories),
        None if path.starts_with("people.") => {
            // A handle may hold dots: the field is the last name.
            path.rfind('.').filter(|end| *end > "people".len())
        }
        None if [
            "epics[",
            "items[",
            "requests[",
            "notices[",
            "windows[",
            "freezes[",
        ]
        .iter()
        .any(|t| path.starts_with(t)) =>
        {
            end_of(0)
        }
        None => path.find('.'),
    };
    end.and_then(|end| path.get(..end)).unwrap_or(path)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_field_belongs_to_its_record() {
        assert_eq!(record("items[3].ticked.by"), "items[3]");
        assert_eq!(record("epics[0].stories[2].done"), "epics[0].stories[2]");
        assert_eq!(record("epics[0].stories"), "epics[0]");
        assert_eq!(record("people.lena.name"), "people.lena");
        assert_eq!(record("launch.planned.at"), "launch");
        assert_eq!(record("freezes[1].last"), "freezes[1]");
        assert_eq!(record("declared.by"), "declared");
        assert_eq!(record("format"), "format");
    }
}
