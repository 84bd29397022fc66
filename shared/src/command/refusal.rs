//! Why a command may not happen: a stable code and the facts; the words come from the catalogue.

use serde::Serialize;

use crate::{id::PersonId, model::Discipline, rights::Act, text::Line, time::Instant};

/// The kind of thing a refusal speaks of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    /// An epic.
    Epic,
    /// A story.
    Story,
    /// A readiness item.
    Item,
    /// A request.
    Request,
    /// A remark on a request.
    Remark,
    /// A change notice.
    #[cfg(feature = "drawn")]
    Notice,
}

/// A command refused, and what is missing. Serialised as `{"code": …, facts}`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, thiserror::Error)]
#[serde(tag = "code", rename_all = "snake_case")]
#[error("{}", self.text(crate::Locale::En, &crate::People::default()))]
pub enum Refusal {
    /// Nobody has said who acts.
    NobodyActs,
    /// The launch is not planned yet.
    NotPlanned,
    /// The launch is planned already.
    AlreadyPlanned,
    /// There is nothing with this id.
    Unknown {
        /// What was looked for.
        kind: Kind,
        /// Its id.
        id: String,
    },
    /// The id is in use.
    Taken {
        /// What has it.
        kind: Kind,
        /// The id.
        id: String,
    },
    /// A value outside what is allowed.
    OutOfRange {
        /// The field.
        field: &'static str,
        /// What was given.
        found: String,
        /// What is allowed.
        allowed: String,
    },
    /// The launch cannot hold more of these, or the request no more remarks.
    Full {
        /// Of what.
        kind: Kind,
        /// How many it holds.
        max: usize,
    },
    /// It is so already.
    Already {
        /// What it is: the title.
        title: Line,
        /// The state it is in: a code such as `ticked`, `begun`, `accepted`.
        state: &'static str,
        /// Who brought it there, if known.
        by: Option<PersonId>,
        /// When, if known.
        at: Option<Instant>,
    },
    /// It must first be in another state.
    NotYet {
        /// What it is: the title.
        title: Line,
        /// The state it lacks: a code such as `ticked`, `begun`, `in_scope`.
        state: &'static str,
    },
    /// The tick lacks the evidence that the item asks for.
    EvidenceMissing {
        /// The item.
        title: Line,
        /// What it asks for.
        asks: Line,
    },
    /// Other items must be closed first.
    NeedsOpen {
        /// The item.
        title: Line,
        /// Those that are open.
        open: Vec<Line>,
    },
    /// Stories of the epic are still open, or it has none.
    StoriesOpen {
        /// The epic.
        title: Line,
        /// The open stories; empty when there are no stories at all.
        open: Vec<Line>,
    },
    /// A second person is asked for, and this is the first.
    SamePerson {
        /// What it is about.
        title: Line,
    },
    /// The one who acts has no right to approve.
    NotApprover {
        /// What it is about.
        title: Line,
    },
    /// It is for others to do.
    NoRight {
        /// What was to be done.
        act: Act,
        /// The disciplines whose business it is; none when it is no discipline's.
        of: Vec<Discipline>,
    },
    /// An item would come to depend on itself.
    Circle {
        /// The item.
        title: Line,
    },
    /// The engine says no-go.
    NotReady {
        /// How many blockers stand.
        blockers: usize,
    },
    /// It was launched: the moment that it is measured by no longer changes.
    LaunchStands {
        /// What was launched: the title.
        title: Line,
        /// When.
        at: Instant,
    },
    /// Its windows and freezes allow the launch moment: there is nothing to except it from.
    #[cfg(feature = "drawn")]
    MomentOpen {
        /// What is launched: the title.
        title: Line,
    },
    /// The poll does not ask this discipline.
    #[cfg(feature = "drawn")]
    NotAsked {
        /// Which.
        discipline: Discipline,
    },
    /// A vote against the launch says why.
    #[cfg(feature = "drawn")]
    NoGoUnexplained,
    /// A go with conditions names at least one.
    #[cfg(feature = "drawn")]
    NoCondition,
    /// Conditions belong to a go with conditions.
    #[cfg(feature = "drawn")]
    IdleCondition,
    /// No vote that stands names a condition.
    #[cfg(feature = "drawn")]
    NoConditionStands,
    /// A decision against the poll, or before all have spoken, says why.
    #[cfg(feature = "drawn")]
    DecisionUnexplained,
    /// A second person has verified it: its files stand.
    #[cfg(feature = "drawn")]
    FilesVerified {
        /// The item.
        title: Line,
    },
    /// It holds no more files.
    #[cfg(feature = "drawn")]
    FilesFull {
        /// The item.
        title: Line,
        /// How many it holds.
        max: usize,
    },
    /// It has no such file.
    #[cfg(feature = "drawn")]
    NoFile {
        /// The item.
        title: Line,
        /// The SHA-256 that was named.
        sha256: Line,
    },
    /// A change notice goes to somebody.
    #[cfg(feature = "drawn")]
    NoticeUnaddressed,
    /// A change notice that blocks says by when it is to be read.
    #[cfg(feature = "drawn")]
    NoticeUndue,
    /// A change notice goes to everybody whom the one that it replaces went to.
    #[cfg(feature = "drawn")]
    NoticeNarrowed {
        /// The one that is replaced.
        title: Line,
        /// Whom that went to.
        disciplines: Vec<Discipline>,
    },
    /// A change notice blocks where the one that it replaces does.
    #[cfg(feature = "drawn")]
    NoticeSoftened {
        /// The one that is replaced.
        title: Line,
    },
    /// The watch after the launch is not over.
    WatchRuns {
        /// Until when.
        until: Instant,
    },
}

impl Refusal {
    /// The field of the command's form that it is about.
    pub const fn field(&self) -> Option<&'static str> {
        match self {
            Self::OutOfRange { field, .. } => Some(field),
            #[cfg(feature = "drawn")]
            Self::NoGoUnexplained | Self::DecisionUnexplained => Some("reason"),
            #[cfg(feature = "drawn")]
            Self::NoCondition => Some("condition"),
            #[cfg(feature = "drawn")]
            Self::IdleCondition => Some("call"),
            #[cfg(feature = "drawn")]
            Self::NoticeUndue => Some("due"),
            _ => None,
        }
    }

    /// The stable code of the reason.
    pub const fn code(&self) -> &'static str {
        match self {
            Self::NobodyActs => "nobody_acts",
            Self::NotPlanned => "not_planned",
            Self::AlreadyPlanned => "already_planned",
            Self::Unknown { .. } => "unknown",
            Self::Taken { .. } => "taken",
            Self::OutOfRange { .. } => "out_of_range",
            Self::Full { .. } => "full",
            Self::Already { .. } => "already",
            Self::NotYet { .. } => "not_yet",
            Self::EvidenceMissing { .. } => "evidence_missing",
            Self::NeedsOpen { .. } => "needs_open",
            Self::StoriesOpen { .. } => "stories_open",
            Self::SamePerson { .. } => "same_person",
            Self::NotApprover { .. } => "not_approver",
            Self::NoRight { .. } => "no_right",
            Self::Circle { .. } => "circle",
            Self::NotReady { .. } => "not_ready",
            Self::LaunchStands { .. } => "launch_stands",
            #[cfg(feature = "drawn")]
            Self::MomentOpen { .. } => "moment_open",
            #[cfg(feature = "drawn")]
            Self::NotAsked { .. } => "not_asked",
            #[cfg(feature = "drawn")]
            Self::NoGoUnexplained => "no_go_unexplained",
            #[cfg(feature = "drawn")]
            Self::NoCondition => "no_condition",
            #[cfg(feature = "drawn")]
            Self::IdleCondition => "idle_condition",
            #[cfg(feature = "drawn")]
            Self::NoConditionStands => "no_condition_stands",
            #[cfg(feature = "drawn")]
            Self::DecisionUnexplained => "decision_unexplained",
            #[cfg(feature = "drawn")]
            Self::FilesVerified { .. } => "files_verified",
            #[cfg(feature = "drawn")]
            Self::FilesFull { .. } => "files_full",
            #[cfg(feature = "drawn")]
            Self::NoFile { .. } => "no_file",
            #[cfg(feature = "drawn")]
            Self::NoticeUnaddressed => "notice_unaddressed",
            #[cfg(feature = "drawn")]
            Self::NoticeUndue => "notice_undue",
            #[cfg(feature = "drawn")]
            Self::NoticeNarrowed { .. } => "notice_narrowed",
            #[cfg(feature = "drawn")]
            Self::NoticeSoftened { .. } => "notice_softened",
            Self::WatchRuns { .. } => "watch_runs",
        }
    }
}
