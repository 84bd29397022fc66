//! Pages that the server draws alone. The app leaves them as it finds them, so neither their code nor
//! their data travels; those that are about now are kept up to date by a script (`app/browser/renew.js`),
//! which asks for them anew.

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
    match followed(boot) {
        Some(_) => around(hints(desk) + &page),
        None => around(page),
    }
}

/// What a page that the server draws alone is kept up to date by: the stream of its launch, or, where it
/// is empty, the clock. None where it says what was, or is about the reader's account.
#[cfg(feature = "ssr")]
pub(crate) fn followed(boot: &Boot) -> Option<String> {
    match boot.page {
        Page::Decision | Page::Notices | Page::Calendar => {
            let launch = boot.launch.as_ref()?;
            let id = &launch.schedule.as_ref()?.id;
            Some(format!(
                "/api/v1/launches/{id}/events?after={}",
                launch.revision
            ))
        }
        Page::Week | Page::Portfolio => Some(String::new()),
        _ => None,
    }
}

/// What the script that keeps a page up to date may have to say.
#[cfg(feature = "ssr")]
fn hints(desk: Desk) -> String {
    let t = &desk.texts().renew;
    let path = desk.path.get_value();
    view! {
        <p class="notice" role="status" data-hint="changed" data-done=t.done hidden>
            {t.changed}
        </p>
        <p class="notice notice--refused" role="status" data-hint="lost" hidden>
            {desk.texts().ui.offline}
        </p>
        <p class="notice notice--refused" role="status" data-hint="gone" hidden>
            {t.gone} " " <a href=path>{t.again}</a>
        </p>
    }
    .to_html()
}

/// The page as the browser finds it: what is inside an element from the server is not set again.
#[cfg(feature = "hydrate")]
pub(super) fn left(_: Desk, _: &Boot) -> AnyView {
    around(String::new())
}

fn around(html: String) -> AnyView {
    view! { <div id="drawn" inner_html=html></div> }.into_any()
}
