//! Keys: what the keyboard does on every page, and the list of keys (`?`).

use leptos::prelude::*;

/// Listens to the keyboard.
#[component]
pub(crate) fn Keys() -> impl IntoView {}

/// Puts the cursor into a field that is about to be there.
#[cfg(feature = "hydrate")]
pub(crate) fn focus_soon(id: String) {
    use wasm_bindgen::JsCast as _;
    request_animation_frame(move || {
        let field = document().get_element_by_id(&id);
        if let Some(field) = field.and_then(|f| f.dyn_into::<web_sys::HtmlElement>().ok()) {
            // It fails only for an element that cannot be focused: then nothing is lost.
            let _ = field.focus();
        }
    });
}
