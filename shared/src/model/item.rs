//! A readiness item: one condition that must hold before the launch.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::{Discipline, EpicIx, ItemIx, Keyed, Stamp};
use crate::{
    id::{ItemId, PersonId},
    text::{Line, Note},
    time::Instant,
};

/// One condition of a checklist, and what has been said about it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Item {
    /// Its id.
    pub id: ItemId,
    /// The condition, in one line.
    pub title: Line,
    /// More about it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub note: Option<Note>,
    /// Who owes it.
    pub discipline: Discipline,
    /// Whether the launch waits for it whatever anybody promised.
    pub blocking: bool,
    /// The epics it covers; the whole launch when empty.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub covers: Vec<EpicIx>,
    /// Who does it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub owner: Option<PersonId>,
    /// Lead time: days before the launch moment at which it must be under way.
    pub lead_days: u16,
    /// The day it is due.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub due: Option<NaiveDate>,
    /// Items that must be closed for this one to be closed.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub needs: Vec<ItemIx>,
    /// Epics that must be technically done for it to be closed, as far as they are in scope.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub needs_epics: Vec<EpicIx>,
    /// The evidence it asks for; `None` when a tick is enough.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub evidence: Option<Line>,
    /// Whether a second person must verify it.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub second_person: bool,
    /// Days after which it must be confirmed again.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub confirm_days: Option<u16>,
    /// When it came onto the list.
    pub added: Instant,
    /// Who began it, and when.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub begun: Option<Stamp>,
    /// The tick that stands.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub tick: Option<Tick>,
    /// When a tick was last taken back: what depends on it has gone stale since.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reopened: Option<Instant>,
    /// A waiver or a “not applicable”, asked for or granted.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub exemption: Option<Exemption>,
    /// The files that were handed in as evidence, in that order.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub files: Vec<Attached>,
    /// Whether the plan file that it came with calls it a condition of a go: the poll itself stayed behind.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub bound: bool,
}

/// A file: what it is called and what it is. Its content stands beside the journal, under its sum.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct File {
    /// What it is called.
    pub name: Line,
    /// Its media type, told by its content.
    pub media: Line,
    /// Its size in bytes.
    pub size: u32,
    /// The SHA-256 of its content: 64 hexadecimal digits, lower case.
    pub sha256: Line,
}

/// A file that was handed in.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Attached {
    /// Which.
    pub file: File,
    /// Who handed it in, and when.
    pub by: Stamp,
}

impl Item {
    /// Whether a tick with or without this evidence would lack what the item asks for. A file that was
    /// handed in is evidence, whoever ticks.
    pub fn lacks_evidence(&self, given: Option<&Note>) -> bool {
        self.evidence.is_some() && given.is_none() && self.files.is_empty()
    }
}

/// Somebody's word that an item holds.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Tick {
    /// Who ticked, and when.
    pub by: Stamp,
    /// What proves it: a link or a note.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub evidence: Option<Note>,
    /// The second person, and when.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub verified: Option<Stamp>,
    /// Who last confirmed that it still holds, and when.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub confirmed: Option<Stamp>,
}

impl Tick {
    /// Whether it is this person's word and nobody has added theirs.
    pub fn is_only_of(&self, person: PersonId) -> bool {
        self.by.by == person && self.verified.is_none() && self.confirmed.is_none()
    }

    /// Who last said that it holds, and when; to verify is to say so.
    pub fn last_word(&self) -> Stamp {
        let later = [self.verified, self.confirmed].into_iter().flatten();
        later.fold(
            self.by,
            |last, said| {
                if said.at >= last.at { said } else { last }
            },
        )
    }

    /// The last moment at which somebody said that it holds.
    pub fn last_said(&self) -> Instant {
        self.last_word().at
    }
}

/// How an item may be closed without being done.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ExemptionKind {
    /// Launch without it, until the end of this day.
    Waiver {
        /// The last day on which the waiver holds.
        until: NaiveDate,
    },
    /// It has no meaning for this launch.
    NotApplicable,
}

/// A waiver or a “not applicable”: asked for by one, granted by another.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Exemption {
    /// Which of the two.
    pub kind: ExemptionKind,
    /// Why.
    pub reason: Note,
    /// Who asked, and when.
    pub asked: Stamp,
    /// Who granted it, and when.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub granted: Option<Stamp>,
}

impl Keyed for Item {
    type Key = ItemId;
    type Ix = ItemIx;
    fn key(&self) -> &ItemId {
        &self.id
    }
}
