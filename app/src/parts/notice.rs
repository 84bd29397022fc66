//! What the page says: once at its top after a plain form, or at its edge for a while.

use leptos::prelude::*;

use super::symbols::Symbol;
use crate::{
    address,
    boot::{Boot, Notice},
    desk::{Desk, Toast},
};

/// What a form without JavaScript led to; that a past moment is shown; that the server is out of
/// reach.
#[component]
pub(crate) fn Notices(
    /// What the page starts from.
    boot: Boot,
) -> impl IntoView {
    let desk = Desk::here();
    let ui = &desk.texts().ui;
    let sent = boot.notice.map(|notice| {
        let Notice { text, refused } = notice;
        let class = if refused {
            "notice notice--refused"
        } else {
            "notice"
        };
        view! {
            <p class=class role="status">
                {text}
            </p>
        }
    });
    let offline = move || {
        (!desk.online.get()).then(|| {
            let waiting = desk.pending.with(Vec::len);
            let text = if waiting > 0 {
                startklar::texts::count(&ui.offline_waiting, waiting)
            } else {
                ui.offline.to_owned()
            };
            view! {
                <p class="notice notice--refused" role="status">
                    {text}
                </p>
            }
        })
    };
    view! {
        {sent}
        {offline}
    }
}

/// What is said at the edge of the page, with the way back.
#[component]
pub(crate) fn Toasts() -> impl IntoView {
    let desk = Desk::here();
    view! {
        <div class="toasts" role="status" aria-live="polite">
            {move || desk.toasts.get().into_iter().map(|t| toast(desk, t)).collect_view()}
        </div>
    }
}

fn toast(desk: Desk, toast: Toast) -> impl IntoView {
    let ui = &desk.texts().ui;
    let Toast {
        id,
        notice,
        undo,
        ask_name,
    } = toast;
    let class = if notice.refused {
        "toast toast--refused"
    } else {
        "toast"
    };
    let close = move |_| desk.toasts.update(|all| all.retain(|t| t.id != id));
    let undo = undo.map(|command| {
        let back = move |_| take_back(desk, &command);
        view! {
            <button type="button" class="button button--row" on:click=back>
                {ui.undo}
            </button>
        }
    });
    let name = ask_name.then(|| {
        let href = desk.path.with_value(|path| address::who(path));
        view! {
            <a class="button button--row" href=href>
                {ui.who_are_you}
            </a>
        }
    });
    view! {
        <div class=class>
            {notice.refused.then(|| view! { <Symbol name="v-nogo" /> })}
            <span>{notice.text}</span>
            {undo}
            {name}
            <button type="button" class="toast-close" aria-label=ui.close on:click=close>
                "×"
            </button>
        </div>
    }
}

#[cfg(feature = "hydrate")]
fn take_back(desk: Desk, command: &startklar::Command) {
    crate::live::send(desk, command.clone(), None);
}

#[cfg(not(feature = "hydrate"))]
fn take_back(_: Desk, _: &startklar::Command) {}
