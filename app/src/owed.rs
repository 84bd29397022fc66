//! What somebody owes, in all launches: what my week is drawn from. The server draws it alone.

use chrono::NaiveDate;
use startklar::{ItemId, LaunchId, RequestId, StoryId, model::ExemptionKind};

/// Something the reader owes.
#[derive(Debug, Clone)]
pub struct Owed {
    /// The launch it belongs to.
    pub launch: LaunchId,
    /// The launch's title.
    pub launch_title: String,
    /// What is owed.
    pub what: OwedKind,
    /// Its title.
    pub title: String,
    /// Why it is on the list, in a sentence.
    pub why: String,
    /// The day at the launch's place, from which the other days are seen.
    pub today: NaiveDate,
    /// The day by which work must begin.
    pub start: Option<NaiveDate>,
    /// The day it is due.
    pub due: Option<NaiveDate>,
    /// Days until it must begin or is due, whichever comes first; negative when late.
    pub days: i64,
    /// Whether it is late.
    pub late: bool,
}

/// What kind of thing is owed, and what can be done about it in one click.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum OwedKind {
    /// An item to begin or to tick.
    Item {
        /// Its id.
        id: ItemId,
        /// Whether it has begun.
        begun: bool,
        /// Whether a tick needs evidence first.
        evidence: bool,
    },
    /// A tick to verify as second person.
    Verify(ItemId),
    /// A tick to confirm again.
    Confirm(ItemId),
    /// An exemption to grant.
    Grant {
        /// The item.
        item: ItemId,
        /// What is asked for.
        kind: ExemptionKind,
    },
    /// A request to answer.
    Answer(RequestId),
    /// A story to build.
    Story(StoryId),
}
