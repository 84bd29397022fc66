//! What subscribers hear.

use startklar_server::store::{News, Person, Record};
use tokio::sync::broadcast::error::RecvError;
use uuid::Uuid;

use crate::database::{Database, append, next, records_up_to, store_some};

pub(crate) async fn every_append_is_told_once_and_in_order(database: Database) {
    let store = database.open().await;
    store_some(&*store, "launch", 0, 1).await;
    let mut early = store.subscribe();
    for after in 1..6 {
        store_some(&*store, "launch", after, 1).await;
    }
    let mut late = store.subscribe();
    store_some(&*store, "launch", 6, 3).await;
    let journal = store.read("launch", 0, None).await.unwrap();
    // A subscriber may still hear what was stored a moment before, but nothing twice.
    let after = |heard: &[Record]| usize::try_from(heard[0].seq).unwrap() - 1;
    let heard = records_up_to(&mut early, 9).await;
    assert_eq!(heard, journal[after(&heard)..]);
    let heard = records_up_to(&mut late, 9).await;
    assert_eq!(heard, journal[after(&heard)..]);
    assert!(early.try_recv().is_err());
}

pub(crate) async fn refused_and_repeated_appends_are_not_told(database: Database) {
    let store = database.open().await;
    let mut news = store.subscribe();
    let command = store_some(&*store, "launch", 0, 1).await;
    assert!(
        store
            .append(append("launch", 0, Uuid::new_v4(), 1))
            .await
            .is_err()
    );
    store.append(append("launch", 1, command, 1)).await.unwrap();
    store_some(&*store, "launch", 1, 1).await;
    let seqs: Vec<u64> = records_up_to(&mut news, 2)
        .await
        .iter()
        .map(|record| record.seq)
        .collect();
    assert_eq!(seqs, [1, 2]);
}

pub(crate) async fn discards_and_people_are_told(database: Database) {
    let store = database.open().await;
    let mut news = store.subscribe();
    store_some(&*store, "sample", 0, 1).await;
    assert!(matches!(next(&mut news).await, News::Appended(_)));
    store.discard("sample").await.unwrap();
    assert_eq!(next(&mut news).await, News::Discarded("sample".into()));
    assert!(!store.discard("sample").await.unwrap());
    let person = Person {
        id: Uuid::new_v4(),
        key: "ada".to_owned(),
        name: "Ada".to_owned(),
    };
    let id = person.id;
    store.upsert_people(vec![person]).await.unwrap();
    assert_eq!(next(&mut news).await, News::People);
    store.erase_person(id).await.unwrap();
    assert_eq!(next(&mut news).await, News::People);
    assert!(!store.erase_person(id).await.unwrap());
    store_some(&*store, "launch", 0, 1).await;
    assert!(matches!(next(&mut news).await, News::Appended(_)));
}

pub(crate) async fn a_subscriber_that_lags_reads_on_from_the_journal(database: Database) {
    let store = database.open().await;
    let mut news = store.subscribe();
    let mut after = 0;
    // More news than waits for a subscriber, many in each commit.
    for _ in 0..50 {
        let appends = (0..100).map(|step| append("launch", after + step, Uuid::new_v4(), 1));
        assert!(
            store
                .append_all(appends.collect())
                .await
                .iter()
                .all(Result::is_ok)
        );
        after += 100;
    }
    assert!(matches!(news.recv().await, Err(RecvError::Lagged(_))));
    let mut seen = store.read("launch", 0, None).await.unwrap();
    assert_eq!(seen.len(), 5000);
    store_some(&*store, "launch", after, 1).await;
    while seen.len() < 5001 {
        match news.recv().await {
            Ok(News::Appended(records)) => {
                seen.extend(records.iter().filter(|record| record.seq > 5000).cloned());
            }
            Err(RecvError::Lagged(_)) => {}
            other => panic!("{other:?}"),
        }
    }
    assert_eq!(seen, store.read("launch", 0, None).await.unwrap());
}
