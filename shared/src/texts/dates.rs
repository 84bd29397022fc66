//! Days and times as people of a language write them; relative ones beside absolute ones.

use chrono::{Datelike, NaiveDate, Timelike};

use super::{Locale, count, fill};
use crate::{
    Launch,
    time::{Instant, Zone, days_between},
};

fn weekday(locale: Locale, date: NaiveDate) -> &'static str {
    locale.catalogue().dates.weekdays[date.weekday().num_days_from_monday() as usize]
}

fn month(locale: Locale, date: NaiveDate) -> &'static str {
    locale.catalogue().dates.months[date.month0() as usize]
}

/// “Thu 21 May”, “Do 21. Mai”.
///
/// ```
/// use startklar::{Locale, texts::day};
/// let date = "2026-05-21".parse()?;
/// assert_eq!(day(Locale::En, date), "Thu 21 May");
/// assert_eq!(day(Locale::De, date), "Do 21. Mai");
/// # Ok::<(), chrono::ParseError>(())
/// ```
pub fn day(locale: Locale, date: NaiveDate) -> String {
    fill(
        locale.catalogue().dates.day,
        &[
            ("weekday", &weekday(locale, date)),
            ("d", &date.day()),
            ("month", &month(locale, date)),
        ],
    )
}

/// “21 May”, “21. Mai”.
pub fn short_day(locale: Locale, date: NaiveDate) -> String {
    fill(
        locale.catalogue().dates.short_day,
        &[("d", &date.day()), ("month", &month(locale, date))],
    )
}

/// “Thu 21 May 2026”, “Do 21. Mai 2026”.
pub fn day_year(locale: Locale, date: NaiveDate) -> String {
    format!("{} {}", day(locale, date), date.year())
}

/// The day as it is said on another day: with its year only where that is not the year of `today`.
///
/// ```
/// use startklar::{Locale, texts::day_seen};
/// let today = "2026-12-20".parse()?;
/// assert_eq!(day_seen(Locale::En, today, "2026-12-24".parse()?), "Thu 24 Dec");
/// assert_eq!(day_seen(Locale::De, today, "2027-01-05".parse()?), "Di 5. Jan. 2027");
/// # Ok::<(), chrono::ParseError>(())
/// ```
pub fn day_seen(locale: Locale, today: NaiveDate, date: NaiveDate) -> String {
    if date.year() == today.year() {
        day(locale, date)
    } else {
        day_year(locale, date)
    }
}

/// The short day as it is said on another day: with its year only where that is not the year of `today`.
pub fn short_day_seen(locale: Locale, today: NaiveDate, date: NaiveDate) -> String {
    let short = short_day(locale, date);
    if date.year() == today.year() {
        short
    } else {
        format!("{short} {}", date.year())
    }
}

/// “14:20”, in a zone.
pub fn clock(zone: &Zone, at: Instant) -> String {
    let local = zone.local(at);
    format!("{:02}:{:02}", local.hour(), local.minute())
}

/// “Thu 16 Apr, 14:20”, by the launch's own clock; with its year where that is not the year of today.
pub fn day_clock(locale: Locale, launch: &Launch, today: NaiveDate, at: Instant) -> String {
    format!(
        "{}, {}",
        day_seen(locale, today, launch.day(at)),
        clock(&launch.zone(), at)
    )
}

/// “Thu 21 May 2026, 14:20”, in a zone.
pub fn day_year_clock(locale: Locale, zone: &Zone, at: Instant) -> String {
    format!("{}, {}", day_year(locale, zone.day(at)), clock(zone, at))
}

/// “in 9 days”, “tomorrow”, “today”, “yesterday”, “9 days ago”, seen from `today`.
pub fn ago(locale: Locale, today: NaiveDate, date: NaiveDate) -> String {
    let d = &locale.catalogue().dates;
    let days = days_between(today, date);
    let n = usize::try_from(days.unsigned_abs()).unwrap_or(usize::MAX);
    match days {
        0 => d.today.to_owned(),
        1 => d.tomorrow.to_owned(),
        -1 => d.yesterday.to_owned(),
        2.. => count(&d.in_days, n),
        _ => count(&d.days_ago, n),
    }
}

/// “T−26” before the launch day, “T+3” after it; a true minus sign.
pub fn t_minus(date: NaiveDate, launch_day: NaiveDate) -> String {
    let days = days_between(launch_day, date);
    let sign = if days > 0 { '+' } else { '−' };
    format!("T{sign}{}", days.abs())
}
