//! Loading the hand, in the browser.

#![allow(
    clippy::unnecessary_wraps,
    reason = "loading fails where calling cannot; the macro puts the one before the other"
)]

use std::{cell::Cell, sync::Arc};

use leptos::{
    ev::SubmitEvent,
    prelude::window,
    task::spawn_local,
    wasm_split::{SplitLoaderError, wasm_split},
};
use startklar::{Actor, Command, Launch};
use wasm_bindgen::{JsCast as _, prelude::Closure};
use web_sys::{HtmlElement, HtmlFormElement};

use super::{Inside, Outcome, act, form, send};
use crate::{
    desk::{Desk, Pending},
    hydrate::mark,
    live,
    parts::palette::finder,
};

/// Milliseconds after which it is fetched though nobody has stirred: the network may be gone when
/// somebody does, and what they do then has to wait on the page until it is back.
const CALM: i32 = 5_000;

/// By what a reader stirs.
const STIRS: [&str; 3] = ["pointerover", "keydown", "focusin"];

/// What the chunk offers.
#[derive(Clone, Copy)]
pub(super) struct Hand {
    /// Carries out what a form says.
    submit: fn(Desk, &HtmlFormElement, Option<&HtmlElement>),
    /// Decides a command, shows what follows and sends it; false when it was refused.
    pub(super) give: fn(Desk, Arc<Command>, Option<u64>) -> bool,
    /// The same for several.
    pub(super) give_all: fn(Desk, Vec<Command>) -> Outcome,
    /// What is in the open palette.
    pub(super) find: Inside,
    /// Takes the latest step back.
    pub(super) step_back: fn(Desk) -> bool,
    /// Folds what is on its way onto a launch.
    pub(super) fold: fn(&mut Arc<Launch>, &[Pending], Actor),
    /// Sends what waits.
    deliver: fn(Desk),
}

thread_local! {
    /// The hand, once it is here.
    static HAND: Cell<Option<Hand>> = const { Cell::new(None) };
    /// Whether it is on its way.
    static COMING: Cell<bool> = const { Cell::new(false) };
}

#[wasm_split(hand, fallible, wasm_split_path = ::leptos::wasm_split)]
fn load() -> Result<Hand, SplitLoaderError> {
    Ok(Hand {
        submit: form::submit,
        give: act::give,
        give_all: act::give_all,
        find: finder,
        step_back: act::step_back,
        fold: act::fold,
        deliver: send::deliver,
    })
}

/// The hand, when it is here.
pub(super) fn here() -> Option<Hand> {
    HAND.get()
}

/// Runs it with the hand: at once when that is here, otherwise when it has come.
pub(super) fn with(desk: Desk, run: Box<dyn FnOnce(Hand)>) {
    if let Some(hand) = here() {
        run(hand);
        return;
    }
    spawn_local(async move {
        match fetch().await {
            Some(hand) => run(hand),
            None => desk.complain(desk.texts().ui.went_wrong.to_owned()),
        }
    });
}

async fn fetch() -> Option<Hand> {
    let hand = load().await.ok()?;
    HAND.set(Some(hand));
    mark("data-hand");
    Some(hand)
}

/// Fetches it as soon as the reader stirs, so that it is there before their first click ends.
pub(crate) fn soon() {
    let stir = || {
        if here().is_none() && !COMING.replace(true) {
            spawn_local(async {
                // Without the network the next stir asks again.
                fetch().await;
                COMING.set(false);
            });
        }
    };
    live::after(CALM, stir);
    let stir = Closure::<dyn Fn()>::new(stir);
    for event in STIRS {
        // It fails only for what is no function.
        let _ = window().add_event_listener_with_callback(event, stir.as_ref().unchecked_ref());
    }
    stir.forget();
}

/// Sends what waits; without the hand nothing does.
pub(crate) fn deliver(desk: Desk) {
    if let Some(hand) = here() {
        (hand.deliver)(desk);
    }
}

/// Takes over a form that carries a command.
pub(super) fn submit(desk: Desk, event: &SubmitEvent) {
    let form = event.target().and_then(|t| t.dyn_into().ok());
    let Some(form) = form.filter(|_| desk.past.is_none()) else {
        return;
    };
    event.prevent_default();
    let submitter = event.submitter();
    with(
        desk,
        Box::new(move |hand| (hand.submit)(desk, &form, submitter.as_ref())),
    );
}
