//! A poll: what each discipline says before a launch, and what somebody decided on it.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::{Discipline, Item, Launch, Stamp};
use crate::{
    id::{ItemId, PersonId},
    text::{Line, Note},
    time::Instant,
};

/// What a vote or a decision says.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Call {
    /// Launch.
    Go,
    /// Launch, and keep these promises.
    GoWithConditions,
    /// Do not launch.
    NoGo,
}

impl Call {
    /// Every call, the best first.
    pub const ALL: [Self; 3] = [Self::Go, Self::GoWithConditions, Self::NoGo];

    /// The stable name.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Go => "go",
            Self::GoWithConditions => "go_with_conditions",
            Self::NoGo => "no_go",
        }
    }
}

/// A promise that a go depends on.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Condition {
    /// What must hold.
    pub text: Line,
    /// Who sees to it.
    pub owner: PersonId,
    /// The last day for it.
    pub due: NaiveDate,
}

/// What is said for a discipline.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Ballot {
    /// For which.
    pub discipline: Discipline,
    /// What.
    pub call: Call,
    /// Why, in words.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<Note>,
    /// What a go with conditions depends on.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub conditions: Vec<Condition>,
}

/// A ballot that was cast.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Vote {
    /// What it says.
    pub ballot: Ballot,
    /// Who cast it, and when.
    pub by: Stamp,
    /// What made it void.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub void: Option<Void>,
}

/// What made a vote void: something that it rested on changed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Void {
    /// When.
    pub at: Instant,
    /// By whom; nobody where only time went by.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub by: Option<PersonId>,
    /// What changed, as it is called; empty where that has no name of its own.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub what: String,
}

/// What somebody decided on a poll. It is final.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Ruling {
    /// What.
    pub call: Call,
    /// Why, in words.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<Note>,
    /// The items that the conditions became.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub items: Vec<ItemId>,
    /// Who decided, and when.
    pub by: Stamp,
    /// The number of its event in the journal.
    pub revision: u64,
}

/// A poll, open until somebody decides.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Poll {
    /// Who opened it, and when.
    pub opened: Stamp,
    /// The number of that event in the journal: its criteria are what was missing then.
    pub revision: u64,
    /// The disciplines that are asked, in their order.
    pub asked: Vec<Discipline>,
    /// Every vote in the order in which they were cast. A later one of a discipline replaces the
    /// earlier ones, which stay for the minutes.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub votes: Vec<Vote>,
    /// How it ended.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ruling: Option<Ruling>,
}

impl Poll {
    /// The last vote of a discipline, void or not.
    pub fn last(&self, discipline: Discipline) -> Option<&Vote> {
        let mut latest = self.votes.iter().rev();
        latest.find(|vote| vote.ballot.discipline == discipline)
    }
}

impl Launch {
    /// The poll that nobody has decided on yet.
    pub fn open_poll(&self) -> Option<&Poll> {
        self.polls.last().filter(|poll| poll.ruling.is_none())
    }

    /// The last decision to go. A no-go after it promises nothing, and takes no promise back.
    pub fn go(&self) -> Option<&Ruling> {
        let mut rulings = self.polls.iter().rev().filter_map(|p| p.ruling.as_ref());
        rulings.find(|ruling| ruling.call != Call::NoGo)
    }

    /// The items that the conditions of the last go became; none where it had none.
    pub fn promised(&self) -> &[ItemId] {
        self.go().map_or(&[], |ruling| &ruling.items)
    }

    /// Whether an item is a condition of the last go; before the first one, of the go that its plan file
    /// tells of.
    pub fn is_promised(&self, item: &Item) -> bool {
        self.go()
            .map_or(item.bound, |ruling| ruling.items.contains(&item.id))
    }
}
