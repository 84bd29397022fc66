//! The scope cut: which candidates are built, and what a line elsewhere among them would ask for.

mod answer;
mod line;
mod rows;
mod table;
mod words;

use leptos::prelude::*;
use startklar::rights::Act;

use self::rows::Table;
use crate::{
    actions::CommandForm,
    address,
    boot::Boot,
    desk::Desk,
    parts::{fields, sentence::SentenceOf},
};

/// The page; cheap to copy.
#[derive(Clone, Copy)]
struct ScopePage {
    desk: Desk,
    /// Where the reader has put the line; none while it lies where it is saved.
    #[cfg_attr(
        not(feature = "hydrate"),
        allow(
            dead_code,
            reason = "only in the browser does it move without the server"
        )
    )]
    line: RwSignal<Option<usize>>,
    table: Memo<Table>,
    /// The moment that the address names, to stay there.
    at: StoredValue<Option<String>>,
}

pub(super) fn view(desk: Desk, boot: &Boot) -> AnyView {
    let asked = address::field(&boot.path, "line").and_then(|n| n.parse().ok());
    let line = RwSignal::new(asked);
    let table = Memo::new(move |_| Table::of(&desk.view(), line.get(), desk.locale));
    let page = ScopePage {
        desk,
        line,
        table,
        at: StoredValue::new(address::field(&boot.path, "at")),
    };
    line::follow(page);
    view! {
        <SentenceOf />
        {answer::view(page)}
        {table::view(page)}
        {desk.writes(Act::Plan).then(|| adding(desk))}
    }
    .into_any()
}

fn adding(desk: Desk) -> impl IntoView {
    let t = &desk.texts().pages;
    let f = &t.fields;
    view! {
        <div class="openers section">
            <details class="adder" id="add-epic" data-closes="">
                <summary class="button">{t.plan.add_epic}</summary>
                <CommandForm kind="add_epic" class="form">
                    {fields::text(f.title, "title", "", true)}
                    {fields::note(f.note, "note", "", false)}
                    <button class="button button--main">{f.add}</button>
                </CommandForm>
            </details>
        </div>
    }
}
