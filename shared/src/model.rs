//! What a launch is made of: plain data, as the journal's fold leaves it.

mod discipline;
mod epic;
mod item;
mod launch;
mod mention;
mod named;
mod notice;
mod people;
mod policy;
mod poll;
mod request;
mod sprints;
mod story;
mod table;
mod taken;
mod windows;

pub use discipline::{Discipline, Lane};
pub use epic::Epic;
pub use item::{Attached, Exemption, ExemptionKind, File, Item, Tick};
pub use launch::{Declaration, Launch, Member, Schedule};
pub use mention::Mention;
pub use notice::{Issued, Notice};
pub use people::{People, Person};
pub use policy::Policy;
pub use poll::{Ballot, Call, Condition, Poll, Ruling, Void, Vote};
pub use request::{Answer, Remark, Request, RequestKind};
pub use sprints::{Capacity, Sprints, Stay, Unit};
pub use story::{Story, StoryState};
pub use table::{EpicIx, ItemIx, Keyed, NoticeIx, RequestIx, StoryIx, Table};
pub use taken::Taken;
pub use windows::{BadWindows, Clock, Excepted, Freeze, Weekdays, Window, Windows};

use serde::{Deserialize, Serialize};

use crate::{id::PersonId, time::Instant};

/// Who did something, and when.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Stamp {
    /// When, in UTC.
    pub at: Instant,
    /// Who.
    pub by: PersonId,
}
