//! The launch at the end of each of its weeks.

use chrono::TimeDelta;
use startklar::{Launch, weeks::Chances};

use super::*;

/// Each week of the launch: its number, the launch's number and title then, and what was to be expected.
async fn told(desk: &Desk, at: Instant) -> Vec<(u16, u64, String, Option<Chances>)> {
    let tell = |week: startklar::weeks::Week, launch: &Launch, _: &_, chances| {
        let title = launch.title().to_owned();
        (week.number, launch.revision, title, chances)
    };
    desk.launches.weeks(&desk.live, at, tell).await.unwrap()
}

#[tokio::test]
async fn each_week_is_the_launch_as_it_stood_at_its_end() {
    let desk = Desk::new().await;
    let begun = desk.live.launch().revision;
    for week in 0..3 {
        let at = now() + TimeDelta::days(7 * week + 3);
        let title = rename(&format!("Week {}", week + 1));
        desk.send_as(desk.me, new_id(), title, None, at)
            .await
            .unwrap();
    }
    let wednesday = now() + TimeDelta::days(23);
    let weeks = told(&desk, wednesday).await;
    let seen: Vec<_> = weeks
        .iter()
        .map(|(n, seq, title, _)| (*n, *seq, &**title))
        .collect();
    assert_eq!(
        seen,
        [
            (1, begun + 1, "Week 1"),
            (2, begun + 2, "Week 2"),
            (3, begun + 3, "Week 3"),
            (4, begun + 3, "Week 3"),
        ]
    );

    // What comes later changes nothing of what was.
    let later = wednesday + TimeDelta::hours(1);
    desk.send_as(desk.me, new_id(), rename("Later"), None, later)
        .await
        .unwrap();
    let again = told(&desk, later).await;
    assert_eq!(again[..3], weeks[..3]);
    assert_eq!(again[3].2, "Later");
}

#[tokio::test]
async fn what_was_to_be_expected_is_drawn_once() {
    let desk = Desk::new().await;
    for command in [
        serde_json::json!({"add_epic": {"id": "login", "title": "Login"}}),
        serde_json::json!({"scope_epic": {"epic": "login"}}),
        serde_json::json!({"add_story": {"id": "form", "epic": "login", "title": "Form"}}),
    ] {
        desk.send(serde_json::from_value(command).unwrap())
            .await
            .unwrap();
    }
    let at = now() + TimeDelta::days(23);
    let first = told(&desk, at).await;
    assert!(first.iter().all(|(_, _, _, chances)| chances.is_some()));
    assert_eq!(told(&desk, at).await, first);
    // Whoever asks again is told what was kept.
    let mut kept = desk.live.expected().to_vec();
    kept[1].2 = None;
    desk.live.keep_expected(kept);
    let again = told(&desk, at).await;
    assert_eq!((again[1].3, again[2].3), (None, first[2].3));
}

#[tokio::test]
async fn before_its_first_week_a_launch_has_nothing_to_tell() {
    let desk = Desk::new().await;
    let before = now() - TimeDelta::days(30);
    assert!(told(&desk, before).await.is_empty());
}
