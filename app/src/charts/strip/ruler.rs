//! The band of weeks.

use std::fmt::Write as _;

use chrono::{Datelike as _, NaiveDate};
use startklar::{
    Locale,
    texts::{count, fill},
    time::days_between,
};

use super::{
    Strip,
    draw::Words,
    room::{MEDIUM, PHONE, WIDE, WIDEST, roomy},
};
use crate::charts::scale::{Scale, Strides, Week, short, text_width};

/// The band of weeks between the lanes. It also holds what every row draws again: the hairlines of
/// the weeks and the missing time below a row's shape, today and the ends above it.
pub(super) fn ruler(out: &mut String, strip: &Strip<'_>, words: &Words<'_>) {
    let scale = &strip.scale;
    let non_technical = words
        .locale
        .catalogue()
        .non_technical
        .replace('-', "-<wbr>");
    let _ = write!(
        out,
        r#"<tbody><tr class="ruler"><th scope="row" class="lane">{non_technical}</th><td><svg aria-hidden="true"><defs><g id="strip-weeks">"#
    );
    for x in scale.hairlines() {
        let _ = write!(
            out,
            r#"<line class="g-week" x1="{x}" x2="{x}" y1="0" y2="32"/>"#
        );
    }
    slip(out, scale, 32);
    out.push_str(r#"</g><g id="strip-lines">"#);
    lines(out, scale, 32);
    out.push_str("</g></defs>");
    band(out, scale, words);
    out.push_str(r#"</svg></td><td colspan="3"></td></tr></tbody>"#);
}

/// Today, launch moment and honest date over this height.
fn lines(out: &mut String, scale: &Scale<'_>, height: u32) {
    if scale.shows_now() {
        now(out, scale, 0, height);
    }
    ends(out, scale, height);
}

fn slip(out: &mut String, scale: &Scale<'_>, height: u32) {
    if let Some(honest) = scale.honest {
        let _ = write!(
            out,
            r#"<rect class="g-slip" x="{}" width="{}" y="0" height="{height}"/>"#,
            scale.x(scale.moment),
            scale.span(scale.moment, honest)
        );
    }
}

fn now(out: &mut String, scale: &Scale<'_>, y: u32, height: u32) {
    let x = scale.x(scale.now);
    let _ = write!(
        out,
        r#"<rect class="g-now" x="{x}" width="5" y="{y}" height="{height}" transform="translate(-2.5)"/><line class="g-nowline" x1="{x}" x2="{x}" y1="{y}" y2="{}"/>"#,
        y + height
    );
}

fn ends(out: &mut String, scale: &Scale<'_>, height: u32) {
    let x = scale.x(scale.moment);
    let _ = write!(
        out,
        r#"<line class="g-launch" x1="{x}" x2="{x}" y1="0" y2="{height}"/>"#
    );
    if let Some(honest) = scale.honest {
        let x = scale.x(honest);
        let _ = write!(
            out,
            r#"<line class="g-honest" x1="{x}" x2="{x}" y1="0" y2="{height}"/>"#
        );
    }
}

fn band(out: &mut String, scale: &Scale<'_>, words: &Words<'_>) {
    let from = f64::from(7 * scale.before);
    slip(out, scale, 40);
    let _ = write!(
        out,
        r#"<rect class="g-band" x="{}" y="4" width="{}" height="32"/>"#,
        scale.x(from),
        scale.span(from, scale.moment)
    );
    if let Some(watch) = scale.watch {
        let (from, to) = (scale.x(scale.moment), scale.x(watch));
        let _ = write!(
            out,
            r#"<line class="g-watch" x1="{from}" x2="{to}" y1="20" y2="20"/><line class="g-after" x1="{to}" x2="{to}" y1="13" y2="27"/>"#
        );
    }
    weeks(out, scale, words);
    if scale.shows_now() {
        // Over the band this week is yellow already.
        let inside = (from..=scale.moment).contains(&scale.now);
        for (y, height) in if inside {
            [(0, 4), (36, 4)]
        } else {
            [(0, 20), (20, 20)]
        } {
            now(out, scale, y, height);
        }
    }
    ends(out, scale, 40);
    late_by(out, scale, words);
}

/// Room in px that a week's number takes, and its number with its first day.
const NUMBER: f64 = 17.0;
const DATED: f64 = 70.0;

/// Numbers and first days of the weeks, as far as there is room.
fn weeks(out: &mut String, scale: &Scale<'_>, words: &Words<'_>) {
    let n = f64::from(scale.weeks);
    let page = if n * DATED <= WIDEST { WIDEST } else { WIDE };
    let strides = Strides::of(
        scale.weeks,
        [DATED / page, NUMBER / MEDIUM, (NUMBER - 2.0) / PHONE],
    );
    let each = strides.wide() == 1;
    let with_dates = if n / f64::from(strides.wide()) * DATED <= WIDE {
        "dt"
    } else {
        "dt widest"
    };
    for week in scale.each_week(scale.moment, strides) {
        let x = scale.x(week.at);
        if week.now {
            this_week(out, scale, &week, !each);
        }
        let Some(room) = week.room else { continue };
        let (number, date) = if week.now {
            ("g-nowtext", "g-nowtext")
        } else {
            ("g-bandtext", "g-banddate")
        };
        let dx = if each { 7 } else { 4 };
        let _ = write!(
            out,
            r#"<text class="{number} wk{}" x="{x}" y="25" dx="{dx}">{}</text>"#,
            room.class(),
            week.number
        );
        let left = (scale.moment - week.at) / scale.width() * WIDE;
        if (each || !week.now) && left > DATED - 6.0 {
            let dx = dx + if week.number < 10 { 13 } else { 21 };
            let day = week_day(words.locale, week.first);
            let _ = write!(
                out,
                r#"<text class="{date} {with_dates}" x="{x}" y="25" dx="{dx}">{day}</text>"#
            );
        }
    }
}

/// This week in yellow; where a week is narrower than its number, as wide as that.
fn this_week(out: &mut String, scale: &Scale<'_>, week: &Week, long: bool) {
    let x = scale.x(week.at);
    let end = (week.at + 7.0).min(scale.moment);
    let width = scale.span(week.at, end);
    let _ = write!(
        out,
        r#"<rect class="g-now" x="{x}" y="4" width="{width}" height="32"/>"#
    );
    let narrow = f64::from(scale.weeks) * NUMBER > MEDIUM;
    let classes: &[&str] = match (long, narrow) {
        (true, _) => &[""],
        (_, true) => &[" medium", " narrow"],
        _ => &[],
    };
    for class in classes {
        let _ = write!(
            out,
            r#"<rect class="g-now{class}" x="{x}" y="4" width="22" height="32"/>"#
        );
    }
}

/// The first day of a week, as short as it can be.
fn week_day(locale: Locale, day: NaiveDate) -> String {
    let t = locale.catalogue();
    let month = t.dates.months[day.month0() as usize];
    fill(
        t.charts.week_day,
        &[("d", &day.day()), ("month", &month), ("m", &day.month())],
    )
}

/// How many days lie between launch moment and honest date, where there is room to say it.
fn late_by(out: &mut String, scale: &Scale<'_>, words: &Words<'_>) {
    let (Some(at), Some(honest)) = (scale.honest, words.honest) else {
        return;
    };
    let days = days_between(scale.date(scale.moment), honest);
    let text = count(
        &words.locale.catalogue().charts.slip,
        usize::try_from(days).unwrap_or_default(),
    );
    let width = text_width(&text, true).ceil() + 12.0;
    let share = scale.span(scale.moment, at).0 / 100.0;
    let Some(class) = roomy(share, width + 8.0) else {
        return;
    };
    let x = scale.x(f64::midpoint(scale.moment, at));
    let _ = write!(
        out,
        r#"<rect class="g-paper {class}" x="{x}" y="10" width="{}" height="20" transform="translate(-{})"/><text class="g-latetext {class}" x="{x}" y="25" text-anchor="middle">{text}</text>"#,
        short(width),
        short(width / 2.0)
    );
}
