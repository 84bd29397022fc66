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
