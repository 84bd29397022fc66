//! Lines of the journal in words: who did what when.

use leptos::prelude::*;
use startklar::{
    Recorded,
    engine::Subject,
    texts::{event_concerns, event_text},
};

use super::dates::{day_clock, first_name};
use crate::{address, desk::Desk, desk::View};

/// One line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct LogLine {
    /// Its number.
    pub(crate) seq: u64,
    /// Who did it.
    pub(crate) who: String,
    /// What they did.
    pub(crate) words: String,
    /// The page about what it happened to.
    pub(crate) href: Option<String>,
    /// When, by the launch's clock.
    pub(crate) when: String,
}

impl LogLine {
    /// A line of the journal, in the words of what the launch knows now.
    pub(crate) fn of(desk: Desk, view: &View, record: &Recorded) -> Self {
        let people = desk.people();
        let (words, subject) = event_text(
            &view.launch,
            &record.event,
            Some(record.by),
            &people,
            desk.locale,
        );
        let who = people
            .name(record.by)
            .unwrap_or(desk.texts().common.somebody_unknown);
        Self {
            seq: record.seq,
            who: first_name(who).to_owned(),
            words,
            href: subject.map(|s| desk.href(&address::subject(&view.launch, s))),
            when: day_clock(desk.locale, &view.launch, view.assessment.today, record.at),
        }
    }
}

/// What happened to one subject, newest first. It grows as events arrive.
pub(crate) fn history(
    desk: Desk,
    subject: impl Fn(&View) -> Option<Subject> + Send + Sync + 'static,
) -> impl IntoView {
    let t = &desk.texts().pages.item;
    let lines = Memo::new(move |_| {
        let view = desk.view();
        let Some(about) = subject(&view) else {
            return Vec::new();
        };
        desk.records.with(|records| {
            let of = |r: &&Recorded| event_concerns(&view.launch, &r.event, about);
            records
                .iter()
                .filter(of)
                .map(|r| LogLine::of(desk, &view, r))
                .collect::<Vec<_>>()
        })
    });
    let list = move || {
        let lines = lines.get();
        if lines.is_empty() {
            return view! { <p class="quiet">{t.no_history}</p> }.into_any();
        }
        let lines = lines.into_iter().map(line).collect_view();
        view! { <ol class="log log--plain">{lines}</ol> }.into_any()
    };
    view! {
        <section class="section" aria-labelledby="history">
            <div class="head">
                <h2 id="history">{t.history}</h2>
                <p>
                    <a href=desk.href("/journal")>{t.whole_journal}</a>
                </p>
            </div>
            {list}
        </section>
    }
}

fn line(line: LogLine) -> impl IntoView {
    view! {
        <li>
            <b>{line.who}</b>
            " "
            {line.words}
            <small>{line.when}</small>
        </li>
    }
}
