//! Many at once: nothing is lost, nothing happens twice, numbers are dense.

use std::{collections::HashMap, sync::Arc};

use startklar_server::store::{Appended, Store, StoreError};
use tokio::task::JoinSet;
use uuid::Uuid;

use crate::database::{Database, append, payload, records_up_to};

/// Appends like a use case does: on a conflict it looks again and decides anew.
async fn persist(store: &dyn Store, stream: &str, command: Uuid, count: u64) -> (u64, u64) {
    let mut after = 0;
    loop {
        match store.append(append(stream, after, command, count)).await {
            Ok(Appended::Stored { first, last } | Appended::Repeated { first, last }) => {
                return (first, last);
            }
            Err(StoreError::Conflict { last, .. }) => after = last,
            Err(error) => panic!("{error}"),
        }
    }
}

/// What was acknowledged to writers of a stream.
type Acknowledged = HashMap<Uuid, (u64, u64)>;

async fn check(store: &dyn Store, stream: &str, acknowledged: &Acknowledged) {
    let records = store.read(stream, 0, None).await.unwrap();
    let expected: u64 = acknowledged
        .values()
        .map(|(first, last)| last + 1 - first)
        .sum();
    assert_eq!(records.len() as u64, expected);
    for (seq, record) in (1..).zip(&records) {
        assert_eq!(record.seq, seq);
        let (first, last) = acknowledged[&record.command];
        assert!((first..=last).contains(&seq));
        assert_eq!(*record.payload, payload(stream, seq, record.command));
    }
}

pub(crate) async fn many_writers_of_one_stream_lose_nothing(database: Database) {
    let store = database.open().await;
    let mut news = store.subscribe();
    let mut writers = JoinSet::new();
    for writer in 0..24 {
        let store = Arc::clone(&store);
        writers.spawn(async move {
            let mut acknowledged = Acknowledged::new();
            for _ in 0..8 {
                let command = Uuid::new_v4();
                acknowledged.insert(
                    command,
                    persist(&*store, "launch", command, 1 + writer % 3).await,
                );
            }
            acknowledged
        });
    }
    let acknowledged: Acknowledged = writers.join_all().await.into_iter().flatten().collect();
    assert_eq!(acknowledged.len(), 24 * 8);
    check(&*store, "launch", &acknowledged).await;
    let journal = store.read("launch", 0, None).await.unwrap();
    assert_eq!(
        records_up_to(&mut news, journal.len() as u64).await,
        journal
    );
}

pub(crate) async fn many_writers_of_many_streams_lose_nothing(database: Database) {
    let store = database.open().await;
    let mut writers = JoinSet::new();
    for writer in 0..32 {
        let store = Arc::clone(&store);
        writers.spawn(async move {
            let mut acknowledged: HashMap<String, Acknowledged> = HashMap::new();
            for step in 0..20 {
                let stream = format!("launch {}", (writer + step) % 5);
                let command = Uuid::new_v4();
                let range = persist(&*store, &stream, command, 1 + step % 3).await;
                acknowledged
                    .entry(stream)
                    .or_default()
                    .insert(command, range);
            }
            acknowledged
        });
    }
    let mut all: HashMap<String, Acknowledged> = HashMap::new();
    for (stream, acknowledged) in writers.join_all().await.into_iter().flatten() {
        all.entry(stream).or_default().extend(acknowledged);
    }
    for (stream, acknowledged) in &all {
        check(&*store, stream, acknowledged).await;
    }
    assert_eq!(store.heads().await.unwrap().len(), 5);
}

pub(crate) async fn many_senders_of_one_command_store_it_once(database: Database) {
    let store = database.open().await;
    let command = Uuid::new_v4();
    let mut senders = JoinSet::new();
    for _ in 0..32 {
        let store = Arc::clone(&store);
        senders.spawn(async move { store.append(append("launch", 0, command, 2)).await.unwrap() });
    }
    let answers = senders.join_all().await;
    let stored = answers
        .iter()
        .filter(|answer| matches!(answer, Appended::Stored { .. }));
    assert_eq!(stored.count(), 1);
    assert_eq!(store.read("launch", 0, None).await.unwrap().len(), 2);
}
