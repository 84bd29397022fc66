//! One panel: the line of each method against the diagonal, and the errors below.

use std::fmt::Write as _;

use startklar::{
    Locale,
    forecast::{Hit, INTERVALS, Score},
    texts::{count, error_text, fill, kind_text, measure_text, share_text},
};

use crate::charts::{
    escape,
    scale::{short, within},
};

/// The size of a panel, in px.
pub(super) const WIDTH: usize = 300;
pub(super) const HEIGHT: usize = 330;
/// The ground of the lines: its left, right, top and bottom edge.
const LEFT: f64 = 44.0;
const RIGHT: f64 = 276.0;
const TOP: f64 = 34.0;
const BOTTOM: f64 = 204.0;
/// Where the bars of the errors begin, and how long the longest is.
const BARS: f64 = 118.0;
const LONGEST: f64 = 116.0;

/// A panel, ready to be set somewhere.
#[derive(Debug, Clone)]
pub struct Panel {
    /// What is in it.
    body: String,
    /// The same in words.
    spoken: String,
}

impl Panel {
    /// It as an element of its own within a page.
    pub fn svg(&self) -> String {
        format!("<svg class=\"trust-panel\"{}", self.inner())
    }

    /// The rest of the element after its place.
    pub(super) fn inner(&self) -> String {
        format!(
            r#" width="{WIDTH}" height="{HEIGHT}" viewBox="0 0 {WIDTH} {HEIGHT}" role="img" aria-label="{}">{}</svg>"#,
            escape(&self.spoken),
            self.body
        )
    }
}

/// A panel for each score.
pub fn panels(scores: &[Score], locale: Locale) -> Vec<Panel> {
    let panel = |score: &Score| Panel {
        body: body(score, locale),
        spoken: spoken(score, locale),
    };
    scores.iter().map(panel).collect()
}

fn title(score: &Score, locale: Locale) -> String {
    let names = [
        ("kind", kind_text(locale, score.kind)),
        ("measure", measure_text(locale, score.measure)),
    ];
    let names = names.each_ref().map(|(name, text)| (*name, text as _));
    fill(locale.catalogue().trust.panel, &names)
}

/// The errors of the three methods, in the order of their names.
fn errors(score: &Score) -> [f64; 3] {
    [score.forecast.error, score.average, score.resampling.error]
}

fn body(score: &Score, locale: Locale) -> String {
    let t = &locale.catalogue().trust;
    let mut out = format!(
        r#"<text class="t-head" x="0" y="14">{}</text><text class="t-quiet" x="{WIDTH}" y="14" text-anchor="end">{}</text>"#,
        escape(&title(score, locale)),
        count(&t.cases, score.cases)
    );
    ground(&mut out, locale);
    line(&mut out, "t-resampling", &score.resampling);
    line(&mut out, "t-forecast", &score.forecast);
    let y = BOTTOM + 54.0;
    // Writing to a string cannot fail, here and below.
    let _ = write!(
        out,
        r#"<text class="t-quiet" x="0" y="{}">{}</text>"#,
        short(y),
        t.median_error
    );
    bars(&mut out, score, y, locale);
    out
}

/// Where a share stands.
fn place(nominal: f64, held: f64) -> (f64, f64) {
    (
        LEFT + nominal * (RIGHT - LEFT),
        BOTTOM - held * (BOTTOM - TOP),
    )
}

/// The grid, the diagonal, and what the edges say.
fn ground(out: &mut String, locale: Locale) {
    let t = &locale.catalogue().trust;
    for share in [0.0, 0.5, 1.0] {
        let (x, y) = place(share, share);
        let words = share_text(locale, share);
        let (x, y) = (short(x), short(y));
        let (left, right, top, bottom) = (short(LEFT), short(RIGHT), short(TOP), short(BOTTOM));
        let _ = write!(
            out,
            r#"<line class="t-grid" x1="{left}" x2="{right}" y1="{y}" y2="{y}"/><line class="t-grid" x1="{x}" x2="{x}" y1="{top}" y2="{bottom}"/><text class="t-quiet" x="{left}" y="{y}" dx="-6" dy="4" text-anchor="end">{words}</text><text class="t-quiet" x="{x}" y="{}" text-anchor="middle">{words}</text>"#,
            short(BOTTOM + 16.0)
        );
    }
    let ((x1, y1), (x2, y2)) = (place(0.0, 0.0), place(1.0, 1.0));
    let _ = write!(
        out,
        r#"<line class="t-right" x1="{}" x2="{}" y1="{}" y2="{}"/><text class="t-quiet" x="{}" y="{}" text-anchor="end">{} →</text><text class="t-quiet" x="{}" y="{}">↑ {}</text>"#,
        short(x1),
        short(x2),
        short(y1),
        short(y2),
        short(RIGHT),
        short(BOTTOM + 32.0),
        t.nominal,
        short(LEFT + 6.0),
        short(TOP + 14.0),
        t.held
    );
}

/// How often a method held, against how often it should have.
fn line(out: &mut String, class: &str, hit: &Hit) {
    let points = INTERVALS.map(|percent| f64::from(percent) / 100.0);
    let points: Vec<_> = points
        .into_iter()
        .zip(hit.held)
        .map(|(nominal, held)| place(nominal, held))
        .collect();
    for pair in points.windows(2) {
        let [(x1, y1), (x2, y2)] = [pair[0], pair[1]].map(|(x, y)| (short(x), short(y)));
        let _ = write!(
            out,
            r#"<line class="{class}" x1="{x1}" x2="{x2}" y1="{y1}" y2="{y2}"/>"#
        );
    }
    for (x, y) in points {
        let (x, y) = (short(x), short(y));
        let _ = write!(out, r#"<circle class="{class}" cx="{x}" cy="{y}" r="4"/>"#);
    }
}

/// The median errors, one below the other.
fn bars(out: &mut String, score: &Score, top: f64, locale: Locale) {
    let t = &locale.catalogue().trust;
    let most = errors(score).into_iter().fold(0.0, f64::max);
    let classes = ["t-forecast", "t-average", "t-resampling"];
    let rows = classes.into_iter().zip(t.methods).zip(errors(score));
    let mut y = top;
    for ((class, name), error) in rows {
        y += 21.0;
        let share = if most > 0.0 { error / most } else { 0.0 };
        let length = within(share, 1.0) * LONGEST;
        let _ = write!(
            out,
            r#"<text x="0" y="{}">{name}</text><rect class="{class}" x="{}" y="{}" width="{}" height="10"/><text x="{}" y="{}">{}</text>"#,
            short(y),
            short(BARS),
            short(y - 9.0),
            short(length),
            short(BARS + length + 6.0),
            short(y),
            error_text(locale, score.measure, error)
        );
    }
}

/// The panel in words.
fn spoken(score: &Score, locale: Locale) -> String {
    let t = &locale.catalogue().trust;
    let [forecast, _, resampling] = t.methods;
    let held = |method: &str, hit: &Hit| {
        let shares = INTERVALS.iter().zip(hit.held);
        let shares: Vec<_> = shares
            .map(|(n, share)| format!("{n} % {}", share_text(locale, share)))
            .collect();
        let held = shares.join(", ");
        fill(t.panel_held, &[("method", &method), ("held", &held)])
    };
    let errors = errors(score).map(|error| error_text(locale, score.measure, error));
    let errors: Vec<_> = t
        .methods
        .iter()
        .zip(errors)
        .map(|(method, error)| format!("{method} {error}"))
        .collect();
    format!(
        "{} ({}). {}; {}. {}: {}.",
        title(score, locale),
        count(&t.cases, score.cases),
        held(forecast, &score.forecast),
        held(resampling, &score.resampling),
        t.median_error,
        errors.join(", ")
    )
}
