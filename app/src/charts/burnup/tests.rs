//! What the burn-ups must hold, whatever the launch.

use serde_json::json;
use startklar::{Discipline, Locale, Policy, assess};

use super::*;
use crate::charts::testing::{item, noon, planned, run, running, seen};

fn burn(launch: &Launch, day: i64, lane: Lane) -> BurnUp {
    let (launch, assessment) = seen(launch, day);
    let scale = Scale::of(&launch, &assessment).unwrap();
    BurnUp::of(&scale, &launch, &assessment, lane)
}

#[test]
fn the_technical_lane_counts_stories_against_their_scope() {
    let burn = burn(&running(), 45, Lane::Technical);
    assert!(burn.stories);
    assert_eq!(burn.scope.steps(), [(0.5, 6)]);
    assert_eq!(burn.done.steps(), [(4.5, 1), (11.5, 3)]);
    // A sprint is a week; what is planned for it is due on its last day.
    assert_eq!(burn.due.at(6.9), 0);
    assert_eq!(burn.due.at(7.0), 1);
    assert_eq!((burn.story_count, burn.item_count), ((3, 6), (1, 1)));
}

#[test]
fn the_other_lane_counts_items() {
    let burn = burn(&running(), 45, Lane::NonTechnical);
    assert!(!burn.stories);
    assert_eq!(burn.scope.steps(), [(1.5, 2)]);
    assert_eq!(burn.done.last(), 0);
    // Due on 5 May, which is over at the end of day 64.
    assert_eq!((burn.due.at(64.9), burn.due.at(65.0)), (0, 2));
}

#[test]
fn a_dropped_story_leaves_the_scope_when_it_is_dropped() {
    let mut launch = running();
    run(&mut launch, 20, json!({"drop_story": {"story": "s6"}}));
    let burn = burn(&launch, 45, Lane::Technical);
    assert_eq!(burn.scope.steps(), [(0.5, 6), (20.5, 5)]);
    assert_eq!(burn.story_count, (3, 5));
    assert_eq!(burn.due.last(), 5);
}

#[test]
fn an_epic_out_of_scope_takes_its_stories_along() {
    let mut launch = running();
    run(&mut launch, 20, json!({"unscope_epic": {"epic": "e"}}));
    let burn = burn(&launch, 45, Lane::Technical);
    assert!(!burn.stories);
    assert_eq!(burn.story_count, (0, 0));
}

#[test]
fn the_head_says_what_is_counted() {
    let t = Locale::De.catalogue();
    assert_eq!(
        burn(&running(), 45, Lane::Technical).head(t),
        "3 von 6 Storys, 1 von 1 Punkten"
    );
    assert_eq!(
        burn(&planned(10, 71), 45, Lane::Technical).head(t),
        "noch nichts geplant"
    );
}

#[test]
fn any_launch_can_be_drawn() {
    let mut large = planned(52, 363);
    for n in 0_u16..500 {
        let discipline = Discipline::ALL[usize::from(n) % 12].code();
        run(
            &mut large,
            i64::from(n % 90),
            item(&format!("i{n}"), discipline, n % 360),
        );
    }
    for launch in [planned(1, 1), planned(52, 1_000), running(), large] {
        for day in [-100, 0, 45, 400] {
            let (launch, assessment) = seen(&launch, day);
            let scale = Scale::of(&launch, &assessment).unwrap();
            for (lane, locale) in [
                (Lane::Technical, Locale::En),
                (Lane::NonTechnical, Locale::De),
            ] {
                let burn = BurnUp::of(&scale, &launch, &assessment, lane);
                let text = svg(&burn, &scale, lane, locale) + &table(&burn, &scale, lane, locale);
                assert!(!text.contains("NaN") && !text.contains('{'), "{text}");
                assert!(text.len() < 60_000, "{} bytes", text.len());
            }
        }
    }
}

#[test]
fn the_table_ends_with_this_week_as_it_stands() {
    let (launch, assessment) = seen(&running(), 12);
    let scale = Scale::of(&launch, &assessment).unwrap();
    let burn = BurnUp::of(&scale, &launch, &assessment, Lane::Technical);
    let table = table(&burn, &scale, Lane::Technical, Locale::En);
    assert_eq!(table.matches("<tr>").count(), 3, "{table}");
    let last = r#"<th scope="row">2</th><td class="num">3</td><td class="num">1</td><td class="num">6</td>"#;
    assert!(table.contains(last), "{table}");
}

#[test]
fn steps_add_up_and_never_fall_below_zero() {
    let steps = Steps::of([(3.0, true), (-5.0, true), (3.0, true), (4.0, false)]);
    assert_eq!(steps.steps(), [(0.0, 1), (3.0, 3), (4.0, 2)]);
    assert_eq!(
        (steps.at(2.9), steps.at(3.0), steps.last(), steps.most()),
        (1, 3, 2, 3)
    );
    assert_eq!(Steps::of([(1.0, false)]).steps(), [(1.0, 0)]);
}

#[test]
fn what_was_done_a_moment_ago_is_done() {
    for minutes in [0, 1, 47, 59] {
        let now = noon(10) + chrono::TimeDelta::minutes(minutes);
        let launch = planned(10, 71);
        let assessment = assess(&launch, &Policy::default(), now);
        let scale = Scale::of(&launch, &assessment).unwrap();
        assert!(scale.at(now) <= scale.now, "{minutes}");
        assert!(scale.now < scale.day(launch.day(now)) + 1.0, "{minutes}");
    }
}
