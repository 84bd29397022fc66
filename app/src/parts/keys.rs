//! Keys: what the keyboard does on every page, and the list of keys (`?`).

use leptos::prelude::*;

/// Listens to the keyboard.
#[component]
pub(crate) fn Keys() -> impl IntoView {}
