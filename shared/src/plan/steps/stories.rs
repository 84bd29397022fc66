//! Steps of stories: written down, moved, begun, reopened, done or dropped.

use super::{Action, Class, Maker, Step, rank};
use crate::{
    command::Command,
    journal::{Event, StoryDetail},
    time::Instant,
};

use super::super::document::{EpicPart, StoryPart};

impl Maker<'_> {
    pub(super) fn stories(&mut self) {
        let mut place = 0;
        for epic in &self.document.epics {
            for story in &epic.stories {
                let order = story.order.unwrap_or_default();
                let mut steps = self.written(epic, story);
                steps.extend(self.planned(story));
                steps.extend(self.story_progress(story));
                for (n, step) in steps.into_iter().enumerate() {
                    self.steps.push(step.order(order, place, rank(n)));
                }
                place += 1;
            }
        }
    }

    /// A story that is older than its epic comes by way of older ones: it goes to the next one as
    /// soon as that is there.
    fn written(&self, epic: &EpicPart, story: &StoryPart) -> Vec<Step> {
        let detail = StoryDetail {
            title: story.title.clone(),
            note: story.note.clone(),
            points: story.points,
            sprint: story.sprint.filter(|_| !replanned(story)),
            owner: story.owner.as_deref().map(self.person),
        };
        let first = story
            .from
            .first()
            .and_then(|id| self.epics.get(id).copied())
            .unwrap_or(epic);
        let add = Command::AddStory {
            id: story.id.clone(),
            epic: first.id.clone(),
            detail,
        };
        let by = self.planner(story.added);
        let step = self.step(Class::Stories, &story.path, "added", &by, add);
        let mut steps = vec![step.after(&format!("{}.added", first.path), first.added)];
        let later = story
            .from
            .iter()
            .skip(1)
            .filter_map(|id| self.epics.get(id).copied());
        for next in later.chain([epic]).filter(|_| !story.from.is_empty()) {
            let go = Command::MoveStory {
                story: story.id.clone(),
                epic: next.id.clone(),
            };
            let by = self.planner(next.added.max(story.added));
            steps.push(self.step(Class::Stories, &story.path, "from", &by, go));
        }
        steps
    }

    /// Into sprints and out of them again, in the order of the file.
    fn planned(&self, story: &StoryPart) -> Vec<Step> {
        if !replanned(story) {
            return Vec::new();
        }
        let mut floor = (format!("{}.added", story.path), story.added);
        let mut steps = Vec::new();
        let mut push = |field: &'static str, at: Instant, sprint: Option<u8>| {
            let plan = Command::PlanStory {
                story: story.id.clone(),
                sprint,
            };
            let by = self.planner(at);
            let step = self.step(Class::Stories, &story.path, field, &by, plan);
            steps.push(step.after(&floor.0, floor.1));
            floor = (format!("{}.{field}", story.path), at);
        };
        for stay in &story.earlier_sprints {
            push("earlier_sprints", stay.from, Some(stay.sprint));
            push("earlier_sprints", stay.to, None);
        }
        if story.sprint.is_some() {
            push(
                "planned",
                story.planned.unwrap_or(story.added),
                story.sprint,
            );
        }
        steps
    }

    fn story_progress(&self, part: &StoryPart) -> Vec<Step> {
        let story = &part.id;
        let mut floor = (format!("{}.added", part.path), part.added);
        let mut steps = Vec::new();
        let mut push = |field: &'static str, at: Instant, action: Action| {
            let by = self.owner(part.owner.as_ref(), at);
            let step = self.act(Class::StoryProgress, &part.path, field, &by, action);
            steps.push(step.after(&floor.0, floor.1));
            if at >= floor.1 {
                floor = (format!("{}.{field}", part.path), at);
            }
        };
        let begin = || {
            Action::Decide(Command::BeginStory {
                story: story.clone(),
            })
        };
        let reopen = || {
            Action::Record(Event::StoryReopened {
                story: story.clone(),
            })
        };
        if let Some(at) = part.begun {
            push("begun", at, begin());
        }
        if let Some(at) = part.reopened {
            push("reopened", at, reopen());
        }
        if let Some(at) = part.begun_again {
            push("begun_again", at, reopen());
            push("begun_again", at, begin());
        }
        if let Some(at) = part.done {
            push(
                "done",
                at,
                Action::Decide(Command::FinishStory {
                    story: story.clone(),
                }),
            );
        }
        if let Some(at) = part.dropped {
            push(
                "dropped",
                at,
                Action::Decide(Command::DropStory {
                    story: story.clone(),
                }),
            );
        }
        steps
    }
}

/// Whether a story did not come into its sprint when it was written down, and stay there.
fn replanned(story: &StoryPart) -> bool {
    !story.earlier_sprints.is_empty() || story.planned.is_some_and(|at| at != story.added)
}
