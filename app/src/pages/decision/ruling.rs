//! The decision: what it is, who made it on which state; or who may make it.

use leptos::prelude::*;
use startklar::{
    engine::Verdict,
    model::{Call, Poll, Ruling},
    rights::Act,
    texts::{count, fill},
};

use super::{Page, forms, part, shown, votes::tally};
use crate::parts::{bits, dates::number, state::PersonName};

/// The decision, or what it takes.
pub(super) fn section(page: &Page<'_>, poll: &Poll) -> impl IntoView + use<> {
    let t = &page.texts().poll;
    let (beside, body) = match &poll.ruling {
        Some(ruling) => (page.when(ruling.by.at), decided(page, poll, ruling)),
        None => (t.open_yet.to_owned(), open(page, poll)),
    };
    let body = view! { <div class="ruling">{body}</div> };
    part("ruling", t.decision, beside, body.into_any())
}

fn decided(page: &Page<'_>, poll: &Poll, ruling: &Ruling) -> AnyView {
    let t = &page.texts().poll;
    let quoted = ruling.reason.as_ref().map(|reason| {
        let words = bits::show(bits::written(reason.as_str()));
        view! { <blockquote>{words}</blockquote> }
    });
    let word = page.texts().call(ruling.call);
    let outcome = page.polled(poll).outcome();
    let words = match outcome {
        Some(call) if call == ruling.call => word.to_owned(),
        Some(_) => fill(t.against, &[("call", &word)]),
        None => fill(t.early, &[("call", &word)]),
    };
    let rows = vec![
        (t.poll, tally(page, poll, &page.polled(poll)).into_any()),
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

fn open(page: &Page<'_>, poll: &Poll) -> AnyView {
    let t = &page.texts().poll;
    let polled = page.polled(poll);
    let rows = vec![
        (t.poll, tally(page, poll, &polled).into_any()),
        (t.comes_to, comes_to(page, polled.outcome())),
        (t.verdict, engine(page)),
    ];
    view! {
        <p>{forms::who(page, Act::Decide)}</p>
        {pairs(rows)}
        {forms::decide(page, poll)}
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
fn engine(page: &Page<'_>) -> AnyView {
    let c = &page.texts().cockpit;
    let call = match page.assessment.verdict {
        Verdict::NoGo => Call::NoGo,
        Verdict::GoWithConditions(_) => Call::GoWithConditions,
        Verdict::Go(_) => Call::Go,
    };
    let blockers = page.assessment.blockers().count();
    let beside = if blockers == 0 {
        c.no_blocker.to_owned()
    } else {
        count(&c.blockers, blockers)
    };
    let words = format!("{}, {beside}", page.texts().call(call));
    shown(call, words)
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
