//! The decision: what it is, who made it on which state; or who may make it.

use leptos::prelude::*;
use startklar::{
    minutes::Minutes,
    model::{Call, Ruling},
    rights::Act,
};

use super::{Page, forms, part, shown};
use crate::parts::{bits, dates::number, state::PersonName};

/// The decision, or what it takes.
pub(super) fn section(page: &Page<'_>, minutes: &Minutes<'_>) -> impl IntoView + use<> {
    let t = &page.texts().poll;
    let (beside, body) = match &minutes.poll.ruling {
        Some(ruling) => (page.when(ruling.by.at), decided(page, minutes, ruling)),
        None => (t.open_yet.to_owned(), open(page, minutes)),
    };
    let body = view! { <div class="ruling">{body}</div> };
    part("ruling", t.decision, beside, body.into_any())
}

fn decided(page: &Page<'_>, minutes: &Minutes<'_>, ruling: &Ruling) -> AnyView {
    let t = &page.texts().poll;
    let quoted = ruling.reason.as_ref().map(|reason| {
        let words = bits::show(bits::written(reason.as_str()));
        view! { <blockquote>{words}</blockquote> }
    });
    let outcome = minutes.polled.outcome();
    let words = page.words().decided(ruling, outcome);
    let rows = vec![
        (t.poll, tally(page, minutes)),
        (t.comes_to, comes_to(page, outcome)),
        (t.at, page.when(ruling.by.at).into_any()),
        (
            page.texts().ui.journal,
            number(page.desk.locale, ruling.revision).into_any(),
        ),
    ];
    view! {
        {quoted}
        <p class="signed">{shown(ruling.call, words)} <small><PersonName id=Some(ruling.by.by) /></small></p>
        {pairs(rows)}
        {forms::again(page)}
    }
    .into_any()
}

fn open(page: &Page<'_>, minutes: &Minutes<'_>) -> AnyView {
    let t = &page.texts().poll;
    let rows = vec![
        (t.poll, tally(page, minutes)),
        (t.comes_to, comes_to(page, minutes.polled.outcome())),
        (t.verdict, engine(page, minutes)),
    ];
    view! {
        <p>{forms::who(page, Act::Decide)}</p>
        {pairs(rows)}
        {forms::decide(page, minutes)}
    }
    .into_any()
}

fn comes_to(page: &Page<'_>, outcome: Option<Call>) -> AnyView {
    match outcome {
        Some(call) => shown(call, page.texts().call(call).to_owned()),
        None => page.texts().poll.nothing_yet.into_any(),
    }
}

/// What the engine says now.
fn engine(page: &Page<'_>, minutes: &Minutes<'_>) -> AnyView {
    let call = minutes.assessment.verdict.call();
    shown(call, page.words().engine(minutes))
}

fn tally(page: &Page<'_>, minutes: &Minutes<'_>) -> AnyView {
    let tally = page.words().tally(minutes.poll, &minutes.polled);
    tally.into_any()
}

fn pairs(rows: Vec<(&'static str, AnyView)>) -> impl IntoView {
    let rows = rows.into_iter().map(|(name, value)| {
        view! {
            <div>
                <dt>{name}</dt>
                <dd>{value}</dd>
            </div>
        }
    });
    view! { <dl class="pairs">{rows.collect_view()}</dl> }
}
