//! The palette: finds any launch, item, person, action (Ctrl-K). It needs the browser half; as
//! plain HTML the search of the checklists does.

#[cfg(feature = "hydrate")]
mod entries;
#[cfg(feature = "hydrate")]
mod finder;
#[cfg(any(feature = "hydrate", test))]
#[cfg_attr(
    not(feature = "hydrate"),
    allow(dead_code, reason = "only in the browser is anything looked for")
)]
mod search;

use leptos::prelude::*;

#[cfg(feature = "hydrate")]
pub(crate) use self::finder::finder;
use crate::{desk::Desk, hand};

/// The palette, closed until it is asked for. Closed it holds nothing: what finds comes with the
/// hand.
#[component]
pub(crate) fn Palette() -> impl IntoView {
    let desk = Desk::here();
    let inside = RwSignal::new(None::<hand::Inside>);
    view! {
        <dialog
            id="palette"
            class="palette"
            aria-label=desk.texts().pages.palette.title
            on:close=move |_| inside.set(None)
            on:opened=move |_: leptos::ev::Event| hand::find(desk, inside)
        >
            {move || inside.get().map(|inside| inside(desk))}
        </dialog>
    }
}
