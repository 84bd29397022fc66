//! Accounts and secrets.

use startklar_server::store::{Account, Person, Secret, Store, StoreError, copy, export, restore};
use uuid::Uuid;

use crate::database::Database;

async fn with_people(database: &Database) -> std::sync::Arc<dyn Store> {
    let store = database.open().await;
    let person = |number, key: &str| Person {
        id: Uuid::from_u128(number),
        key: key.to_owned(),
        name: key.to_owned(),
    };
    store
        .upsert_people(vec![person(1, "ada"), person(2, "bo")])
        .await
        .unwrap();
    store
}

fn account(person: u128, login: &str) -> Account {
    Account {
        person: Uuid::from_u128(person),
        login: login.to_owned(),
        password: Some("$argon2id$…".to_owned()),
        standing: "member".to_owned(),
        made: 1_800_000_000,
    }
}

fn secret(number: u8, kind: &str, person: Option<u128>) -> Secret {
    Secret {
        hash: [number; 32],
        id: Uuid::from_u128(number.into()),
        kind: kind.to_owned(),
        person: person.map(Uuid::from_u128),
        note: "Größe".to_owned(),
        made: 100 + i64::from(number),
        seen: 200,
        ends: 300 + i64::from(number),
    }
}

pub(crate) async fn accounts_are_kept_and_changed(database: Database) {
    let store = with_people(&database).await;
    let accounts = store.account_store();
    let (ada, bo) = (account(1, "zoe"), account(2, "bo@example.org"));
    accounts.put_account(ada.clone()).await.unwrap();
    accounts.put_account(bo.clone()).await.unwrap();
    assert_eq!(accounts.accounts().await.unwrap(), [bo.clone(), ada]);
    let changed = Account {
        password: None,
        standing: "administrator".to_owned(),
        ..account(1, "ada")
    };
    accounts.put_account(changed.clone()).await.unwrap();
    // Each changes one thing only: two who change different things both get what they want.
    let id = Uuid::from_u128(2);
    let (password, standing) = tokio::join!(
        accounts.set_password(id, "other".to_owned()),
        accounts.set_standing(id, "viewer".to_owned()),
    );
    assert!(password.unwrap() && standing.unwrap());
    let nobody = Uuid::from_u128(9);
    assert!(
        !accounts
            .set_password(nobody, "other".to_owned())
            .await
            .unwrap()
    );
    let bo = Account {
        password: Some("other".to_owned()),
        standing: "viewer".to_owned(),
        ..bo
    };
    store.close().await;
    let store = database.open().await;
    let kept = store.account_store().accounts().await.unwrap();
    assert_eq!(kept, [changed, bo]);
}

pub(crate) async fn a_login_belongs_to_one_person_who_is_known(database: Database) {
    let store = with_people(&database).await;
    let accounts = store.account_store();
    accounts.put_account(account(1, "ada")).await.unwrap();
    let taken = accounts.put_account(account(2, "ada")).await;
    assert!(matches!(taken, Err(StoreError::KeyTaken { key }) if key == "ada"));
    let unknown = accounts.put_account(account(3, "eve")).await;
    assert!(matches!(unknown, Err(StoreError::NoSuchPerson)));
    let unknown = accounts.add_secret(secret(1, "session", Some(3))).await;
    assert!(matches!(unknown, Err(StoreError::NoSuchPerson)));
}

pub(crate) async fn a_secret_is_found_by_its_hash_until_it_is_taken(database: Database) {
    let store = with_people(&database).await;
    let accounts = store.account_store();
    let (one, nobodys) = (secret(1, "session", Some(1)), secret(2, "first", None));
    accounts.add_secret(one.clone()).await.unwrap();
    accounts.add_secret(nobodys.clone()).await.unwrap();
    assert_eq!(accounts.secret([1; 32]).await.unwrap(), Some(one.clone()));
    assert_eq!(accounts.secret([2; 32]).await.unwrap(), Some(nobodys));
    assert_eq!(accounts.secret([3; 32]).await.unwrap(), None);
    accounts.see_secret([1; 32], 250, 400).await.unwrap();
    let seen = accounts.secret([1; 32]).await.unwrap().unwrap();
    assert_eq!((seen.seen, seen.ends), (250, 400));
    let (first, second) = tokio::join!(accounts.take_secret(one.id), accounts.take_secret(one.id));
    let taken = [first.unwrap(), second.unwrap()];
    assert_eq!(taken.into_iter().filter(|taken| *taken).count(), 1);
    assert_eq!(accounts.secret([1; 32]).await.unwrap(), None);
}

pub(crate) async fn secrets_go_by_kind_by_age_and_with_their_person(database: Database) {
    let store = with_people(&database).await;
    let accounts = store.account_store();
    accounts.put_account(account(1, "ada")).await.unwrap();
    for (number, kind, person) in [
        (1, "session", Some(1)),
        (2, "session", Some(1)),
        (3, "token_read", Some(1)),
        (4, "session", Some(2)),
        (5, "first", None),
    ] {
        accounts
            .add_secret(secret(number, kind, person))
            .await
            .unwrap();
    }
    let of = async |person: u128| {
        let secrets = accounts.secrets_of(Uuid::from_u128(person)).await.unwrap();
        secrets.iter().map(|s| s.hash[0]).collect::<Vec<_>>()
    };
    assert_eq!(of(1).await, [3, 2, 1], "the latest first");
    accounts
        .take_secrets("session", Some(Uuid::from_u128(1)))
        .await
        .unwrap();
    assert_eq!((of(1).await, of(2).await), (vec![3], vec![4]));
    accounts.take_secrets("first", None).await.unwrap();
    assert_eq!(accounts.secret([5; 32]).await.unwrap(), None);
    let noted = accounts.secrets_noted("token_read", "Größe").await.unwrap();
    assert_eq!(noted.len(), 1);
    assert!(
        accounts
            .secrets_noted("token_read", "x")
            .await
            .unwrap()
            .is_empty()
    );
    accounts.sweep_secrets(304).await.unwrap();
    assert_eq!((of(1).await, of(2).await), (vec![], vec![4]));
    assert!(store.erase_person(Uuid::from_u128(2)).await.unwrap());
    assert_eq!(of(2).await, Vec::<u8>::new());
    assert!(store.erase_person(Uuid::from_u128(1)).await.unwrap());
    assert!(accounts.accounts().await.unwrap().is_empty());
}

pub(crate) async fn a_backup_holds_accounts_and_nothing_to_sign_in_with(database: Database) {
    let store = with_people(&database).await;
    let accounts = store.account_store();
    accounts.put_account(account(1, "ada")).await.unwrap();
    accounts
        .add_secret(secret(7, "session", Some(1)))
        .await
        .unwrap();
    let files = ["backup", "lines"].map(|name| database.directory.path().join(name));
    store.backup(&files[0], &|_| {}).await.unwrap();
    export(&*store, &files[1], &|_| {}).await.unwrap();
    let stripped = Account {
        password: None,
        ..account(1, "ada")
    };
    for file in files {
        let bytes = std::fs::read(&file).unwrap();
        let holds = |needle: &[u8]| bytes.windows(needle.len()).any(|found| found == needle);
        assert!(
            holds(b"ada") && !holds(b"argon2id") && !holds(&[7; 32]),
            "{}",
            file.display()
        );
        let other = database.another();
        let other = other.open().await;
        restore(&*other, &file, &|_| {}).await.unwrap();
        assert_eq!(
            other.account_store().accounts().await.unwrap(),
            std::slice::from_ref(&stripped)
        );
    }
    // What is there already keeps its password.
    let other = database.another();
    let other = with_people(&other).await;
    other
        .account_store()
        .put_account(account(1, "ada"))
        .await
        .unwrap();
    copy(&*store, &*other, &|_| {}).await.unwrap();
    assert_eq!(
        other.account_store().accounts().await.unwrap(),
        [account(1, "ada")]
    );
}
