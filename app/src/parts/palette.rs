//! The palette: finds any launch, item, person, action (Ctrl-K).

use leptos::prelude::*;

/// The palette, closed until it is asked for.
#[component]
pub(crate) fn Palette() -> impl IntoView {}
