//! Following the item: a wish of the reader's own, which the server knows and no launch. The browser
//! leaves the form as it finds it.

use leptos::prelude::*;

#[cfg(feature = "ssr")]
use crate::{address, boot::Boot, desk::Desk};

/// The place of the form, as the browser finds it.
#[cfg(not(feature = "ssr"))]
pub(super) fn view() -> AnyView {
    view! { <div inner_html=String::new()></div> }.into_any()
}

/// The form, for those of whom it is known whether they follow the item.
#[cfg(feature = "ssr")]
pub(super) fn view(desk: Desk, boot: &Boot, id: &startklar::ItemId) -> AnyView {
    let html = boot
        .followed
        .map(|on| form(desk, id, on))
        .unwrap_or_default();
    view! { <div inner_html=html></div> }.into_any()
}

#[cfg(feature = "ssr")]
fn form(desk: Desk, id: &startklar::ItemId, on: bool) -> String {
    let t = &desk.texts().follow;
    let (words, next) = if on {
        (t.end, None)
    } else {
        (t.begin, Some("true"))
    };
    let next = next.map(|value| view! { <input type="hidden" name="on" value=value /> });
    view! {
        <form method="post" action=desk.href(&address::follow(id)) class="inline">
            {next}
            <button class="button button--row">{words}</button>
        </form>
        <p class="small quiet">{t.hint}</p>
    }
    .to_html()
}
