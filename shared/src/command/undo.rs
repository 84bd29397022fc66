//! Undo: the command that takes another one back, computed against the launch before it.

use super::Command;
use crate::{
    id::{EpicId, ItemId, StoryId},
    journal::{ItemDetail, StoryDetail},
    model::{Launch, StoryState},
};

/// The command that takes `command` back, if there is one. Undo is a command like any other: it
/// goes through the same decision, and the journal keeps both.
pub fn undo(before: &Launch, command: &Command) -> Option<Command> {
    match command {
        Command::TickItem { item, .. } => Some(Command::UntickItem { item: item.clone() }),
        Command::UntickItem { item } => {
            let tick = before.items.get(item)?.tick.as_ref()?;
            Some(Command::TickItem {
                item: item.clone(),
                evidence: tick.evidence.clone(),
            })
        }
        Command::BeginItem { item } => Some(Command::WithdrawBegin { item: item.clone() }),
        Command::WithdrawBegin { item } => Some(Command::BeginItem { item: item.clone() }),
        Command::AskWaiver { item, .. } | Command::AskNotApplicable { item, .. } => {
            Some(Command::WithdrawExemption { item: item.clone() })
        }
        Command::AssignItem { item, .. } => {
            let owner = before.items.get(item)?.owner;
            Some(Command::AssignItem {
                item: item.clone(),
                owner,
            })
        }
        Command::EditItem { item, .. } => undo_edit_item(before, item),
        Command::AnswerRequest { request, .. } => Some(Command::ReopenRequest {
            request: request.clone(),
        }),
        Command::Rename { .. } => {
            let s = before.schedule.as_ref()?;
            Some(Command::Rename {
                title: s.title.clone(),
                note: s.note.clone(),
            })
        }
        Command::Reschedule { .. } => Some(Command::Reschedule {
            moment: before.schedule.as_ref()?.moment,
        }),
        Command::NameLead { discipline, .. } => Some(Command::NameLead {
            discipline: *discipline,
            lead: before.leads.get(discipline).copied(),
        }),
        _ => undo_plan(before, command),
    }
}

fn undo_plan(before: &Launch, command: &Command) -> Option<Command> {
    match command {
        Command::EditEpic { epic, .. } => {
            let old = before.epics.get(epic)?;
            Some(Command::EditEpic {
                epic: epic.clone(),
                title: old.title.clone(),
                note: old.note.clone(),
            })
        }
        Command::RankEpic { epic, .. } => undo_rank(before, epic),
        Command::ScopeEpic { epic } => Some(Command::UnscopeEpic { epic: epic.clone() }),
        Command::UnscopeEpic { epic } => Some(Command::ScopeEpic { epic: epic.clone() }),
        Command::AcceptEpic { epic } => Some(Command::WithdrawAcceptance { epic: epic.clone() }),
        Command::WithdrawAcceptance { epic } => Some(Command::AcceptEpic { epic: epic.clone() }),
        Command::AddStory { id, .. } => Some(Command::DropStory { story: id.clone() }),
        Command::EditStory { story, .. } => {
            let detail = StoryDetail::of(before.stories.get(story)?);
            Some(Command::EditStory {
                story: story.clone(),
                detail,
            })
        }
        Command::MoveStory { story, .. } => {
            let epic = before.epics.at(before.stories.get(story)?.epic)?.id.clone();
            Some(Command::MoveStory {
                story: story.clone(),
                epic,
            })
        }
        Command::PlanStory { story, .. } => {
            let sprint = before.stories.get(story)?.sprint;
            Some(Command::PlanStory {
                story: story.clone(),
                sprint,
            })
        }
        Command::BeginStory { story } | Command::FinishStory { story } => {
            undo_progress(before, story)
        }
        Command::DropStory { story } => Some(Command::ReopenStory {
            story: story.clone(),
        }),
        Command::ReopenStory { story } => match before.stories.get(story)?.state {
            StoryState::Done(_) => Some(Command::FinishStory {
                story: story.clone(),
            }),
            StoryState::Dropped(_) => Some(Command::DropStory {
                story: story.clone(),
            }),
            _ => None,
        },
        _ => None,
    }
}

/// A begun story cannot be un-begun (the beginning is a fact); a finished one can be reopened.
fn undo_progress(before: &Launch, story: &StoryId) -> Option<Command> {
    match before.stories.get(story)?.state {
        StoryState::Begun(_) => Some(Command::ReopenStory {
            story: story.clone(),
        }),
        _ => None,
    }
}

fn undo_rank(before: &Launch, epic: &EpicId) -> Option<Command> {
    let ix = before.epics.find(epic)?;
    let to = before.ranking.iter().position(|other| *other == ix)?;
    Some(Command::RankEpic {
        epic: epic.clone(),
        to: u32::try_from(to).ok()?,
    })
}

fn undo_edit_item(before: &Launch, item: &ItemId) -> Option<Command> {
    let detail = ItemDetail::of(before, before.items.get(item)?);
    Some(Command::EditItem {
        item: item.clone(),
        detail,
    })
}
