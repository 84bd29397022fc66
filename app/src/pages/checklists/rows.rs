//! The rows: grouped by discipline, keyed by item, so that a change elsewhere redraws one row and
//! the focus stays where it is.

use leptos::prelude::*;
use startklar::{
    Discipline, ItemId,
    texts::{count, fill},
};

use super::{Sheet, list::Tally};
use crate::{
    actions::CommandForm,
    parts::{
        bits,
        item::{ItemRow, act, tick},
        state::PersonName,
        symbols::Symbol,
        when,
    },
};

pub(super) fn view(sheet: Sheet) -> impl IntoView {
    let t = &sheet.desk.texts().pages.checklists;
    let disciplines = move || {
        sheet
            .list
            .with(|list| list.groups.iter().map(|g| g.discipline).collect::<Vec<_>>())
    };
    let class = move || {
        let mut class = "list checks".to_owned();
        if sheet.list.with(|list| list.dense) {
            class.push_str(" checks--dense");
        }
        if sheet.selected.with(Option::is_some) {
            class.push_str(" checks--select");
        }
        class
    };
    view! {
        {move || nothing(sheet)}
        <table class=class hidden=move || sheet.list.with(|list| list.groups.is_empty())>
            <thead>
                <tr>
                    <th scope="col">
                        <span class="away">{t.tick_head}</span>
                    </th>
                    <th scope="col">{t.item_head}</th>
                    <th scope="col">{t.who_head}</th>
                    <th scope="col">{t.start_head}</th>
                    <th scope="col">{t.due_head}</th>
                    <th scope="col">{t.state_head}</th>
                </tr>
            </thead>
            <For each=disciplines key=|discipline| *discipline let:discipline>
                {group(sheet, discipline)}
            </For>
        </table>
    }
}

/// Why the list is empty.
fn nothing(sheet: Sheet) -> Option<AnyView> {
    let (empty, any) = sheet.list.with(|list| (list.groups.is_empty(), list.any));
    if !empty {
        return None;
    }
    let t = &sheet.desk.texts().pages.checklists;
    let view = if any {
        let all = sheet.desk.href("/checklists");
        view! {
            <p class="nothing">
                {t.nothing_fits} " " <a href=all>{t.all}</a>
            </p>
        }
        .into_any()
    } else {
        view! { <p class="nothing">{t.nothing_yet}</p> }.into_any()
    };
    Some(view)
}

fn group(sheet: Sheet, discipline: Discipline) -> impl IntoView {
    let name = sheet.desk.texts().discipline(discipline);
    let counts = Memo::new(move |_| {
        sheet
            .list
            .with(|list| list.group(discipline).map(|g| g.tally).unwrap_or_default())
    });
    let ids = move || {
        sheet.list.with(|list| {
            let rows = list
                .group(discipline)
                .map(|g| g.rows.as_slice())
                .unwrap_or_default();
            rows.iter().map(|row| row.id.clone()).collect::<Vec<_>>()
        })
    };
    view! {
        <tbody>
            <tr class="group">
                <th scope="rowgroup" colspan="6" id=discipline.code()>
                    <h2>{name}</h2>
                    " "
                    {move || tally(sheet, counts.get())}
                </th>
            </tr>
            <For each=ids key=ItemId::clone let:id>
                {row(sheet, id)}
            </For>
        </tbody>
    }
}

/// “3 closed of 10, 7 open, 4 late”.
fn tally(sheet: Sheet, tally: Tally) -> impl IntoView {
    let t = &sheet.desk.texts().pages.checklists;
    let mut words = fill(
        t.closed_of,
        &[("closed", &tally.closed), ("all", &tally.all)],
    );
    let mut add = |text: String| {
        words.push_str(", ");
        words.push_str(&text);
    };
    if tally.waived > 0 {
        add(count(&t.by_waiver, tally.waived));
    }
    if tally.closed < tally.all {
        add(count(&t.open, tally.all - tally.closed));
    }
    if tally.aside > 0 {
        add(count(&t.not_blocking, tally.aside));
    }
    let mark = |symbol: &'static str, text: String| {
        view! {
            ", "
            <span class="state state--late">
                <Symbol name=symbol />
                {text}
            </span>
        }
    };
    view! {
        <span class="tally">
            {words} {(tally.late > 0).then(|| mark("i-late", count(&t.late, tally.late)))}
            {tally.nobody_leads.then(|| mark("i-none", t.nobody_leads.to_owned()))}
        </span>
    }
}

fn row(sheet: Sheet, id: ItemId) -> impl IntoView {
    let data = {
        let id = id.clone();
        Memo::new(move |_| sheet.list.with(|list| list.row(&id).cloned()))
    };
    let open = Memo::new(move |_| {
        let here = sheet.open.with(|open| open.as_ref() == Some(&id));
        here && data.with(|row| {
            row.as_ref()
                .is_some_and(|r| r.tick == tick::TickAct::Evidence)
        })
    });
    view! {
        {move || data.get().map(|row| line(sheet, row, open))}
        {move || open.get().then(|| data.get().map(|row| proof(sheet, row)))}
    }
}

fn line(sheet: Sheet, row: ItemRow, open: Memo<bool>) -> impl IntoView {
    let desk = sheet.desk;
    let t = &desk.texts().pages.checklists;
    let shut = row.shut;
    let class = move || match (shut, open.get()) {
        (true, _) => "shut",
        (_, true) => "open-row",
        _ => "",
    };
    let box_of = tick::boxed(desk, &row, sheet.back(), sheet.with_row(&row.id), {
        let id = row.id.clone();
        move || open_row(sheet, &id)
    });
    let button = act::button(desk, &row, sheet.back());
    let select = select(sheet, &row);
    let why = (!row.why.is_empty()).then(|| {
        view! { <span class="why">{bits::show(row.why)}</span> }
    });
    view! {
        <tr class=class id=format!("item-{}", row.id) data-row="" tabindex="-1">
            <td class="do">{box_of} {select}</td>
            <td class="item">
                <a href=row.href>{row.title}</a>
                {why}
            </td>
            <td>
                <PersonName id=row.owner needed=row.required && !row.shut />
            </td>
            <td class="when" data-label=t.start_head>
                {when::show(row.start)}
            </td>
            <td class="when" data-label=t.due_head>
                {when::show(row.due)}
            </td>
            <td class="stand">
                <span class=row.look>
                    <Symbol name=row.symbol />
                    {row.word}
                </span>
                {button}
            </td>
        </tr>
    }
}

/// The box that selects a row for something done to several.
fn select(sheet: Sheet, row: &ItemRow) -> impl IntoView + use<> {
    let label = fill(
        sheet.desk.texts().pages.checklists.select,
        &[("title", &row.title)],
    );
    let id = row.id.clone();
    move || {
        let chosen = sheet
            .selected
            .with(|all| all.as_ref().map(|all| all.binary_search(&id).is_ok()))?;
        let (id, label) = (id.clone(), label.clone());
        let change = move |_| {
            sheet.selected.update(|all| {
                let Some(all) = all else { return };
                match all.binary_search(&id) {
                    Ok(place) => drop(all.remove(place)),
                    Err(place) => all.insert(place, id.clone()),
                }
            });
        };
        Some(view! {
            <input
                type="checkbox"
                class="select"
                aria-label=label
                data-select=""
                prop:checked=chosen
                on:change=change
            />
        })
    }
}

/// The row beneath a row: its evidence.
fn proof(sheet: Sheet, row: ItemRow) -> impl IntoView {
    let t = &sheet.desk.texts().pages;
    let asks = row.asks.unwrap_or_default();
    let field = format!("proof-{}", row.id);
    let begin = (row.state == startklar::engine::ItemState::NotBegun).then(|| {
        view! {
            <CommandForm kind="begin_item" with=vec![("item", row.id.to_string())] back=sheet.back()>
                <button class="button">{t.items.do_begin}</button>
            </CommandForm>
        }
    });
    let close = move |event: leptos::ev::MouseEvent| {
        event.prevent_default();
        sheet.open.set(None);
    };
    view! {
        <tr class="open-row proof-row">
            <td></td>
            <td colspan="5">
                <div class="proof">
                    <CommandForm
                        kind="tick_item"
                        with=vec![("item", row.id.to_string())]
                        back=sheet.back()
                        class="proof-form"
                    >
                        <label>
                            <span>{t.items.evidence} ": " {asks}</span>
                            <input
                                type="text"
                                name="evidence"
                                required=true
                                maxlength="4000"
                                autocomplete="off"
                                placeholder=t.items.evidence_hint
                                id=field
                            />
                        </label>
                        <button class="button button--main">{t.items.do_tick}</button>
                    </CommandForm>
                    {begin}
                    <a class="button" href=row.href>
                        {t.checklists.more_way}
                    </a>
                    <a class="button" href=sheet.back() data-escape="" on:click=close>
                        {sheet.desk.texts().ui.close}
                    </a>
                </div>
            </td>
        </tr>
    }
}

/// Opens the evidence form of a row, or closes it, and puts the cursor where typing begins.
fn open_row(sheet: Sheet, id: &ItemId) {
    let opened = sheet.open.with_untracked(|open| open.as_ref() != Some(id));
    sheet.open.set(opened.then(|| id.clone()));
    #[cfg(feature = "hydrate")]
    if opened {
        crate::parts::keys::focus_soon(format!("proof-{id}"));
    }
}
