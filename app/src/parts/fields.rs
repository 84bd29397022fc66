//! Fields of forms: each with its label, none without.

use leptos::prelude::*;
use startklar::{Discipline, PersonId};

use crate::desk::Desk;

/// A field for one line of text.
pub(crate) fn text(
    label: &'static str,
    name: &'static str,
    value: impl Into<String>,
    required: bool,
) -> impl IntoView {
    let value = value.into();
    view! {
        <label class="field">
            <span>{label}</span>
            <input type="text" name=name value=value maxlength="200" required=required autocomplete="off" />
        </label>
    }
}

/// A field for a whole number.
pub(crate) fn number(
    label: &'static str,
    name: &'static str,
    value: Option<u32>,
    range: (u32, u32),
) -> impl IntoView {
    let value = value.map(|n| n.to_string());
    view! {
        <label class="field field--short">
            <span>{label}</span>
            <input
                type="number"
                name=name
                value=value
                min=range.0.to_string()
                max=range.1.to_string()
                inputmode="numeric"
            />
        </label>
    }
}

/// A field for a day.
pub(crate) fn day(
    label: &'static str,
    name: &'static str,
    value: Option<chrono::NaiveDate>,
    required: bool,
) -> impl IntoView {
    day_from(label, name, value, required, None)
}

/// A field for a day from this one on.
pub(crate) fn day_from(
    label: &'static str,
    name: &'static str,
    value: Option<chrono::NaiveDate>,
    required: bool,
    least: impl Into<Option<chrono::NaiveDate>>,
) -> impl IntoView {
    let [value, least] = [value, least.into()].map(|day| day.map(|day| day.to_string()));
    view! {
        <label class="field field--short">
            <span>{label}</span>
            <input type="date" name=name value=value min=least required=required />
        </label>
    }
}

/// A field for several lines.
pub(crate) fn note(
    label: &'static str,
    name: &'static str,
    text: impl Into<String>,
    required: bool,
) -> impl IntoView {
    let text = text.into();
    view! {
        <label class="field field--wide">
            <span>{label}</span>
            <super::text_area::TextArea name=name text=text required=required />
        </label>
    }
}

/// A box to tick within a form.
pub(crate) fn switch(label: &'static str, name: &'static str, on: bool) -> impl IntoView {
    view! {
        <label class="switch">
            <input type="checkbox" name=name value="true" checked=on />
            <span>{label}</span>
        </label>
    }
}

/// A choice among values with words.
pub(crate) fn choice(
    label: String,
    name: &'static str,
    options: Vec<(String, String)>,
    chosen: &str,
) -> impl IntoView + use<> {
    let options = options
        .into_iter()
        .map(|(value, words)| {
            let selected = value == chosen;
            view! {
                <option value=value selected=selected>
                    {words}
                </option>
            }
        })
        .collect_view();
    view! {
        <label class="field">
            <span>{label}</span>
            <select name=name>{options}</select>
        </label>
    }
}

/// A choice among people, or nobody.
pub(crate) fn person(
    desk: Desk,
    label: &str,
    name: &'static str,
    chosen: Option<PersonId>,
) -> impl IntoView + use<> {
    let nobody = desk.texts().pages.fields.nobody.to_owned();
    let mut options = vec![(String::new(), nobody)];
    options.extend(
        people(desk)
            .into_iter()
            .map(|(id, name)| (id.to_string(), name)),
    );
    let chosen = chosen.map(|id| id.to_string()).unwrap_or_default();
    choice(label.to_owned(), name, options, &chosen)
}

/// Everybody by name.
pub(crate) fn people(desk: Desk) -> Vec<(PersonId, String)> {
    let people = desk.people();
    let mut all: Vec<_> = people.iter().map(|p| (p.id, p.name.to_string())).collect();
    startklar::order::sort_by_key(&mut all, |(id, name)| {
        (startklar::letters::lower(name), *id)
    });
    all
}

/// A choice among disciplines.
pub(crate) fn discipline(
    desk: Desk,
    label: &'static str,
    name: &'static str,
    chosen: Option<Discipline>,
) -> impl IntoView {
    let t = desk.texts();
    let options = Discipline::ALL
        .into_iter()
        .map(|d| (d.code().to_owned(), t.discipline(d).to_owned()))
        .collect();
    choice(
        label.to_owned(),
        name,
        options,
        chosen.map(Discipline::code).unwrap_or_default(),
    )
}
