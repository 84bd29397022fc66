//! The two burn-ups with their fans: stories and items. Each is text, put into the page when it
//! changes.

use std::borrow::Cow;

use leptos::prelude::*;
use startklar::{texts::fill, time::days_between};

use super::Ahead;
use crate::charts::{burnup::FanBurn, scale::Scale};

/// A burn-up with its fan, as text.
#[derive(Debug, Clone, Default, PartialEq)]
struct Drawn {
    head: String,
    spoken: String,
    chart: String,
    table: String,
}

pub(super) fn view(ahead: Ahead) -> impl IntoView {
    let t = &ahead.desk.texts().forecast;
    view! {
        <div class="section halves">{fan(ahead, true)} {fan(ahead, false)}</div>
        <ul class="key">
            <li>
                <svg aria-hidden="true">
                    <line class="b-closed" x2="20" y1="7" y2="7" />
                </svg>
                {t.key_done}
            </li>
            <li>
                <svg aria-hidden="true">
                    <line class="b-scope" x2="20" y1="7" y2="7" />
                </svg>
                {t.key_scope}
            </li>
            <li>
                <svg aria-hidden="true">
                    <rect class="f-near" width="20" height="14" />
                </svg>
                {t.key_near}
            </li>
            <li>
                <svg aria-hidden="true">
                    <rect class="f-wide" width="20" height="14" />
                </svg>
                {t.key_wide}
            </li>
        </ul>
    }
}

fn fan(ahead: Ahead, stories: bool) -> impl IntoView {
    let numbers = ahead.desk.texts().forecast.fan_numbers;
    let drawn = Memo::new(move |_| draw(ahead, stories).unwrap_or_default());
    view! {
        <figure class="burn">
            <figcaption>
                <h2>{move || drawn.with(|d| d.head.clone())}</h2>
                <p>{move || drawn.with(|d| d.spoken.clone())}</p>
            </figcaption>
            <div class="plot" inner_html=move || drawn.with(|d| d.chart.clone())></div>
            <details class="table">
                <summary>{numbers}</summary>
                <table inner_html=move || drawn.with(|d| d.table.clone())></table>
            </details>
        </figure>
    }
}

fn draw(ahead: Ahead, stories: bool) -> Option<Drawn> {
    let desk = ahead.desk;
    let forecast = ahead.shown()?;
    let view = desk.view();
    // Where the moment is moved its line moves with it.
    let mut launch = Cow::Borrowed(&*view.launch);
    let moved = days_between(launch.launch_day()?, forecast.moment);
    if moved != 0 {
        let schedule = launch.to_mut().schedule.as_mut()?;
        schedule.moment += chrono::TimeDelta::days(moved);
    }
    let scale = Scale::of(&launch, &view.assessment)?;
    let burn = FanBurn::of(&scale, &launch, &view.assessment, &forecast, stories);
    let t = &desk.texts().forecast;
    let head = match (stories, forecast.points) {
        (true, true) => t.fan_points,
        (true, false) => t.fan_stories,
        (false, _) => t.fan_items,
    };
    let (done, scope) = burn.counts();
    let head = fill(head, &[("done", &done), ("scope", &scope)]);
    let spoken = burn.spoken(desk.locale);
    Some(Drawn {
        chart: burn.svg(&scale, &format!("{head}. {spoken}")),
        table: burn.table(desk.locale, &head),
        head,
        spoken,
    })
}
