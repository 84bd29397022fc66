//! What only the file promises: one process at a time, no loss in a crash, erased bytes are gone.

use std::{fs, path::PathBuf};

use sqlx::{Connection as _, SqliteConnection};
use startklar_server::store::{self, Damage, Person, StoreError};
use uuid::Uuid;

use crate::{
    chain::meddle,
    database::{Database, append, store_some},
};

fn path(database: &Database) -> PathBuf {
    database.url.strip_prefix("sqlite:").unwrap().into()
}

#[tokio::test]
async fn a_second_process_is_kept_off() {
    let database = Database::sqlite();
    let store = database.open().await;
    let Err(refused) = store::open(&database.url).await else {
        panic!("opened twice")
    };
    let StoreError::Locked {
        path: named,
        holder,
    } = &refused
    else {
        panic!("{refused}")
    };
    assert_eq!(
        (named, *holder),
        (
            &path(&database).canonicalize().unwrap(),
            Some(std::process::id())
        )
    );
    let text = refused.to_string();
    assert!(
        text.contains("journal.sqlite") && text.contains("stop that one"),
        "{text}"
    );
    store.close().await;
    database.open().await;
}

#[tokio::test]
async fn a_second_process_may_read() {
    let database = Database::sqlite();
    let store = database.open().await;
    store_some(&*store, "launch", 0, 3).await;
    let copy = store::open_to_read(&database.url).await.unwrap();
    store_some(&*store, "launch", 3, 1).await;
    assert_eq!(copy.read("launch", 0, None).await.unwrap().len(), 3);
    copy.close().await;
    // Nobody has the file: then there is no copy.
    store.close().await;
    let alone = store::open_to_read(&database.url).await.unwrap();
    assert_eq!(alone.read("launch", 0, None).await.unwrap().len(), 4);
}

#[tokio::test]
async fn a_link_leads_to_the_same_lock() {
    let database = Database::sqlite();
    database.open().await.close().await;
    let link = database.directory.path().join("link.sqlite");
    std::os::unix::fs::symlink(path(&database), &link).unwrap();
    let _store = database.open().await;
    let refused = store::open(&format!("sqlite:{}", link.display())).await;
    assert!(matches!(refused, Err(StoreError::Locked { .. })));
}

#[tokio::test]
async fn what_was_acknowledged_survives_a_crash() {
    let database = Database::sqlite();
    let store = database.open().await;
    let copy = Database::sqlite();
    for after in 0..40 {
        store_some(&*store, "launch", after, 1).await;
    }
    // What a crash leaves: the files as they are on the disk now.
    for end in ["", "-wal"] {
        let name = |database: &Database| format!("{}{end}", path(database).display());
        fs::copy(name(&database), name(&copy)).unwrap();
    }
    let survived = copy.open().await.read("launch", 0, None).await.unwrap();
    assert_eq!(survived, store.read("launch", 0, None).await.unwrap());
    assert_eq!(survived.len(), 40);
}

#[tokio::test]
async fn a_closed_store_is_one_file_and_its_lock() {
    let database = Database::sqlite();
    let store = database.open().await;
    store_some(&*store, "launch", 0, 1).await;
    store.close().await;
    let files = fs::read_dir(database.directory.path()).unwrap().flatten();
    let mut names: Vec<_> = files.map(|file| file.file_name()).collect();
    names.sort();
    assert_eq!(names, ["journal.sqlite", "journal.sqlite.lock"]);
}

#[tokio::test]
async fn an_erased_name_is_in_no_file() {
    let database = Database::sqlite();
    let store = database.open().await;
    let name = "Ada Unforgettable";
    let person = Person {
        id: Uuid::new_v4(),
        key: "ada".to_owned(),
        name: name.to_owned(),
    };
    let id = person.id;
    store.upsert_people(vec![person]).await.unwrap();
    let found = || {
        let files = fs::read_dir(database.directory.path()).unwrap().flatten();
        let mut contents = files.map(|file| fs::read(file.path()).unwrap());
        contents.any(|bytes| {
            bytes
                .windows(name.len())
                .any(|window| window == name.as_bytes())
        })
    };
    assert!(found());
    assert!(store.erase_person(id).await.unwrap());
    assert!(!found());
}

#[tokio::test]
async fn a_throwaway_store_works_and_leaves_nothing() {
    let before = leftovers();
    let store = store::open("sqlite::memory:").await.unwrap();
    store_some(&*store, "launch", 0, 3).await;
    assert_eq!(store.read("launch", 0, None).await.unwrap().len(), 3);
    assert!(leftovers() > before);
    store.close().await;
    assert_eq!(leftovers(), before);
}

/// Directories of throwaway stores of this process; only one test makes one.
fn leftovers() -> usize {
    let files = fs::read_dir(std::env::temp_dir()).unwrap().flatten();
    let throwaway =
        files.filter(|file| file.file_name().to_string_lossy().starts_with("startklar-"));
    let locks = throwaway.map(|file| fs::read_to_string(file.path().join("journal.sqlite.lock")));
    let own = std::process::id().to_string();
    locks
        .filter(|lock| lock.as_ref().is_ok_and(|holder| holder.trim() == own))
        .count()
}

#[tokio::test]
async fn a_file_that_is_no_database_is_named() {
    let database = Database::sqlite();
    fs::write(path(&database), "Dear diary, ".repeat(500)).unwrap();
    let Err(refused) = store::open(&database.url).await else {
        panic!("opened a diary")
    };
    assert!(matches!(refused, StoreError::Corrupt { .. }), "{refused}");
    assert!(refused.to_string().contains("journal.sqlite"), "{refused}");
    let nowhere = store::open("sqlite:/no/such/directory/journal.sqlite").await;
    let Err(refused) = nowhere else {
        panic!("opened nothing")
    };
    assert!(
        refused.to_string().contains("/no/such/directory"),
        "{refused}"
    );
}

#[tokio::test]
async fn a_newer_schema_is_left_alone() {
    let database = Database::sqlite();
    database.open().await.close().await;
    let mut connection = SqliteConnection::connect(&database.url).await.unwrap();
    let later = "insert into _sqlx_migrations (version, description, success, checksum, \
        execution_time) values (99, 'later', true, x'00', 0)";
    sqlx::query(later).execute(&mut connection).await.unwrap();
    connection.close().await.unwrap();
    let refused = store::open(&database.url).await;
    assert!(matches!(refused, Err(StoreError::Newer { schema: 99 })));
}

#[tokio::test]
async fn somebody_who_writes_past_the_lock_destroys_nothing() {
    let database = Database::sqlite();
    let store = database.open().await;
    store_some(&*store, "launch", 0, 1).await;
    let mut connection = SqliteConnection::connect(&database.url).await.unwrap();
    let behind =
        "insert into journal select stream, seq + 1, at, command, payload, link from journal";
    sqlx::query(behind).execute(&mut connection).await.unwrap();
    // The store takes the stream to end at 1; the primary key knows better.
    let refused = store.append(append("launch", 1, Uuid::new_v4(), 1)).await;
    assert!(
        matches!(refused, Err(StoreError::Conflict { last: 2, .. })),
        "{refused:?}"
    );
    store_some(&*store, "launch", 2, 1).await;
    // A gap is not passed on as if it were the stream.
    sqlx::query("delete from journal where seq = 2")
        .execute(&mut connection)
        .await
        .unwrap();
    let refused = store.read("launch", 0, None).await;
    assert!(
        matches!(refused, Err(StoreError::Corrupt { .. })),
        "{refused:?}"
    );
}

#[tokio::test]
async fn a_link_that_is_missing_later_is_damage() {
    let database = Database::sqlite();
    let store = database.open().await;
    store_some(&*store, "launch", 0, 9).await;
    store.close().await;
    let change = "update journal set link = null where seq > 6";
    meddle(&database, change).await;
    let store = database.open().await;
    let walked = store::verify(&*store, &|_| Ok(()), &|_| {}).await.unwrap();
    let flaw = walked[0].flaw.as_ref().unwrap();
    assert!(matches!(flaw.damage, Damage::Unreadable(_)), "{flaw:?}");
    assert_eq!((walked[0].seq, flaw.seq), (6, 7));
    let refused = store.append(append("launch", 9, Uuid::new_v4(), 1)).await;
    assert!(matches!(refused, Err(StoreError::Corrupt { .. })));
}

#[tokio::test]
async fn nothing_is_stored_from_a_backup_that_somebody_changed() {
    let (database, other) = (Database::sqlite(), Database::sqlite());
    let store = database.open().await;
    store_some(&*store, "a", 0, 3).await;
    store_some(&*store, "b", 0, 3).await;
    store.backup(&path(&other), &|_| {}).await.unwrap();
    let change =
        "update journal set at = replace(at, '2026', '2025') where stream = 'b' and seq = 2";
    meddle(&other, change).await;
    let target = Database::sqlite();
    let target = target.open().await;
    let refused = store::restore(&*target, &path(&other), &|_| {})
        .await
        .unwrap_err();
    assert!(
        refused.to_string().contains("stream b, record 2"),
        "{refused}"
    );
    assert_eq!(target.heads().await.unwrap(), []);
}
