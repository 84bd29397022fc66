//! Rules on who has a say: required disciplines, named people.

use crate::{
    engine::{Finding, ItemState, Rule, Subject, WaitsFor, facts::Facts},
    model::{Discipline, EpicIx},
};

fn missing(facts: &Facts<'_>, discipline: Discipline, subject: Subject) -> Finding {
    Finding {
        rule: Rule::DisciplineMissing,
        discipline,
        subject,
        waits_for: facts.person_or_lead(None, discipline),
        since: facts.launch.schedule.as_ref().map(|s| s.planned),
        last_safe_start: None,
    }
}

/// A required discipline owes at least one blocking item for every epic in scope. What was struck
/// as “not applicable” does not count: a list that was struck empty is an empty list.
pub(super) fn not_missing(facts: &Facts<'_>, found: &mut Vec<Finding>) {
    for discipline in Discipline::ALL.into_iter().filter(|d| facts.demands(*d)) {
        let coverage = Coverage::of(facts, discipline);
        if coverage.nothing() {
            found.push(missing(facts, discipline, Subject::Discipline(discipline)));
            continue;
        }
        for (ix, epic) in facts.launch.epics.each() {
            if epic.in_scope.is_some() && !coverage.covers(ix) {
                found.push(missing(facts, discipline, Subject::Epic(ix)));
            }
        }
    }
}

struct Coverage {
    whole: bool,
    epics: Vec<EpicIx>,
}

impl Coverage {
    fn of(facts: &Facts<'_>, discipline: Discipline) -> Self {
        let mut coverage = Self {
            whole: false,
            epics: Vec::new(),
        };
        for (ix, item) in facts.launch.items.each() {
            if item.blocking
                && item.discipline == discipline
                && facts.closure.state(ix) != ItemState::NotApplicable
            {
                coverage.whole |= item.covers.is_empty();
                coverage.epics.extend(&item.covers);
            }
        }
        coverage
    }

    fn nothing(&self) -> bool {
        !self.whole && self.epics.is_empty()
    }

    fn covers(&self, epic: EpicIx) -> bool {
        self.whole || self.epics.contains(&epic)
    }
}

/// An open item that the launch waits for has a name beside it.
pub(super) fn items_have_a_person(facts: &Facts<'_>, found: &mut Vec<Finding>) {
    for (ix, item, state) in facts.required_items() {
        if item.owner.is_none() && !state.is_closed() {
            found.push(Finding {
                waits_for: facts.person_or_lead(None, item.discipline),
                ..facts.about_item(Rule::NobodyNamed, ix, item, Some(item.added))
            });
        }
    }
}

/// A discipline that owes something has a lead.
pub(super) fn have_a_lead(facts: &Facts<'_>, found: &mut Vec<Finding>) {
    let mut owes = [false; Discipline::ALL.len()];
    for (_, item, _) in facts.required_items() {
        owes[item.discipline.pos()] = true;
    }
    for discipline in Discipline::ALL {
        let needed = owes[discipline.pos()] || facts.demands(discipline);
        if needed && !facts.launch.leads.contains_key(&discipline) {
            found.push(Finding {
                rule: Rule::NobodyLeads,
                discipline,
                subject: Subject::Discipline(discipline),
                waits_for: WaitsFor::Nobody,
                since: facts.launch.schedule.as_ref().map(|s| s.planned),
                last_safe_start: None,
            });
        }
    }
}
