//! What was last in the futures, ranked: by discipline, by item and epic.

use leptos::prelude::*;
use startklar::{forecast::Share, texts::last_title};

use super::Ahead;
use crate::{address, parts::dates::capital};

/// Most items that are listed one by one.
const LISTED: usize = 12;

/// A row of a ranking.
struct Row {
    title: String,
    href: String,
    share: Share,
}

pub(super) fn view(ahead: Ahead) -> impl IntoView {
    let t = &ahead.desk.texts().forecast;
    view! {
        <section aria-labelledby="last">
            <div class="head">
                <h2 id="last">{t.last_head}</h2>
                <p class="quiet">{t.last_hint}</p>
            </div>
            {move || ranking(ahead, t.last_disciplines, disciplines(ahead))}
            {move || ranking(ahead, t.last_items, things(ahead))}
        </section>
    }
}

fn disciplines(ahead: Ahead) -> Vec<Row> {
    let desk = ahead.desk;
    let Some(forecast) = ahead.shown() else {
        return Vec::new();
    };
    let rows = forecast.last_by_discipline(&desk.view().launch);
    rows.into_iter()
        .map(|(discipline, share)| Row {
            title: desk.texts().discipline(discipline).to_owned(),
            href: desk.href(&format!(
                "/checklists?discipline={}&open=1",
                discipline.code()
            )),
            share,
        })
        .collect()
}

fn things(ahead: Ahead) -> Vec<Row> {
    let desk = ahead.desk;
    let Some(forecast) = ahead.shown() else {
        return Vec::new();
    };
    let launch = &desk.view().launch;
    let rows = forecast.last.iter().take(LISTED);
    rows.map(|(subject, share)| Row {
        title: capital(&last_title(launch, *subject, desk.locale)),
        href: desk.href(&address::subject(launch, *subject)),
        share: *share,
    })
    .collect()
}

fn ranking(ahead: Ahead, caption: &'static str, rows: Vec<Row>) -> AnyView {
    let t = &ahead.desk.texts().forecast;
    if rows.is_empty() {
        return ().into_any();
    }
    let rows = rows
        .into_iter()
        .map(|row| {
            let percent = row.share.percent();
            view! {
                <tr>
                    <th scope="row">
                        <a href=row.href>{row.title}</a>
                    </th>
                    <td class="num">{percent} " %"</td>
                    <td class="ranked">
                        <svg aria-hidden="true">
                            <rect width=format!("{percent}%") height="100%" />
                        </svg>
                    </td>
                </tr>
            }
        })
        .collect_view();
    view! {
        <table class="list ranking">
            <caption>{caption}</caption>
            <thead class="away">
                <tr>
                    <th scope="col">{t.last_what}</th>
                    <th scope="col">{t.last_share}</th>
                    <td></td>
                </tr>
            </thead>
            <tbody>{rows}</tbody>
        </table>
    }
    .into_any()
}
