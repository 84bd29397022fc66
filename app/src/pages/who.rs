//! Who are you: choose a name, or add one.

use leptos::prelude::*;

use crate::{desk::Desk, parts::fields};

/// The page, as HTML.
pub(super) fn html(desk: Desk, back: &str) -> String {
    view(desk, back).to_html()
}

fn view(desk: Desk, back: &str) -> AnyView {
    let t = &desk.texts().pages.who;
    let known = fields::people(desk);
    let people = if known.is_empty() {
        view! { <p class="quiet">{t.nobody_known}</p> }.into_any()
    } else {
        let rows = known
            .into_iter()
            .map(|(id, name)| {
                let me = desk.me == Some(id);
                view! {
                    <li>
                        <button class="button" name="person" value=id.to_string()>
                            {name}
                        </button>
                        {me.then(|| view! { <span class="quiet">{t.this_is_me}</span> })}
                    </li>
                }
            })
            .collect_view();
        let back = back.to_owned();
        view! {
            <form method="post" action="/who">
                <input type="hidden" name="back" value=back />
                <ul class="names">{rows}</ul>
            </form>
        }
        .into_any()
    };
    let forget = desk.me.is_some().then(|| {
        let back = back.to_owned();
        view! {
            <form method="post" action="/who" class="section">
                <input type="hidden" name="back" value=back />
                <button class="button button--row">{t.forget}</button>
            </form>
        }
    });
    let only_read = desk.me.is_none().then(|| {
        view! {
            <p class="section">
                <a class="button" href=back.to_owned()>
                    {t.forget}
                </a>
            </p>
        }
    });
    let back = back.to_owned();
    view! {
        <h1 class="sentence sentence--line">
            <span>{t.title}</span>
        </h1>
        <p>{t.hint}</p>
        <div class="halves section">
            <section aria-labelledby="known">
                <div class="head">
                    <h2 id="known">{t.known}</h2>
                </div>
                {people}
                {forget}
                {only_read}
            </section>
            <section aria-labelledby="new-name">
                <div class="head">
                    <h2 id="new-name">{t.new}</h2>
                </div>
                <form method="post" action="/who" class="stack">
                    <input type="hidden" name="back" value=back />
                    <label class="field">
                        <span>{t.name}</span>
                        <input
                            type="text"
                            name="name"
                            required
                            maxlength="200"
                            autocomplete="name"
                            placeholder=t.name_hint
                        />
                    </label>
                    <button class="button button--main">{t.enter}</button>
                </form>
            </section>
        </div>
    }
    .into_any()
}
