//! Which items are closed at a moment, and why the others are not.

use chrono::{NaiveDate, TimeDelta};
use serde::Serialize;

use crate::{
    engine::epics,
    model::{EpicIx, ExemptionKind, Item, ItemIx, Launch},
    time::{Instant, Zone},
};

/// Why a tick no longer counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Stale {
    /// Its confirmation is too old.
    Age,
    /// Something it depends on was reopened after it was ticked.
    Need,
}

/// Where an item stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum ItemState {
    /// Nobody has begun it.
    NotBegun,
    /// Work is under way.
    Begun,
    /// Ticked, without the evidence it asks for.
    EvidenceMissing,
    /// Ticked, and waiting for a second person.
    SecondPerson,
    /// Ticked once, and to be confirmed again.
    Stale(Stale),
    /// Ticked, but something it depends on is open: an item, or an epic.
    NeedsOpen,
    /// Closed.
    Closed,
    /// Closed by a waiver that holds.
    Waived,
    /// Struck from the list.
    NotApplicable,
}

impl ItemState {
    /// Whether it counts as closed.
    pub const fn is_closed(self) -> bool {
        matches!(self, Self::Closed | Self::Waived | Self::NotApplicable)
    }

    /// The stable name.
    pub const fn code(self) -> &'static str {
        match self {
            Self::NotBegun => "not_begun",
            Self::Begun => "begun",
            Self::EvidenceMissing => "evidence_missing",
            Self::SecondPerson => "second_person",
            Self::Stale(_) => "stale",
            Self::NeedsOpen => "needs_open",
            Self::Closed => "closed",
            Self::Waived => "waived",
            Self::NotApplicable => "not_applicable",
        }
    }
}

/// The states of all items of a launch at one moment.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Closure {
    states: Vec<ItemState>,
}

impl Closure {
    /// Computes the states. Takes time in proportion to the items and their dependencies.
    pub fn of(launch: &Launch, now: Instant) -> Self {
        let utc = Zone::default();
        let zone = launch.schedule.as_ref().map_or(&utc, |s| &s.zone);
        let mut closure = Self {
            states: launch
                .items
                .rows()
                .iter()
                .map(|i| own_state(launch, i, zone, now))
                .collect(),
        };
        closure.settle_epics(launch);
        closure.settle_needs(launch);
        closure
    }

    /// Where an item stands.
    pub fn state(&self, ix: ItemIx) -> ItemState {
        self.states
            .get(ix.pos())
            .copied()
            .unwrap_or(ItemState::NotBegun)
    }

    /// Whether an item is closed.
    pub fn is_closed(&self, ix: ItemIx) -> bool {
        self.state(ix).is_closed()
    }

    /// All states, in the order of the items.
    pub fn states(&self) -> &[ItemState] {
        &self.states
    }

    /// A closed item becomes `NeedsOpen` while an epic in scope that it needs is not technically done.
    fn settle_epics(&mut self, launch: &Launch) {
        if launch.items.rows().iter().all(|i| i.needs_epics.is_empty()) {
            return;
        }
        let built = epics::built(launch);
        for (item, state) in launch.items.rows().iter().zip(&mut self.states) {
            let is_built = |ix: EpicIx| built.get(ix.pos()).copied().unwrap_or(false);
            let waits = epics_needed(launch, item, is_built).next().is_some();
            if *state == ItemState::Closed && waits {
                *state = ItemState::NeedsOpen;
            }
        }
    }

    /// A closed item whose need is open becomes `NeedsOpen`, and so on upwards. An item enters the
    /// work list at most once, when it stops being closed.
    fn settle_needs(&mut self, launch: &Launch) {
        if launch.items.rows().iter().all(|i| i.needs.is_empty()) {
            return;
        }
        let mut needed_by: Vec<Vec<ItemIx>> = vec![Vec::new(); self.states.len()];
        for (ix, item) in launch.items.each() {
            for need in &item.needs {
                if let Some(list) = needed_by.get_mut(need.pos()) {
                    list.push(ix);
                }
            }
        }
        let mut open: Vec<ItemIx> = launch
            .items
            .each()
            .map(|(ix, _)| ix)
            .filter(|ix| !self.is_closed(*ix))
            .collect();
        while let Some(ix) = open.pop() {
            for above in needed_by.get(ix.pos()).into_iter().flatten() {
                if let Some(state @ ItemState::Closed) = self.states.get_mut(above.pos()) {
                    *state = ItemState::NeedsOpen;
                    open.push(*above);
                }
            }
        }
    }
}

/// The epics in scope that an item needs and that are not technically done. One that is out of scope
/// holds nothing up: nobody builds it.
pub(super) fn epics_needed<'a>(
    launch: &'a Launch,
    item: &'a Item,
    is_built: impl Fn(EpicIx) -> bool + 'a,
) -> impl Iterator<Item = EpicIx> + 'a {
    let in_scope = |ix: EpicIx| launch.epics.at(ix).is_some_and(|e| e.in_scope.is_some());
    let needed = item.needs_epics.iter().copied();
    needed.filter(move |ix| in_scope(*ix) && !is_built(*ix))
}

/// The state of an item by itself, its dependencies taken as closed.
fn own_state(launch: &Launch, item: &Item, zone: &Zone, now: Instant) -> ItemState {
    if let Some(state) = exempt(item, zone, now) {
        return state;
    }
    let Some(tick) = &item.tick else {
        return if item.begun.is_some() {
            ItemState::Begun
        } else {
            ItemState::NotBegun
        };
    };
    if item.lacks_evidence(tick.evidence.as_ref()) {
        return ItemState::EvidenceMissing;
    }
    if launch.needs_second_person(item) && tick.verified.is_none_or(|v| item.is_first_person(v.by))
    {
        return ItemState::SecondPerson;
    }
    let said = tick.last_said();
    if item
        .confirm_days
        .is_some_and(|days| now - said > TimeDelta::days(i64::from(days)))
    {
        return ItemState::Stale(Stale::Age);
    }
    let reopened = |need: &ItemIx| launch.items.at(*need).and_then(|n| n.reopened);
    if item.needs.iter().filter_map(reopened).any(|at| at >= said) {
        return ItemState::Stale(Stale::Need);
    }
    ItemState::Closed
}

/// The exemption that holds now, if one does: granted, by another than asked, not expired.
pub(crate) fn exempt(item: &Item, zone: &Zone, now: Instant) -> Option<ItemState> {
    let exemption = item.exemption.as_ref()?;
    let granted = exemption.granted?;
    if granted.by == exemption.asked.by {
        return None;
    }
    match exemption.kind {
        ExemptionKind::NotApplicable => Some(ItemState::NotApplicable),
        ExemptionKind::Waiver { until } => (now < zone.end_of(until)).then_some(ItemState::Waived),
    }
}

/// The last day of a waiver that holds and ends before the launch: then the item is open again on the
/// day that counts.
pub(crate) fn lapses(launch: &Launch, item: &Item, state: ItemState) -> Option<NaiveDate> {
    let waits = launch.launched.is_none() && state == ItemState::Waived;
    let launch_day = launch.launch_day().filter(|_| waits)?;
    match item.exemption.as_ref()?.kind {
        ExemptionKind::Waiver { until } => Some(until).filter(|until| *until < launch_day),
        ExemptionKind::NotApplicable => None,
    }
}
