//! Passkeys: added, used, named, removed.

use startklar_server::store::{News, Passkey, Store, StoreError, export, restore};
use uuid::Uuid;

use crate::{
    database::{Database, next},
    factors::with_accounts,
};

fn id(number: u128) -> Uuid {
    Uuid::from_u128(number)
}

/// One of a person, called by the same number everywhere.
fn passkey(person: u128, number: u8) -> Passkey {
    Passkey {
        id: id(u128::from(number)),
        person: id(person),
        credential: vec![number; 20],
        name: format!("key {number}"),
        key: "{\"counter\":0}".to_owned(),
        made: i64::from(number),
        used: None,
    }
}

async fn add(store: &dyn Store, person: u128, number: u8) -> Result<(), StoreError> {
    let added = store.passkey_store().add_passkey(passkey(person, number));
    added.await
}

async fn of(store: &dyn Store, person: u128) -> Vec<Passkey> {
    let found = store.passkey_store().passkeys_of(id(person)).await;
    found.unwrap()
}

pub(crate) async fn a_passkey_is_of_one_account_and_goes_with_it(database: Database) {
    let store = with_accounts(&database).await;
    let passkeys = store.passkey_store();
    for nobody in [3, 9] {
        let refused = add(&*store, nobody, 7).await;
        assert!(matches!(refused, Err(StoreError::NoSuchPerson)), "{nobody}");
    }
    let mut news = store.subscribe();
    add(&*store, 1, 8).await.unwrap();
    assert_eq!(next(&mut news).await, News::People);
    add(&*store, 1, 7).await.unwrap();
    add(&*store, 2, 9).await.unwrap();
    let known = Passkey {
        id: id(99),
        ..passkey(2, 7)
    };
    let refused = passkeys.add_passkey(known).await;
    assert!(matches!(refused, Err(StoreError::KeyTaken { .. })));
    store.close().await;
    let store = database.open().await;
    let passkeys = store.passkey_store();
    assert_eq!(of(&*store, 1).await, [passkey(1, 7), passkey(1, 8)]);
    assert_eq!(passkeys.passkey_owners().await.unwrap(), [id(1), id(2)]);
    let found = async |number| passkeys.passkey(vec![number; 20]).await.unwrap();
    assert_eq!(found(8).await, Some(passkey(1, 8)));
    assert_eq!(found(1).await, None);
    assert!(store.erase_person(id(1)).await.unwrap());
    assert_eq!(found(8).await, None);
    assert_eq!(passkeys.passkey_owners().await.unwrap(), [id(2)]);
}

pub(crate) async fn of_many_who_use_one_state_of_a_passkey_one_is_right(database: Database) {
    let store = with_accounts(&database).await;
    add(&*store, 1, 7).await.unwrap();
    let mut asking = tokio::task::JoinSet::new();
    for count in 1..=16 {
        let store = std::sync::Arc::clone(&store);
        asking.spawn(async move {
            let (judged, new) = (passkey(1, 7).key, format!("{{\"counter\":{count}}}"));
            let used = store.passkey_store().use_passkey(id(7), judged, new, 50);
            used.await.unwrap()
        });
    }
    let answers = asking.join_all().await;
    assert_eq!(answers.into_iter().filter(|right| *right).count(), 1);
    let used = of(&*store, 1).await.remove(0);
    assert!(used.key != passkey(1, 7).key && used.used == Some(50));
    // Many keys count nothing.
    let passkeys = store.passkey_store();
    let (same, later) = (used.key.clone(), 60);
    let again = passkeys.use_passkey(id(7), same.clone(), same, later);
    assert!(again.await.unwrap());
    assert_eq!(of(&*store, 1).await[0].used, Some(later));
    let gone = passkeys.use_passkey(id(8), used.key.clone(), used.key, later);
    assert!(!gone.await.unwrap());
}

pub(crate) async fn a_passkey_is_named_and_taken_by_its_owner_alone(database: Database) {
    let store = with_accounts(&database).await;
    let passkeys = store.passkey_store();
    for number in [7, 8] {
        add(&*store, 1, number).await.unwrap();
    }
    add(&*store, 2, 9).await.unwrap();
    let name = async |person, number| {
        let named = passkeys.name_passkey(id(person), id(number), "Phone".to_owned());
        named.await.unwrap()
    };
    assert!(!name(2, 7).await && name(1, 7).await);
    assert_eq!(of(&*store, 1).await[0].name, "Phone");
    let take = async |person, number| {
        let taken = passkeys.take_passkey(id(person), id(number)).await;
        taken.unwrap()
    };
    assert!(!take(2, 7).await && take(1, 7).await && !take(1, 7).await);
    assert_eq!(of(&*store, 1).await, [passkey(1, 8)]);
    assert!(passkeys.take_passkeys(id(1)).await.unwrap());
    assert!(!passkeys.take_passkeys(id(1)).await.unwrap());
    assert!(of(&*store, 1).await.is_empty());
    assert_eq!(of(&*store, 2).await, [passkey(2, 9)]);
}

pub(crate) async fn a_backup_holds_no_passkey(database: Database) {
    let store = with_accounts(&database).await;
    add(&*store, 1, 7).await.unwrap();
    let files = ["backup", "lines"].map(|name| database.directory.path().join(name));
    store.backup(&files[0], &|_| {}).await.unwrap();
    export(&*store, &files[1], &|_| {}).await.unwrap();
    for file in &files {
        let bytes = std::fs::read(file).unwrap();
        let holds = |needle: &[u8]| bytes.windows(needle.len()).any(|found| found == needle);
        assert!(holds(b"ada") && !holds(b"key 7"), "{}", file.display());
        let other = database.another();
        let other = other.open().await;
        restore(&*other, file, &|_| {}).await.unwrap();
        assert!(of(&*other, 1).await.is_empty());
        // What is there already stays.
        restore(&*store, file, &|_| {}).await.unwrap();
        assert_eq!(of(&*store, 1).await, [passkey(1, 7)]);
    }
}
