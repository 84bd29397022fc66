//! What is wrong with a plan file: where, what was found, what is allowed.

use serde::{Serialize, Serializer, ser::SerializeMap};

use super::fields::{Kind, Thing};
use crate::{command::Refusal, texts::Locale, time::Instant};

/// One thing that is wrong with a plan file.
///
/// Serialised as an object of `line`, `column`, `path`, `code` and `text` (in English).
#[derive(Debug, Clone, thiserror::Error)]
#[error("{line}:{column}: {}", self.text(Locale::En))]
pub struct PlanError {
    /// The line, counted from 1.
    pub line: usize,
    /// The column in characters, counted from 1.
    pub column: usize,
    /// The field, such as `items[3].lead_days`; empty for the file as a whole.
    pub path: String,
    /// What is wrong.
    pub problem: Problem,
}

/// What is wrong with a field.
#[derive(Debug, Clone)]
pub enum Problem {
    /// The file is not TOML.
    Syntax {
        /// What the TOML reader says, in English.
        message: String,
    },
    /// There is no such field.
    UnknownField {
        /// The name found.
        found: String,
        /// The known name that is nearest, if one is near.
        near: Option<&'static str>,
        /// All names that are known here.
        known: Vec<&'static str>,
    },
    /// A field is missing.
    Missing {
        /// Its name.
        name: &'static str,
        /// What it may hold.
        allowed: Kind,
    },
    /// A value of another type.
    WrongType {
        /// What was found, as written.
        found: String,
        /// What the field may hold.
        allowed: Kind,
    },
    /// A value of the right type that is not allowed.
    BadValue {
        /// What was found, as written.
        found: String,
        /// What the field may hold.
        allowed: Kind,
    },
    /// The file holds nothing with this id or handle.
    UnknownReference {
        /// What was looked for.
        thing: Thing,
        /// The id found.
        found: String,
        /// The known id that is nearest, if one is near.
        near: Option<String>,
    },
    /// An id that stands in the file already.
    Duplicate {
        /// The id.
        found: String,
        /// The line in which it stands first.
        first: usize,
    },
    /// What is needed stands after what needs it.
    StandsAfter {
        /// The id of what is needed.
        found: String,
    },
    /// Two fields that exclude each other.
    Exclusive {
        /// The one.
        name: &'static str,
        /// The other.
        other: &'static str,
    },
    /// Something that happened before what it presupposes.
    TooEarly {
        /// When it happened.
        found: Instant,
        /// What must lie before it: the path of a field.
        other: String,
        /// When that was.
        earliest: Instant,
    },
    /// Something that the file says has happened, at a moment that is yet to come.
    InFuture {
        /// When it is said to have happened.
        found: Instant,
        /// The latest moment at which it can have.
        latest: Instant,
    },
    /// A record over blockers of which the file does not show that they came afterwards.
    NotShown {
        /// When it was recorded.
        at: Instant,
        /// How many there are.
        blockers: usize,
        /// What they are about, in each language.
        titles: [(Locale, String); Locale::ALL.len()],
        /// Whether the file may claim it all the same: a launch, not the end of its watch.
        claimable: bool,
    },
    /// The rules refuse what the file says.
    Refused {
        /// When it would have happened.
        at: Instant,
        /// Why not.
        refusal: Refusal,
    },
}

impl PlanError {
    /// The stable code: the refusal's own where the rules refuse.
    pub fn code(&self) -> &'static str {
        match &self.problem {
            Problem::Syntax { .. } => "syntax",
            Problem::UnknownField { .. } => "unknown_field",
            Problem::Missing { .. } => "missing",
            Problem::WrongType { .. } => "wrong_type",
            Problem::BadValue { .. } => "bad_value",
            Problem::UnknownReference { .. } => "unknown_reference",
            Problem::Duplicate { .. } => "duplicate",
            Problem::StandsAfter { .. } => "stands_after",
            Problem::Exclusive { .. } => "exclusive",
            Problem::TooEarly { .. } => "too_early",
            Problem::InFuture { .. } => "in_future",
            Problem::NotShown { .. } => "not_shown",
            Problem::Refused { refusal, .. } => refusal.code(),
        }
    }

    /// What was found, as written in the file, where the problem is a value or a name.
    pub fn found(&self) -> Option<&str> {
        match &self.problem {
            Problem::UnknownField { found, .. }
            | Problem::WrongType { found, .. }
            | Problem::BadValue { found, .. }
            | Problem::UnknownReference { found, .. }
            | Problem::StandsAfter { found }
            | Problem::Duplicate { found, .. } => Some(found),
            _ => None,
        }
    }

    /// What the field may hold, in words, where the problem is a value.
    pub fn allowed(&self, locale: Locale) -> Option<String> {
        match &self.problem {
            Problem::Missing { allowed, .. }
            | Problem::WrongType { allowed, .. }
            | Problem::BadValue { allowed, .. } => Some(super::text::allowed(allowed, locale)),
            Problem::UnknownField { known, .. } => Some(known.join(", ")),
            _ => None,
        }
    }
}

impl Serialize for PlanError {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        let mut map = to.serialize_map(Some(5))?;
        map.serialize_entry("line", &self.line)?;
        map.serialize_entry("column", &self.column)?;
        map.serialize_entry("path", &self.path)?;
        map.serialize_entry("code", self.code())?;
        map.serialize_entry("text", &self.text(Locale::En))?;
        map.end()
    }
}
