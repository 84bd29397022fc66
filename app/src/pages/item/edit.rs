//! Changes to the words and terms of an item. Whoever changes it says which version they saw; when
//! somebody else was faster, both versions are shown and nothing typed is lost.

use std::sync::Arc;

use leptos::prelude::*;
use startklar::{Command, EpicId, journal::ItemDetail, model::ItemIx};

use super::ItemPage;
use crate::{
    actions::CommandForm,
    desk::View,
    hand,
    parts::{fields, fresh::fresh},
};

pub(super) fn view(page: ItemPage) -> Option<impl IntoView> {
    let edit = Command::AssignItem {
        item: page.id.get_value(),
        owner: None,
    };
    if page.desk.past.is_some() || !page.desk.may(&edit) {
        return None;
    }
    let t = &page.desk.texts().pages.item;
    let mine = mine(page);
    Some(view! {
        <section class="section">
            {move || mine.get().map(|detail| conflict(page, mine, detail))}
            {fresh("edit", t.edit, move || form(page).map(IntoAny::into_any))}
        </section>
    })
}

/// What the reader wrote and somebody else overtook. It fills when an edit that was on its way
/// is gone and the item is not what it would have made of it.
fn mine(page: ItemPage) -> RwSignal<Option<ItemDetail>> {
    let mine = RwSignal::new(None);
    let sent = StoredValue::new(None::<ItemDetail>);
    Effect::new(move |_| {
        let under_way = page.desk.pending.with(|all| {
            all.iter().rev().find_map(|one| match &*one.command {
                Command::EditItem { item, detail } if page.id.with_value(|id| id == item) => {
                    Some(detail.clone())
                }
                _ => None,
            })
        });
        if let Some(detail) = under_way {
            sent.set_value(Some(detail));
            return;
        }
        let Some(detail) = sent.get_value() else {
            return;
        };
        sent.set_value(None);
        let now = page.desk.view_untracked();
        let stands = page.read(&now, |view, _, item| ItemDetail::of(&view.launch, item));
        if stands.is_some_and(|stands| stands != detail) {
            mine.set(Some(detail));
        }
    });
    mine
}

/// One version, field by field.
fn side(view: &View, detail: &ItemDetail) -> Vec<String> {
    let text = |text: Option<String>| text.unwrap_or_default();
    let epics = |ids: &[EpicId]| {
        let titles = ids.iter().filter_map(|id| view.launch.epics.get(id));
        joined(titles.map(|epic| epic.title.as_str()))
    };
    let needs = detail.needs.iter();
    let needs = needs.filter_map(|id| view.launch.items.get(id));
    vec![
        detail.title.to_string(),
        text(detail.note.as_ref().map(ToString::to_string)),
        text(detail.evidence.as_ref().map(ToString::to_string)),
        text(detail.due.map(|day| day.to_string())),
        detail.lead_days.to_string(),
        epics(&detail.covers),
        joined(needs.map(|item| item.title.as_str())),
        epics(&detail.needs_epics),
    ]
}

fn joined<'a>(titles: impl Iterator<Item = &'a str>) -> String {
    titles.collect::<Vec<_>>().join(", ")
}

/// Both versions, side by side.
fn conflict(
    page: ItemPage,
    mine: RwSignal<Option<ItemDetail>>,
    detail: ItemDetail,
) -> impl IntoView {
    let t = &page.desk.texts().pages;
    let theirs = move || page.with(|view, _, item| side(view, &ItemDetail::of(&view.launch, item)));
    let names = [
        t.fields.title,
        t.fields.note,
        t.fields.evidence_asked,
        t.fields.due,
        t.fields.lead_days,
        t.fields.covers,
        t.fields.needs,
        t.fields.needs_epics,
    ];
    let yours = side(&page.desk.view_untracked(), &detail);
    let rows = move || {
        let theirs = theirs().unwrap_or_default();
        names
            .into_iter()
            .zip(yours.clone())
            .zip(theirs)
            .map(|((name, yours), theirs)| {
                let class = if yours == theirs { "" } else { "differs" };
                view! {
                    <tr class=class>
                        <th scope="row">{name}</th>
                        <td>{yours}</td>
                        <td>{theirs}</td>
                    </tr>
                }
            })
            .collect_view()
    };
    let keep = Arc::new(Command::EditItem {
        item: page.id.get_value(),
        detail,
    });
    let send = move |_| {
        mine.set(None);
        hand::send(page.desk, Arc::clone(&keep), Some(page.desk.revision()));
    };
    view! {
        <div class="notice notice--refused" role="alert">
            <p>{t.item.conflict}</p>
            <table class="list versions">
                <thead>
                    <tr>
                        <td></td>
                        <th scope="col">{t.item.yours}</th>
                        <th scope="col">{t.item.theirs}</th>
                    </tr>
                </thead>
                <tbody>{rows}</tbody>
            </table>
            <div class="acts">
                <button type="button" class="button" on:click=send>
                    {t.item.send_mine}
                </button>
                <button type="button" class="button" on:click=move |_| mine.set(None)>
                    {t.item.drop_mine}
                </button>
            </div>
        </div>
    }
}

fn form(page: ItemPage) -> Option<impl IntoView> {
    let desk = page.desk;
    let now = desk.view_untracked();
    let (ix, detail) = page.read(&now, |view, ix, item| {
        (ix, ItemDetail::of(&view.launch, item))
    })?;
    let f = &desk.texts().pages.fields;
    let text = |text: Option<String>| text.unwrap_or_default();
    Some(view! {
        <CommandForm kind="edit_item" with=page.field() edits=true class="form">
            {fields::text(f.title, "title", detail.title.to_string(), true)}
            {fields::discipline(desk, f.discipline, "discipline", Some(detail.discipline))}
            {fields::person(desk, f.owner, "owner", detail.owner)}
            {fields::number(f.lead_days, "lead_days", Some(detail.lead_days.into()), (0, 730))}
            {fields::day(f.due, "due", detail.due, false)}
            {fields::text(f.evidence_asked, "evidence", text(detail.evidence.map(String::from)), false)}
            {fields::number(f.confirm_days, "confirm_days", detail.confirm_days.map(Into::into), (1, 365))}
            {fields::note(f.note, "note", text(detail.note.map(String::from)), false)}
            <div class="field field--switches">
                {fields::switch(f.blocking, "blocking", detail.blocking)}
                {fields::switch(f.second_person, "second_person", detail.second_person)}
            </div>
            {epics(&now, format!("{} ({})", f.covers, f.covers_hint), "covers", &detail.covers)}
            {needs(page, &now, ix, &detail.needs)}
            {epics(&now, f.needs_epics.to_owned(), "needs_epics", &detail.needs_epics)}
            <button class="button button--main">{f.save}</button>
        </CommandForm>
    })
}

/// A choice of epics.
fn epics(
    view: &View,
    words: String,
    name: &'static str,
    chosen: &[EpicId],
) -> impl IntoView + use<> {
    let boxes = view
        .launch
        .ranked()
        .map(|(_, e)| {
            check(
                name,
                e.id.to_string(),
                e.title.to_string(),
                chosen.contains(&e.id),
            )
        })
        .collect_view();
    view! {
        <fieldset>
            <legend>{words}</legend>
            <div class="boxes">{boxes}</div>
        </fieldset>
    }
}

/// The items it needs, chosen ones first.
fn needs(
    page: ItemPage,
    view: &View,
    own: ItemIx,
    chosen: &[startklar::ItemId],
) -> impl IntoView + use<> {
    let f = &page.desk.texts().pages.fields;
    let mut others: Vec<_> = view
        .launch
        .items
        .each()
        .filter(|(ix, _)| *ix != own)
        .map(|(_, item)| item)
        .collect();
    startklar::order::sort_by_key(&mut others, |i| {
        (
            !chosen.contains(&i.id),
            startklar::letters::lower(i.title.as_str()),
        )
    });
    let boxes = others
        .into_iter()
        .map(|i| {
            check(
                "needs",
                i.id.to_string(),
                i.title.to_string(),
                chosen.contains(&i.id),
            )
        })
        .collect_view();
    view! {
        <fieldset>
            <legend>{f.needs}</legend>
            <div class="boxes boxes--many">{boxes}</div>
        </fieldset>
    }
}

fn check(name: &'static str, value: String, words: String, on: bool) -> impl IntoView {
    view! {
        <label class="switch">
            <input type="checkbox" name=name value=value checked=on />
            <span>{words}</span>
        </label>
    }
}
