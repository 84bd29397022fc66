//! How launches begin, and how the sample ends.

use chrono::{Datelike as _, TimeDelta};
use startklar::{People, Policy, assess, plan::Plan};
use startklar_app::owed::OwedKind;

use super::*;

const PLAN: &str = "format = 1\n[launch]\nid = \"m\"\ntitle = \"M\"\nstart = 2026-03-02\nweeks = 10\n\
    moment = 2026-05-12T10:00:00+02:00\n[people.lena]\nname = \"Lena Novak\"\n";

#[tokio::test]
async fn a_launch_begins_this_monday_and_lasts_until_its_moment() {
    let desk = Desk::new().await;
    let launch = desk.live.launch();
    let schedule = launch.schedule.as_ref().unwrap();
    assert_eq!(
        (schedule.start.to_string().as_str(), schedule.weeks),
        ("2026-03-02", 10)
    );
    assert_eq!(launch.items.len(), 110);
    assert!(launch.may_approve(desk.me));
    let again = desk
        .launches
        .begin(start("Shop"), new_id(), Actor::person(desk.me), now())
        .await;
    assert_eq!(again.unwrap().id().as_str(), "shop-2");
}

#[tokio::test]
async fn a_moment_that_is_over_is_refused_by_the_days_that_are_allowed() {
    let desk = Desk::new().await;
    let begin = |day: &str| {
        let mut far = start("Far");
        far.when = When::Local(day.parse().unwrap(), "10:00:00".parse().unwrap());
        desk.launches
            .begin(far, new_id(), Actor::person(desk.me), now())
    };
    assert!(begin("2031-02-06").await.is_ok(), "its start moves with it");
    let Err(Failure::Refused(refusal)) = begin("2026-02-27").await.map(|_| ()) else {
        panic!("it is over");
    };
    let text = refusal.text(Locale::En, &People::default());
    assert!(text.contains("Allowed: 2026-03-03 – 2199-12-31."), "{text}");
}

#[tokio::test]
async fn a_launch_that_is_begun_twice_by_one_command_is_one() {
    let desk = Desk::new().await;
    let id = new_id();
    let begin = || {
        desk.launches
            .begin(start("Shop"), id, Actor::person(desk.me), now())
    };
    let (one, two) = (begin().await.unwrap(), begin().await.unwrap());
    assert!(Arc::ptr_eq(&one, &two));
    let mut taken = start("Shop");
    taken.id = Some("shop".parse().unwrap());
    let taken = desk
        .launches
        .begin(taken, new_id(), Actor::person(desk.me), now())
        .await;
    assert!(matches!(taken.map(|_| ()), Err(Failure::Taken(id)) if id.as_str() == "shop"));
}

#[tokio::test]
async fn a_plan_comes_in_once_and_its_people_are_known_by_their_handles() {
    let desk = Desk::new().await;
    let live = desk
        .launches
        .import(PLAN.replace("lena]", "lena-novak]"), new_id(), now())
        .await;
    // Lena Novak is in the directory already, by the handle that was made of her name.
    assert!(live.unwrap().launch().members.contains_key(&desk.me));
    let again = desk.launches.import(PLAN.to_owned(), new_id(), now()).await;
    assert!(matches!(again.map(|_| ()), Err(Failure::Taken(id)) if id.as_str() == "m"));
    let bad = desk
        .launches
        .import(PLAN.replace("weeks", "weaks"), new_id(), now())
        .await;
    let Err(Failure::BadPlan(errors)) = bad else {
        panic!("taken in")
    };
    assert!(
        errors
            .iter()
            .any(|e| (e.line, e.code()) == (6, "unknown_field"))
    );
}

/// A launch of two items, finished some day.
fn finished(at: &str) -> String {
    let plan = PLAN.replace("id = \"m\"", "id = \"f\"");
    let items = ["marketing", "sales"].map(|discipline| {
        format!(
            "[[items]]\nid = \"{discipline}\"\ntitle = \"T\"\ndiscipline = \"{discipline}\"\n\
             blocking = true\nticked = {{ by = \"lena\", at = {at} }}\n"
        )
    });
    let rest = format!(
        "[[epics]]\nid = \"e\"\ntitle = \"E\"\nin_scope = true\n\
         accepted = {{ by = \"lena\", at = {at} }}\n\
         [[epics.stories]]\nid = \"s\"\ntitle = \"S\"\ndone = {at}\n\
         [launched]\nby = \"lena\"\nat = {at}\n\
         [watch_closed]\nby = \"lena\"\nat = 2026-08-01T00:00:00Z\n"
    );
    [plan, items.concat(), rest].concat()
}

/// What `check` says of a plan.
fn checked(text: &str, at: Instant) -> &'static str {
    let launch = Plan::read(text).unwrap().launch(Some(at)).unwrap();
    assess(&launch, &Policy::default(), at).stage.code()
}

#[tokio::test]
async fn what_is_yet_to_come_is_not_taken_in_as_done() {
    let desk = Desk::new().await;
    let at = |text| parse_instant(text).unwrap();
    let (early, late) = (at("2026-04-01T00:00:00Z"), at("2026-09-01T00:00:00Z"));
    let text = finished("2026-07-01T00:00:00Z");
    assert_eq!(
        (checked(&text, early), checked(&text, late)),
        ("planned", "done")
    );
    let taken = desk.launches.import(text.clone(), new_id(), early).await;
    let Err(Failure::BadPlan(errors)) = taken.map(|_| ()) else {
        panic!("taken in")
    };
    let found: Vec<_> = errors.iter().map(|e| (e.code(), e.path.as_str())).collect();
    let paths = [
        "items[0].ticked",
        "items[1].ticked",
        "epics[0].accepted",
        "epics[0].stories[0].done",
        "launched",
        "watch_closed",
    ];
    assert_eq!(found, paths.map(|path| ("in_future", path)));
    assert!(
        errors[0]
            .text(Locale::En)
            .contains("≤ 2026-04-01T00:00:00Z"),
        "{}",
        errors[0]
    );
    let live = desk.launches.import(text, new_id(), late).await.unwrap();
    assert_eq!(
        assess(&live.launch(), &Policy::default(), late)
            .stage
            .code(),
        "done"
    );
}

#[tokio::test]
async fn a_launch_that_is_planned_for_a_day_to_come_is_planned_now_and_nothing_more() {
    let desk = Desk::new().await;
    let early = parse_instant("2026-02-27T09:00:00Z").unwrap();
    let live = desk.launches.import(PLAN.to_owned(), new_id(), early).await;
    assert_eq!(live.unwrap().launch().touched, Some(early));
    let claims = finished("2026-03-02T00:00:00Z");
    let taken = desk.launches.import(claims, new_id(), early).await;
    let Err(Failure::BadPlan(errors)) = taken.map(|_| ()) else {
        panic!("taken in")
    };
    assert_eq!(errors.len(), 6, "{errors:?}");
}

#[tokio::test]
async fn the_portfolio_does_not_wait_for_midnight_when_a_tick_grows_too_old() {
    let desk = Desk::new().await;
    let at = |text| parse_instant(text).unwrap();
    let text = finished("2026-03-03T10:00:00Z")
        .replace("blocking = true", "blocking = true\nconfirm_days = 1");
    let text = text.split("[launched]").next().unwrap().to_owned();
    let fresh = at("2026-03-04T09:00:00Z");
    let live = desk.launches.import(text, new_id(), fresh).await.unwrap();
    for (now, stage) in [
        (fresh, "ready"),
        (at("2026-03-04T10:00:00Z"), "ready"),
        (at("2026-03-04T10:00:01Z"), "building"),
    ] {
        let launch = live.launch();
        let assessment = assess(&launch, &Policy::default(), now);
        let listed = desk.launches.list(Locale::En, now).await.unwrap();
        let listed = listed.iter().find(|l| l.line.id == *live.id()).unwrap();
        assert_eq!(
            listed.sentence,
            assessment.sentence(&launch).text(Locale::En),
            "{now}"
        );
        assert_eq!(
            assessment.stage.code() == "ready",
            stage == "ready",
            "{now}"
        );
    }
}

#[tokio::test]
async fn the_story_of_the_sample_has_just_been_told_whenever_it_is_loaded() {
    for day in 0..8 {
        let now = parse_instant("2027-01-04T15:00:00Z").unwrap() + TimeDelta::days(day);
        let desk = Desk::new().await;
        let live = desk.launches.sample(Locale::De, now).await.unwrap();
        let lena = desk.launches.people().find("lena");
        let launch = live.launch();
        let start = launch.schedule.as_ref().unwrap().start;
        assert_eq!(start.weekday(), chrono::Weekday::Mon);
        let days = (launch.day(now) - start).num_days();
        assert!((45..52).contains(&days), "{days}");
        assert!(launch.touched.unwrap() <= now);
        assert_eq!(
            assess(&launch, &Policy::default(), now).verdict.code(),
            "no_go"
        );
        assert!(launch.may_approve(lena.unwrap()));
        let again = desk.launches.sample(Locale::En, now).await.unwrap();
        assert!(Arc::ptr_eq(&live, &again));
    }
}

#[tokio::test]
async fn only_the_sample_can_be_thrown_away() {
    let desk = Desk::new().await;
    let live = desk.launches.sample(Locale::En, now()).await.unwrap();
    let (id, other) = (live.id().clone(), desk.id().clone());
    assert!(matches!(
        desk.launches.discard(&other).await,
        Err(Failure::NotSample)
    ));
    desk.launches.discard(&id).await.unwrap();
    live.gone().await;
    assert!(matches!(
        desk.launches.get(&id).await.map(|_| ()),
        Err(Failure::NoLaunch)
    ));
    // Whoever still has it in hand cannot write to it.
    let late = Submission {
        id: new_id(),
        command: rename("X"),
        seen: None,
        only_at: None,
    };
    let late = live.submit(late, Actor::person(desk.me), now()).await;
    assert!(matches!(late, Err(Failure::NoLaunch)), "{late:?}");
    assert!(desk.launches.sample(Locale::En, now()).await.is_ok());
}

#[tokio::test]
async fn what_somebody_owes_is_late_first() {
    let desk = Desk::new().await;
    let at = parse_instant("2026-04-16T12:20:00Z").unwrap();
    desk.launches.sample(Locale::En, at).await.unwrap();
    let lena = desk.launches.people().find("lena");
    let nils = desk.launches.people().find("nils").unwrap();
    let owed = desk.launches.owed(nils, Locale::En, at).await.unwrap();
    assert!(owed.iter().any(|owed| owed.late) && owed.is_sorted_by_key(|owed| owed.days));
    assert!(owed.iter().all(|owed| owed.launch.as_str() == "metakube"));
    assert_ne!(
        desk.launches
            .owed(lena.unwrap(), Locale::En, at)
            .await
            .unwrap()
            .len(),
        owed.len()
    );
}

/// Nobody grants or verifies what they have not read.
#[tokio::test]
async fn a_week_says_who_asks_for_what_and_what_was_ticked() {
    let desk = Desk::new().await;
    let at = parse_instant("2026-04-18T12:20:00Z").unwrap();
    let live = desk.launches.sample(Locale::En, at).await.unwrap();
    let farah = desk.launches.people().find("farah").unwrap();
    let launch = live.launch();
    let mut items = launch.items.rows().iter();
    let open = items.find(|item| item.tick.is_none() && item.exemption.is_none());
    let asked = Submission {
        id: new_id(),
        command: Command::AskWaiver {
            item: open.unwrap().id.clone(),
            reason: "The agency is late.".parse().unwrap(),
            until: "2026-05-20".parse().unwrap(),
        },
        seen: None,
        only_at: None,
    };
    live.submit(asked, Actor::person(farah), at).await.unwrap();
    let mut said = Vec::new();
    for person in desk.launches.people().all().iter() {
        let owed = desk.launches.owed(person.id, Locale::En, at).await.unwrap();
        said.extend(owed.into_iter().filter_map(|owed| match owed.what {
            OwedKind::Grant { .. } => Some(("grant", owed.why)),
            OwedKind::Verify(_) => Some(("verify", owed.why)),
            _ => None,
        }));
    }
    assert!(said.iter().any(|(kind, _)| *kind == "grant"));
    for (kind, why) in &said {
        let reads = match *kind {
            "grant" => why == "Farah Amin asks for a waiver until Wed 20 May: The agency is late.",
            _ => why.starts_with("Ticked by "),
        };
        assert!(reads, "{kind}: {why}");
    }
    assert!(
        said.iter().any(|(_, why)| why.contains("Evidence: ")),
        "{said:?}"
    );
}
