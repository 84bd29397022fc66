//! The scope cut drawn: the work of the candidates added up against what the weeks carry, and the
//! days on which the last story would be done against the launch moment.

use std::fmt::Write as _;

use chrono::NaiveDate;
use startklar::time::days_between;

use super::{
    escape,
    scale::{real, short, within},
};

/// What an epic adds to those above it.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Bar {
    /// Work of the epics above it.
    pub before: usize,
    /// Its own.
    pub own: usize,
    /// Whether it is above the line.
    pub above: bool,
}

/// The bar of an epic; the band behind it is what the weeks carry at the least and at the most. `of`
/// is the full width. Its numbers stand beside it, so that it is drawn for the eye alone.
pub fn bar(bar: Bar, carries: Option<(usize, usize)>, of: usize) -> String {
    // A little room at the end keeps the last outline within the drawing.
    let percent = |n: usize| short(within(99.0 * real(n) / real(of.max(1)), 99.0));
    let mut svg = String::from(r#"<svg aria-hidden="true">"#);
    // Writing to a string cannot fail, here and below.
    if let Some((least, most)) = carries {
        let _ = write!(
            svg,
            r#"<rect class="f-wide" x="{}%" y="0" width="{}%" height="20"/>"#,
            percent(least),
            percent(most.saturating_sub(least).max(of / 200)),
        );
    }
    if bar.own > 0 {
        let (class, y, height) = if bar.above {
            ("g-done", "4", 12)
        } else {
            ("v-plan", "4.5", 11)
        };
        let _ = write!(
            svg,
            r#"<rect class="{class}" x="{}%" y="{y}" width="{}%" height="{height}"/>"#,
            percent(bar.before),
            percent(bar.own),
        );
    }
    svg.push_str("</svg>");
    svg
}

/// Days from one to another.
pub type Days = (NaiveDate, NaiveDate);

/// The days on which the last story would be done: two rows, each with its name, against the launch
/// moment. A row without days is not known.
pub fn dates(
    today: NaiveDate,
    (moment, moment_name): (NaiveDate, &str),
    rows: [(&str, Option<Days>); 2],
    label: &str,
) -> String {
    let ends = rows.iter().filter_map(|(_, days)| days.map(|(_, to)| to));
    let last = ends.fold(moment, NaiveDate::max);
    let all = days_between(today, last).max(1);
    let place = |day: NaiveDate| {
        let from = usize::try_from(days_between(today, day)).unwrap_or(0);
        within(
            98.0 * real(from) / real(usize::try_from(all).unwrap_or(1)),
            98.0,
        )
    };
    let mut svg = format!(
        r#"<svg class="until" role="img" aria-label="{}">"#,
        escape(label)
    );
    for ((name, days), (y, class)) in rows.into_iter().zip([(0, "v-plan"), (40, "g-done")]) {
        let _ = write!(
            svg,
            r#"<text class="g-quiet" x="0" y="{}">{}</text><line class="g-base" x1="0" y1="{2}" x2="100%" y2="{2}"/>"#,
            y + 13,
            escape(name),
            y + 33,
        );
        if let Some((from, to)) = days {
            let (x, end) = (place(from), place(to));
            let _ = write!(
                svg,
                r#"<rect class="{class}" x="{}%" y="{}" width="{}%" height="12"/>"#,
                short(x),
                y + 20,
                short((end - x).max(0.8)),
            );
        }
    }
    let x = place(moment);
    let anchor = if x > 50.0 { "end" } else { "start" };
    let _ = write!(
        svg,
        r#"<line class="g-launch" x1="{0}%" y1="0" x2="{0}%" y2="78"/><text class="g-text" x="{0}%" y="94" text-anchor="{anchor}">{1}</text></svg>"#,
        short(x),
        escape(moment_name),
    );
    svg
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    #[test]
    fn a_bar_lies_behind_those_above_it_and_the_band_where_the_weeks_end() {
        let own = Bar {
            before: 16,
            own: 12,
            above: true,
        };
        let svg = bar(own, Some((40, 60)), 99);
        assert!(svg.contains(r#"class="g-done" x="16%""#), "{svg}");
        assert!(
            svg.contains(r#"class="f-wide" x="40%" y="0" width="20%""#),
            "{svg}"
        );
        let below = bar(
            Bar {
                above: false,
                ..own
            },
            None,
            99,
        );
        assert!(
            below.contains("v-plan") && !below.contains("f-wide"),
            "{below}"
        );
    }

    #[test]
    fn nothing_is_drawn_of_nothing() {
        let svg = bar(Bar::default(), None, 0);
        assert!(!svg.contains("rect") && !svg.contains("NaN"), "{svg}");
    }

    #[test]
    fn what_is_done_after_the_moment_lies_right_of_it() {
        let late = (day("2026-05-22"), day("2026-06-10"));
        let rows = [("as it <is>", None), ("with this line", Some(late))];
        let svg = dates(day("2026-03-02"), (day("2026-05-11"), "Mon"), rows, "a<b");
        assert!(
            svg.contains("a&lt;b") && svg.contains("as it &lt;is&gt;"),
            "{svg}"
        );
        assert_eq!(
            svg.matches("<rect").count(),
            1,
            "what is not known has no bar"
        );
        let x = |class: &str, attribute: &str| -> f64 {
            let rest = svg.split(class).nth(1).unwrap();
            let rest = rest.split(&format!("{attribute}=\"")).nth(1).unwrap();
            rest.split('%').next().unwrap().parse().unwrap()
        };
        assert!(x("g-done", " x") > x("g-launch", "x1"), "{svg}");
    }

    #[test]
    fn a_moment_that_is_today_divides_by_nothing() {
        let today = day("2026-05-11");
        let svg = dates(today, (today, "Mon"), [("a", None), ("b", None)], "l");
        assert!(!svg.contains("NaN") && !svg.contains("inf"), "{svg}");
    }
}
