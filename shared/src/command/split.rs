//! The decision to split a story, and to put one together again that was split: each in one step.
//!
//! The story shrinks and stays what it was, with its history, its person and its beginning; what is
//! split off is new, in the same epic and sprint.

use serde::{Deserialize, Serialize};

use super::{
    Command, Kind, Refusal,
    decide::{Case, Decision, in_range, room},
    stories::{check_points, find_story, state_refusal},
};
use crate::{
    id::StoryId,
    journal::{Event, StoryDetail},
    model::{Launch, Story, StoryState},
    text::Line,
};

/// Most stories that are split off at once.
pub(super) const MOST: usize = 9;

/// A story that is split off from another.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct StoryPart {
    /// Its id.
    pub id: StoryId,
    /// What it is called.
    pub title: Line,
    /// Its estimate in story points, 0 to 1,000.
    #[serde(default)]
    pub points: Option<u16>,
}

/// What a story is called and estimated at.
pub(super) struct Words<'a> {
    title: &'a Line,
    points: Option<u16>,
}

impl<'a> Words<'a> {
    pub(super) const fn new(title: &'a Line, points: Option<u16>) -> Self {
        Self { title, points }
    }
}

pub(super) fn split(
    case: &Case<'_>,
    story: &StoryId,
    rest: &Words<'_>,
    parts: &[StoryPart],
) -> Decision {
    let row = open(case.launch, story)?;
    check_number(parts.len())?;
    check_points(rest.points)?;
    let epic = case.launch.epics.at(row.epic).map(|e| e.id.clone());
    let epic = epic.ok_or_else(|| unknown(story))?;
    let mut into: Vec<StoryId> = Vec::new();
    let mut events = Vec::new();
    for part in parts {
        room(Kind::Story, case.launch.stories.len() + into.len())?;
        check_points(part.points)?;
        if case.launch.stories.get(&part.id).is_some() || into.contains(&part.id) {
            return Err(Refusal::Taken {
                kind: Kind::Story,
                id: part.id.to_string(),
            });
        }
        into.push(part.id.clone());
        events.push(Event::StoryAdded {
            id: part.id.clone(),
            epic: epic.clone(),
            detail: StoryDetail {
                title: part.title.clone(),
                note: None,
                points: part.points,
                sprint: row.sprint,
                owner: row.owner,
            },
        });
    }
    events.push(Event::StorySplit {
        story: story.clone(),
        title: rest.title.clone(),
        points: rest.points,
        into,
    });
    Ok(events)
}

fn check_number(parts: usize) -> Result<(), Refusal> {
    let [parts, most] = [parts, MOST].map(|n| i64::try_from(n).unwrap_or(i64::MAX));
    in_range("parts", parts, 1, most)
}

/// Only what counts as the story does goes back into it, as what was just split from it, and only
/// what nobody has begun: no figure of a sprint changes afterwards, and work that was done is not
/// undone.
pub(super) fn merge(
    case: &Case<'_>,
    story: &StoryId,
    whole: &Words<'_>,
    parts: &[StoryId],
) -> Decision {
    let into = open(case.launch, story)?;
    check_number(parts.len())?;
    check_points(whole.points)?;
    let mut from: Vec<StoryId> = Vec::new();
    for part in parts {
        let row = find_story(case.launch, part)?;
        if !is_part(into, row) {
            return Err(no_part(case.launch, into, part));
        }
        if row.state != StoryState::Todo {
            return Err(state_refusal(row));
        }
        if row.begun.is_some() {
            return Err(Refusal::Already {
                title: row.title.clone(),
                state: "begun",
                by: None,
                at: row.begun,
            });
        }
        if !from.contains(part) {
            from.push(part.clone());
        }
    }
    Ok(vec![Event::StoryMerged {
        story: story.clone(),
        title: whole.title.clone(),
        points: whole.points,
        from,
    }])
}

/// The command that takes a split back.
pub(super) fn undo(before: &Launch, story: &StoryId, parts: &[StoryPart]) -> Option<Command> {
    let row = before.stories.get(story)?;
    Some(Command::MergeStory {
        story: story.clone(),
        title: row.title.clone(),
        points: row.points,
        parts: parts.iter().map(|part| part.id.clone()).collect(),
    })
}

fn open<'a>(launch: &'a Launch, story: &StoryId) -> Result<&'a Story, Refusal> {
    let row = find_story(launch, story)?;
    if row.is_open() {
        Ok(row)
    } else {
        Err(state_refusal(row))
    }
}

fn is_part(whole: &Story, row: &Story) -> bool {
    row.id != whole.id && row.counts_like(whole)
}

/// What would be allowed: the stories that could go back into this one.
fn no_part(launch: &Launch, whole: &Story, part: &StoryId) -> Refusal {
    let mut allowed = String::new();
    for row in launch.stories.rows() {
        if is_part(whole, row) {
            if !allowed.is_empty() {
                allowed.push_str(", ");
            }
            allowed.push_str(row.id.as_str());
        }
    }
    if allowed.is_empty() {
        allowed.push('–');
    }
    Refusal::OutOfRange {
        field: "parts",
        found: part.to_string(),
        allowed,
    }
}

fn unknown(story: &StoryId) -> Refusal {
    Refusal::Unknown {
        kind: Kind::Story,
        id: story.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::super::undo as undo_all;
    use super::*;
    use crate::{
        engine::testing::{NILS, Told, launch},
        planning::{Report, report},
    };

    /// One story of eight points, planned for sprint 2 before that began, under way.
    fn told() -> Told {
        let story = json!({
            "id": "big", "epic": "one", "title": "Big", "points": 8, "sprint": 2,
        });
        launch()
            .epic("one")
            .does(json!({ "add_story": story }))
            .on("03-11")
            .does(json!({"begin_story": {"story": "big"}}))
    }

    fn split_in(parts: &[(&str, u16)]) -> Value {
        let parts: Vec<_> = (parts.iter())
            .map(|(id, points)| json!({"id": id, "title": id, "points": points}))
            .collect();
        let fields = json!({"story": "big", "title": "Less", "points": 3, "parts": parts});
        json!({ "split_story": fields })
    }

    fn sprint_2(launch: &Launch) -> Report {
        report(launch, 2, "2026-03-12".parse().unwrap()).unwrap()
    }

    #[test]
    fn parts_keep_epic_sprint_and_person_and_the_story_shrinks() {
        let told = told().does(split_in(&[("a", 3), ("b", 2)]));
        let of = |id: &str| {
            told.launch
                .stories
                .get(&id.parse().unwrap())
                .unwrap()
                .clone()
        };
        let (big, a) = (of("big"), of("a"));
        assert_eq!((big.title.as_str(), big.points), ("Less", Some(3)));
        assert!(matches!(big.state, StoryState::Begun(_)), "it stays begun");
        assert_eq!((a.epic, a.sprint, a.points), (big.epic, Some(2), Some(3)));
        assert_eq!((a.owner, a.state), (big.owner, StoryState::Todo));
    }

    #[test]
    fn a_sprint_that_began_with_a_story_began_with_its_parts() {
        let told = told();
        let before = sprint_2(&told.launch);
        assert_eq!(before.committed.amount, 8);
        let told = told.does(split_in(&[("a", 3), ("b", 2)]));
        let after = sprint_2(&told.launch);
        assert_eq!((after.committed.amount, after.planned.amount), (8, 8));
        assert_eq!(after.added.stories, 0, "nothing came after the start");
    }

    #[test]
    fn a_split_that_is_taken_back_leaves_the_figures_as_they_were() {
        let told = told();
        let before = sprint_2(&told.launch);
        let split: Command = serde_json::from_value(split_in(&[("a", 3), ("b", 2)])).unwrap();
        let back = undo_all(&told.launch, &split, NILS).unwrap();
        let told = told
            .does(serde_json::to_value(&split).unwrap())
            .does(serde_json::to_value(&back).unwrap());
        assert_eq!(sprint_2(&told.launch), before);
        let state = |id: &str| told.launch.stories.get(&id.parse().unwrap()).unwrap().state;
        assert!(matches!(state("a"), StoryState::Dropped(_)));
        assert!(matches!(state("big"), StoryState::Begun(_)));
    }

    #[test]
    fn what_is_begun_is_not_put_back() {
        let mut begun = told()
            .does(split_in(&[("a", 3)]))
            .does(json!({"begin_story": {"story": "a"}}));
        let merge = json!({"merge_story": {"story": "big", "title": "Big", "parts": ["a"]}});
        let refused = begun.tries(merge).map_err(|refusal| refusal.code());
        assert_eq!(refused, Err("already"));
    }

    #[test]
    fn only_what_counts_as_a_story_does_goes_back_into_it() {
        let other =
            json!({"id": "other", "epic": "one", "title": "Other", "points": 5, "sprint": 2});
        let later = json!({"plan_story": {"story": "b", "sprint": 3}});
        let mut told = told()
            .does(json!({ "add_story": other }))
            .does(split_in(&[("a", 3), ("b", 2)]))
            .does(later);
        let merge = |story: &str, parts: &[&str]| json!({"merge_story": {"story": story, "title": "Big", "parts": parts}});
        let mut refused = |value| told.tries(value).unwrap_err();
        for (story, parts) in [
            ("big", vec!["other"]),
            ("big", vec!["a", "other"]),
            ("big", vec!["b"]),
            ("other", vec!["a"]),
            ("big", vec!["big"]),
            ("big", vec![]),
        ] {
            let code = refused(merge(story, &parts)).code();
            assert_eq!(code, "out_of_range", "{story} {parts:?}");
        }
        assert_eq!(
            refused(merge("big", &["other"])).text(crate::Locale::En, &crate::People::default()),
            "Split off: “other” is not allowed. Allowed: a."
        );
        assert!(told.tries(merge("big", &["a"])).is_ok());
    }

    #[test]
    fn a_split_needs_an_open_story_parts_and_free_ids() {
        let code = |told: &mut Told, value| told.tries(value).map_err(|refusal| refusal.code());
        let mut told = told();
        assert_eq!(code(&mut told, split_in(&[])), Err("out_of_range"));
        assert_eq!(code(&mut told, split_in(&[("big", 1)])), Err("taken"));
        assert_eq!(
            code(&mut told, split_in(&[("a", 1), ("a", 1)])),
            Err("taken")
        );
        assert_eq!(
            code(&mut told, split_in(&[("a", 2_000)])),
            Err("out_of_range")
        );
        let mut done = told.does(json!({"finish_story": {"story": "big"}}));
        assert_eq!(code(&mut done, split_in(&[("a", 1)])), Err("already"));
    }
}
