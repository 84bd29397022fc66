//! Nothing has this address.

use leptos::prelude::*;

use crate::desk::Desk;

pub(super) fn view(desk: Desk) -> AnyView {
    let t = &desk.texts().pages.missing;
    view! {
        <h1 class="sentence">{t.title}</h1>
        <p>{t.text}</p>
        <p class="more-space">
            <a class="button" href="/">
                {t.to_start}
            </a>
        </p>
    }
    .into_any()
}
