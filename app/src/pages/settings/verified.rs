//! For which disciplines a second person verifies: drawn by the server, since the browser half knows
//! neither the command nor its words.

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
    use startklar::{Discipline, rights::Act};

    use crate::parts::fields;

    let (t, view) = (desk.texts(), desk.view());
    let verified = &view.launch.verified;
    let names = verified
        .iter()
        .map(|d| view! { <li>{t.discipline(*d)}</li> })
        .collect_view();
    let rest = Discipline::ALL
        .into_iter()
        .filter(|d| !verified.contains(d));
    let rest: Vec<_> = rest
        .map(|d| (d.code().to_owned(), t.discipline(d).to_owned()))
        .collect();
    let form = (desk.writes(Act::SetUp) && !rest.is_empty()).then(|| {
        view! {
            <form method="post" action=desk.href("/do") class="row-form">
                <input type="hidden" name="kind" value="require_verification" />
                <input type="hidden" name="back" value=desk.href("/settings") />
                {fields::choice(t.policy.not_verified.to_owned(), "discipline", rest, "")}
                <button class="button">{t.policy.verify}</button>
            </form>
        }
    });
    let body = view! {
        <ul class="names">{names}</ul>
        {form}
        <p class="section">
            <a href="/policy">{t.policy.title}</a>
            " · "
            <a href=desk.href("/template")>{t.templates.since}</a>
        </p>
    };
    let hint = t.policy.verified_hint.to_owned();
    super::section("verified", t.policy.verified_head, hint, body.into_any()).to_html()
}
