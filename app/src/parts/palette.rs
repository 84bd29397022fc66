//! The palette: finds any launch, item, person, action (Ctrl-K). It needs the browser half; as
//! plain HTML the search of the checklists does.

mod entries;
mod search;

use leptos::{ev::KeyboardEvent, prelude::*};
use startklar::texts::count;

use self::{
    entries::{Listed, entries},
    search::{Entry, Kind, find},
};
use crate::desk::Desk;

/// What the palette shows.
#[derive(Clone, Copy)]
struct Finder {
    desk: Desk,
    /// Whether it is open: closed it holds nothing.
    open: RwSignal<bool>,
    typed: RwSignal<String>,
    chosen: RwSignal<usize>,
    launches: RwSignal<Vec<Listed>>,
    hits: Memo<Vec<Entry>>,
}

impl Finder {
    fn new(desk: Desk) -> Self {
        let open = RwSignal::new(false);
        let typed = RwSignal::new(String::new());
        let launches = RwSignal::new(Vec::new());
        let all = Memo::new(move |_| {
            if open.get() {
                launches.with(|l| entries(desk, l))
            } else {
                Vec::new()
            }
        });
        let hits = Memo::new(move |_| {
            all.with(|all| typed.with(|t| find(all, t).into_iter().cloned().collect()))
        });
        Self {
            desk,
            open,
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

    fn opened(self) {
        self.typed.set(String::new());
        self.chosen.set(0);
        self.open.set(true);
        ask_launches(self.launches);
    }
}

/// The palette, closed until it is asked for.
#[component]
pub(crate) fn Palette() -> impl IntoView {
    let desk = Desk::here();
    let finder = Finder::new(desk);
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
        <dialog
            id="palette"
            class="palette"
            aria-label=t.title
            on:close=move |_| finder.open.set(false)
            on:opened=move |_: leptos::ev::Event| finder.opened()
        >
            {move || {
                finder
                    .open
                    .get()
                    .then(|| {
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
                    })
            }}
        </dialog>
    }
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
#[cfg(feature = "hydrate")]
fn go(href: &str) {
    super::keys::close("palette");
    // It fails only where a page may not navigate at all.
    let _ = window().location().set_href(href);
}

#[cfg(not(feature = "hydrate"))]
fn go(_: &str) {}

/// Keeps the chosen line in view.
#[cfg(feature = "hydrate")]
fn show_chosen() {
    request_animation_frame(|| {
        if let Ok(Some(line)) = document().query_selector("#hits [aria-selected=\"true\"]") {
            line.scroll_into_view_with_bool(false);
        }
    });
}

#[cfg(not(feature = "hydrate"))]
fn show_chosen() {}

/// Asks the server once which launches there are.
#[cfg(feature = "hydrate")]
fn ask_launches(launches: RwSignal<Vec<Listed>>) {
    #[derive(serde::Deserialize)]
    struct Answer {
        launches: Vec<Listed>,
    }
    if launches.with_untracked(|l| !l.is_empty()) {
        return;
    }
    leptos::task::spawn_local(async move {
        // Without an answer the palette still finds what this page knows.
        if let Ok((200, text)) = crate::live::fetch("GET", "/api/v1/launches", None).await
            && let Some(answer) = crate::live::read::<Answer>(&text)
        {
            launches.set(answer.launches);
        }
    });
}

#[cfg(not(feature = "hydrate"))]
fn ask_launches(_: RwSignal<Vec<Listed>>) {}
