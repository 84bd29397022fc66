//! Dragging a card: the same commands as those of its buttons, decided by the same rules.

use leptos::ev::DragEvent;

use crate::desk::Desk;

/// Where a card is dropped.
#[derive(Debug, Clone, Copy)]
#[cfg_attr(
    not(feature = "hydrate"),
    allow(dead_code, reason = "only in the browser is anything dragged")
)]
pub(super) enum Target {
    /// A sprint, or none.
    Sprint(Option<u8>),
    /// A column of the board of a sprint.
    Column(usize, u8),
}

#[cfg(feature = "hydrate")]
pub(super) use browser::{drop, over, start};

#[cfg(not(feature = "hydrate"))]
pub(super) fn start(_: &DragEvent) {}

#[cfg(not(feature = "hydrate"))]
#[allow(clippy::needless_pass_by_value, reason = "as the listener gives it")]
pub(super) fn over(_: DragEvent) {}

#[cfg(not(feature = "hydrate"))]
pub(super) fn drop(_: Desk, _: &DragEvent, _: Target) {}

#[cfg(feature = "hydrate")]
mod browser {
    use std::cell::RefCell;

    use startklar::{
        Command, StoryId,
        model::{Story, StoryState},
    };
    use wasm_bindgen::JsCast as _;

    use super::{Desk, DragEvent, Target};
    use crate::{
        hand,
        pages::plan::sprint::{BEGUN, CLOSED, TO_DO},
    };

    thread_local! {
        /// The story that is being dragged. What comes from other pages is none.
        static DRAGGED: RefCell<Option<StoryId>> = const { RefCell::new(None) };
    }

    pub(crate) fn start(event: &DragEvent) {
        let card = event
            .target()
            .and_then(|t| t.dyn_into::<web_sys::Element>().ok())
            .and_then(|t| t.closest("[data-story]").ok().flatten());
        let id = card.and_then(|card| card.get_attribute("data-story"));
        DRAGGED.set(id.and_then(|id| id.parse().ok()));
        // Some browsers drag nothing that carries no data.
        if let Some(data) = event.data_transfer() {
            let _ = data.set_data("text/plain", "");
        }
    }

    /// Says that something may be dropped here.
    pub(crate) fn over(event: DragEvent) {
        if DRAGGED.with_borrow(Option::is_some) {
            event.prevent_default();
        }
    }

    pub(crate) fn drop(desk: Desk, event: &DragEvent, target: Target) {
        let Some(id) = DRAGGED.take() else { return };
        event.prevent_default();
        let view = desk.view_untracked();
        let command = view.launch.stories.get(&id).and_then(|s| meant(s, target));
        if let Some(command) = command {
            hand::send(desk, command.into(), None);
        }
    }

    /// A story of another sprint comes into this one first; one that is here changes its state.
    fn meant(story: &Story, target: Target) -> Option<Command> {
        let id = story.id.clone();
        let plan = |sprint| Command::PlanStory {
            story: story.id.clone(),
            sprint,
        };
        match (target, story.state) {
            (Target::Sprint(sprint), _) => (story.sprint != sprint).then(|| plan(sprint)),
            (Target::Column(_, sprint), _) if story.sprint != Some(sprint) => {
                Some(plan(Some(sprint)))
            }
            (Target::Column(BEGUN, _), StoryState::Todo) => Some(Command::BeginStory { story: id }),
            (Target::Column(CLOSED, _), StoryState::Todo | StoryState::Begun(_)) => {
                Some(Command::FinishStory { story: id })
            }
            (Target::Column(TO_DO | BEGUN, _), StoryState::Done(_) | StoryState::Dropped(_)) => {
                Some(Command::ReopenStory { story: id })
            }
            _ => None,
        }
    }
}
