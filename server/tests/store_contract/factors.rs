//! Second factors: begun, on, used, taken away.

use startklar_server::store::{
    Account, Factor, FactorState, News, Person, Shared, Store, StoreError, export, restore,
};
use uuid::Uuid;

use crate::database::{Database, next};

const SECRET: Shared = *b"12345678901234567890";
const OTHER: Shared = *b"abcdefghijklmnopqrst";

fn id(number: u128) -> Uuid {
    Uuid::from_u128(number)
}

/// Ada and Bo have accounts, Cy is only known by name.
pub(crate) async fn with_accounts(database: &Database) -> std::sync::Arc<dyn Store> {
    let store = database.open().await;
    let people = [(1, "ada"), (2, "bo"), (3, "cy")].map(|(number, key)| Person {
        id: id(number),
        key: key.to_owned(),
        name: key.to_owned(),
    });
    store.upsert_people(people.to_vec()).await.unwrap();
    for (number, login) in [(1, "ada"), (2, "bo")] {
        let account = Account {
            person: id(number),
            login: login.to_owned(),
            password: None,
            standing: "member".to_owned(),
            made: 1_800_000_000,
        };
        store.account_store().put_account(account).await.unwrap();
    }
    store
}

async fn of(store: &dyn Store, person: u128) -> Option<Factor> {
    store.factor_store().factor(id(person)).await.unwrap()
}

/// Turns the factor of a person on.
async fn turn_on(store: &dyn Store, person: u128) {
    let factors = store.factor_store();
    assert!(factors.begin_factor(id(person), SECRET, 5).await.unwrap());
    let on = factors.confirm_factor(id(person), SECRET, 100, 6).await;
    assert!(on.unwrap());
}

pub(crate) async fn a_factor_is_on_once_it_was_confirmed(database: Database) {
    let store = with_accounts(&database).await;
    let factors = store.factor_store();
    assert_eq!(of(&*store, 1).await, None);
    for nobody in [3, 9] {
        let refused = factors.begin_factor(id(nobody), SECRET, 5).await;
        assert!(matches!(refused, Err(StoreError::NoSuchPerson)), "{nobody}");
    }
    assert!(factors.begin_factor(id(1), OTHER, 4).await.unwrap());
    assert!(factors.begin_factor(id(1), SECRET, 5).await.unwrap());
    assert!(factors.factors_on().await.unwrap().is_empty());
    let mut news = store.subscribe();
    let replaced = factors.confirm_factor(id(1), OTHER, 100, 6).await;
    assert!(!replaced.unwrap(), "it was begun anew");
    let on = factors.confirm_factor(id(1), SECRET, 100, 6).await;
    assert!(on.unwrap());
    assert_eq!(next(&mut news).await, News::People);
    let twice = factors.confirm_factor(id(1), SECRET, 101, 7).await;
    assert!(!twice.unwrap());
    assert!(!factors.begin_factor(id(1), OTHER, 8).await.unwrap());
    store.close().await;
    let store = database.open().await;
    assert_eq!(store.factor_store().factors_on().await.unwrap(), [id(1)]);
    let kept = Factor {
        person: id(1),
        secret: Some(SECRET),
        state: FactorState::On,
        step: 100,
        changed: 6,
    };
    assert_eq!(of(&*store, 1).await, Some(kept));
    assert!(store.erase_person(id(1)).await.unwrap());
    assert_eq!(of(&*store, 1).await, None);
}

pub(crate) async fn a_code_is_accepted_by_one_and_never_again(database: Database) {
    let store = with_accounts(&database).await;
    let factors = store.factor_store();
    assert!(factors.begin_factor(id(1), SECRET, 5).await.unwrap());
    assert!(!factors.use_step(id(1), 101).await.unwrap(), "it is not on");
    assert!(factors.confirm_factor(id(1), SECRET, 100, 6).await.unwrap());
    for old in [99, 100] {
        assert!(!factors.use_step(id(1), old).await.unwrap(), "{old}");
    }
    let mut asking = tokio::task::JoinSet::new();
    for _ in 0..16 {
        let store = std::sync::Arc::clone(&store);
        asking.spawn(async move { store.factor_store().use_step(id(1), 101).await.unwrap() });
    }
    let answers = asking.join_all().await;
    assert_eq!(answers.into_iter().filter(|accepted| *accepted).count(), 1);
    assert!(factors.use_step(id(1), 102).await.unwrap());
    assert!(!factors.use_step(id(2), 102).await.unwrap());
}

pub(crate) async fn a_factor_that_was_taken_away_is_known_to_be(database: Database) {
    let store = with_accounts(&database).await;
    let factors = store.factor_store();
    assert!(!factors.take_factor(id(1), 7).await.unwrap());
    turn_on(&*store, 1).await;
    turn_on(&*store, 2).await;
    assert!(factors.take_factor(id(1), 7).await.unwrap());
    assert!(!factors.take_factor(id(1), 8).await.unwrap());
    let taken = Factor {
        person: id(1),
        secret: None,
        state: FactorState::Taken,
        step: 0,
        changed: 7,
    };
    assert_eq!(of(&*store, 1).await, Some(taken));
    assert_eq!(factors.factors_on().await.unwrap(), [id(2)]);
    assert!(!factors.use_step(id(1), 200).await.unwrap());
    let remove = async |person, state| factors.remove_factor(id(person), state).await.unwrap();
    assert!(!remove(1, FactorState::On).await);
    assert!(remove(1, FactorState::Taken).await);
    assert!(!remove(2, FactorState::Taken).await);
    assert!(remove(2, FactorState::On).await);
    assert_eq!((of(&*store, 1).await, of(&*store, 2).await), (None, None));
}

pub(crate) async fn a_backup_holds_no_second_factor(database: Database) {
    let store = with_accounts(&database).await;
    turn_on(&*store, 1).await;
    let files = ["backup", "lines"].map(|name| database.directory.path().join(name));
    store.backup(&files[0], &|_| {}).await.unwrap();
    export(&*store, &files[1], &|_| {}).await.unwrap();
    for file in &files {
        let bytes = std::fs::read(file).unwrap();
        let holds = |needle: &[u8]| bytes.windows(needle.len()).any(|found| found == needle);
        assert!(holds(b"ada") && !holds(&SECRET), "{}", file.display());
        let other = database.another();
        let other = other.open().await;
        restore(&*other, file, &|_| {}).await.unwrap();
        assert_eq!(of(&*other, 1).await, None);
        // What is there already stays.
        restore(&*store, file, &|_| {}).await.unwrap();
        assert!(of(&*store, 1).await.is_some());
    }
}
