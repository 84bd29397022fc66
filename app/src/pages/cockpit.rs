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

use crate::{
    boot::Boot,
    desk::Desk,
    parts::{facts::Facts, sentence::SentenceOf},
};

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
