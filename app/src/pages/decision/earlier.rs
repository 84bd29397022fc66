//! The minutes of the polls before the latest, the last one first, each to be unfolded.

use leptos::prelude::*;
use startklar::minutes::Minutes;

use super::{Page, part, shown, votes};
use crate::parts::{bits, state::PersonName};

/// All of them; nothing where there was none.
pub(super) fn view(page: &Page<'_>) -> Option<impl IntoView + use<>> {
    let earlier = page.launch.polls.len().checked_sub(1).filter(|n| *n > 0)?;
    let all = (1..=earlier).rev().filter_map(|n| page.minutes(n));
    let all = all.map(|one| minutes(page, &one)).collect_view();
    let beside = earlier.to_string();
    Some(part(
        "earlier",
        page.texts().poll.earlier,
        beside,
        all.into_any(),
    ))
}

fn minutes(page: &Page<'_>, minutes: &Minutes<'_>) -> impl IntoView + use<> {
    let poll = minutes.poll;
    let called = poll.ruling.as_ref().map(|ruling| {
        let word = page.words().decided(ruling, minutes.polled.outcome());
        shown(ruling.call, word)
    });
    let ruling = poll.ruling.as_ref().map(|ruling| {
        let reason = ruling.reason.as_ref();
        let reason = reason.map(|r| bits::show(bits::written(r.as_str())));
        view! {
            <p>
                <PersonName id=Some(ruling.by.by) /> " " {reason}
            </p>
        }
    });
    let votes = if poll.votes.is_empty() {
        view! { <p class="quiet">{page.texts().poll.nobody_spoke}</p> }.into_any()
    } else {
        votes::table(page, minutes).into_any()
    };
    view! {
        <details class="section">
            <summary>
                <h3>{page.words().session(poll, minutes.number)} " " {called}</h3>
            </summary>
            <p class="small">{page.pdf(minutes.number)}</p>
            {ruling}
            {votes}
        </details>
    }
}
