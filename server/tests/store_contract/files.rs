//! Contents of files: kept beside the journal, by stream and sum.

use startklar_server::store::{Content, Kept, Store, StoreError, copy, export, restore, sum};

use crate::database::{Database, store_some};

/// All bytes that there are, so that none is lost on the way.
fn content(launch: &str, made: i64, more: &[u8]) -> Content {
    let bytes: Vec<u8> = (0..=u8::MAX).chain(more.iter().copied()).collect();
    Content {
        launch: launch.to_owned(),
        sha256: sum(&bytes),
        media: "application/pdf".to_owned(),
        made,
        content: bytes,
    }
}

fn kept(file: &Content) -> Kept {
    Kept {
        sha256: file.sha256.clone(),
        media: file.media.clone(),
        made: file.made,
        size: i64::try_from(file.content.len()).unwrap(),
    }
}

async fn all(store: &dyn Store) -> Vec<Content> {
    let (files, mut all) = (store.file_store(), Vec::new());
    for launch in files.launches_with_files().await.unwrap() {
        for kept in files.files(&launch).await.unwrap() {
            all.push(files.file(&launch, &kept.sha256).await.unwrap().unwrap());
        }
    }
    all
}

pub(crate) async fn a_file_is_given_back_as_it_came(database: Database) {
    let store = database.open().await;
    let files = store.file_store();
    let (one, other) = (content("Zoe", 5, b"1"), content("ada", 6, b"2"));
    for file in [&one, &other] {
        files.put_file(file.clone()).await.unwrap();
    }
    store.close().await;
    let store = database.open().await;
    let files = store.file_store();
    // By the bytes of the name.
    assert_eq!(files.launches_with_files().await.unwrap(), ["Zoe", "ada"]);
    assert_eq!(files.files("Zoe").await.unwrap(), [kept(&one)]);
    let found = files.file("Zoe", &one.sha256).await.unwrap().unwrap();
    assert!(found.is_whole());
    assert_eq!(found, one);
    // A file is of its launch alone.
    assert_eq!(files.file("ada", &one.sha256).await.unwrap(), None);
    assert_eq!(files.files("nobody").await.unwrap(), []);
}

pub(crate) async fn a_file_put_in_again_stays_and_was_put_in_now(database: Database) {
    let store = database.open().await;
    let files = store.file_store();
    let first = content("launch", 5, b"");
    files.put_file(first.clone()).await.unwrap();
    let mut again = content("launch", 9, b"");
    "text/plain".clone_into(&mut again.media);
    files.put_file(again).await.unwrap();
    let expected = Content { made: 9, ..first };
    assert_eq!(all(&*store).await, std::slice::from_ref(&expected));
    let touched = files.touch_file("launch", &expected.sha256, 12).await;
    let expected = Content {
        made: 12,
        ..expected
    };
    assert_eq!(touched.unwrap(), Some(kept(&expected)));
    let none = files.touch_file("other", &expected.sha256, 12).await;
    assert_eq!(none.unwrap(), None);
    // It goes only when nobody has put it in since.
    let sum = &expected.sha256;
    assert!(!files.drop_file("launch", sum, 12).await.unwrap());
    assert!(files.drop_file("launch", sum, 13).await.unwrap());
    assert!(!files.drop_file("launch", sum, 13).await.unwrap());
    assert_eq!(all(&*store).await, []);
}

pub(crate) async fn files_go_with_their_stream(database: Database) {
    let store = database.open().await;
    let files = store.file_store();
    for stream in ["gone", "stays"] {
        store_some(&*store, stream, 0, 1).await;
        files.put_file(content(stream, 5, b"")).await.unwrap();
    }
    assert!(store.discard("gone").await.unwrap());
    assert_eq!(all(&*store).await, [content("stays", 5, b"")]);
}

pub(crate) async fn files_come_back_by_every_way(database: Database) {
    let store = database.open().await;
    store_some(&*store, "launch", 0, 3).await;
    let expected = [content("launch", 5, b"1"), content("launch", 6, b"2")];
    for file in &expected {
        store.file_store().put_file(file.clone()).await.unwrap();
    }
    let mut expected = expected.to_vec();
    expected.sort_by(|a, b| a.sha256.cmp(&b.sha256));
    let paths = ["backup", "lines"].map(|name| database.directory.path().join(name));
    store.backup(&paths[0], &|_| {}).await.unwrap();
    export(&*store, &paths[1], &|_| {}).await.unwrap();
    for path in &paths {
        let other = database.another();
        let other = other.open().await;
        // A second time changes nothing.
        for _ in 0..2 {
            restore(&*other, path, &|_| {}).await.unwrap();
            assert_eq!(all(&*other).await, expected, "{}", path.display());
        }
    }
    let other = if database.is_sqlite() {
        Database::postgres()
    } else {
        Database::sqlite()
    };
    let other = other.open().await;
    copy(&*store, &*other, &|_| {}).await.unwrap();
    assert_eq!(all(&*other).await, expected);
}

pub(crate) async fn a_file_that_is_another_is_not_restored(database: Database) {
    let store = database.open().await;
    store_some(&*store, "launch", 0, 1).await;
    let mut file = content("launch", 5, b"");
    store.file_store().put_file(file.clone()).await.unwrap();
    let path = database.directory.path().join("lines");
    export(&*store, &path, &|_| {}).await.unwrap();
    let text = std::fs::read_to_string(&path).unwrap();
    let target = database.another();
    let target = target.open().await;
    let line = text
        .lines()
        .find(|line| line.starts_with("{\"file\""))
        .unwrap();
    for broken in [
        text.replace("\"content\":\"AAEC", "\"content\":\"AAED"),
        text.replace("\"content\":\"AAEC", "\"content\":\"!"),
        text.replace(&format!("{line}\n"), ""),
        text.replace(",\"files\":1", ""),
    ] {
        assert_ne!(broken, text);
        std::fs::write(&path, broken).unwrap();
        let refused = restore(&*target, &path, &|_| {}).await;
        assert!(
            matches!(refused, Err(StoreError::Corrupt { .. })),
            "{refused:?}"
        );
        assert_eq!(target.heads().await.unwrap(), []);
    }
    // Neither is it copied, nor taken from a database.
    let other = database.another();
    let other = other.open().await;
    file.content.push(0);
    other.file_store().put_file(file).await.unwrap();
    let refused = copy(&*other, &*target, &|_| {}).await;
    assert!(
        matches!(refused, Err(StoreError::Corrupt { .. })),
        "{refused:?}"
    );
    let backup = database.directory.path().join("backup");
    let refused = match other.backup(&backup, &|_| {}).await {
        Ok(()) => restore(&*target, &backup, &|_| {}).await.map(drop),
        refused => refused,
    };
    assert!(
        matches!(refused, Err(StoreError::Corrupt { .. })),
        "{refused:?}"
    );
    assert_eq!(all(&*target).await, []);
}
