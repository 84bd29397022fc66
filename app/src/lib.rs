//! Startklar's pages: one code, rendered by the server and alive in the browser.

pub mod assets;
#[cfg(feature = "hydrate")]
mod hydrate;

use leptos::prelude::*;

use crate::assets::{AssetLinks, Assets};

/// The whole HTML document around [`App`].
pub fn shell(assets: Assets) -> impl IntoView {
    view! {
        <!DOCTYPE html>
        <html lang="en" translate="no">
            <head>
                <meta charset="utf-8" />
                <meta name="viewport" content="width=device-width, initial-scale=1" />
                <title>"Startklar"</title>
                <AssetLinks assets />
            </head>
            <body>
                <App />
            </body>
        </html>
    }
}

/// What is inside the body.
#[component]
pub fn App() -> impl IntoView {
    let count = RwSignal::new(0);
    view! {
        <main>
            <h1>"Startklar"</h1>
            <button on:click=move |_| count.update(|n| *n += 1)>"Clicks: " {count}</button>
        </main>
    }
}
