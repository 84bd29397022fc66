//! The pages, one file each. They come in chunks, so that the browser loads only what it needs.

#[cfg(feature = "ssr")]
mod access;
#[cfg(feature = "ssr")]
mod calendar;
mod checklists;
mod chunk;
mod cockpit;
#[cfg(feature = "ssr")]
mod decision;
mod drawn;
mod epic;
#[cfg(feature = "ssr")]
mod first_start;
mod forecast;
mod item;
mod journal;
#[cfg(feature = "hydrate")]
mod load;
mod missing;
#[cfg(feature = "ssr")]
mod notices;
mod plan;
#[cfg(feature = "ssr")]
mod portfolio;
mod requests;
mod scope;
mod settings;
mod story;
#[cfg(feature = "ssr")]
mod trust;
#[cfg(feature = "ssr")]
mod week;
#[cfg(feature = "ssr")]
mod weeks;
#[cfg(feature = "ssr")]
mod who;
#[cfg(feature = "ssr")]
mod windows;

use leptos::prelude::*;
#[cfg(feature = "ssr")]
use startklar::Launch;

#[cfg(feature = "ssr")]
use self::chunk::Chunk;
#[cfg(feature = "hydrate")]
pub(crate) use self::load::load;
#[cfg(feature = "ssr")]
pub(crate) use self::{cockpit::first, drawn::followed};
use crate::{
    boot::{Boot, Page},
    desk::Desk,
};

/// Draws a page.
pub(crate) type Draw = fn(Desk, &Boot) -> AnyView;

/// What draws the page that an address names.
#[cfg(feature = "ssr")]
pub(crate) fn drawn_by(page: &Page) -> Draw {
    match page.chunk() {
        None => drawn::view,
        Some(Chunk::Cockpit) => cockpit::view,
        Some(Chunk::Journal) => journal::view,
        Some(Chunk::Forecast) => forecast::view,
        Some(Chunk::Tick) => checklists::view,
        Some(Chunk::Plan) => plan::view,
        Some(Chunk::Work) => draw_work,
        Some(Chunk::Scope) => scope::view,
        Some(Chunk::Item) => item::view,
        Some(Chunk::Edit) => draw_edit,
    }
}

fn draw_work(desk: Desk, boot: &Boot) -> AnyView {
    match &boot.page {
        Page::Story(id) => story::view(desk, id),
        Page::Epic(id) => epic::view(desk, id),
        _ => missing::view(desk),
    }
}

fn draw_edit(desk: Desk, boot: &Boot) -> AnyView {
    match &boot.page {
        Page::Requests => requests::view(desk, boot),
        Page::Settings => settings::view(desk, boot),
        _ => missing::view(desk),
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
        Page::Forecast => ui.forecast,
        Page::Scope => ui.scope,
        Page::Plan | Page::Story(_) | Page::Epic(_) => ui.plan,
        Page::Checklists(_) | Page::Item(_) => ui.checklists,
        Page::Decision => ui.decision,
        Page::Requests => ui.requests,
        Page::Notices => ui.notices,
        Page::Calendar => ui.calendar,
        Page::Settings => ui.settings,
        Page::Journal { .. } => ui.journal,
        Page::Weeks { .. } => boot.locale.catalogue().weeks.title,
        Page::Trust => boot.locale.catalogue().trust.title,
        Page::Access => access::title(boot.locale.catalogue(), boot.access.as_ref()),
        Page::Missing => ui.not_found,
    };
    match &boot.launch {
        Some(launch) => {
            let page = subject(&boot.page, launch).unwrap_or(page);
            format!("{}: {page} – Startklar", launch.title())
        }
        None => format!("{page} – Startklar"),
    }
}

/// What a page about one thing is about.
#[cfg(feature = "ssr")]
fn subject<'a>(page: &Page, launch: &'a Launch) -> Option<&'a str> {
    Some(match page {
        Page::Item(id) => launch.items.get(id)?.title.as_str(),
        Page::Story(id) => launch.stories.get(id)?.title.as_str(),
        Page::Epic(id) => launch.epics.get(id)?.title.as_str(),
        _ => return None,
    })
}
