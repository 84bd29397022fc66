//! Whose items, which of them, and with which words.

use leptos::prelude::*;
use startklar::rights::Act;

use super::Sheet;
use crate::boot::Filter;

pub(super) fn view(sheet: Sheet, filter: &Filter) -> impl IntoView + use<> {
    let t = &sheet.desk.texts().pages.checklists;
    let base = sheet.desk.href("/checklists");
    let chips = {
        let base = base.clone();
        move || {
            let chips = sheet.list.with(|list| list.chips.clone());
            chips
                .into_iter()
                .map(|chip| {
                    let href = format!("{base}{}", chip.filter.query());
                    view! {
                        <li>
                            <a href=href aria-current=chip.chosen.then_some("true")>
                                {chip.words}
                                " "
                                <b>{chip.count}</b>
                            </a>
                        </li>
                    }
                })
                .collect_view()
        }
    };
    view! {
        <div class="filters">
            <nav aria-label=t.whose>
                <ul class="chips">{chips}</ul>
            </nav>
            {hints(sheet)}
            {search(sheet, filter, &base)}
            {narrow(sheet, filter, &base)}
        </div>
    }
}

/// What else may narrow the list down; each is on or off.
fn narrow(sheet: Sheet, filter: &Filter, base: &str) -> impl IntoView + use<> {
    let t = &sheet.desk.texts().pages.checklists;
    let choices = [
        (
            t.only_blocking,
            filter.open,
            Filter {
                open: !filter.open,
                ..filter.clone()
            },
        ),
        (
            t.only_late,
            filter.late,
            Filter {
                late: !filter.late,
                ..filter.clone()
            },
        ),
        (
            t.only_waived,
            filter.waived,
            Filter {
                waived: !filter.waived,
                ..filter.clone()
            },
        ),
    ];
    let links = choices
        .into_iter()
        .map(|(words, on, filter)| {
            let href = format!("{base}{}", filter.query());
            view! {
                <li>
                    <a href=href aria-current=on.then_some("true")>
                        {words}
                    </a>
                </li>
            }
        })
        .collect_view();
    view! {
        <nav aria-label=t.only>
            <ul class="chips chips--more">{links}</ul>
        </nav>
    }
}

/// Words of the title; the other filters stay.
fn search(sheet: Sheet, filter: &Filter, base: &str) -> impl IntoView + use<> {
    let t = &sheet.desk.texts().pages.checklists;
    let disciplines = filter
        .disciplines
        .iter()
        .map(|d| view! { <input type="hidden" name="discipline" value=d.code() /> })
        .collect_view();
    let flags = [
        ("mine", filter.mine),
        ("open", filter.open),
        ("late", filter.late),
        ("waived", filter.waived),
    ];
    let flags = flags
        .into_iter()
        .filter(|(_, on)| *on)
        .map(|(name, _)| view! { <input type="hidden" name=name value="1" /> })
        .collect_view();
    view! {
        <form class="search" method="get" action=base.to_owned() role="search">
            {disciplines}
            {flags}
            <input
                type="search"
                name="q"
                value=filter.words.clone()
                aria-label=t.search_words
                placeholder=t.search_words
            />
            <button class="button">{t.search}</button>
        </form>
    }
}

/// The keys of this page, where there are any.
fn hints(sheet: Sheet) -> impl IntoView {
    let t = &sheet.desk.texts().pages;
    let toggle = move |_| {
        sheet
            .selected
            .update(|chosen| *chosen = chosen.take().xor(Some(Vec::new())));
    };
    let pressed = move || {
        if sheet.selected.with(Option::is_some) {
            "true"
        } else {
            "false"
        }
    };
    let changeable = [Act::Tick, Act::List]
        .into_iter()
        .any(|act| sheet.desk.writes(act));
    view! {
        <p class="hints quiet alive">
            <kbd>"j"</kbd>
            <kbd>"k"</kbd>
            " "
            {t.keys.move_on}
            <kbd>"x"</kbd>
            " "
            {t.keys.tick_short}
            <kbd>"e"</kbd>
            " "
            {t.keys.evidence_short}
            {changeable
                .then(|| {
                    view! {
                        <button type="button" class="linkish" data-selects="" aria-pressed=pressed on:click=toggle>
                            {t.checklists.select_several}
                        </button>
                    }
                })}
        </p>
    }
}
