//! Decisions on epics and stories.

use super::{
    Command, Kind, Refusal,
    decide::{Case, Decision, in_range, room},
    split::{self, Words},
};
use crate::{
    id::{EpicId, StoryId},
    journal::{Event, StoryDetail},
    model::{Epic, EpicIx, Launch, Story, StoryState},
};

pub(super) fn decide_epic(case: &Case<'_>, command: &Command) -> Decision {
    let launch = case.launch;
    let event = match command {
        Command::AddEpic { id, title, note } => {
            room(Kind::Epic, launch.epics.len())?;
            if launch.epics.get(id).is_some() {
                return Err(Refusal::Taken {
                    kind: Kind::Epic,
                    id: id.to_string(),
                });
            }
            Event::EpicAdded {
                id: id.clone(),
                title: title.clone(),
                note: note.clone(),
            }
        }
        Command::EditEpic { epic, title, note } => {
            find_epic(launch, epic)?;
            Event::EpicEdited {
                epic: epic.clone(),
                title: title.clone(),
                note: note.clone(),
            }
        }
        Command::RankEpic { epic, to } => {
            let (ix, row) = find_epic(launch, epic)?;
            let last = i64::try_from(launch.ranking.len()).unwrap_or(i64::MAX) - 1;
            in_range("rank", i64::from(*to), 0, last)?;
            if launch.ranking.get(*to as usize) == Some(&ix) {
                return Err(already(row, "ranked"));
            }
            Event::EpicRanked {
                epic: epic.clone(),
                to: *to,
            }
        }
        Command::ScopeEpic { epic } => {
            let (_, row) = find_epic(launch, epic)?;
            if row.in_scope.is_some() {
                return Err(already(row, "in_scope"));
            }
            Event::EpicScoped {
                epic: epic.clone(),
                since: row.was_in_scope(case.now),
            }
        }
        Command::UnscopeEpic { epic } => {
            in_scope(find_epic(launch, epic)?.1)?;
            Event::EpicUnscoped { epic: epic.clone() }
        }
        Command::AcceptEpic { epic } => accept(launch, epic)?,
        Command::WithdrawAcceptance { epic } => {
            let (_, row) = find_epic(launch, epic)?;
            if row.accepted.is_none() {
                return Err(Refusal::NotYet {
                    title: row.title.clone(),
                    state: "accepted",
                });
            }
            Event::EpicAcceptanceWithdrawn { epic: epic.clone() }
        }
        _ => return Ok(Vec::new()),
    };
    Ok(vec![event])
}

/// An epic is accepted as a whole: with open stories there is nothing to accept yet.
fn accept(launch: &Launch, epic: &EpicId) -> Result<Event, Refusal> {
    let (ix, row) = find_epic(launch, epic)?;
    in_scope(row)?;
    if let Some(stamp) = row.accepted {
        return Err(Refusal::Already {
            title: row.title.clone(),
            state: "accepted",
            by: Some(stamp.by),
            at: Some(stamp.at),
        });
    }
    let open: Vec<_> = launch
        .stories_of(ix)
        .filter(|s| s.is_open())
        .map(|s| s.title.clone())
        .collect();
    if !open.is_empty() || !launch.stories_of(ix).any(|s| s.done().is_some()) {
        return Err(Refusal::StoriesOpen {
            title: row.title.clone(),
            open,
        });
    }
    Ok(Event::EpicAccepted { epic: epic.clone() })
}

pub(super) fn decide_story(case: &Case<'_>, command: &Command) -> Decision {
    let launch = case.launch;
    let event = match command {
        Command::AddStory { id, epic, detail } => {
            room(Kind::Story, launch.stories.len())?;
            find_epic(launch, epic)?;
            if launch.stories.get(id).is_some() {
                return Err(Refusal::Taken {
                    kind: Kind::Story,
                    id: id.to_string(),
                });
            }
            check(detail)?;
            Event::StoryAdded {
                id: id.clone(),
                epic: epic.clone(),
                detail: detail.clone(),
            }
        }
        Command::EditStory { story, detail } => {
            find_story(launch, story)?;
            check(detail)?;
            Event::StoryEdited {
                story: story.clone(),
                detail: detail.clone(),
            }
        }
        Command::MoveStory { story, epic } => {
            let row = find_story(launch, story)?;
            let (ix, _) = find_epic(launch, epic)?;
            if row.epic == ix {
                return Err(is_already(row, "in_epic"));
            }
            Event::StoryMoved {
                story: story.clone(),
                epic: epic.clone(),
            }
        }
        Command::PlanStory { story, sprint } => {
            find_story(launch, story)?;
            check_sprint(*sprint)?;
            Event::StoryPlanned {
                story: story.clone(),
                sprint: *sprint,
            }
        }
        Command::BeginStory { story } => match find_story(launch, story)?.state {
            StoryState::Todo => Event::StoryBegun {
                story: story.clone(),
            },
            _ => return Err(state_refusal(find_story(launch, story)?)),
        },
        Command::FinishStory { story } => {
            let row = find_story(launch, story)?;
            if !row.is_open() {
                return Err(state_refusal(row));
            }
            Event::StoryDone {
                story: story.clone(),
            }
        }
        Command::DropStory { story } => {
            let row = find_story(launch, story)?;
            if !row.is_open() {
                return Err(state_refusal(row));
            }
            Event::StoryDropped {
                story: story.clone(),
            }
        }
        Command::ReopenStory { story } => {
            let row = find_story(launch, story)?;
            if row.is_open() {
                return Err(is_already(row, "open"));
            }
            Event::StoryReopened {
                story: story.clone(),
            }
        }
        _ => return Ok(Vec::new()),
    };
    Ok(vec![event])
}

/// How large a story is: its estimate, and whether it is one or several.
pub(super) fn decide_size(case: &Case<'_>, command: &Command) -> Decision {
    match command {
        Command::EstimateStory { story, points } => {
            if find_story(case.launch, story)?.points == *points {
                return Ok(Vec::new());
            }
            check_points(*points)?;
            Ok(vec![Event::StoryEstimated {
                story: story.clone(),
                points: *points,
            }])
        }
        Command::SplitStory {
            story,
            title,
            points,
            parts,
        } => split::split(case, story, &Words::new(title, *points), parts),
        Command::MergeStory {
            story,
            title,
            points,
            parts,
        } => split::merge(case, story, &Words::new(title, *points), parts),
        _ => Ok(Vec::new()),
    }
}

fn check(detail: &StoryDetail) -> Result<(), Refusal> {
    check_sprint(detail.sprint)?;
    check_points(detail.points)
}

pub(super) fn check_points(points: Option<u16>) -> Result<(), Refusal> {
    points.map_or(Ok(()), |p| in_range("points", i64::from(p), 0, 1_000))
}

fn check_sprint(sprint: Option<u8>) -> Result<(), Refusal> {
    sprint.map_or(Ok(()), |s| in_range("sprint", i64::from(s), 1, 60))
}

pub(super) fn find_epic<'a>(
    launch: &'a Launch,
    id: &EpicId,
) -> Result<(EpicIx, &'a Epic), Refusal> {
    let ix = launch.epics.find(id);
    ix.and_then(|ix| Some((ix, launch.epics.at(ix)?)))
        .ok_or_else(|| Refusal::Unknown {
            kind: Kind::Epic,
            id: id.to_string(),
        })
}

pub(super) fn find_story<'a>(launch: &'a Launch, id: &StoryId) -> Result<&'a Story, Refusal> {
    launch.stories.get(id).ok_or_else(|| Refusal::Unknown {
        kind: Kind::Story,
        id: id.to_string(),
    })
}

fn in_scope(epic: &Epic) -> Result<(), Refusal> {
    if epic.in_scope.is_some() {
        Ok(())
    } else {
        Err(Refusal::NotYet {
            title: epic.title.clone(),
            state: "in_scope",
        })
    }
}

fn already(epic: &Epic, state: &'static str) -> Refusal {
    Refusal::Already {
        title: epic.title.clone(),
        state,
        by: None,
        at: None,
    }
}

fn is_already(story: &Story, state: &'static str) -> Refusal {
    Refusal::Already {
        title: story.title.clone(),
        state,
        by: None,
        at: None,
    }
}

pub(super) fn state_refusal(story: &Story) -> Refusal {
    let (state, at) = match story.state {
        StoryState::Todo => ("open", None),
        StoryState::Begun(at) => ("begun", Some(at)),
        StoryState::Done(at) => ("done", Some(at)),
        StoryState::Dropped(at) => ("dropped", Some(at)),
    };
    Refusal::Already {
        title: story.title.clone(),
        state,
        by: None,
        at,
    }
}
