//! Planning: what a sprint was to bring and what it brought, at which pace, and what scope that pace
//! carries to the launch.
//!
//! Pure, like everything here: the day comes from outside. Work is counted in points where every
//! story of the scope has an estimate, and in stories otherwise (one notion for every figure, the
//! forecast's too); a sprint whose capacity somebody
//! set is counted in the unit of that capacity.

mod cut;
mod growth;
mod outlook;
mod pace;
mod sprint;

pub use cut::{Cut, cut};
pub use growth::{Growth, growth};
pub use outlook::{Outlook, outlook, outlook_in};
pub use pace::{Pace, pace};
pub use sprint::{Phase, Report, Sum, added_after_start, report};

use crate::model::{EpicIx, Launch, Story, StoryState, Unit};

/// What the work of a launch is counted in: points once every story of the scope has an estimate and
/// these add up to something. A story of 0 points has an estimate: it takes no time worth counting.
pub fn unit(launch: &Launch) -> Unit {
    let in_scope = |epic| launch.epics.at(epic).is_some_and(|e| e.in_scope.is_some());
    counted_in(launch, &in_scope)
}

/// The same for a scope of these epics, whatever the launch has in scope now.
pub fn unit_of(launch: &Launch, scope: &[EpicIx]) -> Unit {
    let within = within(launch, scope);
    counted_in(launch, &|epic| within.get(epic.pos()) == Some(&true))
}

/// By epic, whether it is among these: to be asked for every story.
fn within(launch: &Launch, scope: &[EpicIx]) -> Vec<bool> {
    let mut within = vec![false; launch.epics.len()];
    for epic in scope {
        if let Some(within) = within.get_mut(epic.pos()) {
            *within = true;
        }
    }
    within
}

fn counted_in(launch: &Launch, in_scope: &dyn Fn(EpicIx) -> bool) -> Unit {
    let mut points = 0;
    for story in launch.stories.rows() {
        if is_dropped(story) || !in_scope(story.epic) {
            continue;
        }
        match story.points {
            Some(some) => points += usize::from(some),
            None => return Unit::Stories,
        }
    }
    if points > 0 {
        Unit::Points
    } else {
        Unit::Stories
    }
}

fn is_dropped(story: &Story) -> bool {
    matches!(story.state, StoryState::Dropped(_))
}

#[cfg(test)]
mod testing {
    use serde_json::{Value, json};

    use crate::{
        command::{Actor, Command, decide},
        id::PersonId,
        model::Launch,
        time::parse_instant,
    };

    /// A launch of ten weeks from Monday 2 March on, with one epic in scope.
    pub(super) fn launch() -> Launch {
        let mut launch = Launch::default();
        let plan = json!({"plan_launch": {
            "id": "m", "title": "M", "start": "2026-03-02", "weeks": 10,
            "moment": "2026-05-12T08:00:00Z",
        }});
        give(&mut launch, "2026-02-27", plan);
        give(
            &mut launch,
            "2026-02-27",
            json!({"add_epic": {"id": "e", "title": "E"}}),
        );
        give(
            &mut launch,
            "2026-02-27",
            json!({"scope_epic": {"epic": "e"}}),
        );
        launch
    }

    /// Gives a command at ten in the morning of a day.
    pub(super) fn give(launch: &mut Launch, day: &str, command: Value) {
        let command: Command = serde_json::from_value(command).unwrap();
        let at = parse_instant(&format!("{day}T10:00:00Z")).unwrap();
        let by = PersonId::from_number(1);
        for event in decide(launch, &command, &Actor::person(by), at).unwrap() {
            launch.apply_at(&event, at, by);
        }
    }

    pub(super) fn add(launch: &mut Launch, day: &str, id: &str, points: Option<u16>, sprint: u8) {
        let story = json!({
            "id": id, "epic": "e", "title": id, "points": points, "sprint": sprint,
        });
        give(launch, day, json!({ "add_story": story }));
    }

    pub(super) fn finish(launch: &mut Launch, day: &str, id: &str) {
        give(launch, day, json!({"finish_story": {"story": id}}));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn points_count_only_when_every_story_has_some() {
        let mut launch = testing::launch();
        assert_eq!(unit(&launch), Unit::Stories, "there is nothing to count");
        testing::add(&mut launch, "2026-03-01", "a", Some(3), 1);
        assert_eq!(unit(&launch), Unit::Points);
        testing::add(&mut launch, "2026-03-01", "b", None, 1);
        assert_eq!(unit(&launch), Unit::Stories);
        let drop = serde_json::json!({"drop_story": {"story": "b"}});
        testing::give(&mut launch, "2026-03-02", drop);
        assert_eq!(unit(&launch), Unit::Points, "what was dropped needs none");
    }

    #[test]
    fn a_story_of_no_points_has_an_estimate_and_adds_nothing() {
        let mut launch = testing::launch();
        testing::add(&mut launch, "2026-03-01", "a", Some(0), 1);
        assert_eq!(unit(&launch), Unit::Stories, "nothing adds up to nothing");
        testing::add(&mut launch, "2026-03-01", "b", Some(3), 1);
        assert_eq!(unit(&launch), Unit::Points);
    }
}
