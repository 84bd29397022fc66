//! Startklar's pages: one code, rendered by the server and alive in the browser.
//!
//! A page is a function of what it starts from ([`boot::Boot`]). Every address is a document of its
//! own: going from page to page is a plain link, so that back, forward, bookmarks and a browser
//! without JavaScript need no care. Within a page the [`desk::Desk`] keeps the launch alive.

#![recursion_limit = "1024"]
#![allow(
    clippy::needless_pass_by_value,
    reason = "the properties of a component are its own"
)]
#![allow(
    unreachable_pub,
    reason = "the component macro makes every component public"
)]
#![allow(
    clippy::large_types_passed_by_value,
    reason = "a handful of signals is copied on purpose"
)]

#[cfg(feature = "ssr")]
pub mod access;
pub mod actions;
pub mod address;
pub mod assets;
pub mod boot;
pub mod charts;
#[cfg(feature = "ssr")]
pub mod decision;
pub mod desk;
#[cfg(feature = "hydrate")]
mod foresee;
#[cfg(feature = "hydrate")]
mod hydrate;
#[cfg(feature = "hydrate")]
mod judge;
pub mod lines;
#[cfg(feature = "hydrate")]
mod live;
pub mod owed;
mod pages;
mod parts;
#[cfg(feature = "ssr")]
mod shell;
#[cfg(feature = "ssr")]
pub mod trust;
#[cfg(feature = "ssr")]
pub mod weeks;

use leptos::prelude::*;

#[cfg(feature = "ssr")]
pub use shell::render;

use crate::{boot::Boot, desk::Desk, pages::Draw};

/// What is inside the body.
#[component]
fn App(
    /// What the page starts from.
    boot: Boot,
    /// What draws the page itself.
    draw: Draw,
) -> impl IntoView {
    let desk = Desk::set(&boot);
    #[cfg(feature = "hydrate")]
    {
        Effect::new(move |_| live::follow(desk));
        if desk.past.is_none() && boot.chance.is_some() {
            foresee::follow(desk);
        }
    }
    view! {
        <parts::symbols::Symbols />
        <a class="skip" href="#main">
            {desk.texts().ui.skip}
        </a>
        <parts::bar::Bar boot=boot.clone() />
        <main id="main">
            <parts::notice::Notices boot=boot.clone() />
            {draw(desk, &boot)}
        </main>
        <parts::notice::Toasts />
        <parts::palette::Palette />
        <parts::keys::Keys />
    }
}
