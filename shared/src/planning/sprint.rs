//! One sprint: what it can carry, what is planned for it, what it began with and what it delivered.

use chrono::NaiveDate;

use super::{is_dropped, unit};
use crate::model::{Launch, Story, Unit};

/// Where a sprint lies from a day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Phase {
    /// It has not begun.
    Ahead,
    /// It runs.
    Runs,
    /// It is over.
    Ended,
}

/// Some stories added up.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Sum {
    /// Their points, or how many they are.
    pub amount: usize,
    /// How many they are.
    pub stories: usize,
    /// How many of them have no estimate: in points they count as nothing.
    pub unestimated: usize,
}

impl Sum {
    /// Adds stories up.
    pub fn of<'a>(unit: Unit, stories: impl IntoIterator<Item = &'a Story>) -> Self {
        let mut sum = Self::default();
        for story in stories {
            sum.stories += 1;
            sum.unestimated += usize::from(story.points.is_none());
            sum.amount += match unit {
                Unit::Points => story.points.map_or(0, usize::from),
                Unit::Stories => 1,
            };
        }
        sum
    }
}

/// What a sprint was to bring, and what it brought.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Report {
    /// Where it lies from the day.
    pub phase: Phase,
    /// What its figures are counted in.
    pub unit: Unit,
    /// What it can carry, if somebody has said so.
    pub capacity: Option<u16>,
    /// What is planned for it now.
    pub planned: Sum,
    /// What was planned for it when it began, whatever became of that.
    pub committed: Sum,
    /// What of that was done by its end.
    pub kept: Sum,
    /// What was added after its start.
    pub added: Sum,
    /// Everything that was done on its days, planned for it or not.
    pub delivered: Sum,
    /// What is planned for it and still to be built.
    pub open: Sum,
}

impl Report {
    /// By how much more is planned than it can carry.
    pub fn over(&self) -> Option<usize> {
        let capacity = usize::from(self.capacity?);
        self.planned
            .amount
            .checked_sub(capacity)
            .filter(|over| *over > 0)
    }
}

/// Whether a story came into its sprint after that had begun.
pub fn added_after_start(launch: &Launch, story: &Story) -> bool {
    let Some(sprint) = story.sprint else {
        return false;
    };
    !launch.planned_in_time(sprint, story.planned.unwrap_or(story.added))
        && story.stays.iter().all(|stay| stay.sprint != sprint)
}

/// Whether a sprint began with a story.
fn began_with(launch: &Launch, story: &Story, sprint: u8) -> bool {
    story.stays.iter().any(|stay| stay.sprint == sprint)
        || (story.sprint == Some(sprint) && !added_after_start(launch, story))
}

/// What a sprint was to bring and what it brought, as seen on a day. None before the launch is
/// planned.
pub fn report(launch: &Launch, sprint: u8, today: NaiveDate) -> Option<Report> {
    let (first, last) = launch.sprint_days(sprint)?;
    let capacity = launch.sprints.capacity.get(&sprint);
    let unit = capacity.map_or_else(|| unit(launch), |c| c.unit);
    let done_on = |s: &Story| s.done().map(|at| launch.day(at));
    let stories = || launch.stories.rows().iter();
    let planned = || stories().filter(|s| s.sprint == Some(sprint) && !is_dropped(s));
    let committed = || stories().filter(|s| began_with(launch, s, sprint));
    Some(Report {
        phase: match () {
            () if today < first => Phase::Ahead,
            () if today > last => Phase::Ended,
            () => Phase::Runs,
        },
        unit,
        capacity: capacity.map(|c| c.amount),
        planned: Sum::of(unit, planned()),
        committed: Sum::of(unit, committed()),
        kept: Sum::of(
            unit,
            committed().filter(|s| done_on(s).is_some_and(|day| day <= last)),
        ),
        added: Sum::of(unit, planned().filter(|s| added_after_start(launch, s))),
        delivered: Sum::of(
            unit,
            stories().filter(|s| done_on(s).is_some_and(|day| (first..=last).contains(&day))),
        ),
        open: Sum::of(unit, planned().filter(|s| s.is_open())),
    })
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::{
        super::testing::{add, finish, give, launch},
        *,
    };

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    /// Sprint 2 begins with a, b and c; d comes on its third day, c leaves it.
    fn played() -> Launch {
        let mut launch = launch();
        for (id, points) in [("a", 5), ("b", 3), ("c", 2)] {
            add(&mut launch, "2026-03-05", id, Some(points), 2);
        }
        add(&mut launch, "2026-03-11", "d", Some(8), 2);
        finish(&mut launch, "2026-03-12", "a");
        let later = json!({"plan_story": {"story": "c", "sprint": 3}});
        give(&mut launch, "2026-03-13", later);
        finish(&mut launch, "2026-03-16", "b");
        launch
    }

    #[test]
    fn what_a_sprint_began_with_is_held_against_what_it_delivered() {
        let report = report(&played(), 2, day("2026-03-20")).unwrap();
        assert_eq!(report.phase, Phase::Ended);
        assert_eq!(
            (report.committed.amount, report.committed.stories),
            (10, 3),
            "c left it and was promised all the same"
        );
        assert_eq!(report.kept.amount, 5, "b was done a day too late");
        assert_eq!((report.added.amount, report.delivered.amount), (8, 5));
        assert_eq!((report.planned.amount, report.open.amount), (16, 8));
    }

    #[test]
    fn what_moves_to_the_next_sprint_in_time_is_not_added_there() {
        let launch = played();
        let marks: Vec<_> = (launch.stories.rows().iter())
            .map(|s| (s.id.as_str(), added_after_start(&launch, s)))
            .collect();
        assert_eq!(
            marks,
            [("a", false), ("b", false), ("c", false), ("d", true)]
        );
    }

    #[test]
    fn what_left_a_running_sprint_and_came_back_was_there_at_its_start() {
        let mut launch = played();
        let back = json!({"plan_story": {"story": "c", "sprint": 2}});
        give(&mut launch, "2026-03-13", back);
        let report = report(&launch, 2, day("2026-03-13")).unwrap();
        assert_eq!((report.committed.amount, report.added.amount), (10, 8));
    }

    #[test]
    fn capacity_says_what_is_too_much_in_its_own_unit() {
        let mut launch = played();
        let ahead = day("2026-03-01");
        assert_eq!(report(&launch, 2, ahead).unwrap().over(), None);
        let points = json!({"set_capacity": {"sprint": 2, "capacity": 13}});
        give(&mut launch, "2026-03-13", points);
        let full = report(&launch, 2, ahead).unwrap();
        assert_eq!((full.unit, full.over()), (Unit::Points, Some(3)));
        let stories = json!({"set_capacity": {"sprint": 2, "capacity": 3, "unit": "stories"}});
        give(&mut launch, "2026-03-13", stories);
        let even = report(&launch, 2, ahead).unwrap();
        assert_eq!((even.planned.amount, even.over()), (3, None));
        assert_eq!(even.phase, Phase::Ahead);
    }
}
