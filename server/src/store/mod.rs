//! Keeps the journal: streams of opaque records, appended by many at once and never changed.
//!
//! The store knows nothing of launches. It promises that a stream's numbers are dense, that what
//! [`Store::append`] has returned for is durable, that a command is stored once however often it is
//! sent, and that subscribers hear of every record in order. Two databases keep these promises,
//! `SQLite` in a file and `PostgreSQL`; one contract suite holds both to them.
//!
//! Invariants: SQL stands only in this module; nothing updates a record; the only way for records to
//! go is [`Store::discard`]; each record carries a [`Link`], a hash over the one before and itself.

mod accounts;
mod address;
mod backup;
mod batch;
mod chain;
mod error;
mod factor;
mod files;
mod follow;
mod lines;
mod link;
mod mail;
mod migrations;
mod passkey;
mod postgres;
mod record;
mod restore;
mod sqlite;
mod verify;
mod writer;

use std::{path::Path, sync::Arc};

use async_trait::async_trait;
use tokio::sync::broadcast;
use uuid::Uuid;

pub use accounts::{Account, AccountStore, Hash, Identity, Secret};
pub use backup::Progress;
pub use error::{Cause, StoreError};
pub use factor::{Factor, FactorState, FactorStore, Shared};
pub use files::{Content, FileStore, Kept, sum};
pub use follow::{Follow, FollowStore};
pub use lines::export;
pub use link::{Link, NoLink};
pub use mail::{Mail, MailState, MailStore, MailWish, Settled, Written};
pub use passkey::{Passkey, PasskeyStore};
pub use record::{
    Append, Appended, Head, MAX_APPEND_BYTES, MAX_STREAM_BYTES, News, Person, Record, Snapshot,
};
pub use restore::{Backup, Restored, copy, restore};
pub use verify::{Check, Damage, Flaw, Walked, verify};

/// How much news waits for a slow subscriber before it has to read the journal instead.
const NEWS: usize = 4096;

/// How many records are read at once where a whole stream passes through.
const PAGE: u32 = 1000;

/// Keeps the journal, snapshots and the directory of people.
#[async_trait]
pub trait Store: Send + Sync {
    /// Appends the records of one command. They are durable when this returns.
    ///
    /// # Errors
    /// [`StoreError::Conflict`] when the stream does not end at `after`, unless it holds the command
    /// already; [`StoreError::Invalid`] when no stream could hold this.
    async fn append(&self, append: Append) -> Result<Appended, StoreError>;

    /// Appends one after the other, in this order, as many as can be in one commit; gives an answer
    /// for each. Unlike calls of [`Store::append`] side by side, they keep their order, so each may
    /// go on where the one before ended.
    async fn append_all(&self, appends: Vec<Append>) -> Vec<Result<Appended, StoreError>>;

    /// The records of a stream whose number is above `after`, in order, at most `limit`. None for a
    /// stream that does not exist.
    async fn read(
        &self,
        stream: &str,
        after: u64,
        limit: Option<u32>,
    ) -> Result<Vec<Record>, StoreError>;

    /// The same with whatever gaps there are, for those who look for damage.
    async fn read_with_gaps(
        &self,
        stream: &str,
        after: u64,
        limit: Option<u32>,
    ) -> Result<Vec<Record>, StoreError>;

    /// Where each stream ends, all at one instant, sorted by the bytes of the name.
    async fn heads(&self) -> Result<Vec<Head>, StoreError>;

    /// Removes a whole stream with its snapshots and files; says whether there was one.
    ///
    /// The one exception to append-only, meant for a sample that was looked at enough. A name that
    /// was discarded should not be used again: other processes may still hold its old records.
    async fn discard(&self, stream: &str) -> Result<bool, StoreError>;

    /// Keeps a folded stream, in place of an earlier one of the same record.
    ///
    /// # Errors
    /// [`StoreError::NoSuchRecord`] when the stream has no record `seq`.
    async fn put_snapshot(
        &self,
        stream: &str,
        seq: u64,
        payload: Vec<u8>,
    ) -> Result<(), StoreError>;

    /// The latest snapshot of a stream, or the latest that folds nothing beyond `at_most`.
    async fn latest_snapshot(
        &self,
        stream: &str,
        at_most: Option<u64>,
    ) -> Result<Option<Snapshot>, StoreError>;

    /// Throws all snapshots away. Nothing is lost but the time to fold the streams anew.
    async fn drop_snapshots(&self) -> Result<(), StoreError>;

    /// Adds people to the directory, or gives those it knows by id another handle and name; all of
    /// them or none.
    ///
    /// # Errors
    /// [`StoreError::KeyTaken`] when a handle belongs to somebody else.
    async fn upsert_people(&self, people: Vec<Person>) -> Result<(), StoreError>;

    /// The directory, sorted by handle.
    async fn people(&self) -> Result<Vec<Person>, StoreError>;

    /// Removes a person's handle and name for good; says whether there was such a person. Backups
    /// made before still hold them.
    async fn erase_person(&self, id: Uuid) -> Result<bool, StoreError>;

    /// Who may sign in, and by what.
    fn account_store(&self) -> &dyn AccountStore;

    /// By which codes besides.
    fn factor_store(&self) -> &dyn FactorStore;

    /// By which keys without a password.
    fn passkey_store(&self) -> &dyn PasskeyStore;

    /// Who follows what.
    fn follow_store(&self) -> &dyn FollowStore;

    /// How people wish to be written to, and what is to be sent.
    fn mail_store(&self) -> &dyn MailStore;

    /// The contents of files.
    fn file_store(&self) -> &dyn FileStore;

    /// Hears what is stored from now on: by this process and, on `PostgreSQL`, by others too. For each
    /// stream the records come in order and without gaps.
    ///
    /// A receiver that is told that it lagged reads from the journal what it lacks.
    fn subscribe(&self) -> broadcast::Receiver<News>;

    /// Whether the database answers and appends are taken.
    async fn ping(&self) -> Result<(), StoreError>;

    /// Writes everything as it is at this instant into a new file, while the store stays in use, and
    /// tells `progress` now and then. `SQLite` makes a database file, `PostgreSQL` the lines of
    /// [`export`]; [`restore()`] takes either.
    ///
    /// # Errors
    /// [`StoreError::File`] when the file exists already or cannot be written.
    async fn backup(
        &self,
        to: &Path,
        progress: &(dyn Fn(Progress) + Send + Sync),
    ) -> Result<(), StoreError>;

    /// Finishes what is under way and lets go of the database. Everything later is refused with
    /// [`StoreError::Closed`].
    async fn close(&self);
}

/// Opens the database at `url`, makes it if it is a file that does not exist, and brings its schema
/// up to date: records from before there were links get theirs, once.
///
/// `sqlite:PATH` is a file for one process at a time, `sqlite::memory:` one that is thrown away at
/// the end, `postgres://USER@HOST/NAME` a database that many processes may share.
///
/// # Errors
/// [`StoreError::Address`] for any other address, [`StoreError::Locked`] when another process has
/// the file, [`StoreError::Newer`] when a newer version wrote it.
pub async fn open(url: &str) -> Result<Arc<dyn Store>, StoreError> {
    Ok(match address::Address::parse(url)? {
        address::Address::File(path) => Arc::new(sqlite::SqliteStore::open(&path).await?),
        address::Address::Throwaway => Arc::new(sqlite::SqliteStore::throwaway().await?),
        address::Address::Server(options) => Arc::new(postgres::PgStore::open(*options).await?),
    })
}

/// Opens the database at `url` for somebody who only reads.
///
/// A file that another process has is read from a copy that is made now and thrown away at the end:
/// that process stays the only one on the file, and what it writes meanwhile is not seen.
///
/// # Errors
/// Those of [`open`], but for [`StoreError::Locked`], and [`StoreError::Missing`] for a file that
/// does not exist.
pub async fn open_to_read(url: &str) -> Result<Arc<dyn Store>, StoreError> {
    if let address::Address::File(path) = address::Address::parse(url)?
        && !path.exists()
    {
        return Err(StoreError::Missing { path });
    }
    match open(url).await {
        Err(StoreError::Locked { path, .. }) => {
            Ok(Arc::new(sqlite::SqliteStore::copy_of(&path).await?))
        }
        opened => opened,
    }
}

/// Reads people from a database that answers with id, handle and name.
const PEOPLE: &str = "select id, key, name from person order by key";

/// Where each stream ends. Jumps from stream to stream through the primary key, so that it takes
/// time by the number of streams and not of records.
const HEADS: &str = "\
    with recursive name(stream) as (
      select min(stream) from journal
      union all
      select (select min(later.stream) from journal later where later.stream > name.stream)
      from name where name.stream is not null
    )
    select journal.stream, journal.seq, journal.at
    from name join journal on journal.stream = name.stream
      and journal.seq = (select max(seq) from journal longest where longest.stream = name.stream)
    order by journal.stream";

/// Refuses records that do not follow on each other and on `after`.
fn check_dense(stream: &str, after: u64, records: &[Record]) -> Result<(), StoreError> {
    let mut before = after;
    for record in records {
        if record.seq != before + 1 {
            let what = format!("stream {stream}: record {} follows on {before}", record.seq);
            return Err(StoreError::Corrupt { what });
        }
        before = record.seq;
    }
    Ok(())
}

/// A number as both databases keep it. None is beyond any stream's end.
fn as_sql(number: u64) -> i64 {
    i64::try_from(number).unwrap_or(i64::MAX)
}

/// A number as it comes from a database.
fn from_sql(number: i64) -> Result<u64, sqlx::Error> {
    u64::try_from(number).map_err(|error| sqlx::Error::Decode(error.into()))
}

/// A link as it comes from a database.
fn link_from_sql(bytes: &[u8]) -> Result<Link, sqlx::Error> {
    Link::try_from(bytes).map_err(|error| sqlx::Error::Decode(error.into()))
}
