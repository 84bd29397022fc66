//! How good the forecasts of the finished launches were: in a sentence, as charts, launch by launch.

use std::sync::Arc;

use leptos::prelude::*;
use startklar::{
    Locale,
    forecast::{Hit, INTERVALS, Measure, Score, scores},
    texts::{count, error_text, fill, measure_text, share_text},
};

use crate::{
    boot::Boot,
    charts::{self, trust::panels},
    desk::Desk,
    trust::{ENOUGH, Tried},
};

/// The place of the 80 % range among the ranges.
const EIGHTY: usize = 1;

/// The page, as HTML.
pub(super) fn html(desk: Desk, boot: &Boot) -> String {
    let tried: Vec<_> = boot.tried.iter().cloned().collect();
    let cases: Vec<_> = tried.iter().flat_map(|t| t.cases.clone()).collect();
    let page = Page {
        locale: desk.locale,
        judged: tried.iter().filter(|t| t.counts).count(),
        scores: scores(&cases),
        tried,
    };
    page.view().to_html()
}

struct Page {
    locale: Locale,
    tried: Vec<Arc<Tried>>,
    /// Launches that count.
    judged: usize,
    scores: Vec<Score>,
}

impl Page {
    fn view(&self) -> AnyView {
        let t = &self.locale.catalogue().trust;
        let (head, more) = self.told();
        let charts = (self.judged >= ENOUGH).then(|| self.charts());
        let all = (!self.scores.is_empty()).then(|| self.all());
        let launches = (!self.tried.is_empty()).then(|| self.launches());
        view! {
            <h1 class="sentence sentence--line">{head}</h1>
            <p class="how">{more}</p>
            {charts}
            {all}
            {launches}
            <p class="section small quiet how">{t.how}</p>
        }
        .into_any()
    }

    /// What can be said by now, and what goes with it.
    fn told(&self) -> (String, String) {
        let t = &self.locale.catalogue().trust;
        let rest = self.scores.iter().find(|s| s.measure == Measure::Rest);
        match (self.judged, rest) {
            (0, _) if self.tried.is_empty() => (t.none.to_owned(), t.none_more.to_owned()),
            (ENOUGH.., Some(rest)) => {
                let held = share_text(self.locale, rest.forecast.held[EIGHTY]);
                let more = fill(t.enough_more, &[("held", &held)]);
                (count(&t.enough, self.judged), more)
            }
            (judged, _) => (count(&t.few, judged), count(&t.few_more, ENOUGH)),
        }
    }

    fn charts(&self) -> impl IntoView + use<> {
        let t = &self.locale.catalogue().trust;
        let [forecast, average, resampling] = t.methods;
        let drawn: String = panels(&self.scores, self.locale)
            .iter()
            .map(charts::trust::Panel::svg)
            .collect();
        let key = [
            ("t-forecast", forecast),
            ("t-average", average),
            ("t-resampling", resampling),
        ]
        .map(|(class, words)| {
            let mark = format!(r#"<rect class="{class}" x="1" y="2" width="18" height="10"/>"#);
            (mark, words)
        });
        let key = charts::key(&key.each_ref().map(|(mark, words)| (mark.as_str(), *words)));
        view! {
            <section class="section" aria-labelledby="charts">
                <div class="head">
                    <h2 id="charts">{t.title}</h2>
                </div>
                <p class="how quiet">{t.read}</p>
                <div class="trust" inner_html=drawn></div>
                <ul class="key" inner_html=key></ul>
            </section>
        }
    }

    /// All cases together, a line for each thing that was forecast.
    fn all(&self) -> impl IntoView + use<> {
        let t = &self.locale.catalogue().trust;
        let [forecast, average, resampling] = t.methods;
        let held = |method: &'static str| {
            INTERVALS.map(|n| fill(t.held_of, &[("n", &n), ("method", &method)]))
        };
        let error = |method: &'static str| fill(t.error_of, &[("method", &method)]);
        let mut heads: Vec<String> = held(forecast).into();
        heads.extend([error(forecast), error(average)]);
        heads.extend(held(resampling));
        heads.push(error(resampling));
        let rows = self.scores.iter().map(|score| {
            let mut cells = self.hit(&score.forecast, score.measure);
            cells.push(error_text(self.locale, score.measure, score.average));
            cells.extend(self.hit(&score.resampling, score.measure));
            let name = measure_text(self.locale, score.measure);
            let name = format!("{name} ({})", count(&t.cases, score.cases));
            row(name.into_any(), cells, &heads)
        });
        let rows = rows.collect_view().into_any();
        table(t.all, t.what, &heads, rows)
    }

    fn hit(&self, hit: &Hit, measure: Measure) -> Vec<String> {
        let held = hit.held.iter().map(|share| share_text(self.locale, *share));
        held.chain([error_text(self.locale, measure, hit.error)])
            .collect()
    }

    /// A line for each launch.
    fn launches(&self) -> impl IntoView + use<> {
        let t = &self.locale.catalogue().trust;
        let measures = [Measure::Next4, Measure::Rest, Measure::Finish];
        let mut heads = vec![t.weeks.to_owned()];
        heads.extend(measures.map(|m| measure_text(self.locale, m).to_owned()));
        let rest = measure_text(self.locale, Measure::Rest);
        heads.push(format!("{}, {rest}", t.median_error));
        let rows = self.tried.iter().map(|tried| {
            let scores = scores(&tried.cases);
            let of = |measure| scores.iter().find(|s| s.measure == measure);
            let mut cells = vec![tried.weeks.to_string()];
            cells.extend(measures.map(|m| of(m).map_or("–".to_owned(), |s| self.held(s))));
            cells.push(match of(Measure::Rest) {
                Some(score) => error_text(self.locale, Measure::Rest, score.forecast.error),
                None if tried.counts => "–".to_owned(),
                None => format!("{}: {}", t.left_out, t.left_out_why),
            });
            let name = view! { <a href=format!("/l/{}", tried.id)>{tried.title.clone()}</a> };
            row(name.into_any(), cells, &heads)
        });
        let rows = rows.collect_view().into_any();
        table(t.launches, t.launch, &heads, rows)
    }

    /// In how many cases the 80 % range held.
    fn held(&self, score: &Score) -> String {
        let t = &self.locale.catalogue().trust;
        let share = score.forecast.held[EIGHTY];
        let n = (share * f64::from(u32::try_from(score.cases).unwrap_or(u32::MAX))).round();
        fill(t.of, &[("n", &n), ("all", &score.cases)])
    }
}

fn row(name: AnyView, cells: Vec<String>, heads: &[String]) -> impl IntoView + use<> {
    let cells = cells.into_iter().zip(heads.to_vec());
    let cells = cells.map(|(cell, head)| {
        view! {
            <td class="num" data-label=head>
                {cell}
            </td>
        }
    });
    view! {
        <tr>
            <th scope="row">{name}</th>
            {cells.collect_view()}
        </tr>
    }
}

fn table(
    head: &'static str,
    first: &'static str,
    heads: &[String],
    rows: AnyView,
) -> impl IntoView + use<> {
    let heads = heads.iter().map(|head| {
        let head = head.clone();
        view! {
            <th scope="col" class="num">
                {head}
            </th>
        }
    });
    let heads = heads.collect_view();
    view! {
        <section class="section">
            <div class="head">
                <h2>{head}</h2>
            </div>
            <table class="list trusted">
                <caption class="away">{head}</caption>
                <thead>
                    <tr>
                        <th scope="col">{first}</th>
                        {heads}
                    </tr>
                </thead>
                <tbody>{rows}</tbody>
            </table>
        </section>
    }
}
