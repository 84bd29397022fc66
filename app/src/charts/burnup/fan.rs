//! A burn-up that goes on as a fan: where the work will stand at the end of each week, in half and in
//! 8 of 10 of the simulated futures.

use std::fmt::Write as _;

use startklar::{
    Assessment, Launch, Locale,
    forecast::{Fan, LaunchForecast},
    texts::fill,
    time::plus,
};

use super::{
    Steps,
    draw::{moments, weeks},
    ground::{BOTTOM, Ground, TOP},
};
use crate::charts::{
    escape,
    scale::{Scale, short, within},
    work::{self, Work},
};

/// Stories or items, what is done of them, and what will be.
#[derive(Debug, Clone, PartialEq)]
pub struct FanBurn<'f> {
    scope: Steps,
    done: Steps,
    fan: &'f [Fan],
    /// Where each week of the fan ends.
    ends: Vec<f64>,
}

impl<'f> FanBurn<'f> {
    /// The burn-up of the stories or of the items.
    pub fn of(
        scale: &Scale<'_>,
        launch: &Launch,
        assessment: &Assessment,
        forecast: &'f LaunchForecast,
        stories: bool,
    ) -> Self {
        let works = work::of(launch, assessment);
        let counted = || works.iter().filter(move |w| w.story == stories);
        let weight = |w: &Work| {
            if forecast.points {
                usize::from(w.points)
            } else {
                1
            }
        };
        let lane = if stories {
            &forecast.technical
        } else {
            &forecast.items
        };
        let start = launch
            .schedule
            .as_ref()
            .map_or(assessment.today, |s| s.start);
        let end = |fan: &Fan| scale.day(plus(start, 7 * i64::from(fan.week)));
        Self {
            scope: Steps::weighted(counted().flat_map(|w| {
                let gone = w.gone.map(|at| (scale.at(at), false, weight(w)));
                [Some((scale.at(w.added), true, weight(w))), gone]
                    .into_iter()
                    .flatten()
            })),
            done: Steps::weighted(
                counted().filter_map(|w| Some((scale.at(w.closed?), true, weight(w)))),
            ),
            ends: lane.fan.iter().map(end).collect(),
            fan: &lane.fan,
        }
    }

    /// What is done, and everything there is.
    pub fn counts(&self) -> (usize, usize) {
        (self.done.last(), self.scope.last())
    }

    /// The chart.
    pub fn svg(&self, scale: &Scale<'_>, spoken: &str) -> String {
        let highest = self
            .fan
            .iter()
            .map(|f| amount(f.done[4]))
            .max()
            .unwrap_or(0);
        let most = self.scope.most().max(self.done.most()).max(highest);
        let ground = Ground { scale, most };
        let now = within(scale.now, scale.width());
        let mut out = String::with_capacity(4 * 1024);
        // Writing to a string cannot fail, here and below.
        let _ = write!(out, r#"<svg role="img" aria-label="{}">"#, escape(spoken));
        weeks(&mut out, scale);
        let _ = write!(
            out,
            r#"<svg viewBox="0 0 {} 100" preserveAspectRatio="none" y="{TOP}" width="100%" height="{}">"#,
            short(scale.width()),
            BOTTOM - TOP
        );
        let from = (now, ground.y(self.done.at(now)));
        for (class, low, high) in [("f-wide", 0, 4), ("f-near", 1, 3)] {
            let area = self.area(&ground, from, low, high);
            let _ = write!(out, r#"<path class="{class}" d="{area}"/>"#);
        }
        let _ = write!(
            out,
            r#"<path class="f-middle" d="{}"/>"#,
            self.line(&ground, from, 2)
        );
        for (class, steps, end) in [
            ("b-scope", &self.scope, scale.width()),
            ("b-closed", &self.done, now),
        ] {
            if !steps.steps().is_empty() {
                let path = ground.path(steps, end, class != "b-scope");
                let _ = write!(out, r#"<path class="{class}" d="{path}"/>"#);
            }
        }
        out.push_str("</svg>");
        moments(&mut out, scale);
        out.push_str("</svg>");
        out
    }

    /// A line from now through one quantile of each week.
    fn line(&self, ground: &Ground<'_>, from: (f64, f64), quantile: usize) -> String {
        let mut d = format!("M{} {}", short(from.0), short(from.1));
        for (end, fan) in self.ends.iter().zip(self.fan) {
            let y = ground.y(amount(fan.done[quantile]));
            let _ = write!(d, "L{} {}", short(*end), short(y));
        }
        d
    }

    /// The area between two quantiles.
    fn area(&self, ground: &Ground<'_>, from: (f64, f64), low: usize, high: usize) -> String {
        let mut d = self.line(ground, from, high);
        for (end, fan) in self.ends.iter().zip(self.fan).rev() {
            let y = ground.y(amount(fan.done[low]));
            let _ = write!(d, "L{} {}", short(*end), short(y));
        }
        d.push('Z');
        d
    }

    /// The chart in words: what is done, and where it will stand at the end of the plan.
    pub fn spoken(&self, locale: Locale) -> String {
        let t = &locale.catalogue().forecast;
        let (done, scope) = self.counts();
        let so_far = fill(t.fan_so_far, &[("done", &done), ("scope", &scope)]);
        match self.fan.last() {
            Some(last) => {
                let [low, _, _, _, high] = last.done;
                let week = fill(
                    t.fan_spoken,
                    &[("week", &last.week), ("low", &low), ("high", &high)],
                );
                format!("{so_far} {week}")
            }
            None => so_far,
        }
    }

    /// The numbers behind the fan, week by week: the inside of a table.
    pub fn table(&self, locale: Locale, caption: &str) -> String {
        let t = locale.catalogue();
        let mut out = format!(
            r#"<caption class="away">{}</caption><thead><tr><th scope="col">{}</th>"#,
            escape(caption),
            t.charts.week
        );
        for percent in [10, 25, 50, 75, 90] {
            let head = fill(t.forecast.fan_percent, &[("n", &percent)]);
            let _ = write!(out, r#"<th scope="col" class="num">{head}</th>"#);
        }
        out.push_str("</tr></thead><tbody>");
        for fan in self.fan {
            let _ = write!(out, r#"<tr><th scope="row">{}</th>"#, fan.week);
            for done in fan.done {
                let _ = write!(out, r#"<td class="num">{done}</td>"#);
            }
            out.push_str("</tr>");
        }
        out.push_str("</tbody>");
        out
    }
}

/// An amount as a count.
fn amount(n: u32) -> usize {
    usize::try_from(n).unwrap_or(usize::MAX)
}
