//! Velocity: what the sprints that are over brought.

use chrono::NaiveDate;

use super::{Sum, unit};
use crate::model::{Launch, Unit};

/// How many past sprints speak for those to come.
const LAST: usize = 3;

/// What past sprints brought.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Pace {
    /// What it is counted in.
    pub unit: Unit,
    /// What was done in each sprint that is over, from the first on.
    pub past: Vec<usize>,
}

impl Pace {
    fn last(&self) -> &[usize] {
        let from = self.past.len().saturating_sub(LAST);
        self.past.get(from..).unwrap_or_default()
    }

    /// The mean of the last three sprints, in tenths so that it stays a whole number; `None` before
    /// the first one is over.
    pub fn mean_tenths(&self) -> Option<usize> {
        let last = self.last();
        (last.iter().sum::<usize>() * 10 + last.len() / 2).checked_div(last.len())
    }

    /// The least and the most of the last three sprints.
    pub fn range(&self) -> Option<(usize, usize)> {
        let last = self.last();
        Some((*last.iter().min()?, *last.iter().max()?))
    }
}

/// The pace of a launch, as seen on a day. A story counts in the sprint on whose days it was done,
/// whether it was planned for it or not. What was done before the first sprint counts nowhere.
pub fn pace(launch: &Launch, today: NaiveDate) -> Pace {
    counted_in(launch, unit(launch), today)
}

pub(super) fn counted_in(launch: &Launch, unit: Unit, today: NaiveDate) -> Pace {
    let running = launch.sprint_of(today).unwrap_or(1);
    let over = running.saturating_sub(1).min(launch.sprint_count());
    let mut past = vec![0; usize::from(over)];
    for story in launch.stories.rows() {
        let sprint = story.done().and_then(|at| launch.sprint_of(launch.day(at)));
        let place = sprint.map(|n| usize::from(n) - 1);
        if let Some(done) = place.and_then(|place| past.get_mut(place)) {
            *done += Sum::of(unit, [story]).amount;
        }
    }
    Pace { unit, past }
}

#[cfg(test)]
mod tests {
    use super::{
        super::testing::{add, finish, give, launch},
        *,
    };

    fn played() -> Launch {
        let mut launch = launch();
        let done = [
            ("a", "2026-03-04"),
            ("b", "2026-03-10"),
            ("c", "2026-03-18"),
            ("d", "2026-03-19"),
            ("e", "2026-03-25"),
        ];
        for (id, day) in done {
            add(&mut launch, "2026-03-02", id, Some(4), 5);
            finish(&mut launch, day, id);
        }
        launch
    }

    fn seen(launch: &Launch, today: &str) -> Pace {
        pace(launch, today.parse().unwrap())
    }

    #[test]
    fn only_sprints_that_are_over_count_and_the_last_three_speak() {
        let launch = played();
        let before = seen(&launch, "2026-03-05");
        assert_eq!((before.mean_tenths(), before.range()), (None, None));
        let pace = seen(&launch, "2026-03-31");
        assert_eq!(
            (pace.unit, &pace.past[..]),
            (Unit::Points, &[4, 4, 8, 4][..])
        );
        assert_eq!(pace.range(), Some((4, 8)));
        assert_eq!(pace.mean_tenths(), Some(53), "16 in 3 sprints");
    }

    #[test]
    fn in_sprints_of_two_weeks_the_same_work_is_half_as_many_steps() {
        let mut launch = played();
        let two = serde_json::json!({"set_sprint_length": {"weeks": 2}});
        give(&mut launch, "2026-03-26", two);
        assert_eq!(seen(&launch, "2026-03-31").past, [8, 12]);
    }

    #[test]
    fn without_estimates_stories_are_counted() {
        let mut launch = played();
        add(&mut launch, "2026-03-26", "f", None, 6);
        let pace = seen(&launch, "2026-03-31");
        assert_eq!(
            (pace.unit, &pace.past[..]),
            (Unit::Stories, &[1, 1, 2, 1][..])
        );
    }
}
