//! The events of a launch. A published event never changes its meaning; a new meaning is a new
//! event, and a new field has a default.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use crate::{
    engine::Course,
    id::{EpicId, ItemId, LaunchId, NoticeId, PersonId, RequestId, StoryId},
    model::{
        Ballot, Call, Discipline, ExemptionKind, File, Member, Notice, RequestKind, Taken, Unit,
        Windows,
    },
    text::{Line, Note},
    time::{Instant, Zone},
};

/// What a launch is planned as.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ScheduleDetail {
    /// The launch's id.
    pub id: LaunchId,
    /// What is launched.
    pub title: Line,
    /// What it is about.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub note: Option<Note>,
    /// First day of week 1.
    pub start: NaiveDate,
    /// Weeks, 1 to 52.
    pub weeks: u8,
    /// The launch moment.
    pub moment: Instant,
    /// The zone in which its days are counted.
    #[serde(default)]
    pub zone: Zone,
    /// Days of watch after the launch, 0 to 365.
    #[serde(default = "two_weeks")]
    pub watch_days: u16,
}

fn two_weeks() -> u16 {
    14
}

/// What is written about a story.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct StoryDetail {
    /// What it is called.
    pub title: Line,
    /// What it is about.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub note: Option<Note>,
    /// Story points, 0 to 1,000.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub points: Option<u16>,
    /// The sprint it is planned for, from 1.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sprint: Option<u8>,
    /// Who builds it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub owner: Option<PersonId>,
}

/// What is written about an item.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ItemDetail {
    /// The condition, in one line.
    pub title: Line,
    /// More about it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub note: Option<Note>,
    /// Who owes it.
    pub discipline: Discipline,
    /// Whether the launch waits for it.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub blocking: bool,
    /// The epics it covers; the whole launch when empty.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub covers: Vec<EpicId>,
    /// Who does it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub owner: Option<PersonId>,
    /// Lead time in days before the launch moment, 0 to 730.
    #[serde(default)]
    pub lead_days: u16,
    /// The day it is due.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub due: Option<NaiveDate>,
    /// Items that must be closed first.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub needs: Vec<ItemId>,
    /// Epics that must be technically done before it counts as closed.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub needs_epics: Vec<EpicId>,
    /// The evidence it asks for.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub evidence: Option<Line>,
    /// Whether a second person must verify it.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub second_person: bool,
    /// Days after which it must be confirmed again, 1 to 365.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub confirm_days: Option<u16>,
}

/// A file of an item.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FileDetail {
    /// The item.
    pub item: ItemId,
    /// The file, without its content: that never stands in a journal.
    pub file: File,
}

/// What is written about a request.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RequestDetail {
    /// Pull or push. On the wire `direction`, since a form's `kind` names the command.
    #[serde(rename = "direction")]
    pub kind: RequestKind,
    /// Who needs it.
    pub from: Discipline,
    /// Who owes it.
    pub to: Discipline,
    /// What is asked or handed over.
    pub text: Note,
    /// Who owes it by name.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub owner: Option<PersonId>,
    /// The day by which it is owed.
    pub due: NaiveDate,
    /// Whether the launch waits for it once it is overdue.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub blocking: bool,
    /// The item that cannot go on without it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub item: Option<ItemId>,
}

/// Something that happened to a launch. The fields carry the ids of what it happened to.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[allow(
    missing_docs,
    reason = "a field is the id or the value that the event's own line names"
)]
pub enum Event {
    /// The launch was planned: the first event of every stream.
    Planned(ScheduleDetail),
    /// Its title or note changed.
    Renamed {
        title: Line,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        note: Option<Note>,
    },
    /// Its launch moment moved.
    Rescheduled { moment: Instant },
    /// A discipline became required.
    DisciplineRequired { discipline: Discipline },
    /// A second person verifies each blocking item of a discipline from now on.
    VerificationRequired { discipline: Discipline },
    /// These are its release windows and freezes from now on, in place of those before.
    WindowsSet(Windows),
    /// It may happen at its moment, whatever its windows and freezes say.
    MomentExcepted { reason: Note },
    /// It holds a version of a template from now on; what changed by it stands right before.
    TemplateTaken(Taken),
    /// A person got a part in it, or another one.
    MemberSet {
        person: PersonId,
        #[serde(flatten)]
        member: Member,
    },
    /// A discipline got a lead, or lost it.
    LeadNamed {
        discipline: Discipline,
        lead: Option<PersonId>,
    },
    /// Sprints got this length in weeks.
    SprintLengthSet { weeks: u8 },
    /// Somebody said what a sprint can carry, or took that back.
    CapacitySet {
        sprint: u8,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        capacity: Option<u16>,
        #[serde(default)]
        unit: Unit,
    },
    /// A candidate was put on the table.
    EpicAdded {
        id: EpicId,
        title: Line,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        note: Option<Note>,
    },
    /// A candidate's words changed.
    EpicEdited {
        epic: EpicId,
        title: Line,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        note: Option<Note>,
    },
    /// A candidate moved to this rank, counted from 0.
    EpicRanked { epic: EpicId, to: u32 },
    /// A candidate came into the scope; or back into it, as what has been in it since then.
    EpicScoped {
        epic: EpicId,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        since: Option<Instant>,
    },
    /// An epic fell out of the scope.
    EpicUnscoped { epic: EpicId },
    /// An epic was accepted as built.
    EpicAccepted { epic: EpicId },
    /// The acceptance was taken back.
    EpicAcceptanceWithdrawn { epic: EpicId },
    /// A story was written.
    StoryAdded {
        id: StoryId,
        epic: EpicId,
        #[serde(flatten)]
        detail: StoryDetail,
    },
    /// A story's words changed.
    StoryEdited {
        story: StoryId,
        #[serde(flatten)]
        detail: StoryDetail,
    },
    /// A story went to another epic.
    StoryMoved { story: StoryId, epic: EpicId },
    /// A story was planned for a sprint, or taken out of it.
    StoryPlanned { story: StoryId, sprint: Option<u8> },
    /// A story was estimated, or its estimate taken back.
    StoryEstimated {
        story: StoryId,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        points: Option<u16>,
    },
    /// A story was split: it keeps these words, and those that it was split into besides, written
    /// right before, stand where it stood.
    StorySplit {
        story: StoryId,
        title: Line,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        points: Option<u16>,
        into: Vec<StoryId>,
    },
    /// Stories went back into another, which is called and estimated like this again.
    StoryMerged {
        story: StoryId,
        title: Line,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        points: Option<u16>,
        from: Vec<StoryId>,
    },
    /// Somebody began a story.
    StoryBegun { story: StoryId },
    /// A story was finished.
    StoryDone { story: StoryId },
    /// A story need not be built.
    StoryDropped { story: StoryId },
    /// A finished or dropped story is open again.
    StoryReopened { story: StoryId },
    /// An item came onto a checklist.
    ItemAdded {
        id: ItemId,
        #[serde(flatten)]
        detail: ItemDetail,
    },
    /// An item's words or terms changed.
    ItemEdited {
        item: ItemId,
        #[serde(flatten)]
        detail: ItemDetail,
    },
    /// An item got an owner, or lost it.
    ItemAssigned {
        item: ItemId,
        owner: Option<PersonId>,
    },
    /// An item of a plan file is a condition of a go, which the file does not hold.
    ItemBound { item: ItemId },
    /// Work on an item began.
    ItemBegun { item: ItemId },
    /// It had not begun after all.
    ItemBeginWithdrawn { item: ItemId },
    /// Somebody said that an item holds.
    ItemTicked {
        item: ItemId,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        evidence: Option<Note>,
    },
    /// The tick was taken back.
    ItemUnticked { item: ItemId },
    /// A second person verified it.
    ItemVerified { item: ItemId },
    /// Somebody said that it still holds.
    ItemConfirmed { item: ItemId },
    /// A file was handed in as evidence.
    FileAttached(FileDetail),
    /// A file was taken off again.
    FileDetached(FileDetail),
    /// Somebody asked for a waiver or a “not applicable”.
    ExemptionAsked {
        item: ItemId,
        exemption: ExemptionKind,
        reason: Note,
    },
    /// Another one granted it.
    ExemptionGranted { item: ItemId },
    /// It was taken back.
    ExemptionWithdrawn { item: ItemId },
    /// A discipline asked another, or was promised something.
    RequestMade {
        id: RequestId,
        #[serde(flatten)]
        detail: RequestDetail,
    },
    /// A request was answered.
    RequestAnswered { request: RequestId, text: Note },
    /// The answer did not do.
    RequestReopened { request: RequestId },
    /// Somebody said something about a request.
    RequestDiscussed { request: RequestId, text: Note },
    /// Somebody issued a change notice.
    NoticeIssued(Notice),
    /// Somebody whom it is addressed to has read it.
    NoticeRead { notice: NoticeId },
    /// Somebody declared another course than the computed one.
    CourseDeclared {
        course: Course,
        reason: Note,
        until: NaiveDate,
    },
    /// The declaration was taken back.
    CourseWithdrawn,
    /// Go or no-go was asked of these disciplines, on what was missing at that moment.
    PollOpened { asked: Vec<Discipline> },
    /// Somebody voted for a discipline.
    VoteCast(Ballot),
    /// Somebody decided on the poll; these items were made of its conditions, right behind.
    PollDecided {
        call: Call,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        reason: Option<Note>,
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        items: Vec<ItemId>,
    },
    /// It was launched.
    Launched,
    /// It was launched, by the word of a plan file that does not show it free of blockers.
    LaunchClaimed,
    /// The watch after the launch was closed.
    WatchClosed,
}

/// The stable name of every kind of event that this version knows.
const CODES: [&str; 59] = [
    "planned",
    "renamed",
    "rescheduled",
    "discipline_required",
    "verification_required",
    "windows_set",
    "moment_excepted",
    "template_taken",
    "member_set",
    "lead_named",
    "sprint_length_set",
    "capacity_set",
    "epic_added",
    "epic_edited",
    "epic_ranked",
    "epic_scoped",
    "epic_unscoped",
    "epic_accepted",
    "epic_acceptance_withdrawn",
    "story_added",
    "story_edited",
    "story_moved",
    "story_planned",
    "story_estimated",
    "story_split",
    "story_merged",
    "story_begun",
    "story_done",
    "story_dropped",
    "story_reopened",
    "item_added",
    "item_edited",
    "item_assigned",
    "item_bound",
    "item_begun",
    "item_begin_withdrawn",
    "item_ticked",
    "item_unticked",
    "item_verified",
    "item_confirmed",
    "file_attached",
    "file_detached",
    "exemption_asked",
    "exemption_granted",
    "exemption_withdrawn",
    "request_made",
    "request_answered",
    "request_reopened",
    "request_discussed",
    "notice_issued",
    "notice_read",
    "course_declared",
    "course_withdrawn",
    "poll_opened",
    "vote_cast",
    "poll_decided",
    "launched",
    "launch_claimed",
    "watch_closed",
];

impl Event {
    /// Whether this version knows a kind of event by its stable name.
    ///
    /// ```
    /// use startklar::journal::Event;
    /// assert!(Event::is_known("item_ticked") && !Event::is_known("moon_landed"));
    /// ```
    pub fn is_known(code: &str) -> bool {
        CODES.contains(&code)
    }

    /// The stable name of the kind of event.
    pub fn code(&self) -> &'static str {
        match self {
            Self::Planned(_) => "planned",
            Self::Renamed { .. } => "renamed",
            Self::Rescheduled { .. } => "rescheduled",
            Self::DisciplineRequired { .. } => "discipline_required",
            Self::VerificationRequired { .. } => "verification_required",
            Self::WindowsSet(_) => "windows_set",
            Self::MomentExcepted { .. } => "moment_excepted",
            Self::TemplateTaken(_) => "template_taken",
            Self::MemberSet { .. } => "member_set",
            Self::LeadNamed { .. } => "lead_named",
            Self::SprintLengthSet { .. } => "sprint_length_set",
            Self::CapacitySet { .. } => "capacity_set",
            Self::EpicAdded { .. } => "epic_added",
            Self::EpicEdited { .. } => "epic_edited",
            Self::EpicRanked { .. } => "epic_ranked",
            Self::EpicScoped { .. } => "epic_scoped",
            Self::EpicUnscoped { .. } => "epic_unscoped",
            Self::EpicAccepted { .. } => "epic_accepted",
            Self::EpicAcceptanceWithdrawn { .. } => "epic_acceptance_withdrawn",
            Self::StoryAdded { .. } => "story_added",
            Self::StoryEdited { .. } => "story_edited",
            Self::StoryMoved { .. } => "story_moved",
            Self::StoryPlanned { .. } => "story_planned",
            Self::StoryEstimated { .. } => "story_estimated",
            Self::StorySplit { .. } => "story_split",
            Self::StoryMerged { .. } => "story_merged",
            Self::StoryBegun { .. } => "story_begun",
            Self::StoryDone { .. } => "story_done",
            Self::StoryDropped { .. } => "story_dropped",
            Self::StoryReopened { .. } => "story_reopened",
            Self::ItemAdded { .. } => "item_added",
            Self::ItemEdited { .. } => "item_edited",
            Self::ItemAssigned { .. } => "item_assigned",
            Self::ItemBound { .. } => "item_bound",
            Self::ItemBegun { .. } => "item_begun",
            Self::ItemBeginWithdrawn { .. } => "item_begin_withdrawn",
            Self::ItemTicked { .. } => "item_ticked",
            Self::ItemUnticked { .. } => "item_unticked",
            Self::ItemVerified { .. } => "item_verified",
            Self::ItemConfirmed { .. } => "item_confirmed",
            Self::FileAttached(_) => "file_attached",
            Self::FileDetached(_) => "file_detached",
            Self::ExemptionAsked { .. } => "exemption_asked",
            Self::ExemptionGranted { .. } => "exemption_granted",
            Self::ExemptionWithdrawn { .. } => "exemption_withdrawn",
            Self::RequestMade { .. } => "request_made",
            Self::RequestAnswered { .. } => "request_answered",
            Self::RequestReopened { .. } => "request_reopened",
            Self::RequestDiscussed { .. } => "request_discussed",
            Self::NoticeIssued(_) => "notice_issued",
            Self::NoticeRead { .. } => "notice_read",
            Self::CourseDeclared { .. } => "course_declared",
            Self::CourseWithdrawn => "course_withdrawn",
            Self::PollOpened { .. } => "poll_opened",
            Self::VoteCast(_) => "vote_cast",
            Self::PollDecided { .. } => "poll_decided",
            Self::Launched => "launched",
            Self::LaunchClaimed => "launch_claimed",
            Self::WatchClosed => "watch_closed",
        }
    }
}
