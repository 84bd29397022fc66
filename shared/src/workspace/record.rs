//! One line of the workspace's journal: of the same parts as a line of a launch's, around an event of
//! its own.

use serde::{Deserialize, Serialize};

use super::Event;
use crate::{
    id::{CommandId, PersonId},
    journal::Unreadable,
    time::Instant,
};

/// The version of the format that this library writes. It reads every older one.
pub const VERSION: u16 = 1;

/// An event as recorded. What is stored is this, as one JSON object.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Recorded {
    /// Format version.
    pub v: u16,
    /// Number within the stream, from 1, without gaps.
    pub seq: u64,
    /// When it happened.
    pub at: Instant,
    /// Who did it.
    pub by: PersonId,
    /// The command it came from.
    pub command: CommandId,
    /// What happened.
    pub event: Event,
}

impl Recorded {
    /// Reads a line that any version of this library wrote.
    ///
    /// # Errors
    /// [`Unreadable`] when the line is none, or was written by a newer version.
    pub fn read(line: &str) -> Result<Self, Unreadable> {
        #[derive(Deserialize)]
        struct Version {
            v: u16,
        }
        let found = serde_json::from_str::<Version>(line)?.v;
        if found > VERSION {
            return Err(Unreadable::Newer { found });
        }
        Ok(serde_json::from_str(line)?)
    }

    /// The line to store.
    ///
    /// # Errors
    /// None for a record made by this library: all its parts have a JSON form.
    pub fn write(&self) -> Result<String, serde_json::Error> {
        serde_json::to_string(self)
    }
}
