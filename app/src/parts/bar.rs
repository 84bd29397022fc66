//! The bar: where am I, who am I, which language, which theme. The server draws it once; in the
//! browser only the launch's title follows the launch.

#[cfg(feature = "ssr")]
mod inside;

use leptos::prelude::*;

use crate::{boot::Boot, desk::Desk};

/// The bar at the top of every page.
pub(crate) fn bar(desk: Desk, boot: &Boot) -> impl IntoView {
    #[cfg(feature = "ssr")]
    let inside = inside::html(desk, boot);
    #[cfg(not(feature = "ssr"))]
    let inside = {
        let _ = boot;
        follow(desk);
        // What is inside an element from the server is not set again.
        String::new()
    };
    view! { <header class="bar" inner_html=inside></header> }
}

#[cfg(not(feature = "ssr"))]
fn follow(desk: Desk) {
    let title = Memo::new(move |_| desk.view().launch.title().to_owned());
    Effect::new(move |before: Option<String>| {
        let title = title.get();
        if let Some(before) = before.filter(|before| *before != title) {
            if let Ok(Some(link)) = document().query_selector(".bar .of") {
                link.set_text_content(Some(&title));
            }
            let tab = document().title().replacen(&before, &title, 1);
            document().set_title(&tab);
        }
        title
    });
}
