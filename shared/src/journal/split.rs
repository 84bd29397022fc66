//! The fold of stories that are split and put together again. What is split off was known and planned
//! for as long as what it came from: a split adds nothing to the scope, and nothing to what a sprint
//! began with.

use super::Event;
use crate::{
    model::{Launch, StoryState},
    time::Instant,
};

impl Launch {
    pub(super) fn apply_to_parts(&mut self, event: &Event, at: Instant) {
        let (Event::StorySplit {
            story,
            title,
            points,
            ..
        }
        | Event::StoryMerged {
            story,
            title,
            points,
            ..
        }) = event
        else {
            return;
        };
        let Some(row) = self.stories.get_mut(story) else {
            return;
        };
        row.title = title.clone();
        row.points = *points;
        let whole = row.clone();
        match event {
            Event::StorySplit { into, .. } => {
                for part in into {
                    if let Some(part) = self.stories.get_mut(part) {
                        part.added = whole.added;
                        part.planned = whole.planned;
                        part.stays.clone_from(&whole.stays);
                    }
                }
            }
            Event::StoryMerged { from, .. } => {
                for part in from {
                    if let Some(part) = self.stories.get_mut(part) {
                        // The whole counts for it again, from the beginning on.
                        part.added = at;
                        part.sprint = None;
                        part.planned = None;
                        part.stays.clear();
                        part.state = StoryState::Dropped(at);
                    }
                }
            }
            _ => {}
        }
        // Stories stand in the order in which they came into being, in a plan file as well.
        self.stories.settle(|story| story.added);
    }
}
