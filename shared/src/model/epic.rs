//! An epic: a candidate for the launch, in or out of its scope.

use serde::{Deserialize, Serialize};

use super::{EpicIx, Keyed, Stamp};
use crate::{
    id::EpicId,
    text::{Line, Note},
    time::Instant,
};

/// A candidate for the launch.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Epic {
    /// Its id.
    pub id: EpicId,
    /// What it is called.
    pub title: Line,
    /// What it is about, in a few words.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub note: Option<Note>,
    /// When it became a candidate.
    pub added: Instant,
    /// When it came into the scope; `None` while it is out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub in_scope: Option<Instant>,
    /// Who accepted it as built, and when; void when a story is added or reopened.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub accepted: Option<Stamp>,
}

impl Keyed for Epic {
    type Key = EpicId;
    type Ix = EpicIx;
    fn key(&self) -> &EpicId {
        &self.id
    }
}
