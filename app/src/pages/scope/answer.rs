//! The answer to a line: what it asks for in words, what that does to the date as a chart with its
//! numbers behind, and the one button that saves it.

use leptos::prelude::*;
use startklar::{
    Locale,
    planning::Outlook,
    rights::Act,
    texts::{day_seen, fill},
};

use super::{
    ScopePage, line,
    rows::Table,
    words::{self, Fit},
};
use crate::{
    actions::CommandForm,
    charts::cut,
    desk::{Desk, View},
    parts::symbols::Symbol,
};

pub(super) fn view(page: ScopePage) -> impl IntoView {
    let s = &page.desk.texts().scope;
    view! {
        <section
            class="section"
            aria-labelledby="answer"
            hidden=move || page.table.with(|c| c.rows.is_empty())
        >
            <div class="head">
                <h2 id="answer">{s.answer}</h2>
            </div>
            <div class="plan-cols">
                <div>
                    <div aria-live="polite">
                        {move || fit(page)}
                        <ul class="told">{move || told(page)}</ul>
                    </div>
                    <p class="how">
                        {s.division} " " <a href=page.desk.href("/forecast")>{s.how_likely}</a>
                    </p>
                    {move || saving(page)}
                </div>
                {dates(page)}
            </div>
        </section>
    }
}

fn told(page: ScopePage) -> impl IntoView {
    let view = page.desk.view();
    let lines = page
        .table
        .with(|table| words::sentences(&view, table, page.desk.locale));
    lines
        .into_iter()
        .map(|line| view! { <li>{line}</li> })
        .collect_view()
}

/// How it fits, in a word and a shape.
fn fit(page: ScopePage) -> Option<impl IntoView> {
    let t = page.desk.texts();
    let (unit, fit) = page
        .table
        .with(|c| (c.unit, c.then.and_then(|then| words::fit(&then))));
    let (class, symbol, text) = match fit? {
        Fit::TooMuch(n) => (
            "state state--late",
            "i-late",
            fill(t.scope.too_much, &[("n", &t.amount(unit, n))]),
        ),
        Fit::Tight => ("state state--risk", "c-risk", t.scope.tight.to_owned()),
        // Never as good news: how likely it is only the forecast knows.
        Fit::Fits => ("state state--plain", "i-open", t.scope.fits.to_owned()),
    };
    Some(view! {
        <p id="fit">
            <strong class=class>
                <Symbol name=symbol />
                {text}
            </strong>
        </p>
    })
}

/// One button that says what it changes, and the way back; nothing while the line lies where it is
/// saved.
fn saving(page: ScopePage) -> Option<impl IntoView> {
    let t = page.desk.texts();
    let table = page.table.get();
    if !table.is_moved() {
        return None;
    }
    let ids: Vec<_> = table
        .passed()
        .iter()
        .map(|row| row.id.to_string())
        .collect();
    let field = if table.line < table.inside {
        "take_out"
    } else {
        "take_in"
    };
    let save = page.desk.writes(Act::Plan).then(|| {
        view! {
            <CommandForm kind="cut_scope" with=vec![(field, ids.join(" "))] back=page.href(None)>
                <button class="button button--main" id="save">
                    {words::deed(&table, page.desk.locale)}
                </button>
            </CommandForm>
        }
    });
    Some(view! {
        <div class="openers">
            {save}
            <a
                class="button"
                href=page.href(None)
                on:click=move |event| line::step(page, &event, None)
            >
                {t.forecast.reset}
            </a>
        </div>
    })
}

/// The chart, as text that is put into the page when it changes, and the numbers behind it.
fn dates(page: ScopePage) -> impl IntoView {
    let s = &page.desk.texts().scope;
    let drawn = Memo::new(move |_| {
        let view = page.desk.view();
        page.table
            .with(|table| chart(&view, table, page.desk.locale))
    });
    view! {
        <figure class="burn" hidden=move || drawn.with(Option::is_none)>
            <figcaption>
                <h3>{s.dates}</h3>
            </figcaption>
            <div class="plot" inner_html=move || drawn.get().unwrap_or_default()></div>
            {numbers(page)}
        </figure>
    }
}

fn chart(view: &View, table: &Table, locale: Locale) -> Option<String> {
    let t = locale.catalogue();
    let s = &t.scope;
    let moment = view.launch.launch_day()?;
    let (now, then) = (table.now?.built, table.then?.built);
    if now.is_none() && then.is_none() {
        return None;
    }
    let day = |date| day_seen(locale, view.assessment.today, date);
    let name = format!("{}, {}", t.cockpit.launch_moment, day(moment));
    let told = |days: Option<cut::Days>| match days {
        Some((from, to)) => fill(s.spoken_range, &[("from", &day(from)), ("to", &day(to))]),
        None => s.not_known.to_owned(),
    };
    let spoken = fill(
        s.spoken,
        &[
            ("now", &told(now)),
            ("then", &told(then)),
            ("moment", &day(moment)),
        ],
    );
    let rows = [(t.forecast.as_it_is, now), (s.with_line, then)];
    Some(cut::dates(
        view.assessment.today,
        (moment, &name),
        rows,
        &spoken,
    ))
}

/// The numbers behind the chart. What is open stays open while the line moves.
fn numbers(page: ScopePage) -> impl IntoView {
    let t = page.desk.texts();
    let s = &t.scope;
    let heads = [s.to_build, s.weeks_carry, s.at_best, s.at_worst];
    let columns = move || {
        let cell = |outlook: Option<Outlook>| {
            let cells = outlook.map(|outlook| cells(&outlook, page.desk));
            cells.unwrap_or_default()
        };
        page.table.with(|c| (cell(c.now), cell(c.then)))
    };
    let rows = move || {
        let (now, then) = columns();
        let cells = now.into_iter().zip(then);
        let row = |(head, (now, then)): (&'static str, (String, String))| {
            view! {
                <tr>
                    <th scope="row">{head}</th>
                    <td>{now}</td>
                    <td>{then}</td>
                </tr>
            }
        };
        heads.into_iter().zip(cells).map(row).collect_view()
    };
    view! {
        <details class="table">
            <summary>{t.forecast.fan_numbers}</summary>
            <table class="list compared">
                <thead>
                    <tr>
                        <td></td>
                        <th scope="col">{t.forecast.as_it_is}</th>
                        <th scope="col">{s.with_line}</th>
                    </tr>
                </thead>
                <tbody>{rows}</tbody>
            </table>
        </details>
    }
}

/// An outlook as the cells of a column.
fn cells(outlook: &Outlook, desk: Desk) -> [String; 4] {
    let t = desk.texts();
    let day = |date| day_seen(desk.locale, desk.view().assessment.today, date);
    let not_known = || t.scope.not_known.to_owned();
    let amount = |n: usize| t.amount(outlook.unit, n);
    let carries = outlook.carries.map_or_else(not_known, |(least, most)| {
        if least == most {
            amount(most)
        } else {
            format!("{least} – {}", amount(most))
        }
    });
    let (best, worst) = match outlook.built {
        Some((from, to)) => (day(from), day(to)),
        None => (not_known(), not_known()),
    };
    [amount(outlook.open.amount), carries, best, worst]
}
