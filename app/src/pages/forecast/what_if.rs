//! What if: a form that changes nothing but the forecast on this page. Without JavaScript it asks the
//! server; with it the answer is there at once.

use leptos::{ev::Event, prelude::*};
use startklar::{
    Discipline, Launch,
    engine::{ItemState, Subject},
    forecast::{LaunchForecast, WhatIf},
    texts::{chance, day_seen, last_title},
};

use super::Ahead;
use crate::{desk::View, parts::dates::capital};

/// Most items that can be begun here: those that were last most often.
const OFFERED: usize = 8;

pub(super) fn view(ahead: Ahead) -> impl IntoView {
    let desk = ahead.desk;
    let t = &desk.texts().forecast;
    let asked = ahead.what_if.get_untracked();
    let moved = asked.moved.to_string();
    view! {
        <section aria-labelledby="what-if">
            <div class="head">
                <h2 id="what-if">{t.what_if_head}</h2>
                <p class="quiet">{t.what_if_hint}</p>
            </div>
            <form
                method="get"
                action=desk.href("/forecast")
                class="stack what-if"
                on:input=move |event| ask(ahead, &event)
            >
                <label class="field field--short">
                    <span>{t.moved}</span>
                    <input type="number" name="move" value=moved min="-366" max="366" />
                </label>
                {epics(ahead, &asked)}
                {items(ahead, &asked)}
                {helpers(ahead, &asked)}
                <div class="openers">
                    <button class="button">{t.show}</button>
                    <a class="button button--row" href=desk.href("/forecast")>
                        {t.reset}
                    </a>
                </div>
            </form>
            <div aria-live="polite">{move || compared(ahead)}</div>
        </section>
    }
}

/// A list of boxes to tick.
fn boxes(
    legend: &'static str,
    name: &'static str,
    choices: Vec<(String, String, bool)>,
) -> AnyView {
    if choices.is_empty() {
        return ().into_any();
    }
    let choices = choices
        .into_iter()
        .map(|(value, title, checked)| {
            view! {
                <label class="check">
                    <input type="checkbox" name=name value=value checked=checked />
                    <span>{title}</span>
                </label>
            }
        })
        .collect_view();
    view! {
        <fieldset class="stack">
            <legend>{legend}</legend>
            {choices}
        </fieldset>
    }
    .into_any()
}

fn epics(ahead: Ahead, asked: &WhatIf) -> AnyView {
    let view = ahead.desk.view_untracked();
    let scoped = view.launch.ranked().filter(|(_, e)| e.in_scope.is_some());
    let choices = scoped.map(|(_, epic)| {
        let chosen = asked.without.contains(&epic.id);
        (epic.id.to_string(), epic.title.to_string(), chosen)
    });
    boxes(
        ahead.desk.texts().forecast.without,
        "without",
        choices.collect(),
    )
}

fn items(ahead: Ahead, asked: &WhatIf) -> AnyView {
    let desk = ahead.desk;
    let view = desk.view_untracked();
    let forecast = ahead.is.get_untracked();
    let last = forecast.iter().flat_map(|forecast| &forecast.last);
    let mut choices = Vec::new();
    for (subject, _) in last {
        if let Some(choice) = not_begun(&view, *subject, asked)
            && choices.len() < OFFERED
        {
            choices.push(choice);
        }
    }
    boxes(desk.texts().forecast.begun, "begin", choices)
}

/// An item that nobody has begun, as a choice.
fn not_begun(view: &View, subject: Subject, asked: &WhatIf) -> Option<(String, String, bool)> {
    let Subject::Item(ix) = subject else {
        return None;
    };
    let open = view.assessment.item(ix) == ItemState::NotBegun;
    let item = view.launch.items.at(ix).filter(|_| open)?;
    let chosen = asked.begun.contains(&item.id);
    Some((item.id.to_string(), item.title.to_string(), chosen))
}

/// More people for the disciplines that have something open.
fn helpers(ahead: Ahead, asked: &WhatIf) -> AnyView {
    let desk = ahead.desk;
    let t = desk.texts();
    let view = desk.view_untracked();
    let fields = Discipline::ALL
        .into_iter()
        .filter(|discipline| is_open(&view.launch, &view, *discipline))
        .map(|discipline| {
            let value = asked.helpers[discipline.pos()].to_string();
            let name = format!("help-{}", discipline.code());
            view! {
                <label class="field field--short">
                    <span>{t.discipline(discipline)}</span>
                    <input type="number" name=name value=value min="0" max="9" />
                </label>
            }
        })
        .collect_view();
    view! {
        <fieldset class="helpers">
            <legend>{t.forecast.helpers}</legend>
            {fields}
        </fieldset>
    }
    .into_any()
}

fn is_open(launch: &Launch, view: &View, discipline: Discipline) -> bool {
    let (closed, all) = view.assessment.tally(launch, discipline);
    closed < all
}

#[cfg(feature = "hydrate")]
fn ask(ahead: Ahead, event: &Event) {
    if let Some(fields) = crate::live::fields_around(event) {
        ahead.what_if.set(super::asked(fields.into_iter()));
    }
}

#[cfg(not(feature = "hydrate"))]
fn ask(_: Ahead, _: &Event) {}

/// How it is beside how it would be.
fn compared(ahead: Ahead) -> AnyView {
    let desk = ahead.desk;
    let (Some(is), Some(would)) = (ahead.is.get(), ahead.other.get()) else {
        return ().into_any();
    };
    let t = desk.texts();
    let f = &t.forecast;
    let heads = [
        t.cockpit.launch_moment,
        f.in_time,
        f.course_row,
        f.half_by,
        f.eight_by,
        f.nine_by,
        f.most_often,
    ];
    let moves = is.moment != would.moment;
    let (is, would) = (cells(ahead, &is), cells(ahead, &would));
    let rows = heads
        .into_iter()
        .zip(is.into_iter().zip(would))
        .map(|(head, (is, would))| {
            view! {
                <tr>
                    <th scope="row">{head}</th>
                    <td>{is}</td>
                    <td>{would}</td>
                </tr>
            }
        })
        .collect_view();
    view! {
        <table class="list compared">
            <caption class="away">{f.what_if_head}</caption>
            <thead>
                <tr>
                    <td></td>
                    <th scope="col">{f.as_it_is}</th>
                    <th scope="col">{f.what_if_head}</th>
                </tr>
            </thead>
            <tbody>{rows}</tbody>
        </table>
        {moves.then(|| view! { <p class="quiet small">{f.moved_why}</p> })}
    }
    .into_any()
}

/// A forecast as the cells of a column.
fn cells(ahead: Ahead, forecast: &LaunchForecast) -> [String; 7] {
    let desk = ahead.desk;
    let locale = desk.locale;
    let [half, eight, nine] = forecast
        .dates
        .map(|date| day_seen(locale, forecast.day, date));
    let launch = &desk.view().launch;
    let last = forecast.last.first();
    let last = last.map(|(subject, _)| capital(&last_title(launch, *subject, locale)));
    [
        day_seen(locale, forecast.day, forecast.moment),
        chance(locale, forecast.ready),
        desk.texts().course(forecast.course).to_owned(),
        half,
        eight,
        nine,
        last.unwrap_or_default(),
    ]
}
