//! What only the server promises: several processes, which hear of each other.

use std::{collections::HashSet, time::Duration};

use sqlx::{Connection as _, PgConnection};
use startklar_server::store::{self, Appended, News, Person, Record, StoreError, verify};
use tokio::time::sleep;
use uuid::Uuid;

use crate::{
    chain::{age, meddle},
    database::{Database, append, next, records_up_to, store_some},
};

#[tokio::test]
async fn processes_hear_of_each_other() {
    let database = Database::postgres();
    let (here, there) = (database.open().await, database.open().await);
    let mut news = there.subscribe();
    store_some(&*here, "launch", 0, 2).await;
    store_some(&*here, "launch", 2, 1).await;
    let heard = records_up_to(&mut news, 3).await;
    assert_eq!(heard, here.read("launch", 0, None).await.unwrap());
    here.discard("launch").await.unwrap();
    assert_eq!(next(&mut news).await, News::Discarded("launch".into()));
    let person = Person {
        id: Uuid::new_v4(),
        key: "ada".to_owned(),
        name: "Ada".to_owned(),
    };
    here.upsert_people(vec![person]).await.unwrap();
    assert_eq!(next(&mut news).await, News::People);
}

#[tokio::test]
async fn one_process_sees_where_another_left_a_stream() {
    let database = Database::postgres();
    let (here, there) = (database.open().await, database.open().await);
    let command = store_some(&*here, "launch", 0, 2).await;
    let refused = there.append(append("launch", 0, Uuid::new_v4(), 1)).await;
    assert!(matches!(refused, Err(StoreError::Conflict { last: 2, .. })));
    let again = there.append(append("launch", 2, command, 2)).await.unwrap();
    assert_eq!(again, Appended::Repeated { first: 1, last: 2 });
    store_some(&*there, "launch", 2, 1).await;
    store_some(&*here, "launch", 3, 1).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn processes_that_write_together_lose_nothing_and_hear_all_in_order() {
    let database = Database::postgres();
    let mut processes = Vec::new();
    for _ in 0..3 {
        processes.push(database.open().await);
    }
    let mut news: Vec<_> = processes.iter().map(|store| store.subscribe()).collect();
    let mut writers = tokio::task::JoinSet::new();
    for number in 0..12 {
        let store = processes[number % 3].clone();
        writers.spawn(async move {
            for step in 0..15 {
                let stream = ["a", "b"][(number + step) % 2];
                let (command, mut after) = (Uuid::new_v4(), 0);
                while let Err(error) = store.append(append(stream, after, command, 1)).await {
                    let StoreError::Conflict { last, .. } = error else {
                        panic!("{error}")
                    };
                    after = last;
                }
            }
        });
    }
    writers.join_all().await;
    let journal: Vec<Record> = [
        processes[0].read("a", 0, None).await.unwrap(),
        processes[1].read("b", 0, None).await.unwrap(),
    ]
    .concat();
    assert_eq!(journal.len(), 12 * 15);
    let walked = verify(&*processes[2], &|_| Ok(()), &|_| {}).await.unwrap();
    assert!(walked.len() == 2 && walked.iter().all(|walked| walked.flaw.is_none()));
    assert_eq!(
        journal
            .iter()
            .map(|record| record.command)
            .collect::<HashSet<_>>()
            .len(),
        12 * 15
    );
    for news in &mut news {
        let mut heard = Vec::new();
        while heard.len() < journal.len() {
            let News::Appended(records) = next(news).await else {
                panic!("only records were told")
            };
            heard.extend(records.iter().cloned());
        }
        // Sorting is stable: within a stream they must have come in order.
        heard.sort_by(|a, b| a.stream.cmp(&b.stream));
        assert_eq!(heard, journal);
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn processes_that_start_together_link_a_database_from_before() {
    let database = Database::postgres();
    let store = database.open().await;
    for after in 0..3 {
        store_some(&*store, "launch", after * 1500, 1500).await;
        store_some(&*store, &format!("other {after}"), 0, 2).await;
    }
    let before = store.read("launch", 0, None).await.unwrap();
    store.close().await;
    age(&database).await;
    let mut starting = tokio::task::JoinSet::new();
    for _ in 0..4 {
        let url = database.url.clone();
        starting.spawn(async move { store::open(&url).await.unwrap() });
    }
    for store in starting.join_all().await {
        assert_eq!(store.read("launch", 0, None).await.unwrap(), before);
        store_some(&*store, &format!("from {}", Uuid::new_v4()), 0, 1).await;
        let walked = verify(&*store, &|_| Ok(()), &|_| {}).await.unwrap();
        assert!(walked.len() > 4 && walked.iter().all(|walked| walked.flaw.is_none()));
    }
}

#[tokio::test]
async fn a_process_of_the_version_before_breaks_no_chain() {
    let database = Database::postgres();
    let store = database.open().await;
    store_some(&*store, "launch", 0, 3).await;
    let append = "insert into journal (stream, seq, at, command, payload) \
        select stream, max(seq) + 1, now(), gen_random_uuid(), '{}' from journal group by stream";
    // While records are linked, such a process may still append; they are linked as well.
    let still_linking = "alter table journal alter column link drop not null";
    meddle(&database, &format!("{still_linking}; {append}")).await;
    let other = database.open().await;
    let walked = verify(&*other, &|_| Ok(()), &|_| {}).await.unwrap();
    assert!(walked[0].seq == 4 && walked[0].flaw.is_none(), "{walked:?}");
    store_some(&*store, "launch", 4, 1).await;
    // After that it is refused.
    let mut connection = PgConnection::connect(&database.url).await.unwrap();
    let refused = sqlx::query(append)
        .execute(&mut connection)
        .await
        .unwrap_err();
    assert!(refused.to_string().contains("not-null"), "{refused}");
}

#[tokio::test]
async fn what_was_missed_while_the_line_was_cut_is_told() {
    let database = Database::postgres();
    let (here, there) = (database.open().await, database.open().await);
    store_some(&*here, "sample", 0, 1).await;
    let mut news = there.subscribe();
    let mut connection = PgConnection::connect(&database.url).await.unwrap();
    // Cuts both listeners, and connections that wait in the pools.
    let cut = "select count(pg_terminate_backend(pid)) from pg_stat_activity \
        where datname = current_database() and pid <> pg_backend_pid()";
    let cut: i64 = sqlx::query_scalar(cut)
        .fetch_one(&mut connection)
        .await
        .unwrap();
    assert!(cut >= 2);
    store_some(&*here, "launch", 0, 3).await;
    here.discard("sample").await.unwrap();
    let (mut records, mut discarded) = (Vec::new(), false);
    while records.len() < 3 || !discarded {
        match next(&mut news).await {
            News::Appended(some) if some[0].stream == "launch" => {
                records.extend(some.iter().cloned());
            }
            News::Discarded(stream) => discarded = *stream == *"sample",
            News::Appended(_) | News::People => {}
        }
    }
    assert_eq!(records, here.read("launch", 0, None).await.unwrap());
    // And from now on all is as before.
    sleep(Duration::from_millis(500)).await;
    store_some(&*here, "launch", 3, 1).await;
    while !matches!(next(&mut news).await, News::Appended(some) if some[0].seq == 4) {}
}

#[tokio::test]
async fn an_address_that_leads_nowhere_is_refused_without_the_password() {
    let refused = store::open("postgres://ada:secret@127.0.0.1:1/startklar").await;
    let Err(refused) = refused else {
        panic!("connected to nothing")
    };
    assert!(matches!(refused, StoreError::Unavailable { .. }));
    assert!(
        !format!("{refused} {refused:?}").contains("secret"),
        "{refused:?}"
    );
}

#[tokio::test]
async fn a_closed_store_leaves_no_connection() {
    let database = Database::postgres();
    let store = database.open().await;
    store_some(&*store, "launch", 0, 1).await;
    store.close().await;
    let mut connection = PgConnection::connect(&database.url).await.unwrap();
    let open = "select count(*) from pg_stat_activity \
        where datname = current_database() and pid <> pg_backend_pid()";
    for _ in 0..100 {
        let open: i64 = sqlx::query_scalar(open)
            .fetch_one(&mut connection)
            .await
            .unwrap();
        if open == 0 {
            return;
        }
        // The server takes a moment to notice.
        sleep(Duration::from_millis(50)).await;
    }
    panic!("connections are left");
}
