//! Acts: what a right is about, and which act each command is.

use serde::Serialize;

#[cfg(feature = "drawn")]
use crate::journal::FileDetail;
use crate::{
    command::Command,
    id::{ItemId, PersonId, RequestId, StoryId},
    model::{Discipline, Lane, Launch, RequestKind},
};

/// What somebody may do or not: one row of the table.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Act {
    /// Begin a launch.
    Begin,
    /// Give people their parts: members and leads.
    Appoint,
    /// Change title, moment, required disciplines, sprints and their capacity; add windows and freezes.
    SetUp,
    /// Change the workspace's policy and templates, and have a launch adopt the policy.
    Govern,
    /// Plan scope, epics and stories.
    Plan,
    /// Begin, estimate, finish and reopen stories.
    Build,
    /// Accept an epic as built.
    Accept,
    /// Keep a checklist: add, edit and assign its items.
    List,
    /// Begin, tick and confirm items, or take that back.
    Tick,
    /// Verify an item as a second person.
    Verify,
    /// Ask for a waiver or “not applicable”, or take that back.
    AskExemption,
    /// Grant what was asked for.
    Grant,
    /// Make a request of another discipline, or promise it something; or write on one.
    Request,
    /// Answer a request.
    Answer,
    /// Say that an answer does not do.
    Reopen,
    /// Issue a change notice.
    Notify,
    /// Say that one has read a change notice.
    Read,
    /// Declare another course than the computed one.
    Declare,
    /// Record the launch, close the watch.
    Launch,
    /// Open the poll.
    Conduct,
    /// Vote in it for a discipline.
    Vote,
    /// Decide go or no-go, take windows and freezes away, and let a launch happen against them.
    Decide,
}

impl Act {
    /// Every act, in the order of the table.
    pub const ALL: [Self; 22] = [
        Self::Begin,
        Self::Appoint,
        Self::SetUp,
        Self::Govern,
        Self::Plan,
        Self::Build,
        Self::Accept,
        Self::List,
        Self::Tick,
        Self::Verify,
        Self::AskExemption,
        Self::Grant,
        Self::Request,
        Self::Answer,
        Self::Reopen,
        Self::Notify,
        Self::Read,
        Self::Declare,
        Self::Launch,
        Self::Conduct,
        Self::Vote,
        Self::Decide,
    ];

    pub(crate) const fn pos(self) -> usize {
        self as usize
    }
}

/// What a command is about, as far as rights go.
#[derive(Debug, Default)]
pub(super) struct Subject {
    /// The disciplines whose business it is.
    pub(super) disciplines: Vec<Discipline>,
    /// Whether it takes a say in each of them; in any otherwise.
    pub(super) every: bool,
    /// Who is named as the one who does it.
    pub(super) named: Option<PersonId>,
}

/// Which act a command is, and what it is about. What does not exist belongs to nobody: the
/// decision itself then says that it is unknown to whoever may do such a thing at all.
pub(super) fn of(launch: &Launch, command: &Command) -> (Act, Subject) {
    let act = match command {
        // What it was to wait for is no longer demanded: that is to decide on its moment.
        #[cfg(feature = "drawn")]
        Command::SetWindows(windows) if !launch.windows.are_kept_by(windows) => Act::Decide,
        _ => act(command),
    };
    (act, subject(launch, command))
}

/// Every command is one act: a new one does not compile before it is.
fn act(command: &Command) -> Act {
    match command {
        Command::PlanLaunch(_) => Act::Begin,
        Command::SetMember { .. } | Command::NameLead { .. } => Act::Appoint,
        Command::Rename { .. }
        | Command::Reschedule { .. }
        | Command::RequireDiscipline { .. }
        | Command::SetSprintLength { .. }
        | Command::SetCapacity { .. } => Act::SetUp,
        #[cfg(feature = "drawn")]
        Command::RequireVerification { .. } | Command::SetWindows(_) => Act::SetUp,
        #[cfg(feature = "plan")]
        Command::TakeTemplate(_) => Act::SetUp,
        #[cfg(feature = "drawn")]
        Command::AdoptPolicy(_) => Act::Govern,
        Command::AddEpic { .. }
        | Command::EditEpic { .. }
        | Command::RankEpic { .. }
        | Command::ScopeEpic { .. }
        | Command::UnscopeEpic { .. }
        | Command::CutScope { .. }
        | Command::AddStory { .. }
        | Command::EditStory { .. }
        | Command::MoveStory { .. }
        | Command::PlanStory { .. }
        | Command::SplitStory { .. }
        | Command::MergeStory { .. }
        | Command::DropStory { .. } => Act::Plan,
        Command::BeginStory { .. }
        | Command::FinishStory { .. }
        | Command::ReopenStory { .. }
        | Command::EstimateStory { .. } => Act::Build,
        Command::AcceptEpic { .. } | Command::WithdrawAcceptance { .. } => Act::Accept,
        Command::AddItem { .. } | Command::EditItem { .. } | Command::AssignItem { .. } => {
            Act::List
        }
        Command::BeginItem { .. }
        | Command::WithdrawBegin { .. }
        | Command::TickItem { .. }
        | Command::UntickItem { .. }
        | Command::ConfirmItem { .. } => Act::Tick,
        #[cfg(feature = "drawn")]
        Command::AttachFile(_) | Command::DetachFile { .. } => Act::Tick,
        Command::VerifyItem { .. } => Act::Verify,
        Command::AskWaiver { .. }
        | Command::AskNotApplicable { .. }
        | Command::WithdrawExemption { .. } => Act::AskExemption,
        Command::GrantExemption { .. } => Act::Grant,
        Command::MakeRequest { .. } | Command::DiscussRequest { .. } => Act::Request,
        Command::AnswerRequest { .. } => Act::Answer,
        Command::ReopenRequest { .. } => Act::Reopen,
        #[cfg(feature = "drawn")]
        Command::IssueNotice(_) => Act::Notify,
        #[cfg(feature = "drawn")]
        Command::ReadNotice { .. } => Act::Read,
        Command::DeclareCourse { .. } | Command::WithdrawCourse => Act::Declare,
        Command::RecordLaunch | Command::CloseWatch => Act::Launch,
        #[cfg(feature = "drawn")]
        Command::OpenPoll => Act::Conduct,
        #[cfg(feature = "drawn")]
        Command::CastVote(_) => Act::Vote,
        #[cfg(feature = "drawn")]
        Command::DecidePoll { .. } | Command::ExceptMoment { .. } => Act::Decide,
    }
}

/// What a command is about; nothing where no discipline and no person owns such a thing.
fn subject(launch: &Launch, command: &Command) -> Subject {
    match command {
        Command::BeginStory { story }
        | Command::FinishStory { story }
        | Command::ReopenStory { story }
        | Command::EstimateStory { story, .. } => story_of(launch, story),
        Command::AddItem { detail, .. } => disciplines([detail.discipline]),
        // From one checklist to another it goes by those who keep both.
        Command::EditItem { item, detail } => {
            let mut subject = item_of(launch, item);
            if !subject.disciplines.contains(&detail.discipline) {
                subject.disciplines.push(detail.discipline);
            }
            subject.every = true;
            subject
        }
        Command::AssignItem { item, .. }
        | Command::BeginItem { item }
        | Command::WithdrawBegin { item }
        | Command::TickItem { item, .. }
        | Command::UntickItem { item }
        | Command::ConfirmItem { item }
        | Command::VerifyItem { item }
        | Command::AskWaiver { item, .. }
        | Command::AskNotApplicable { item, .. }
        | Command::GrantExemption { item }
        | Command::WithdrawExemption { item } => item_of(launch, item),
        // A question is asked in the name of who needs the answer; a handover may be written down by
        // either side.
        Command::MakeRequest { detail, .. } => match detail.kind {
            RequestKind::Question => disciplines([detail.from]),
            RequestKind::Handover => disciplines([detail.from, detail.to]),
        },
        Command::AnswerRequest { request, .. } => answer(launch, request),
        Command::ReopenRequest { request } => asker(launch, request),
        Command::DiscussRequest { request, .. } => both(launch, request),
        #[cfg(feature = "drawn")]
        Command::AttachFile(FileDetail { item, .. }) | Command::DetachFile { item, .. } => {
            item_of(launch, item)
        }
        #[cfg(feature = "drawn")]
        Command::ReadNotice { notice } => {
            let ix = launch.find_notice(notice);
            let issued = ix.and_then(|ix| launch.notice_at(ix));
            disciplines(
                issued
                    .iter()
                    .flat_map(|i| i.notice.disciplines.iter().copied()),
            )
        }
        #[cfg(feature = "drawn")]
        Command::CastVote(ballot) => disciplines([ballot.discipline]),
        _ => Subject::default(),
    }
}

fn disciplines(of: impl IntoIterator<Item = Discipline>) -> Subject {
    Subject {
        disciplines: of.into_iter().collect(),
        ..Subject::default()
    }
}

/// Stories are built by all technical disciplines together.
fn story_of(launch: &Launch, id: &StoryId) -> Subject {
    let all = Discipline::ALL.into_iter();
    Subject {
        disciplines: all.filter(|d| d.lane() == Lane::Technical).collect(),
        named: launch.stories.get(id).and_then(|story| story.owner),
        every: false,
    }
}

fn item_of(launch: &Launch, id: &ItemId) -> Subject {
    let item = launch.items.get(id);
    Subject {
        disciplines: item.map(|i| i.discipline).into_iter().collect(),
        named: item.and_then(|i| i.owner),
        every: false,
    }
}

fn answer(launch: &Launch, id: &RequestId) -> Subject {
    let request = launch.requests.get(id);
    Subject {
        disciplines: request.map(|r| r.to).into_iter().collect(),
        named: request.and_then(|r| r.owner),
        every: false,
    }
}

/// Whoever asks and whoever owes talk about it, and so may the one who is named.
fn both(launch: &Launch, id: &RequestId) -> Subject {
    let mut subject = answer(launch, id);
    subject.disciplines.extend(asker(launch, id).disciplines);
    subject
}

fn asker(launch: &Launch, id: &RequestId) -> Subject {
    disciplines(launch.requests.get(id).map(|r| r.from))
}
