//! The store in an `SQLite` file: one process, one connection that writes, a few that read.

mod accounts;
mod commit;
mod factor;
mod files;
mod follow;
mod linking;
mod lock;
mod mail;
mod passkey;
mod rows;
mod write;

use std::{
    path::{Path, PathBuf},
    sync::{Arc, Mutex},
    time::Duration,
};

use async_trait::async_trait;
use sqlx::{
    ConnectOptions as _, SqlitePool,
    sqlite::{SqliteConnectOptions, SqliteJournalMode, SqlitePoolOptions, SqliteSynchronous},
};
use tempfile::TempDir;
use tokio::sync::broadcast;
use uuid::Uuid;

use super::{
    AccountStore, Append, Appended, FactorStore, FileStore, FollowStore, HEADS, Head, MailStore,
    NEWS, News, PEOPLE, PasskeyStore, Person, Progress, Record, Snapshot, Store, StoreError,
    as_sql, backup, check_dense, error::failed, migrations, writer::Writer,
};
use commit::{Committer, ROWS};
use lock::Lock;

/// Each reading connection has a thread; more of them than this do not read faster.
const READERS: u32 = 4;

/// What has to stay until the last connection is closed. Dropped in this order.
struct Guard {
    _lock: Lock,
    _throwaway: Option<TempDir>,
}

/// The store in an `SQLite` file.
pub(super) struct SqliteStore {
    path: PathBuf,
    writer: Writer<Committer>,
    readers: SqlitePool,
    news: broadcast::Sender<News>,
    guard: Mutex<Option<Arc<Guard>>>,
}

impl SqliteStore {
    /// Opens the file, or makes it.
    pub(super) async fn open(path: &Path) -> Result<Self, StoreError> {
        Self::open_with(path, None).await
    }

    /// A store in a directory of its own, removed when the store is closed.
    pub(super) async fn throwaway() -> Result<Self, StoreError> {
        let (directory, path) = throwaway_file()?;
        Self::open_with(&path, Some(directory)).await
    }

    /// The same with everything in it that a file holds now. The process that has the file goes on
    /// undisturbed.
    pub(super) async fn copy_of(path: &Path) -> Result<Self, StoreError> {
        let (directory, copy) = throwaway_file()?;
        let options = options(path).create_if_missing(false);
        backup::copy_file(&options, &copy, &|_| ()).await?;
        Self::open_with(&copy, Some(directory)).await
    }

    async fn open_with(path: &Path, throwaway: Option<TempDir>) -> Result<Self, StoreError> {
        // The lock stands beside the file itself, not beside a link to it.
        let path = path.canonicalize().unwrap_or_else(|_| path.to_owned());
        let guard = Arc::new(Guard {
            _lock: Lock::take(&path)?,
            _throwaway: throwaway,
        });
        let opening = |error| match failed("opening the file")(error) {
            StoreError::Corrupt { what } => StoreError::Corrupt {
                what: format!("{}: {what}", path.display()),
            },
            error => error,
        };
        let options = options(&path);
        let mut connection = options.connect().await.map_err(opening)?;
        migrations::run_sqlite(&mut connection).await?;
        linking::link_all(&mut connection)
            .await
            .map_err(failed("linking the records"))?;
        let readers = readers(&options).await.map_err(opening)?;
        let (news, _) = broadcast::channel(NEWS);
        let committer = Committer::new(options, connection, news.clone(), Arc::clone(&guard));
        let writer = Writer::start(committer);
        Ok(Self {
            path,
            writer,
            readers,
            news,
            guard: Mutex::new(Some(guard)),
        })
    }
}

/// A place for a file that is removed with its directory.
fn throwaway_file() -> Result<(TempDir, PathBuf), StoreError> {
    let directory = tempfile::Builder::new().prefix("startklar-").tempdir();
    let directory = directory
        .map_err(|error| StoreError::file("making a directory in", std::env::temp_dir(), error))?;
    let path = directory.path().join("journal.sqlite");
    Ok((directory, path))
}

fn options(path: &Path) -> SqliteConnectOptions {
    SqliteConnectOptions::new()
        .filename(path)
        .create_if_missing(true)
        .journal_mode(SqliteJournalMode::Wal)
        // What was answered for survives a loss of power.
        .synchronous(SqliteSynchronous::Full)
        .foreign_keys(true)
        // What is deleted, a person's name above all, is overwritten.
        .pragma("secure_delete", "on")
        // In pages of 4 KiB. The usual 1000 are full after a few commits of many streams, and each
        // checkpoint holds up the writer; pages that are written again and again in between are
        // then copied once.
        .pragma("wal_autocheckpoint", "8000")
        // Nobody else should write; this outlasts a stray backup tool.
        .busy_timeout(Duration::from_secs(5))
        // One statement for each size of a batch, twice, and the others.
        .statement_cache_capacity(2 * ROWS + 32)
        // Rows go from SQLite's thread to the reader in a channel; a longer one wakes them less.
        .row_buffer_size(512)
        .thread_name(|id| format!("sqlite-{id}"))
}

async fn readers(options: &SqliteConnectOptions) -> Result<SqlitePool, sqlx::Error> {
    SqlitePoolOptions::new()
        .max_connections(READERS)
        .min_connections(1)
        .idle_timeout(None)
        .max_lifetime(None)
        // They are in this process: to ask first whether they are still there only costs time.
        .test_before_acquire(false)
        .acquire_timeout(Duration::from_secs(10))
        .connect_with(options.clone().pragma("query_only", "on"))
        .await
}

#[async_trait]
impl Store for SqliteStore {
    async fn append(&self, append: Append) -> Result<Appended, StoreError> {
        self.writer.append(append).await
    }

    async fn append_all(&self, appends: Vec<Append>) -> Vec<Result<Appended, StoreError>> {
        self.writer.append_all(appends).await
    }

    async fn read(
        &self,
        stream: &str,
        after: u64,
        limit: Option<u32>,
    ) -> Result<Vec<Record>, StoreError> {
        let records = self.read_with_gaps(stream, after, limit).await?;
        check_dense(stream, after, &records)?;
        Ok(records)
    }

    async fn read_with_gaps(
        &self,
        stream: &str,
        after: u64,
        limit: Option<u32>,
    ) -> Result<Vec<Record>, StoreError> {
        const READ: &str = "select seq, at, command, payload, link from journal \
            where stream = ?1 and seq > ?2 order by seq limit ?3";
        let query = sqlx::query(READ).bind(stream).bind(as_sql(after));
        let query = query.bind(limit.map_or(-1, i64::from));
        let rows = query
            .try_map(|row| rows::record(stream, &row))
            .fetch_all(&self.readers);
        rows.await.map_err(failed("reading a stream"))
    }

    async fn heads(&self) -> Result<Vec<Head>, StoreError> {
        let rows = sqlx::query(HEADS)
            .try_map(|row| rows::head(&row))
            .fetch_all(&self.readers);
        rows.await.map_err(failed("listing the streams"))
    }

    async fn discard(&self, stream: &str) -> Result<bool, StoreError> {
        let stream = stream.to_owned();
        let task = self
            .writer
            .run(|committer| Box::pin(async move { committer.discard(&stream).await }));
        task.await
    }

    async fn put_snapshot(
        &self,
        stream: &str,
        seq: u64,
        payload: Vec<u8>,
    ) -> Result<(), StoreError> {
        let stream = stream.to_owned();
        let task = self.writer.run(move |committer| {
            Box::pin(async move { committer.put_snapshot(&stream, seq, payload).await })
        });
        task.await
    }

    async fn latest_snapshot(
        &self,
        stream: &str,
        at_most: Option<u64>,
    ) -> Result<Option<Snapshot>, StoreError> {
        let query = sqlx::query(
            "select seq, payload from snapshot where stream = ?1 and seq <= ?2 \
             order by seq desc limit 1",
        );
        let query = query.bind(stream).bind(as_sql(at_most.unwrap_or(u64::MAX)));
        let row = query
            .try_map(|row| rows::snapshot(&row))
            .fetch_optional(&self.readers);
        row.await.map_err(failed("reading a snapshot"))
    }

    async fn drop_snapshots(&self) -> Result<(), StoreError> {
        self.writer
            .run(|committer| Box::pin(committer.drop_snapshots()))
            .await
    }

    async fn upsert_people(&self, people: Vec<Person>) -> Result<(), StoreError> {
        self.writer
            .run(|committer| Box::pin(committer.upsert_people(people)))
            .await
    }

    async fn people(&self) -> Result<Vec<Person>, StoreError> {
        let rows = sqlx::query(PEOPLE)
            .try_map(|row| rows::person(&row))
            .fetch_all(&self.readers);
        rows.await
            .map_err(failed("reading the directory of people"))
    }

    async fn erase_person(&self, id: Uuid) -> Result<bool, StoreError> {
        self.writer
            .run(move |committer| Box::pin(committer.erase_person(id)))
            .await
    }

    fn account_store(&self) -> &dyn AccountStore {
        self
    }

    fn factor_store(&self) -> &dyn FactorStore {
        self
    }

    fn passkey_store(&self) -> &dyn PasskeyStore {
        self
    }

    fn follow_store(&self) -> &dyn FollowStore {
        self
    }

    fn mail_store(&self) -> &dyn MailStore {
        self
    }

    fn file_store(&self) -> &dyn FileStore {
        self
    }

    fn subscribe(&self) -> broadcast::Receiver<News> {
        self.news.subscribe()
    }

    async fn ping(&self) -> Result<(), StoreError> {
        if !self.writer.is_open() {
            return Err(StoreError::Closed);
        }
        let answer = sqlx::query("select 1 from journal limit 1")
            .execute(&self.readers)
            .await;
        answer
            .map(drop)
            .map_err(failed("asking whether it answers"))
    }

    async fn backup(
        &self,
        to: &Path,
        progress: &(dyn Fn(Progress) + Send + Sync),
    ) -> Result<(), StoreError> {
        backup::copy_file(&options(&self.path), to, progress).await
    }

    async fn close(&self) {
        self.writer.close().await;
        self.readers.close().await;
        // A poisoned mutex still holds the guard.
        let mut guard = self
            .guard
            .lock()
            .unwrap_or_else(std::sync::PoisonError::into_inner);
        *guard = None;
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "tests fail by panic")]
mod tests {
    use sqlx::Row as _;

    use super::*;

    #[tokio::test]
    async fn a_connection_is_set_to_lose_nothing() {
        let directory = tempfile::tempdir().unwrap();
        let mut connection = options(&directory.path().join("journal.sqlite"))
            .connect()
            .await
            .unwrap();
        for (setting, expected) in [
            ("pragma journal_mode", "wal"),
            ("pragma synchronous", "2"),
            ("pragma foreign_keys", "1"),
            ("pragma secure_delete", "1"),
        ] {
            let query = sqlx::query(setting)
                .fetch_one(&mut connection)
                .await
                .unwrap();
            let value = query.try_get_unchecked::<String, _>(0).unwrap();
            assert_eq!(value, expected, "{setting}");
        }
    }
}
