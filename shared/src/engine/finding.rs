//! A finding: what is missing, whom it waits for, since when.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::Grounds;
use crate::{
    id::PersonId,
    model::{Discipline, EpicIx, ItemIx, Launch, NoticeIx, RequestIx, StoryIx},
    time::Instant,
};

/// The rules by name. The name is stable: pages, API and scripts refer to it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Rule {
    /// No epic is in scope: there is nothing to launch.
    ScopeEmpty,
    /// An epic in scope has no story that is to be built.
    EpicEmpty,
    /// A story of an epic in scope is not done.
    StoryOpen,
    /// An epic in scope has not been accepted.
    EpicNotAccepted,
    /// A required discipline has no blocking item: an empty checklist is not a closed one.
    DisciplineMissing,
    /// A blocking item is not ticked.
    ItemOpen,
    /// A tick lacks the evidence that the item asks for.
    EvidenceMissing,
    /// A tick waits for a second person.
    SecondPerson,
    /// A tick must be confirmed again.
    ItemStale,
    /// A blocking request is overdue.
    RequestOverdue,
    /// A waiver holds: go, with this condition.
    Waived,
    /// A waiver or “not applicable” waits for an approver.
    ExemptionAsked,
    /// An item has not begun by its last safe start.
    LastSafeStartMissed,
    /// A last safe start is a week away or less.
    LastSafeStartNear,
    /// An open item is past its due date.
    Overdue,
    /// A blocking item without a named person.
    NobodyNamed,
    /// A discipline with blocking items without a named lead.
    NobodyLeads,
    /// A question or handover is overdue without blocking.
    RequestLate,
    /// Nobody has begun anything of a discipline, though its first last safe start is over.
    DisciplineNotBegun,
    /// One person has more open items than can end by the launch moment.
    PersonOverloaded,
    /// A course was declared, and the moment cannot be held.
    DeclaredBetter,
    /// An item is under way, and nothing has happened to it for longer than its lead time.
    ItemStandsStill,
    /// The scope has grown beyond what the weeks that are left carry.
    ScopeOutgrown,
    /// The stories end after the launch moment, and items that are not technical aim at it.
    DateSlips,
    /// A waiver that holds ends before the launch moment: its item will be open again.
    WaiverEnds,
    /// A condition of the go is open, and its day is not over: then the launch will wait for it.
    ConditionAhead,
    /// A discipline that is asked in the poll has not spoken, or its vote is void.
    VoteMissing,
    /// A discipline says no-go in the poll.
    VotedNoGo,
    /// Nobody of a discipline has read a change notice that the launch waits for.
    NoticeUnread,
    /// Nobody of a discipline has read a change notice in time.
    NoticeLate,
    /// The launch moment lies in no release window.
    MomentOutsideWindow,
    /// The launch moment lies in a freeze.
    MomentInFreeze,
    /// It does one of these, and a decider lets it.
    MomentExcepted,
}

impl Rule {
    /// Every rule.
    pub const ALL: [Self; 33] = [
        Self::ScopeEmpty,
        Self::EpicEmpty,
        Self::StoryOpen,
        Self::EpicNotAccepted,
        Self::DisciplineMissing,
        Self::ItemOpen,
        Self::EvidenceMissing,
        Self::SecondPerson,
        Self::ItemStale,
        Self::RequestOverdue,
        Self::Waived,
        Self::ExemptionAsked,
        Self::LastSafeStartMissed,
        Self::LastSafeStartNear,
        Self::Overdue,
        Self::NobodyNamed,
        Self::NobodyLeads,
        Self::RequestLate,
        Self::DisciplineNotBegun,
        Self::PersonOverloaded,
        Self::DeclaredBetter,
        Self::ItemStandsStill,
        Self::ScopeOutgrown,
        Self::DateSlips,
        Self::WaiverEnds,
        Self::ConditionAhead,
        Self::VoteMissing,
        Self::VotedNoGo,
        Self::NoticeUnread,
        Self::NoticeLate,
        Self::MomentOutsideWindow,
        Self::MomentInFreeze,
        Self::MomentExcepted,
    ];

    /// The early warnings: they look beyond a single item, say what has not gone wrong yet, and are
    /// silent once it was launched. The weightiest first.
    pub const EARLY: [Self; 7] = [
        Self::DisciplineNotBegun,
        Self::DateSlips,
        Self::ScopeOutgrown,
        Self::WaiverEnds,
        Self::PersonOverloaded,
        Self::ItemStandsStill,
        Self::DeclaredBetter,
    ];

    /// The stable name.
    pub const fn code(self) -> &'static str {
        match self {
            Self::ScopeEmpty => "scope_empty",
            Self::EpicEmpty => "epic_empty",
            Self::StoryOpen => "story_open",
            Self::EpicNotAccepted => "epic_not_accepted",
            Self::DisciplineMissing => "discipline_missing",
            Self::ItemOpen => "item_open",
            Self::EvidenceMissing => "evidence_missing",
            Self::SecondPerson => "second_person",
            Self::ItemStale => "item_stale",
            Self::RequestOverdue => "request_overdue",
            Self::Waived => "waived",
            Self::ExemptionAsked => "exemption_asked",
            Self::LastSafeStartMissed => "last_safe_start_missed",
            Self::LastSafeStartNear => "last_safe_start_near",
            Self::Overdue => "overdue",
            Self::NobodyNamed => "nobody_named",
            Self::NobodyLeads => "nobody_leads",
            Self::RequestLate => "request_late",
            Self::DisciplineNotBegun => "discipline_not_begun",
            Self::PersonOverloaded => "person_overloaded",
            Self::DeclaredBetter => "declared_better",
            Self::ItemStandsStill => "item_stands_still",
            Self::ScopeOutgrown => "scope_outgrown",
            Self::DateSlips => "date_slips",
            Self::WaiverEnds => "waiver_ends",
            Self::ConditionAhead => "condition_ahead",
            Self::VoteMissing => "vote_missing",
            Self::VotedNoGo => "voted_no_go",
            Self::NoticeUnread => "notice_unread",
            Self::NoticeLate => "notice_late",
            Self::MomentOutsideWindow => "moment_outside_window",
            Self::MomentInFreeze => "moment_in_freeze",
            Self::MomentExcepted => "moment_excepted",
        }
    }

    /// Whether it finds that nothing may be launched at the launch moment.
    pub const fn is_of_moment(self) -> bool {
        matches!(self, Self::MomentOutsideWindow | Self::MomentInFreeze)
    }

    /// Whether a finding of this rule keeps the launch from going.
    pub const fn blocks(self) -> bool {
        matches!(
            self,
            Self::ScopeEmpty
                | Self::EpicEmpty
                | Self::StoryOpen
                | Self::EpicNotAccepted
                | Self::DisciplineMissing
                | Self::ItemOpen
                | Self::EvidenceMissing
                | Self::SecondPerson
                | Self::ItemStale
                | Self::RequestOverdue
                | Self::NoticeUnread
                | Self::MomentOutsideWindow
                | Self::MomentInFreeze
        )
    }
}

/// What a finding is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Subject {
    /// The launch as a whole.
    Launch,
    /// A discipline.
    Discipline(Discipline),
    /// An epic.
    Epic(EpicIx),
    /// A story.
    Story(StoryIx),
    /// An item.
    Item(ItemIx),
    /// A request.
    Request(RequestIx),
    /// A change notice.
    Notice(NoticeIx),
}

impl Subject {
    /// The stable name of the kind of subject.
    pub const fn kind(self) -> &'static str {
        match self {
            Self::Launch => "launch",
            Self::Discipline(_) => "discipline",
            Self::Epic(_) => "epic",
            Self::Story(_) => "story",
            Self::Item(_) => "item",
            Self::Request(_) => "request",
            Self::Notice(_) => "notice",
        }
    }

    /// Its place in the order of subjects, as two numbers: its kind, and its row among these.
    pub(super) fn place(self) -> (u32, u32) {
        match self {
            Self::Launch => (0, 0),
            Self::Discipline(discipline) => (1, discipline as u32),
            Self::Epic(ix) => (2, ix.into()),
            Self::Story(ix) => (3, ix.into()),
            Self::Item(ix) => (4, ix.into()),
            Self::Request(ix) => (5, ix.into()),
            Self::Notice(ix) => (6, ix.into()),
        }
    }

    /// The id of the subject, or a discipline's code.
    pub fn id(self, launch: &Launch) -> String {
        match self {
            Self::Launch => launch.schedule.as_ref().map(|s| s.id.to_string()),
            Self::Discipline(discipline) => Some(discipline.code().to_owned()),
            Self::Epic(ix) => launch.epics.at(ix).map(|e| e.id.to_string()),
            Self::Story(ix) => launch.stories.at(ix).map(|s| s.id.to_string()),
            Self::Item(ix) => launch.items.at(ix).map(|i| i.id.to_string()),
            Self::Request(ix) => launch.requests.at(ix).map(|r| r.id.to_string()),
            Self::Notice(ix) => launch.notice_at(ix).map(|n| n.notice.id.to_string()),
        }
        .unwrap_or_default()
    }
}

/// Who must move.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum WaitsFor {
    /// This person.
    Person(PersonId),
    /// Whoever takes it up in this discipline.
    Discipline(Discipline),
    /// Nobody is named, and nobody leads.
    Nobody,
}

/// Something that is missing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    /// The rule that found it.
    pub rule: Rule,
    /// Who owes it.
    pub discipline: Discipline,
    /// What it is about.
    pub subject: Subject,
    /// Who must move.
    pub waits_for: WaitsFor,
    /// Since when it has been so.
    pub since: Option<Instant>,
    /// The last day on which work must begin to hold the launch moment.
    pub last_safe_start: Option<NaiveDate>,
    /// What an early warning rests on; `None` where the other fields say everything.
    pub grounds: Option<Box<Grounds>>,
}

impl Finding {
    /// The items that an early warning names, what must move first at the front; none where the
    /// subject says it.
    pub fn items(&self) -> &[ItemIx] {
        self.grounds.as_ref().map_or(&[], |grounds| grounds.items())
    }

    /// Whether the launch waits for it.
    pub const fn is_blocking(&self) -> bool {
        self.rule.blocks()
    }
}
