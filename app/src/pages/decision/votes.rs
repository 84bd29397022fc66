//! The votes, in the fixed order of the disciplines: who speaks, what they say, what made it void.

use leptos::prelude::*;
use startklar::{
    Discipline,
    engine::Polled,
    model::{Call, Poll, Void, Vote},
    texts::{day, fill, said},
};

use super::{Page, forms, heads, part, shown};
use crate::parts::{bits, state::PersonName, symbols::Symbol};

/// The table, and the forms of those who speak.
pub(super) fn section(page: &Page<'_>, poll: &Poll) -> impl IntoView + use<> {
    let t = &page.texts().poll;
    let polled = page.polled(poll);
    let spoken = polled.votes().count();
    let spoken = fill(t.spoken, &[("n", &spoken), ("m", &poll.asked.len())]);
    let body = view! {
        {table(page, poll, &polled)}
        {forms::votes(page, poll)}
    };
    part("poll", t.votes, spoken, body.into_any())
}

/// The votes of a poll.
pub(super) fn table(page: &Page<'_>, poll: &Poll, polled: &Polled<'_>) -> impl IntoView + use<> {
    let t = &page.texts().poll;
    let asked = poll.asked.iter();
    let rows = asked.map(|of| row(page, poll, polled, *of)).collect_view();
    let discipline = page.texts().pages.fields.discipline;
    view! {
        <table class="list poll">
            {heads([discipline, t.speaks, t.says, t.words, t.at])}
            <tbody>{rows}</tbody>
        </table>
    }
}

fn row(page: &Page<'_>, poll: &Poll, polled: &Polled<'_>, of: Discipline) -> impl IntoView + use<> {
    let vote = polled.standing(of);
    let lead = page.launch.leads.get(&of).copied();
    let speaks = vote.map(|vote| vote.by.by).or(lead);
    let says = vote.map_or_else(
        || silent(page, polled.void(of).is_some()),
        |vote| {
            let call = vote.ballot.call;
            shown(call, page.texts().call(call).to_owned())
        },
    );
    let at = vote.map_or("–".to_owned(), |vote| page.when(vote.by.at));
    view! {
        <tr>
            <th scope="row">{page.texts().discipline(of)}</th>
            <td>
                <PersonName id=speaks needed=true />
            </td>
            <td>{says}</td>
            <td class="item">{vote.map(|vote| words(page, vote))} {before(page, poll, polled, of)}</td>
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
    let conditions = ballot.conditions.iter().map(|condition| {
        let line = fill(
            page.texts().poll.condition_line,
            &[
                ("text", &condition.text),
                ("who", &page.name(condition.owner)),
                ("day", &day(page.desk.locale, condition.due)),
            ],
        );
        view! { <span class="why">{line}</span> }
    });
    let conditions = conditions.collect_view();
    view! {
        {reason}
        {conditions}
    }
}

/// What was said for the discipline before, the latest first: void or replaced, it stays in the minutes.
fn before(
    page: &Page<'_>,
    poll: &Poll,
    polled: &Polled<'_>,
    of: Discipline,
) -> impl IntoView + use<> {
    let mut all: Vec<&Vote> = (poll.votes.iter())
        .filter(|vote| vote.ballot.discipline == of)
        .collect();
    let last = all.pop();
    let void = polled.void(of).zip(last);
    let void = void.map(|(void, vote)| fallen(page, vote, void));
    let others = all.into_iter().rev().map(|vote| match &vote.void {
        Some(void) => fallen(page, vote, void),
        None => told(page, vote, page.texts().poll.replaced),
    });
    void.into_iter()
        .chain(others)
        .map(|line| view! { <span class="why">{line}</span> })
        .collect_view()
}

/// A vote in words that is no longer shown as one.
fn told(page: &Page<'_>, vote: &Vote, template: &str) -> String {
    let call = page.texts().call(vote.ballot.call);
    let when = page.when(vote.by.at);
    fill(template, &[("call", &call), ("when", &when)])
}

/// A vote that is void, and what made it so.
fn fallen(page: &Page<'_>, vote: &Vote, void: &Void) -> String {
    let t = &page.texts().poll;
    let template = match (void.by, void.what.is_empty()) {
        (None, _) => t.void_aged,
        (Some(_), true) => t.void_unnamed,
        (Some(_), false) => t.void_by,
    };
    let who = void.by.map(|by| page.name(by)).unwrap_or_default();
    let gaps: [(&str, &dyn std::fmt::Display); 5] = [
        ("call", &page.texts().call(vote.ballot.call)),
        ("when", &page.when(vote.by.at)),
        ("who", &who),
        (
            "what",
            &said(&void.what, &page.desk.people(), page.desk.locale),
        ),
        ("changed", &page.when(void.at)),
    ];
    fill(template, &gaps)
}

/// How many say what: go, with conditions, no-go, and how many are missing.
pub(super) fn tally(page: &Page<'_>, poll: &Poll, polled: &Polled<'_>) -> String {
    let n = |call| polled.votes().filter(|v| v.ballot.call == call).count();
    let missing = poll.asked.len() - polled.votes().count();
    fill(
        page.texts().poll.tally,
        &[
            ("go", &n(Call::Go)),
            ("conditions", &n(Call::GoWithConditions)),
            ("no", &n(Call::NoGo)),
            ("missing", &missing),
        ],
    )
}
