//! The story of the sample, week by week, and launches that go differently.

use serde_json::json;

use super::*;
use crate::{
    Event, Launch, Policy, assess,
    engine::{
        Rule,
        testing::{NILS, Told, launch},
    },
    plan::Plan,
    time,
};

const SIZE: Size = Size {
    futures: 2_000,
    seed: 1,
};

fn noon(day: &str) -> time::Instant {
    time::parse_instant(&format!("2026-{day}T12:00:00Z")).unwrap()
}

/// The sample as it stood on a day at noon.
fn metakube(day: &str) -> Launch {
    let file = include_str!("../../../samples/metakube.en.toml");
    Plan::read(file).unwrap().launch(Some(noon(day))).unwrap()
}

fn forecast(launch: &Launch, day: &str) -> LaunchForecast {
    let assessment = assess(launch, &Policy::default(), noon(day));
    forecast_launch(launch, &assessment, SIZE).unwrap()
}

/// The same launch, had every item that must be under way within a week begun in the second week.
fn begun_in_week_2(mut launch: Launch, by: &str) -> Launch {
    let at = noon("03-10");
    let assessment = assess(&launch, &Policy::default(), noon(by));
    let late = |ix| {
        let start = assessment.last_safe_start(&launch, ix);
        start.is_some_and(|start| start <= time::plus(noon(by).date_naive(), Policy::NEAR_DAYS))
    };
    let late: Vec<_> = launch
        .items
        .each()
        .filter(|(ix, item)| item.tick.is_none() && late(*ix))
        .map(|(_, item)| item.id.clone())
        .collect();
    assert!(!late.is_empty(), "there is something to begin");
    for item in late {
        let withdrawn = Event::ItemBeginWithdrawn { item: item.clone() };
        launch.apply_at(&withdrawn, at, NILS);
        launch.apply_at(&Event::ItemBegun { item }, at, NILS);
    }
    launch
}

/// The weeks end on these days; week 2 is over on 16 March.
const WEEKS: [&str; 6] = ["03-09", "03-16", "03-23", "03-30", "04-06", "04-13"];

#[test]
fn the_product_owner_who_cried_failure_in_week_2_was_wrong() {
    for day in &WEEKS[..2] {
        let ahead = forecast(&metakube(day), day);
        assert_eq!(ahead.technical.course, Course::NotEnoughKnown, "{day}");
        assert_ne!(ahead.course, Course::OffCourse, "{day}");
    }
    let chances = WEEKS.map(|day| forecast(&metakube(day), day).technical.ready);
    assert!(chances.iter().all(|p| p.percent() > 30), "{chances:?}");
    assert!(chances[2..].is_sorted(), "velocity builds: {chances:?}");
}

#[test]
fn by_the_end_of_week_3_the_other_lane_will_not_make_it() {
    for day in &WEEKS[2..] {
        let ahead = forecast(&metakube(day), day);
        assert!(
            ahead.ready.percent() < 50 && ahead.items.ready.percent() < 50,
            "{day}"
        );
        assert_eq!(ahead.course, Course::OffCourse, "{day}");
        assert_eq!(ahead.items.course, Course::OffCourse, "{day}");
    }
}

#[test]
fn had_these_items_begun_in_week_2_it_would() {
    for day in &WEEKS[2..5] {
        let begun = begun_in_week_2(metakube(day), day);
        let ahead = forecast(&begun, day);
        assert!(ahead.items.ready.percent() > 60, "{day}: {ahead:?}");
        assert_eq!(ahead.items.course, Course::OnCourse, "{day}");
        let assessment = assess(&begun, &Policy::default(), noon(day));
        assert_eq!(assessment.by_rule(Rule::LastSafeStartMissed).count(), 0);
    }
}

#[test]
fn what_is_last_is_named_and_adds_up() {
    let ahead = forecast(&metakube("04-16"), "04-16");
    let sum: u16 = ahead
        .last
        .iter()
        .map(|(_, share)| share.thousandths())
        .sum();
    assert!(sum.abs_diff(1000) < 20, "{sum}");
    assert!(ahead.last.is_sorted_by(|(_, a), (_, b)| a >= b));
    assert!(matches!(ahead.last[0].0, Subject::Item(_)));
}

/// A launch with one closed sales and marketing item and ten stories of five points in each of two
/// epics, of which so many are done in each week. The forecast after these weeks.
fn team(done: &[usize]) -> LaunchForecast {
    let mut told = closed_lists();
    for n in 0..20 {
        told = told.does(json!({"add_story": {"id": format!("s{n}"),
            "epic": if n < 10 { "one" } else { "two" }, "title": "S", "points": 5}}));
    }
    let mut next = 0;
    for (week, stories) in done.iter().enumerate() {
        told = told.on(WEEKS[week]);
        for _ in 0..*stories {
            told = told.does(json!({"finish_story": {"story": format!("s{next}")}}));
            next += 1;
        }
    }
    seen(&told, done.len())
}

#[test]
fn a_story_of_no_points_has_an_estimate_and_the_forecast_counts_points_all_the_same() {
    let story = |id: &str, points: Option<u16>| json!({"add_story": {"id": id, "epic": "one", "title": "S", "points": points}});
    let sized = closed_lists()
        .does(story("a", Some(5)))
        .does(story("b", Some(0)));
    assert!(seen(&sized, 1).points);
    assert!(!seen(&sized.does(story("c", None)), 1).points);
    let nothing = closed_lists().does(story("a", Some(0)));
    assert!(!seen(&nothing, 1).points, "nothing adds up to nothing");
}

#[test]
fn a_team_whose_scope_doubles_is_outgrown() {
    let mut told = closed_lists();
    for (week, day) in WEEKS.iter().enumerate().take(5) {
        told = told.on(day);
        for n in 0..8 {
            let (story, epic) = (format!("s{week}-{n}"), "one");
            told = told
                .does(json!({"add_story": {"id": story, "epic": epic, "title": "S", "points": 5}}));
            if n < 3 {
                told = told.does(json!({"finish_story": {"story": story}}));
            }
        }
    }
    let grows = seen(&told, 5);
    assert_eq!(grows.pace, Pace::Outgrown);
    assert!(grows.technical.ready < team(&[0, 2, 3, 3, 3]).technical.ready);
}

fn closed_lists() -> Told {
    let mut told = launch().epic("one").epic("two");
    for discipline in ["sales", "marketing"] {
        told = told
            .item(discipline, discipline, &json!({}))
            .to("tick_item", discipline);
    }
    told
}

/// The forecast on the day after so many weeks.
fn seen(told: &Told, weeks: usize) -> LaunchForecast {
    let day = noon(WEEKS[weeks - 1]) + chrono::TimeDelta::days(1);
    let assessment = assess(&told.launch, &Policy::default(), day);
    forecast_launch(&told.launch, &assessment, SIZE).unwrap()
}

#[test]
fn a_team_that_builds_up_one_that_runs_ahead_and_one_that_stalls_are_told_apart() {
    let teams = [[0, 2, 3, 3, 3], [4, 4, 3, 2, 2], [3, 2, 0, 0, 0]].map(|done| team(&done));
    let paces = teams.clone().map(|team| team.pace);
    assert_eq!(paces, [Pace::BuildsUp, Pace::RanAhead, Pace::Stalled]);
    let [builds, ahead, stalls] = teams.map(|team| team.technical);
    let chances = [&builds, &ahead, &stalls].map(|lane| lane.ready.percent());
    assert!(chances[0] > 40 && chances[1] > 80, "{chances:?}");
    assert!(chances[2] < 35, "{chances:?}");
    assert!(stalls.dates[0] > builds.dates[0] && builds.dates[0] > ahead.dates[0]);
}

#[test]
fn closed_items_are_not_late_because_many_small_stories_are_left() {
    let mut told = closed_lists();
    for n in 0..40 {
        let points = if n < 10 { 8 } else { 1 };
        let epic = if n < 39 { "one" } else { "two" };
        told = told.does(json!({"add_story": {"id": format!("s{n}"), "epic": epic,
            "title": "S", "points": points}}));
    }
    for (week, day) in WEEKS.iter().enumerate().take(5) {
        told = told.on(day);
        for n in [2 * week, 2 * week + 1] {
            told = told.does(json!({"finish_story": {"story": format!("s{n}")}}));
        }
    }
    let ahead = seen(&told, 5);
    let day = noon(WEEKS[4]);
    let outlook = assess(&told.launch, &Policy::default(), day).outlook;
    assert!(outlook.honest > told.launch.launch_day(), "story by story");
    assert_eq!(ahead.items.course, Course::OnCourse);
    assert_eq!(ahead.course, ahead.technical.course, "{ahead:?}");
    assert_eq!(ahead.course, Course::OnCourse, "point by point");
}

#[test]
fn nothing_open_is_ready_and_an_empty_list_is_not() {
    let built = |told: Told| {
        told.story("a", "one")
            .does(json!({"finish_story": {"story": "a"}}))
            .does(json!({"accept_epic": {"epic": "one"}}))
    };
    let marketing = launch().epic("one").item("m", "marketing", &json!({}));
    let marketing = built(marketing.to("tick_item", "m"));
    let empty = seen(&marketing, 1);
    let ready = marketing
        .item("s", "sales", &json!({}))
        .to("tick_item", "s");
    let ready = seen(&ready, 1);
    assert_eq!(
        (ready.ready.percent(), ready.course),
        (100, Course::OnCourse)
    );
    assert!(ready.last.is_empty());
    assert!(empty.dates[0] > empty.day, "{empty:?}");
    assert_eq!(empty.last[0].0, Subject::Discipline(Discipline::Sales));
}

/// A guide that nobody can finish before what it describes is there.
#[test]
fn an_item_that_needs_an_epic_is_closed_after_it_and_no_other_is_later_for_it() {
    let guide = |epics: serde_json::Value| {
        let mut told = closed_lists();
        for n in 0..20 {
            told = told.story(&format!("s{n}"), "one");
        }
        let terms = json!({"lead_days": 20, "needs_epics": epics});
        told = told.item("guide", "support", &terms);
        told = told.to("begin_item", "guide");
        forecast(&told.launch, "03-02")
    };
    let (free, bound) = (guide(json!([])), guide(json!(["one"])));
    assert_eq!(free.technical, bound.technical, "the stories take as long");
    assert!(
        free.items.dates[0] < bound.items.dates[0],
        "{free:?} {bound:?}"
    );
    let built = bound.technical.dates[0];
    assert!(
        bound.items.dates[0] >= built - chrono::Days::new(7),
        "the last story of the only epic comes near the end: {bound:?}"
    );
    assert!(bound.ready < free.ready);
}

/// With a single story in all, the epic is there when everything is.
#[test]
fn a_ticked_item_that_only_waits_for_an_epic_changes_no_forecast() {
    let guide = |epics: serde_json::Value, done: bool| {
        let mut told = closed_lists().story("only", "one");
        told = told.does(json!({"unscope_epic": {"epic": "two"}}));
        if done {
            told = told.does(json!({"finish_story": {"story": "only"}}));
        }
        told = told.item("guide", "support", &json!({"needs_epics": epics}));
        forecast(&told.to("tick_item", "guide").launch, "03-02")
    };
    for done in [true, false] {
        let (free, bound) = (guide(json!([]), done), guide(json!(["one"]), done));
        assert_eq!((free.ready, free.last), (bound.ready, bound.last), "{done}");
        assert_eq!(free.dates, bound.dates);
    }
}

#[test]
fn what_needs_the_only_story_is_never_closed_before_it() {
    let mut told = closed_lists().story("only", "one");
    told = told.item(
        "guide",
        "support",
        &json!({"lead_days": 5, "needs_epics": ["one"]}),
    );
    let ahead = forecast(&told.to("begin_item", "guide").launch, "03-02");
    let (stories, items) = (&ahead.technical, &ahead.items);
    assert!(items.ready <= stories.ready, "{ahead:?}");
    assert!(items.dates.iter().zip(stories.dates).all(|(i, s)| *i >= s));
}

#[test]
fn the_same_seed_gives_the_same_answer_and_beginning_early_never_hurts() {
    let launch = metakube("03-23");
    let (once, twice) = (forecast(&launch, "03-23"), forecast(&launch, "03-23"));
    assert_eq!(once, twice);
    let begun = forecast(&begun_in_week_2(launch, "03-23"), "03-23");
    assert!(begun.items.ready > once.items.ready);
}

#[test]
fn other_circumstances_change_the_answer_and_none_do_not() {
    let (launch, now) = (metakube("03-30"), noon("03-30"));
    let what_if = |fields: &[(&str, &str)]| {
        let what_if = WhatIf::from_fields(fields.iter().copied());
        forecast_what_if(&launch, &Policy::default(), now, &what_if, SIZE).unwrap()
    };
    let as_it_is = what_if(&[]);
    assert_eq!(as_it_is, forecast(&launch, "03-30"));
    let later = what_if(&[("move", "28")]);
    assert!(later.ready > as_it_is.ready && later.course != Course::OffCourse);
    let smaller = what_if(&[("without", "storage"), ("without", "upgrades")]);
    assert!(smaller.technical.ready > as_it_is.technical.ready);
    assert_eq!(smaller.items.ready, as_it_is.items.ready);
    let assessment = assess(&launch, &Policy::default(), now);
    let open = launch.items.each().filter(|(ix, item)| {
        assessment.is_required(*ix) && item.begun.is_none() && item.tick.is_none()
    });
    let open: Vec<_> = open.map(|(_, item)| ("begin", item.id.as_str())).collect();
    let begun = what_if(&open);
    assert!(begun.items.ready > as_it_is.items.ready);
    assert_eq!(begun.technical.ready, as_it_is.technical.ready);
}

#[test]
fn helpers_take_work_off_somebody_who_has_too_much() {
    let mut told = launch().epic("one").story("a", "one");
    told = told.item("m", "marketing", &json!({})).to("tick_item", "m");
    for n in 0..12 {
        told = told.item(
            &format!("s{n}"),
            "sales",
            &json!({"lead_days": 30, "owner": NILS}),
        );
    }
    let now = noon("03-30");
    let with = |people: &str| {
        let what_if = WhatIf::from_fields([("help-sales", people)]);
        forecast_what_if(&told.launch, &Policy::default(), now, &what_if, SIZE).unwrap()
    };
    let (alone, helped) = (with("0"), with("2"));
    assert!(alone.items.ready.percent() < 20 && helped.items.ready.percent() > 60);
}

#[test]
fn an_epic_without_stories_is_work_of_unknown_size_and_makes_no_course_known() {
    let told = closed_lists();
    let assessment = assess(&told.launch, &Policy::default(), noon("03-03"));
    assert!(
        forecast_launch(&told.launch, &assessment, SIZE).is_none(),
        "two epics and not one story: there is nothing to forecast"
    );
    assert_eq!(course(&assessment, None), Course::NotEnoughKnown);
    let built = closed_lists()
        .story("a", "one")
        .story("b", "two")
        .does(json!({"finish_story": {"story": "a"}}))
        .does(json!({"finish_story": {"story": "b"}}));
    assert_eq!(seen(&built, 1).course, Course::OnCourse);
    let ahead = seen(&built.epic("three"), 1);
    assert_eq!(ahead.storyless, 1);
    assert_eq!(ahead.technical.course, Course::NotEnoughKnown);
    assert_eq!(ahead.course, Course::NotEnoughKnown);
    assert!(!ahead.young, "of the team enough is known");
}

#[test]
fn a_later_launch_makes_nothing_ready_sooner_and_an_earlier_one_nothing_later() {
    for (day, moves) in [
        ("03-30", [-7, 0, 3, 7, 14, 28]),
        ("04-16", [-14, 0, 7, 14, 21, 60]),
    ] {
        let (launch, now) = (metakube(day), noon(day));
        let dates = moves.map(|days| {
            let moved = WhatIf {
                moved: days,
                ..WhatIf::default()
            };
            let ahead = forecast_what_if(&launch, &Policy::default(), now, &moved, SIZE).unwrap();
            (ahead.items.dates, ahead.dates)
        });
        for pair in dates.windows(2) {
            let [(items, both), (later, both_later)] = [pair[0], pair[1]];
            for n in 0..3 {
                assert!(items[n] <= later[n], "{day}, {moves:?}: {dates:?}");
                assert!(both[n] <= both_later[n], "{day}, {moves:?}: {dates:?}");
            }
        }
    }
}
