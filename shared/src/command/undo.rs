//! Undo: the command that takes another one back, computed against the launch before it.

use super::{Command, cut, split};
#[cfg(feature = "drawn")]
use crate::journal::FileDetail;
use crate::{
    id::{EpicId, ItemId, PersonId, StoryId},
    journal::{ItemDetail, StoryDetail},
    model::{Launch, StoryState},
};

/// The command by which `by` takes `command` back, if there is one. Undo is a command like any
/// other: it goes through the same decision, and the journal keeps both.
///
/// A tick that was taken back comes back only as a new tick by whoever does it. Where it was
/// somebody else's, or was verified or confirmed, that would not be what stood there before: no way
/// back is offered.
pub fn undo(before: &Launch, command: &Command, by: PersonId) -> Option<Command> {
    match command {
        Command::TickItem { item, .. } => Some(Command::UntickItem { item: item.clone() }),
        Command::UntickItem { item } => {
            let tick = before.items.get(item)?.tick.as_ref();
            let tick = tick.filter(|t| t.is_only_of(by))?;
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
        #[cfg(feature = "drawn")]
        Command::SetWindows(_) => Some(Command::SetWindows(before.windows.clone())),
        #[cfg(feature = "drawn")]
        Command::AttachFile(detail) => Some(Command::DetachFile {
            item: detail.item.clone(),
            sha256: detail.file.sha256.clone(),
        }),
        #[cfg(feature = "drawn")]
        Command::DetachFile { item, sha256 } => {
            // Handed in anew it is by whoever does it, and they could no longer verify.
            let mut files = before.items.get(item)?.files.iter();
            let file = files.find(|f| f.file.sha256 == *sha256 && f.by.by == by)?;
            Some(Command::AttachFile(FileDetail {
                item: item.clone(),
                file: file.file.clone(),
            }))
        }
        #[cfg(feature = "drawn")]
        Command::CastVote(ballot) => {
            // Who says nothing any more would have to say so: only another vote replaces one.
            let vote = before.open_poll()?.last(ballot.discipline)?;
            let own = vote.by.by == by && vote.void.is_none();
            own.then(|| Command::CastVote(vote.ballot.clone()))
        }
        Command::NameLead { discipline, .. } => Some(Command::NameLead {
            discipline: *discipline,
            lead: before.leads.get(discipline).copied(),
        }),
        Command::SetSprintLength { .. } => Some(Command::SetSprintLength {
            weeks: before.sprints.weeks,
        }),
        Command::SetCapacity { sprint, unit, .. } => {
            let old = before.sprints.capacity.get(sprint);
            Some(Command::SetCapacity {
                sprint: *sprint,
                capacity: old.map(|c| c.amount),
                unit: old.map_or(*unit, |c| c.unit),
            })
        }
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
        Command::CutScope { take_in, take_out } => Some(cut::undo(before, take_in, take_out)),
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
        Command::EstimateStory { story, .. } => Some(Command::EstimateStory {
            story: story.clone(),
            points: before.stories.get(story)?.points,
        }),
        Command::SplitStory { story, parts, .. } => split::undo(before, story, parts),
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        command::{Actor, decide},
        engine::testing::{CARLA, NILS, launch as told},
        time::parse_instant,
    };

    fn give(launch: &mut Launch, command: &Command) {
        let (at, by) = (
            parse_instant("2026-03-02T09:00:00Z").unwrap(),
            PersonId::from_number(1),
        );
        for event in decide(launch, command, &Actor::person(by), at).unwrap() {
            launch.apply_at(&event, at, by);
        }
    }

    #[test]
    fn capacity_and_length_of_sprints_go_back_to_what_they_were() {
        let plan = Command::plan_launch("m", "M", "2026-03-02", 10, "2026-05-12T08:00:00Z");
        let mut launch = Launch::default();
        give(&mut launch, &plan.unwrap());
        let carries = |capacity, unit: &str| -> Command {
            let fields = serde_json::json!({"sprint": 1, "capacity": capacity, "unit": unit});
            serde_json::from_value(serde_json::json!({ "set_capacity": fields })).unwrap()
        };
        let steps = [
            Command::SetSprintLength { weeks: 2 },
            carries(Some(20), "points"),
            carries(Some(4), "stories"),
            carries(None, "stories"),
        ];
        for step in steps {
            let before = launch.sprints.clone();
            let back = undo(&launch, &step, PersonId::from_number(1)).unwrap();
            give(&mut launch, &step);
            assert_ne!(launch.sprints, before);
            give(&mut launch, &back);
            assert_eq!(launch.sprints, before);
            give(&mut launch, &step);
        }
    }

    #[test]
    fn windows_go_back_to_what_they_were() {
        let fair =
            serde_json::json!([{"title": "Fair", "first": "2026-05-10", "last": "2026-05-14"}]);
        let set = serde_json::json!({"set_windows": {"freezes": fair}});
        let told = told().does(set);
        let clear = Command::SetWindows(crate::model::Windows::default());
        let back = undo(&told.launch, &clear, NILS).unwrap();
        assert_eq!(back, Command::SetWindows(told.launch.windows.clone()));
    }

    #[test]
    fn only_ones_own_tick_comes_back_and_only_as_long_as_nobody_has_verified_it() {
        let terms = serde_json::json!({"second_person": true});
        let ticked = told()
            .item("a", "sales", &terms)
            .by(NILS)
            .to("tick_item", "a");
        let untick: Command =
            serde_json::from_value(serde_json::json!({"untick_item": {"item": "a"}})).unwrap();
        assert!(undo(&ticked.launch, &untick, NILS).is_some());
        assert_eq!(undo(&ticked.launch, &untick, CARLA), None);
        let verified = ticked.by(CARLA).to("verify_item", "a");
        assert_eq!(undo(&verified.launch, &untick, NILS), None);
    }
}
