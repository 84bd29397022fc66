//! The journal: who did what when, and the launch as it stood at any moment.

mod slider;

use leptos::prelude::*;
use startklar::{
    Recorded,
    texts::{clock, count, day_year, event_text, fill},
};

use crate::{
    address,
    boot::{Boot, Page},
    desk::Desk,
    parts::sentence::SentenceOf,
};

pub(super) fn view(desk: Desk, boot: &Boot) -> AnyView {
    let before = match boot.page {
        Page::Journal { before } => before,
        _ => None,
    };
    view! {
        <SentenceOf />
        {slider::view(desk)}
        {list(desk, boot, before)}
    }
    .into_any()
}

fn list(desk: Desk, boot: &Boot, before: Option<u64>) -> impl IntoView + use<> {
    let t = &desk.texts().pages.journal;
    let oldest = boot.records.last().map(|r| r.seq);
    let past = boot
        .past
        .map(|_| address::field(&boot.path, "at").unwrap_or_default());
    let page = move |before: u64| {
        let at = past
            .as_ref()
            .map(|at| format!("&at={}", address::encode(at)));
        desk.href(&format!(
            "/journal?before={before}{}",
            at.unwrap_or_default()
        ))
    };
    let older = oldest.filter(|seq| *seq > 1).map(|seq| {
        view! {
            <a class="button" href=page(seq)>
                {t.older}
            </a>
        }
    });
    let newest = before.map(|_| {
        view! {
            <a class="button" href=desk.href("/journal")>
                {t.newest}
            </a>
        }
    });
    let entries = move || {
        count(
            &t.entries,
            usize::try_from(desk.view().launch.revision).unwrap_or(0),
        )
    };
    let days = move || {
        let shown = desk.records.get();
        if shown.is_empty() {
            view! { <p class="quiet">{t.nothing}</p> }.into_any()
        } else {
            days(desk, &shown)
        }
    };
    view! {
        <section class="section" aria-labelledby="entries">
            <div class="head">
                <h2 id="entries">{t.head}</h2>
                <p class="quiet">{entries}</p>
            </div>
            {days}
            <p class="more pager">{newest} {older}</p>
        </section>
    }
}

/// The lines of the journal under the days on which they were written.
fn days(desk: Desk, records: &[Recorded]) -> AnyView {
    let view = desk.view();
    let zone = view.launch.zone();
    let groups = records.chunk_by(|a, b| zone.day(a.at) == zone.day(b.at));
    groups
        .filter_map(|group| {
            let head = day_year(desk.locale, zone.day(group.first()?.at));
            let lines = group.iter().map(|r| line(desk, r)).collect_view();
            Some(view! {
                <section class="day">
                    <h3>{head}</h3>
                    <ol class="log journal">{lines}</ol>
                </section>
            })
        })
        .collect_view()
        .into_any()
}

fn line(desk: Desk, record: &Recorded) -> impl IntoView + use<> {
    let view = desk.view();
    let people = desk.people();
    let t = desk.texts();
    let who = people
        .name(record.by)
        .unwrap_or(t.common.somebody_unknown)
        .to_owned();
    let (words, subject) = event_text(
        &view.launch,
        &record.event,
        Some(record.by),
        &people,
        desk.locale,
    );
    let words = match subject {
        Some(subject) => {
            let href = desk.href(&address::subject(&view.launch, subject));
            view! { <a href=href>{words}</a> }.into_any()
        }
        None => words.into_any(),
    };
    let at = clock(&view.launch.zone(), record.at);
    let number = fill(t.pages.journal.at, &[("n", &record.seq)]);
    view! {
        <li>
            <time class="quiet" datetime=record.at.to_rfc3339()>
                {at}
            </time>
            <span>
                <strong>{who}</strong>
                " "
                {words}
                <small>{number}</small>
            </span>
        </li>
    }
}
