//! What the fleet must hold.

use chrono::NaiveDate;
use startklar::Locale;

use super::{calendar::*, line};
use crate::charts::testing;

fn date(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

#[test]
fn a_calendar_holds_its_launches_as_far_as_they_are_near() {
    let today = date("2026-04-16");
    let near = Calendar::of([(date("2026-03-02"), date("2026-05-12"))], today);
    assert!(near.holds(date("2026-03-02")) && near.holds(date("2026-05-12")));
    let far = Calendar::of([(date("2020-01-01"), date("2031-01-01"))], today);
    assert_eq!(far.days, BACK + AHEAD);
    let none = Calendar::of([], today);
    assert!(none.holds(today) && none.days >= LEAST);
}

#[test]
fn a_title_cannot_break_out_of_the_drawing() {
    let mut launch = testing::running();
    testing::run(
        &mut launch,
        5,
        serde_json::json!({"rename": {"title": "\"><script>alert(1)</script>"}}),
    );
    let (launch, assessment) = testing::seen(&launch, 45);
    let span = Calendar::span(&launch, &assessment);
    let calendar = Calendar::of(span, assessment.today);
    let svg = line(&launch, &assessment, &calendar, Locale::En);
    assert!(
        !svg.contains("<script") && svg.contains("&lt;script"),
        "{svg}"
    );
}

#[test]
fn a_launch_off_the_calendar_draws_no_line_on_it() {
    let (launch, assessment) = testing::seen(&testing::running(), 45);
    let calendar = Calendar::of([], date("2029-01-01"));
    let svg = line(&launch, &assessment, &calendar, Locale::De);
    assert!(
        !svg.contains("g-launch") && !svg.contains("g-done"),
        "{svg}"
    );
}
