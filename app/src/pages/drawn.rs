//! Pages that the server draws alone: they tell what was, or are asked for anew after each step, and
//! nothing on them changes while they are read. The browser leaves them as it finds them, so neither their code nor their data travels.

use leptos::prelude::*;

#[cfg(feature = "ssr")]
use crate::boot::Page;
use crate::{boot::Boot, desk::Desk};

/// The page as the server draws it.
#[cfg(feature = "ssr")]
pub(super) fn view(desk: Desk, boot: &Boot) -> AnyView {
    let page = match &boot.page {
        Page::Weeks { week } => super::weeks::html(desk, boot, *week),
        Page::Decision => super::decision::html(desk, boot),
        Page::Notices => super::notices::html(desk, boot),
        Page::Calendar => super::calendar::html(desk, boot),
        Page::Trust => super::trust::html(desk, boot),
        Page::Access => super::access::html(desk, boot),
        Page::Week => super::week::html(desk, boot),
        Page::Portfolio => super::portfolio::html(desk, boot),
        Page::FirstStart => super::first_start::html(desk, boot),
        Page::Who { back } => super::who::html(desk, back),
        _ => super::missing::view(desk).to_html(),
    };
    around(page)
}

/// The page as the browser finds it: what is inside an element from the server is not set again.
#[cfg(feature = "hydrate")]
pub(super) fn left(_: Desk, _: &Boot) -> AnyView {
    around(String::new())
}

fn around(html: String) -> AnyView {
    view! { <div inner_html=html></div> }.into_any()
}
