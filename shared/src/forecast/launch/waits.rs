//! How late the disciplines begin: what they have shown, and what is usual as long as they have shown
//! little.
//!
//! There is no public data on readiness items: the usual is set by judgement, and a launch's own
//! history overrules it.

use chrono::NaiveDate;

use super::super::number::float;
use crate::{
    engine::Assessment,
    model::{Discipline, Launch},
    time::{days_between, plus},
};

/// How many items the usual counts as.
const USUAL_WEIGHT: f64 = 4.0;
/// Share of items that begin after their last safe start.
const USUAL_LATE: f64 = 0.1;
/// Days by which a late one begins late.
const USUAL_DAYS: f64 = 3.0;
/// Most days that are expected: beyond two months nobody can say.
const MOST_DAYS: f64 = 60.0;

/// How a discipline begins its items.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Waits {
    /// Share of items that begin late, 0 to 1.
    pub(super) late: f64,
    /// Mean days by which these begin late; the time is exponentially distributed.
    pub(super) days: f64,
}

impl Waits {
    /// What each discipline has shown by the day of the assessment. `moved`: by so many days the
    /// launch moment lies elsewhere than when they showed it, for a what-if changes no past.
    ///
    /// For the days it is the mean of an exponential distribution from times of which some have not
    /// ended yet: all the days, by the items that have begun.
    pub(super) fn of(
        launch: &Launch,
        assessment: &Assessment,
        moved: i64,
    ) -> [Self; Discipline::ALL.len()] {
        let mut shown = [Shown::default(); Discipline::ALL.len()];
        for (ix, item) in launch.items.each() {
            let Some(start) = assessment.last_safe_start(launch, ix) else {
                continue;
            };
            if !assessment.is_required(ix) {
                continue;
            }
            // Nobody can begin what is not on the list yet.
            let start = plus(start, -moved).max(launch.day(item.added));
            let said = [item.begun, item.tick.as_ref().map(|tick| tick.by)];
            let begun = said.into_iter().flatten().map(|by| launch.day(by.at)).min();
            shown[item.discipline.pos()].count(start, begun, assessment.today);
        }
        shown.map(Shown::waits)
    }
}

/// What a discipline has shown.
#[derive(Debug, Clone, Copy, Default)]
struct Shown {
    /// Items that have begun or should have.
    all: f64,
    late: f64,
    /// Days by which these are late by now.
    days: f64,
    /// How many of the late ones have begun.
    begun: f64,
}

impl Shown {
    fn count(&mut self, start: NaiveDate, begun: Option<NaiveDate>, today: NaiveDate) {
        if begun.is_none() && start >= today {
            return;
        }
        let days = days_between(start, begun.unwrap_or(today));
        self.all += 1.0;
        if days > 0 {
            self.late += 1.0;
            self.days += float(usize::try_from(days).unwrap_or(0));
            self.begun += if begun.is_some() { 1.0 } else { 0.0 };
        }
    }

    fn waits(self) -> Waits {
        Waits {
            late: (self.late + USUAL_WEIGHT * USUAL_LATE) / (self.all + USUAL_WEIGHT),
            days: ((self.days + USUAL_WEIGHT * USUAL_DAYS) / (self.begun + USUAL_WEIGHT))
                .min(MOST_DAYS),
        }
    }
}
