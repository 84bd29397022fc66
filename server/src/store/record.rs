//! What goes into the store and what comes out: records, appends, heads, snapshots, people, news.

use std::sync::Arc;

use chrono::{DateTime, Datelike, SubsecRound, Utc};
use serde::de::IgnoredAny;
use uuid::Uuid;

use super::{Link, StoreError};

/// The longest name of a stream, in bytes. It has to fit into a `PostgreSQL` notification.
pub const MAX_STREAM_BYTES: usize = 200;

/// The most that one append may hold, in bytes of payload together. A larger one would keep every
/// other writer waiting.
pub const MAX_APPEND_BYTES: usize = 16 * 1024 * 1024;

/// One record of a stream as it is stored. `seq` counts from 1 within its stream, without gaps.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Record {
    /// The stream that the record belongs to.
    pub stream: String,
    /// Its number in the stream.
    pub seq: u64,
    /// When it was decided, to the microsecond.
    pub at: DateTime<Utc>,
    /// The command that it came from. Records of one command are neighbours.
    pub command: Uuid,
    /// One line of JSON, given back byte for byte.
    pub payload: Arc<str>,
    /// What chains it to the record before. Reading does not check it.
    pub link: Link,
}

/// A wish to append the outcome of one command to a stream: all of it or nothing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Append {
    /// The stream to append to. Its first record makes it.
    pub stream: String,
    /// The last number that the writer saw, 0 for a stream that it takes to be new.
    pub after: u64,
    /// The command's id. Sent twice, it is stored once.
    pub command: Uuid,
    /// When the command was decided. Kept to the microsecond, which is what both databases can hold.
    pub at: DateTime<Utc>,
    /// One line of JSON for each record, in order, at least one.
    pub payloads: Vec<String>,
}

/// How an append went.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Appended {
    /// Stored and durable, as these numbers.
    Stored {
        /// The number of its first record.
        first: u64,
        /// The number of its last record.
        last: u64,
    },
    /// This stream held the command already, as these numbers. Nothing was written.
    Repeated {
        /// The number of the earlier first record.
        first: u64,
        /// The number of the earlier last record.
        last: u64,
    },
}

/// The end of a stream.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Head {
    /// The stream.
    pub stream: String,
    /// The number of its last record.
    pub seq: u64,
    /// When its last record was decided.
    pub at: DateTime<Utc>,
}

/// A folded stream up to and including the record `seq`. The store does not look into it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Snapshot {
    /// The last record that is folded in.
    pub seq: u64,
    /// Whatever the writer put there. It should name its own format version.
    pub payload: Vec<u8>,
}

/// A person of the directory. Names stand only here, never in the journal, so that a person can be
/// erased while the history stays whole.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Person {
    /// What the journal calls the person.
    pub id: Uuid,
    /// The handle, unique in the directory.
    pub key: String,
    /// The name as it is shown.
    pub name: String,
}

/// What subscribers hear.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum News {
    /// Records of one stream, in order, without a gap to what was told of that stream before.
    Appended(Arc<Vec<Record>>),
    /// The stream was thrown away; drop what was folded from it.
    Discarded(Arc<str>),
    /// The directory of people changed; read it again.
    People,
}

impl Append {
    /// Refuses what no database could keep, and cuts the time to what both can keep.
    pub(super) fn checked(mut self) -> Result<Self, StoreError> {
        check_stream(&self.stream)?;
        if self.payloads.is_empty() {
            return Err(invalid(&self.stream, "the append has no payload"));
        }
        if self.payloads.iter().map(String::len).sum::<usize>() > MAX_APPEND_BYTES {
            return Err(invalid(&self.stream, "the append is larger than 16 MiB"));
        }
        if !self.payloads.iter().all(|payload| is_line_of_json(payload)) {
            return Err(invalid(&self.stream, "a payload is not one line of JSON"));
        }
        // Outside of these years the text form would no longer sort by time.
        if !(0..=9999).contains(&self.at.year()) {
            return Err(invalid(
                &self.stream,
                "the time is not within the years 0 to 9999",
            ));
        }
        self.at = self.at.trunc_subsecs(6);
        Ok(self)
    }
}

/// Refuses names that one of the databases could not hold or a notification could not carry.
fn check_stream(stream: &str) -> Result<(), StoreError> {
    let what = if stream.is_empty() {
        "the name of the stream is empty"
    } else if stream.len() > MAX_STREAM_BYTES {
        "the name of the stream is longer than 200 bytes"
    } else if stream.chars().any(char::is_control) {
        "the name of the stream holds a control character"
    } else {
        return Ok(());
    };
    Err(invalid(stream, what))
}

fn invalid(stream: &str, what: &'static str) -> StoreError {
    StoreError::Invalid {
        stream: stream.chars().take(40).collect(),
        what,
    }
}

/// One JSON value without line breaks, so that an exported journal has one record a line.
fn is_line_of_json(payload: &str) -> bool {
    !payload.bytes().any(|byte| byte < b' ') && serde_json::from_str::<IgnoredAny>(payload).is_ok()
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "tests fail by panic")]
mod tests {
    use super::*;

    fn append(stream: &str, payloads: &[&str]) -> Append {
        Append {
            stream: stream.to_owned(),
            after: 0,
            command: Uuid::nil(),
            at: DateTime::from_timestamp(1_700_000_000, 123_456_789).unwrap(),
            payloads: payloads.iter().map(|&payload| payload.to_owned()).collect(),
        }
    }

    #[test]
    fn cuts_the_time_to_microseconds() {
        let checked = append("launch", &["{}"]).checked().unwrap();
        assert_eq!(checked.at.timestamp_subsec_nanos(), 123_456_000);
    }

    #[test]
    fn refuses_what_cannot_be_kept() {
        let long = "x".repeat(MAX_STREAM_BYTES + 1);
        let huge = format!("\"{}\"", "x".repeat(MAX_APPEND_BYTES));
        for (stream, payloads) in [
            ("", &["{}"][..]),
            (&long, &["{}"]),
            ("a\0b", &["{}"]),
            ("launch", &[]),
            ("launch", &["{}", "{"]),
            ("launch", &["{\n}"]),
            ("launch", &[&huge]),
        ] {
            let refused = append(stream, payloads).checked();
            assert!(
                matches!(refused, Err(StoreError::Invalid { .. })),
                "{stream:.20} {refused:?}"
            );
        }
    }
}
