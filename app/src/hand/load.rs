//! Loading the hand, in the browser.

#![allow(
    clippy::unnecessary_wraps,
    reason = "loading fails where calling cannot; the macro puts the one before the other"
)]

use std::{cell::Cell, sync::Arc};

use leptos::{
    ev::SubmitEvent,
    prelude::{RwSignal, Set as _, window},
    task::spawn_local,
    wasm_split::{SplitLoaderError, wasm_split},
};
use startklar::{Actor, Command, Launch};
use wasm_bindgen::{JsCast as _, prelude::Closure};

use super::{
    Inside, Outcome, act,
    form::{self, Sent},
    send,
};
use crate::{
    desk::{Desk, Pending},
    hydrate::mark,
    live,
    parts::{
        keys::{close, is_open},
        palette::finder,
    },
};

/// Milliseconds after which it is fetched though nobody has stirred: the network may be gone when
/// somebody does, and only the hand keeps what they do then until it is back.
const CALM: i32 = 5_000;
/// Milliseconds before a stir asks again for what could not be fetched.
const PAUSE: i32 = 3_000;

/// By what a reader stirs.
const STIRS: [&str; 3] = ["pointerover", "keydown", "focusin"];

/// What the chunk offers.
#[derive(Clone, Copy)]
pub(super) struct Hand {
    /// Carries out what a form says.
    submit: fn(Desk, Sent),
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
    /// Whether it is on its way, or was asked for just now in vain.
    static COMING: Cell<bool> = const { Cell::new(false) };
    /// How many forms wait for it.
    static FORMS: Cell<usize> = const { Cell::new(0) };
}

#[wasm_split(hand, fallible, wasm_split_path = ::leptos::wasm_split)]
fn load() -> Result<Hand, SplitLoaderError> {
    Ok(Hand {
        submit: form::carry_out,
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

/// Whether a form waits for it: then the page must not be left.
pub(crate) fn is_awaited() -> bool {
    FORMS.get() > 0
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
            None => say_why(desk).await,
        }
    });
}

/// Fills the palette, unless it has been closed before that could be.
pub(super) fn find(desk: Desk, inside: RwSignal<Option<Inside>>) {
    spawn_local(async move {
        let hand = fetch().await;
        if hand.is_none() {
            // Before a dialog that is open nothing else is heard.
            close("palette");
            say_why(desk).await;
        }
        if let Some(hand) = hand.filter(|_| is_open("palette")) {
            inside.set(Some(hand.find));
        }
    });
}

/// Says why the hand has not come.
async fn say_why(desk: Desk) {
    let ui = &desk.texts().ui;
    let there = is_server_there().await;
    desk.complain((if there { ui.went_wrong } else { ui.offline }).to_owned());
}

/// Whether the server answers: a plain form that is sent without it loses the page.
async fn is_server_there() -> bool {
    live::fetch("GET", "/healthz", None).await.is_ok()
}

async fn fetch() -> Option<Hand> {
    if let Some(hand) = here() {
        return Some(hand);
    }
    let hand = load().await.ok()?;
    HAND.set(Some(hand));
    mark("data-hand");
    Some(hand)
}

/// Fetches it as soon as the reader stirs, so that it is there before their first click ends.
pub(crate) fn soon() {
    let stir = || {
        if here().is_some() || COMING.replace(true) {
            return;
        }
        spawn_local(async {
            if fetch().await.is_none() {
                live::after(PAUSE, || COMING.set(false));
            }
        });
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

/// Takes over a form that carries a command. Until the hand has come the form waits; when it does not
/// come the form is sent plainly, or, without the network, stays as it is.
pub(super) fn submit(desk: Desk, event: &SubmitEvent) {
    let form = event.target().and_then(|t| t.dyn_into().ok());
    let Some(form) = form.filter(|_| desk.past.is_none()) else {
        return;
    };
    event.prevent_default();
    let sent = Sent::of(form, event.submitter().as_ref());
    if let Some(hand) = here() {
        (hand.submit)(desk, sent);
        return;
    }
    if sent.waits() {
        return;
    }
    FORMS.set(FORMS.get() + 1);
    spawn_local(async move {
        let hand = fetch().await;
        FORMS.set(FORMS.get() - 1);
        sent.waits_no_more();
        match hand {
            Some(hand) => (hand.submit)(desk, sent),
            None if is_server_there().await => sent.post(),
            None => desk.complain(desk.texts().ui.offline.to_owned()),
        }
    });
}
