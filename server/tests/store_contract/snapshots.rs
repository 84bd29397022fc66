//! Snapshots: found when wanted, gone at any time.

use startklar_server::store::{Snapshot, StoreError};

use crate::database::{Database, store_some};

pub(crate) async fn the_latest_snapshot_is_found(database: Database) {
    let store = database.open().await;
    store_some(&*store, "launch", 0, 9).await;
    let large: Vec<u8> = (0..=255).cycle().take(300_000).collect();
    store
        .put_snapshot("launch", 3, b"old".to_vec())
        .await
        .unwrap();
    store
        .put_snapshot("launch", 3, b"three".to_vec())
        .await
        .unwrap();
    store
        .put_snapshot("launch", 7, large.clone())
        .await
        .unwrap();
    let three = Some(Snapshot {
        seq: 3,
        payload: b"three".to_vec(),
    });
    let seven = Some(Snapshot {
        seq: 7,
        payload: large,
    });
    for (at_most, expected) in [
        (None, &seven),
        (Some(u64::MAX), &seven),
        (Some(7), &seven),
        (Some(6), &three),
        (Some(3), &three),
        (Some(2), &None),
    ] {
        assert_eq!(
            &store.latest_snapshot("launch", at_most).await.unwrap(),
            expected
        );
    }
    assert_eq!(store.latest_snapshot("other", None).await.unwrap(), None);
}

pub(crate) async fn snapshots_go_when_told_and_with_their_stream(database: Database) {
    let store = database.open().await;
    for stream in ["a", "b"] {
        store_some(&*store, stream, 0, 2).await;
        store
            .put_snapshot(stream, 2, b"folded".to_vec())
            .await
            .unwrap();
    }
    store.discard("a").await.unwrap();
    assert_eq!(store.latest_snapshot("a", None).await.unwrap(), None);
    assert!(store.latest_snapshot("b", None).await.unwrap().is_some());
    store.drop_snapshots().await.unwrap();
    assert_eq!(store.latest_snapshot("b", None).await.unwrap(), None);
    assert_eq!(store.read("b", 0, None).await.unwrap().len(), 2);
}

pub(crate) async fn a_snapshot_needs_its_record(database: Database) {
    let store = database.open().await;
    store_some(&*store, "launch", 0, 2).await;
    for (stream, seq) in [
        ("launch", 3),
        ("launch", 0),
        ("other", 1),
        ("launch", u64::MAX),
    ] {
        let refused = store.put_snapshot(stream, seq, vec![]).await;
        assert!(
            matches!(refused, Err(StoreError::NoSuchRecord { .. })),
            "{stream} {seq}"
        );
    }
}
