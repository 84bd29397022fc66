//! The burn-up as a table of numbers.

use std::fmt::Write as _;

use startklar::{Lane, Locale};

use super::BurnUp;
use crate::charts::scale::{Scale, Strides, within};

/// The numbers behind the chart, week by week up to now: the inside of a table.
pub fn table(burn: &BurnUp, scale: &Scale<'_>, lane: Lane, locale: Locale) -> String {
    let t = locale.catalogue();
    let c = &t.charts;
    let now = within(scale.now, scale.width());
    let mut weeks = scale.each_week(scale.width() + 7.0, Strides::of(1, [0.0; 3]));
    weeks.retain(|w| w.at <= now);
    let mut out = String::with_capacity(2048);
    let _ = write!(
        out,
        r#"<caption class="away">{}: {}</caption><thead><tr>"#,
        t.lane(lane),
        c.numbers
    );
    let _ = write!(out, r#"<th scope="col">{}</th>"#, c.week);
    for head in [c.row_done, c.row_due, c.row_scope] {
        let _ = write!(out, r#"<th scope="col" class="num">{head}</th>"#);
    }
    out.push_str("</tr></thead><tbody>");
    for week in &weeks {
        let _ = write!(out, r#"<tr><th scope="row">{}</th>"#, week.number);
        for steps in [&burn.done, &burn.due, &burn.scope] {
            let _ = write!(
                out,
                r#"<td class="num">{}</td>"#,
                steps.at((week.at + 7.0).min(now))
            );
        }
        out.push_str("</tr>");
    }
    out.push_str("</tbody>");
    out
}
