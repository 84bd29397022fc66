//! The time that each discipline has: from its first last safe start over the days on which its items
//! are due to the launch moment, with today. Each item is a mark at its last safe start.

use std::fmt::Write as _;

use chrono::NaiveDate;
use startklar::{
    Assessment, Discipline, Launch, Locale,
    texts::{fill, short_day_seen},
};

use super::{
    escape,
    scale::{Scale, Strides},
    work::{self, Start, Work},
};

/// A discipline and the time that it has.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Span {
    /// Which.
    pub discipline: Discipline,
    /// The first last safe start of what is open; of everything once nothing is.
    pub from: NaiveDate,
    /// The first last safe start of what nobody has begun.
    pub start: Option<NaiveDate>,
    /// The last day on which something open is due.
    pub due: Option<NaiveDate>,
    /// Items that are under way.
    pub begun: usize,
    /// Items that are closed.
    pub closed: usize,
    /// All items.
    pub all: usize,
    /// Items that nobody began by their last safe start.
    pub missed: usize,
}

/// The items of a discipline that the launch waits for.
fn own(works: &[Work], discipline: Discipline) -> impl Iterator<Item = &Work> {
    let fits = move |w: &&Work| w.discipline == discipline && !w.story && w.gone.is_none();
    works.iter().filter(fits)
}

/// The first last safe start of some items.
fn first<'w>(works: impl Iterator<Item = &'w Work>) -> Option<NaiveDate> {
    works.filter_map(|w| w.start).map(|(day, _)| day).min()
}

impl Span {
    fn of(works: &[Work], discipline: Discipline) -> Option<Self> {
        let own = || own(works, discipline);
        let open = || own().filter(|w| w.is_open());
        let missed = |w: &&Work| matches!(w.start, Some((_, Start::Missed)));
        Some(Self {
            discipline,
            from: first(open()).or_else(|| first(own()))?,
            start: first(open().filter(|w| w.begun.is_none())),
            due: open().filter_map(|w| w.due).max(),
            begun: open().filter(|w| w.begun.is_some()).count(),
            closed: own().filter(|w| w.closed.is_some()).count(),
            all: own().count(),
            missed: open().filter(missed).count(),
        })
    }

    /// It in words.
    fn spoken(&self, locale: Locale, today: NaiveDate) -> String {
        let t = locale.catalogue();
        fill(
            t.forecast.span,
            &[
                ("discipline", &t.discipline(self.discipline)),
                ("start", &said(locale, today, self.start)),
                ("due", &said(locale, today, self.due)),
                ("begun", &self.begun),
                ("closed", &self.closed),
                ("all", &self.all),
                ("missed", &self.missed),
            ],
        )
    }
}

/// A day, where there is one.
fn said(locale: Locale, today: NaiveDate, day: Option<NaiveDate>) -> String {
    day.map_or_else(|| "–".to_owned(), |day| short_day_seen(locale, today, day))
}

/// The inside of `<table class="spans">`; empty where no item has a last safe start. `base` is the
/// address of the launch.
pub fn table(launch: &Launch, assessment: &Assessment, locale: Locale, base: &str) -> String {
    let works = work::of(launch, assessment);
    let today = assessment.today;
    let Some(scale) = Scale::of(launch, assessment) else {
        return String::new();
    };
    let mut rows = String::new();
    for discipline in Discipline::ALL {
        if let Some(span) = Span::of(&works, discipline) {
            row(&mut rows, &span, &works, &scale, locale, today, base);
        }
    }
    if rows.is_empty() {
        return rows;
    }
    let t = locale.catalogue();
    let f = &t.forecast;
    let mut out = format!(
        r#"<caption class="away">{}</caption><colgroup><col class="c-name"><col><col class="c-day"><col class="c-day"><col class="c-n"><col class="c-all"></colgroup><thead><tr><td></td><td>"#,
        f.spans_head
    );
    head(&mut out, &scale);
    out.push_str("</td>");
    for name in [f.span_start, f.span_due, f.span_begun, t.charts.closed] {
        // Writing to a string cannot fail, here and below.
        let _ = write!(out, r#"<th scope="col" class="num">{name}</th>"#);
    }
    out.push_str("</tr></thead><tbody>");
    out.push_str(&rows);
    out.push_str("</tbody>");
    out
}

/// The numbers of the weeks, and what every row draws again: their hairlines, today, the launch.
fn head(out: &mut String, scale: &Scale<'_>) {
    out.push_str(r#"<svg aria-hidden="true"><defs><g id="span-ground">"#);
    for x in scale.hairlines() {
        let _ = write!(
            out,
            r#"<line class="g-week" x1="{x}" x2="{x}" y1="0" y2="32"/>"#
        );
    }
    out.push_str(r#"</g><g id="span-lines">"#);
    if scale.shows_now() {
        let x = scale.x(scale.now);
        let _ = write!(
            out,
            r#"<rect class="g-now" x="{x}" width="5" y="0" height="32" transform="translate(-2.5)"/><line class="g-nowline" x1="{x}" x2="{x}" y1="0" y2="32"/>"#
        );
    }
    let x = scale.x(scale.moment);
    let _ = write!(
        out,
        r#"<line class="g-launch" x1="{x}" x2="{x}" y1="0" y2="32"/></g></defs>"#
    );
    let strides = Strides::of(scale.weeks, [0.04, 0.07, 0.08]);
    for week in scale.each_week(scale.width(), strides) {
        let Some(room) = week.room else { continue };
        let (x, class) = (scale.x(week.at + 3.5), room.class());
        let (n, weight) = (week.number, if week.now { "g-text" } else { "g-quiet" });
        let _ = write!(
            out,
            r#"<text class="{weight}{class}" x="{x}" y="20" text-anchor="middle">{n}</text>"#
        );
    }
    out.push_str("</svg>");
}

fn row(
    out: &mut String,
    span: &Span,
    works: &[Work],
    scale: &Scale<'_>,
    locale: Locale,
    today: NaiveDate,
    base: &str,
) {
    let t = locale.catalogue();
    let (name, code) = (t.discipline(span.discipline), span.discipline.code());
    let _ = write!(
        out,
        r##"<tr><th scope="row"><a href="{base}/checklists?discipline={code}">{name}</a></th><td><svg role="img" aria-label="{}"><use href="#span-ground"/>"##,
        escape(&span.spoken(locale, today))
    );
    let done = span.closed == span.all;
    let from = scale.day(span.from);
    let class = if done { "g-done" } else { "g-track" };
    let _ = write!(
        out,
        r#"<rect class="{class}" x="{}" width="{}" y="12" height="10"/>"#,
        scale.x(from),
        scale.span(from, scale.moment)
    );
    marks(out, span.discipline, works, scale);
    out.push_str(r##"<use href="#span-lines"/></svg></td>"##);
    let start = said(locale, today, span.start);
    let start = if span.missed > 0 {
        format!(
            r##"<span class="state state--late"><svg aria-hidden="true"><use href="#i-late"/></svg>{start}</span>"##
        )
    } else {
        start
    };
    let due = said(locale, today, span.due);
    let f = &t.forecast;
    let of = fill(t.charts.of, &[("n", &span.all)]);
    let _ = write!(
        out,
        r#"<td class="num" data-label="{}">{start}</td><td class="num" data-label="{}">{due}</td><td class="num" data-label="{}">{}</td><td class="num" data-label="{}">{}<span class="quiet small"> {of}</span></td></tr>"#,
        f.span_start, f.span_due, f.span_begun, span.begun, t.charts.closed, span.closed
    );
}

/// Each item at its last safe start, and the days on which something open is due.
fn marks(out: &mut String, discipline: Discipline, works: &[Work], scale: &Scale<'_>) {
    for work in own(works, discipline) {
        if let Some(due) = work.due.filter(|_| work.is_open()) {
            let x = scale.x(scale.day(due) + 1.0);
            let _ = write!(
                out,
                r#"<line class="s-due" x1="{x}" x2="{x}" y1="8" y2="26"/>"#
            );
        }
        let Some((day, start)) = work.start else {
            continue;
        };
        let x = scale.x(scale.day(day));
        let _ = match (work.closed.is_some(), work.begun.is_some(), start) {
            (true, _, _) => write!(
                out,
                r#"<rect class="g-done" x="{x}" y="12" width="6" height="10" transform="translate(-3)"/>"#
            ),
            (_, true, _) => write!(
                out,
                r#"<rect class="s-begun" x="{x}" y="12.5" width="6" height="9" transform="translate(-3)"/>"#
            ),
            (_, _, Start::Missed) => write!(
                out,
                r##"<use href="#m-missed" class="g-missed" x="{x}" y="4"/>"##
            ),
            _ => write!(
                out,
                r##"<use href="#m-ahead" class="g-ahead" x="{x}" y="4"/>"##
            ),
        };
    }
}

/// The key to the marks: the inside of `<ul class="key">`.
pub fn key(locale: Locale) -> String {
    let (c, f) = (&locale.catalogue().charts, &locale.catalogue().forecast);
    let marks = [
        (
            r#"<rect class="g-track" y="2" width="20" height="10"/>"#,
            f.key_span,
        ),
        (
            r#"<rect class="g-done" x="7" y="2" width="6" height="10"/>"#,
            c.closed,
        ),
        (
            r#"<rect class="s-begun" x="7" y="2.5" width="6" height="9"/>"#,
            f.span_begun,
        ),
        (
            r##"<use href="#m-missed" class="g-missed" x="10" y="3"/>"##,
            c.key_missed,
        ),
        (
            r##"<use href="#m-ahead" class="g-ahead" x="10" y="3"/>"##,
            c.key_ahead,
        ),
        (
            r#"<line class="s-due" x1="10" x2="10" y1="0" y2="14"/>"#,
            f.span_due,
        ),
    ];
    super::key(&marks)
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "tests fail by panic")]
mod tests {
    use super::*;
    use crate::charts::testing::{planned, running, seen};

    fn drawn(launch: &Launch, day: i64) -> String {
        let (launch, assessment) = seen(launch, day);
        table(&launch, &assessment, Locale::En, "/l/m")
    }

    #[test]
    fn each_discipline_with_items_has_its_time() {
        let html = drawn(&running(), 45);
        assert_eq!(html.matches("<th scope=\"row\">").count(), 3);
        // The offer was begun in time, the runbook is closed, nobody began the warm-up.
        for words in [
            "Marketing: begin by 7 Apr, due by 5 May; 0 begun, 0 of 1 closed, 1 missed.",
            "Sales: begin by –, due by 5 May; 1 begun, 0 of 1 closed, 0 missed.",
            "Operations: begin by –, due by –; 0 begun, 1 of 1 closed, 0 missed.",
        ] {
            assert!(html.contains(words), "{words}: {html}");
        }
        let count = |class: &str| html.matches(&format!("class=\"{class}\"")).count();
        assert_eq!(
            (count("g-missed"), count("s-begun"), count("s-due")),
            (1, 1, 2)
        );
    }

    #[test]
    fn what_is_ahead_is_not_missed() {
        let html = drawn(&running(), 30);
        assert!(
            html.contains("g-ahead") && !html.contains("g-missed"),
            "{html}"
        );
    }

    #[test]
    fn without_items_there_is_nothing_to_draw() {
        assert_eq!(drawn(&planned(10, 71), 5), "");
        assert_eq!(
            table(
                &Launch::default(),
                &seen(&planned(4, 28), 1).1,
                Locale::De,
                ""
            ),
            ""
        );
    }
}
