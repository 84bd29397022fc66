//! What disciplines owe each other: the overdue first.

use std::fmt::Write as _;

use leptos::prelude::*;
use startklar::{
    model::{Request, RequestKind},
    texts::{ago, count, day_seen, fill},
};

use super::write::{Page, written};
use crate::{address, charts::escape, desk::Desk, parts::dates::days_after};

/// Most requests shown.
const MOST: usize = 6;

pub(super) fn view(desk: Desk) -> impl IntoView {
    let c = &desk.texts().cockpit;
    let listed = written(desk, list);
    view! {
        <section class="section" aria-labelledby="owed">
            <div class="head">
                <h2 id="owed">{c.owed_head}</h2>
                <p class="quiet">{move || listed.with(|l| l.0.clone())}</p>
            </div>
            <div inner_html=move || listed.with(|l| l.1.clone())></div>
        </section>
    }
}

/// How many there are, and the list.
fn list(page: &Page<'_>) -> (String, String) {
    let c = &page.t().cockpit;
    let mut open: Vec<&Request> = page
        .launch
        .requests
        .rows()
        .iter()
        .filter(|r| r.answer.is_none())
        .collect();
    if open.is_empty() {
        return (
            String::new(),
            format!(r#"<p class="quiet">{}</p>"#, c.owed_none),
        );
    }
    startklar::order::sort_by_key(&mut open, |r| r.due);
    let overdue = open.iter().filter(|r| r.due < page.today()).count();
    let mut head = count(&c.owed_count, open.len());
    if overdue > 0 {
        // Writing to a string cannot fail, here and below.
        let _ = write!(head, ", {}", count(&c.owed_overdue, overdue));
    }
    let mut out = String::from(r#"<ul class="log">"#);
    for request in open.iter().take(MOST) {
        line(&mut out, page, request);
    }
    out.push_str("</ul>");
    if let Some(more) = open.len().checked_sub(MOST).filter(|n| *n > 0) {
        let text = count(&c.owed_more, more);
        let _ = write!(
            out,
            r#"<p class="more"><a href="{}/requests">{text}</a></p>"#,
            page.base
        );
    }
    (head, out)
}

fn line(out: &mut String, page: &Page<'_>, request: &Request) {
    let t = page.t();
    let c = &t.cockpit;
    let late = request.due < page.today();
    let (template, first, second) = match request.kind {
        RequestKind::Question => (c.asks, request.from, request.to),
        RequestKind::Handover => (c.owes, request.to, request.from),
    };
    let (from, to) = match request.kind {
        RequestKind::Question => (t.discipline(first), t.discipline_in_line(second)),
        RequestKind::Handover => (t.discipline_in_line(second), t.discipline(first)),
    };
    let text = fill(
        template,
        &[
            ("from", &from),
            ("to", &to),
            ("text", &page.said(&request.text)),
        ],
    );
    let who = request
        .owner
        .or_else(|| page.launch.leads.get(&request.to).copied());
    let who = who.map_or(t.common.nobody_named, |id| page.name(id));
    let day = day_seen(page.locale, page.today(), request.due);
    let note = if late {
        let days = days_after(request.due, page.today());
        fill(&count(&c.owed_late, days), &[("who", &who), ("day", &day)])
    } else {
        let ago = ago(page.locale, page.today(), request.due);
        fill(c.owed_due, &[("who", &who), ("day", &day), ("ago", &ago)])
    };
    // Red says that the launch waits for it.
    let (symbol, class) = match (late, request.blocking) {
        (true, true) => ("i-late", r#" class="late""#),
        (true, false) => ("i-late", ""),
        _ => ("i-open", ""),
    };
    let _ = write!(
        out,
        r##"<li><svg aria-hidden="true"{class}><use href="#{symbol}"/></svg><span><a href="{}{}">{}</a><small>{}</small></span></li>"##,
        page.base,
        address::request(&request.id),
        escape(&text),
        escape(&note)
    );
}
