//! The reader's hand: what they do to the launch. In the browser a command is decided at once by the
//! server's own rules, what follows is shown, and then it is sent.
//!
//! Reading needs none of it. So it is a chunk of its own, which comes as soon as the reader stirs.

#[cfg(feature = "hydrate")]
mod act;
#[cfg(feature = "hydrate")]
mod form;
#[cfg(feature = "hydrate")]
mod load;
#[cfg(feature = "hydrate")]
mod send;

use std::sync::Arc;

use leptos::{ev::SubmitEvent, prelude::*};
use startklar::{Actor, Command, Launch};

#[cfg(feature = "hydrate")]
pub(crate) use self::load::{deliver, is_awaited, soon};
use crate::desk::{Desk, Pending};

/// Draws what is in the open palette.
pub(crate) type Inside = fn(Desk) -> AnyView;

/// What became of several commands that were given together.
#[derive(Debug, Default)]
pub(crate) struct Outcome {
    /// How many went through.
    pub(crate) given: usize,
    /// How many did not, and why the first did not.
    pub(crate) refused: Option<(usize, String)>,
}

/// Takes over a form that carries a command; the server's half leaves that to the browser.
pub(crate) fn submit(desk: Desk, event: &SubmitEvent) {
    #[cfg(feature = "hydrate")]
    load::submit(desk, event);
    #[cfg(not(feature = "hydrate"))]
    let _ = (desk, event);
}

/// Gives a command. `seen` is the last event that the reader had seen, where others may have changed
/// the same words since.
pub(crate) fn send(desk: Desk, command: Arc<Command>, seen: Option<u64>) {
    #[cfg(feature = "hydrate")]
    load::with(
        desk,
        Box::new(move |hand| {
            (hand.give)(desk, command, seen);
        }),
    );
    #[cfg(not(feature = "hydrate"))]
    let _ = (desk, command, seen);
}

/// Gives several commands, each decided by itself, and then says what became of them.
pub(crate) fn send_all(desk: Desk, commands: Vec<Command>, then: Box<dyn FnOnce(Outcome)>) {
    #[cfg(feature = "hydrate")]
    load::with(
        desk,
        Box::new(move |hand| then((hand.give_all)(desk, commands))),
    );
    #[cfg(not(feature = "hydrate"))]
    let _ = (desk, commands, then);
}

/// Takes the reader's latest step back; again, the one before. Returns whether something was.
pub(crate) fn step_back(desk: Desk) -> bool {
    // Who has not acted yet has nothing to take back.
    #[cfg(feature = "hydrate")]
    return load::here().is_some_and(|hand| (hand.step_back)(desk));
    #[cfg(not(feature = "hydrate"))]
    {
        let _ = desk;
        false
    }
}

/// Fills the palette.
pub(crate) fn find(desk: Desk, inside: RwSignal<Option<Inside>>) {
    #[cfg(feature = "hydrate")]
    load::find(desk, inside);
    #[cfg(not(feature = "hydrate"))]
    let _ = (desk, inside);
}

/// Folds what is on its way onto what is confirmed. On the server nothing ever is on its way.
pub(crate) fn fold(launch: &mut Arc<Launch>, pending: &[Pending], actor: Actor) {
    #[cfg(feature = "hydrate")]
    if !pending.is_empty()
        && let Some(hand) = load::here()
    {
        (hand.fold)(launch, pending, actor);
    }
    #[cfg(not(feature = "hydrate"))]
    let _ = (launch, pending, actor);
}
