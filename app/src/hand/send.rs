//! Sending what was done, until the server has answered.

use std::cell::Cell;

use leptos::{prelude::*, task::spawn_local};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use startklar::{Command, CommandId, Recorded};

use crate::{
    desk::{Desk, Kept, Pending},
    live::{again, catch_up, fetch, read_records},
};

thread_local! {
    /// Whether a command is under way.
    static SENDING: Cell<bool> = const { Cell::new(false) };
}

/// Sends what waits, one after another: a change and what takes it back must not overtake each
/// other. What cannot be sent stays on the list and goes out again.
pub(super) fn deliver(desk: Desk) {
    if SENDING.replace(true) {
        return;
    }
    spawn_local(async move {
        while let Some(one) = desk.pending.with_untracked(|p| p.first().cloned()) {
            if !hand_over(desk, one).await {
                again(desk);
                break;
            }
        }
        SENDING.set(false);
    });
}

#[derive(Deserialize)]
struct Accepted {
    records: Vec<Recorded>,
}

/// A command as it is sent.
#[derive(Serialize)]
struct Order<'a> {
    id: CommandId,
    command: &'a Command,
    seen: Option<u64>,
}

/// Sends one command. Returns whether it was answered.
async fn hand_over(desk: Desk, one: Pending) -> bool {
    let order = Order {
        id: one.id,
        command: &one.command,
        seen: one.seen,
    };
    // Every command has a JSON form.
    let body = serde_json::to_string(&order).unwrap_or_default();
    let url = desk
        .href("/commands")
        .replacen("/l/", "/api/v1/launches/", 1);
    let answer = fetch("POST", &url, Some(&body)).await;
    desk.online.set(answer.is_ok());
    match answer {
        Ok((200..=299, text)) => {
            let accepted = read_records::<Accepted>(&text);
            if !accepted.is_some_and(|accepted| desk.receive(&accepted.records)) {
                catch_up(desk);
            }
            desk.drop_pending(one.id);
            true
        }
        Ok((status @ (429 | 502..=504), _)) => {
            leptos::logging::warn!("the server answered {status}; sending again");
            false
        }
        Ok((_, text)) => {
            desk.drop_pending(one.id);
            desk.forget_step(one.id);
            // The truth first, then the reason: somebody else may have been faster.
            catch_up(desk);
            let reason = reason(&text).unwrap_or_else(|| desk.texts().ui.went_wrong.to_owned());
            keep(desk, one, &reason);
            desk.complain(reason);
            true
        }
        Err(_) => false,
    }
}

/// The reason that a problem gives. Whatever stands between may have written it.
fn reason(problem: &str) -> Option<String> {
    let problem: Value = serde_json::from_str(problem).ok()?;
    let text = |name: &str| problem.get(name)?.as_str().map(ToOwned::to_owned);
    text("detail").or_else(|| text("title"))
}

/// Keeps what was typed for a command that was refused. An item's page does that by itself, with
/// both versions side by side.
fn keep(desk: Desk, one: Pending, reason: &str) {
    if one.typed.is_empty() || matches!(*one.command, Command::EditItem { .. }) {
        return;
    }
    let kept = Kept {
        id: one.id,
        reason: reason.to_owned(),
        typed: one.typed,
        again: one.seen.map(|_| one.command),
    };
    desk.kept.update(|all| all.push(kept));
}
