//! The fold of what concerns sprints. What was planned when a sprint began is kept at the story:
//! later events would hide it.

use super::Event;
use crate::{
    id::StoryId,
    model::{Capacity, Launch, Stay},
    time::Instant,
};

impl Launch {
    pub(super) fn apply_to_sprints(&mut self, event: &Event) {
        match event {
            Event::SprintLengthSet { weeks } => {
                self.sprints.weeks = *weeks;
                // Sprints of another length began on other days.
                let ids: Vec<_> = self.stories.rows().iter().map(|s| s.id.clone()).collect();
                for id in ids {
                    if let Some(story) = self.stories.get_mut(&id) {
                        story.stays.clear();
                    }
                }
            }
            Event::CapacitySet {
                sprint,
                capacity: Some(amount),
                unit,
            } => {
                let capacity = Capacity {
                    amount: *amount,
                    unit: *unit,
                };
                self.sprints.capacity.insert(*sprint, capacity);
            }
            Event::CapacitySet { sprint, .. } => {
                self.sprints.capacity.remove(sprint);
            }
            _ => {}
        }
    }

    /// Plans a story for a sprint or for none. That it stays in the one it is in changes nothing.
    pub(super) fn put_into_sprint(&mut self, story: &StoryId, sprint: Option<u8>, at: Instant) {
        let Some(row) = self.stories.get(story).filter(|s| s.sprint != sprint) else {
            return;
        };
        let stay = row.sprint.zip(row.planned).map(|(sprint, from)| Stay {
            sprint,
            from,
            to: at,
        });
        // Only what a sprint began with and then lost is worth remembering, and once for each.
        let stay = stay.filter(|stay| {
            self.planned_in_time(stay.sprint, stay.from)
                && !self.planned_in_time(stay.sprint, stay.to)
                && row.stays.iter().all(|s| s.sprint != stay.sprint)
        });
        if let Some(row) = self.stories.get_mut(story) {
            row.stays.extend(stay);
            row.sprint = sprint;
            row.planned = sprint.map(|_| at);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        command::{Actor, Command, decide},
        id::PersonId,
        time::parse_instant,
    };

    fn give(launch: &mut Launch, at: &str, command: serde_json::Value) {
        let command: Command = serde_json::from_value(command).unwrap();
        let (at, by) = (parse_instant(at).unwrap(), PersonId::from_number(1));
        for event in decide(launch, &command, &Actor::person(by), at).unwrap() {
            launch.apply_at(&event, at, by);
        }
    }

    fn story(moves: &[(&str, Option<u8>)]) -> crate::model::Story {
        let mut launch = Launch::default();
        let start = "2026-03-01T08:00:00Z";
        let plan = Command::plan_launch("m", "M", "2026-03-02", 10, "2026-05-12T08:00:00Z");
        give(
            &mut launch,
            start,
            serde_json::to_value(plan.unwrap()).unwrap(),
        );
        let epic = serde_json::json!({"add_epic": {"id": "e", "title": "E"}});
        give(&mut launch, start, epic);
        let add = serde_json::json!({"add_story": {"id": "s", "epic": "e", "title": "S"}});
        give(&mut launch, start, add);
        for (at, sprint) in moves {
            let plan = serde_json::json!({"plan_story": {"story": "s", "sprint": sprint}});
            give(&mut launch, at, plan);
        }
        launch.stories.rows()[0].clone()
    }

    #[test]
    fn a_sprint_that_began_with_a_story_remembers_it() {
        let left = story(&[
            ("2026-03-05T08:00:00Z", Some(2)),
            ("2026-03-11T08:00:00Z", Some(3)),
        ]);
        assert_eq!(left.stays.len(), 1);
        assert_eq!((left.stays[0].sprint, left.sprint), (2, Some(3)));
        assert_eq!(left.planned, Some(left.stays[0].to));
    }

    #[test]
    fn what_left_before_the_start_or_came_after_it_is_not_remembered() {
        let before = story(&[
            ("2026-03-05T08:00:00Z", Some(2)),
            ("2026-03-09T08:00:00Z", Some(3)),
        ]);
        assert!(before.stays.is_empty());
        let after = story(&[
            ("2026-03-11T08:00:00Z", Some(2)),
            ("2026-03-12T08:00:00Z", None),
        ]);
        assert!(after.stays.is_empty() && after.planned.is_none());
    }

    #[test]
    fn planning_for_the_same_sprint_again_keeps_the_first_moment() {
        let twice = story(&[
            ("2026-03-05T08:00:00Z", Some(2)),
            ("2026-03-11T08:00:00Z", Some(2)),
        ]);
        assert_eq!(
            twice.planned,
            Some(parse_instant("2026-03-05T08:00:00Z").unwrap())
        );
    }
}
