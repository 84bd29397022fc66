//! Many at once: nothing is lost, nothing happens twice, everybody sees the same.

use std::collections::BTreeSet;

use startklar::Launch;
use tokio::task::JoinSet;

use super::*;

/// The launch as a fresh process would fold it.
async fn anew(desk: &Desk) -> Arc<Launch> {
    let other = open(&desk.store, Sharing::Alone).await;
    other.get(desk.id()).await.unwrap().launch()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_crowd_ticks_everything_once() {
    let desk = Arc::new(Desk::new().await);
    let before = desk.live.launch().revision;
    let items = desk.plain_items();
    let mut crowd = JoinSet::new();
    // Everybody wants every item; one of them gets it.
    for _ in 0..16 {
        for item in items.clone() {
            let desk = Arc::clone(&desk);
            crowd.spawn(async move { desk.send(tick(&item)).await.map(|done| done.revision) });
        }
    }
    let answers = crowd.join_all().await;
    let done: BTreeSet<u64> = answers
        .iter()
        .filter_map(|a| a.as_ref().ok().copied())
        .collect();
    let expected: BTreeSet<u64> = (before + 1..=before + items.len() as u64).collect();
    assert_eq!(done, expected);
    for refused in answers.iter().filter_map(|a| a.as_ref().err()) {
        assert!(
            matches!(refused, Failure::Refused(r) if r.code() == "already"),
            "{refused}"
        );
    }
    assert!(*anew(&desk).await == *desk.live.launch());
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn one_command_sent_by_a_crowd_happens_once() {
    let desk = Arc::new(Desk::new().await);
    let (id, item) = (new_id(), desk.plain_items().remove(0));
    let before = desk.live.launch().revision;
    let mut crowd = JoinSet::new();
    for _ in 0..32 {
        let (desk, item) = (Arc::clone(&desk), item.clone());
        crowd.spawn(async move { desk.send_as(desk.me, id, tick(&item), None, now()).await });
    }
    for answer in crowd.join_all().await {
        let done = answer.unwrap();
        assert_eq!((done.revision, done.lines.len()), (before + 1, 1));
    }
    assert_eq!(desk.live.launch().revision, before + 1);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_stream_that_begins_at_any_time_has_no_gap() {
    let desk = Arc::new(Desk::new().await);
    let mut crowd = JoinSet::new();
    for item in desk.plain_items() {
        let desk = Arc::clone(&desk);
        crowd.spawn(async move { desk.send(tick(&item)).await.unwrap().revision });
    }
    let mut followers = JoinSet::new();
    for _ in 0..8 {
        let (mut last, mut frames) = desk.live.listen();
        followers.spawn(async move {
            while let Ok(frame) = frames.recv().await {
                assert_eq!(frame.first, last + 1);
                last = frame.last;
                if frame.bytes.windows(7).any(|text| text == b"renamed") {
                    break;
                }
            }
            last
        });
        tokio::task::yield_now().await;
    }
    crowd.join_all().await;
    let end = desk.send(rename("The end")).await.unwrap().revision;
    assert_eq!(followers.join_all().await, vec![end; 8]);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn two_servers_on_one_store_agree() {
    let desk = Desk::on(
        store::open("sqlite::memory:").await.unwrap(),
        Sharing::Shared,
    )
    .await;
    let other = open(&desk.store, Sharing::Shared).await;
    let (one, two) = (Arc::clone(&desk.live), other.get(desk.id()).await.unwrap());
    let mut crowd = JoinSet::new();
    for (n, item) in desk.plain_items().into_iter().enumerate() {
        let launches = if n % 2 == 0 { &desk.launches } else { &other };
        let (launches, id, me) = (Arc::clone(launches), desk.id().clone(), desk.me);
        crowd.spawn(async move {
            let submission = Submission {
                id: new_id(),
                command: tick(&item),
                seen: None,
                only_at: None,
            };
            launches
                .submit(&id, submission, Actor::person(me), now())
                .await
                .unwrap();
        });
    }
    crowd.join_all().await;
    for _ in 0..200 {
        if one.launch() == two.launch() {
            break;
        }
        tokio::time::sleep(std::time::Duration::from_millis(10)).await;
    }
    assert!(one.launch() == two.launch());
    assert!(*anew(&desk).await == *one.launch());
}

#[tokio::test]
async fn there_is_one_of_each_launch_in_memory_however_many_there_are() {
    let desk = Desk::new().await;
    let mut all = vec![desk.id().clone()];
    for n in 0..60 {
        let mut start = start(&format!("Launch {n}"));
        start.size = None;
        let live = desk
            .launches
            .begin(start, new_id(), Actor::person(desk.me), now())
            .await;
        all.push(live.unwrap().id().clone());
    }
    // In use all the time, so it is still the same one.
    let again = desk.launches.get(desk.id()).await.unwrap();
    assert!(Arc::ptr_eq(&again, &desk.live));
    for id in &all {
        assert_eq!(desk.launches.get(id).await.unwrap().id(), id);
    }
    assert_eq!(
        desk.launches.list(Locale::En, now()).await.unwrap().len(),
        all.len()
    );
    assert!(desk.launches.cache.all().len() < all.len());
}
