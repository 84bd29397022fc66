//! The list of keys.

use leptos::prelude::*;

use super::press;
use crate::desk::Desk;

/// The list of keys, as HTML.
pub(super) fn html(desk: Desk) -> String {
    let t = desk.texts();
    let k = &t.pages.keys;
    let in_launch = desk.view_untracked().launch.schedule.is_some();
    let everywhere = list(
        k.everywhere,
        vec![
            (vec!["?"], k.show),
            (vec!["Ctrl", "K"], k.find),
            (vec!["u"], k.undo),
            (vec!["Esc"], k.close),
        ],
    );
    let rows = list(
        k.in_lists,
        vec![
            (vec!["j"], k.next),
            (vec!["k"], k.previous),
            (vec![k.enter], k.open),
            (vec!["x"], k.tick),
            (vec!["e"], k.evidence),
            (vec!["s"], k.select),
            (vec!["p"], k.points),
            (vec!["h", "l"], k.sprints),
            (vec!["←", "→"], k.weeks),
        ],
    );
    let go = list(
        k.go,
        press::PLACES
            .iter()
            .filter(|place| in_launch || !place.of_launch)
            .map(|place| (vec!["g", place.key], (place.name)(t)))
            .collect(),
    );
    view! {
        <div class="head">
            <h2 id="keys-title">{k.title}</h2>
            <form method="dialog">
                <button class="button button--row">{t.ui.close}</button>
            </form>
        </div>
        <div class="key-lists">{everywhere} {rows} {go}</div>
    }
    .to_html()
}

fn list(head: &'static str, lines: Vec<(Vec<&'static str>, &'static str)>) -> impl IntoView {
    let lines = lines
        .into_iter()
        .map(|(keys, words)| {
            let keys = keys
                .into_iter()
                .map(|key| view! { <kbd>{key}</kbd> })
                .collect_view();
            view! {
                <div>
                    <dt>{keys}</dt>
                    <dd>{words}</dd>
                </div>
            }
        })
        .collect_view();
    view! {
        <section>
            <h3>{head}</h3>
            <dl>{lines}</dl>
        </section>
    }
}
