//! How the scope came on since the first week: by the end of that it counts as planned, as in the
//! forecast.

use super::unit;
use crate::{
    model::{Launch, Story, StoryState, Unit},
    time::{Instant, plus},
};

/// Days after which the scope counts as planned: the cut is made in the first week.
const PLANNED_DAYS: i64 = 7;

/// A scope then and now, by the estimates and the epics in scope of today: the journal's fold keeps
/// no others.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Growth {
    /// What it is counted in.
    pub unit: Unit,
    /// In scope at the end of the first week.
    pub was: usize,
    /// What came into it since then, whatever became of it.
    pub added: usize,
    /// What was dropped since then.
    pub dropped: usize,
    /// Whether the scope is larger than it was by a tenth or more.
    pub grew: bool,
}

impl Growth {
    /// In scope now.
    pub const fn now(&self) -> usize {
        self.was + self.added - self.dropped
    }

    fn add(&mut self, launch: &Launch, story: &Story, planned: Instant) {
        let Some(scoped) = launch.epics.at(story.epic).and_then(|e| e.in_scope) else {
            return;
        };
        let amount = match self.unit {
            Unit::Points => story.points.map_or(0, usize::from),
            Unit::Stories => 1,
        };
        let dropped = match story.state {
            // What went back into the story that it was split from was never work of its own.
            StoryState::Dropped(at) if at < planned || story.added >= at => return,
            StoryState::Dropped(_) => amount,
            _ => 0,
        };
        self.dropped += dropped;
        if scoped.max(story.added) < planned {
            self.was += amount;
        } else {
            self.added += amount;
        }
    }
}

/// How the scope of a launch came on. None before the launch is planned.
pub fn growth(launch: &Launch) -> Option<Growth> {
    let schedule = launch.schedule.as_ref()?;
    let planned = schedule.zone.start_of(plus(schedule.start, PLANNED_DAYS));
    let mut growth = Growth {
        unit: unit(launch),
        ..Growth::default()
    };
    for story in launch.stories.rows() {
        growth.add(launch, story, planned);
    }
    growth.grew = growth.was > 0 && growth.now() * 10 >= growth.was * 11;
    Some(growth)
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::{
        super::testing::{add, give, launch},
        *,
    };

    /// Ten stories of four points at the end of week 1.
    fn cut() -> Launch {
        let mut launch = launch();
        for n in 0..10 {
            add(&mut launch, "2026-03-08", &format!("s{n}"), Some(4), 1);
        }
        launch
    }

    fn drop(launch: &mut Launch, day: &str, id: &str) {
        give(launch, day, json!({"drop_story": {"story": id}}));
    }

    #[test]
    fn what_comes_after_the_first_week_is_growth_and_what_is_dropped_shrinks_it() {
        let mut launch = cut();
        drop(&mut launch, "2026-03-08", "s0");
        let planned = Growth {
            was: 36,
            ..Growth::default()
        };
        assert_eq!(growth(&launch), Some(planned));
        add(&mut launch, "2026-03-09", "late", Some(9), 2);
        drop(&mut launch, "2026-03-10", "s1");
        let grown = growth(&launch).unwrap();
        assert_eq!((grown.was, grown.added, grown.dropped), (36, 9, 4));
        assert_eq!((grown.now(), grown.grew), (41, true));
        drop(&mut launch, "2026-03-11", "s2");
        assert!(!growth(&launch).unwrap().grew, "37 are not a tenth more");
    }

    #[test]
    fn a_split_that_is_taken_back_is_no_growth_and_nothing_that_was_dropped() {
        let mut launch = cut();
        let before = growth(&launch);
        let parts = json!([{"id": "a", "title": "a", "points": 3}]);
        let split = json!({"story": "s1", "title": "s1", "points": 1, "parts": parts});
        give(&mut launch, "2026-03-20", json!({ "split_story": split }));
        assert_eq!(growth(&launch), before);
        let merge = json!({"story": "s1", "title": "s1", "points": 4, "parts": ["a"]});
        give(&mut launch, "2026-03-21", json!({ "merge_story": merge }));
        assert_eq!(growth(&launch), before);
    }

    #[test]
    fn an_epic_that_comes_into_scope_brings_its_stories() {
        let mut launch = cut();
        let epic = json!({"add_epic": {"id": "f", "title": "F"}});
        give(&mut launch, "2026-03-03", epic);
        let story = json!({"id": "x", "epic": "f", "title": "x", "points": 8});
        give(&mut launch, "2026-03-03", json!({ "add_story": story }));
        assert_eq!(growth(&launch).unwrap().now(), 40);
        give(
            &mut launch,
            "2026-03-20",
            json!({"scope_epic": {"epic": "f"}}),
        );
        let grown = growth(&launch).unwrap();
        assert_eq!((grown.was, grown.added, grown.grew), (40, 8, true));
    }

    #[test]
    fn a_cut_that_is_taken_back_within_a_day_brings_nothing_new() {
        let commands = [
            (
                json!({"unscope_epic": {"epic": "e"}}),
                json!({"scope_epic": {"epic": "e"}}),
            ),
            (
                json!({"cut_scope": {"take_out": ["e"]}}),
                json!({"cut_scope": {"take_in": ["e"]}}),
            ),
        ];
        for (out, back) in commands {
            let mut launch = cut();
            let before = growth(&launch);
            give(&mut launch, "2026-03-20", out.clone());
            give(&mut launch, "2026-03-21", back.clone());
            assert_eq!(growth(&launch), before);
            give(&mut launch, "2026-03-20", out);
            give(&mut launch, "2026-03-22", back);
            assert_eq!(growth(&launch).unwrap().added, 40, "decided anew");
        }
    }

    #[test]
    fn without_estimates_stories_are_counted_and_nothing_does_not_grow() {
        let mut launch = launch();
        assert!(!growth(&launch).unwrap().grew);
        add(&mut launch, "2026-03-20", "a", None, 2);
        let grown = growth(&launch).unwrap();
        assert_eq!(
            (grown.unit, grown.added, grown.grew),
            (Unit::Stories, 1, false)
        );
    }
}
