//! What counts as work that is left.

use serde_json::{Value, json};

use super::*;
use crate::{Actor, Command, Launch, PersonId, assess, decide, time, tree};

/// A launch on 12 May with one sales item of 30 days, waived by two until a day, as it stands on
/// 20 April.
fn waived(until: &str) -> Outlook {
    let mut launch = Launch::default();
    let now = time::parse_instant("2026-04-20T12:00:00Z").unwrap();
    let (lena, daniel) = (PersonId::from_number(1), PersonId::from_number(2));
    let mut run = |by: PersonId, command: Value| {
        let command: Command = tree::read(command).unwrap();
        for event in decide(&launch, &command, &Actor::person(by), now).unwrap() {
            launch.apply_at(&event, now, by);
        }
    };
    run(
        lena,
        json!({"plan_launch": {"id": "m", "title": "M", "start": "2026-03-02", "weeks": 10,
            "moment": "2026-05-12T08:00:00Z"}}),
    );
    run(
        lena,
        json!({"set_member": {"person": daniel, "approves": true}}),
    );
    run(
        lena,
        json!({"add_item": {"id": "prices", "title": "Prices", "discipline": "sales",
            "lead_days": 30, "blocking": true}}),
    );
    run(
        lena,
        json!({"ask_waiver": {"item": "prices", "until": until, "reason": "later"}}),
    );
    run(daniel, json!({"grant_exemption": {"item": "prices"}}));
    assess(&launch, &Policy::default(), now).outlook
}

#[test]
fn a_waiver_that_ends_before_the_launch_is_work_that_is_left() {
    let outlook = waived("2026-05-11");
    assert_eq!(outlook.honest, NaiveDate::from_ymd_opt(2026, 5, 20));
    assert_eq!(outlook.course, Course::OffCourse);
}

#[test]
fn a_waiver_that_lasts_beyond_the_launch_is_not() {
    assert_eq!(waived("2026-05-12").honest, None);
}

#[test]
fn an_epic_without_stories_in_scope_makes_the_course_unknown_however_fast_the_rest_is() {
    let built = crate::engine::testing::launch()
        .epic("one")
        .story("a", "one")
        .does(json!({"finish_story": {"story": "a"}}))
        .on("04-01");
    assert_eq!(built.assess().outlook.course, Course::OnCourse);
    let empty = built.epic("two");
    assert_eq!(empty.assess().outlook.course, Course::NotEnoughKnown);
    let open = empty.story("b", "one").assess().outlook;
    assert_eq!(open.course, Course::NotEnoughKnown);
    assert!(open.built.is_some(), "what is written has its pace");
}

/// The outlook on 20 April of what takes ten days, with these windows and freezes.
fn within(windows: &Value) -> crate::engine::testing::Told {
    crate::engine::testing::launch()
        .item("prices", "sales", &json!({"lead_days": 10}))
        .on("04-20")
        .does(json!({ "set_windows": windows }))
}

#[test]
fn the_honest_date_is_a_day_on_which_it_may_be_launched() {
    let frozen = |last: &str| json!([{"title": "Fair", "first": "2026-04-28", "last": format!("2026-05-{last}")}]);
    let tuesdays = json!([{"days": ["tue"], "from": "09:00", "to": "16:00"}]);
    for (windows, day) in [
        (json!({}), "2026-04-30"),
        (json!({"freezes": frozen("03")}), "2026-05-04"),
        (json!({"windows": tuesdays}), "2026-05-05"),
        (
            json!({"windows": tuesdays, "freezes": frozen("05")}),
            "2026-05-12",
        ),
        (json!({"freezes": frozen("20")}), "2026-05-21"),
    ] {
        let outlook = within(&windows).assess().outlook;
        assert_eq!(outlook.honest, day.parse().ok(), "{windows}");
        let expected = if day > "2026-05-12" {
            Course::OffCourse
        } else {
            Course::NotEnoughKnown
        };
        assert_eq!(outlook.course, expected, "{windows}");
    }
    let told = within(&json!({"freezes": frozen("20")}));
    let told = told.does(json!({"except_moment": {"reason": "The customer waits."}}));
    let outlook = told.assess().outlook;
    assert_eq!(outlook.honest, "2026-05-12".parse().ok());
}
