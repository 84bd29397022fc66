//! The burn-up as SVG.

use std::fmt::Write as _;

use startklar::{Lane, Locale, texts::fill};

use super::{
    BurnUp, Steps,
    ground::{BOTTOM, Ground, TOP},
    labels::{self, Label, Obstacle, Spot},
};
use crate::charts::{
    escape,
    scale::{Scale, Strides, short, text_width, within},
};

/// The chart.
pub fn svg(burn: &BurnUp, scale: &Scale<'_>, lane: Lane, locale: Locale) -> String {
    let most = burn.scope.most().max(burn.due.most()).max(burn.done.most());
    let ground = Ground { scale, most };
    let now = within(scale.now, scale.width());
    let mut out = String::with_capacity(6 * 1024);
    let spoken = escape(&spoken(burn, now, lane, locale)).into_owned();
    let _ = write!(out, r#"<svg role="img" aria-label="{spoken}">"#);
    weeks(&mut out, scale);
    let _ = write!(
        out,
        r#"<svg viewBox="0 0 {} 100" preserveAspectRatio="none" y="{TOP}" width="100%" height="{}">"#,
        short(scale.width()),
        BOTTOM - TOP
    );
    for (class, steps, end) in lines(burn, scale, now) {
        let _ = write!(
            out,
            r#"<path class="{class}" d="{}"/>"#,
            ground.path(steps, end, class != "b-scope")
        );
    }
    out.push_str("</svg>");
    moments(&mut out, scale);
    words(&mut out, &ground, burn, now, locale);
    out.push_str("</svg>");
    out
}

/// The lines that say something, each with its end.
fn lines<'b>(
    burn: &'b BurnUp,
    scale: &Scale<'_>,
    now: f64,
) -> impl Iterator<Item = (&'static str, &'b Steps, f64)> {
    let last_due = burn
        .due
        .steps()
        .last()
        .map_or(0.0, |(at, _)| at.min(scale.width()));
    [
        ("b-due", &burn.due, last_due),
        ("b-scope", &burn.scope, scale.width()),
        ("b-closed", &burn.done, now),
    ]
    .into_iter()
    .filter(|(_, steps, _)| !steps.steps().is_empty())
}

/// Room in px for a week's number, and for all of them on phones.
const NUMBER: f64 = 21.0;
const PHONE: f64 = 330.0;
const SMALLEST: f64 = 286.0;

/// Hairlines and numbers of the weeks.
pub(super) fn weeks(out: &mut String, scale: &Scale<'_>) {
    for x in scale.hairlines() {
        let _ = write!(
            out,
            r#"<line class="g-week" x1="{x}" x2="{x}" y1="{TOP}" y2="{BOTTOM}"/>"#
        );
    }
    let share = |page: f64| NUMBER / page;
    let strides = Strides::of(scale.weeks, [share(PHONE), share(PHONE), share(SMALLEST)]);
    for week in scale.each_week(scale.width(), strides) {
        let Some(room) = week.room else { continue };
        let middle = scale.x(week.at + 3.5);
        let class = if week.now { "g-nowtext" } else { "g-quiet" };
        if week.now {
            let _ = write!(
                out,
                r#"<rect class="g-now" x="{}" width="{}" y="196" height="18"/><rect class="g-now" x="{middle}" width="20" y="196" height="18" transform="translate(-10)"/>"#,
                scale.x(week.at),
                scale.span(week.at, week.at + 7.0)
            );
        }
        let n = week.number;
        let _ = write!(
            out,
            r#"<text class="{class}{}" x="{middle}" y="209" text-anchor="middle">{n}</text>"#,
            room.class()
        );
    }
}

/// The ground, today, the launch moment.
pub(super) fn moments(out: &mut String, scale: &Scale<'_>) {
    let _ = write!(
        out,
        r#"<line class="g-base" x1="0" x2="100%" y1="{BOTTOM}" y2="{BOTTOM}"/>"#
    );
    if scale.shows_now() {
        let x = scale.x(scale.now);
        let _ = write!(
            out,
            r#"<rect class="g-now" x="{x}" width="5" y="{TOP}" height="{}" transform="translate(-2.5)"/><line class="g-nowline" x1="{x}" x2="{x}" y1="{TOP}" y2="196"/>"#,
            196 - TOP
        );
    }
    let x = scale.x(scale.moment);
    let _ = write!(
        out,
        r#"<line class="g-launch" x1="{x}" x2="{x}" y1="{TOP}" y2="214"/>"#
    );
}

const fn spot(dx: f64, dy: f64, ends: bool) -> Spot {
    Spot { dx, dy, ends }
}

const DONE: [Spot; 7] = [
    spot(-12.0, -6.0, true),
    spot(10.0, 14.0, false),
    spot(10.0, -6.0, false),
    spot(-12.0, 14.0, true),
    spot(10.0, 30.0, false),
    spot(-12.0, -22.0, true),
    spot(-12.0, -15.0, true),
];
const DUE: [Spot; 8] = [
    spot(-12.0, -7.0, true),
    spot(10.0, 16.0, false),
    spot(10.0, 30.0, false),
    spot(-12.0, 18.0, true),
    spot(10.0, -8.0, false),
    spot(-12.0, -22.0, true),
    spot(10.0, 46.0, false),
    spot(-12.0, 34.0, true),
];
const FIRST: [Spot; 2] = [spot(4.0, -6.0, false), spot(4.0, 15.0, false)];
const LAST: [Spot; 4] = [
    spot(6.0, -6.0, false),
    spot(-6.0, -6.0, true),
    spot(6.0, 15.0, false),
    spot(-6.0, 15.0, true),
];

/// Labels at their lines, the most important first.
fn words(out: &mut String, ground: &Ground<'_>, burn: &BurnUp, now: f64, locale: Locale) {
    let labels = wanted(ground, burn, now, locale);
    let lines: Vec<Obstacle> = obstacles(ground, burn, now);
    let spots = labels::place(&labels, &lines, (4.0, f64::from(BOTTOM)));
    for (label, spot) in labels.iter().zip(spots) {
        let Some(spot) = spot else { continue };
        let _ = write!(
            out,
            r#"<text class="{}" x="{}%" y="{}" dx="{}" dy="{}" text-anchor="{}">{}</text>"#,
            label.class,
            short(label.point.0 * 100.0),
            short(label.point.1),
            short(spot.dx),
            short(spot.dy),
            if spot.ends { "end" } else { "start" },
            label.text
        );
    }
}

fn obstacles(ground: &Ground<'_>, burn: &BurnUp, now: f64) -> Vec<Obstacle> {
    let mut all = Vec::new();
    for at in [ground.scale.now, ground.scale.moment] {
        let x = ground.share(at);
        // These count more than the lines of the chart.
        all.extend([(x, f64::from(TOP), x, f64::from(BOTTOM)); 3]);
    }
    for (class, steps, end) in lines(burn, ground.scale, now) {
        all.extend(ground.obstacles(steps, end, class != "b-scope"));
    }
    all
}

fn wanted(ground: &Ground<'_>, burn: &BurnUp, now: f64, locale: Locale) -> Vec<Label<'static>> {
    let c = &locale.catalogue().charts;
    let label = |template: &str, n: usize, at: f64, spots: &'static [Spot]| {
        let text = fill(template, &[("n", &n)]);
        Label {
            width: text_width(&text, true),
            class: "g-quiet",
            point: (ground.share(at), ground.px(n)),
            text,
            shy: false,
            spots,
        }
    };
    let mut all = Vec::new();
    let scope = burn.scope.last();
    if scope > 0 {
        let template = if burn.stories {
            c.done_label
        } else {
            c.closed_label
        };
        all.push(Label {
            class: "g-text",
            ..label(template, burn.done.at(now), now, &DONE)
        });
        all.push(label(c.scope_label, scope, ground.scale.moment, &LAST));
    }
    if !burn.due.steps().is_empty() {
        all.push(label(c.due_label, burn.due.at(now), now, &DUE));
    }
    if let Some((at, first)) = burn.scope.steps().first().filter(|(_, n)| *n != scope) {
        all.push(Label {
            shy: true,
            ..label(c.scope_label, *first, *at, &FIRST)
        });
    }
    all
}

fn spoken(burn: &BurnUp, now: f64, lane: Lane, locale: Locale) -> String {
    let t = locale.catalogue();
    let head = format!("{}: {}", t.lane(lane), burn.head(t));
    fill(
        t.charts.burn,
        &[
            ("head", &head),
            ("done", &burn.done.at(now)),
            ("due", &burn.due.at(now)),
            ("scope", &burn.scope.at(now)),
        ],
    )
}
