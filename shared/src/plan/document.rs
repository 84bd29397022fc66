//! A plan as read: what a file says, with every default filled in and people by their handles.

use chrono::NaiveDate;

use crate::{
    engine::Course,
    id::{EpicId, ItemId, LaunchId, RequestId, StoryId},
    model::{
        Capacity, Clock, Discipline, ExemptionKind, Member, Notice, RequestKind, Stay, Weekdays,
    },
    text::{Line, Note},
    time::{Instant, Zone},
};

/// Who did something, and when.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct By {
    pub(super) by: String,
    pub(super) at: Instant,
}

#[derive(Debug, Clone)]
pub(super) struct Document {
    pub(super) launch: LaunchPart,
    pub(super) people: Vec<PersonPart>,
    pub(super) epics: Vec<EpicPart>,
    pub(super) items: Vec<ItemPart>,
    pub(super) sprints: Vec<SprintPart>,
    pub(super) windows: Vec<WindowPart>,
    pub(super) freezes: Vec<FreezePart>,
    pub(super) excepted: Option<ExceptedPart>,
    pub(super) requests: Vec<RequestPart>,
    pub(super) notices: Vec<NoticePart>,
    pub(super) declared: Option<DeclaredPart>,
    pub(super) launched: Option<RecordPart>,
    pub(super) watch_closed: Option<RecordPart>,
}

#[derive(Debug, Clone)]
pub(super) struct LaunchPart {
    pub(super) id: LaunchId,
    pub(super) title: Line,
    pub(super) note: Option<Note>,
    pub(super) start: NaiveDate,
    pub(super) weeks: u8,
    pub(super) moment: Instant,
    pub(super) zone: Zone,
    pub(super) watch_days: u16,
    pub(super) sprint_weeks: u8,
    pub(super) required: Vec<Discipline>,
    pub(super) verified: Vec<Discipline>,
    pub(super) planned: By,
}

/// What a sprint can carry.
#[derive(Debug, Clone)]
pub(super) struct SprintPart {
    pub(super) path: String,
    pub(super) number: u8,
    pub(super) capacity: Capacity,
}

/// A release window. That it is open on no day is said once all is read.
#[derive(Debug, Clone)]
pub(super) struct WindowPart {
    pub(super) path: String,
    pub(super) days: Option<Weekdays>,
    pub(super) from: Clock,
    pub(super) to: Clock,
}

/// A freeze. That it ends before it begins is said once all is read.
#[derive(Debug, Clone)]
pub(super) struct FreezePart {
    pub(super) path: String,
    pub(super) title: Line,
    pub(super) first: NaiveDate,
    pub(super) last: NaiveDate,
}

#[derive(Debug, Clone)]
pub(super) struct ExceptedPart {
    pub(super) reason: Note,
    pub(super) by: By,
}

#[derive(Debug, Clone)]
pub(super) struct PersonPart {
    pub(super) key: String,
    pub(super) name: Line,
    pub(super) leads: Vec<Discipline>,
    pub(super) part: Member,
    pub(super) approves_until: Option<Instant>,
    pub(super) member: bool,
}

#[derive(Debug, Clone)]
pub(super) struct EpicPart {
    pub(super) path: String,
    pub(super) id: EpicId,
    pub(super) title: Line,
    pub(super) note: Option<Note>,
    pub(super) added: Instant,
    pub(super) order: Option<u32>,
    pub(super) in_scope: Option<Instant>,
    pub(super) earlier_scope: Option<(Instant, Instant)>,
    pub(super) left_scope: Option<(Instant, Instant)>,
    pub(super) accepted: Option<By>,
    pub(super) stories: Vec<StoryPart>,
}

#[derive(Debug, Clone)]
pub(super) struct StoryPart {
    pub(super) path: String,
    pub(super) id: StoryId,
    pub(super) title: Line,
    pub(super) note: Option<Note>,
    pub(super) points: Option<u16>,
    pub(super) sprint: Option<u8>,
    pub(super) planned: Option<Instant>,
    pub(super) earlier_sprints: Vec<Stay>,
    pub(super) owner: Option<String>,
    pub(super) added: Instant,
    pub(super) order: Option<u32>,
    pub(super) from: Vec<EpicId>,
    pub(super) begun: Option<Instant>,
    pub(super) reopened: Option<Instant>,
    pub(super) begun_again: Option<Instant>,
    pub(super) done: Option<Instant>,
    pub(super) dropped: Option<Instant>,
}

#[derive(Debug, Clone)]
pub(super) struct ItemPart {
    pub(super) path: String,
    pub(super) id: ItemId,
    pub(super) title: Line,
    pub(super) note: Option<Note>,
    pub(super) discipline: Discipline,
    pub(super) blocking: bool,
    pub(super) covers: Vec<EpicId>,
    pub(super) owner: Option<String>,
    pub(super) lead_days: u16,
    pub(super) due: Option<NaiveDate>,
    pub(super) condition: bool,
    pub(super) needs: Vec<ItemId>,
    pub(super) needs_epics: Vec<EpicId>,
    pub(super) evidence: Option<Line>,
    pub(super) second_person: bool,
    pub(super) confirm_days: Option<u16>,
    pub(super) added: Instant,
    pub(super) terms_since: Option<Instant>,
    pub(super) begun: Option<By>,
    pub(super) reopened: Option<Instant>,
    pub(super) ticked: Option<TickPart>,
    pub(super) verified: Option<By>,
    pub(super) confirmed: Option<By>,
    pub(super) exemption: Option<ExemptionPart>,
}

#[derive(Debug, Clone)]
pub(super) struct TickPart {
    pub(super) by: By,
    pub(super) evidence: Option<Note>,
}

#[derive(Debug, Clone)]
pub(super) struct ExemptionPart {
    pub(super) kind: ExemptionKind,
    pub(super) reason: Note,
    pub(super) asked: By,
    pub(super) granted: Option<By>,
}

impl ExemptionPart {
    /// The name of its table in the file.
    pub(super) fn name(&self) -> &'static str {
        match self.kind {
            ExemptionKind::Waiver { .. } => "waiver",
            ExemptionKind::NotApplicable => "not_applicable",
        }
    }
}

#[derive(Debug, Clone)]
pub(super) struct RequestPart {
    pub(super) path: String,
    pub(super) id: RequestId,
    pub(super) kind: RequestKind,
    pub(super) from: Discipline,
    pub(super) to: Discipline,
    pub(super) text: Note,
    pub(super) owner: Option<String>,
    pub(super) due: NaiveDate,
    pub(super) blocking: bool,
    pub(super) item: Option<ItemId>,
    pub(super) asked: By,
    pub(super) answer: Option<(By, Note)>,
    pub(super) thread: Vec<(By, Note)>,
}

#[derive(Debug, Clone)]
pub(super) struct NoticePart {
    pub(super) path: String,
    pub(super) notice: Notice,
    pub(super) issued: By,
    pub(super) read: Vec<ReadPart>,
}

#[derive(Debug, Clone)]
pub(super) struct ReadPart {
    pub(super) by: By,
    /// Whether they worked for one of its disciplines then and do no more.
    pub(super) left: bool,
}

#[derive(Debug, Clone)]
pub(super) struct DeclaredPart {
    pub(super) course: Course,
    pub(super) reason: Note,
    pub(super) until: NaiveDate,
    pub(super) by: By,
}

/// That something was recorded about the launch as a whole.
#[derive(Debug, Clone)]
pub(super) struct RecordPart {
    pub(super) by: By,
    pub(super) changed_since: bool,
    /// Recorded on the word of a file; only of a launch.
    pub(super) claimed: bool,
}
