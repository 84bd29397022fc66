//! What a plan file says becomes a journal: in order of time, by the rules, the same each time.
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test may stop where something is not as expected"
)]

use std::collections::BTreeSet;

use startklar::{
    Launch, PersonId, Policy, Recorded, assess,
    engine::{ItemState, Stale},
    plan::{Plan, write},
    time::{Instant, parse_instant},
};

const SAMPLES: [&str; 2] = [
    include_str!("../samples/metakube.en.toml"),
    include_str!("../samples/metakube.de.toml"),
];

const HEAD: &str = r#"format = 1
[launch]
id = "m"
title = "M"
start = 2026-03-02
weeks = 10
moment = 2026-05-12T10:00:00+02:00
zone = "Europe/Berlin"
[people.nils]
name = "Nils Sommer"
leads = ["sales"]
[people.daniel]
name = "Daniel Ott"
approves = true
[people.lena]
name = "Lena Novak"
approves = true
"#;

fn plan(more: &str) -> Plan {
    let text = format!("{HEAD}{more}");
    Plan::read(&text).unwrap_or_else(|errors| panic!("{errors:#?}"))
}

fn at(text: &str) -> Instant {
    parse_instant(text).unwrap()
}

fn codes(journal: &[Recorded]) -> Vec<&'static str> {
    journal.iter().map(|r| r.event.code()).collect()
}

fn item(launch: &Launch, id: &str) -> ItemState {
    let now = at("2026-05-11T09:00:00Z");
    let ix = launch.items.find(&id.parse().unwrap()).unwrap();
    assess(launch, &Policy::default(), now).item(ix)
}

#[test]
fn a_journal_is_numbered_in_order_of_time_and_the_same_each_time() {
    for sample in SAMPLES {
        let plan = Plan::read(sample).unwrap();
        let journal = plan.replay(None, plan.ids()).unwrap();
        assert!(journal.iter().map(|r| r.seq).eq(1..=journal.len() as u64));
        assert!(journal.is_sorted_by_key(|r| r.at));
        let commands: BTreeSet<_> = journal.iter().map(|r| r.command).collect();
        assert_eq!(commands.len(), journal.len());
        assert_eq!(
            journal,
            Plan::read(sample)
                .unwrap()
                .replay(None, plan.ids())
                .unwrap()
        );
    }
}

#[test]
fn a_journal_up_to_a_moment_is_the_beginning_of_the_whole_one() {
    let plan = Plan::read(SAMPLES[0]).unwrap();
    let whole = plan.replay(None, plan.ids()).unwrap();
    let until = at("2026-04-06T08:00:00Z");
    let part = plan.replay(Some(until), plan.ids()).unwrap();
    assert!(!part.is_empty() && part.len() < whole.len());
    assert!(whole.starts_with(&part));
    assert!(part.iter().all(|r| r.at <= until) && whole[part.len()].at > until);
    assert!(
        plan.replay(Some(at("2020-01-01T00:00:00Z")), plan.ids())
            .unwrap()
            .is_empty()
    );
}

#[test]
fn the_first_person_plans_at_the_start_of_the_first_day() {
    let plan = plan("");
    let journal = plan.replay(None, plan.ids()).unwrap();
    assert_eq!(journal[0].at, at("2026-03-01T23:00:00Z"));
    assert_eq!(journal[0].by, plan.ids()("nils"));
    // Those who may not approve come first, or they could not be named any more.
    let expected = [
        "planned",
        "member_set",
        "member_set",
        "member_set",
        "lead_named",
    ];
    assert_eq!(codes(&journal), expected);
    let launch = plan.launch(None).unwrap();
    assert!(launch.may_approve(plan.ids()("daniel")) && launch.may_approve(plan.ids()("lena")));
    assert!(!launch.may_approve(plan.ids()("nils")));
}

#[test]
fn an_item_may_need_one_that_comes_later() {
    let plan = plan(
        "[[items]]\nid = \"mail\"\ntitle = \"Mail\"\ndiscipline = \"marketing\"\nneeds = [\"page\"]\n\
         ticked = { by = \"nils\", at = 2026-04-02T09:00:00Z }\n\
         [[items]]\nid = \"page\"\ntitle = \"Page\"\ndiscipline = \"marketing\"\nneeds = [\"late\"]\n\
         ticked = { by = \"nils\", at = 2026-04-02T09:00:00Z }\n\
         [[items]]\nid = \"late\"\ntitle = \"Late\"\ndiscipline = \"sales\"\n\
         added = 2026-04-01T09:00:00Z\nticked = { by = \"nils\", at = 2026-04-01T09:00:00Z }\n",
    );
    let launch = plan.launch(None).unwrap();
    assert_eq!(item(&launch, "mail"), ItemState::Closed);
    let order: Vec<_> = launch.items.rows().iter().map(|i| i.id.as_str()).collect();
    assert_eq!(order, ["mail", "page", "late"]);
    assert_eq!(launch.items.rows()[0].needs.len(), 1);
}

#[test]
fn what_depends_on_a_reopened_item_was_ticked_before_and_is_stale() {
    let plan = plan(
        "[[items]]\nid = \"page\"\ntitle = \"Page\"\ndiscipline = \"marketing\"\n\
         reopened = 2026-04-10T09:00:00Z\nticked = { by = \"nils\", at = 2026-04-12T09:00:00Z }\n\
         [[items]]\nid = \"mail\"\ntitle = \"Mail\"\ndiscipline = \"marketing\"\nneeds = [\"page\"]\n\
         ticked = { by = \"nils\", at = 2026-04-02T09:00:00Z }\n",
    );
    let launch = plan.launch(None).unwrap();
    assert_eq!(item(&launch, "page"), ItemState::Closed);
    assert_eq!(item(&launch, "mail"), ItemState::Stale(Stale::Need));
}

#[test]
fn an_exemption_taken_back_leaves_the_tick_and_what_depends_on_it_stale() {
    let plan = plan(
        "[[items]]\nid = \"page\"\ntitle = \"Page\"\ndiscipline = \"marketing\"\n\
         ticked = { by = \"nils\", at = 2026-04-02T09:00:00Z }\nreopened = 2026-04-10T09:00:00Z\n",
    );
    let launch = plan.launch(None).unwrap();
    let page = &launch.items.rows()[0];
    assert_eq!(
        page.tick.as_ref().map(|t| t.by.at),
        Some(at("2026-04-02T09:00:00Z"))
    );
    assert_eq!(page.reopened, Some(at("2026-04-10T09:00:00Z")));
}

#[test]
fn an_epic_that_comes_later_takes_its_rank() {
    let plan = plan(
        "[[epics]]\nid = \"late\"\ntitle = \"Late\"\nadded = 2026-03-20T09:00:00Z\n\
         [[epics]]\nid = \"first\"\ntitle = \"First\"\n",
    );
    let launch = plan.launch(None).unwrap();
    let ranked: Vec<_> = launch.ranked().map(|(_, e)| e.id.as_str()).collect();
    assert_eq!(ranked, ["late", "first"]);
    let before = plan.launch(Some(at("2026-03-19T09:00:00Z"))).unwrap();
    assert_eq!(before.ranked().count(), 1);
}

#[test]
fn an_item_needs_an_epic_from_when_that_is_there() {
    let plan = plan(
        "[[epics]]\nid = \"late\"\ntitle = \"Late\"\nadded = 2026-03-20T09:00:00Z\n\
         [[items]]\nid = \"guide\"\ntitle = \"Guide\"\ndiscipline = \"support\"\n\
         needs_epics = [\"late\"]\nticked = { by = \"nils\", at = 2026-03-18T09:00:00Z }\n",
    );
    let needs = |day: &str| {
        let launch = plan.launch(Some(at(&format!("{day}T10:00:00Z")))).unwrap();
        let items = launch.items.rows();
        items[0].needs_epics.len()
    };
    assert_eq!((needs("2026-03-19"), needs("2026-03-20")), (0, 1));
    let written = write(&plan.launch(None).unwrap(), &plan.directory());
    assert!(written.contains("needs_epics = [\"late\"]"), "{written}");
}

#[test]
fn what_was_said_about_a_request_is_read_in_order_of_time_and_written_again() {
    let request = |thread: &str| {
        format!(
            "[[requests]]\nid = \"cost\"\ndirection = \"question\"\nfrom = \"sales\"\nto = \"legal\"\n\
             text = \"What?\"\ndue = 2026-04-09\n\
             asked = {{ by = \"nils\", at = 2026-03-10T09:00:00Z }}\n\
             answer = {{ by = \"lena\", at = 2026-03-12T09:00:00Z, text = \"So.\" }}\nthread = [{thread}]\n"
        )
    };
    let read = plan(&request(
        "{ by = \"nils\", at = 2026-03-13T09:00:00Z, text = \"Thank you.\" },\n\
         { by = \"lena\", at = 2026-03-11T09:00:00Z, text = \"Which \\\"list\\\"?\\nOld or new?\" },\n\
         { by = \"nils\", at = 2026-03-11T09:00:00Z, text = \"New.\" }",
    ));
    let launch = read.launch(None).unwrap();
    let said = |launch: &Launch| -> Vec<_> {
        let thread = &launch.requests.rows()[0].thread;
        thread.iter().map(|r| r.text.to_string()).collect()
    };
    let expected = ["Which \"list\"?\nOld or new?", "New.", "Thank you."];
    assert_eq!(said(&launch), expected);
    let written = write(&launch, &read.directory());
    assert!(written.contains("thread = [\n  { by = "), "{written}");
    assert_eq!(
        said(&Plan::read(&written).unwrap().launch(None).unwrap()),
        expected
    );
    let before = read.launch(Some(at("2026-03-11T10:00:00Z"))).unwrap();
    assert_eq!(said(&before).len(), 2);
    let late = at("2026-03-20T09:00:00Z");
    let moved = read.moved(7).launch(Some(late)).unwrap();
    assert_eq!(said(&moved), expected);
    let first = moved.requests.rows()[0].thread[0].by.at;
    assert_eq!(first, at("2026-03-18T09:00:00Z"));

    let early = "{ by = \"lena\", at = 2026-03-09T09:00:00Z, text = \"Which?\" }";
    let errors = Plan::read(&format!("{HEAD}{}", request(early))).unwrap_err();
    assert_eq!(
        (errors[0].code(), errors[0].path.as_str()),
        ("too_early", "requests[0].thread")
    );
}

#[test]
fn who_has_read_a_notice_is_read_in_order_of_time_and_written_again() {
    let notices = |read: &str| {
        format!(
            "[[notices]]\nid = \"prices\"\ntitle = \"Prices\"\ntext = \"They rise.\\nAll.\"\n\
             disciplines = [\"sales\"]\ndue = 2026-03-20\nblocking = true\n\
             issued = {{ by = \"lena\", at = 2026-03-10T09:00:00Z }}\nread = [{read}]\n\
             [[notices]]\nid = \"later\"\ntitle = \"Later\"\ntext = \"No.\"\n\
             disciplines = [\"sales\", \"legal\"]\ndue = 2026-03-25\nblocking = true\nreplaces = \"prices\"\n\
             issued = {{ by = \"lena\", at = 2026-03-12T09:00:00Z }}\n"
        )
    };
    let left = "{ by = \"lena\", at = 2026-03-11T09:00:00Z, left = true }";
    let read = plan(&notices(left));
    let launch = read.launch(None).unwrap();
    assert_eq!(launch.notices.len(), 2);
    assert_eq!(launch.notices[0].reads.len(), 1);
    let written = write(&launch, &read.directory());
    assert!(written.contains("left = true"), "{written}");
    let again = Plan::read(&written).unwrap().launch(None).unwrap();
    assert_eq!(again.notices, launch.notices);
    let before = read.launch(Some(at("2026-03-10T10:00:00Z"))).unwrap();
    assert!(before.notices.len() == 1 && before.notices[0].reads.is_empty());
    let moved = read
        .moved(7)
        .launch(Some(at("2026-03-22T09:00:00Z")))
        .unwrap();
    assert_eq!(
        moved.notices[1].notice.due,
        Some("2026-04-01".parse().unwrap())
    );
    assert_eq!(moved.notices[0].reads[0].at, at("2026-03-18T09:00:00Z"));

    for (read, code) in [
        // Nobody of that name reads for sales, and nobody reads what is not there yet or no more.
        (
            "{ by = \"ghost\", at = 2026-03-11T09:00:00Z }",
            "unknown_reference",
        ),
        (
            "{ by = \"lena\", at = 2026-03-09T09:00:00Z, left = true }",
            "too_early",
        ),
    ] {
        let errors = Plan::read(&format!("{HEAD}{}", notices(read))).unwrap_err();
        assert_eq!(errors[0].code(), code);
        assert!(
            errors[0].path.starts_with("notices[0].read"),
            "{}",
            errors[0].path
        );
    }
}

#[test]
fn who_is_two_people_in_the_file_and_one_on_the_server_is_no_second_person() {
    let plan = plan(
        "[[items]]\nid = \"page\"\ntitle = \"Page\"\ndiscipline = \"marketing\"\nsecond_person = true\n\
         ticked = { by = \"nils\", at = 2026-04-02T09:00:00Z }\n\
         verified = { by = \"lena\", at = 2026-04-03T09:00:00Z }\n",
    );
    let errors = plan.replay(None, |_| PersonId::from_number(7)).unwrap_err();
    assert_eq!(errors[0].code(), "same_person");
    assert_eq!(
        (errors[0].line, errors[0].path.as_str()),
        (24, "items[0].verified")
    );
}

#[test]
fn a_moved_plan_keeps_its_hours_and_its_verdict() {
    for sample in SAMPLES {
        let plan = Plan::read(sample).unwrap();
        for days in [-400, -35, 1, 200] {
            let moved = plan.moved(days);
            let launch = moved
                .launch(None)
                .unwrap_or_else(|e| panic!("{days}: {e:#?}"));
            let zone = launch.zone();
            let (old, new) = (
                plan.launch(None).unwrap().zone(),
                zone.local(moved.moment()),
            );
            assert_eq!(old.local(plan.moment()).time(), new.time());
            let judge = |plan: &Plan| {
                let launch = plan.launch(None).unwrap();
                let assessment = assess(&launch, &Policy::default(), plan.moment());
                let rules: Vec<_> = assessment
                    .findings
                    .iter()
                    .map(|f| (f.rule, f.subject))
                    .collect();
                (assessment.verdict.code(), rules)
            };
            assert_eq!(judge(&plan), judge(&moved), "{days}");
        }
        for days in [i64::MAX, i64::MIN] {
            assert!(plan.moved(days).launch(None).is_err());
        }
        let back = plan.moved(30).moved(-30);
        assert_eq!(back.launch(None).unwrap(), plan.launch(None).unwrap());
    }
}

#[test]
fn a_copy_gets_its_own_name() {
    let copy = plan("").with_id("n".parse().unwrap(), "N".parse().unwrap());
    let launch = copy.launch(None).unwrap();
    assert_eq!((launch.title(), copy.id().as_str()), ("N", "n"));
    let command = |plan: &Plan| plan.replay(None, plan.ids()).unwrap()[0].command;
    assert_ne!(command(&copy), command(&plan("")));
}
