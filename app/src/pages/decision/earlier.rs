//! The minutes of the polls before the latest, the last one first.

use leptos::prelude::*;
use startklar::model::Poll;

use super::{Page, part, shown, votes};
use crate::parts::{bits, state::PersonName};

/// All of them; nothing where there was none.
pub(super) fn view(page: &Page<'_>) -> Option<impl IntoView + use<>> {
    let (_, earlier) = page.launch.polls.split_last()?;
    if earlier.is_empty() {
        return None;
    }
    let all = earlier.iter().enumerate().rev();
    let all = all
        .map(|(n, poll)| minutes(page, poll, n + 1))
        .collect_view();
    let beside = earlier.len().to_string();
    Some(part(
        "earlier",
        page.texts().poll.earlier,
        beside,
        all.into_any(),
    ))
}

fn minutes(page: &Page<'_>, poll: &Poll, n: usize) -> impl IntoView + use<> {
    let ruling = poll.ruling.as_ref().map(|ruling| {
        let word = page.texts().call(ruling.call).to_owned();
        let reason = ruling.reason.as_ref();
        let reason = reason.map(|r| bits::show(bits::written(r.as_str())));
        view! {
            <p>
                {shown(ruling.call, word)} " " <PersonName id=Some(ruling.by.by) /> " " {reason}
            </p>
        }
    });
    let polled = page.polled(poll);
    let votes = if poll.votes.is_empty() {
        view! { <p class="quiet">{page.texts().poll.nobody_spoke}</p> }.into_any()
    } else {
        votes::table(page, poll, &polled).into_any()
    };
    view! {
        <div class="section">
            <h3>{page.session(poll, n)}</h3>
            {ruling}
            {votes}
        </div>
    }
}
