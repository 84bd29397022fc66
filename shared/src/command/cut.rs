//! The decision to move the scope cut: several candidates in and out, in one step.

use super::{
    Command,
    decide::{Case, Decision},
    stories::find_epic,
};
use crate::{id::EpicId, journal::Event, model::Launch};

/// What is as it is asked to be is passed over: others may have taken it in or out meanwhile.
pub(super) fn decide(case: &Case<'_>, take_in: &[EpicId], take_out: &[EpicId]) -> Decision {
    let mut events = Vec::new();
    for (epics, inside) in [(take_in, true), (take_out, false)] {
        for epic in epics {
            let row = find_epic(case.launch, epic)?.1;
            if row.in_scope.is_some() == inside {
                continue;
            }
            let epic = epic.clone();
            let event = if inside {
                let since = row.was_in_scope(case.now);
                Event::EpicScoped { epic, since }
            } else {
                Event::EpicUnscoped { epic }
            };
            // An epic that is named twice comes in once.
            if !events.contains(&event) {
                events.push(event);
            }
        }
    }
    Ok(events)
}

fn is_in_scope(launch: &Launch, epic: &EpicId) -> Result<bool, super::Refusal> {
    Ok(find_epic(launch, epic)?.1.in_scope.is_some())
}

/// The command that takes it back: only what it changed.
pub(super) fn undo(before: &Launch, take_in: &[EpicId], take_out: &[EpicId]) -> Command {
    let of = |epics: &[EpicId], inside: bool| {
        let mut changed = epics.to_vec();
        changed.retain(|epic| is_in_scope(before, epic) == Ok(inside));
        changed
    };
    Command::CutScope {
        take_in: of(take_out, true),
        take_out: of(take_in, false),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::super::{Actor, decide as decide_all, undo as undo_all};
    use super::*;
    use crate::{
        engine::testing::{NILS, Told, launch},
        time::parse_instant,
    };

    /// One is in scope, two and three are not.
    fn told() -> Told {
        let add = |id| json!({"add_epic": {"id": id, "title": id}});
        launch().epic("one").does(add("two")).does(add("three"))
    }

    fn cut(value: &Value) -> Command {
        serde_json::from_value(json!({ "cut_scope": value })).unwrap()
    }

    fn codes(told: &Told, command: &Command) -> Vec<String> {
        let at = parse_instant("2026-03-09T09:00:00Z").unwrap();
        let events = decide_all(&told.launch, command, &Actor::person(NILS), at).unwrap();
        let code = |e: &Event| serde_json::to_string(e).unwrap();
        events.iter().map(code).collect()
    }

    #[test]
    fn only_what_changes_happens_and_all_of_it_at_once() {
        let moved = cut(&json!({"take_in": ["two", "one", "two"], "take_out": ["three"]}));
        assert_eq!(
            codes(&told(), &moved),
            [r#"{"epic_scoped":{"epic":"two"}}"#]
        );
        let swapped = cut(&json!({"take_in": ["three"], "take_out": ["one"]}));
        assert_eq!(
            codes(&told(), &swapped),
            [
                r#"{"epic_scoped":{"epic":"three"}}"#,
                r#"{"epic_unscoped":{"epic":"one"}}"#
            ]
        );
    }

    #[test]
    fn an_unknown_epic_stops_all_of_it() {
        let refused = told().tries(json!({"cut_scope": {"take_in": ["two", "nine"]}}));
        assert_eq!(refused.map_err(|r| r.code()), Err("unknown"));
    }

    #[test]
    fn it_is_taken_back_as_far_as_it_changed_something() {
        let told = told();
        let moved = cut(&json!({"take_in": ["one", "two"], "take_out": ["three"]}));
        let back = undo_all(&told.launch, &moved, NILS).unwrap();
        assert_eq!(back, cut(&json!({"take_in": [], "take_out": ["two"]})));
    }
}
