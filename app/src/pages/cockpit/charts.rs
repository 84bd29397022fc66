//! The strip and the two burn-ups. Each is text that is only put into the page when it changes, so
//! that the clock does not take the focus from a link in it.

use leptos::prelude::*;
use startklar::{Lane, engine::EpicStatus, texts::fill};

use crate::{
    charts::{
        burnup::{self, BurnUp},
        strip::{self, Strip, Words},
    },
    desk::{Desk, Shown},
};

/// What is drawn, as text.
#[derive(Debug, Clone, Default, PartialEq)]
struct Drawn {
    strip: String,
    technical: Burn,
    other: Burn,
}

/// A burn-up, as text.
#[derive(Debug, Clone, Default, PartialEq)]
struct Burn {
    head: String,
    note: String,
    chart: String,
    table: String,
}

pub(super) fn view(desk: Desk) -> impl IntoView {
    let c = &desk.texts().charts;
    let base = desk.href("");
    let drawn = Memo::new(move |_| draw(desk, &base, &desk.view()).unwrap_or_default());
    view! {
        <section class="section" aria-label=c.strip>
            <table class="strip" inner_html=move || drawn.with(|d| d.strip.clone())></table>
            <ul class="key" inner_html=strip::key(desk.locale)></ul>
        </section>
        <div class="section halves">
            {burn(c.numbers, drawn, |d| &d.technical)} {burn(c.numbers, drawn, |d| &d.other)}
        </div>
    }
}

fn burn(numbers: &'static str, drawn: Memo<Drawn>, of: fn(&Drawn) -> &Burn) -> impl IntoView {
    view! {
        <figure class="burn">
            <figcaption>
                <h2>{move || drawn.with(|d| of(d).head.clone())}</h2>
                <p>{move || drawn.with(|d| of(d).note.clone())}</p>
            </figcaption>
            <div class="plot" inner_html=move || drawn.with(|d| of(d).chart.clone())></div>
            <details class="table">
                <summary>{numbers}</summary>
                <table inner_html=move || drawn.with(|d| of(d).table.clone())></table>
            </details>
        </figure>
    }
}

fn draw(desk: Desk, base: &str, view: &Shown) -> Option<Drawn> {
    let (launch, assessment) = (&view.launch, &view.assessment);
    let strip = Strip::of(launch, assessment)?;
    let people = desk.people();
    let words = Words::of(desk.locale, assessment, &people).linked(base);
    let one = |lane: Lane| {
        let t = desk.texts();
        let burn = BurnUp::of(&strip.scale, launch, assessment, lane);
        Burn {
            head: format!("{}: {}", t.lane(lane), burn.head(t)),
            note: note(desk, view, lane, &burn, strip.scale.now),
            chart: burnup::svg(&burn, &strip.scale, lane, desk.locale),
            table: burnup::table(&burn, &strip.scale, lane, desk.locale),
        }
    };
    Some(Drawn {
        technical: one(Lane::Technical),
        other: one(Lane::NonTechnical),
        strip: strip::html(&strip, launch, &words),
    })
}

/// What stands under a burn-up's head: the epics, or what was due.
fn note(desk: Desk, view: &Shown, lane: Lane, burn: &BurnUp, now: f64) -> String {
    let c = &desk.texts().charts;
    if lane == Lane::Technical {
        let scoped = || {
            let epics = view.launch.epics.each();
            epics
                .filter(|(_, e)| e.in_scope.is_some())
                .map(|(ix, _)| view.assessment.epic(ix))
        };
        let all = scoped().count();
        if all > 0 {
            let built = scoped().filter(|s| s.is_built()).count();
            let done = scoped()
                .filter(|s| matches!(s, EpicStatus::Done(_)))
                .count();
            return fill(
                c.epics,
                &[("built", &built), ("all", &all), ("done", &done)],
            );
        }
    }
    match burn.due.at(now) {
        _ if burn.scope.last() == 0 => String::new(),
        0 => c.none_due.to_owned(),
        n => startklar::texts::count(&c.due_by_now, n),
    }
}
