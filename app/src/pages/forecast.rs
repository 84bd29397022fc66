//! The forecast: what is to be expected in plain words, as a fan and as a ranking, and what would be
//! if.

mod fans;
mod last;
mod spans;
mod what_if;

use std::sync::Arc;

use leptos::prelude::*;
use startklar::{
    Policy,
    forecast::{LaunchForecast, SHOWN, WhatIf, forecast_launch, forecast_what_if},
    texts::{fill, forecast_sentences},
};

use crate::{
    address,
    boot::Boot,
    desk::Desk,
    parts::{dates::number, sentence::SentenceOf},
};

/// The forecast as it is, and under other circumstances where the reader asks for some.
#[derive(Clone, Copy)]
struct Ahead {
    desk: Desk,
    is: Memo<Option<Arc<LaunchForecast>>>,
    what_if: RwSignal<WhatIf>,
    other: Memo<Option<Arc<LaunchForecast>>>,
}

impl Ahead {
    fn new(desk: Desk, boot: &Boot) -> Self {
        let query = boot.path.split_once('?').map_or("", |(_, query)| query);
        // The server has drawn it already; the browser draws the same.
        let drawn = boot.forecast.clone();
        let is = Memo::new(move |_| {
            let view = desk.view();
            let draw = || forecast_launch(&view.launch, &view.assessment, SHOWN).map(Arc::new);
            drawn.clone().or_else(draw)
        });
        let what_if = RwSignal::new(asked(address::pairs(query)));
        let other = Memo::new(move |_| {
            let view = desk.view();
            let what_if = what_if.get();
            let policy = Policy::default();
            let now = view.assessment.now;
            let forecast = (!what_if.is_empty())
                .then(|| forecast_what_if(&view.launch, &policy, now, &what_if, SHOWN));
            forecast.flatten().map(Arc::new)
        });
        Self {
            desk,
            is,
            what_if,
            other,
        }
    }

    /// The forecast that the pictures show.
    fn shown(&self) -> Option<Arc<LaunchForecast>> {
        self.other.get().or_else(|| self.is.get())
    }
}

/// The circumstances that fields name.
fn asked(fields: impl Iterator<Item = (String, String)>) -> WhatIf {
    let fields: Vec<_> = fields.collect();
    WhatIf::from_fields(fields.iter().map(|(n, v)| (n.as_str(), v.as_str())))
}

pub(super) fn view(desk: Desk, boot: &Boot) -> AnyView {
    let t = &desk.texts().forecast;
    let ahead = Ahead::new(desk, boot);
    if ahead.is.with_untracked(Option::is_none) {
        return view! {
            <SentenceOf />
            <p class="section">{t.nothing}</p>
        }
        .into_any();
    }
    view! {
        <SentenceOf />
        <section class="section" aria-labelledby="ahead">
            <div class="head">
                <h2 id="ahead">{t.head}</h2>
            </div>
            <ul class="told">{move || told(ahead)}</ul>
            <p class="how">
                <a href="/trust">{desk.texts().portfolio.trust}</a>
            </p>
        </section>
        {fans::view(ahead)}
        {spans::view(desk)}
        <div class="section split">
            {last::view(ahead)}
            <aside>{what_if::view(ahead)}</aside>
        </div>
    }
    .into_any()
}

/// The forecast in plain words.
fn told(ahead: Ahead) -> AnyView {
    let Some(forecast) = ahead.shown() else {
        return ().into_any();
    };
    let desk = ahead.desk;
    let view = desk.view();
    let mut sentences = forecast_sentences(&view.launch, &forecast, desk.locale);
    let how = desk.texts().forecast.how;
    let futures = u64::try_from(forecast.futures).unwrap_or(u64::MAX);
    sentences.push(fill(how, &[("n", &number(desk.locale, futures))]));
    sentences
        .into_iter()
        .map(|sentence| view! { <li>{sentence}</li> })
        .collect_view()
        .into_any()
}
