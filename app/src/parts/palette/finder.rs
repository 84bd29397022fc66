//! What is in the open palette: a field, and what was found.

use leptos::{ev::KeyboardEvent, prelude::*};
use startklar::texts::count;

use super::{
    entries::{Listed, entries},
    search::{Entry, Kind, find},
};
use crate::{
    desk::Desk,
    live,
    parts::keys::{close, focus_soon},
};

/// What the palette shows.
#[derive(Clone, Copy)]
struct Finder {
    desk: Desk,
    typed: RwSignal<String>,
    chosen: RwSignal<usize>,
    launches: RwSignal<Vec<Listed>>,
    hits: Memo<Vec<Entry>>,
}

impl Finder {
    fn new(desk: Desk) -> Self {
        let typed = RwSignal::new(String::new());
        let launches = RwSignal::new(Vec::new());
        let all = Memo::new(move |_| launches.with(|l| entries(desk, l)));
        let hits = Memo::new(move |_| {
            all.with(|all| typed.with(|t| find(all, t).into_iter().cloned().collect()))
        });
        Self {
            desk,
            typed,
            chosen: RwSignal::new(0),
            launches,
            hits,
        }
    }

    fn kind(self, kind: Kind) -> &'static str {
        let t = &self.desk.texts().pages.palette;
        match kind {
            Kind::Page => t.pages,
            Kind::Item => t.items,
            Kind::Epic => t.epics,
            Kind::Story => t.stories,
            Kind::Action => t.actions,
            Kind::Launch => t.launches,
            Kind::Person => t.people,
        }
    }

    /// Arrows choose, Enter opens; Esc is the dialog's own.
    fn key(self, event: &KeyboardEvent) {
        let n = self.hits.with_untracked(Vec::len);
        match event.key().as_str() {
            "ArrowDown" if n > 0 => self.chosen.update(|at| *at = (*at + 1) % n),
            "ArrowUp" if n > 0 => self.chosen.update(|at| *at = (*at + n - 1) % n),
            "Enter" => {
                let at = self.chosen.get_untracked();
                if let Some(href) = self
                    .hits
                    .with_untracked(|h| h.get(at).map(|e| e.href.clone()))
                {
                    go(&href);
                }
            }
            _ => return,
        }
        event.prevent_default();
        show_chosen();
    }
}

/// The palette, open.
pub(crate) fn finder(desk: Desk) -> AnyView {
    let finder = Finder::new(desk);
    ask_launches(finder.launches);
    focus_soon("palette-field".to_owned());
    let t = &desk.texts().pages.palette;
    let input = move |event| {
        finder.typed.set(event_target_value(&event));
        finder.chosen.set(0);
    };
    let active = move || {
        let at = finder.chosen.get();
        finder
            .hits
            .with(|h| (at < h.len()).then(|| format!("hit-{at}")))
    };
    let result = move || match finder.hits.with(Vec::len) {
        0 => t.nothing.to_owned(),
        n => count(&t.found, n),
    };
    view! {
        <input
            type="text"
            id="palette-field"
            role="combobox"
            aria-expanded="true"
            aria-autocomplete="list"
            aria-controls="hits"
            aria-activedescendant=active
            aria-label=t.title
            placeholder=t.placeholder
            autocomplete="off"
            on:input=input
            on:keydown=move |event| finder.key(&event)
        />
        <ul id="hits" role="listbox" aria-label=t.title>
            {move || hits(finder)}
        </ul>
        <p class="small quiet">
            <span role="status">{result}</span>
            <span>{t.hint}</span>
        </p>
    }
    .into_any()
}

fn hits(finder: Finder) -> impl IntoView {
    let list = finder.hits.get();
    list.into_iter()
        .enumerate()
        .map(|(n, entry)| {
            let chosen = move || {
                if finder.chosen.get() == n {
                    "true"
                } else {
                    "false"
                }
            };
            let href = entry.href.clone();
            view! {
                <li
                    id=format!("hit-{n}")
                    role="option"
                    aria-selected=chosen
                    on:click=move |_| go(&href)
                >
                    <span>{entry.title}</span>
                    <span class="small">{finder.kind(entry.kind)}</span>
                </li>
            }
        })
        .collect_view()
}

/// Follows a link. One that only moves within this page closes the palette as well.
fn go(href: &str) {
    close("palette");
    // It fails only where a page may not navigate at all.
    let _ = window().location().set_href(href);
}

/// Keeps the chosen line in view.
fn show_chosen() {
    request_animation_frame(|| {
        if let Ok(Some(line)) = document().query_selector("#hits [aria-selected=\"true\"]") {
            line.scroll_into_view_with_bool(false);
        }
    });
}

/// Asks the server which launches there are.
fn ask_launches(launches: RwSignal<Vec<Listed>>) {
    #[derive(serde::Deserialize)]
    struct Answer {
        launches: Vec<Listed>,
    }
    leptos::task::spawn_local(async move {
        // Without an answer the palette still finds what this page knows.
        if let Ok((200, text)) = live::fetch("GET", "/api/v1/launches", None).await
            && let Some(answer) = live::read::<Answer>(&text)
        {
            launches.set(answer.launches);
        }
    });
}
