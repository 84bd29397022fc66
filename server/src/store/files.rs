//! Contents of files, beside the journal: kept by stream and sum, given back as they came. Which of them
//! the journal mentions is for [`crate::launches`] to know.

use std::fmt::Write as _;

use async_trait::async_trait;
use sha2::{Digest as _, Sha256};

use super::StoreError;

/// A file with its content.
#[derive(Clone, PartialEq, Eq)]
pub struct Content {
    /// The stream that it belongs to.
    pub launch: String,
    /// The SHA-256 of its content, in hexadecimal digits.
    pub sha256: String,
    /// Its media type.
    pub media: String,
    /// When it was put in last, in whole seconds since 1970.
    pub made: i64,
    /// What is in it.
    pub content: Vec<u8>,
}

/// A file without its content.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Kept {
    /// The SHA-256 of its content, in hexadecimal digits.
    pub sha256: String,
    /// Its media type.
    pub media: String,
    /// When it was put in last, in whole seconds since 1970.
    pub made: i64,
    /// Its size in bytes.
    pub size: i64,
}

impl Content {
    /// Whether it is what its sum says.
    pub fn is_whole(&self) -> bool {
        sum(&self.content) == self.sha256
    }
}

impl std::fmt::Debug for Content {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Content({} {})", self.launch, self.sha256)
    }
}

/// The SHA-256 of a content, in hexadecimal digits.
pub fn sum(content: &[u8]) -> String {
    let mut text = String::with_capacity(64);
    for byte in Sha256::digest(content) {
        // Writing to a string cannot fail.
        let _ = write!(text, "{byte:02x}");
    }
    text
}

/// Keeps the contents of files.
#[async_trait]
pub trait FileStore: Send + Sync {
    /// Puts a file in. One that is there already stays, and was put in now.
    async fn put_file(&self, file: Content) -> Result<(), StoreError>;

    /// A file of a stream.
    async fn file(&self, launch: &str, sha256: &str) -> Result<Option<Content>, StoreError>;

    /// Says that a file of a stream was put in now, if it is there, and what it is.
    async fn touch_file(
        &self,
        launch: &str,
        sha256: &str,
        now: i64,
    ) -> Result<Option<Kept>, StoreError>;

    /// The files of a stream, in the order of their sums.
    async fn files(&self, launch: &str) -> Result<Vec<Kept>, StoreError>;

    /// The streams that have files, in the order of their bytes.
    async fn launches_with_files(&self) -> Result<Vec<String>, StoreError>;

    /// Removes a file that was put in before a moment; says whether it did.
    async fn drop_file(&self, launch: &str, sha256: &str, before: i64) -> Result<bool, StoreError>;
}

/// The statements, the same for both databases.
pub(super) mod sql {
    pub(crate) const PUT: &str = "\
        insert into file (launch, sha256, media, made, size, content) \
        values ($1, $2, $3, $4, $5, $6) \
        on conflict (launch, sha256) do update set made = excluded.made";
    pub(crate) const GET: &str =
        "select media, made, content from file where launch = $1 and sha256 = $2";
    pub(crate) const TOUCH: &str = "update file set made = $3 where launch = $1 and sha256 = $2";
    pub(crate) const ONE: &str =
        "select sha256, media, made, size from file where launch = $1 and sha256 = $2";
    pub(crate) const ALL: &str =
        "select sha256, media, made, size from file where launch = $1 order by sha256";
    pub(crate) const LAUNCHES: &str = "select distinct launch from file order by launch";
    pub(crate) const DROP: &str =
        "delete from file where launch = $1 and sha256 = $2 and made < $3";
    pub(crate) const DISCARD: &str = "delete from file where launch = $1";
}
