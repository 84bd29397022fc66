//! The time that each discipline has, as a strip of its own: text, put into the page when it changes.

use leptos::prelude::*;

use crate::{charts::spans, desk::Desk};

pub(super) fn view(desk: Desk) -> impl IntoView {
    let t = &desk.texts().forecast;
    let base = desk.href("");
    let table = Memo::new(move |_| {
        let view = desk.view();
        spans::table(&view.launch, &view.assessment, desk.locale, &base)
    });
    let none = move || table.with(String::is_empty);
    view! {
        <section class="section" aria-labelledby="spans" hidden=none>
            <div class="head">
                <h2 id="spans">{t.spans_head}</h2>
                <p class="quiet">{t.spans_hint}</p>
            </div>
            <table class="strip spans" inner_html=move || table.get()></table>
            <ul class="key" inner_html=spans::key(desk.locale)></ul>
        </section>
    }
}
