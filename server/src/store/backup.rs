//! Backups: a file that is whole or not there, and the way back from one.

use std::{
    fs::{self, File},
    io::{self, Read as _},
    path::{Path, PathBuf},
    time::Duration,
};

use sqlx::{ConnectOptions as _, Connection as _, SqliteConnection, sqlite::SqliteConnectOptions};

use super::{
    Append, Appended, PAGE, Person, Record, Store, StoreError, chain, error::failed, lines,
    sqlite::SqliteStore,
};

/// How far a long task is: bytes when a database file is written, records otherwise.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Progress {
    /// What is done.
    pub done: u64,
    /// What there was to do when it began; an estimate, `done` may end a little off it.
    pub total: u64,
}

/// What [`copy`] and [`restore`] brought over.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Restored {
    /// Records that were not there before.
    pub records: u64,
    /// People, known before or not.
    pub people: u64,
}

/// How many appends are handed over at once while restoring, to share commits.
const TOGETHER: usize = 256;

/// Copies all records and people of a store into another, under their own numbers, times and
/// commands. Done twice it changes nothing; this is also the way from `SQLite` to `PostgreSQL`.
///
/// # Errors
/// [`StoreError::Conflict`] when a stream exists there with another history, and
/// [`StoreError::Corrupt`] at a record whose link does not fit; what came before is copied then.
pub async fn copy(
    from: &dyn Store,
    into: &dyn Store,
    progress: &(dyn Fn(Progress) + Send + Sync),
) -> Result<Restored, StoreError> {
    let heads = from.heads().await?;
    let total = heads.iter().map(|head| head.seq).sum();
    let mut intake = Intake::new(into);
    intake.people(from.people().await?).await?;
    let mut done = 0;
    for head in heads {
        let (mut after, mut chains) = (0, chain::Chains::default());
        while after < head.seq {
            let records = from.read(&head.stream, after, Some(PAGE)).await?;
            let Some(last) = records.last() else { break };
            (done, after) = (done + last.seq - after, last.seq);
            let misfit = |record: &&Record| !chains.follow(record, Some(record.link));
            if let Some(record) = records.iter().find(misfit) {
                let what = chain::misfit(record);
                return Err(StoreError::Corrupt { what });
            }
            intake.records(records).await?;
            progress(Progress { done, total });
        }
    }
    intake.finish().await
}

/// Puts a backup, of either kind, into a store; see [`copy`].
///
/// # Errors
/// [`StoreError::File`] when it cannot be read, [`StoreError::Corrupt`] when it is no backup or not
/// a whole one, and those of [`copy`].
pub async fn restore(
    into: &dyn Store,
    from: &Path,
    progress: &(dyn Fn(Progress) + Send + Sync),
) -> Result<Restored, StoreError> {
    if !is_sqlite(from).map_err(|error| StoreError::file("reading", from, error))? {
        return lines::import(into, from, progress).await;
    }
    // Opening would bring an older backup's schema up to date; that is done to a copy.
    let directory = tempfile::tempdir();
    let directory = directory
        .map_err(|error| StoreError::file("making a directory in", std::env::temp_dir(), error))?;
    let file = directory.path().join("backup.sqlite");
    fs::copy(from, &file).map_err(|error| StoreError::file("copying", from, error))?;
    let source = SqliteStore::open(&file).await?;
    let restored = copy(&source, into, progress).await;
    source.close().await;
    restored
}

fn is_sqlite(path: &Path) -> io::Result<bool> {
    let mut start = Vec::new();
    File::open(path)?.take(16).read_to_end(&mut start)?;
    Ok(start == b"SQLite format 3\0")
}

/// Writes a copy of an `SQLite` database that is in use, without holding up its writer.
pub(super) async fn copy_file(
    options: &SqliteConnectOptions,
    to: &Path,
    progress: &(dyn Fn(Progress) + Send + Sync),
) -> Result<(), StoreError> {
    let new = NewFile::at(to)?;
    let mut connection = options.connect().await.map_err(failed("backing up"))?;
    vacuum_into(&mut connection, &new, progress)
        .await
        .map_err(failed("backing up"))?;
    connection.close().await.map_err(failed("backing up"))?;
    new.finish()
}

async fn vacuum_into(
    connection: &mut SqliteConnection,
    new: &NewFile,
    progress: &(dyn Fn(Progress) + Send + Sync),
) -> Result<(), sqlx::Error> {
    const SIZE: &str = "select page_count * page_size from pragma_page_count(), pragma_page_size()";
    let total: i64 = sqlx::query_scalar(SIZE).fetch_one(&mut *connection).await?;
    let total = total.unsigned_abs();
    let tell = || {
        let done = new.bytes();
        progress(Progress { done, total });
    };
    let query = sqlx::query("vacuum into ?1").bind(new.partial.to_string_lossy().into_owned());
    let mut copying = std::pin::pin!(query.execute(connection));
    let mut ticks = tokio::time::interval(Duration::from_millis(100));
    loop {
        tokio::select! {
            copied = &mut copying => {
                tell();
                return copied.map(drop);
            }
            _ = ticks.tick() => tell(),
        }
    }
}

/// A file that appears under its name only when it is complete and safe on the disk.
pub(super) struct NewFile {
    /// Where it is written.
    pub(super) partial: PathBuf,
    to: PathBuf,
}

impl NewFile {
    /// Refuses to overwrite a file.
    pub(super) fn at(to: &Path) -> Result<Self, StoreError> {
        if to.exists() {
            let error = io::Error::from(io::ErrorKind::AlreadyExists);
            return Err(StoreError::file("writing", to, error));
        }
        let mut partial = to.as_os_str().to_owned();
        partial.push(format!(".{}.partial", std::process::id()));
        Ok(Self {
            partial: partial.into(),
            to: to.to_owned(),
        })
    }

    /// Makes it safe and gives it its name.
    pub(super) fn finish(self) -> Result<(), StoreError> {
        self.publish()
            .map_err(|error| StoreError::file("writing", &self.to, error))
    }

    fn publish(&self) -> io::Result<()> {
        File::open(&self.partial)?.sync_all()?;
        fs::rename(&self.partial, &self.to)?;
        // The name itself is in the directory, which has to reach the disk as well.
        match self.to.parent() {
            Some(parent) if cfg!(unix) && parent.as_os_str().is_empty() => {
                File::open(".")?.sync_all()
            }
            Some(parent) if cfg!(unix) => File::open(parent)?.sync_all(),
            _ => Ok(()),
        }
    }

    fn bytes(&self) -> u64 {
        fs::metadata(&self.partial).map_or(0, |metadata| metadata.len())
    }
}

impl Drop for NewFile {
    fn drop(&mut self) {
        // After a failure nothing half-written stays behind; after success there is nothing.
        let _ = fs::remove_file(&self.partial);
    }
}

/// Takes records in order and appends them command by command, many at once.
pub(super) struct Intake<'a> {
    into: &'a dyn Store,
    /// The last one may still grow.
    waiting: Vec<Append>,
    restored: Restored,
}

impl<'a> Intake<'a> {
    pub(super) fn new(into: &'a dyn Store) -> Self {
        Self {
            into,
            waiting: Vec::new(),
            restored: Restored::default(),
        }
    }

    pub(super) async fn people(&mut self, people: Vec<Person>) -> Result<(), StoreError> {
        self.restored.people += people.len() as u64;
        self.into.upsert_people(people).await
    }

    pub(super) async fn records(&mut self, records: Vec<Record>) -> Result<(), StoreError> {
        for record in records {
            self.push(record)?;
            // The last one stays, its next record may be about to come.
            if self.waiting.len() > TOGETHER {
                let complete = self.waiting.drain(..TOGETHER).collect();
                self.append(complete).await?;
            }
        }
        Ok(())
    }

    pub(super) async fn finish(mut self) -> Result<Restored, StoreError> {
        let rest = std::mem::take(&mut self.waiting);
        self.append(rest).await?;
        Ok(self.restored)
    }

    fn push(&mut self, record: Record) -> Result<(), StoreError> {
        let Record {
            stream,
            seq,
            at,
            command,
            payload,
            link: _,
        } = record;
        let after = seq.checked_sub(1).ok_or_else(|| StoreError::Corrupt {
            what: format!("stream {stream} has a record 0"),
        })?;
        match self.waiting.last_mut() {
            Some(last) if last.stream == stream && last.command == command => {
                last.payloads.push(payload.as_ref().to_owned());
            }
            _ => {
                let payloads = vec![payload.as_ref().to_owned()];
                self.waiting.push(Append {
                    stream,
                    after,
                    command,
                    at,
                    payloads,
                });
            }
        }
        Ok(())
    }

    async fn append(&mut self, appends: Vec<Append>) -> Result<(), StoreError> {
        for appended in self.into.append_all(appends).await {
            if let Appended::Stored { first, last } = appended? {
                self.restored.records += last + 1 - first;
            }
        }
        Ok(())
    }
}
