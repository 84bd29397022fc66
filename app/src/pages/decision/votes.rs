//! The votes, in the fixed order of the disciplines: who speaks, what they say, what made it void.

use leptos::prelude::*;
use startklar::{
    minutes::{Minutes, Voice},
    model::Vote,
    texts::fill,
};

use super::{Page, forms, heads, part, shown};
use crate::parts::{bits, state::PersonName, symbols::Symbol};

/// The table, and the forms of those who speak.
pub(super) fn section(page: &Page<'_>, minutes: &Minutes<'_>) -> impl IntoView + use<> {
    let t = &page.texts().poll;
    let spoken = minutes.polled.votes().count();
    let asked = minutes.poll.asked.len();
    let spoken = fill(t.spoken, &[("n", &spoken), ("m", &asked)]);
    let body = view! {
        {table(page, minutes)}
        {forms::votes(page, minutes)}
    };
    part("poll", t.votes, spoken, body.into_any())
}

/// The votes of a poll.
pub(super) fn table(page: &Page<'_>, minutes: &Minutes<'_>) -> impl IntoView + use<> {
    let t = &page.texts().poll;
    let voices = minutes.voices();
    let rows = voices.iter().map(|voice| row(page, voice)).collect_view();
    let discipline = page.texts().pages.fields.discipline;
    view! {
        <table class="list poll">
            {heads([discipline, t.speaks, t.says, t.words, t.at])}
            <tbody>{rows}</tbody>
        </table>
    }
}

fn row(page: &Page<'_>, voice: &Voice<'_>) -> impl IntoView + use<> {
    let vote = voice.vote;
    let says = vote.map_or_else(
        || silent(page, voice.is_void()),
        |vote| {
            let call = vote.ballot.call;
            shown(call, page.texts().call(call).to_owned())
        },
    );
    let at = vote.map_or("–".to_owned(), |vote| page.when(vote.by.at));
    let before = voice
        .before
        .iter()
        .map(|before| page.words().before(*before));
    let before = before.map(|line| view! { <span class="why">{line}</span> });
    let before = before.collect_view();
    view! {
        <tr>
            <th scope="row">{page.texts().discipline(voice.discipline)}</th>
            <td>
                <PersonName id=voice.speaks needed=true />
            </td>
            <td>{says}</td>
            <td class="item">{vote.map(|vote| words(page, vote))} {before}</td>
            <td class="nowrap">{at}</td>
        </tr>
    }
}

/// No vote stands: none was cast, or it is void.
fn silent(page: &Page<'_>, void: bool) -> AnyView {
    let t = &page.texts().poll;
    let words = if void { t.void } else { t.not_spoken };
    view! {
        <span class="state state--quiet">
            <Symbol name="v-void" />
            {words}
        </span>
    }
    .into_any()
}

/// The reason, and the conditions that it depends on.
fn words(page: &Page<'_>, vote: &Vote) -> impl IntoView + use<> {
    let ballot = &vote.ballot;
    let reason = ballot
        .reason
        .as_ref()
        .map(|r| view! { <span>{bits::show(bits::written(r.as_str()))}</span> });
    let conditions = ballot.conditions.iter();
    let conditions = conditions.map(|condition| page.words().condition(condition));
    let conditions = conditions.map(|line| view! { <span class="why">{line}</span> });
    let conditions = conditions.collect_view();
    view! {
        {reason}
        {conditions}
    }
}
