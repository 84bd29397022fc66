//! When the launch may happen: drawn by the server, since the browser half knows neither the command nor
//! its words.

use leptos::prelude::*;

use crate::desk::Desk;

pub(super) fn view(desk: Desk) -> impl IntoView {
    #[cfg(feature = "ssr")]
    let html = html(desk);
    #[cfg(not(feature = "ssr"))]
    let html = String::new();
    let _ = desk;
    view! { <div inner_html=html></div> }
}

#[cfg(feature = "ssr")]
fn html(desk: Desk) -> String {
    use startklar::rights::Act;

    use super::super::windows;

    let (t, view) = (desk.texts(), desk.view());
    let launch = &view.launch;
    let body = if !desk.writes(Act::SetUp) || launch.launched.is_some() {
        let stands = launch.launched.map(|_| view! { <p>{t.windows.stand}</p> });
        view! {
            {windows::told(desk, &launch.windows)}
            {stands}
        }
        .into_any()
    } else {
        view! {
            <form method="post" action=desk.href("/do") class="stack">
                <input type="hidden" name="kind" value="set_windows" />
                <input type="hidden" name="back" value=desk.href("/settings") />
                <input type="hidden" name="seen" value=desk.revision().to_string() />
                {windows::rows(desk, &launch.windows)}
                <button class="button">{t.windows.set}</button>
            </form>
        }
        .into_any()
    };
    let body = view! {
        {body}
        <p class="section">
            <a href=desk.href("/calendar")>{t.ui.calendar}</a>
            " · "
            <a href="/policy">{t.policy.title}</a>
        </p>
    };
    let hint = format!("{} {}", t.windows.hint, t.windows.own_hint);
    super::section("windows", t.windows.title, hint, body.into_any()).to_html()
}
