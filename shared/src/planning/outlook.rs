//! A scope against the time that is left: what it still asks for, what the pace so far carries until
//! the launch moment, and when it would be built.

use chrono::NaiveDate;

use super::{Sum, is_dropped, pace, unit_of, within};
use crate::{
    model::{EpicIx, Launch, Unit},
    time::{days_between, plus},
};

/// What a scope asks for and what there is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Outlook {
    /// What everything is counted in.
    pub unit: Unit,
    /// All stories of the scope that are not dropped.
    pub whole: Sum,
    /// Those of them that are still to be built.
    pub open: Sum,
    /// Epics of the scope without a story: work of unknown size, which counts nowhere here.
    pub storyless: usize,
    /// What the days until the launch moment carry, at the least and at the most of the last three
    /// sprints; `None` before one is over.
    pub carries: Option<(usize, usize)>,
    /// The days on which the last story would be done, at the most and at the least of them; `None`
    /// when that cannot be said: nothing is known yet, or at the least pace it would never be.
    pub built: Option<(NaiveDate, NaiveDate)>,
}

impl Outlook {
    /// By how much the open stories are more than even the best of the last sprints would carry.
    pub fn too_much(&self) -> Option<usize> {
        let (_, most) = self.carries?;
        self.open.amount.checked_sub(most).filter(|n| *n > 0)
    }
}

/// The outlook for a scope of these epics, as seen on a day; what the launch has in scope now plays
/// no part. None before the launch is planned.
pub fn outlook(launch: &Launch, scope: &[EpicIx], today: NaiveDate) -> Option<Outlook> {
    outlook_in(launch, scope, unit_of(launch, scope), today)
}

/// The same in a unit of one's choice, so that two scopes can be held against each other.
pub fn outlook_in(
    launch: &Launch,
    scope: &[EpicIx],
    unit: Unit,
    today: NaiveDate,
) -> Option<Outlook> {
    let last = launch.launch_day()?;
    let (first_day, last_day) = launch.sprint_days(1)?;
    let sprint = usize::try_from(days_between(first_day, last_day) + 1).ok()?;
    let within = within(launch, scope);
    let stories = || {
        let rows = launch.stories.rows().iter();
        rows.filter(|s| within.get(s.epic.pos()) == Some(&true) && !is_dropped(s))
    };
    let pace = pace::counted_in(launch, unit, today);
    let open = Sum::of(pace.unit, stories().filter(|s| s.is_open()));
    // Today still counts as a day of work, the day of the launch does not.
    let from = today.max(first_day);
    let left = usize::try_from(days_between(from, last)).unwrap_or(0);
    let range = pace.range();
    let built = range.and_then(|(least, most)| {
        let day = |pace: usize| {
            let days = (open.amount * sprint).div_ceil(pace.max(1));
            let days = i64::try_from(days).ok().filter(|d| *d < 3_650)?;
            (pace > 0 || open.amount == 0).then(|| plus(from, days.max(1) - 1))
        };
        Some((day(most)?, day(least)?))
    });
    Some(Outlook {
        unit: pace.unit,
        whole: Sum::of(pace.unit, stories()),
        open,
        storyless: storyless(launch, &within),
        carries: range.map(|(least, most)| (least * left / sprint, most * left / sprint)),
        built,
    })
}

/// How many of these epics have no story that is not dropped.
fn storyless(launch: &Launch, within: &[bool]) -> usize {
    let mut empty = within.to_vec();
    for story in launch.stories.rows().iter().filter(|s| !is_dropped(s)) {
        if let Some(empty) = empty.get_mut(story.epic.pos()) {
            *empty = false;
        }
    }
    empty.into_iter().filter(|empty| *empty).count()
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::{
        super::testing::{add, finish, give, launch},
        *,
    };

    /// Four and then eight points a week were done; eight are open in e, forty in f.
    fn played() -> Launch {
        let mut launch = launch();
        let epic = json!({"add_epic": {"id": "f", "title": "F"}});
        give(&mut launch, "2026-03-02", epic);
        for (id, points, day) in [("a", 4, "2026-03-04"), ("b", 8, "2026-03-11")] {
            add(&mut launch, "2026-03-02", id, Some(points), 1);
            finish(&mut launch, day, id);
        }
        add(&mut launch, "2026-03-02", "c", Some(8), 3);
        let far = json!({"id": "d", "epic": "f", "title": "d", "points": 40});
        give(&mut launch, "2026-03-02", json!({ "add_story": far }));
        launch
    }

    fn of(launch: &Launch, epics: &[&str], today: &str) -> Outlook {
        let scope: Vec<_> = (epics.iter())
            .map(|id| launch.epics.find(&id.parse().unwrap()).unwrap())
            .collect();
        outlook(launch, &scope, today.parse().unwrap()).unwrap()
    }

    #[test]
    fn what_falls_out_brings_the_end_nearer() {
        let launch = played();
        let (small, large) = (
            of(&launch, &["e"], "2026-03-16"),
            of(&launch, &["e", "f"], "2026-03-16"),
        );
        assert_eq!((small.open.amount, small.whole.amount), (8, 20));
        // 57 days are left, a sprint has 7.
        assert_eq!(small.carries, Some((32, 65)));
        assert_eq!(small.carries, large.carries);
        let days = |a: &str, b: &str| Some((a.parse().unwrap(), b.parse().unwrap()));
        assert_eq!(small.built, days("2026-03-22", "2026-03-29"));
        assert_eq!(large.built, days("2026-04-26", "2026-06-07"));
        assert_eq!((small.too_much(), large.too_much()), (None, None));
    }

    #[test]
    fn an_epic_without_stories_is_counted_as_work_of_unknown_size() {
        let mut launch = played();
        let epic = json!({"add_epic": {"id": "g", "title": "G"}});
        give(&mut launch, "2026-03-12", epic);
        assert_eq!(of(&launch, &["e", "f"], "2026-03-16").storyless, 0);
        assert_eq!(of(&launch, &["e", "g"], "2026-03-16").storyless, 1);
        let story = json!({"id": "z", "epic": "g", "title": "z", "points": 1});
        give(&mut launch, "2026-03-12", json!({ "add_story": story }));
        assert_eq!(of(&launch, &["e", "g"], "2026-03-16").storyless, 0);
        let drop = json!({"drop_story": {"story": "z"}});
        give(&mut launch, "2026-03-13", drop);
        assert_eq!(of(&launch, &["e", "g"], "2026-03-16").storyless, 1);
    }

    #[test]
    fn a_scope_beyond_the_best_pace_is_too_much() {
        let mut launch = played();
        let more = json!({"id": "x", "epic": "f", "title": "x", "points": 30});
        give(&mut launch, "2026-03-12", json!({ "add_story": more }));
        let outlook = of(&launch, &["e", "f"], "2026-03-16");
        assert_eq!(outlook.too_much(), Some(13), "78 open, 65 at the most");
    }

    #[test]
    fn before_a_sprint_is_over_nothing_is_foretold() {
        let outlook = of(&played(), &["e"], "2026-03-05");
        assert_eq!((outlook.carries, outlook.built), (None, None));
    }

    #[test]
    fn a_sprint_without_any_work_done_foretells_no_end() {
        let launch = played();
        let outlook = of(&launch, &["e"], "2026-03-24");
        assert_eq!(outlook.carries.map(|(least, _)| least), Some(0));
        assert_eq!(outlook.built, None);
    }

    #[test]
    fn an_estimate_that_is_missing_makes_it_a_count_of_stories() {
        let mut launch = played();
        let vague = json!({"id": "y", "epic": "f", "title": "y"});
        give(&mut launch, "2026-03-12", json!({ "add_story": vague }));
        let outlook = of(&launch, &["e", "f"], "2026-03-16");
        assert_eq!((outlook.unit, outlook.open.amount), (Unit::Stories, 3));
        assert_eq!(of(&launch, &["e"], "2026-03-16").unit, Unit::Points);
    }
}
