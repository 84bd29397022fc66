//! The directory of people.

use startklar_server::store::{Person, StoreError};
use uuid::Uuid;

use crate::database::Database;

fn person(number: u128, key: &str, name: &str) -> Person {
    Person {
        id: Uuid::from_u128(number),
        key: key.to_owned(),
        name: name.to_owned(),
    }
}

pub(crate) async fn people_are_kept_and_renamed(database: Database) {
    let store = database.open().await;
    let (ada, zoe) = (person(1, "ada", "Ada Löwe"), person(2, "zoe", "Zoë"));
    store
        .upsert_people(vec![zoe.clone(), ada.clone()])
        .await
        .unwrap();
    assert_eq!(store.people().await.unwrap(), [ada.clone(), zoe]);
    let (renamed, new) = (person(2, "alma", "Alma"), person(3, "Zoe", "Zoe"));
    store
        .upsert_people(vec![renamed.clone(), new.clone()])
        .await
        .unwrap();
    store.close().await;
    let store = database.open().await;
    // By the bytes of the handle.
    assert_eq!(store.people().await.unwrap(), [new, ada, renamed]);
}

pub(crate) async fn a_handle_belongs_to_one_person(database: Database) {
    let store = database.open().await;
    let ada = person(1, "ada", "Ada");
    store.upsert_people(vec![ada.clone()]).await.unwrap();
    let refused = store
        .upsert_people(vec![person(0, "eve", "Eve"), person(2, "ada", "Eve")])
        .await;
    assert!(matches!(refused, Err(StoreError::KeyTaken { key }) if key == "ada"));
    // All or none.
    assert_eq!(store.people().await.unwrap(), vec![ada.clone()]);
    store.upsert_people(vec![ada.clone()]).await.unwrap();
    assert_eq!(store.people().await.unwrap(), [ada]);
}

pub(crate) async fn an_erased_person_is_gone(database: Database) {
    let store = database.open().await;
    store
        .upsert_people(vec![person(1, "ada", "Ada"), person(2, "bo", "Bo")])
        .await
        .unwrap();
    assert!(store.erase_person(Uuid::from_u128(1)).await.unwrap());
    assert!(!store.erase_person(Uuid::from_u128(1)).await.unwrap());
    assert_eq!(store.people().await.unwrap(), [person(2, "bo", "Bo")]);
    // The handle is free again.
    store
        .upsert_people(vec![person(3, "ada", "Another Ada")])
        .await
        .unwrap();
    assert_eq!(store.people().await.unwrap().len(), 2);
}
