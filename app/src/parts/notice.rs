//! What the page says: once at its top after a plain form, or at its edge for a while.

use std::sync::Arc;

use leptos::prelude::*;

use super::{log::LogLine, symbols::Symbol};
use crate::{
    address,
    boot::{Boot, Notice},
    desk::{Desk, Kept, Toast},
    hand,
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
        let Notice {
            text,
            refused,
            field,
            written,
        } = notice;
        let class = if refused {
            "notice notice--refused"
        } else {
            "notice"
        };
        view! {
            <p class=class role="status" data-refused=refused.then(|| field.unwrap_or_default())>
                {text}
                {(!written.is_empty()).then(|| view! { <span data-written="">" " {written}</span> })}
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
        {move || desk.kept.get().into_iter().map(|k| kept(desk, k)).collect_view()}
    }
}

/// What was typed and refused: nothing of it is lost.
fn kept(desk: Desk, kept: Kept) -> impl IntoView {
    let ui = &desk.texts().ui;
    let id = kept.id;
    let leave = move || desk.kept.update(|all| all.retain(|k| k.id != id));
    let lines = kept
        .typed
        .into_iter()
        .map(|typed| {
            view! {
                <div>
                    <dt>{typed.label}</dt>
                    <dd>{typed.text}</dd>
                </div>
            }
        })
        .collect_view();
    let again = kept.again.map(|command| {
        let again = move |_| {
            leave();
            hand::send(desk, Arc::clone(&command), Some(desk.revision()));
        };
        view! {
            <button type="button" class="button" on:click=again>
                {desk.texts().pages.item.send_mine}
            </button>
        }
    });
    view! {
        <div class="notice notice--refused" data-kept="">
            <p>{kept.reason} " " {ui.kept}</p>
            <dl class="pairs">{lines}</dl>
            <div class="acts">
                {again}
                <button type="button" class="button" on:click=move |_| leave()>
                    {ui.close}
                </button>
            </div>
        </div>
    }
}

/// What is said at the edge of the page, with the way back; and what others do.
#[component]
pub(crate) fn Toasts() -> impl IntoView {
    let desk = Desk::here();
    view! {
        <div class="toasts" role="status" aria-live="polite">
            {move || desk.toasts.get().into_iter().map(|t| toast(desk, t)).collect_view()}
        </div>
        <p class="away" role="status" data-heard="">
            {move || heard(desk)}
        </p>
    }
}

/// What others do is seen where it happens; who does not see is told.
fn heard(desk: Desk) -> Option<String> {
    let record = desk.heard.get()?;
    let line = LogLine::of(desk, &desk.view_untracked(), &record);
    Some(format!("{} {}", line.who, line.words))
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
    let undo = undo.then(|| {
        let back = move |_| {
            hand::step_back(desk);
        };
        view! {
            <button type="button" class="button button--row" data-undo="" on:click=back>
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
