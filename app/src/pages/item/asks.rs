//! What disciplines owe each other about an item.

use leptos::prelude::*;
use startklar::{
    rights::Act,
    texts::{day_seen, fill},
};

use super::ItemPage;
use crate::{address, parts::ask};

pub(super) fn view(page: ItemPage) -> impl IntoView {
    let desk = page.desk;
    let t = &desk.texts().pages;
    let list = move || {
        let lines = page.with(|view, ix, _| {
            let about = view
                .launch
                .requests
                .rows()
                .iter()
                .filter(|r| r.item == Some(ix));
            about
                .map(|r| line(page, r, view.assessment.today))
                .collect::<Vec<_>>()
        });
        let lines = lines.unwrap_or_default();
        if lines.is_empty() {
            view! { <p class="quiet">{t.item.no_request}</p> }.into_any()
        } else {
            view! { <ul class="plain">{lines}</ul> }.into_any()
        }
    };
    let form = desk.writes(Act::Request).then(|| {
        let id = page.id.get_value();
        view! {
            <details data-closes="">
                <summary class="button">{t.item.ask_about}</summary>
                {ask::form(desk, Some(&id))}
            </details>
        }
    });
    view! {
        <section class="section" aria-labelledby="asks">
            <div class="head">
                <h2 id="asks">{t.item.requests}</h2>
            </div>
            {list}
            {form}
        </section>
    }
}

fn line(
    page: ItemPage,
    request: &startklar::model::Request,
    today: chrono::NaiveDate,
) -> impl IntoView + use<> {
    let t = page.desk.texts();
    let r = &t.pages.requests;
    let template = match request.kind {
        startklar::model::RequestKind::Question => r.asks,
        startklar::model::RequestKind::Handover => r.owes,
    };
    let from = t.discipline(request.from);
    let to = t.discipline(request.to);
    let head = fill(template, &[("from", &from), ("to", &to)]);
    let href = page.desk.href(&address::request(&request.id));
    #[allow(clippy::single_match_else, reason = "two answers, side by side")]
    let state = match &request.answer {
        Some(answer) => page.desk.said(&answer.text),
        None => {
            let word = if request.due < today {
                r.overdue
            } else {
                r.waits
            };
            format!("{word}, {}", day_seen(page.desk.locale, today, request.due))
        }
    };
    let text = page.desk.said(&request.text);
    view! {
        <li>
            {head} ": " <a href=href>{text}</a> <span class="why">{state}</span>
        </li>
    }
}
