use serde_json::json;

use super::*;
use crate::{
    command::{Kind, decide},
    engine::testing::launch,
    id::PersonId,
    time::{Instant, parse_instant},
    tree,
};

const ME: u128 = 77;

fn now() -> Instant {
    parse_instant("2026-03-20T09:00:00Z").unwrap()
}

fn command(value: serde_json::Value) -> Command {
    tree::read(value).unwrap()
}

/// A launch with an item of sales and one of engineering, in which I have this part.
fn with(part: &serde_json::Value) -> Launch {
    let mut member = part.clone();
    member["person"] = json!(PersonId::from_number(ME));
    let told = launch()
        .epic("one")
        .story("a", "one")
        .item("offer", "sales", &json!({}))
        .item("deploy", "engineering", &json!({}))
        .does(json!({"set_member": member}));
    told.launch
}

fn allowed(launch: &Launch, standing: Standing, what: serde_json::Value) -> bool {
    let me = Actor::signed_in(PersonId::from_number(ME), standing);
    let decided = decide(launch, &command(what), &me, now());
    !matches!(decided, Err(Refusal::NoRight { .. }))
}

#[test]
fn sales_ticks_its_own_items_and_not_those_of_engineering() {
    let launch = with(&json!({"works_for": ["sales"]}));
    let tick = |item: &str| json!({"tick_item": {"item": item}});
    assert!(allowed(&launch, Standing::Member, tick("offer")));
    assert!(!allowed(&launch, Standing::Member, tick("deploy")));
    assert!(allowed(&launch, Standing::Trusted, tick("deploy")));
}

#[test]
fn a_refusal_says_whose_it_is() {
    let launch = with(&json!({"works_for": ["marketing"]}));
    let me = Actor::signed_in(PersonId::from_number(ME), Standing::Member);
    let tick = command(json!({"tick_item": {"item": "deploy"}}));
    let refused = decide(&launch, &tick, &me, now()).unwrap_err();
    assert_eq!(refused.code(), "no_right");
    let people = crate::People::default();
    assert_eq!(
        refused.text(crate::Locale::En, &people),
        "Not yours to do here: begin, tick and confirm items, attach files to them. That is for: lead of engineering, \
         contributor of engineering and whoever is named for it."
    );
    assert_eq!(
        refused.text(crate::Locale::De, &people),
        "Das steht Ihnen hier nicht zu: Punkte beginnen, abhaken und bestätigen, Dateien anhängen. Zuständig: \
         Leitung Entwicklung, Mitarbeit Entwicklung und wer dafür benannt ist."
    );
}

#[test]
fn a_product_owner_plans_and_ticks_nothing() {
    let launch = with(&json!({"product_owner": true}));
    let scope = json!({"scope_epic": {"epic": "one"}});
    assert!(allowed(&launch, Standing::Member, scope));
    let tick = json!({"tick_item": {"item": "offer"}});
    assert!(!allowed(&launch, Standing::Member, tick));
}

#[test]
fn whoever_is_named_may_do_it_and_nothing_beside_it() {
    let mut launch = with(&json!({}));
    launch
        .items
        .get_mut(&"deploy".parse().unwrap())
        .unwrap()
        .owner = Some(PersonId::from_number(ME));
    let begin = |item: &str| json!({"begin_item": {"item": item}});
    assert!(allowed(&launch, Standing::Member, begin("deploy")));
    assert!(!allowed(&launch, Standing::Member, begin("offer")));
    let assign = json!({"assign_item": {"item": "offer", "owner": PersonId::from_number(ME)}});
    assert!(
        !allowed(&launch, Standing::Member, assign),
        "or anybody could name themselves"
    );
}

#[test]
fn an_administrator_appoints_and_does_nothing_else() {
    let launch = with(&json!({}));
    let me = PersonId::from_number(ME);
    let appoint = json!({"set_member": {"person": me, "works_for": ["sales"]}});
    assert!(allowed(&launch, Standing::Administrator, appoint.clone()));
    assert!(!allowed(&launch, Standing::Member, appoint));
    let tick = json!({"tick_item": {"item": "offer"}});
    assert!(!allowed(&launch, Standing::Administrator, tick));
}

#[test]
fn an_item_goes_to_another_checklist_only_by_those_who_keep_both() {
    let edit =
        |to: &str| json!({"edit_item": {"item": "offer", "title": "Offer", "discipline": to}});
    let sales = with(&json!({"works_for": ["sales"]}));
    assert!(allowed(&sales, Standing::Member, edit("sales")));
    assert!(!allowed(&sales, Standing::Member, edit("marketing")));
    let both = with(&json!({"works_for": ["sales", "marketing"]}));
    assert!(allowed(&both, Standing::Member, edit("marketing")));
}

#[test]
fn a_question_is_asked_in_ones_own_name() {
    let launch = with(&json!({"works_for": ["sales"]}));
    let ask = |direction: &str, from: &str, to: &str| {
        json!({"make_request": {"id": "r", "direction": direction, "from": from, "to": to,
            "text": "T", "due": "2026-04-01"}})
    };
    assert!(allowed(
        &launch,
        Standing::Member,
        ask("question", "sales", "legal")
    ));
    assert!(!allowed(
        &launch,
        Standing::Member,
        ask("question", "legal", "sales")
    ));
    assert!(allowed(
        &launch,
        Standing::Member,
        ask("handover", "legal", "sales")
    ));
}

#[test]
fn both_sides_of_a_request_and_whoever_is_named_write_on_it() {
    let asked = |part: &serde_json::Value, owner: Option<PersonId>| {
        let mut launch = with(part);
        let make = command(json!({"make_request": {"id": "r", "direction": "question",
            "from": "sales", "to": "legal", "text": "T", "due": "2026-04-01", "owner": owner}}));
        let by = PersonId::from_number(1);
        for event in decide(&launch, &make, &Actor::person(by), now()).unwrap() {
            launch.apply_at(&event, now(), by);
        }
        launch
    };
    let writes = |part: serde_json::Value, owner: Option<PersonId>| {
        let discuss = json!({"discuss_request": {"request": "r", "text": "Which?"}});
        allowed(&asked(&part, owner), Standing::Member, discuss)
    };
    let me = PersonId::from_number(ME);
    assert!(writes(json!({"works_for": ["sales"]}), None));
    assert!(writes(json!({"works_for": ["legal"]}), None));
    assert!(writes(json!({"product_owner": true}), None));
    assert!(writes(json!({}), Some(me)));
    assert!(!writes(json!({}), None));
    assert!(!writes(json!({"works_for": ["marketing"]}), None));
    assert!(!writes(json!({"approves": true, "decides": true}), None));
    let make = json!({"make_request": {"id": "s", "direction": "question", "from": "sales",
        "to": "legal", "text": "T", "due": "2026-04-01", "owner": me}});
    let named = asked(&json!({}), Some(me));
    assert!(
        !allowed(&named, Standing::Member, make),
        "who is named for a request makes none"
    );
}

#[test]
fn whoever_works_for_a_discipline_issues_notices_and_reads_those_to_it() {
    let told = |part: &serde_json::Value| {
        let mut launch = with(part);
        let issue = command(
            json!({"issue_notice": {"id": "n", "title": "T", "text": "T",
            "disciplines": ["sales"]}}),
        );
        let by = PersonId::from_number(1);
        for event in decide(&launch, &issue, &Actor::person(by), now()).unwrap() {
            launch.apply_at(&event, now(), by);
        }
        launch
    };
    let issue = json!({"issue_notice": {"id": "o", "title": "T", "text": "T"}});
    let read = json!({"read_notice": {"notice": "n"}});
    for (part, issues, reads) in [
        (json!({"works_for": ["sales"]}), true, true),
        (json!({"works_for": ["engineering"]}), true, false),
        (json!({"product_owner": true}), true, false),
        (json!({"approves": true, "decides": true}), false, false),
        (json!({}), false, false),
    ] {
        let launch = told(&part);
        assert_eq!(allowed(&launch, Standing::Member, issue.clone()), issues);
        assert_eq!(allowed(&launch, Standing::Member, read.clone()), reads);
    }
}

#[test]
fn a_product_owner_sets_windows_and_a_decider_lets_it_happen_all_the_same() {
    let freeze = json!([{"title": "Fair", "first": "2026-05-10", "last": "2026-05-14"}]);
    let set = json!({"set_windows": {"freezes": freeze}});
    let except = json!({"except_moment": {"reason": "The customer waits."}});
    for (part, sets, excepts) in [
        (json!({"product_owner": true}), true, false),
        (json!({"decides": true}), false, true),
        (
            json!({"approves": true, "works_for": ["sales"]}),
            false,
            false,
        ),
    ] {
        let launch = with(&part);
        assert_eq!(allowed(&launch, Standing::Member, set.clone()), sets);
        assert_eq!(allowed(&launch, Standing::Member, except.clone()), excepts);
    }
    for (part, takes_away) in [("product_owner", false), ("decides", true)] {
        let mut launch = with(&json!({ part: true }));
        let freezes = tree::read(json!({ "freezes": freeze })).unwrap();
        launch.windows = freezes;
        let none = json!({"set_windows": {}});
        assert_eq!(
            allowed(&launch, Standing::Member, none),
            takes_away,
            "{part}"
        );
    }
    let launch = with(&json!({}));
    for command in [set, except] {
        assert!(!allowed(&launch, Standing::Administrator, command));
    }
}

#[test]
fn a_viewer_begins_no_launch() {
    let plan = Command::plan_launch("m", "M", "2026-03-02", 10, "2026-05-12T08:00:00Z").unwrap();
    let tried = |standing| {
        let me = Actor::signed_in(PersonId::from_number(ME), standing);
        decide(&Launch::default(), &plan, &me, now()).is_ok()
    };
    assert!(tried(Standing::Member) && tried(Standing::Administrator));
    assert!(!tried(Standing::Viewer));
}

#[test]
fn what_does_not_exist_is_said_only_to_those_who_may_ask() {
    let launch = with(&json!({"product_owner": true}));
    let me = Actor::signed_in(PersonId::from_number(ME), Standing::Member);
    let edit = command(json!({"scope_epic": {"epic": "none"}}));
    let refused = decide(&launch, &edit, &me, now()).unwrap_err();
    assert!(matches!(
        refused,
        Refusal::Unknown {
            kind: Kind::Epic,
            ..
        }
    ));
}

/// The table as it is meant, once more: a slip in one of the two is seen.
const MEANT: &str = "
begin          .A.......
appoint        A.....A..
set_up         ..A......
govern         A........
plan           ..A......
build          ..Aooo...
accept         ..A......
list           ..Aoo.A..
tick           ...ooo...
verify         ..AAA.AA.
ask_exemption  ..AoooA..
grant          ......A..
request        ..Aooo...
answer         ...ooo...
reopen         ..Aoo....
notify         ..AAA....
read           ...oo....
declare        ..A....A.
launch         ..A....A.
conduct        ..A....A.
vote           ...o.....
decide         .......A.
";

#[test]
fn the_table_is_as_it_is_meant() {
    let line = |act: Act| {
        let name = serde_json::to_value(act).unwrap();
        let cells = Role::ALL.map(|role| match reach(role, act) {
            Reach::No => '.',
            Reach::Own => 'o',
            Reach::All => 'A',
        });
        let cells: String = cells.into_iter().collect();
        format!("{:<15}{cells}", name.as_str().unwrap())
    };
    let table: Vec<String> = Act::ALL.into_iter().map(line).collect();
    assert_eq!(table.join("\n"), MEANT.trim());
}

#[test]
fn whoever_is_mentioned_may_answer_there_and_nowhere_else() {
    let me = PersonId::from_number(ME);
    let asked = |id: &str, text: String| {
        json!({"make_request": {"id": id, "direction": "question", "from": "sales",
            "to": "engineering", "text": text, "due": "2026-04-09"}})
    };
    let told = launch()
        .does(asked("cost", format!("What, @{me}?")))
        .does(asked("other", "What?".to_owned()));
    let says = |to: &str| json!({"discuss_request": {"request": to, "text": "So."}});
    for standing in Standing::OF_ACCOUNTS {
        assert!(
            allowed(&told.launch, standing, says("cost")),
            "{standing:?}"
        );
        assert!(!allowed(&told.launch, standing, says("other")));
        let answer = json!({"answer_request": {"request": "cost", "text": "So."}});
        assert!(!allowed(&told.launch, standing, answer), "{standing:?}");
    }
    let told = told.by(me).does(says("cost"));
    assert!(
        !allowed(&told.launch, Standing::Member, says("cost")),
        "it was said"
    );
}
