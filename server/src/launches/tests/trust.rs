//! How good the forecasts of the finished launches were.

use std::fmt::Write as _;

use startklar::forecast::Measure;

use super::*;

/// A plan file of a launch that was built at a story a week and launched after so many weeks.
pub(crate) fn finished(id: &str, weeks: i64) -> String {
    let start = chrono::NaiveDate::from_ymd_opt(2025, 3, 3).unwrap();
    let day = |n: i64| start + chrono::TimeDelta::days(n);
    let launch = day(7 * weeks - 1);
    let mut text = format!(
        "format = 1\n[launch]\nid = \"{id}\"\ntitle = \"Launch {id}\"\nstart = {start}\n\
         weeks = {weeks}\nmoment = {launch}T10:00:00Z\n[people.lena]\nname = \"Lena Novak\"\n\
         [[epics]]\nid = \"base\"\ntitle = \"Base\"\nin_scope = true\n"
    );
    for n in 0..weeks - 1 {
        let done = day(7 * n + 3);
        let story = format!("title = \"Story {n}\"\ndone = {done}T09:00:00Z\n");
        writeln!(text, "[[epics.stories]]\nid = \"s{n}\"\n{story}").unwrap();
    }
    let launched = "[launched]\nby = \"lena\"\nclaimed = true";
    writeln!(text, "{launched}\nat = {launch}T10:00:00Z").unwrap();
    text
}

#[tokio::test]
async fn only_finished_launches_are_judged_and_short_ones_do_not_count() {
    let desk = Desk::new().await;
    assert!(
        desk.launches.tried().await.unwrap().is_empty(),
        "one is under way"
    );
    for (id, weeks) in [("long", 10), ("short", 4)] {
        let plan = finished(id, weeks);
        desk.launches.import(plan, new_id(), now()).await.unwrap();
    }
    let tried = desk.launches.tried().await.unwrap();
    let judged: Vec<_> = tried
        .iter()
        .map(|t| (t.id.as_str(), t.weeks, t.counts))
        .collect();
    assert_eq!(judged, [("long", 10, true), ("short", 4, false)]);
    assert!(tried[1].cases.is_empty());
    // A story a week is what went on: each cut has three forecasts, and the finish lay ahead.
    let of = |measure| tried[0].cases.iter().filter(move |c| c.measure == measure);
    for measure in [Measure::Next4, Measure::Rest, Measure::Finish] {
        assert_eq!(of(measure).count(), 3, "{measure:?}");
    }
    assert!(of(Measure::Next4).all(|case| case.forecast.held[2] > 0.5));
}

#[tokio::test]
async fn what_is_known_of_a_launch_is_kept_until_it_changes() {
    let desk = Desk::new().await;
    let plan = finished("long", 10);
    let live = desk.launches.import(plan, new_id(), now()).await.unwrap();
    let first = desk.launches.tried().await.unwrap();
    let again = desk.launches.tried().await.unwrap();
    assert!(Arc::ptr_eq(&first[0], &again[0]));
    let submission = Submission {
        id: new_id(),
        command: rename("Another name"),
        seen: None,
        only_at: None,
    };
    let renamed = desk
        .launches
        .submit(live.id(), submission, Actor::person(desk.me), now());
    renamed.await.unwrap();
    let changed = desk.launches.tried().await.unwrap();
    assert_eq!(changed[0].title, "Another name");
}
