//! The launch as it stood at an earlier moment.

use chrono::TimeDelta;
use startklar::Launch;

use super::*;

#[tokio::test]
async fn every_moment_is_the_fold_up_to_it() {
    let desk = Desk::new().await;
    // Enough for a snapshot, and for lines that are no longer in memory.
    for n in 0..700 {
        let at = now() + TimeDelta::minutes(n);
        desk.send_as(desk.me, new_id(), rename(&format!("Shop {n}")), None, at)
            .await
            .unwrap();
    }
    let journal = desk
        .launches
        .lines(&desk.live, 0, usize::MAX)
        .await
        .unwrap();
    for minutes in [0, 1, 30, 211, 400, 613, 699] {
        let at = now() + TimeDelta::minutes(minutes) + TimeDelta::seconds(30);
        let expected = journal
            .iter()
            .map(|line| &line.record)
            .filter(|record| record.at <= at);
        let expected = Launch::fold(expected);
        assert!(
            *desk.launches.at(&desk.live, at).await.unwrap() == expected,
            "{minutes}"
        );
        // From memory the second time.
        assert!(*desk.launches.at(&desk.live, at).await.unwrap() == expected);
    }
}

#[tokio::test]
async fn before_the_beginning_is_the_beginning() {
    let desk = Desk::new().await;
    desk.send_as(
        desk.me,
        new_id(),
        rename("Later"),
        None,
        now() + TimeDelta::hours(1),
    )
    .await
    .unwrap();
    let launch = desk
        .launches
        .at(&desk.live, now() - TimeDelta::days(1))
        .await
        .unwrap();
    assert_eq!((launch.revision, launch.title()), (1, "Shop"));
}
