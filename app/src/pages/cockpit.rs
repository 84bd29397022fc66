//! The cockpit: the state of a launch. A sentence first and what to do today, then the facts, the
//! weeks, the burn-ups, what blocks, what may, what is new and what is owed.

mod blockers;
mod charts;
mod news;
mod owed;
mod today;
mod warnings;
mod why;
mod write;

use leptos::prelude::*;
#[cfg(feature = "ssr")]
use startklar::{Assessment, Launch, Locale, People};

use crate::{
    boot::Boot,
    desk::Desk,
    parts::{facts::Facts, sentence::SentenceOf},
};

/// What is to be done first, as HTML; empty when nothing blocks.
#[cfg(feature = "ssr")]
pub(crate) fn first(
    launch: &Launch,
    assessment: &Assessment,
    people: &People,
    locale: Locale,
    base: &str,
) -> String {
    let page = write::Page {
        launch,
        assessment,
        people,
        locale,
        base,
    };
    today::line(page, locale.catalogue().weeks.first)
}

pub(super) fn view(desk: Desk, boot: &Boot) -> AnyView {
    view! {
        <SentenceOf large=true />
        {today::view(desk)}
        <Facts />
        {charts::view(desk)}
        <div class="section split">
            {blockers::view(desk)}
            <aside>
                {warnings::view(desk)}
                {news::view(desk, boot.seen)}
                {owed::view(desk)}
            </aside>
        </div>
    }
    .into_any()
}
