//! Identities: by whose word else somebody signs in.

use startklar_server::store::{
    Account, Identity, News, Person, Store, StoreError, export, restore,
};
use uuid::Uuid;

use crate::database::{Database, next};

const ISSUER: &str = "https://id.example.com";

fn id(number: u128) -> Uuid {
    Uuid::from_u128(number)
}

fn identity(person: u128, subject: &str) -> Identity {
    Identity {
        issuer: ISSUER.to_owned(),
        subject: subject.to_owned(),
        person: id(person),
        made: 1_800_000_000,
    }
}

/// Ada and Bo have accounts, Cy is only known by name.
async fn with_accounts(database: &Database) -> std::sync::Arc<dyn Store> {
    let store = database.open().await;
    let people = [(1, "ada"), (2, "bo"), (3, "cy")].map(|(number, key)| Person {
        id: id(number),
        key: key.to_owned(),
        name: key.to_owned(),
    });
    store.upsert_people(people.to_vec()).await.unwrap();
    for (number, login) in [(1, "ada"), (2, "bo")] {
        put(&*store, number, login).await;
    }
    store
}

async fn put(store: &dyn Store, number: u128, login: &str) {
    let account = Account {
        person: id(number),
        login: login.to_owned(),
        password: None,
        standing: "member".to_owned(),
        made: 1_800_000_000,
    };
    store.account_store().put_account(account).await.unwrap();
}

async fn of(store: &dyn Store) -> Vec<Identity> {
    store.account_store().identities().await.unwrap()
}

pub(crate) async fn an_identity_is_of_one_account_and_goes_with_it(database: Database) {
    let store = with_accounts(&database).await;
    let accounts = store.account_store();
    let mut news = store.subscribe();
    accounts.add_identity(identity(1, "a-1")).await.unwrap();
    assert_eq!(next(&mut news).await, News::People);
    // Letters count: a subject is not a login.
    accounts.add_identity(identity(2, "A-1")).await.unwrap();
    accounts.add_identity(identity(1, "a-2")).await.unwrap();
    let taken = accounts.add_identity(identity(2, "a-1")).await;
    assert!(matches!(taken, Err(StoreError::KeyTaken { key }) if key == "a-1"));
    let elsewhere = Identity {
        issuer: "https://other.example.com".to_owned(),
        ..identity(2, "a-1")
    };
    accounts.add_identity(elsewhere.clone()).await.unwrap();
    for nobody in [3, 9] {
        let refused = accounts.add_identity(identity(nobody, "n")).await;
        assert!(matches!(refused, Err(StoreError::NoSuchPerson)), "{nobody}");
    }
    assert!(!accounts.take_identity(id(2), ISSUER, "a-1").await.unwrap());
    assert!(accounts.take_identity(id(1), ISSUER, "a-1").await.unwrap());
    assert!(!accounts.take_identity(id(1), ISSUER, "a-1").await.unwrap());
    // A change of the account leaves them.
    put(&*store, 1, "ada@example.org").await;
    store.close().await;
    let store = database.open().await;
    let left = [identity(2, "A-1"), identity(1, "a-2"), elsewhere.clone()];
    assert_eq!(of(&*store).await, left);
    assert!(store.erase_person(id(1)).await.unwrap());
    assert_eq!(of(&*store).await, [identity(2, "A-1"), elsewhere]);
}

pub(crate) async fn identities_come_back_with_accounts_that_are_new(database: Database) {
    let store = with_accounts(&database).await;
    let accounts = store.account_store();
    accounts.add_identity(identity(1, "a-1")).await.unwrap();
    accounts.add_identity(identity(2, "b-1")).await.unwrap();
    let files = ["backup", "lines"].map(|name| database.directory.path().join(name));
    store.backup(&files[0], &|_| {}).await.unwrap();
    export(&*store, &files[1], &|_| {}).await.unwrap();
    for file in &files {
        let other = database.another();
        let other = other.open().await;
        for _ in 0..2 {
            restore(&*other, file, &|_| {}).await.unwrap();
            assert_eq!(of(&*other).await, [identity(1, "a-1"), identity(2, "b-1")]);
        }
    }
    // Whoever is there already is signed in as by nothing that a file says.
    let other = database.another();
    let other = with_accounts(&other).await;
    restore(&*other, &files[1], &|_| {}).await.unwrap();
    assert_eq!(of(&*other).await, []);
    // An identity of nobody is no backup of ours.
    let text = std::fs::read_to_string(&files[1]).unwrap();
    let nobodys = text.replacen(
        &format!("{{\"identity\":{{\"person\":\"{}\"", id(1)),
        &format!("{{\"identity\":{{\"person\":\"{}\"", id(3)),
        1,
    );
    assert_ne!(text, nobodys);
    std::fs::write(&files[1], nobodys).unwrap();
    let refused = restore(&*other, &files[1], &|_| {}).await;
    assert!(matches!(refused, Err(StoreError::Corrupt { .. })));
}
