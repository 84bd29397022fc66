//! Who follows what.

use std::sync::Arc;

use startklar_server::store::{Follow, Person, Store, StoreError, export, restore};
use uuid::Uuid;

use crate::database::Database;

fn follow(person: u128, launch: &str, item: &str) -> Follow {
    Follow {
        person: Uuid::from_u128(person),
        launch: launch.to_owned(),
        item: item.to_owned(),
        since: 1_800_000_000,
    }
}

async fn with_people(database: &Database) -> Arc<dyn Store> {
    let store = database.open().await;
    let people = [(1, "ada"), (2, "bo")].map(|(number, key)| Person {
        id: Uuid::from_u128(number),
        key: key.to_owned(),
        name: key.to_owned(),
    });
    store.upsert_people(people.to_vec()).await.unwrap();
    store
}

async fn of(store: &dyn Store, person: u128) -> Vec<Follow> {
    let follows = store.follow_store().follows_of(Uuid::from_u128(person));
    follows.await.unwrap()
}

pub(crate) async fn an_item_is_followed_until_it_is_no_more(database: Database) {
    let store = with_people(&database).await;
    let follows = store.follow_store();
    for (person, launch, item) in [(1, "m", "b"), (1, "m", "a"), (1, "n", "a"), (2, "m", "a")] {
        follows
            .put_follow(follow(person, launch, item))
            .await
            .unwrap();
    }
    let again = Follow {
        since: 1_900_000_000,
        ..follow(1, "m", "a")
    };
    follows.put_follow(again).await.unwrap();
    let nobody = follows.put_follow(follow(9, "m", "a")).await;
    assert!(matches!(nobody, Err(StoreError::NoSuchPerson)));
    let all = [
        follow(1, "m", "a"),
        follow(1, "m", "b"),
        follow(1, "n", "a"),
    ];
    assert_eq!(of(&*store, 1).await, all, "since it began");
    let ada = Uuid::from_u128(1);
    follows.end_follow(ada, "m", "b").await.unwrap();
    follows.end_follow(ada, "m", "none").await.unwrap();
    store.close().await;
    let store = database.open().await;
    assert_eq!(
        of(&*store, 1).await,
        [follow(1, "m", "a"), follow(1, "n", "a")]
    );
    store.follow_store().end_follows("m").await.unwrap();
    assert_eq!(of(&*store, 1).await, [follow(1, "n", "a")]);
    assert!(of(&*store, 2).await.is_empty());
}

pub(crate) async fn whoever_is_erased_follows_nothing(database: Database) {
    let store = with_people(&database).await;
    for person in [1, 2] {
        let one = follow(person, "m", "a");
        store.follow_store().put_follow(one).await.unwrap();
    }
    store.erase_person(Uuid::from_u128(1)).await.unwrap();
    assert!(of(&*store, 1).await.is_empty());
    assert_eq!(of(&*store, 2).await.len(), 1);
}

/// What somebody wishes to know goes with no copy, as little as their address does.
pub(crate) async fn a_backup_holds_nothing_that_is_followed(database: Database) {
    let store = with_people(&database).await;
    let one = follow(1, "m", "the-one-that-is-followed");
    store.follow_store().put_follow(one).await.unwrap();
    let files = ["backup", "lines"].map(|name| database.directory.path().join(name));
    store.backup(&files[0], &|_| {}).await.unwrap();
    export(&*store, &files[1], &|_| {}).await.unwrap();
    for file in files {
        let bytes = std::fs::read(&file).unwrap();
        let needle = b"the-one-that-is-followed";
        assert!(!bytes.windows(needle.len()).any(|found| found == needle));
        let other = database.another();
        let other = other.open().await;
        restore(&*other, &file, &|_| {}).await.unwrap();
        assert!(of(&*other, 1).await.is_empty());
    }
    assert_eq!(of(&*store, 1).await.len(), 1, "the original keeps it");
}
