//! Rules on what is built: a scope, stories, acceptance.

use crate::{
    engine::{Finding, Rule, Subject, facts::Facts},
    model::{Discipline, Epic, EpicIx, StoryState},
};

fn scoped<'a>(facts: &Facts<'a>) -> impl Iterator<Item = (EpicIx, &'a Epic)> {
    facts
        .launch
        .epics
        .each()
        .filter(|(_, e)| e.in_scope.is_some())
}

fn finding(facts: &Facts<'_>, rule: Rule, subject: Subject, owes: Discipline) -> Finding {
    Finding {
        rule,
        discipline: owes,
        subject,
        waits_for: facts.person_or_lead(None, owes),
        since: None,
        last_safe_start: None,
        grounds: None,
    }
}

/// A launch without an epic in scope launches nothing.
pub(super) fn not_empty(facts: &Facts<'_>, found: &mut Vec<Finding>) {
    if scoped(facts).next().is_none() {
        found.push(finding(
            facts,
            Rule::ScopeEmpty,
            Subject::Launch,
            Discipline::Product,
        ));
    }
}

/// An epic of which nothing is built is not technically done.
pub(super) fn has_stories(facts: &Facts<'_>, found: &mut Vec<Finding>) {
    let mut built = vec![false; facts.launch.epics.len()];
    for story in facts.launch.stories.rows() {
        if let (false, Some(mark)) = (
            matches!(story.state, StoryState::Dropped(_)),
            built.get_mut(story.epic.pos()),
        ) {
            *mark = true;
        }
    }
    for (ix, epic) in scoped(facts).filter(|(ix, _)| !built[ix.pos()]) {
        let mut empty = finding(
            facts,
            Rule::EpicEmpty,
            Subject::Epic(ix),
            Discipline::Product,
        );
        empty.since = epic.in_scope;
        found.push(empty);
    }
}

/// Every story of an epic in scope is done or dropped.
pub(super) fn stories_done(facts: &Facts<'_>, found: &mut Vec<Finding>) {
    for (ix, story) in facts.launch.stories.each().filter(|(_, s)| s.is_open()) {
        if facts
            .launch
            .epics
            .at(story.epic)
            .is_none_or(|e| e.in_scope.is_none())
        {
            continue;
        }
        found.push(Finding {
            waits_for: facts.person_or_lead(story.owner, Discipline::Engineering),
            since: Some(story.added),
            ..finding(
                facts,
                Rule::StoryOpen,
                Subject::Story(ix),
                Discipline::Engineering,
            )
        });
    }
}

/// Somebody has accepted what was built.
pub(super) fn accepted(facts: &Facts<'_>, found: &mut Vec<Finding>) {
    for (ix, epic) in scoped(facts).filter(|(_, e)| e.accepted.is_none()) {
        found.push(Finding {
            since: epic.in_scope,
            ..finding(
                facts,
                Rule::EpicNotAccepted,
                Subject::Epic(ix),
                Discipline::Product,
            )
        });
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::{super::testing::*, *};

    #[test]
    fn a_launch_without_an_epic_in_scope_has_nothing_to_launch() {
        let told = launch().candidate("base").lead("product", LENA);
        assert_eq!(
            told.finds(not_empty),
            ["scope_empty, launch m, owed by product, waits for lena, blocks"]
        );
        let told = told.does(json!({"scope_epic": {"epic": "base"}}));
        assert!(told.finds(not_empty).is_empty());
    }

    #[test]
    fn an_epic_in_scope_without_a_story_to_build_is_empty_since_it_came_into_scope() {
        let told = launch().candidate("later").candidate("base").on("03-09");
        let told = told.does(json!({"scope_epic": {"epic": "base"}}));
        let empty =
            ["epic_empty, epic base, owed by product, waits for nobody, since 03-09 12:00, blocks"];
        assert_eq!(told.finds(has_stories), empty);
        let told = told.story("one", "base");
        assert!(told.finds(has_stories).is_empty());
        let told = told.does(json!({"drop_story": {"story": "one"}}));
        assert_eq!(
            told.finds(has_stories),
            empty,
            "a dropped story is not built"
        );
    }

    #[test]
    fn stories_of_another_epic_do_not_fill_an_empty_one() {
        let told = launch().epic("base").epic("more").story("one", "more");
        assert_eq!(
            told.finds(has_stories),
            ["epic_empty, epic base, owed by product, waits for nobody, since 03-02 12:00, blocks"]
        );
    }

    #[test]
    fn an_open_story_waits_for_who_builds_it_or_else_for_the_lead() {
        let told = launch().epic("base").lead("engineering", CARLA).on("03-10");
        let told = told.story("one", "base").does(json!({"add_story":
            {"id": "two", "epic": "base", "title": "two", "owner": NILS}}));
        let [one, two] = [
            "story_open, story one, owed by engineering, waits for carla, since 03-10 12:00, blocks",
            "story_open, story two, owed by engineering, waits for nils, since 03-10 12:00, blocks",
        ];
        assert_eq!(told.finds(stories_done), [one, two]);
        let told = told
            .on("03-20")
            .does(json!({"begin_story": {"story": "one"}}));
        assert_eq!(told.finds(stories_done), [one, two], "begun is not done");
        let told = told.does(json!({"finish_story": {"story": "one"}}));
        assert_eq!(told.finds(stories_done), [two]);
        let told = told.does(json!({"drop_story": {"story": "two"}}));
        assert!(told.finds(stories_done).is_empty());
    }

    #[test]
    fn the_stories_of_what_is_not_in_scope_are_nobodys_blocker() {
        let told = launch().candidate("later").story("one", "later");
        assert!(told.finds(stories_done).is_empty());
        let told = told.does(json!({"scope_epic": {"epic": "later"}}));
        assert_eq!(told.finds(stories_done).len(), 1);
    }

    #[test]
    fn an_epic_in_scope_is_accepted_by_somebody() {
        let told = launch().candidate("later").on("03-05").epic("base");
        let told = told.lead("product", LENA).story("one", "base");
        let told = told.does(json!({"finish_story": {"story": "one"}}));
        assert_eq!(
            told.finds(accepted),
            [
                "epic_not_accepted, epic base, owed by product, waits for lena, since 03-05 12:00, blocks"
            ]
        );
        let told = told.does(json!({"accept_epic": {"epic": "base"}}));
        assert!(told.finds(accepted).is_empty());
        let told = told.does(json!({"reopen_story": {"story": "one"}}));
        assert_eq!(
            told.finds(accepted).len(),
            1,
            "what was accepted was another thing"
        );
    }
}
