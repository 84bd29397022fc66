//! One item with everything about it: where it stands in words, what closes it, what can be done.

mod acts;
mod asks;
mod edit;
mod exempt;
mod facts;
mod files;
mod follow;

use leptos::prelude::*;
use startklar::{
    ItemId,
    engine::{Rule, Subject},
    model::{Item, ItemIx},
    texts::{fill, finding_text},
};

use crate::{
    address,
    boot::{Boot, Page},
    desk::{Desk, Shown, View},
    parts::{
        bits,
        item::{ItemRow, Items},
        log,
        symbols::Symbol,
    },
};

pub(super) fn view(desk: Desk, boot: &Boot) -> AnyView {
    let Page::Item(id) = &boot.page else {
        return super::missing::view(desk);
    };
    if desk.view_untracked().launch.items.get(id).is_none() {
        return super::missing::view(desk);
    }
    let page = ItemPage {
        desk,
        id: StoredValue::new(id.clone()),
    };
    #[cfg(feature = "ssr")]
    let follow = follow::view(desk, boot, id);
    #[cfg(not(feature = "ssr"))]
    let follow = follow::view();
    view! {
        {move || page.head()}
        <div class="split">
            <div>
                {move || page.lacks()}
                {acts::view(page)}
                {files::view(page)}
                {exempt::view(page)}
                {asks::view(page)}
                {edit::view(page)}
            </div>
            <aside>
                {facts::view(page)}
                {follow}
                {history(page)}
            </aside>
        </div>
    }
    .into_any()
}

/// The page of an item; cheap to copy.
#[derive(Clone, Copy)]
struct ItemPage {
    desk: Desk,
    id: StoredValue<ItemId>,
}

impl ItemPage {
    /// Reads the item as it stands now.
    fn with<T>(self, read: impl FnOnce(&View, ItemIx, &Item) -> T) -> Option<T> {
        let view = self.desk.view();
        self.read(&view, read)
    }

    fn read<T>(self, view: &Shown, read: impl FnOnce(&View, ItemIx, &Item) -> T) -> Option<T> {
        let ix = self.id.with_value(|id| view.launch.items.find(id))?;
        Some(read(view, ix, view.launch.items.at(ix)?))
    }

    /// The item as a list shows it.
    fn row(self) -> Option<ItemRow> {
        let people = self.desk.people();
        let base = self.desk.href("");
        self.with(|view, ix, item| {
            Items::of(view, &people, self.desk.locale, self.desk.actor(), &base).row(ix, item)
        })
    }

    /// The item's id, as a form carries it.
    fn field(self) -> Vec<(&'static str, String)> {
        vec![("item", self.id.with_value(ToString::to_string))]
    }

    /// The checklist it stands on, its title, where it stands.
    fn head(self) -> Option<impl IntoView> {
        let row = self.row()?;
        let t = self.desk.texts();
        let list = fill(
            t.pages.item.checklist_of,
            &[("discipline", &t.discipline(row.discipline))],
        );
        let href = self
            .desk
            .href(&format!("/checklists?discipline={}", row.discipline.code()));
        Some(view! {
            <p class="crumb">
                <a href=href>{list}</a>
            </p>
            <h1 class="sentence sentence--line sentence--title">{row.title}</h1>
            <p class="standing">
                <span class=row.look>
                    <Symbol name=row.symbol />
                    {row.word}
                </span>
                <span class="why">{bits::show(row.why)}</span>
            </p>
        })
    }

    /// What is missing, in the words of the engine.
    /// What it waits for though nothing of its own is missing.
    fn waits(self, view: &View, item: &Item) -> Vec<String> {
        let t = self.desk.texts();
        let launch = &view.launch;
        let open = |ix: &&ItemIx| !view.assessment.item(**ix).is_closed();
        let items = item.needs.iter().filter(open);
        let items = items.filter_map(|ix| launch.items.at(*ix));
        let items = items.map(|i| fill(t.pages.items.needs_first, &[("items", &i.title)]));
        let epics = view.assessment.epics_needed(launch, item);
        let epics = epics.filter_map(|ix| launch.epics.at(ix));
        let epics = epics.map(|e| fill(t.pages.items.needs_built, &[("epics", &e.title)]));
        items.chain(epics).collect()
    }

    fn lacks(self) -> Option<impl IntoView> {
        let t = &self.desk.texts().pages.item;
        let people = self.desk.people();
        let lines = self.with(|view, ix, item| {
            let shown = |rule| !matches!(rule, Rule::LastSafeStartMissed | Rule::Waived);
            let about = view
                .assessment
                .about(Subject::Item(ix))
                .filter(|f| shown(f.rule));
            let found = about.map(|f| {
                finding_text(&view.launch, &view.assessment, f, &people, self.desk.locale)
            });
            found.chain(self.waits(view, item)).collect::<Vec<_>>()
        })?;
        let body = if lines.is_empty() {
            view! { <p class="quiet">{t.nothing_missing}</p> }.into_any()
        } else {
            let lines = lines
                .into_iter()
                .map(|l| view! { <li>{l}</li> })
                .collect_view();
            view! { <ul class="plain">{lines}</ul> }.into_any()
        };
        Some(view! {
            <section aria-labelledby="lacks">
                <div class="head">
                    <h2 id="lacks">{t.what_closes}</h2>
                </div>
                {body}
            </section>
        })
    }
}

fn history(page: ItemPage) -> impl IntoView {
    log::history(page.desk, move |view| {
        page.id
            .with_value(|id| view.launch.items.find(id))
            .map(Subject::Item)
    })
}

/// Links to items.
fn links(desk: Desk, view: &View, items: impl Iterator<Item = ItemIx>) -> Vec<bits::Bit> {
    let links = items
        .filter_map(|ix| view.launch.items.at(ix))
        .map(|i| bits::Bit::link(i.title.to_string(), desk.href(&address::item(&i.id))))
        .collect();
    bits::list(links, desk.texts().common.and)
}
