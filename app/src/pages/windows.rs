//! Release windows and freezes: in words, and as rows of a form. The policy and the settings of a launch
//! share them.

use leptos::prelude::*;
use startklar::{
    model::{Freeze, Weekdays, Window, Windows},
    texts::{freeze_text, window_text},
};

use crate::{desk::Desk, parts::fields};

/// Empty rows for more than there are.
const SPARE: usize = 2;

/// What they are, for those who only read.
pub(super) fn told(desk: Desk, windows: &Windows) -> AnyView {
    let t = &desk.texts().windows;
    let list = |lines: Vec<String>, none: &'static str| {
        if lines.is_empty() {
            return view! { <p>{none}</p> }.into_any();
        }
        let lines = lines.into_iter().map(|line| view! { <li>{line}</li> });
        view! { <ul class="names">{lines.collect_view()}</ul> }.into_any()
    };
    let open = windows.windows().iter();
    let open = open.map(|window| window_text(desk.locale, window));
    let frozen = windows.freezes().iter();
    let frozen = frozen.map(|freeze| freeze_text(desk.locale, freeze));
    view! {
        <dl class="pairs section">
            <div>
                <dt>{t.windows}</dt>
                <dd>{list(open.collect(), t.no_windows)}</dd>
            </div>
            <div>
                <dt>{t.freezes}</dt>
                <dd>{list(frozen.collect(), t.no_freezes)}</dd>
            </div>
        </dl>
    }
    .into_any()
}

/// Rows to change them, and empty ones for more.
pub(super) fn rows(desk: Desk, windows: &Windows) -> AnyView {
    let t = &desk.texts().windows;
    let open = windows.windows().iter().copied().map(Some);
    let open = open.chain([None; SPARE]).take(Windows::MOST);
    let open = open.map(|window| window_row(desk, window)).collect_view();
    let spare: [Option<&Freeze>; SPARE] = [None; SPARE];
    let frozen = windows.freezes().iter().map(Some).chain(spare);
    let frozen = frozen.take(Windows::MOST_FREEZES);
    let frozen = frozen.map(|freeze| freeze_row(desk, freeze)).collect_view();
    view! {
        <fieldset>
            <legend>{t.windows}</legend>
            <p class="quiet">{t.windows_hint}</p>
            {open}
        </fieldset>
        <fieldset>
            <legend>{t.freezes}</legend>
            <p class="quiet">{t.freezes_hint}</p>
            {frozen}
        </fieldset>
    }
    .into_any()
}

fn window_row(desk: Desk, window: Option<Window>) -> AnyView {
    let t = &desk.texts().windows;
    let time = |label: &'static str, name: &'static str, value: Option<String>| {
        view! {
            <label class="field field--short">
                <span>{label}</span>
                <input type="time" name=name value=value />
            </label>
        }
    };
    let names = desk.texts().dates.weekdays;
    let is_on = |place: usize| window.is_some_and(|w| w.days.places().any(|on| on == place));
    let days = Weekdays::CODES.into_iter().zip(names).enumerate();
    let days = days.map(|(place, (code, name))| {
        view! {
            <label class="switch">
                <input type="checkbox" name="window_day" value=code checked=is_on(place) />
                <span>{name}</span>
            </label>
        }
    });
    view! {
        <div class="row-form">
            {time(t.opens, "window_from", window.map(|w| w.from.to_string()))}
            {time(t.closes, "window_to", window.map(|w| w.to.to_string()))}
            <div class="boxes" role="group" aria-label=t.days>
                {days.collect_view()}
            </div>
        </div>
    }
    .into_any()
}

fn freeze_row(desk: Desk, freeze: Option<&Freeze>) -> AnyView {
    let t = desk.texts();
    let title = freeze.map(|f| f.title().to_string()).unwrap_or_default();
    view! {
        <div class="row-form">
            {fields::text(t.pages.fields.title, "freeze_title", title, false)}
            {fields::day(t.windows.first, "freeze_first", freeze.map(Freeze::first), false)}
            {fields::day(t.windows.last, "freeze_last", freeze.map(Freeze::last), false)}
        </div>
    }
    .into_any()
}
