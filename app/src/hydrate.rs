//! The entry of the browser half: takes over the page that the server rendered.

use leptos::{mount::hydrate_body, prelude::*};
use wasm_bindgen::prelude::wasm_bindgen;

use crate::{App, live, pages};

/// Called by the start script once the wasm is loaded.
#[wasm_bindgen]
#[allow(unreachable_pub, reason = "JavaScript reaches it")]
pub fn hydrate() {
    #[cfg(debug_assertions)]
    console_error_panic_hook::set_once();
    let Some(boot) = live::boot() else {
        leptos::logging::error!("this page does not say what it starts from: it stays plain HTML");
        return;
    };
    // Leptos's own way to wait is there only once a page is taken over.
    wasm_bindgen_futures::spawn_local(async move {
        // Without the network the page stays plain HTML; the loader has told the console why.
        if let Some(draw) = pages::load(&boot.page).await
            && live::load_texts().await
        {
            hydrate_body(move || {
                Effect::new(|_| mark("data-hydrated"));
                view! { <App boot draw /> }
            });
        }
    });
}

/// Marks `<html>`: with `data-hydrated` once the page is taken over, with `data-hand` once the reader
/// can act without the network. The browser tests wait for both; a click before the first goes to the
/// plain HTML.
pub(crate) fn mark(name: &str) {
    if let Some(root) = document().document_element() {
        // It fails only for a malformed attribute name.
        let _ = root.set_attribute(name, "");
    }
}
