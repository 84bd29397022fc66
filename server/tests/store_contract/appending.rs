//! Appending, reading, heads, discarding.

use startklar_server::store::{Appended, Head, StoreError};
use uuid::Uuid;

use crate::database::{Database, append, moment, payload, store_some};

pub(crate) async fn a_new_store_is_empty(database: Database) {
    let store = database.open().await;
    assert_eq!(store.heads().await.unwrap(), []);
    assert_eq!(store.read("launch", 0, None).await.unwrap(), []);
    assert_eq!(store.people().await.unwrap(), []);
    assert_eq!(store.latest_snapshot("launch", None).await.unwrap(), None);
    assert!(!store.discard("launch").await.unwrap());
    store.ping().await.unwrap();
}

pub(crate) async fn what_is_appended_is_read_byte_for_byte(database: Database) {
    let store = database.open().await;
    let stream = "launch/Ä 'quoted' \"name\"; drop table journal --";
    let command = store_some(&*store, stream, 0, 3).await;
    let records = store.read(stream, 0, None).await.unwrap();
    assert_eq!(records.len(), 3);
    for (seq, record) in (1..).zip(records) {
        assert_eq!((record.stream.as_str(), record.seq), (stream, seq));
        assert_eq!((record.command, record.at), (command, moment(0)));
        assert_eq!(*record.payload, payload(stream, seq, command));
    }
}

pub(crate) async fn reading_starts_after_a_number_and_stops_at_a_limit(database: Database) {
    let store = database.open().await;
    // More than a statement holds, and more than a page.
    store_some(&*store, "long", 0, 1200).await;
    store_some(&*store, "longer", 0, 2).await;
    for (after, limit, expected) in [
        (0, None, 1..1201),
        (0, Some(1), 1..2),
        (700, Some(300), 701..1001),
        (1199, Some(300), 1200..1201),
        (1200, None, 1..1),
        (u64::MAX, None, 1..1),
        (5, Some(0), 1..1),
    ] {
        let records = store.read("long", after, limit).await.unwrap();
        let seqs: Vec<u64> = records.iter().map(|record| record.seq).collect();
        assert_eq!(
            seqs,
            expected.collect::<Vec<_>>(),
            "after {after}, limit {limit:?}"
        );
    }
}

pub(crate) async fn an_append_at_the_wrong_end_is_refused(database: Database) {
    let store = database.open().await;
    store_some(&*store, "launch", 0, 2).await;
    for (stream, after, end) in [
        ("launch", 0, 2),
        ("launch", 1, 2),
        ("launch", 3, 2),
        ("new", 1, 0),
        ("new", 9, 0),
    ] {
        let refused = store
            .append(append(stream, after, Uuid::new_v4(), 1))
            .await
            .unwrap_err();
        let StoreError::Conflict {
            stream: named,
            last,
        } = &refused
        else {
            panic!("{refused}")
        };
        assert_eq!((named.as_str(), *last), (stream, end));
    }
    assert_eq!(store.heads().await.unwrap().len(), 1);
    store_some(&*store, "launch", 2, 1).await;
}

pub(crate) async fn a_command_sent_twice_is_stored_once(database: Database) {
    let store = database.open().await;
    let command = store_some(&*store, "launch", 0, 2).await;
    store_some(&*store, "launch", 2, 1).await;
    // As it was first, decided again from where the stream ends now, and with other contents.
    for again in [
        append("launch", 0, command, 2),
        append("launch", 3, command, 2),
        append("launch", 1, command, 5),
    ] {
        let answer = store.append(again).await.unwrap();
        assert_eq!(answer, Appended::Repeated { first: 1, last: 2 });
    }
    // Another stream knows nothing of it.
    let elsewhere = store.append(append("other", 0, command, 1)).await.unwrap();
    assert_eq!(elsewhere, Appended::Stored { first: 1, last: 1 });
    assert_eq!(store.read("launch", 0, None).await.unwrap().len(), 3);
}

pub(crate) async fn what_no_stream_can_hold_is_refused(database: Database) {
    let store = database.open().await;
    let mut empty = append("launch", 0, Uuid::new_v4(), 1);
    empty.payloads.clear();
    let mut no_json = append("launch", 0, Uuid::new_v4(), 1);
    no_json.payloads = vec!["{".to_owned()];
    let mut two_lines = append("launch", 0, Uuid::new_v4(), 1);
    two_lines.payloads = vec!["{\n}".to_owned()];
    let unnamed = append("", 0, Uuid::new_v4(), 1);
    for append in [empty, no_json, two_lines, unnamed] {
        let refused = store.append(append).await.unwrap_err();
        assert!(matches!(refused, StoreError::Invalid { .. }), "{refused}");
    }
    assert_eq!(store.heads().await.unwrap(), []);
}

pub(crate) async fn a_refused_append_does_not_hurt_its_neighbours(database: Database) {
    let store = database.open().await;
    let same = Uuid::new_v4();
    let mut invalid = append("launch", 2, Uuid::new_v4(), 1);
    invalid.payloads.clear();
    // Handed over together, they share a commit.
    let appends = vec![
        append("launch", 0, same, 2),
        append("launch", 0, Uuid::new_v4(), 1),
        invalid,
        append("launch", 0, same, 2),
        append("launch", 2, Uuid::new_v4(), 1),
        append("other", 0, same, 1),
    ];
    let answers = store.append_all(appends).await;
    let [first, late, invalid, twice, next, other] = &answers[..] else {
        panic!("{answers:?}")
    };
    assert!(matches!(first, Ok(Appended::Stored { first: 1, last: 2 })));
    assert!(matches!(late, Err(StoreError::Conflict { last: 2, .. })));
    assert!(matches!(invalid, Err(StoreError::Invalid { .. })));
    assert!(matches!(
        twice,
        Ok(Appended::Repeated { first: 1, last: 2 })
    ));
    assert!(matches!(next, Ok(Appended::Stored { first: 3, last: 3 })));
    assert!(matches!(other, Ok(Appended::Stored { first: 1, last: 1 })));
}

pub(crate) async fn heads_are_sorted_by_bytes(database: Database) {
    let store = database.open().await;
    let names = ["b", "a", "B", "a b", "ä", "a-b", "~"];
    for (count, name) in (1..).zip(names) {
        store_some(&*store, name, 0, 1).await;
        store_some(&*store, name, 1, count).await;
    }
    let mut expected: Vec<Head> = (1..)
        .zip(names)
        .map(|(count, name)| Head {
            stream: name.to_owned(),
            seq: 1 + count,
            at: moment(1),
        })
        .collect();
    expected.sort_by(|a, b| a.stream.cmp(&b.stream));
    assert_eq!(store.heads().await.unwrap(), expected);
}

pub(crate) async fn everything_survives_reopening(database: Database) {
    let store = database.open().await;
    let command = store_some(&*store, "launch", 0, 2).await;
    store
        .put_snapshot("launch", 1, b"folded".to_vec())
        .await
        .unwrap();
    let (records, heads) = (
        store.read("launch", 0, None).await.unwrap(),
        store.heads().await.unwrap(),
    );
    store.close().await;
    let store = database.open().await;
    assert_eq!(store.read("launch", 0, None).await.unwrap(), records);
    assert_eq!(store.heads().await.unwrap(), heads);
    assert_eq!(
        store
            .latest_snapshot("launch", None)
            .await
            .unwrap()
            .unwrap()
            .payload,
        b"folded"
    );
    let again = store.append(append("launch", 2, command, 2)).await.unwrap();
    assert_eq!(again, Appended::Repeated { first: 1, last: 2 });
    let refused = store.append(append("launch", 0, Uuid::new_v4(), 1)).await;
    assert!(matches!(refused, Err(StoreError::Conflict { last: 2, .. })));
    store_some(&*store, "launch", 2, 1).await;
}

pub(crate) async fn a_discarded_stream_is_gone(database: Database) {
    let store = database.open().await;
    let command = store_some(&*store, "sample", 0, 3).await;
    store_some(&*store, "sample 2", 0, 1).await;
    assert!(store.discard("sample").await.unwrap());
    assert!(!store.discard("sample").await.unwrap());
    assert_eq!(store.read("sample", 0, None).await.unwrap(), []);
    let heads = store.heads().await.unwrap();
    assert_eq!(
        heads
            .iter()
            .map(|head| head.stream.as_str())
            .collect::<Vec<_>>(),
        ["sample 2"]
    );
    // A stream of that name would begin anew, and knows none of its commands.
    let again = store.append(append("sample", 0, command, 1)).await.unwrap();
    assert_eq!(again, Appended::Stored { first: 1, last: 1 });
}

pub(crate) async fn a_closed_store_refuses(database: Database) {
    let store = database.open().await;
    store_some(&*store, "launch", 0, 1).await;
    store.close().await;
    store.close().await;
    let append = store.append(append("launch", 1, Uuid::new_v4(), 1)).await;
    assert!(matches!(append, Err(StoreError::Closed)), "{append:?}");
    assert!(matches!(
        store.read("launch", 0, None).await,
        Err(StoreError::Closed)
    ));
    assert!(matches!(store.heads().await, Err(StoreError::Closed)));
    assert!(matches!(
        store.discard("launch").await,
        Err(StoreError::Closed)
    ));
    assert!(matches!(
        store.upsert_people(vec![]).await,
        Err(StoreError::Closed)
    ));
    assert!(matches!(store.ping().await, Err(StoreError::Closed)));
}
