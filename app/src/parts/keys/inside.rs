//! The list of keys.

use std::sync::OnceLock;

use leptos::prelude::*;
use startklar::{Locale, texts::Catalogue};

use super::press;
use crate::desk::Desk;

/// The list of keys, as HTML. It is on every page and the same on each, so it is drawn once for each
/// language, in a launch and outside.
pub(super) fn html(desk: Desk) -> &'static str {
    static DRAWN: [[OnceLock<String>; 2]; Locale::ALL.len()] =
        [const { [const { OnceLock::new() }; 2] }; Locale::ALL.len()];
    let in_launch = desk.view_untracked().launch.schedule.is_some();
    let [outside, inside] = &DRAWN[desk.locale as usize];
    let drawn = if in_launch { inside } else { outside };
    drawn.get_or_init(|| draw(desk.texts(), in_launch))
}

fn draw(t: &'static Catalogue, in_launch: bool) -> String {
    let k = &t.pages.keys;
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
