//! An epic: a candidate for the launch, in or out of its scope.

use chrono::TimeDelta;
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
    /// Since when it was in scope and when it fell out, while it is out again.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub left: Option<(Instant, Instant)>,
    /// Who accepted it as built, and when; void when a story is added or reopened.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub accepted: Option<Stamp>,
}

/// Hours after which an epic that comes back into the scope is new in it.
const SAME_CUT_HOURS: i64 = 24;

impl Epic {
    /// Since when it was in scope, if it comes back at this moment: what fell out a day ago at the
    /// most comes back as what it was, since that was a cut that was taken back.
    pub fn was_in_scope(&self, now: Instant) -> Option<Instant> {
        let (since, until) = self.left?;
        (now - until <= TimeDelta::hours(SAME_CUT_HOURS)).then_some(since)
    }
}

impl Keyed for Epic {
    type Key = EpicId;
    type Ix = EpicIx;
    fn key(&self) -> &EpicId {
        &self.id
    }
}
