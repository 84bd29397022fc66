//! What can go wrong in the store, without a type of the database drivers in sight.

use std::{error::Error, path::PathBuf, sync::Arc};

/// Whatever lies beneath an error: shared, because one failed commit answers many writers.
pub type Cause = Arc<dyn Error + Send + Sync>;

/// Why the store refused or failed.
#[derive(Debug, Clone, thiserror::Error)]
pub enum StoreError {
    /// The stream has moved on, or is not as long as the writer thinks: read and decide again.
    #[error("the stream {stream} ends at record {last}, not where the writer took it to end")]
    Conflict {
        /// The stream.
        stream: String,
        /// The number of its last record, 0 when it has none.
        last: u64,
    },
    /// The append can never be stored as it is.
    #[error("stream {stream:?}: {what}")]
    Invalid {
        /// The stream, cut short when it is long.
        stream: String,
        /// What is wrong with it.
        what: &'static str,
    },
    /// A snapshot of a record that does not exist.
    #[error("the stream {stream} has no record {seq} to take a snapshot of")]
    NoSuchRecord {
        /// The stream.
        stream: String,
        /// The record that is not there.
        seq: u64,
    },
    /// Another person has this handle.
    #[error("the handle {key:?} belongs to another person")]
    KeyTaken {
        /// The handle.
        key: String,
    },
    /// An account of a person who is not in the directory.
    #[error("there is no such person")]
    NoSuchPerson,
    /// A database to be read does not exist.
    #[error("there is no database {}", path.display())]
    Missing {
        /// The database file.
        path: PathBuf,
    },
    /// Another process has the database open.
    #[error(
        "{} is in use by another process{}: stop that one, or give this one another file",
        path.display(),
        holder.as_ref().map(|pid| format!(" (process {pid}, says {}.lock)", path.display()))
            .unwrap_or_default()
    )]
    Locked {
        /// The database file.
        path: PathBuf,
        /// The process that left its number in the lock file, when it could be read.
        holder: Option<u32>,
    },
    /// The address of the database is none that the store knows.
    #[error(
        "the database address {found:?} is not understood ({why}): allowed are sqlite:PATH, \
         sqlite::memory: (thrown away at the end) and postgres://USER@HOST/NAME"
    )]
    Address {
        /// The address as given, without its password.
        found: String,
        /// What is wrong with it.
        why: String,
    },
    /// A file could not be read or written.
    #[error("{doing} {}: {source}", path.display())]
    File {
        /// What was to be done.
        doing: &'static str,
        /// The file.
        path: PathBuf,
        /// Why it failed.
        source: Cause,
    },
    /// The database was written by a newer version of this program.
    #[error(
        "the database was written by a newer version (its schema {schema} is unknown here): \
         install that version or a later one"
    )]
    Newer {
        /// The first schema version that this program does not know.
        schema: i64,
    },
    /// What is stored breaks a rule of the store; somebody else wrote to it, or a disk failed.
    #[error("what is stored is damaged: {what}")]
    Corrupt {
        /// What was found.
        what: String,
    },
    /// The database could not be reached or refused. Nothing is known to be stored; the same command
    /// may be sent again, it will not happen twice.
    #[error("the database failed while {doing}: {source}")]
    Unavailable {
        /// What was to be done.
        doing: &'static str,
        /// Why it failed.
        source: Cause,
    },
    /// The store has been closed.
    #[error("the store is closed")]
    Closed,
}

impl StoreError {
    pub(super) fn file(
        doing: &'static str,
        path: impl Into<PathBuf>,
        source: std::io::Error,
    ) -> Self {
        Self::File {
            doing,
            path: path.into(),
            source: Arc::new(source),
        }
    }
}

/// For `map_err`: turns the driver's error into ours, with what was being done.
pub(super) fn failed(doing: &'static str) -> impl FnOnce(sqlx::Error) -> StoreError {
    move |error| match error {
        sqlx::Error::PoolClosed => StoreError::Closed,
        sqlx::Error::ColumnDecode { .. } | sqlx::Error::Decode(_) => StoreError::Corrupt {
            what: format!("{doing}: {error}"),
        },
        sqlx::Error::Database(ref refusal) if is_damage(refusal.code().as_deref()) => {
            StoreError::Corrupt {
                what: format!("{doing}: {error}"),
            }
        }
        error => StoreError::Unavailable {
            doing,
            source: Arc::new(error),
        },
    }
}

/// `SQLite`'s codes for a malformed file and a file that is no database; `PostgreSQL`'s two for damaged
/// pages and indexes. The extended codes of `SQLite` carry the plain one in their lowest byte.
fn is_damage(code: Option<&str>) -> bool {
    match code {
        Some("XX001" | "XX002") => true,
        Some(code) => code
            .parse::<u32>()
            .is_ok_and(|code| matches!(code & 0xff, 11 | 26)),
        None => false,
    }
}
