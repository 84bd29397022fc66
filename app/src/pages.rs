//! The pages, one file each.

mod checklists;
mod cockpit;
mod epic;
mod first_start;
mod item;
mod journal;
mod missing;
mod plan;
mod portfolio;
mod requests;
mod settings;
mod story;
mod week;
mod who;

use leptos::prelude::*;

use crate::{
    boot::{Boot, Page},
    desk::Desk,
};

/// The view of the page that an address names.
pub(crate) fn page(desk: Desk, boot: &Boot) -> AnyView {
    match &boot.page {
        Page::Portfolio => portfolio::view(desk, boot),
        Page::FirstStart => first_start::view(desk, boot),
        Page::Week => week::view(desk, boot),
        Page::Who { back } => who::view(desk, boot, back),
        Page::Cockpit => cockpit::view(desk, boot),
        Page::Plan => plan::view(desk, boot),
        Page::Checklists(filter) => checklists::view(desk, boot, filter),
        Page::Item(id) => item::view(desk, boot, id),
        Page::Story(id) => story::view(desk, boot, id),
        Page::Epic(id) => epic::view(desk, boot, id),
        Page::Requests => requests::view(desk, boot),
        Page::Settings => settings::view(desk, boot),
        Page::Journal { before } => journal::view(desk, boot, *before),
        Page::Missing => missing::view(desk, boot),
    }
}

/// The title of the document.
#[cfg(feature = "ssr")]
pub(crate) fn title(boot: &Boot) -> String {
    let ui = &boot.locale.catalogue().ui;
    let page = match &boot.page {
        Page::Portfolio => ui.portfolio,
        Page::FirstStart => ui.new_launch,
        Page::Week => ui.my_week,
        Page::Who { .. } => ui.who_are_you,
        Page::Cockpit => ui.cockpit,
        Page::Plan | Page::Story(_) | Page::Epic(_) => ui.plan,
        Page::Checklists(_) | Page::Item(_) => ui.checklists,
        Page::Requests => ui.requests,
        Page::Settings => ui.settings,
        Page::Journal { .. } => ui.journal,
        Page::Missing => ui.not_found,
    };
    match &boot.launch {
        Some(launch) => format!("{}: {page} – Startklar", launch.title()),
        None => format!("{page} – Startklar"),
    }
}
