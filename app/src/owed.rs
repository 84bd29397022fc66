//! What somebody owes, in all launches, and where it stands in their week: what my week and the mails
//! are drawn from. The server draws them alone.

use chrono::NaiveDate;
use startklar::{
    Discipline, ItemId, LaunchId, NoticeId, RequestId, StoryId, model::ExemptionKind, time::Instant,
};

use crate::address;

/// Days that count as this week.
const SOON: i64 = 7;

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
    /// A change notice to read.
    Read(NoticeId),
    /// What somebody said to the reader by name.
    Mentioned(Place),
    /// A vote to cast in an open poll, for this discipline.
    Vote(Discipline),
    /// A story to build.
    Story(StoryId),
    /// Nothing: the reader follows an item, and others did something to it.
    Changed(ItemId),
}

/// Where people are mentioned.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Place {
    /// In the evidence of an item, or in why it should not count.
    Item(ItemId),
    /// In a request, its answer or a remark on it.
    Request(RequestId),
}

/// An item that the reader follows, and what others did to it of late.
#[derive(Debug, Clone)]
pub struct Followed {
    /// The launch it belongs to.
    pub launch: LaunchId,
    /// The launch's title.
    pub launch_title: String,
    /// The item.
    pub item: ItemId,
    /// Its title.
    pub title: String,
    /// The day at the launch's place.
    pub today: NaiveDate,
    /// What was done to it, in sentences, the latest first.
    pub changes: Vec<String>,
    /// When that was last.
    pub last: Option<Instant>,
}

impl Followed {
    /// The address of its page.
    pub fn href(&self) -> String {
        format!("/l/{}{}", self.launch, address::item(&self.item))
    }

    /// The same as a row of a mail, which asks nothing of its reader; none where nothing was done.
    pub fn told(&self) -> Option<(Owed, Instant)> {
        let owed = Owed {
            launch: self.launch.clone(),
            launch_title: self.launch_title.clone(),
            what: OwedKind::Changed(self.item.clone()),
            title: self.title.clone(),
            why: self.changes.join(" "),
            today: self.today,
            start: None,
            due: None,
            days: i64::from(i32::MAX),
            late: false,
        };
        Some((owed, self.last?))
    }
}

/// A part of a week.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Group {
    /// It should have been done.
    Late,
    /// Only a word of the reader is missing.
    Waiting,
    /// It must begin, or is due, within seven days.
    ThisWeek,
    /// It has time.
    Later,
}

impl Owed {
    /// Where it stands: late first, then what only a word of the reader is missing for.
    pub fn group(&self) -> Group {
        match self.what {
            _ if self.late => Group::Late,
            OwedKind::Changed(_) => Group::Later,
            OwedKind::Verify(_)
            | OwedKind::Confirm(_)
            | OwedKind::Grant { .. }
            | OwedKind::Answer(_)
            | OwedKind::Read(_)
            | OwedKind::Mentioned(_)
            | OwedKind::Vote(_) => Group::Waiting,
            _ if self.days <= SOON => Group::ThisWeek,
            _ => Group::Later,
        }
    }

    /// The address of its page.
    pub fn href(&self) -> String {
        format!("/l/{}{}", self.launch, rest(&self.what))
    }
}

fn rest(what: &OwedKind) -> String {
    match what {
        OwedKind::Item { id, .. }
        | OwedKind::Verify(id)
        | OwedKind::Confirm(id)
        | OwedKind::Mentioned(Place::Item(id))
        | OwedKind::Changed(id) => {
            format!("/items/{id}")
        }
        OwedKind::Grant { item, .. } => format!("/items/{item}"),
        OwedKind::Answer(id) | OwedKind::Mentioned(Place::Request(id)) => address::request(id),
        OwedKind::Read(id) => address::notice(id),
        OwedKind::Vote(_) => "/decision".to_owned(),
        OwedKind::Story(id) => format!("/stories/{id}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn owed(what: OwedKind, days: i64, late: bool) -> Owed {
        Owed {
            launch: "x".parse().unwrap(),
            launch_title: "X".to_owned(),
            what,
            title: "T".to_owned(),
            why: String::new(),
            today: NaiveDate::default(),
            start: None,
            due: None,
            days,
            late,
        }
    }

    #[test]
    fn what_is_late_comes_first_whatever_it_is() {
        let verify = || OwedKind::Verify("a".parse().unwrap());
        let item = || OwedKind::Item {
            id: "a".parse().unwrap(),
            begun: false,
            evidence: false,
        };
        assert_eq!(owed(verify(), -1, true).group(), Group::Late);
        assert_eq!(owed(verify(), 30, false).group(), Group::Waiting);
        assert_eq!(owed(item(), 7, false).group(), Group::ThisWeek);
        assert_eq!(owed(item(), 8, false).group(), Group::Later);
    }
}
