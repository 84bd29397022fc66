//! An empty database for one test, of either kind.

use std::{sync::Arc, time::Duration};

use chrono::{DateTime, Utc};
use startklar_server::store::{self, Append, Appended, News, Record, Store};
use startklar_tests::postgres::cluster;
use tempfile::TempDir;
use tokio::{sync::broadcast::Receiver, time::timeout};
use uuid::Uuid;

/// An empty database.
pub(crate) struct Database {
    /// Its address.
    pub(crate) url: String,
    /// Room for files of the test, and for the database if it is one.
    pub(crate) directory: TempDir,
}

impl Database {
    pub(crate) fn sqlite() -> Self {
        let directory = tempfile::tempdir().unwrap();
        let url = format!(
            "sqlite:{}",
            directory.path().join("journal.sqlite").display()
        );
        Self { url, directory }
    }

    pub(crate) fn postgres() -> Self {
        Self {
            url: cluster().database(),
            directory: tempfile::tempdir().unwrap(),
        }
    }

    /// Another one of the same kind.
    pub(crate) fn another(&self) -> Self {
        if self.is_sqlite() {
            Self::sqlite()
        } else {
            Self::postgres()
        }
    }

    pub(crate) fn is_sqlite(&self) -> bool {
        self.url.starts_with("sqlite:")
    }

    pub(crate) async fn open(&self) -> Arc<dyn Store> {
        store::open(&self.url).await.unwrap()
    }
}

/// A moment that survives in both databases.
pub(crate) fn moment(seconds: i64) -> DateTime<Utc> {
    DateTime::from_timestamp(1_767_600_000 + seconds, 987_654_000).unwrap()
}

/// An append of `count` records that tell where they belong.
pub(crate) fn append(stream: &str, after: u64, command: Uuid, count: u64) -> Append {
    let payloads = (after + 1..=after + count)
        .map(|seq| payload(stream, seq, command))
        .collect();
    let at = moment(i64::try_from(after).unwrap());
    Append {
        stream: stream.to_owned(),
        after,
        command,
        at,
        payloads,
    }
}

/// With what a database might spoil: order and spacing of JSON, quotes, umlauts, a NUL in disguise.
pub(crate) fn payload(stream: &str, seq: u64, command: Uuid) -> String {
    let text = r#""z":1, "a": "ä\"\\ 🚀 \u0000""#;
    let stream = serde_json::to_string(stream).unwrap();
    format!(r#"{{{text},"stream":{stream},"seq":{seq},"command":"{command}"}}"#)
}

/// Appends, and expects it to be stored; gives the command.
pub(crate) async fn store_some(store: &dyn Store, stream: &str, after: u64, count: u64) -> Uuid {
    let command = Uuid::new_v4();
    let appended = store
        .append(append(stream, after, command, count))
        .await
        .unwrap();
    assert_eq!(
        appended,
        Appended::Stored {
            first: after + 1,
            last: after + count
        }
    );
    command
}

/// The next news, which must come soon.
pub(crate) async fn next(news: &mut Receiver<News>) -> News {
    timeout(Duration::from_secs(20), news.recv())
        .await
        .expect("news in time")
        .unwrap()
}

/// The next records of a stream, up to the number `last`; no other news in between.
pub(crate) async fn records_up_to(news: &mut Receiver<News>, last: u64) -> Vec<Record> {
    let mut heard = Vec::new();
    while heard.last().is_none_or(|record: &Record| record.seq < last) {
        match next(news).await {
            News::Appended(records) => heard.extend(records.iter().cloned()),
            other => panic!("expected records, heard {other:?}"),
        }
    }
    heard
}
