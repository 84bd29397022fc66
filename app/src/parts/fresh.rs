//! A form that opens with what is written now: its fields are made anew each time it is opened, and
//! left alone while it is open, whatever happens elsewhere.

use leptos::prelude::*;

/// The form behind a button with these words; an address opens it by its id.
pub(crate) fn fresh(
    id: &'static str,
    words: &'static str,
    form: impl Fn() -> Option<AnyView> + Send + 'static,
) -> impl IntoView {
    let opened = RwSignal::new(0_u32);
    let toggled = move |_| opened.update(|n| *n += 1);
    view! {
        <details class="adder" id=id data-closes="" on:toggle=toggled>
            <summary class="button">{words}</summary>
            {move || {
                opened.track();
                form()
            }}
        </details>
    }
}
