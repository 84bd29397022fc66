//! The commands, one for each thing that people do.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::StoryPart;
use crate::{
    engine::Course,
    id::{EpicId, ItemId, PersonId, RequestId, StoryId},
    journal::{ItemDetail, RequestDetail, ScheduleDetail, StoryDetail},
    mention,
    model::{Discipline, ExemptionKind, Member, People, Unit},
    text::{Line, Note},
    time::{Instant, parse_instant},
};

/// Something that somebody wants to happen. There is none that sets a status.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[allow(
    missing_docs,
    reason = "a field is the id or the value that the command's own line names"
)]
pub enum Command {
    /// Plan a launch; only the first command of a launch.
    PlanLaunch(ScheduleDetail),
    /// Change its title or note.
    Rename {
        title: Line,
        #[serde(default)]
        note: Option<Note>,
    },
    /// Move the launch moment.
    Reschedule { moment: Instant },
    /// Require one more discipline.
    RequireDiscipline { discipline: Discipline },
    /// Ask for a second person on each blocking item of a discipline.
    #[cfg(feature = "drawn")]
    RequireVerification { discipline: Discipline },
    /// Put these release windows and freezes in place of those of the launch.
    #[cfg(feature = "drawn")]
    SetWindows(crate::model::Windows),
    /// Let it happen at its moment, whatever its windows and freezes say.
    #[cfg(feature = "drawn")]
    ExceptMoment { reason: Note },
    /// Adopt what of the workspace's policy the launch does not demand yet.
    #[cfg(feature = "drawn")]
    AdoptPolicy(crate::workspace::Policy),
    /// Take a version of a template, with what it changes.
    #[cfg(feature = "plan")]
    TakeTemplate(Box<crate::template::Taking>),
    /// Give a person a part in it.
    SetMember {
        person: PersonId,
        #[serde(flatten)]
        member: Member,
    },
    /// Name who speaks for a discipline.
    NameLead {
        discipline: Discipline,
        #[serde(default)]
        lead: Option<PersonId>,
    },
    /// Choose how many weeks a sprint has.
    SetSprintLength { weeks: u8 },
    /// Say what a sprint can carry; nothing takes it back.
    SetCapacity {
        sprint: u8,
        #[serde(default)]
        capacity: Option<u16>,
        #[serde(default)]
        unit: Unit,
    },
    /// Put a candidate on the table.
    AddEpic {
        id: EpicId,
        title: Line,
        #[serde(default)]
        note: Option<Note>,
    },
    /// Change a candidate's words.
    EditEpic {
        epic: EpicId,
        title: Line,
        #[serde(default)]
        note: Option<Note>,
    },
    /// Move a candidate to this rank, counted from 0.
    RankEpic { epic: EpicId, to: u32 },
    /// Take a candidate into the scope.
    ScopeEpic { epic: EpicId },
    /// Take an epic out of the scope.
    UnscopeEpic { epic: EpicId },
    /// Move the scope cut: take several candidates in and several out, all at once.
    CutScope {
        #[serde(default)]
        take_in: Vec<EpicId>,
        #[serde(default)]
        take_out: Vec<EpicId>,
    },
    /// Accept an epic as built.
    AcceptEpic { epic: EpicId },
    /// Take the acceptance back.
    WithdrawAcceptance { epic: EpicId },
    /// Write a story.
    AddStory {
        id: StoryId,
        epic: EpicId,
        #[serde(flatten)]
        detail: StoryDetail,
    },
    /// Change a story's words.
    EditStory {
        story: StoryId,
        #[serde(flatten)]
        detail: StoryDetail,
    },
    /// Move a story to another epic.
    MoveStory { story: StoryId, epic: EpicId },
    /// Plan a story for a sprint, or take it out.
    PlanStory {
        story: StoryId,
        #[serde(default)]
        sprint: Option<u8>,
    },
    /// Estimate a story, or take its estimate back.
    EstimateStory {
        story: StoryId,
        #[serde(default)]
        points: Option<u16>,
    },
    /// Split a story: it keeps these words, and the parts are split off from it.
    SplitStory {
        story: StoryId,
        title: Line,
        #[serde(default)]
        points: Option<u16>,
        parts: Vec<StoryPart>,
    },
    /// Put stories that nobody has begun back into another, which is called and estimated like this.
    MergeStory {
        story: StoryId,
        title: Line,
        #[serde(default)]
        points: Option<u16>,
        parts: Vec<StoryId>,
    },
    /// Begin a story.
    BeginStory { story: StoryId },
    /// Finish a story.
    FinishStory { story: StoryId },
    /// Decide not to build a story.
    DropStory { story: StoryId },
    /// Open a finished or dropped story again.
    ReopenStory { story: StoryId },
    /// Put an item on a checklist.
    AddItem {
        id: ItemId,
        #[serde(flatten)]
        detail: ItemDetail,
    },
    /// Change an item's words or terms.
    EditItem {
        item: ItemId,
        #[serde(flatten)]
        detail: ItemDetail,
    },
    /// Name who does it, or nobody.
    AssignItem {
        item: ItemId,
        #[serde(default)]
        owner: Option<PersonId>,
    },
    /// Begin work on it.
    BeginItem { item: ItemId },
    /// It had not begun after all.
    WithdrawBegin { item: ItemId },
    /// Say that it holds, with the evidence it asks for.
    TickItem {
        item: ItemId,
        #[serde(default)]
        evidence: Option<Note>,
    },
    /// Take the tick back.
    UntickItem { item: ItemId },
    /// Verify it as a second person.
    VerifyItem { item: ItemId },
    /// Say that it still holds.
    ConfirmItem { item: ItemId },
    /// Hand in a file as evidence. Its content must be there already.
    #[cfg(feature = "drawn")]
    AttachFile(crate::journal::FileDetail),
    /// Take a file off an item, by its SHA-256.
    #[cfg(feature = "drawn")]
    DetachFile { item: ItemId, sha256: Line },
    /// Ask to launch without it until the end of a day.
    AskWaiver {
        item: ItemId,
        reason: Note,
        until: NaiveDate,
    },
    /// Ask to strike it, since it has no meaning here.
    AskNotApplicable { item: ItemId, reason: Note },
    /// Grant what another asked for.
    GrantExemption { item: ItemId },
    /// Take a waiver or “not applicable” back, asked for or granted.
    WithdrawExemption { item: ItemId },
    /// Ask another discipline, or promise it something.
    MakeRequest {
        id: RequestId,
        #[serde(flatten)]
        detail: RequestDetail,
    },
    /// Answer a request.
    AnswerRequest { request: RequestId, text: Note },
    /// Say that the answer does not do.
    ReopenRequest { request: RequestId },
    /// Say something about a request, which answers nothing.
    DiscussRequest { request: RequestId, text: Note },
    /// Issue a change notice.
    #[cfg(feature = "drawn")]
    IssueNotice(crate::model::Notice),
    /// Say that one has read it.
    #[cfg(feature = "drawn")]
    ReadNotice { notice: crate::id::NoticeId },
    /// Declare another course than the computed one, until the end of a day.
    DeclareCourse {
        course: Course,
        reason: Note,
        until: NaiveDate,
    },
    /// Take the declaration back.
    WithdrawCourse,
    /// Ask every discipline that has a say for go or no-go.
    #[cfg(feature = "drawn")]
    OpenPoll,
    /// Vote for a discipline, or vote anew.
    #[cfg(feature = "drawn")]
    CastVote(crate::model::Ballot),
    /// Decide on the poll, which closes it.
    #[cfg(feature = "drawn")]
    DecidePoll {
        call: crate::model::Call,
        #[serde(default)]
        reason: Option<Note>,
    },
    /// Record that it was launched.
    RecordLaunch,
    /// Close the watch after the launch.
    CloseWatch,
}

impl Command {
    /// A plan from texts, for examples and tests.
    ///
    /// # Errors
    /// Says which of the texts is not what it should be.
    pub fn plan_launch(
        id: &str,
        title: &str,
        start: &str,
        weeks: u8,
        moment: &str,
    ) -> Result<Self, Box<dyn std::error::Error>> {
        Ok(Self::PlanLaunch(ScheduleDetail {
            id: id.parse()?,
            title: title.parse()?,
            note: None,
            start: start.parse()?,
            weeks,
            moment: parse_instant(moment)?,
            zone: crate::time::Zone::default(),
            watch_days: 14,
        }))
    }

    /// Keeps whom a command mentions: see [`crate::mention`]. To be done where it comes in, before it
    /// is decided.
    pub fn mention(&mut self, people: &People) {
        if let Some(text) = self.said().filter(|text| text.as_str().contains('@')) {
            *text = mention::keep(text, people);
        }
    }

    /// What it says to others.
    fn said(&mut self) -> Option<&mut Note> {
        match self {
            Self::MakeRequest { detail, .. } => Some(&mut detail.text),
            Self::AnswerRequest { text, .. } | Self::DiscussRequest { text, .. } => Some(text),
            Self::TickItem { evidence, .. } => evidence.as_mut(),
            Self::AskWaiver { reason, .. } | Self::AskNotApplicable { reason, .. } => Some(reason),
            _ => None,
        }
    }

    /// The exemption a command asks for.
    pub(crate) fn exemption(&self) -> Option<ExemptionKind> {
        match self {
            Self::AskWaiver { until, .. } => Some(ExemptionKind::Waiver { until: *until }),
            Self::AskNotApplicable { .. } => Some(ExemptionKind::NotApplicable),
            _ => None,
        }
    }
}
