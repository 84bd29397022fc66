//! What the strip must hold, whatever the launch.

use serde_json::json;
use startklar::{Discipline, Lane, Locale};

use super::*;
use crate::charts::scale::{Room, Strides};
use crate::charts::testing::{self, PEOPLE, item, planned, run, running, seen};

fn row(strip: &Strip<'_>, discipline: Discipline) -> Row {
    strip
        .rows
        .iter()
        .find(|r| r.discipline == discipline)
        .unwrap()
        .clone()
}

/// The strip as HTML, and checks that hold for every strip.
fn drawn(launch: &Launch, day: i64, locale: Locale) -> String {
    let (launch, assessment) = seen(launch, day);
    let strip = Strip::of(&launch, &assessment).unwrap();
    let words = Words::of(locale, &assessment, &PEOPLE).linked("/l/m");
    let html = html(&strip, &launch, &words);
    for tag in ["svg", "tr", "td", "th", "a", "g", "text"] {
        let open =
            html.matches(&format!("<{tag}>")).count() + html.matches(&format!("<{tag} ")).count();
        assert_eq!(
            open,
            html.matches(&format!("</{tag}>")).count(),
            "<{tag}> in {html}"
        );
    }
    assert!(!html.contains("NaN") && !html.contains("inf"), "{html}");
    assert!(!html.contains('{'), "an empty gap in {html}");
    html
}

#[test]
fn rows_count_stories_and_items() {
    let (launch, assessment) = seen(&running(), 45);
    let strip = Strip::of(&launch, &assessment).unwrap();
    let disciplines: Vec<Discipline> = strip.rows.iter().map(|r| r.discipline).collect();
    assert_eq!(
        disciplines,
        [
            Discipline::Engineering,
            Discipline::Operations,
            Discipline::Marketing,
            Discipline::Sales
        ]
    );
    let engineering = row(&strip, Discipline::Engineering);
    assert_eq!(
        (
            engineering.closed,
            engineering.all,
            engineering.open_stories
        ),
        (3, 6, 3)
    );
    assert_eq!(engineering.steps, [(4.0, 1), (11.0, 3)]);
    assert_eq!(strip.lane(Lane::Technical).count(), 2);
}

#[test]
fn a_last_safe_start_is_met_missed_or_ahead() {
    let (launch, assessment) = seen(&running(), 45);
    let strip = Strip::of(&launch, &assessment).unwrap();
    let marks = |d| row(&strip, d).marks;
    // Launch day 71, lead times 35, 28 and 14 days.
    let missed = Marks {
        at: 36.0,
        missed: 1,
        ahead: 0,
        slow: 0,
        met: 0,
    };
    assert_eq!(marks(Discipline::Marketing), [missed]);
    assert_eq!(
        marks(Discipline::Sales),
        [Marks {
            at: 43.0,
            missed: 0,
            ahead: 0,
            slow: 0,
            met: 1
        }]
    );
    assert_eq!(
        marks(Discipline::Operations),
        [Marks {
            at: 57.0,
            missed: 0,
            ahead: 0,
            slow: 0,
            met: 1
        }]
    );
    assert_eq!(row(&strip, Discipline::Marketing).late, 1);
    assert_eq!(row(&strip, Discipline::Sales).late, 0);

    let (launch, assessment) = seen(&running(), 30);
    let strip = Strip::of(&launch, &assessment).unwrap();
    let ahead = Marks {
        at: 36.0,
        missed: 0,
        ahead: 1,
        slow: 0,
        met: 0,
    };
    assert_eq!(row(&strip, Discipline::Marketing).marks, [ahead]);
}

#[test]
fn work_begun_too_late_is_neither_met_nor_waiting_to_begin() {
    let mut launch = running();
    run(&mut launch, 40, json!({"begin_item": {"item": "warm-up"}}));
    let (launch, assessment) = seen(&launch, 45);
    let strip = Strip::of(&launch, &assessment).unwrap();
    let row = row(&strip, Discipline::Marketing);
    assert_eq!((row.late, row.begun_late), (0, true));
    assert_eq!((row.marks[0].missed, row.marks[0].slow), (0, 1));
}

#[test]
fn more_than_three_on_a_day_are_one_pennant_and_a_count() {
    let mut launch = planned(10, 71);
    for n in 0..3 {
        run(&mut launch, 0, item(&format!("i{n}"), "sales", 21));
    }
    assert_eq!(
        drawn(&launch, 10, Locale::En).matches("#m-ahead").count(),
        3
    );
    run(&mut launch, 0, item("i3", "sales", 21));
    let html = drawn(&launch, 10, Locale::En);
    assert_eq!(html.matches("#m-ahead").count(), 1);
    assert!(html.contains(r#"dx="6">4</text>"#), "{html}");
}

#[test]
fn marks_behind_a_count_are_counted_with_it() {
    let mut launch = planned(10, 71);
    for n in 0..5 {
        let lead = if n < 4 { 21 } else { 20 };
        run(&mut launch, 0, item(&format!("i{n}"), "sales", lead));
    }
    let (launch, assessment) = seen(&launch, 10);
    let strip = Strip::of(&launch, &assessment).unwrap();
    let all = Marks {
        at: 50.0,
        missed: 0,
        ahead: 5,
        slow: 0,
        met: 0,
    };
    assert_eq!(row(&strip, Discipline::Sales).marks, [all]);
}

#[test]
fn an_empty_launch_shows_what_is_missing() {
    let html = drawn(&planned(10, 71), 3, Locale::De);
    assert_eq!(
        html.matches("fehlt: kein blockierender Punkt</text>")
            .count(),
        2,
        "{html}"
    );
    assert!(
        !html.contains("g-track") && !html.contains("g-done"),
        "{html}"
    );
}

#[test]
fn todays_line_does_not_go_through_what_is_missing() {
    let place = |day| {
        let html = drawn(&planned(10, 71), day, Locale::En);
        let (_, rest) = html
            .split_once(r#"<text class="g-text g-halo" x=""#)
            .unwrap();
        let (x, _) = rest.split_once('%').unwrap();
        x.parse::<f64>().unwrap()
    };
    assert!(place(0) < place(3) && place(3) < place(20));
    assert!(place(60) < place(3), "where little room is left behind it");
}

#[test]
fn any_length_at_any_moment_can_be_drawn() {
    for (weeks, moment) in [(1, 1), (1, 8), (10, 30), (10, 200), (52, 363), (52, 1_000)] {
        let mut launch = planned(weeks, moment);
        run(&mut launch, 0, item("warm-up", "marketing", 35));
        for day in [-400, -3, 0, 5, 45, 400, 2_000] {
            for locale in Locale::ALL {
                drawn(&launch, day, locale);
            }
        }
    }
}

#[test]
fn the_scale_grows_to_hold_the_honest_date() {
    let (launch, assessment) = seen(&running(), 45);
    let strip = Strip::of(&launch, &assessment).unwrap();
    // Three stories in 45 days: the other three take as long again.
    assert_eq!(strip.scale.weeks, 14);
    assert!(
        strip
            .scale
            .honest
            .is_some_and(|at| at < strip.scale.width())
    );
    let (launch, assessment) = seen(&running(), 20);
    let strip = Strip::of(&launch, &assessment).unwrap();
    assert_eq!((strip.scale.weeks, strip.scale.honest), (11, None));
}

#[test]
fn five_hundred_items_do_not_make_the_strip_grow() {
    let mut launch = planned(52, 363);
    for n in 0_u16..500 {
        let discipline = Discipline::ALL[usize::from(n) % 12].code();
        run(&mut launch, 0, item(&format!("i{n}"), discipline, n % 360));
    }
    let html = drawn(&launch, 100, Locale::En);
    assert_eq!(html.matches("<tr>").count(), 12);
    assert!(html.len() < 120_000, "{} bytes", html.len());
    let marks = html.matches("#m-").count();
    assert!(marks < 12 * 98, "{marks} marks");
}

#[test]
fn labels_have_room_on_every_page_and_this_week_always_has_one() {
    for weeks in 1..=52 {
        let launch = planned(weeks, i64::from(weeks) * 7);
        for day in [0, 3, i64::from(weeks) * 7 - 1] {
            let (launch, assessment) = seen(&launch, day);
            let scale = Scale::of(&launch, &assessment).unwrap();
            let strides = Strides::of(scale.weeks, [0.08, 0.09, 0.1]);
            let all = scale.each_week(scale.width(), strides);
            let shown = |rooms: &[Room]| {
                all.iter()
                    .filter(|w| w.room.is_some_and(|r| rooms.contains(&r)))
                    .count()
            };
            assert!(shown(&[Room::Any]) <= 11, "{weeks} weeks");
            assert!(shown(&[Room::Any, Room::Phone]) <= 12, "{weeks} weeks");
            assert!(
                shown(&[Room::Any, Room::Phone, Room::Wide]) <= 13,
                "{weeks} weeks"
            );
            assert!(
                all.iter().any(|w| w.now && w.room == Some(Room::Any)),
                "{weeks}, {day}"
            );
        }
    }
}

#[test]
fn smaller_pages_show_some_of_the_labels_of_larger_ones() {
    let strides = |weeks| Strides::of(weeks, [0.07, 0.08, 0.12]);
    assert_eq!(strides(12), Strides::of(12, [0.0, 0.0, 0.1]));
    assert_eq!(strides(52).wide(), 4);
    for weeks in 1..=160 {
        let text = format!("{:?}", strides(weeks));
        let numbers: Vec<u32> = text
            .split(|c: char| !c.is_ascii_digit())
            .filter_map(|n| n.parse().ok())
            .collect();
        assert!(numbers[1].is_multiple_of(numbers[0]) && numbers[2].is_multiple_of(numbers[1]));
    }
}

#[test]
fn names_cannot_break_out_of_the_table() {
    let mut people = startklar::People::default();
    people.put(startklar::model::Person {
        id: testing::ME,
        key: "me".into(),
        name: "<script>alert(1)</script> X".parse().unwrap(),
    });
    let mut launch = running();
    run(
        &mut launch,
        2,
        json!({"name_lead": {"discipline": "sales", "lead": testing::ME}}),
    );
    let (launch, assessment) = seen(&launch, 45);
    let strip = Strip::of(&launch, &assessment).unwrap();
    let html = html(
        &strip,
        &launch,
        &Words::of(Locale::En, &assessment, &people),
    );
    assert!(
        !html.contains("<script") && html.contains("&lt;script"),
        "{html}"
    );
}
