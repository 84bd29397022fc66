//! Backups, lines of JSON, and the way back.

use std::{
    fs,
    path::Path,
    sync::{
        Mutex,
        atomic::{AtomicBool, Ordering},
    },
};

use startklar_server::store::{
    Appended, News, Person, Progress, Record, Restored, Store, StoreError, copy, export, restore,
};
use uuid::Uuid;

use crate::database::{Database, append, next, store_some};

type Everything = (Vec<Vec<Record>>, Vec<Person>);

async fn everything(store: &dyn Store) -> Everything {
    let mut streams = Vec::new();
    for head in store.heads().await.unwrap() {
        streams.push(store.read(&head.stream, 0, None).await.unwrap());
    }
    (streams, store.people().await.unwrap())
}

/// Several streams, commands of several records, more records than a page.
async fn fill(store: &dyn Store) {
    for (stream, commands) in [("empty-ish", 1), ("launch", 150), ("workspace", 40)] {
        let mut after = 0;
        for command in 0..commands {
            let count = 1 + command % 15;
            store_some(store, stream, after, count).await;
            after += count;
        }
    }
    let person = |key: &str| Person {
        id: Uuid::new_v4(),
        key: key.to_owned(),
        name: key.to_owned(),
    };
    store
        .upsert_people(vec![person("ada"), person("bo")])
        .await
        .unwrap();
    store
        .put_snapshot("launch", 9, b"folded".to_vec())
        .await
        .unwrap();
}

async fn check_restored(database: &Database, file: &Path, expected: &Everything) {
    let store = database.another();
    let store = store.open().await;
    let records = expected.0.iter().map(Vec::len).sum::<usize>() as u64;
    let people = expected.1.len() as u64;
    let restored = restore(&*store, file, &|_| {}).await.unwrap();
    assert_eq!(restored, Restored { records, people });
    assert_eq!(&everything(&*store).await, expected);
    // A second time changes nothing.
    let restored = restore(&*store, file, &|_| {}).await.unwrap();
    assert_eq!(restored, Restored { records: 0, people });
    assert_eq!(&everything(&*store).await, expected);
}

pub(crate) async fn a_backup_brings_everything_back(database: Database) {
    let store = database.open().await;
    fill(&*store).await;
    let file = database.directory.path().join("backup");
    let told = Mutex::new(Vec::new());
    store
        .backup(&file, &|progress| told.lock().unwrap().push(progress))
        .await
        .unwrap();
    let told = told.into_inner().unwrap();
    let Some(Progress { done, total }) = told.last() else {
        panic!("no progress was told")
    };
    assert!(*done > 0 && *total > 0 && told.is_sorted_by_key(|progress| progress.done));
    check_restored(&database, &file, &everything(&*store).await).await;
    // Only the backup itself is left beside the database.
    let left = fs::read_dir(database.directory.path()).unwrap().flatten();
    let left: Vec<_> = left
        .filter(|file| file.file_name().to_string_lossy().contains("backup"))
        .collect();
    assert_eq!(left.len(), 1);
}

pub(crate) async fn a_backup_is_taken_while_others_write(database: Database) {
    let store = database.open().await;
    fill(&*store).await;
    let file = database.directory.path().join("backup");
    let stop = AtomicBool::new(false);
    let write = async {
        let mut after = 0;
        while !stop.load(Ordering::Relaxed) {
            store_some(&*store, "busy", after, 2).await;
            after += 2;
        }
    };
    let backup = async {
        let taken = store.backup(&file, &|_| {}).await;
        stop.store(true, Ordering::Relaxed);
        taken.unwrap();
    };
    tokio::join!(write, backup);
    let restored = database.another();
    let restored = restored.open().await;
    restore(&*restored, &file, &|_| {}).await.unwrap();
    // A state that was: each stream is a beginning of the whole, and no command is torn apart.
    let (streams, _) = everything(&*restored).await;
    for records in &streams {
        let whole = store.read(&records[0].stream, 0, None).await.unwrap();
        assert_eq!(records[..], whole[..records.len()]);
        assert!(records[0].stream != "busy" || records.len() % 2 == 0);
    }
    assert!(streams.len() >= 3);
}

pub(crate) async fn a_backup_does_not_overwrite(database: Database) {
    let store = database.open().await;
    let file = database.directory.path().join("backup");
    fs::write(&file, "precious").unwrap();
    let refused = store.backup(&file, &|_| {}).await.unwrap_err();
    assert!(
        matches!(&refused, StoreError::File { path, .. } if *path == file),
        "{refused}"
    );
    assert_eq!(fs::read_to_string(&file).unwrap(), "precious");
    let nowhere = database.directory.path().join("no such directory/backup");
    assert!(store.backup(&nowhere, &|_| {}).await.is_err());
}

pub(crate) async fn lines_of_json_bring_everything_back(database: Database) {
    let store = database.open().await;
    fill(&*store).await;
    let file = database.directory.path().join("lines");
    export(&*store, &file, &|_| {}).await.unwrap();
    let text = fs::read_to_string(&file).unwrap();
    assert!(
        text.lines()
            .all(|line| serde_json::from_str::<serde_json::Value>(line).is_ok())
    );
    check_restored(&database, &file, &everything(&*store).await).await;
}

pub(crate) async fn lines_that_are_not_whole_are_refused(database: Database) {
    let store = database.open().await;
    store_some(&*store, "launch", 0, 3).await;
    let file = database.directory.path().join("lines");
    export(&*store, &file, &|_| {}).await.unwrap();
    let text = fs::read_to_string(&file).unwrap();
    let lines: Vec<&str> = text.lines().collect();
    let broken = [
        String::new(),
        lines[..lines.len() - 1].join("\n"),
        lines[1..].join("\n"),
        text.replace(lines[2], ""),
        text.replace(&format!("{}\n", lines[2]), ""),
        text.replacen("\"journal\":1", "\"journal\":2", 1),
        text[..text.len() - 20].to_owned(),
        format!("{text}{{}}\n"),
    ];
    let target = database.another();
    let target = target.open().await;
    for (case, text) in broken.iter().enumerate() {
        fs::write(&file, text).unwrap();
        let refused = restore(&*target, &file, &|_| {}).await;
        let expected = matches!(
            refused,
            Err(StoreError::Corrupt { .. } | StoreError::Newer { .. })
        );
        assert!(expected, "{case}: {refused:?}");
        assert_eq!(target.heads().await.unwrap(), [], "{case}");
    }
    fs::write(&file, [0xff, 0xfe, 0]).unwrap();
    assert!(matches!(
        restore(&*target, &file, &|_| {}).await,
        Err(StoreError::Corrupt { .. })
    ));
}

pub(crate) async fn a_copy_goes_from_either_database_to_the_other(database: Database) {
    let store = database.open().await;
    fill(&*store).await;
    let other = if database.is_sqlite() {
        Database::postgres()
    } else {
        Database::sqlite()
    };
    let other = other.open().await;
    let mut news = other.subscribe();
    copy(&*store, &*other, &|_| {}).await.unwrap();
    assert_eq!(everything(&*store).await, everything(&*other).await);
    assert_eq!(next(&mut news).await, News::People);
    // Commands are known there too.
    let first = &store.read("launch", 0, Some(1)).await.unwrap()[0];
    let again = other
        .append(append("launch", 0, first.command, 1))
        .await
        .unwrap();
    assert_eq!(again, Appended::Repeated { first: 1, last: 1 });
    // A stream with another history is not mixed with this one.
    let stranger = database.another();
    let stranger = stranger.open().await;
    store_some(&*stranger, "launch", 0, 1).await;
    let refused = copy(&*store, &*stranger, &|_| {}).await;
    assert!(
        matches!(refused, Err(StoreError::Conflict { .. })),
        "{refused:?}"
    );
}
