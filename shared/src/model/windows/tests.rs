//! Windows by the clock of a zone, freezes by its days, and what is none of either.

use super::*;
use crate::time::parse_instant;

fn window(days: &[&str], from: &str, to: &str) -> Window {
    Window {
        days: Weekdays::of(days.iter().copied()).unwrap(),
        from: from.parse().unwrap(),
        to: to.parse().unwrap(),
    }
}

fn berlin() -> Zone {
    crate::zones::life("Europe/Berlin", "2026-03-02".parse().unwrap()).unwrap()
}

fn at(text: &str) -> Instant {
    parse_instant(text).unwrap()
}

fn freeze(first: &str, last: &str) -> Freeze {
    Freeze::new(
        "Fair".parse().unwrap(),
        first.parse().unwrap(),
        last.parse().unwrap(),
    )
    .unwrap()
}

#[test]
fn a_window_holds_from_its_opening_until_just_before_it_is_closed() {
    let window = window(&["tue", "thu"], "09:00", "16:00");
    let holds = |text: &str| window.holds(text.parse().unwrap());
    // 12 May 2026 is a Tuesday.
    assert!(holds("2026-05-12T09:00:00") && holds("2026-05-12T15:59:59"));
    for outside in [
        "2026-05-12T08:59:59",
        "2026-05-12T16:00:00",
        "2026-05-13T12:00:00",
    ] {
        assert!(!holds(outside), "{outside}");
    }
}

#[test]
fn a_window_over_midnight_belongs_to_the_day_on_which_it_opened() {
    let night = window(&["tue"], "22:00", "02:00");
    let holds = |text: &str| night.holds(text.parse().unwrap());
    assert!(holds("2026-05-12T22:00:00") && holds("2026-05-13T01:59:00"));
    assert!(!holds("2026-05-12T01:00:00") && !holds("2026-05-13T22:00:00"));
    let whole = window(&["tue"], "00:00", "00:00");
    assert!(whole.holds("2026-05-12T23:59:59".parse().unwrap()));
    assert!(!whole.holds("2026-05-13T00:00:00".parse().unwrap()));
}

#[test]
fn days_move_within_the_week() {
    let days = |codes: &[&str]| Weekdays::of(codes.iter().copied()).unwrap();
    let tue = days(&["tue", "sun"]);
    assert_eq!(tue.later(1), days(&["wed", "mon"]));
    assert_eq!(tue.later(-8), days(&["mon", "sat"]));
    assert_eq!(tue.later(7), tue);
    assert_eq!(tue.codes().collect::<Vec<_>>(), ["tue", "sun"]);
}

#[test]
fn an_hour_that_comes_twice_is_open_twice() {
    let windows = Windows::new(vec![window(&["sun"], "02:00", "02:45")], Vec::new()).unwrap();
    // 25 October 2026: three o'clock is followed by two o'clock.
    for open in ["2026-10-25T00:30:00Z", "2026-10-25T01:30:00Z"] {
        assert!(windows.are_open(&berlin(), at(open)), "{open}");
    }
    for closed in ["2026-10-25T00:50:00Z", "2026-10-25T01:50:00Z"] {
        assert!(!windows.are_open(&berlin(), at(closed)), "{closed}");
    }
}

#[test]
fn what_the_clock_skips_is_no_part_of_a_window() {
    // 29 March 2026: two o'clock is three o'clock.
    let day = "2026-03-29".parse().unwrap();
    let gone = window(&["sun"], "02:00", "03:00");
    assert_eq!(gone.opens(&berlin(), day), None);
    let rest = window(&["sun"], "02:30", "03:30");
    let opens = rest.opens(&berlin(), day).unwrap();
    assert_eq!(opens, at("2026-03-29T01:00:00Z"));
    let whole = window(&["sun"], "04:00", "05:00");
    assert_eq!(
        whole.opens(&berlin(), day),
        Some(at("2026-03-29T02:00:00Z"))
    );
    assert_eq!(whole.opens(&berlin(), plus(day, 1)), None);
}

#[test]
fn the_next_opening_lies_in_no_freeze() {
    let weekdays = window(&["tue", "thu"], "09:00", "16:00");
    let windows = |freezes| Windows::new(vec![weekdays], freezes).unwrap();
    let next = |windows: &Windows| windows.next(&berlin(), at("2026-05-12T08:00:00Z"));
    assert_eq!(next(&windows(Vec::new())), Some(at("2026-05-14T07:00:00Z")));
    let fair = windows(vec![freeze("2026-05-13", "2026-05-19")]);
    assert_eq!(next(&fair), Some(at("2026-05-21T07:00:00Z")));
    let long: Vec<_> = [("2026-05-13", "2027-05-13"), ("2027-05-01", "2028-04-01")]
        .map(|(first, last)| freeze(first, last))
        .into();
    assert_eq!(next(&windows(long)), None);
    let no_window = Windows::new(Vec::new(), vec![freeze("2026-05-12", "2026-05-19")]);
    assert_eq!(next(&no_window.unwrap()), Some(at("2026-05-19T22:00:00Z")));
}

#[test]
fn a_freeze_holds_whole_days_of_the_zone() {
    let windows = Windows::new(Vec::new(), vec![freeze("2026-05-12", "2026-05-13")]).unwrap();
    assert!(windows.allow(&berlin(), at("2026-05-11T21:59:00Z")));
    assert!(!windows.allow(&berlin(), at("2026-05-11T22:00:00Z")));
    assert!(!windows.allow(&berlin(), at("2026-05-13T21:59:00Z")));
    assert!(windows.allow(&berlin(), at("2026-05-13T22:00:00Z")));
}

#[test]
fn each_is_there_once_in_its_order_and_not_too_many_are() {
    let (a, b) = (
        window(&["fri"], "09:00", "10:00"),
        window(&["mon"], "09:00", "10:00"),
    );
    let freezes = vec![
        freeze("2026-06-01", "2026-06-02"),
        freeze("2026-05-01", "2026-05-02"),
    ];
    let one = Windows::new(vec![a, b, a], freezes.clone()).unwrap();
    assert_eq!(one.windows(), [b, a]);
    assert_eq!(one.freezes(), [freezes[1].clone(), freezes[0].clone()]);
    let days = |n: u64| freeze("2026-01-01", "2026-01-01").first + chrono::Days::new(n);
    let many = (0..101).map(|n| Freeze::new("F".parse().unwrap(), days(n), days(n)).unwrap());
    let many: Vec<_> = many.collect();
    assert_eq!(
        Windows::new(Vec::new(), many.clone()),
        Err(BadWindows::Freezes)
    );
    assert!(Windows::new(Vec::new(), many[..100].to_vec()).is_ok());
    let many = (10..31).map(|minute| window(&["mon"], "09:00", &format!("12:{minute}")));
    assert_eq!(
        Windows::new(many.collect(), Vec::new()),
        Err(BadWindows::Windows)
    );
}

#[test]
fn windows_are_taken_over_and_freezes_come_together() {
    let (mon, fri) = (
        window(&["mon"], "09:00", "10:00"),
        window(&["fri"], "09:00", "10:00"),
    );
    let [fair, year_end] = [("2026-05-10", "2026-05-14"), ("2026-12-20", "2027-01-06")]
        .map(|(first, last)| freeze(first, last));
    let own = Windows::new(vec![mon], vec![fair.clone()]).unwrap();
    let policy = Windows::new(vec![fri], vec![year_end.clone()]).unwrap();
    let both = Windows::new(vec![fri], vec![fair, year_end]).unwrap();
    assert_eq!(own.adopting(&policy), both);
    assert_eq!(both.adopting(&policy), both);
    assert_eq!(both.adopting(&Windows::default()), both);
}

#[test]
fn what_is_none_is_not_read() {
    for wrong in [
        r#"{"windows": [{"days": [], "from": "09:00", "to": "10:00"}]}"#,
        r#"{"windows": [{"days": ["day"], "from": "09:00", "to": "10:00"}]}"#,
        r#"{"windows": [{"days": ["mon"], "from": "9:00", "to": "10:00"}]}"#,
        r#"{"windows": [{"days": ["mon"], "from": "09:00", "to": "24:00"}]}"#,
        r#"{"freezes": [{"title": "F", "first": "2026-05-02", "last": "2026-05-01"}]}"#,
        r#"{"freezes": [{"title": "F", "first": "2026-05-02", "last": "2027-05-03"}]}"#,
        r#"{"freezes": [{"title": "F", "first": "2199-12-31", "last": "2200-01-01"}]}"#,
        r#"{"freezes": [{"title": " ", "first": "2026-05-02", "last": "2026-05-03"}]}"#,
    ] {
        assert!(serde_json::from_str::<Windows>(wrong).is_err(), "{wrong}");
    }
    let right = r#"{"windows":[{"days":["mon","fri"],"from":"09:00","to":"10:30"}],"freezes":[{"title":"F","first":"2026-05-02","last":"2027-05-02"}]}"#;
    let read: Windows = serde_json::from_str(right).unwrap();
    assert_eq!(serde_json::to_string(&read).unwrap(), right);
    assert_eq!(serde_json::to_string(&Windows::default()).unwrap(), "{}");
}
