//! One line of the journal: an event with its number, moment, author and the command it came from.

use serde::{Deserialize, Serialize, de::IgnoredAny};

use super::Event;
use crate::{
    id::{CommandId, PersonId},
    time::Instant,
};

/// The version of the journal's format that this library writes. It reads every older one.
pub const VERSION: u16 = 1;

/// An event as recorded. What is stored is this, as one JSON object.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Recorded {
    /// Format version.
    pub v: u16,
    /// Number within the launch's stream, from 1, without gaps.
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

/// What every line of a journal says around its event, whichever that is: one that only a newer
/// Startklar knows, too.
#[derive(Debug, Deserialize)]
pub struct Envelope {
    /// Format version.
    pub v: u16,
    /// Number within the launch's stream.
    pub seq: u64,
    /// When it happened.
    pub at: Instant,
    /// Who did it.
    pub by: PersonId,
    /// The command it came from.
    pub command: CommandId,
    #[serde(rename = "event")]
    _event: IgnoredAny,
}

/// Why a line of a journal could not be read.
#[derive(Debug, thiserror::Error)]
pub enum Unreadable {
    /// Written by a newer Startklar.
    #[error("journal format {found} is newer than this program, which reads up to {VERSION}")]
    Newer {
        /// The version found.
        found: u16,
    },
    /// Not a line of a journal.
    #[error("not a journal line: {0}")]
    Broken(#[from] serde_json::Error),
}

impl Recorded {
    /// Reads a line that any version of this library wrote.
    ///
    /// # Errors
    /// [`Unreadable`] when the line is none, or was written by a newer version.
    pub fn read(line: &str) -> Result<Self, Unreadable> {
        match serde_json::from_str::<Self>(line) {
            Ok(record) if record.v <= VERSION => Ok(record),
            Ok(record) => Err(Unreadable::Newer { found: record.v }),
            Err(error) => match serde_json::from_str::<Version>(line) {
                Ok(Version { v }) if v > VERSION => Err(Unreadable::Newer { found: v }),
                _ => Err(error.into()),
            },
        }
    }

    /// The line to store.
    ///
    /// # Errors
    /// None for a record made by this library: all its parts have a JSON form.
    pub fn write(&self) -> Result<String, serde_json::Error> {
        serde_json::to_string(self)
    }
}

impl Envelope {
    /// Reads what stands around an event that need not be known here.
    ///
    /// # Errors
    /// When the line has not the parts of one.
    pub fn read(line: &str) -> Result<Self, serde_json::Error> {
        serde_json::from_str(line)
    }
}

#[derive(Deserialize)]
struct Version {
    v: u16,
}

#[cfg(test)]
mod tests {
    use super::*;

    fn line(v: u16, event: &str) -> String {
        format!(
            r#"{{"v":{v},"seq":1,"at":"2026-03-02T09:00:00Z","by":"{0}","command":"{0}","event":{event}}}"#,
            uuid::Uuid::nil()
        )
    }

    #[test]
    fn a_line_survives_the_round_trip() {
        let read = Recorded::read(&line(
            1,
            r#"{"item_ticked":{"item":"offer","evidence":"v3"}}"#,
        ))
        .unwrap();
        assert_eq!(Recorded::read(&read.write().unwrap()).unwrap(), read);
    }

    #[test]
    fn what_stands_around_an_unknown_event_is_read() {
        let read = Envelope::read(&line(2, r#"{"moon_landed":{}}"#)).unwrap();
        assert_eq!((read.v, read.seq), (2, 1));
        for line in ["", "{}", r#"{"v":1,"seq":1}"#, &line(1, "")] {
            assert!(Envelope::read(line).is_err(), "{line}");
        }
    }

    #[test]
    fn a_newer_line_is_named_as_such_even_when_its_event_is_unknown() {
        assert!(matches!(
            Recorded::read(&line(2, r#"{"moon_landed":{}}"#)),
            Err(Unreadable::Newer { found: 2 })
        ));
        assert!(matches!(
            Recorded::read(&line(1, r#"{"moon_landed":{}}"#)),
            Err(Unreadable::Broken(_))
        ));
    }
}
