//! The hash chain: it is written, it is the same everywhere, and whatever was changed is found.

use std::fs;

use sqlx::{AssertSqlSafe, Connection as _, PgConnection, SqliteConnection};
use startklar_server::store::{
    Damage, Flaw, Link, Person, Record, Store, StoreError, Walked, copy, export, restore, verify,
};
use uuid::Uuid;

use crate::database::{Database, append, store_some};

/// Does what nobody should.
pub(crate) async fn meddle(database: &Database, sql: &str) {
    let sql = sqlx::raw_sql(AssertSqlSafe(sql));
    if database.is_sqlite() {
        let mut connection = SqliteConnection::connect(&database.url).await.unwrap();
        sql.execute(&mut connection).await.unwrap();
        connection.close().await.unwrap();
    } else {
        let mut connection = PgConnection::connect(&database.url).await.unwrap();
        sql.execute(&mut connection).await.unwrap();
        connection.close().await.unwrap();
    }
}

/// Makes of a database one of the version before there were links.
pub(crate) async fn age(database: &Database) {
    let sql = "alter table journal drop column link; \
        delete from _sqlx_migrations where version = 2;";
    meddle(database, sql).await;
    if database.is_sqlite() {
        meddle(database, "pragma user_version = 0").await;
    }
}

async fn journal(store: &dyn Store) -> Vec<Record> {
    let mut all = Vec::new();
    for head in store.heads().await.unwrap() {
        all.extend(store.read(&head.stream, 0, None).await.unwrap());
    }
    all
}

async fn walk(store: &dyn Store) -> Vec<Walked> {
    verify(store, &|_| Ok(()), &|_| {}).await.unwrap()
}

async fn assert_whole(store: &dyn Store) {
    for walked in walk(store).await {
        assert_eq!(walked.flaw, None, "{}", walked.stream);
        let last = store.read(&walked.stream, walked.seq - 1, None).await;
        assert_eq!(last.unwrap()[0].link, walked.link);
    }
}

/// More than a page, in several commits.
async fn fill(store: &dyn Store) {
    store_some(store, "long", 0, 700).await;
    store_some(store, "long", 700, 600).await;
    store_some(store, "short", 0, 1).await;
    for after in 0..5 {
        store_some(store, "Ä 'quoted'", after, 1).await;
    }
}

/// The same constants for both databases, computed by another program from the documented formula.
pub(crate) async fn the_same_history_has_the_same_links(database: Database) {
    let store = database.open().await;
    for (after, command, count) in [(0, 1, 2), (2, 2, 1)] {
        let append = append("bühne", after, Uuid::from_u128(command), count);
        store.append(append).await.unwrap();
    }
    let records = store.read("bühne", 0, None).await.unwrap();
    let links: Vec<String> = records
        .iter()
        .map(|record| record.link.to_string())
        .collect();
    let expected = [
        "5351650407c091cb98ce1f0c1876d3f7c3035bcde8ea65547fc3a9b61b9de9dc",
        "8d98377aabf49babb871a65811c6d679b88864836942355f732659c7c28d7ed4",
        "b2a8d1519d1052ca5cec0e3114c3bd3ca6b21b7c1b2cd3f13214d8e239f495b6",
    ];
    assert_eq!(links, expected);
}

pub(crate) async fn every_append_goes_on_from_the_last_link(database: Database) {
    let store = database.open().await;
    fill(&*store).await;
    store.close().await;
    let store = database.open().await;
    store_some(&*store, "long", 1300, 2).await;
    store_some(&*store, "new", 0, 2).await;
    assert_whole(&*store).await;
    let ends: Vec<_> = walk(&*store).await;
    let ends: Vec<_> = ends
        .iter()
        .map(|end| (end.stream.as_str(), end.seq))
        .collect();
    let expected = [("long", 1302), ("new", 2), ("short", 1), ("Ä 'quoted'", 5)];
    assert_eq!(ends, expected);
}

pub(crate) async fn a_database_from_before_is_linked_when_it_is_opened(database: Database) {
    let store = database.open().await;
    fill(&*store).await;
    let before = journal(&*store).await;
    store.close().await;
    age(&database).await;
    let store = database.open().await;
    assert_eq!(journal(&*store).await, before);
    store_some(&*store, "long", 1300, 1).await;
    assert_whole(&*store).await;
}

pub(crate) async fn linking_goes_on_where_it_was_cut_off(database: Database) {
    let store = database.open().await;
    fill(&*store).await;
    let before = journal(&*store).await;
    store.close().await;
    let note = if database.is_sqlite() {
        "pragma user_version = 0;"
    } else {
        "alter table journal alter column link drop not null;"
    };
    let cut = "update journal set link = null where stream = 'long' and seq > 1000 \
        or stream = 'short'";
    meddle(&database, &format!("{note} {cut}")).await;
    let store = database.open().await;
    assert_eq!(journal(&*store).await, before);
    assert_whole(&*store).await;
}

pub(crate) async fn erasing_a_person_leaves_every_link(database: Database) {
    let store = database.open().await;
    fill(&*store).await;
    let before = journal(&*store).await;
    let person = Person {
        id: Uuid::from_u128(1),
        key: "ada".to_owned(),
        name: "Ada".to_owned(),
    };
    store.upsert_people(vec![person]).await.unwrap();
    assert!(store.erase_person(Uuid::from_u128(1)).await.unwrap());
    assert_eq!(journal(&*store).await, before);
    assert_whole(&*store).await;
}

pub(crate) async fn a_discarded_stream_begins_a_new_chain(database: Database) {
    let store = database.open().await;
    fill(&*store).await;
    store.discard("short").await.unwrap();
    assert_whole(&*store).await;
    assert_eq!(walk(&*store).await.len(), 2);
    store_some(&*store, "short", 0, 2).await;
    assert_whole(&*store).await;
    let first = &store.read("short", 0, Some(1)).await.unwrap()[0];
    assert_eq!(first.link, Link::of(first, Link::default()));
}

/// Something that somebody does to the stream `long`, and the number where it is found.
const CHANGES: [(&str, u64); 7] = [
    // One byte of a payload.
    (
        "update journal set payload = replace(payload, '🚀', '🚁') where stream = 'long' and seq = 17",
        17,
    ),
    (
        "delete from journal where stream = 'long' and seq = 1250",
        1250,
    ),
    ("delete from journal where stream = 'long' and seq = 1", 1),
    (
        "update journal set seq = 9999 where stream = 'long' and seq = 5; \
         update journal set seq = 5 where stream = 'long' and seq = 1100; \
         update journal set seq = 1100 where stream = 'long' and seq = 9999",
        5,
    ),
    (
        "delete from journal where stream = 'long' and seq = 1299; \
         update journal set seq = 1299 where stream = 'long' and seq = 1300",
        1299,
    ),
    (
        "update journal set at = (select at from journal where stream = 'long' and seq = 1) \
         where stream = 'long' and seq = 1001",
        1001,
    ),
    (
        "update journal set link = (select link from journal where stream = 'long' and seq = 1) \
         where stream = 'long' and seq = 1000",
        1000,
    ),
];

pub(crate) async fn whatever_was_changed_is_named(database: Database) {
    for (change, seq) in CHANGES {
        let database = database.another();
        let store = database.open().await;
        fill(&*store).await;
        meddle(&database, change).await;
        let walked = walk(&*store).await;
        let flaws: Vec<_> = walked
            .iter()
            .filter(|walked| walked.flaw.is_some())
            .collect();
        let [
            Walked {
                stream,
                flaw: Some(flaw),
                seq: whole,
                ..
            },
        ] = &flaws[..]
        else {
            panic!("{change}: {flaws:?}")
        };
        assert_eq!(
            (stream.as_str(), flaw.seq, *whole),
            ("long", seq, seq - 1),
            "{change}"
        );
        let missing = change.starts_with("delete") && !change.contains("update");
        match &flaw.damage {
            Damage::Missing { next } => assert!(missing && *next == seq + 1, "{change}"),
            Damage::Misfit { found, due } => assert!(!missing && found != due, "{change}"),
            other => panic!("{change}: {other:?}"),
        }
        // Nothing of it is taken for a history.
        let other = database.another();
        let other = other.open().await;
        let refused = copy(&*store, &*other, &|_| {}).await.unwrap_err();
        assert!(
            matches!(&refused, StoreError::Corrupt { .. }),
            "{change}: {refused}"
        );
        assert!(
            refused.to_string().contains(&format!("long, record {seq}")) || missing,
            "{refused}"
        );
    }
}

pub(crate) async fn a_payload_that_is_none_is_named(database: Database) {
    let store = database.open().await;
    fill(&*store).await;
    let check = |record: &Record| match record.seq {
        1200 => Err("it is odd".to_owned()),
        _ => Ok(()),
    };
    let walked = verify(&*store, &check, &|_| {}).await.unwrap();
    let flaws: Vec<_> = walked
        .into_iter()
        .filter_map(|walked| walked.flaw)
        .collect();
    let damage = Damage::Payload("it is odd".to_owned());
    assert_eq!(flaws, [Flaw { seq: 1200, damage }]);
}

pub(crate) async fn lines_whose_links_do_not_fit_are_refused(database: Database) {
    let store = database.open().await;
    fill(&*store).await;
    let file = database.directory.path().join("lines");
    export(&*store, &file, &|_| {}).await.unwrap();
    let text = fs::read_to_string(&file).unwrap();
    let before = r#""stream":"long","seq":700,"#;
    assert!(text.contains(before));
    let changed = text
        .lines()
        .map(|line| {
            let change = if line.contains(before) {
                "🚁"
            } else {
                "🚀"
            };
            line.replace('🚀', change) + "\n"
        })
        .collect::<String>();
    fs::write(&file, changed).unwrap();
    let target = database.another();
    let target = target.open().await;
    let refused = restore(&*target, &file, &|_| {})
        .await
        .unwrap_err()
        .to_string();
    assert!(refused.contains("stream long, record 700"), "{refused}");
    assert_eq!(target.heads().await.unwrap(), []);
}

pub(crate) async fn lines_from_before_there_were_links_are_taken(database: Database) {
    let store = database.open().await;
    fill(&*store).await;
    let file = database.directory.path().join("lines");
    export(&*store, &file, &|_| {}).await.unwrap();
    let text = fs::read_to_string(&file).unwrap();
    let without = |line: &str| match line.split_once(r#","link":""#) {
        Some((rest, _)) => format!("{rest}}}}}\n"),
        None => format!("{line}\n"),
    };
    let old: String = text.lines().map(without).collect();
    assert!(old.len() + 1306 * 64 < text.len() && !old.contains("link"));
    fs::write(&file, old).unwrap();
    let target = database.another();
    let target = target.open().await;
    restore(&*target, &file, &|_| {}).await.unwrap();
    assert_eq!(journal(&*target).await, journal(&*store).await);
}
