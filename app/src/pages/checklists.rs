//! Checklists: by discipline or mine; one tick is one click. Every filter has an address, and a
//! row's evidence form has one too, so that all of it works as plain HTML.

mod add;
mod bulk;
mod filters;
mod list;
mod rows;

use std::sync::Arc;

use leptos::prelude::*;
use startklar::ItemId;

use self::list::{Aside, List, Reader};
use crate::{
    address,
    boot::{Boot, Filter, Page},
    desk::Desk,
    parts::sentence::SentenceOf,
};

/// What the parts of the page share.
#[derive(Clone, Copy)]
struct Sheet {
    desk: Desk,
    list: Memo<Arc<List>>,
    /// The address of this view without an open row.
    path: StoredValue<String>,
    /// The row whose evidence form is open.
    open: RwSignal<Option<ItemId>>,
    /// The rows that are selected, by id; `None` when none are to be.
    selected: RwSignal<Option<Vec<ItemId>>>,
}

pub(super) fn view(desk: Desk, boot: &Boot) -> AnyView {
    let Page::Checklists(filter) = &boot.page else {
        return ().into_any();
    };
    let sheet = Sheet::new(desk, boot, filter);
    view! {
        <SentenceOf />
        {filters::view(sheet, filter)}
        {bulk::view(sheet)}
        {rows::view(sheet)}
        {add::view(sheet, filter)}
    }
    .into_any()
}

impl Sheet {
    fn new(desk: Desk, boot: &Boot, filter: &Filter) -> Self {
        let aside = Aside {
            others: address::field(&boot.path, "others").is_some(),
            who: address::field(&boot.path, "who").and_then(|id| id.parse().ok()),
        };
        let base = desk.href("");
        let mut path = format!("{base}/checklists{}", filter.query());
        for (name, value) in aside.fields() {
            path.push(if path.contains('?') { '&' } else { '?' });
            path.extend([name, "=", &value]);
        }
        let row = address::field(&boot.path, "row").and_then(|id| id.parse().ok());
        let filter = filter.clone();
        let settled = list::settled(&desk.view_untracked());
        let list = Memo::new(move |_| {
            let people = desk.people();
            let reader = Reader {
                people: &people,
                locale: desk.locale,
                actor: desk.actor(),
                base: &base,
                settled: &settled,
            };
            Arc::new(List::of(&desk.view(), &filter, aside, &reader))
        });
        Self {
            desk,
            list,
            path: StoredValue::new(path),
            open: RwSignal::new(row),
            selected: RwSignal::new(None),
        }
    }

    /// The address of this view.
    fn back(self) -> String {
        self.path.get_value()
    }

    /// The address of this view with the evidence form of a row open.
    fn with_row(self, id: &ItemId) -> String {
        let path = self.back();
        let joint = if path.contains('?') { '&' } else { '?' };
        format!("{path}{joint}row={id}#item-{id}")
    }
}
