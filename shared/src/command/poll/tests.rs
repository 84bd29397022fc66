use serde_json::{Value, json};

use crate::{
    Discipline, Launch,
    command::{Actor, Command, Refusal, decide, undo},
    engine::{Polled, Rule, testing::*},
    model::{Call, Poll},
    rights::Standing,
    time::{Instant, parse_instant},
    tree,
};

const PLAIN: Value = Value::Null;

/// Nils leads sales, Carla marketing and engineering; each owes one item, and one story is open.
fn led() -> Told {
    launch()
        .epic("one")
        .story("a", "one")
        .lead("sales", NILS)
        .lead("marketing", CARLA)
        .lead("engineering", CARLA)
        .item("prices", "sales", &PLAIN)
        .item("page", "marketing", &PLAIN)
        .item("deploy", "engineering", &PLAIN)
        .on("04-20")
        .does(json!("open_poll"))
}

/// The same, with everything done before the poll was opened.
fn done() -> Told {
    let told = launch().epic("one").story("a", "one");
    let told = told.lead("sales", NILS).lead("marketing", CARLA);
    let told = told
        .item("prices", "sales", &PLAIN)
        .to("tick_item", "prices");
    let told = told
        .item("page", "marketing", &PLAIN)
        .to("tick_item", "page");
    told.does(json!({"finish_story": {"story": "a"}}))
        .does(json!({"accept_epic": {"epic": "one"}}))
        .on("04-20")
        .does(json!("open_poll"))
}

fn ballot(discipline: &str, call: &str) -> Value {
    let mut ballot = json!({"discipline": discipline, "call": call});
    if call == "no_go" {
        ballot["reason"] = json!("Not yet.");
    }
    if call == "go_with_conditions" {
        ballot["conditions"] = json!([{"text": "Third shift", "owner": NILS, "due": "2026-05-11"}]);
    }
    json!({ "cast_vote": ballot })
}

fn vote(told: Told, discipline: &str, call: &str) -> Told {
    let by = if discipline == "sales" { NILS } else { CARLA };
    told.by(by).does(ballot(discipline, call))
}

fn ruled(call: &str) -> Value {
    json!({"decide_poll": {"call": call}})
}

fn refused(told: &mut Told, command: Value) -> &'static str {
    told.tries(command)
        .map_or_else(|refusal| refusal.code(), |()| "")
}

fn poll(launch: &Launch) -> &Poll {
    launch.polls.last().unwrap()
}

fn at(day: &str) -> Instant {
    parse_instant(&format!("2026-{day}T12:00:00Z")).unwrap()
}

/// The disciplines whose votes stand on a day.
fn standing(told: &Told, day: &str) -> Vec<&'static str> {
    let polled = Polled::of(&told.launch, poll(&told.launch), at(day));
    polled.votes().map(|v| v.ballot.discipline.code()).collect()
}

fn outcome(told: &Told) -> Option<Call> {
    Polled::of(&told.launch, poll(&told.launch), at("04-20")).outcome()
}

#[test]
fn it_asks_who_is_required_and_who_owes_something() {
    let mut told = led();
    let asked = &poll(&told.launch).asked;
    let expected = [
        Discipline::Engineering,
        Discipline::Marketing,
        Discipline::Sales,
    ];
    assert_eq!(asked[..], expected);
    assert_eq!(poll(&told.launch).revision, told.launch.revision);
    assert_eq!(refused(&mut told, json!("open_poll")), "already");
}

#[test]
fn what_blocks_nothing_or_was_struck_gives_no_say() {
    let told = launch().approver();
    let told = told.item("extra", "legal", &json!({"blocking": false}));
    let told = told.item("audit", "finance", &PLAIN);
    let told = told.does(json!({"ask_not_applicable": {"item": "audit", "reason": "no"}}));
    let told = told.by(DANIEL).to("grant_exemption", "audit");
    let told = told.does(json!("open_poll"));
    let expected = [Discipline::Marketing, Discipline::Sales];
    assert_eq!(poll(&told.launch).asked[..], expected);
}

#[test]
fn only_the_lead_speaks_for_a_discipline_and_only_one_that_is_asked() {
    let mut told = led().by(LENA);
    assert_eq!(refused(&mut told, ballot("sales", "go")), "no_right");
    told = told.lead("legal", LENA);
    assert_eq!(refused(&mut told, ballot("legal", "go")), "not_asked");
    let mut none = launch().lead("sales", LENA);
    assert_eq!(refused(&mut none, ballot("sales", "go")), "not_yet");
}

#[test]
fn a_no_go_says_why_and_a_condition_belongs_to_a_go_with_conditions() {
    let mut told = led().by(NILS);
    let mut says = |ballot: Value| refused(&mut told, json!({ "cast_vote": ballot }));
    let due = |day: &str| json!([{"text": "Shift", "owner": NILS, "due": day}]);
    let cases = [
        (json!({"call": "no_go"}), "no_go_unexplained"),
        (json!({"call": "go_with_conditions"}), "no_condition"),
        (
            json!({"call": "go", "conditions": due("2026-05-11")}),
            "idle_condition",
        ),
        (
            json!({"call": "go_with_conditions", "conditions": due("2026-04-19")}),
            "out_of_range",
        ),
        (
            json!({"call": "go_with_conditions", "conditions": due("2026-04-20")}),
            "",
        ),
    ];
    for (mut ballot, expected) in cases {
        ballot["discipline"] = json!("sales");
        assert_eq!(says(ballot.clone()), expected, "{ballot}");
    }
}

#[test]
fn one_no_go_is_a_no_go_and_a_missing_vote_leaves_it_open() {
    let told = vote(vote(led(), "sales", "go"), "marketing", "go");
    assert_eq!(outcome(&told), None);
    let told = vote(told, "engineering", "go");
    assert_eq!(outcome(&told), Some(Call::Go));
    let told = vote(told, "sales", "go_with_conditions");
    assert_eq!(outcome(&told), Some(Call::GoWithConditions));
    let told = vote(told, "marketing", "no_go");
    assert_eq!(outcome(&told), Some(Call::NoGo));
    assert_eq!(poll(&told.launch).votes.len(), 5, "the minutes keep all");
    let early = vote(led(), "sales", "no_go");
    assert_eq!(outcome(&early), Some(Call::NoGo), "before all have spoken");
}

/// Everybody has voted go.
fn all_go() -> Told {
    ["sales", "marketing", "engineering"]
        .into_iter()
        .fold(led(), |told, discipline| vote(told, discipline, "go"))
}

#[test]
fn a_changed_blocker_voids_the_votes_that_it_touches_and_says_so() {
    let told = all_go().on("04-21").by(LENA).to("tick_item", "prices");
    assert_eq!(standing(&told, "04-21"), ["engineering", "marketing"]);
    let polled = Polled::of(&told.launch, poll(&told.launch), at("04-21"));
    let void = polled.void(Discipline::Sales).unwrap();
    assert_eq!((void.at, void.by), (at("04-21"), Some(LENA)));
    assert_eq!(void.what, "prices");
    let told = told.to("untick_item", "prices");
    assert_eq!(
        standing(&told, "04-21"),
        ["engineering", "marketing"],
        "void stays void until it is cast again"
    );
    let told = vote(told, "sales", "go");
    assert_eq!(standing(&told, "04-21").len(), 3);
}

#[test]
fn what_is_built_is_the_business_of_the_technical_disciplines() {
    for changed in [
        json!({"finish_story": {"story": "a"}}),
        json!({"add_story": {"id": "b", "epic": "one", "title": "b"}}),
        json!({"unscope_epic": {"epic": "one"}}),
    ] {
        let told = all_go().on("04-21").does(changed);
        assert_eq!(standing(&told, "04-21"), ["marketing", "sales"]);
    }
}

#[test]
fn what_is_said_about_a_request_that_blocks_voids_nothing() {
    let told = all_go()
        .on("04-21")
        .does(json!({"make_request": {"id": "cost",
        "direction": "question", "from": "sales", "to": "engineering", "text": "What?",
        "due": "2026-04-21", "blocking": true}}))
        .on("04-22");
    let before = standing(&told, "04-22");
    let told = told.does(json!({"discuss_request": {"request": "cost", "text": "Which list?"}}));
    assert_eq!(standing(&told, "04-22"), before);
}

#[test]
fn what_changes_no_blocker_voids_nothing() {
    for changed in [
        json!({"begin_item": {"item": "prices"}}),
        json!({"assign_item": {"item": "prices", "owner": LENA}}),
        json!({"begin_story": {"story": "a"}}),
        json!({"rename": {"title": "N"}}),
        json!({"ask_waiver": {"item": "prices", "reason": "later", "until": "2026-06-01"}}),
        json!({"add_item": {"id": "extra", "title": "Extra", "discipline": "sales"}}),
    ] {
        let told = all_go().on("04-21").does(changed.clone());
        assert_eq!(standing(&told, "04-21").len(), 3, "{changed}");
    }
}

#[test]
fn another_wording_of_what_a_vote_rests_on_voids_it() {
    let told = all_go()
        .on("04-21")
        .does(json!({"edit_item": {"item": "prices",
        "title": "prices, and discounts", "discipline": "sales", "blocking": true}}));
    assert_eq!(standing(&told, "04-21"), ["engineering", "marketing"]);
}

#[test]
fn a_split_story_is_another_blocker_whatever_its_place() {
    let split = json!({"split_story": {"story": "a", "title": "less",
        "parts": [{"id": "b", "title": "more"}]}});
    let told = all_go().on("04-21").does(split);
    assert_eq!(standing(&told, "04-21"), ["marketing", "sales"]);
}

#[test]
fn a_confirmation_that_ages_voids_by_nobody() {
    let told = launch().lead("sales", NILS).lead("marketing", CARLA);
    let told = told.item("page", "marketing", &PLAIN).on("04-15");
    let told = told.item("prices", "sales", &json!({"confirm_days": 7}));
    let told = told.to("tick_item", "prices").on("04-20");
    let told = told.does(json!("open_poll"));
    let told = vote(vote(told, "sales", "go"), "marketing", "go");
    assert_eq!(standing(&told, "04-22"), ["marketing", "sales"]);
    assert_eq!(standing(&told, "04-23"), ["marketing"]);
    let polled = Polled::of(&told.launch, poll(&told.launch), at("04-30"));
    let void = polled.void(Discipline::Sales).unwrap().clone();
    let aged = at("04-22") + chrono::TimeDelta::milliseconds(1);
    assert_eq!((void.at, void.by, &*void.what), (aged, None, "prices"));
    let told = told
        .on("04-30")
        .does(json!({"decide_poll": {"call": "no_go", "reason": "No."}}));
    let last = poll(&told.launch).last(Discipline::Sales).unwrap();
    assert_eq!(last.void.as_ref(), Some(&void), "the minutes keep it");
}

#[test]
fn a_replaced_vote_is_not_voided_any_more() {
    let told = vote(vote(led(), "sales", "no_go"), "sales", "go");
    let told = told.on("04-21").to("tick_item", "prices");
    let votes = &poll(&told.launch).votes;
    let voids: Vec<bool> = votes.iter().map(|vote| vote.void.is_some()).collect();
    assert_eq!(voids, [false, true]);
}

#[test]
fn nobody_decides_a_go_while_the_engine_says_no_go() {
    let mut told = all_go();
    let reason = json!({"decide_poll": {"call": "go", "reason": "We must."}});
    assert_eq!(refused(&mut told, reason), "not_ready");
    assert_eq!(refused(&mut told, ruled("go_with_conditions")), "not_ready");
}

#[test]
fn a_decision_against_the_poll_says_why_and_one_with_it_need_not() {
    let mut told = vote(vote(done(), "sales", "go"), "marketing", "go");
    assert_eq!(refused(&mut told, ruled("no_go")), "decision_unexplained");
    assert_eq!(
        refused(&mut told, ruled("go_with_conditions")),
        "no_condition_stands"
    );
    let told = told.by(DANIEL).does(ruled("go"));
    let ruling = poll(&told.launch).ruling.as_ref().unwrap();
    assert_eq!((ruling.call, ruling.by.by), (Call::Go, DANIEL));
    assert_eq!(ruling.revision, told.launch.revision);
    let mut early = vote(done(), "sales", "go");
    assert_eq!(refused(&mut early, ruled("go")), "decision_unexplained");
    let against = json!({"decide_poll": {"call": "go", "reason": "Marketing is ill."}});
    assert_eq!(refused(&mut early, against), "");
}

#[test]
fn a_no_go_of_the_poll_is_decided_without_a_word_and_against_it_with_one() {
    let mut told = vote(vote(done(), "sales", "no_go"), "marketing", "go");
    assert_eq!(refused(&mut told, ruled("go")), "decision_unexplained");
    assert_eq!(refused(&mut told, ruled("no_go")), "");
}

#[test]
fn conditions_become_items_of_who_named_them_and_block_nothing() {
    let told = done().item("third-shift", "support", &json!({"blocking": false}));
    let told = vote(vote(told, "sales", "go_with_conditions"), "marketing", "go");
    let told = told.by(DANIEL).does(ruled("go_with_conditions"));
    let ruling = poll(&told.launch).ruling.as_ref().unwrap();
    let ids: Vec<&str> = ruling.items.iter().map(crate::ItemId::as_str).collect();
    assert_eq!(ids, ["third-shift-2"], "the id was taken");
    let item = told.launch.items.get(&ruling.items[0]).unwrap();
    assert_eq!(item.title.as_str(), "Third shift");
    assert_eq!(
        (item.discipline, item.owner),
        (Discipline::Sales, Some(NILS))
    );
    assert_eq!(item.due, Some("2026-05-11".parse().unwrap()));
    assert!(!item.blocking && told.assess().verdict.may_launch());
}

/// Decided as a go that Nils gave for sales on the condition of a third shift by that day.
fn promised(due: &str) -> Told {
    let mut go_if = ballot("sales", "go_with_conditions");
    go_if["cast_vote"]["conditions"][0]["due"] = json!(due);
    let told = vote(done().by(NILS).does(go_if), "marketing", "go");
    told.by(DANIEL).does(ruled("go_with_conditions"))
}

/// What the launch waits for.
fn waits(told: &Told) -> Vec<String> {
    let assessment = told.assess();
    let blockers = assessment.blockers();
    blockers.map(|f| f.subject.id(&told.launch)).collect()
}

#[test]
fn a_condition_is_waited_for_once_its_day_is_over() {
    let told = promised("2026-05-11").on("05-11");
    assert!(waits(&told).is_empty(), "its day is not over");
    assert_eq!(
        told.says(Rule::ConditionAhead),
        "“Third shift” is a condition of the go: the launch waits for it once Mon 11 May is over. \
         It waits for nils."
    );
    let told = told.on("05-12");
    assert_eq!(waits(&told), ["third-shift"]);
    let said = told.says(Rule::ItemOpen);
    let condition = "It is a condition of the go of Mon 20 Apr.";
    assert!(said.ends_with(condition), "{said}");
    assert_eq!(told.assess().by_rule(Rule::ConditionAhead).count(), 0);
    let told = told.by(NILS).to("tick_item", "third-shift");
    assert!(waits(&told).is_empty());
}

#[test]
fn a_launch_is_never_done_without_its_conditions() {
    let told = promised("2026-12-01").does(json!("record_launch"));
    let told = told.on("05-30").does(json!("close_watch"));
    assert_eq!(told.assess().stage.code(), "launched");
    assert_eq!(waits(&told), ["third-shift"]);
    let told = told.by(NILS).to("tick_item", "third-shift");
    assert_eq!(told.assess().stage.code(), "done");
}

#[test]
fn a_later_go_takes_the_place_of_conditions_and_a_no_go_does_not() {
    let told = promised("2026-05-11").on("04-21").does(json!("open_poll"));
    let no = json!({"decide_poll": {"call": "no_go", "reason": "Wait."}});
    let told = told.does(no).on("05-11");
    assert_eq!(waits(&told), [""; 0]);
    assert_eq!(waits(&told.on("05-12")), ["third-shift"]);
    let told = promised("2026-05-11").on("04-21").does(json!("open_poll"));
    let go = json!({"decide_poll": {"call": "go", "reason": "It is agreed."}});
    assert_eq!(waits(&told.does(go).on("05-12")), [""; 0]);
}

#[test]
fn nobody_puts_off_a_condition_alone() {
    let edited = |due: Value, discipline: &str| {
        json!({"edit_item": {"item": "third-shift", "title": "Third shift", "owner": NILS,
            "discipline": discipline, "blocking": false, "lead_days": 0, "due": due}})
    };
    let mut told = promised("2026-05-11").approver().by(NILS).on("04-21");
    for (due, discipline) in [
        (json!("2026-05-12"), "sales"),
        (Value::Null, "sales"),
        (json!("2026-05-11"), "marketing"),
    ] {
        let refusal = refused(&mut told, edited(due, discipline));
        assert_eq!(refusal, "not_approver", "{discipline}");
    }
    assert_eq!(refused(&mut told, edited(json!("2026-05-10"), "sales")), "");
    let mut told = told.by(DANIEL);
    assert_eq!(refused(&mut told, edited(json!("2026-06-01"), "sales")), "");
}

#[test]
fn a_condition_has_a_second_person_where_what_blocks_has_one() {
    let told = promised("2026-05-11").on("05-12");
    let told = told.does(json!({"require_verification": {"discipline": "sales"}}));
    let told = told.by(NILS).to("tick_item", "third-shift");
    let told_by_another = told.by(CARLA);
    assert_eq!(waits(&told_by_another), ["prices", "third-shift"]);
    let told = told_by_another.to("verify_item", "third-shift");
    assert_eq!(waits(&told), ["prices"]);
}

#[test]
fn a_condition_whose_day_is_over_voids_votes_by_nobody() {
    let told = promised("2026-05-11").on("05-01").does(json!("open_poll"));
    let told = vote(vote(told, "sales", "go"), "marketing", "go");
    assert_eq!(standing(&told, "05-11"), ["marketing", "sales"]);
    assert_eq!(standing(&told, "05-12"), ["marketing"]);
}

#[test]
fn a_plain_go_or_no_go_makes_no_items() {
    let told = vote(
        vote(done(), "sales", "go_with_conditions"),
        "marketing",
        "go",
    );
    let held = told.launch.items.len();
    let told = told.does(json!({"decide_poll": {"call": "no_go", "reason": "Wait."}}));
    assert_eq!(told.launch.items.len(), held);
}

#[test]
fn what_was_decided_is_final_and_another_poll_may_follow() {
    let told = vote(vote(done(), "sales", "go"), "marketing", "go").does(ruled("go"));
    let mut told = told.on("04-21").to("untick_item", "prices");
    assert!(poll(&told.launch).votes.iter().all(|v| v.void.is_none()));
    for late in [ballot("sales", "no_go"), ruled("no_go")] {
        assert_eq!(refused(&mut told, late), "not_yet");
    }
    let told = told.does(json!("open_poll"));
    assert_eq!(told.launch.polls.len(), 2);
    assert_eq!(outcome(&told), None);
}

#[test]
fn no_poll_is_opened_on_what_was_launched() {
    let told = vote(vote(done(), "sales", "go"), "marketing", "go").does(ruled("go"));
    let mut told = told.does(json!("record_launch"));
    assert_eq!(refused(&mut told, json!("open_poll")), "already");
}

#[test]
fn a_replaced_vote_comes_back_and_a_first_one_or_a_decision_stays() {
    let told = vote(led(), "sales", "go_with_conditions");
    let change: Command = tree::read(ballot("sales", "no_go")).unwrap();
    let back = undo(&told.launch, &change, NILS).unwrap();
    let first: Command = tree::read(ballot("sales", "go_with_conditions")).unwrap();
    assert_eq!(back, first);
    assert_eq!(undo(&told.launch, &change, CARLA), None, "whose it was not");
    assert_eq!(undo(&led().launch, &change, NILS), None);
    let decision: Command = tree::read(ruled("no_go")).unwrap();
    assert_eq!(undo(&told.launch, &decision, NILS), None);
}

#[test]
fn who_conducts_votes_and_decides_once_people_sign_in() {
    let set = |launch: Told, person, part: Value| {
        let mut member = part;
        member["person"] = json!(person);
        launch.does(json!({ "set_member": member }))
    };
    let told = set(launch(), LENA, json!({"product_owner": true}));
    let told = set(told, DANIEL, json!({"decides": true}));
    let told = told.lead("sales", NILS).lead("marketing", CARLA);
    let tries = |launch: &Launch, person, command: Value| {
        let command: Command = tree::read(command).unwrap();
        let actor = Actor::signed_in(person, Standing::Member);
        let decided = decide(launch, &command, &actor, at("04-20"));
        !matches!(decided, Err(Refusal::NoRight { .. }))
    };
    let open = |person| tries(&told.launch, person, json!("open_poll"));
    assert_eq!([LENA, NILS, DANIEL].map(open), [true, false, true]);
    let told = told.does(json!("open_poll"));
    let votes = |person| tries(&told.launch, person, ballot("sales", "go"));
    assert_eq!([LENA, NILS, CARLA].map(votes), [false, true, false]);
    let decides = |person| tries(&told.launch, person, ruled("no_go"));
    assert_eq!([LENA, NILS, DANIEL].map(decides), [false, false, true]);
}

#[test]
fn with_the_launch_the_poll_is_over() {
    let told = done().does(json!("record_launch"));
    let voted = told.by(NILS).tries(ballot("sales", "no_go"));
    assert_eq!(voted.unwrap_err().code(), "already");
}
