//! A story: a piece of an epic that is built, or dropped.

use serde::{Deserialize, Serialize};

use super::{EpicIx, Keyed, Stay, StoryIx};
use crate::{
    id::{PersonId, StoryId},
    text::{Line, Note},
    time::Instant,
};

/// Where a story stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum StoryState {
    /// Nobody has begun it.
    Todo,
    /// Begun at this moment.
    Begun(Instant),
    /// Done at this moment.
    Done(Instant),
    /// Taken out of the epic at this moment; it need not be built.
    Dropped(Instant),
}

/// A piece of an epic.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Story {
    /// Its id.
    pub id: StoryId,
    /// The epic it belongs to.
    pub epic: EpicIx,
    /// What it is called.
    pub title: Line,
    /// What it is about.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub note: Option<Note>,
    /// Estimate in story points, 0 to 1,000; `None` when nobody has estimated it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub points: Option<u16>,
    /// The sprint it is planned for, counted from 1.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sprint: Option<u8>,
    /// When it was planned for that sprint.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub planned: Option<Instant>,
    /// Sprints that began with it and lost it again.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub stays: Vec<Stay>,
    /// Who builds it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub owner: Option<PersonId>,
    /// When it was written down.
    pub added: Instant,
    /// When somebody first began it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub begun: Option<Instant>,
    /// Where it stands.
    pub state: StoryState,
}

impl Story {
    /// Whether another story counts for the scope and for each sprint as this one does, as what was
    /// split from it does: the same epic, age, and sprints.
    pub fn counts_like(&self, other: &Self) -> bool {
        self.epic == other.epic
            && self.added == other.added
            && (self.sprint, self.planned) == (other.sprint, other.planned)
            && self.stays == other.stays
    }

    /// Whether it is still to be built.
    pub fn is_open(&self) -> bool {
        matches!(self.state, StoryState::Todo | StoryState::Begun(_))
    }

    /// When it was done, if it is.
    pub fn done(&self) -> Option<Instant> {
        if let StoryState::Done(at) = self.state {
            Some(at)
        } else {
            None
        }
    }
}

impl Keyed for Story {
    type Key = StoryId;
    type Ix = StoryIx;
    fn key(&self) -> &StoryId {
        &self.id
    }
}
