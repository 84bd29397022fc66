//! A row's drawing: its staircase on a track, when its work began, its last safe starts.

use std::fmt::Write as _;

use startklar::texts::fill;

use super::{
    Marks, Row, Strip,
    draw::{Words, spoken},
    room::roomy,
};
use crate::charts::{
    escape,
    scale::{Scale, short, text_width, within},
};

/// Draws a row.
pub(super) fn drawing(out: &mut String, strip: &Strip<'_>, row: &Row, words: &Words<'_>) {
    let scale = &strip.scale;
    let _ = write!(
        out,
        r##"<svg role="img" aria-label="{}"><use href="#strip-weeks"/>"##,
        escape(&spoken(row, strip, words))
    );
    let now = within(scale.now, scale.width());
    let from = f64::from(7 * scale.before);
    if row.all > 0 && now > from {
        let _ = write!(
            out,
            r#"<rect class="g-track" x="{}" width="{}" y="3" height="20"/>"#,
            scale.x(from),
            scale.span(from, now)
        );
    }
    let _ = write!(
        out,
        r#"<line class="g-base" x1="{}" x2="{}" y1="23" y2="23"/>"#,
        scale.x(from),
        scale.x(scale.moment)
    );
    staircase(out, scale, row, now);
    begun(out, scale, row, words, now);
    out.push_str(r##"<use href="#strip-lines"/>"##);
    // On a long strip there is room for what is well only on a wide page.
    let calm = if scale.weeks > 24 { " wide" } else { "" };
    for marks in &row.marks {
        pennants(out, scale, marks, calm);
    }
    out.push_str("</svg>");
}

/// The staircase as one shape in a drawing of its own, whose width is the days and whose height is
/// everything that is owed.
fn staircase(out: &mut String, scale: &Scale<'_>, row: &Row, now: f64) {
    if row.steps.is_empty() {
        return;
    }
    let width = short(scale.width());
    let _ = write!(
        out,
        r#"<svg viewBox="0 0 {width} {}" preserveAspectRatio="none" y="3" width="100%" height="20"><path class="g-done" d=""#,
        row.all
    );
    let mut first = true;
    for (at, n) in &row.steps {
        let (at, top) = (short(*at), row.all - n);
        let _ = if first {
            write!(out, "M{at} {}V{top}", row.all)
        } else {
            write!(out, "H{at}V{top}")
        };
        first = false;
    }
    let _ = write!(out, r#"H{}V{}z"/></svg>"#, short(now), row.all);
}

/// The line of work under way, with the words that say when it began, if that was late.
fn begun(out: &mut String, scale: &Scale<'_>, row: &Row, words: &Words<'_>, now: f64) {
    let c = &words.locale.catalogue().charts;
    let (at, text) = if row.missing {
        let start = f64::from(7 * scale.before);
        // Early on today's line would go through the words, and there is room behind it.
        let at = if now < scale.width() / 2.0 {
            start.max(now)
        } else {
            start
        };
        (at, Some(c.missing.to_owned()))
    } else if let Some(at) = row.begun {
        let _ = write!(
            out,
            r#"<line class="g-work" x1="{}" x2="{}" y1="23" y2="23"/>"#,
            scale.x(at),
            scale.x(now.max(at))
        );
        let day = words.short(scale.date(at));
        (at, row.begun_late.then(|| fill(c.begun, &[("day", &day)])))
    } else {
        (now, row.begun_late.then(|| c.nothing_begun.to_owned()))
    };
    let Some(text) = text else { return };
    let x = scale.x(at);
    if row.missing {
        let _ = write!(
            out,
            r#"<text class="g-text g-halo" x="{x}" y="18" dx="7">{text}</text>"#
        );
    } else if let Some(class) = roomy(at / scale.width(), text_width(&text, false) + 12.0) {
        let _ = write!(
            out,
            r#"<text class="g-quiet {class}" x="{x}" y="19" dx="-7" text-anchor="end">{text}</text>"#
        );
    }
}

/// The last safe starts at one place: each one as long as there are three, then one with a count.
fn pennants(out: &mut String, scale: &Scale<'_>, marks: &Marks, calm: &str) {
    let x = scale.x(marks.at);
    let many = marks.missed + marks.ahead > 3;
    let mut left = 0.0;
    for (kind, n, class) in [("missed", marks.missed, ""), ("ahead", marks.ahead, calm)] {
        for _ in 0..(if many { n.min(1) } else { n }) {
            let _ = write!(
                out,
                r##"<use href="#m-{kind}" class="g-{kind}{class}" x="{x}" y="24"{}/>"##,
                aside(left)
            );
            left += 8.0;
        }
        if many && n > 1 {
            let text = if kind == "missed" {
                "g-latetext"
            } else {
                "g-quiet"
            };
            let _ = write!(
                out,
                r#"<text class="{text}{class}" x="{x}" y="33.5" dx="6">{n}</text>"#
            );
        }
    }
    // Of those that are begun a few are as many as one can see.
    for (class, n, calm) in [("slow", marks.slow, ""), ("met", marks.met, calm)] {
        for _ in 0..n.min(3) {
            let _ = write!(
                out,
                r#"<line class="g-{class}{calm}" x1="{x}" x2="{x}" y1="25" y2="30"{}/>"#,
                aside(left)
            );
            left += 4.0;
        }
    }
}

fn aside(left: f64) -> String {
    if left > 0.0 {
        format!(r#" transform="translate(-{})""#, short(left))
    } else {
        String::new()
    }
}
