//! Keys: what the keyboard does on every page, and the list of keys (`?`).

#[cfg(feature = "ssr")]
mod inside;
#[cfg(feature = "hydrate")]
mod listen;
mod press;

use leptos::prelude::*;

#[cfg(feature = "hydrate")]
pub(crate) use listen::{close, focus_soon, is_open, keep_focus, keep_place};

use crate::desk::Desk;

/// Listens to the keyboard, and holds the list of keys, which the server draws once.
#[component]
pub(crate) fn Keys() -> impl IntoView {
    let desk = Desk::here();
    #[cfg(feature = "hydrate")]
    Effect::new(move |_| listen::start(desk));
    #[cfg(feature = "ssr")]
    let inside = inside::html(desk);
    // What is inside an element from the server is not set again.
    #[cfg(not(feature = "ssr"))]
    let inside = "";
    view! { <dialog id="keys" class="keys" aria-labelledby="keys-title" inner_html=inside></dialog> }
}
