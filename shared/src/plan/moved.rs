//! Moves a whole document by days, wall clock for wall clock.

use chrono::NaiveDate;

use super::document::{By, Document, EpicPart, ItemPart, RecordPart};
use crate::{
    model::ExemptionKind,
    time::{Instant, Zone, plus},
    zones,
};

/// A thousand years: far beyond it the calendar ends.
const FURTHEST: i64 = 365_250;

/// Moves every day and every moment by whole days of the launch's zone: what happened at ten in
/// the morning still does, whether clocks changed in between or not.
pub(super) fn moved(document: &Document, days: i64) -> Document {
    let days = days.clamp(-FURTHEST, FURTHEST);
    let mut document = document.clone();
    let launch = &mut document.launch;
    let start = plus(launch.start, days);
    let old = launch.zone.clone();
    let new = zones::life(old.name.as_str(), start).unwrap_or_else(|| old.clone());
    let mover = Mover { days, old, new };
    launch.start = start;
    launch.zone = mover.new.clone();
    mover.moment(&mut launch.moment);
    mover.moment(&mut launch.planned.at);
    for person in &mut document.people {
        mover.moments(&mut person.approves_until);
    }
    for epic in &mut document.epics {
        mover.epic(epic);
    }
    for item in &mut document.items {
        mover.item(item);
    }
    for request in &mut document.requests {
        mover.day(&mut request.due);
        mover.by(Some(&mut request.asked));
        for (by, _) in request.answer.iter_mut().chain(&mut request.thread) {
            mover.moment(&mut by.at);
        }
    }
    for part in &mut document.notices {
        part.notice.due.iter_mut().for_each(|due| mover.day(due));
        mover.moment(&mut part.issued.at);
        mover.moments(part.read.iter_mut().map(|read| &mut read.by.at));
    }
    for part in &mut document.windows {
        part.days = part.days.map(|days| days.later(mover.days));
    }
    for part in &mut document.freezes {
        mover.day(&mut part.first);
        mover.day(&mut part.last);
    }
    mover.by(document.excepted.as_mut().map(|part| &mut part.by));
    if let Some(declared) = &mut document.declared {
        mover.day(&mut declared.until);
        mover.by(Some(&mut declared.by));
    }
    mover.record(document.launched.as_mut());
    mover.record(document.watch_closed.as_mut());
    document
}

struct Mover {
    days: i64,
    old: Zone,
    new: Zone,
}

impl Mover {
    fn day(&self, day: &mut NaiveDate) {
        *day = plus(*day, self.days);
    }

    fn moment(&self, at: &mut Instant) {
        let local = self.old.local(*at);
        *at = self
            .new
            .instant(plus(local.date(), self.days), local.time());
    }

    fn moments<'a>(&self, moments: impl IntoIterator<Item = &'a mut Instant>) {
        for at in moments {
            self.moment(at);
        }
    }

    fn by(&self, by: Option<&mut By>) {
        self.moments(by.map(|by| &mut by.at));
    }

    fn record(&self, part: Option<&mut RecordPart>) {
        self.by(part.map(|part| &mut part.by));
    }

    fn epic(&self, epic: &mut EpicPart) {
        self.moment(&mut epic.added);
        self.moments(&mut epic.in_scope);
        for (from, to) in [&mut epic.earlier_scope, &mut epic.left_scope]
            .into_iter()
            .flatten()
        {
            self.moments([from, to]);
        }
        self.by(epic.accepted.as_mut());
        for story in &mut epic.stories {
            self.moment(&mut story.added);
            self.moments(&mut story.planned);
            for stay in &mut story.earlier_sprints {
                self.moments([&mut stay.from, &mut stay.to]);
            }
            self.moments(&mut story.begun);
            self.moments(&mut story.reopened);
            self.moments(&mut story.begun_again);
            self.moments(&mut story.done);
            self.moments(&mut story.dropped);
        }
    }

    fn item(&self, item: &mut ItemPart) {
        if let Some(due) = &mut item.due {
            self.day(due);
        }
        self.moment(&mut item.added);
        self.moments(&mut item.terms_since);
        self.moments(&mut item.reopened);
        self.by(item.ticked.as_mut().map(|tick| &mut tick.by));
        for by in [&mut item.begun, &mut item.verified, &mut item.confirmed] {
            self.by(by.as_mut());
        }
        if let Some(exemption) = &mut item.exemption {
            if let ExemptionKind::Waiver { until } = &mut exemption.kind {
                self.day(until);
            }
            self.by(Some(&mut exemption.asked));
            self.by(exemption.granted.as_mut());
        }
    }
}
