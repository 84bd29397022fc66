//! Keeps a second process off a database file.
//!
//! `SQLite` itself would let it in, but this process remembers where the streams end and would go on
//! from a wrong number.

use std::{
    fs::{File, OpenOptions, TryLockError},
    io::{Read as _, Seek as _, Write as _},
    path::{Path, PathBuf},
};

use super::super::StoreError;

/// The lock on a database file, held as long as this lives.
///
/// The lock is on a file beside the database, which stays behind: to remove it would let a process
/// that waits lock the removed file while another makes a new one.
pub(super) struct Lock {
    _file: File,
}

impl Lock {
    /// Takes the lock of the database file at `path`, or says who has it.
    pub(super) fn take(path: &Path) -> Result<Self, StoreError> {
        let beside = beside(path);
        let mut options = OpenOptions::new();
        let file = options
            .read(true)
            .write(true)
            .create(true)
            .truncate(false)
            .open(&beside);
        let mut file = file.map_err(|error| StoreError::file("opening", &beside, error))?;
        match file.try_lock() {
            Ok(()) => {}
            Err(TryLockError::WouldBlock) => {
                return Err(StoreError::Locked {
                    path: path.into(),
                    holder: read_holder(&mut file),
                });
            }
            Err(TryLockError::Error(error)) => {
                return Err(StoreError::file("locking", &beside, error));
            }
        }
        // The number only serves the message of the next one; the lock holds without it.
        if let Err(error) = write_holder(&mut file) {
            tracing::warn!(path = %beside.display(), %error, "store.lock_holder_not_written");
        }
        Ok(Self { _file: file })
    }
}

fn beside(path: &Path) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(".lock");
    name.into()
}

fn write_holder(file: &mut File) -> std::io::Result<()> {
    file.set_len(0)?;
    file.rewind()?;
    writeln!(file, "{}", std::process::id())
}

fn read_holder(file: &mut File) -> Option<u32> {
    let mut text = String::new();
    file.take(20).read_to_string(&mut text).ok()?;
    text.trim().parse().ok()
}
