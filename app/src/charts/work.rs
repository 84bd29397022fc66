//! What a launch consists of, piece by piece, as every chart counts it: the stories in scope and
//! the items that the launch waits for.

use chrono::NaiveDate;
use startklar::{
    Assessment, Discipline, Launch,
    engine::ItemState,
    model::{Item, ItemIx, Story, StoryState},
    time::Instant,
};

/// A story or an item on its way through time.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Work {
    /// Who owes it.
    pub(crate) discipline: Discipline,
    /// Whether it is a story and not an item.
    pub(crate) story: bool,
    /// The story's points; 1 where there are none.
    pub(crate) points: u16,
    /// When the launch began to wait for it.
    pub(crate) added: Instant,
    /// When it was dropped.
    pub(crate) gone: Option<Instant>,
    /// When work on it began.
    pub(crate) begun: Option<Instant>,
    /// When it was closed; `None` while it is open.
    pub(crate) closed: Option<Instant>,
    /// The day it is due.
    pub(crate) due: Option<NaiveDate>,
    /// Its last safe start, and what became of it.
    pub(crate) start: Option<(NaiveDate, Start)>,
    /// Whether it should have begun, or is overdue.
    pub(crate) late: bool,
}

/// What became of a last safe start.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Start {
    /// Not begun by then, and not since.
    Missed,
    /// Begun, but too late, and still open.
    Slow,
    /// Still to come, and nobody has begun.
    Ahead,
    /// Begun by then, or ticked.
    Met,
}

impl Work {
    /// Whether the launch still waits for it.
    pub(crate) const fn is_open(&self) -> bool {
        self.closed.is_none() && self.gone.is_none()
    }
}

/// The pieces of a launch as they stand at the moment of the assessment.
pub(crate) fn of(launch: &Launch, assessment: &Assessment) -> Vec<Work> {
    let stories = launch
        .stories
        .rows()
        .iter()
        .filter_map(|s| story(launch, s));
    let items = launch
        .items
        .each()
        .filter(|(ix, _)| assessment.is_required(*ix))
        .map(|(ix, i)| item(launch, assessment, ix, i));
    stories.chain(items).collect()
}

fn story(launch: &Launch, story: &Story) -> Option<Work> {
    let scoped = launch.epics.at(story.epic)?.in_scope?;
    // What is planned for a sprint is due on its last day.
    let due = (story.sprint).and_then(|n| Some(launch.sprint_days(n)?.1));
    let gone = match story.state {
        StoryState::Dropped(at) => Some(at),
        _ => None,
    };
    Some(Work {
        discipline: Discipline::Engineering,
        story: true,
        points: story.points.unwrap_or(1),
        added: story.added.max(scoped),
        gone,
        begun: story.begun,
        closed: story.done(),
        due: due.filter(|_| gone.is_none()),
        start: None,
        late: false,
    })
}

fn item(launch: &Launch, assessment: &Assessment, ix: ItemIx, item: &Item) -> Work {
    let state = assessment.item(ix);
    let start = start_of(launch, assessment, ix);
    Work {
        discipline: item.discipline,
        story: false,
        points: 1,
        added: covered_since(launch, item).map_or(item.added, |at| at.max(item.added)),
        gone: None,
        begun: begun(item),
        closed: closed(launch, item, state),
        due: item.due,
        start,
        late: assessment.is_late(launch, ix),
    }
}

/// An item's last safe start, and what became of it.
pub(crate) fn start_of(
    launch: &Launch,
    assessment: &Assessment,
    ix: ItemIx,
) -> Option<(NaiveDate, Start)> {
    let day = assessment.last_safe_start(launch, ix)?;
    let begun = launch.items.at(ix).and_then(begun).map(|at| launch.day(at));
    Some((
        day,
        start(day, begun, assessment.item(ix), assessment.today),
    ))
}

/// When work on an item began: a tick without a beginning is one.
fn begun(item: &Item) -> Option<Instant> {
    item.begun
        .map(|s| s.at)
        .or_else(|| item.tick.as_ref().map(|t| t.by.at))
}

fn start(day: NaiveDate, begun: Option<NaiveDate>, state: ItemState, today: NaiveDate) -> Start {
    let waits = matches!(state, ItemState::NotBegun | ItemState::Begun);
    if !waits || begun.is_some_and(|b| b <= day) {
        Start::Met
    } else if day >= today {
        Start::Ahead
    } else if begun.is_some() {
        Start::Slow
    } else {
        Start::Missed
    }
}

/// When the first of the epics that an item covers came into the scope.
fn covered_since(launch: &Launch, item: &Item) -> Option<Instant> {
    item.covers
        .iter()
        .filter_map(|e| launch.epics.at(*e)?.in_scope)
        .min()
}

/// When an item that is closed now was closed.
fn closed(launch: &Launch, item: &Item, state: ItemState) -> Option<Instant> {
    match state {
        ItemState::Closed => item.tick.as_ref().map(|t| {
            let verified = t.verified.filter(|_| launch.needs_second_person(item));
            verified.map_or(t.by.at, |v| v.at.max(t.by.at))
        }),
        ItemState::Waived | ItemState::NotApplicable => item
            .exemption
            .as_ref()
            .and_then(|e| e.granted)
            .map(|g| g.at),
        _ => None,
    }
}
