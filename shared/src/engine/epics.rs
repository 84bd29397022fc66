//! The status of epics: technically done is not done.

use serde::{Serialize, Serializer};

use super::{ItemState, Proof, facts::Facts};
use crate::model::{Discipline, Epic, EpicIx, Launch, StoryState};

/// Where an epic stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum EpicStatus {
    /// No story has begun, or it is out of scope.
    NotStarted,
    /// Some have.
    InProgress,
    /// In scope, all stories done or dropped (not all dropped), accepted.
    TechnicallyDone,
    /// Technically done, and every blocking item that covers it is closed.
    Done(Proof),
}

impl EpicStatus {
    /// The stable name.
    pub const fn code(self) -> &'static str {
        match self {
            Self::NotStarted => "not_started",
            Self::InProgress => "in_progress",
            Self::TechnicallyDone => "technically_done",
            Self::Done(_) => "done",
        }
    }

    /// Whether it is at least technically done.
    pub const fn is_built(self) -> bool {
        matches!(self, Self::TechnicallyDone | Self::Done(_))
    }
}

impl Serialize for EpicStatus {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        to.serialize_str(self.code())
    }
}

#[derive(Clone, Copy, Default)]
struct Tally {
    open: usize,
    begun: usize,
    done: usize,
}

/// The status of every epic, in the order of the epics.
pub(super) fn statuses(facts: &Facts<'_>) -> Vec<EpicStatus> {
    let tallies = tallies(facts.launch);
    facts
        .launch
        .epics
        .each()
        .map(|(ix, e)| status(facts, ix, e, tallies[ix.pos()]))
        .collect()
}

/// Of every epic, whether it is at least technically done.
pub(crate) fn built(launch: &Launch) -> Vec<bool> {
    let epics = launch.epics.rows().iter().zip(tallies(launch));
    epics.map(|(epic, tally)| is_built(epic, tally)).collect()
}

fn tallies(launch: &Launch) -> Vec<Tally> {
    let mut tallies = vec![Tally::default(); launch.epics.len()];
    for story in launch.stories.rows() {
        let Some(tally) = tallies.get_mut(story.epic.pos()) else {
            continue;
        };
        match story.state {
            StoryState::Todo => {
                tally.open += 1;
                tally.begun += usize::from(story.begun.is_some());
            }
            StoryState::Begun(_) => {
                tally.open += 1;
                tally.begun += 1;
            }
            StoryState::Done(_) => tally.done += 1,
            StoryState::Dropped(_) => {}
        }
    }
    tallies
}

fn is_built(epic: &Epic, tally: Tally) -> bool {
    epic.in_scope.is_some() && tally.open == 0 && tally.done > 0 && epic.accepted.is_some()
}

fn status(facts: &Facts<'_>, ix: EpicIx, epic: &Epic, tally: Tally) -> EpicStatus {
    if is_built(epic, tally) {
        Proof::of_no_blocker(uncovered(facts, ix))
            .map_or(EpicStatus::TechnicallyDone, EpicStatus::Done)
    } else if tally.begun > 0 || tally.done > 0 {
        EpicStatus::InProgress
    } else {
        EpicStatus::NotStarted
    }
}

/// What still keeps a built epic from being done: open blocking items that cover it, and required
/// disciplines of which no item covers it.
fn uncovered(facts: &Facts<'_>, epic: EpicIx) -> usize {
    let mut covered = [false; Discipline::ALL.len()];
    let mut open = 0;
    for (ix, item) in facts.launch.items.each() {
        if !item.blocking || !(item.covers.is_empty() || item.covers.contains(&epic)) {
            continue;
        }
        let state = facts.closure.state(ix);
        open += usize::from(!state.is_closed());
        covered[item.discipline.pos()] |= state != ItemState::NotApplicable;
    }
    let missing = Discipline::ALL
        .into_iter()
        .filter(|d| facts.demands(*d) && !covered[d.pos()])
        .count();
    open + missing
}
