//! One command after the other: repetition, conflict, time.

use chrono::TimeDelta;
use startklar::PersonId;

use super::*;

#[tokio::test]
async fn a_command_sent_again_is_answered_the_same() {
    let desk = Desk::new().await;
    let (id, item) = (new_id(), desk.plain_items().remove(0));
    let send = || desk.send_as(desk.me, id, tick(&item), None, now());
    let first = send().await.unwrap();
    desk.send(rename("Shop 2")).await.unwrap();
    let again = send().await.unwrap();
    assert_eq!(
        (again.revision, &again.lines[0].json),
        (first.revision, &first.lines[0].json)
    );
    // And by a server that was not there the first time.
    let other = open(&desk.store, Sharing::Alone).await;
    let submission = Submission {
        id,
        command: tick(&item),
        seen: None,
        only_at: None,
    };
    let later = other
        .submit(desk.id(), submission, Actor::person(desk.me), now())
        .await
        .unwrap();
    assert_eq!(
        (later.revision, &later.lines[0].json),
        (first.revision, &first.lines[0].json)
    );
}

#[tokio::test]
async fn a_command_from_before_the_snapshot_is_still_known() {
    let desk = Desk::new().await;
    let (id, item) = (new_id(), desk.plain_items().remove(0));
    let first = desk
        .send_as(desk.me, id, tick(&item), None, now())
        .await
        .unwrap();
    for n in 0..600 {
        desk.send(rename(&format!("Shop {n}"))).await.unwrap();
    }
    for _ in 0..100 {
        if desk
            .store
            .latest_snapshot(desk.id().as_str(), None)
            .await
            .unwrap()
            .is_some()
        {
            break;
        }
        tokio::time::sleep(std::time::Duration::from_millis(10)).await;
    }
    assert!(
        desk.store
            .latest_snapshot(desk.id().as_str(), None)
            .await
            .unwrap()
            .is_some()
    );
    for sharing in [Sharing::Alone, Sharing::Shared] {
        let other = open(&desk.store, sharing).await;
        assert!(*other.get(desk.id()).await.unwrap().launch() == *desk.live.launch());
        let submission = Submission {
            id,
            command: tick(&item),
            seen: None,
            only_at: None,
        };
        let again = other
            .submit(desk.id(), submission, Actor::person(desk.me), now())
            .await;
        assert_eq!(again.unwrap().revision, first.revision);
    }
}

#[tokio::test]
async fn an_edit_of_words_that_somebody_else_changed_shows_both() {
    let desk = Desk::new().await;
    let other = PersonId::from_number(7);
    let seen = Some(desk.live.launch().revision);
    desk.send_as(other, new_id(), rename("Theirs"), seen, now())
        .await
        .unwrap();
    let refused = desk
        .send_as(desk.me, new_id(), rename("Mine"), seen, now())
        .await;
    let Err(Failure::Changed(change)) = refused else {
        panic!("{refused:?}")
    };
    assert_eq!(
        (change.by, change.theirs["title"].as_str()),
        (other, Some("Theirs"))
    );
    assert_eq!(change.yours["title"].as_str(), Some("Mine"));
    // Having seen theirs, one may; and what was edited is not in the way of a tick.
    let seen = Some(desk.live.launch().revision);
    desk.send_as(desk.me, new_id(), rename("Mine"), seen, now())
        .await
        .unwrap();
    let item = desk.plain_items().remove(0);
    desk.send_as(other, new_id(), tick(&item), Some(1), now())
        .await
        .unwrap();
}

#[tokio::test]
async fn a_command_for_another_revision_is_stale() {
    let desk = Desk::new().await;
    let revision = desk.live.launch().revision;
    let at = |only_at| {
        let command = rename("Shop 2");
        let submission = Submission {
            id: new_id(),
            command,
            seen: None,
            only_at,
        };
        desk.launches
            .submit(desk.id(), submission, Actor::person(desk.me), now())
    };
    let stale = at(Some(revision - 1)).await;
    assert!(
        matches!(stale, Err(Failure::Stale { revision: r }) if r == revision),
        "{stale:?}"
    );
    assert!(at(Some(revision)).await.is_ok());
}

#[tokio::test]
async fn time_never_goes_backwards() {
    let desk = Desk::new().await;
    let later = now() + TimeDelta::hours(1);
    desk.send_as(desk.me, new_id(), rename("Later"), None, later)
        .await
        .unwrap();
    let done = desk
        .send_as(desk.me, new_id(), rename("Earlier"), None, now())
        .await
        .unwrap();
    assert_eq!(done.lines[0].record.at, later);
}

#[tokio::test]
async fn nobody_may_do_nothing() {
    let desk = Desk::new().await;
    let submission = Submission {
        id: new_id(),
        command: rename("X"),
        seen: None,
        only_at: None,
    };
    let refused = desk
        .launches
        .submit(desk.id(), submission, Actor::nobody(), now())
        .await;
    assert!(matches!(refused, Err(Failure::Refused(r)) if r.code() == "nobody_acts"));
    let unknown = desk.launches.get(&"nothing".parse().unwrap()).await;
    assert!(matches!(unknown.map(|_| ()), Err(Failure::NoLaunch)));
}
