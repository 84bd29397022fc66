//! Backups: a file that is whole or not there.

use std::{
    fs::{self, File},
    io,
    path::{Path, PathBuf},
    time::Duration,
};

use sqlx::{
    ConnectOptions as _, Connection as _, SqliteConnection,
    sqlite::{SqliteConnectOptions, SqliteJournalMode},
};

use super::{StoreError, error::failed};

/// How far a long task is: bytes when a database file is written, records otherwise.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Progress {
    /// What is done.
    pub done: u64,
    /// What there was to do when it began; an estimate, `done` may end a little off it.
    pub total: u64,
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
    strip(options, &new.partial)
        .await
        .map_err(failed("backing up"))?;
    new.finish()
}

/// Two where there are accounts; a database of an older version has neither table.
const KNOWS: &str = "select count(*) from sqlite_schema where name in ('secret', 'account')";

/// The same for mail.
const MAILS: &str = "select count(*) from sqlite_schema where name in ('mail_wish', 'outbox')";

/// The same for second factors.
const FACTORS: &str = "select count(*) from sqlite_schema where name = 'factor'";

/// The same for passkeys.
const PASSKEYS: &str = "select count(*) from sqlite_schema where name = 'passkey'";

/// The same for what is followed.
const FOLLOWS: &str = "select count(*) from sqlite_schema where name = 'follow'";

/// Takes the secrets out of a copy: whoever finds a backup signs in by nothing that stands in it. And
/// the outbox with everybody's address: a copy of a workspace must not write to its people.
async fn strip(options: &SqliteConnectOptions, copy: &Path) -> Result<(), sqlx::Error> {
    let options = options.clone().filename(copy);
    // One file, not three.
    let mut connection = options
        .journal_mode(SqliteJournalMode::Delete)
        .connect()
        .await?;
    let tables: i64 = sqlx::query_scalar(KNOWS).fetch_one(&mut connection).await?;
    let mails: i64 = sqlx::query_scalar(MAILS).fetch_one(&mut connection).await?;
    let factors: i64 = sqlx::query_scalar(FACTORS)
        .fetch_one(&mut connection)
        .await?;
    if factors == 1 {
        sqlx::raw_sql("delete from factor")
            .execute(&mut connection)
            .await?;
    }
    let passkeys: i64 = sqlx::query_scalar(PASSKEYS)
        .fetch_one(&mut connection)
        .await?;
    if passkeys == 1 {
        // No secret, but one that was removed since, because it was lost, must not come back.
        sqlx::raw_sql("delete from passkey")
            .execute(&mut connection)
            .await?;
    }
    let follows: i64 = sqlx::query_scalar(FOLLOWS)
        .fetch_one(&mut connection)
        .await?;
    if follows == 1 {
        sqlx::raw_sql("delete from follow")
            .execute(&mut connection)
            .await?;
    }
    if mails == 2 {
        sqlx::raw_sql("delete from outbox; delete from mail_wish")
            .execute(&mut connection)
            .await?;
    }
    if tables == 2 {
        sqlx::raw_sql("delete from secret; update account set password = null; vacuum")
            .execute(&mut connection)
            .await?;
    }
    connection.close().await
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
