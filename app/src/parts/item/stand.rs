//! Where an item stands, in a shape, a word and two days.

use chrono::NaiveDate;
use startklar::{
    engine::ItemState,
    model::{ExemptionKind, Item, ItemIx},
    texts::{day_seen, fill},
    time::Instant,
};

use super::Items;
use crate::parts::{state::item_symbol, when::When};

impl Items<'_> {
    /// The shape of its state.
    pub(super) fn symbol(&self, ix: ItemIx, state: ItemState) -> &'static str {
        match state {
            ItemState::NotBegun | ItemState::Begun if self.held[ix.pos()].is_some() => "i-waits",
            _ => item_symbol(state),
        }
    }

    /// A day in words.
    pub(super) fn day(&self, date: NaiveDate) -> String {
        day_seen(self.locale, self.view.assessment.today, date)
    }

    /// The words of its state, and their class.
    pub(super) fn word(&self, ix: ItemIx, item: &Item, state: ItemState) -> (String, &'static str) {
        let t = &self.locale.catalogue().pages.items;
        let on = |template, at: Option<Instant>| {
            let day = at
                .map(|at| self.day(self.view.launch.day(at)))
                .unwrap_or_default();
            fill(template, &[("day", &day)])
        };
        let tick = item.tick.as_ref();
        match state {
            ItemState::NotBegun | ItemState::Begun if self.held[ix.pos()].is_some() => {
                let text = fill(t.waits_for, &[("who", &self.waits_for(ix))]);
                (text, "state state--plain")
            }
            ItemState::NotBegun => (t.not_begun.to_owned(), "state state--quiet"),
            ItemState::Begun => (on(t.begun, item.begun.map(|b| b.at)), "state state--plain"),
            ItemState::EvidenceMissing => (t.evidence_missing.to_owned(), "state state--risk"),
            ItemState::SecondPerson => {
                let who = self.waits[ix.pos()].map_or_else(
                    || self.locale.catalogue().discipline(item.discipline),
                    |_| self.waits_for(ix),
                );
                (fill(t.second_person, &[("who", &who)]), "state state--risk")
            }
            ItemState::Stale(_) => (t.stale.to_owned(), "state state--risk"),
            ItemState::NeedsOpen => (t.needs_open.to_owned(), "state state--plain"),
            ItemState::Closed => {
                let at = tick.map(|k| k.verified.map_or(k.by.at, |v| v.at.max(k.by.at)));
                (on(t.closed, at), "state state--good")
            }
            ItemState::Waived => {
                let until = match item.exemption.as_ref().map(|e| e.kind) {
                    Some(ExemptionKind::Waiver { until }) => self.day(until),
                    _ => String::new(),
                };
                (
                    fill(t.waived_until, &[("day", &until)]),
                    "state state--risk",
                )
            }
            ItemState::NotApplicable => (t.not_applicable.to_owned(), "state state--quiet"),
        }
    }

    /// The day by which it must begin: red only where missing it moves the launch.
    pub(super) fn start(&self, ix: ItemIx, item: &Item, state: ItemState) -> Option<When> {
        if state == ItemState::NotApplicable {
            return None;
        }
        let launch_day = self.view.launch.launch_day()?;
        let start = self
            .view
            .assessment
            .last_safe_start(&self.view.launch, ix)?;
        let today = self.view.assessment.today;
        let t = &self.locale.catalogue().pages.items;
        let begun = item
            .begun
            .map(|b| b.at)
            .or(item.tick.as_ref().map(|k| k.by.at));
        let mut when = When::of(self.locale, today, start);
        if let Some(at) = begun {
            let met = self.view.launch.day(at) <= start;
            (if met { t.met } else { t.missed }).clone_into(&mut when.beneath);
        } else if state == ItemState::Waived && start < today {
            t.missed.clone_into(&mut when.beneath);
        }
        let assessment = &self.view.assessment;
        when.late =
            assessment.is_required(ix) && assessment.should_have_begun(&self.view.launch, ix);
        if state == ItemState::Closed {
            Some(when)
        } else {
            Some(when.counted(start, launch_day))
        }
    }

    /// The day it is due. Once closed, how long ago that was says nothing.
    pub(super) fn due(&self, item: &Item, state: ItemState) -> Option<When> {
        let due = item.due.filter(|_| state != ItemState::NotApplicable)?;
        let mut when = When::of(self.locale, self.view.assessment.today, due);
        if state == ItemState::Closed {
            when.beneath.clear();
        }
        Some(when)
    }
}
