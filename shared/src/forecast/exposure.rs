//! What a period can bring, apart from the team: new teams begin slowly, and the turn of the year
//! is no time of work.

use chrono::{Datelike as _, NaiveDate};

use super::{Figures, Past};
use crate::time::plus;

/// Share of a full period's work that can be expected in each of periods 1 to `periods`, above 0
/// and at most 1.
pub(super) fn exposure(past: &Past<'_>, periods: usize, figures: &Figures) -> Vec<f64> {
    let days = i64::from(past.period_days.max(1));
    let mut day = 0;
    let mut period = || {
        let mut sum = 0.0;
        for _ in 0..days {
            sum += share(past, day, figures);
            day += 1;
        }
        sum / f64::from(past.period_days.max(1))
    };
    (0..periods).map(|_| period()).collect()
}

/// Share of a full day's work on a day, counted from 0.
fn share(past: &Past<'_>, day: i64, figures: &Figures) -> f64 {
    let ramp = match day {
        0..7 if past.kind.begins() => figures.ramp_week_1,
        7..14 if past.kind.begins() => figures.ramp_week_2,
        _ => 1.0,
    };
    match past.start {
        Some(start) if is_holiday(plus(start, day)) => ramp * figures.holiday_share,
        _ => ramp,
    }
}

fn is_holiday(date: NaiveDate) -> bool {
    matches!((date.month(), date.day()), (12, 24..) | (1, 1))
}

#[cfg(test)]
mod tests {
    use super::{
        super::{FITTED, Kind, UnderWay, Unit},
        *,
    };

    fn past(kind: Kind, period_days: u16, start: &str) -> Past<'static> {
        Past {
            kind,
            unit: Unit::Items,
            period_days,
            start: start.parse().ok(),
            done: &[],
            scope: None,
            target: None,
            under_way: UnderWay::default(),
        }
    }

    fn close(found: &[f64], expected: &[f64]) -> bool {
        found.len() == expected.len()
            && found
                .iter()
                .zip(expected)
                .all(|(a, b)| (a - b).abs() < 1e-12)
    }

    #[test]
    fn a_new_team_begins_slowly() {
        let weeks = exposure(&past(Kind::Release, 7, "2026-03-02"), 3, &FITTED);
        assert!(close(&weeks, &[0.46, 0.72, 1.0]), "{weeks:?}");
        let sprints = exposure(&past(Kind::Release, 14, "2026-03-02"), 2, &FITTED);
        assert!(close(&sprints, &[0.59, 1.0]), "{sprints:?}");
    }

    #[test]
    fn running_work_has_begun_before() {
        let weeks = exposure(&past(Kind::Throughput, 7, "2026-03-02"), 2, &FITTED);
        assert!(close(&weeks, &[1.0, 1.0]), "{weeks:?}");
    }

    #[test]
    fn the_turn_of_the_year_brings_little() {
        let weeks = exposure(&past(Kind::Stream, 7, "2026-12-21"), 3, &FITTED);
        let (first, second) = ((3.0 + 4.0 * 0.12) / 7.0, (2.0 + 5.0 * 0.12) / 7.0);
        assert!(close(&weeks, &[first, second, 1.0]), "{weeks:?}");
        let unknown = exposure(&past(Kind::Stream, 7, "?"), 3, &FITTED);
        assert!(close(&unknown, &[1.0; 3]), "{unknown:?}");
    }
}
