//! Who may make an item lighter, and how exemptions are asked for and renewed.

use serde_json::{Value, json};

use crate::{Actor, Command, Launch, PersonId, command::Refusal, decide, time, tree};

const LENA: PersonId = PersonId::from_number(1);
const JONAS: PersonId = PersonId::from_number(2);
const DANIEL: PersonId = PersonId::from_number(3);

/// A planned launch in which only Daniel approves, with one heavy item and one that it needs.
fn launch() -> Launch {
    let mut launch = Launch::default();
    for (by, command) in [
        (
            LENA,
            json!({"plan_launch": {"id": "m", "title": "M", "start": "2026-03-02", "weeks": 10,
                "moment": "2026-05-12T08:00:00Z"}}),
        ),
        (
            LENA,
            json!({"set_member": {"person": DANIEL, "approves": true}}),
        ),
        (LENA, json!({"add_epic": {"id": "e", "title": "E"}})),
        (LENA, item("add_item", "id", "terms", &json!({}))),
        (
            LENA,
            item(
                "add_item",
                "id",
                "prices",
                &json!({"needs": ["terms"], "needs_epics": ["e"], "confirm_days": 7, "evidence": "the list", "second_person": true}),
            ),
        ),
    ] {
        run(&mut launch, by, 0, command).unwrap();
    }
    launch
}

fn item(command: &str, key: &str, id: &str, more: &Value) -> Value {
    let mut detail = json!({"title": id, "discipline": "sales", "lead_days": 3, "blocking": true});
    let fields = detail.as_object_mut().unwrap();
    fields.insert(key.to_owned(), id.into());
    for (name, value) in more.as_object().unwrap() {
        fields.insert(name.clone(), value.clone());
    }
    json!({ command: detail })
}

/// Does a command so many days after the start.
fn run(launch: &mut Launch, by: PersonId, day: i64, command: Value) -> Result<(), Refusal> {
    let command: Command = tree::read(command).unwrap();
    let now = time::parse_instant("2026-03-02T12:00:00Z").unwrap() + chrono::TimeDelta::days(day);
    for event in decide(launch, &command, &Actor::person(by), now)? {
        launch.apply_at(&event, now, by);
    }
    Ok(())
}

fn code(result: Result<(), Refusal>) -> &'static str {
    result.expect_err("it is refused").code()
}

#[test]
fn only_who_may_approve_makes_an_item_lighter() {
    let heavy = json!({"needs": ["terms"], "needs_epics": ["e"], "confirm_days": 7, "evidence": "the list", "second_person": true});
    for (field, lighter) in [
        ("blocking", json!(false)),
        ("discipline", json!("support")),
        ("covers", json!(["e"])),
        ("evidence", Value::Null),
        ("second_person", json!(false)),
        ("confirm_days", Value::Null),
        ("confirm_days", json!(8)),
        ("needs", json!([])),
        ("needs_epics", json!([])),
    ] {
        let mut detail = heavy.clone();
        detail
            .as_object_mut()
            .unwrap()
            .insert(field.to_owned(), lighter);
        let edit = item("edit_item", "item", "prices", &detail);
        assert_eq!(
            code(run(&mut launch(), JONAS, 1, edit.clone())),
            "not_approver",
            "{field}"
        );
        assert_eq!(run(&mut launch(), DANIEL, 1, edit), Ok(()), "{field}");
    }
}

#[test]
fn anybody_may_change_words_and_make_an_item_heavier() {
    for more in [
        json!({"needs": ["terms"], "needs_epics": ["e"], "confirm_days": 7, "evidence": "the approved list", "second_person": true}),
        json!({"needs": ["terms"], "needs_epics": ["e"], "confirm_days": 3, "evidence": "the list", "second_person": true}),
    ] {
        let edit = item("edit_item", "item", "prices", &more);
        assert_eq!(run(&mut launch(), JONAS, 1, edit), Ok(()));
    }
}

#[test]
fn a_tick_taken_back_leaves_the_item_as_it_was() {
    let mut launch = launch();
    let tick = json!({"tick_item": {"item": "terms"}});
    let untick = json!({"untick_item": {"item": "terms"}});
    let begun = |launch: &Launch| launch.items.rows()[0].begun.is_some();
    assert_eq!(run(&mut launch, LENA, 1, tick.clone()), Ok(()));
    assert!(begun(&launch));
    assert_eq!(run(&mut launch, LENA, 2, untick.clone()), Ok(()));
    assert!(!begun(&launch), "nobody had begun it");
    let begin = json!({"begin_item": {"item": "terms"}});
    assert_eq!(run(&mut launch, LENA, 3, begin), Ok(()));
    assert_eq!(run(&mut launch, LENA, 4, tick), Ok(()));
    assert_eq!(run(&mut launch, LENA, 5, untick), Ok(()));
    assert!(begun(&launch), "it was under way");
}

#[test]
fn what_is_asked_cannot_become_something_else_before_it_is_granted() {
    let mut launch = launch();
    let waiver =
        json!({"ask_waiver": {"item": "prices", "until": "2026-03-04", "reason": "a day"}});
    let struck = json!({"ask_not_applicable": {"item": "prices", "reason": "never"}});
    assert_eq!(run(&mut launch, LENA, 1, waiver), Ok(()));
    assert_eq!(code(run(&mut launch, JONAS, 1, struck.clone())), "already");
    let withdraw = json!({"withdraw_exemption": {"item": "prices"}});
    assert_eq!(run(&mut launch, LENA, 1, withdraw), Ok(()));
    assert_eq!(run(&mut launch, JONAS, 1, struck), Ok(()));
}

#[test]
fn a_waiver_is_asked_anew_once_it_has_expired_and_not_before() {
    let mut launch = launch();
    let waiver =
        |until: &str| json!({"ask_waiver": {"item": "prices", "until": until, "reason": "late"}});
    let grant = json!({"grant_exemption": {"item": "prices"}});
    assert_eq!(run(&mut launch, LENA, 1, waiver("2026-03-05")), Ok(()));
    assert_eq!(run(&mut launch, DANIEL, 1, grant.clone()), Ok(()));
    assert_eq!(
        code(run(&mut launch, LENA, 3, waiver("2026-03-09"))),
        "already"
    );
    assert_eq!(run(&mut launch, LENA, 4, waiver("2026-03-09")), Ok(()));
    assert_eq!(run(&mut launch, DANIEL, 4, grant), Ok(()));
}
