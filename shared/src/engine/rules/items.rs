//! The rule on readiness items: each one that the launch waits for is closed.

use chrono::TimeDelta;

use crate::{
    engine::{Finding, ItemState, Rule, Stale, WaitsFor, facts::Facts},
    model::{Item, ItemIx},
    time::Instant,
};

/// One finding for each item that must move by itself. An item that only waits for another one is
/// not listed: closing the other closes it.
pub(super) fn closed(facts: &Facts<'_>, found: &mut Vec<Finding>) {
    for (ix, item, state) in facts.required_items() {
        let rule = match state {
            ItemState::NotBegun | ItemState::Begun => Rule::ItemOpen,
            ItemState::EvidenceMissing => Rule::EvidenceMissing,
            ItemState::SecondPerson => Rule::SecondPerson,
            ItemState::Stale(_) => Rule::ItemStale,
            ItemState::NeedsOpen
            | ItemState::Closed
            | ItemState::Waived
            | ItemState::NotApplicable => continue,
        };
        let mut finding = facts.about_item(rule, ix, item, since(facts, item, state));
        if rule == Rule::SecondPerson {
            finding.waits_for = second_person(facts, ix, item);
        }
        found.push(finding);
    }
}

fn since(facts: &Facts<'_>, item: &Item, state: ItemState) -> Option<Instant> {
    let tick = item.tick.as_ref();
    match state {
        ItemState::Stale(Stale::Age) => {
            let days = TimeDelta::days(i64::from(item.confirm_days?));
            Some(tick?.last_said() + days)
        }
        ItemState::Stale(Stale::Need) => item
            .needs
            .iter()
            .filter_map(|n| facts.launch.items.at(*n)?.reopened)
            .max(),
        ItemState::EvidenceMissing | ItemState::SecondPerson => Some(tick?.by.at),
        _ => item.reopened.or(Some(item.added)),
    }
}

/// The lead verifies, unless the lead ticked: then anybody else of the discipline.
fn second_person(facts: &Facts<'_>, ix: ItemIx, item: &Item) -> WaitsFor {
    let ticked = facts
        .launch
        .items
        .at(ix)
        .and_then(|i| i.tick.as_ref())
        .map(|t| t.by.by);
    match facts.launch.leads.get(&item.discipline) {
        Some(lead) if Some(*lead) != ticked => WaitsFor::Person(*lead),
        _ => WaitsFor::Discipline(item.discipline),
    }
}
