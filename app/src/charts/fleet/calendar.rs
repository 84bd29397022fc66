//! The calendar that all launches share.

use chrono::{Datelike as _, NaiveDate};
use startklar::{
    Assessment, Launch,
    time::{days_between, plus},
};

use crate::{
    charts::scale::{Pct, real, within},
    lines::LaunchLine,
};

/// Days before today that the calendar reaches back at most.
pub(super) const BACK: i64 = 84;
/// Days after today that it reaches ahead at most.
pub(super) const AHEAD: i64 = 280;
/// Days that it shows at least.
pub(super) const LEAST: i64 = 70;

/// The calendar that all launches share.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Calendar {
    pub(super) left: NaiveDate,
    pub(super) days: i64,
    pub(super) today: NaiveDate,
}

impl Calendar {
    /// The calendar that holds these launches, each from its first to its last day, as far as they
    /// are near enough to today to be told apart.
    pub fn of(spans: impl IntoIterator<Item = (NaiveDate, NaiveDate)>, today: NaiveDate) -> Self {
        let (mut left, mut right) = (today, today);
        for (first, last) in spans {
            left = left.min(first);
            right = right.max(last);
        }
        let left = plus(left, -3).max(plus(today, -BACK));
        let right = plus(right, 7)
            .min(plus(today, AHEAD))
            .max(plus(left, LEAST));
        Self {
            left,
            days: days_between(left, right),
            today,
        }
    }

    /// The first and the last day of a launch on a calendar; `None` before it is planned.
    pub fn span(launch: &Launch, assessment: &Assessment) -> Option<(NaiveDate, NaiveDate)> {
        let start = launch.schedule.as_ref()?.start;
        Some((start, last(launch.launch_day()?, assessment.outlook.honest)))
    }

    /// The calendar of these lines: the same that they were drawn on.
    pub fn of_lines(lines: &[LaunchLine]) -> Option<Self> {
        let today = lines.iter().map(|l| l.today).max()?;
        let spans = lines
            .iter()
            .map(|l| (l.start, last(l.launch_day, l.honest)));
        Some(Self::of(spans, today))
    }

    pub(super) fn x(&self, at: f64) -> Pct {
        Pct(within(at / real(usize::try_from(self.days).unwrap_or(1)), 1.0) * 100.0)
    }

    pub(super) fn day(&self, day: NaiveDate) -> Pct {
        self.x(f64::from(
            i32::try_from(days_between(self.left, day)).unwrap_or_default(),
        ))
    }

    pub(super) fn holds(&self, day: NaiveDate) -> bool {
        (0..=self.days).contains(&days_between(self.left, day))
    }

    /// The first days of the months on it.
    pub(super) fn months(&self) -> impl Iterator<Item = NaiveDate> + '_ {
        let mut month = self.left.with_day(1);
        std::iter::from_fn(move || {
            let next = month?.checked_add_months(chrono::Months::new(1))?;
            month = Some(next);
            Some(next)
        })
        .take_while(|m| self.holds(*m))
    }
}

fn last(launch_day: NaiveDate, honest: Option<NaiveDate>) -> NaiveDate {
    honest.map_or(launch_day, |h| h.max(launch_day))
}
