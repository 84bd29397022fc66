//! The fleet: the strip of each launch reduced to one line, on one calendar for all.

mod calendar;

use std::fmt::Write as _;

use chrono::{Datelike as _, NaiveDate};
use startklar::{
    Assessment, Lane, Launch, Locale,
    texts::{day_seen, fill, short_day},
    time::{Instant, days_between},
};

use super::{
    burnup::Steps,
    escape,
    scale::{Pct, Scale, real, short, text_width},
    work::{self, Work},
};

pub use calendar::Calendar;

/// The head of the calendar: its months and today. It also holds what every line draws again.
pub fn head(calendar: &Calendar, locale: Locale) -> String {
    let t = locale.catalogue();
    let mut out = String::with_capacity(2048);
    out.push_str(r#"<svg aria-hidden="true"><defs><g id="fleet-months">"#);
    for month in calendar.months() {
        let x = calendar.day(month);
        // Writing to a string cannot fail, here and below.
        let _ = write!(
            out,
            r#"<line class="g-week" x1="{x}" x2="{x}" y1="0" y2="56"/>"#
        );
    }
    let x = calendar.day(calendar.today);
    let _ = write!(
        out,
        r#"</g><g id="fleet-now"><rect class="g-now" x="{x}" width="5" y="0" height="56" transform="translate(-2.5)"/><line class="g-nowline" x1="{x}" x2="{x}" y1="0" y2="56"/></g></defs>"#
    );
    let many = calendar.days > 200;
    let today = short_day(locale, calendar.today);
    let flag = text_width(&today, true) + 10.0;
    for month in calendar.months() {
        let at = calendar.day(month);
        let _ = write!(
            out,
            r#"<line class="g-week" x1="{at}" x2="{at}" y1="4" y2="28"/>"#
        );
        let name = t.dates.months[month.month0() as usize];
        let name = if many {
            name.chars().take(3).collect()
        } else {
            name.to_owned()
        };
        // Today's flag covers the name of a month that begins close to it.
        let from = (at.0 - x.0) / 100.0 * 380.0;
        if !(-text_width(&name, false) - 10.0..=flag).contains(&from) {
            let _ = write!(
                out,
                r#"<text class="g-quiet" x="{at}" y="18" dx="6">{name}</text>"#
            );
        }
    }
    let flips = x.0 / 100.0 * 380.0 + flag > 400.0;
    let shift = if flips { 2.5 - flag } else { -2.5 };
    let _ = write!(
        out,
        r#"<rect class="g-now" x="{x}" y="4" width="{}" height="20" transform="translate({})"/><text class="g-nowtext" x="{x}" y="18" dx="{}" text-anchor="middle">{today}</text><rect class="g-now" x="{x}" y="4" width="5" height="24" transform="translate(-2.5)"/></svg>"#,
        short(flag.round()),
        short(shift),
        short(shift + flag / 2.0)
    );
    out
}

/// A launch on the calendar: technical work above its weeks, the rest below.
pub fn line(
    launch: &Launch,
    assessment: &Assessment,
    calendar: &Calendar,
    locale: Locale,
) -> String {
    let Some(scale) = Scale::of(launch, assessment) else {
        return String::new();
    };
    let works = work::of(launch, assessment);
    let mut out = String::with_capacity(2048);
    let spoken = spoken(launch, assessment, locale);
    let _ = write!(
        out,
        r##"<svg role="img" aria-label="{}"><use href="#fleet-months"/>"##,
        escape(&spoken)
    );
    let ends = Ends::of(launch, assessment, &scale);
    let from = calendar.day(ends.start);
    let to = calendar.day(ends.moment);
    let now = calendar.day(ends.worked);
    if now.0 > from.0 {
        let _ = write!(
            out,
            r#"<rect class="g-track" x="{from}" width="{}" y="8" height="40"/>"#,
            Pct(now.0 - from.0)
        );
    }
    for (lane, y) in [(Lane::Technical, 8), (Lane::NonTechnical, 32)] {
        staircase(&mut out, launch, calendar, &works, lane, y, ends.worked);
    }
    let _ = write!(
        out,
        r#"<rect class="g-band" x="{from}" width="{}" y="24" height="8"/>"#,
        Pct((to.0 - from.0).max(0.0))
    );
    ends.draw(&mut out, calendar);
    out.push_str("</svg>");
    out
}

/// The days at which something begins or ends.
struct Ends {
    start: NaiveDate,
    moment: NaiveDate,
    worked: NaiveDate,
    honest: Option<NaiveDate>,
    watch: Option<NaiveDate>,
}

impl Ends {
    fn of(launch: &Launch, assessment: &Assessment, scale: &Scale<'_>) -> Self {
        let moment = scale.date(scale.moment);
        Self {
            start: launch.schedule.as_ref().map_or(moment, |s| s.start),
            moment,
            worked: assessment.today.min(moment),
            honest: scale.honest.map(|at| scale.date(at)),
            watch: scale.watch.map(|at| scale.date(at)),
        }
    }

    fn draw(&self, out: &mut String, calendar: &Calendar) {
        let moment = calendar.day(self.moment);
        if let Some(watch) = self.watch.filter(|w| *w > calendar.left) {
            let x = calendar.day(watch);
            let _ = write!(
                out,
                r#"<line class="g-watch" x1="{moment}" x2="{x}" y1="28" y2="28"/>"#
            );
            if calendar.holds(watch) {
                let _ = write!(
                    out,
                    r#"<line class="g-after" x1="{x}" x2="{x}" y1="22" y2="34"/>"#
                );
            }
        }
        if let Some(honest) = self.honest.filter(|h| calendar.holds(*h)) {
            let x = calendar.day(honest);
            let _ = write!(
                out,
                r#"<line class="g-honest" x1="{x}" x2="{x}" y1="4" y2="52"/>"#
            );
        }
        out.push_str(r##"<use href="#fleet-now"/>"##);
        if calendar.holds(self.moment) {
            let _ = write!(
                out,
                r#"<line class="g-launch" x1="{moment}" x2="{moment}" y1="4" y2="52"/>"#
            );
        }
    }
}

/// What a lane has closed, as a share of what it owes: upwards above the band, downwards below.
fn staircase(
    out: &mut String,
    launch: &Launch,
    calendar: &Calendar,
    works: &[Work],
    lane: Lane,
    y: u32,
    end: NaiveDate,
) {
    let own = || {
        works
            .iter()
            .filter(|w| w.discipline.lane() == lane && w.gone.is_none())
    };
    let all = own().count();
    let place = |day| f64::from(i32::try_from(days_between(calendar.left, day)).unwrap_or(0));
    let steps = Steps::of(
        own()
            .filter_map(|w| w.closed)
            .map(|at| (place(launch.day(at)), true)),
    );
    if steps.steps().is_empty() || end <= calendar.left {
        return;
    }
    let (ground, sign) = if lane == Lane::Technical {
        (all, -1.0)
    } else {
        (0, 1.0)
    };
    let ground = real(ground);
    let _ = write!(
        out,
        r#"<svg viewBox="0 0 {} {all}" preserveAspectRatio="none" y="{y}" width="100%" height="16"><path class="g-done" d="M"#,
        calendar.days
    );
    for (step, (at, n)) in steps.steps().iter().enumerate() {
        let height = ground + sign * real(*n);
        let (at, height) = (short(*at), short(height));
        let _ = if step == 0 {
            write!(out, "{at} {}V{height}", short(ground))
        } else {
            write!(out, "H{at}V{height}")
        };
    }
    let _ = write!(out, r#"H{}V{}z"/></svg>"#, short(place(end)), short(ground));
}

fn spoken(launch: &Launch, assessment: &Assessment, locale: Locale) -> String {
    let p = &locale.catalogue().portfolio;
    let Some(schedule) = &launch.schedule else {
        return String::new();
    };
    let at = |at: Instant| day_seen(locale, assessment.today, launch.day(at));
    let template = if launch.launched.is_some() {
        p.chart_launched
    } else {
        p.chart
    };
    let mut text = fill(
        template,
        &[
            ("title", &schedule.title),
            ("start", &day_seen(locale, assessment.today, schedule.start)),
            (
                "launch",
                &at(launch.launched.map_or(schedule.moment, |l| l.at)),
            ),
        ],
    );
    let late = assessment
        .outlook
        .honest
        .filter(|h| Some(*h) > launch.launch_day());
    if let Some(honest) = late {
        text.push_str(&fill(
            p.chart_honest,
            &[("day", &day_seen(locale, assessment.today, honest))],
        ));
    }
    text
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "tests fail by panic")]
mod tests;
