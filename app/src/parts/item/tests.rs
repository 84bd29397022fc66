//! Every state in words, with what can be done about it.

use serde_json::json;
use startklar::{Launch, PersonId, assess, model::People, rights::Standing, time::Instant};

use super::*;
use crate::{
    charts::testing::{ME, item, noon, planned, run},
    parts::bits::plain,
};

const OTHER: PersonId = PersonId::from_number(2);

fn row_at(launch: &Launch, me: PersonId, now: Instant) -> ItemRow {
    row_of(launch, Actor::person(me), now)
}

fn row_of(launch: &Launch, actor: Actor, now: Instant) -> ItemRow {
    let assessment = assess(launch, &startklar::Policy::default(), now);
    let view = View {
        launch: launch.clone().into(),
        assessment,
        pending: 0,
    };
    let people = People::default();
    let items = Items::of(&view, &people, Locale::En, actor, "/l/m");
    let (ix, item) = launch.items.each().next().unwrap();
    items.row(ix, item)
}

fn row(launch: &Launch, me: PersonId) -> ItemRow {
    row_at(launch, me, noon(20))
}

fn with(change: impl FnOnce(&mut serde_json::Value)) -> Launch {
    let mut launch = planned(10, 71);
    run(
        &mut launch,
        0,
        json!({"add_epic": {"id": "e", "title": "Login"}}),
    );
    run(&mut launch, 0, json!({"scope_epic": {"epic": "e"}}));
    let mut add = item("offer", "sales", 28);
    change(&mut add["add_item"]);
    run(&mut launch, 1, add);
    launch
}

fn by(launch: &mut Launch, who: PersonId, command: &serde_json::Value) {
    let command = serde_json::from_value(command.clone()).unwrap();
    for event in startklar::decide(launch, &command, &Actor::person(who), noon(5)).unwrap() {
        launch.apply_at(&event, noon(5), who);
    }
}

#[test]
fn what_is_not_the_readers_to_do_leads_to_whose_it_is() {
    let launch = with(|_| {});
    let of = |standing| {
        let row = row_of(&launch, Actor::signed_in(ME, standing), noon(20));
        (row.tick, row.act)
    };
    assert_eq!(of(Standing::Member), (TickAct::Open, None));
    assert_eq!(of(Standing::Trusted), (TickAct::Tick, Some(RowAct::Take)));
}

#[test]
fn an_open_item_without_anybody_can_be_taken() {
    let row = row(&with(|_| {}), ME);
    assert_eq!(
        (row.word.as_str(), row.tick, row.act),
        ("Not begun", TickAct::Tick, Some(RowAct::Take))
    );
    assert!(row.required && !row.shut && !row.late);
}

#[test]
fn evidence_is_asked_for_before_the_tick_and_linked_after_it() {
    let mut launch = with(|i| {
        i["evidence"] = json!("the list");
        i["owner"] = json!(ME);
    });
    let open = row(&launch, ME);
    assert!(plain(&open.why).ends_with("This binds the launch. Asks for the list."));
    assert_eq!(open.tick, TickAct::Evidence);
    run(
        &mut launch,
        5,
        json!({"tick_item": {"item": "offer", "evidence": "https://x.example/list"}}),
    );
    let closed = row(&launch, ME);
    assert_eq!(
        (closed.word.as_str(), closed.tick),
        ("Closed Sat 7 Mar", TickAct::Untick)
    );
    assert!(
        matches!(closed.why.as_slice(), [Bit::Away { href, .. }] if href == "https://x.example/list")
    );
}

#[test]
fn a_file_is_evidence_enough_for_a_tick() {
    let mut launch = with(|i| {
        i["evidence"] = json!("the list");
        i["owner"] = json!(ME);
    });
    let file = json!({"name": "list.pdf", "media": "application/pdf", "size": 7,
        "sha256": "0".repeat(64)});
    run(
        &mut launch,
        4,
        json!({"attach_file": {"item": "offer", "file": file}}),
    );
    assert_eq!(row(&launch, ME).tick, TickAct::Tick);
    run(&mut launch, 5, json!({"tick_item": {"item": "offer"}}));
    let closed = row(&launch, ME);
    let href = format!("/l/m/items/offer/files/{}", "0".repeat(64));
    assert_eq!(closed.why, [Bit::link("list.pdf", href)]);
}

#[test]
fn the_second_person_is_another() {
    let mut launch = with(|i| i["second_person"] = json!(true));
    run(&mut launch, 5, json!({"tick_item": {"item": "offer"}}));
    let first = row(&launch, ME);
    assert_eq!(
        (first.tick, first.act),
        (TickAct::Untick, None),
        "who ticked cannot verify"
    );
    let second = row(&launch, OTHER);
    assert_eq!(
        (second.tick, second.act),
        (TickAct::Verify, Some(RowAct::Verify))
    );
    assert_eq!(second.word, "Second person: Sales");
}

#[test]
fn a_stale_one_says_since_when_and_can_be_confirmed() {
    let mut launch = with(|i| i["confirm_days"] = json!(7));
    run(&mut launch, 5, json!({"tick_item": {"item": "offer"}}));
    let stale = row(&launch, ME);
    assert_eq!(
        (stale.word.as_str(), stale.tick, stale.act),
        ("Stale", TickAct::Confirm, Some(RowAct::Confirm))
    );
    assert_eq!(
        plain(&stale.why),
        "Last confirmed 15 days ago by somebody no longer known. Asks for it every 7 days."
    );
}

#[test]
fn a_waiver_is_asked_granted_and_back_in_force() {
    let mut launch = with(|_| {});
    run(
        &mut launch,
        1,
        json!({"set_member": {"person": ME, "approves": true}}),
    );
    let ask = json!({"ask_waiver": {"item": "offer", "reason": "two speakers away", "until": "2026-05-03"}});
    by(&mut launch, OTHER, &ask);
    let asked = row(&launch, ME);
    assert_eq!(asked.act, Some(RowAct::Grant));
    assert!(plain(&asked.why).ends_with("asks for a waiver until Sun 3 May: two speakers away."));
    assert_ne!(
        row(&launch, OTHER).act,
        Some(RowAct::Grant),
        "nobody grants their own"
    );
    run(
        &mut launch,
        6,
        json!({"grant_exemption": {"item": "offer"}}),
    );
    let waived = row(&launch, ME);
    assert_eq!(
        (waived.word.as_str(), waived.tick),
        ("Waived until Sun 3 May", TickAct::Open)
    );
    assert!(plain(&waived.why).ends_with("Back in force on Mon 4 May."));
}

#[test]
fn a_missed_start_is_late_only_while_nothing_has_begun() {
    let mut launch = with(|i| i["lead_days"] = json!(60));
    let late = row(&launch, ME);
    assert!(
        late.late
            && late
                .start
                .is_some_and(|s| s.late && s.beneath == "9 days ago, T−60")
    );
    run(&mut launch, 15, json!({"begin_item": {"item": "offer"}}));
    let begun = row(&launch, ME);
    assert!(
        !begun.late
            && begun
                .start
                .is_some_and(|s| !s.late && s.beneath == "missed, T−60")
    );
}

#[test]
fn a_missed_start_stays_red_when_the_due_date_has_passed_as_well() {
    let launch = with(|i| {
        i["lead_days"] = json!(60);
        i["due"] = json!("2026-03-09");
    });
    let late = row(&launch, ME);
    assert!(late.late && late.start.is_some_and(|start| start.late));
}

#[test]
fn a_request_that_holds_it_up_is_linked() {
    let mut launch = with(|i| i["owner"] = json!(ME));
    run(
        &mut launch,
        2,
        json!({"make_request": {
            "id": "cost", "direction": "question", "from": "sales", "to": "engineering",
            "text": "What does it cost?", "due": "2026-03-10", "item": "offer", "owner": OTHER,
        }}),
    );
    let row = row(&launch, ME);
    assert_eq!(row.symbol, "i-waits");
    assert!(row.word.starts_with("Waits for "));
    assert!(
        plain(&row.why).contains("“What does it cost?”, overdue since Tue 10 Mar."),
        "{:?}",
        row.why
    );
    assert!(
        row.why
            .iter()
            .any(|b| matches!(b, Bit::Link { href, .. } if href == "/l/m/requests#request-cost"))
    );
}

#[test]
fn an_item_that_blocks_nothing_says_so() {
    let row = row(&with(|i| i["blocking"] = json!(false)), ME);
    assert!(!row.required && plain(&row.why).ends_with("The launch does not wait for it."));
}
