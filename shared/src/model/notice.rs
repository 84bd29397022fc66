//! A change notice: what those who speak with customers must know before a launch, and who has read it.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::{Discipline, Launch, NoticeIx, Stamp};
use crate::{
    id::{NoticeId, PersonId},
    text::{Line, Note},
};

/// What a notice says. It never changes: another one takes its place.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Notice {
    /// Its id.
    pub id: NoticeId,
    /// What changes, in one line.
    pub title: Line,
    /// What changes for customers, and what to say to them.
    pub text: Note,
    /// The disciplines whose people are to read it.
    #[serde(default = "usual")]
    pub disciplines: Vec<Discipline>,
    /// The last day to read it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub due: Option<NaiveDate>,
    /// Whether the launch waits for it once that day is over.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub blocking: bool,
    /// The earlier notice that it takes the place of.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub replaces: Option<NoticeId>,
}

/// Whom a notice goes to that names nobody.
fn usual() -> Vec<Discipline> {
    vec![Discipline::Support, Discipline::Sales]
}

/// A notice that was issued.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Issued {
    /// What it says.
    pub notice: Notice,
    /// Who issued it, and when.
    pub by: Stamp,
    /// Who has read it, and when, the first first.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub reads: Vec<Stamp>,
}

impl Issued {
    /// When a person read it.
    pub fn read_by(&self, person: PersonId) -> Option<Stamp> {
        self.reads.iter().copied().find(|stamp| stamp.by == person)
    }

    /// Whether a person knows what it says: they read it, or wrote it.
    pub fn is_known_to(&self, person: PersonId) -> bool {
        self.by.by == person || self.read_by(person).is_some()
    }
}

impl Launch {
    /// The place of the notice with this id.
    pub fn find_notice(&self, id: &NoticeId) -> Option<NoticeIx> {
        let place = self.notices.iter().position(|one| one.notice.id == *id)?;
        Some(u32::try_from(place).ok()?.into())
    }

    /// The notice at a place.
    pub fn notice_at(&self, ix: NoticeIx) -> Option<&Issued> {
        self.notices.get(ix.pos())
    }

    /// The notice that took the place of this one.
    pub fn replaced(&self, id: &NoticeId) -> Option<&Issued> {
        let mut all = self.notices.iter();
        all.find(|one| one.notice.replaces.as_ref() == Some(id))
    }

    /// Everybody who leads a discipline or works for it.
    pub fn people_of(&self, discipline: Discipline) -> impl Iterator<Item = PersonId> {
        let lead = self.leads.get(&discipline).copied();
        let members = self.members.iter();
        let others = members.filter_map(move |(id, member)| {
            let works = member.works_for.contains(&discipline) && Some(*id) != lead;
            works.then_some(*id)
        });
        lead.into_iter().chain(others)
    }
}
