//! Acts: what a right is about, and which act each command is.

use serde::Serialize;

use crate::{
    command::Command,
    id::{ItemId, PersonId, RequestId, StoryId},
    model::{Discipline, Lane, Launch},
};

/// What somebody may do or not: one row of the table.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Act {
    /// Begin a launch.
    Begin,
    /// Give people their parts: members and leads.
    Appoint,
    /// Change title, moment, required disciplines, sprints and their capacity.
    SetUp,
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
    /// Make a request of another discipline, or promise it something.
    Request,
    /// Answer a request.
    Answer,
    /// Say that an answer does not do.
    Reopen,
    /// Declare another course than the computed one.
    Declare,
    /// Record the launch, close the watch.
    Launch,
    /// Open the poll.
    Conduct,
    /// Vote in it for a discipline.
    Vote,
    /// Decide go or no-go.
    Decide,
}

impl Act {
    /// Every act, in the order of the table.
    pub const ALL: [Self; 19] = [
        Self::Begin,
        Self::Appoint,
        Self::SetUp,
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
    /// Who is named as the one who does it.
    pub(super) named: Option<PersonId>,
}

/// Which act a command is, and what it is about. What does not exist belongs to nobody: the
/// decision itself then says that it is unknown to whoever may do such a thing at all.
pub(super) fn of(launch: &Launch, command: &Command) -> (Act, Subject) {
    match command {
        Command::PlanLaunch(_) => (Act::Begin, Subject::default()),
        Command::SetMember { .. } | Command::NameLead { .. } => (Act::Appoint, Subject::default()),
        Command::Rename { .. }
        | Command::Reschedule { .. }
        | Command::RequireDiscipline { .. }
        | Command::SetSprintLength { .. }
        | Command::SetCapacity { .. } => (Act::SetUp, Subject::default()),
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
        | Command::DropStory { .. } => (Act::Plan, Subject::default()),
        Command::BeginStory { story }
        | Command::FinishStory { story }
        | Command::ReopenStory { story }
        | Command::EstimateStory { story, .. } => (Act::Build, story_of(launch, story)),
        Command::AcceptEpic { .. } | Command::WithdrawAcceptance { .. } => {
            (Act::Accept, Subject::default())
        }
        Command::DeclareCourse { .. } | Command::WithdrawCourse => {
            (Act::Declare, Subject::default())
        }
        Command::RecordLaunch | Command::CloseWatch => (Act::Launch, Subject::default()),
        #[cfg(feature = "drawn")]
        Command::OpenPoll => (Act::Conduct, Subject::default()),
        #[cfg(feature = "drawn")]
        Command::CastVote(ballot) => (Act::Vote, disciplines([ballot.discipline])),
        #[cfg(feature = "drawn")]
        Command::DecidePoll { .. } => (Act::Decide, Subject::default()),
        Command::MakeRequest { detail, .. } => {
            (Act::Request, disciplines([detail.from, detail.to]))
        }
        Command::AnswerRequest { request, .. } => (Act::Answer, answer(launch, request)),
        Command::ReopenRequest { request } => (Act::Reopen, asker(launch, request)),
        _ => of_item(launch, command),
    }
}

fn of_item(launch: &Launch, command: &Command) -> (Act, Subject) {
    let of = |act, item: &ItemId| (act, item_of(launch, item));
    match command {
        Command::AddItem { detail, .. } => (Act::List, disciplines([detail.discipline])),
        Command::EditItem { item, .. } | Command::AssignItem { item, .. } => of(Act::List, item),
        Command::VerifyItem { item } => of(Act::Verify, item),
        Command::AskWaiver { item, .. }
        | Command::AskNotApplicable { item, .. }
        | Command::WithdrawExemption { item } => of(Act::AskExemption, item),
        Command::GrantExemption { item } => of(Act::Grant, item),
        Command::BeginItem { item }
        | Command::WithdrawBegin { item }
        | Command::TickItem { item, .. }
        | Command::UntickItem { item }
        | Command::ConfirmItem { item } => of(Act::Tick, item),
        _ => (Act::Appoint, Subject::default()),
    }
}

fn disciplines(of: impl IntoIterator<Item = Discipline>) -> Subject {
    Subject {
        disciplines: of.into_iter().collect(),
        named: None,
    }
}

/// Stories are built by all technical disciplines together.
fn story_of(launch: &Launch, id: &StoryId) -> Subject {
    let all = Discipline::ALL.into_iter();
    Subject {
        disciplines: all.filter(|d| d.lane() == Lane::Technical).collect(),
        named: launch.stories.get(id).and_then(|story| story.owner),
    }
}

fn item_of(launch: &Launch, id: &ItemId) -> Subject {
    let item = launch.items.get(id);
    Subject {
        disciplines: item.map(|i| i.discipline).into_iter().collect(),
        named: item.and_then(|i| i.owner),
    }
}

fn answer(launch: &Launch, id: &RequestId) -> Subject {
    let request = launch.requests.get(id);
    Subject {
        disciplines: request.map(|r| r.to).into_iter().collect(),
        named: request.and_then(|r| r.owner),
    }
}

fn asker(launch: &Launch, id: &RequestId) -> Subject {
    disciplines(launch.requests.get(id).map(|r| r.from))
}
