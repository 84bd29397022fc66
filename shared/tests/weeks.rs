//! The sample told week by week: no alarm while the team is young, a warning about the other work as
//! soon as it is late, and at last a product that is all but built and cannot be sold.
#![cfg(feature = "plan")]
#![allow(clippy::unwrap_used, clippy::panic, reason = "tests fail by panic")]

use startklar::{
    Launch, Policy, assess,
    engine::Course,
    forecast::{SHOWN, forecast_launch},
    plan::Plan,
    time::{Instant, parse_instant},
    weeks::{Chances, Standing, Turn, Week, turn, weeks},
};

const SAMPLE: &str = include_str!("../samples/metakube.en.toml");

fn at(plan: &Plan, moment: Instant) -> Launch {
    plan.launch(Some(moment)).unwrap()
}

/// Each week of the sample up to a moment, with what it was worth then.
fn told(now: &str) -> Vec<(Week, Standing)> {
    let plan = Plan::read(SAMPLE).unwrap_or_else(|errors| panic!("{}", errors[0]));
    let now = parse_instant(now).unwrap();
    let all = weeks(&at(&plan, now), now).into_iter().map(|week| {
        let launch = at(&plan, week.at);
        let assessment = assess(&launch, &Policy::default(), week.at);
        let forecast = forecast_launch(&launch, &assessment, SHOWN);
        let chances = forecast.as_ref().map(Chances::from);
        (week, Standing::of(&launch, &assessment, chances))
    });
    all.collect()
}

/// What turned in each of these weeks.
fn turns(told: &[(Week, Standing)]) -> Vec<Turn> {
    let mut before = None;
    let turns = told.iter().map(|(_, standing)| {
        let turned = turn(before, standing);
        before = Some(standing);
        turned
    });
    turns.collect()
}

#[test]
fn the_sample_tells_its_story() {
    let told = told("2026-04-16T12:20:00Z");
    let chances = |week: usize| told[week - 1].1.chances.unwrap();
    for week in 1..=7 {
        assert_ne!(chances(week).stories_course, Course::OffCourse, "{week}");
    }
    for week in [1, 2] {
        assert_ne!(chances(week).items_course, Course::OffCourse, "{week}");
    }
    for week in 3..=7 {
        assert_eq!(chances(week).items_course, Course::OffCourse, "{week}");
    }
    let turns = turns(&told);
    let first = [
        Turn::TooEarly,
        Turn::TooEarly,
        Turn::ItemsOff,
        Turn::StillOff,
        Turn::StillOff,
    ];
    assert_eq!(turns[..5], first);
    assert!(matches!(turns[5], Turn::Rose { .. }), "{turns:?}");
    let (_, last) = told.last().unwrap();
    assert_eq!(turns[6], Turn::Unsellable(last.blockers[1]));
    assert!(last.nearly_built && last.blockers[1] > last.blockers[0]);
}

#[test]
fn the_story_ends_the_same_on_every_day_on_which_the_sample_is_loaded() {
    for day in 16..=22 {
        let told = told(&format!("2026-04-{day}T21:59:59Z"));
        let (week, last) = told.last().unwrap();
        let expected = match week.number {
            7 => Turn::Unsellable(last.blockers[1]),
            8 => Turn::StillUnsellable(last.blockers[1]),
            other => panic!("week {other} on 2026-04-{day}"),
        };
        assert_eq!(turns(&told).last(), Some(&expected), "2026-04-{day}");
    }
}
