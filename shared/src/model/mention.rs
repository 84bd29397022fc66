//! A mention: what somebody said to a person by name.

use serde::{Deserialize, Serialize};

use super::Stamp;
use crate::{engine::Subject, id::PersonId, text::Note};

/// Somebody was mentioned and has done nothing there since.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Mention {
    /// Who is to look.
    pub person: PersonId,
    /// At what: an item or a request.
    pub subject: Subject,
    /// Who mentioned them last, and when.
    pub by: Stamp,
    /// What was said, with ids as [`crate::mention`] keeps them.
    pub text: Note,
}
