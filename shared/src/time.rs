//! Days and moments: UTC inside, calendar days in the launch's own zone.
//!
//! A zone is a table of offsets, made at the edge from the time zone database and kept in the
//! journal, so that server and browser agree to the second without carrying that database.

use std::ops::RangeInclusive;

use chrono::{DateTime, Days, NaiveDate, NaiveTime, TimeDelta, Utc};
use serde::{Deserialize, Serialize};

use crate::text::Line;

/// A moment, in UTC.
pub type Instant = DateTime<Utc>;

/// The years that a moment may lie in where somebody gives one: beyond them a typing error is
/// likelier, and the calendar has room on both sides to reckon with.
pub const YEARS: RangeInclusive<i32> = 2000..=2199;

/// [`YEARS`] in words.
pub fn years() -> String {
    format!("{} – {}", YEARS.start(), YEARS.end())
}

/// Reads a moment as RFC 3339 writes it, with any offset.
///
/// ```
/// let t = startklar::time::parse_instant("2026-05-12T10:00:00+02:00")?;
/// assert_eq!(t.to_rfc3339(), "2026-05-12T08:00:00+00:00");
/// # Ok::<(), chrono::ParseError>(())
/// ```
pub fn parse_instant(text: &str) -> Result<Instant, chrono::ParseError> {
    DateTime::parse_from_rfc3339(text).map(|t| t.with_timezone(&Utc))
}

/// A named time zone as offsets over the launch's life.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Zone {
    /// The name in the time zone database, such as `Europe/Berlin`.
    pub name: Line,
    /// Minutes east of UTC before the first change.
    pub offset: i16,
    /// From this moment on, these minutes east of UTC; ascending.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub changes: Vec<(Instant, i16)>,
}

impl Default for Zone {
    fn default() -> Self {
        Self::fixed("UTC", 0)
    }
}

impl Zone {
    /// A zone that never changes its offset. A name that is no title becomes `UTC`.
    pub fn fixed(name: &str, offset: i16) -> Self {
        let name = name.parse().or_else(|_| "UTC".parse());
        // "UTC" is a valid line, so the second parse cannot fail; an impossible state stays a no-op.
        let Ok(name) = name else {
            unreachable!("UTC is a title")
        };
        Self {
            name,
            offset,
            changes: Vec::new(),
        }
    }

    /// Minutes east of UTC at a moment.
    pub fn offset_at(&self, at: Instant) -> i16 {
        self.changes
            .iter()
            .rev()
            .find(|(from, _)| *from <= at)
            .map_or(self.offset, |(_, o)| *o)
    }

    /// The wall clock at a moment, as a date and a time without zone.
    pub fn local(&self, at: Instant) -> chrono::NaiveDateTime {
        let utc = at.naive_utc();
        let offset = TimeDelta::minutes(i64::from(self.offset_at(at)));
        // At the calendar's ends there is no other day to be shown.
        utc.checked_add_signed(offset).unwrap_or(utc)
    }

    /// The calendar day of a moment.
    pub fn day(&self, at: Instant) -> NaiveDate {
        self.local(at).date()
    }

    /// The moment at which the wall clock shows this date and time. In the hour that is skipped or
    /// doubled twice a year the offset before the change counts.
    pub fn instant(&self, date: NaiveDate, time: NaiveTime) -> Instant {
        let wall = date.and_time(time).and_utc();
        let with = |offset: i16| {
            let at = wall.checked_sub_signed(TimeDelta::minutes(i64::from(offset)));
            at.unwrap_or(wall)
        };
        let mut offset = self.offset;
        for (from, next) in &self.changes {
            // Shown before the change, be it for the first of two times; or skipped by it: with the
            // offset after, it would lie before the change. That way a day whose midnight is
            // skipped begins with the change, and not the day before.
            if with(offset) < *from || with(*next) < *from {
                break;
            }
            offset = *next;
        }
        with(offset)
    }

    /// The first moment of a day.
    pub fn start_of(&self, date: NaiveDate) -> Instant {
        self.instant(date, NaiveTime::MIN)
    }

    /// The first moment of the day after: what is due on a day is late from here on.
    pub fn end_of(&self, date: NaiveDate) -> Instant {
        self.start_of(plus(date, 1))
    }
}

/// A day, so many days later (or earlier, when negative); stops at the calendar's ends.
pub fn plus(date: NaiveDate, days: i64) -> NaiveDate {
    let by = Days::new(days.unsigned_abs());
    if days >= 0 {
        date.checked_add_days(by).unwrap_or(NaiveDate::MAX)
    } else {
        date.checked_sub_days(by).unwrap_or(NaiveDate::MIN)
    }
}

/// Days from one day to another, negative when the second lies before.
pub fn days_between(from: NaiveDate, to: NaiveDate) -> i64 {
    to.signed_duration_since(from).num_days()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn berlin() -> Zone {
        Zone {
            changes: vec![(parse_instant("2026-03-29T01:00:00Z").unwrap(), 120)],
            ..Zone::fixed("Europe/Berlin", 60)
        }
    }

    #[test]
    fn a_day_ends_at_the_zones_midnight() {
        let day: NaiveDate = "2026-03-28".parse().unwrap();
        assert_eq!(
            berlin().end_of(day),
            parse_instant("2026-03-28T23:00:00Z").unwrap()
        );
        assert_eq!(
            berlin().end_of(plus(day, 1)),
            parse_instant("2026-03-29T22:00:00Z").unwrap()
        );
    }

    #[test]
    fn the_day_of_a_moment_is_local() {
        let late = parse_instant("2026-03-31T22:30:00Z").unwrap();
        assert_eq!(berlin().day(late).to_string(), "2026-04-01");
    }

    fn at(zone: &str, wall: &str) -> String {
        let zone = crate::zones::life(zone, "2027-03-01".parse().unwrap()).unwrap();
        let (day, time) = wall.split_once('T').unwrap();
        let found = zone.instant(day.parse().unwrap(), time.parse().unwrap());
        found.format("%Y-%m-%dT%H:%MZ").to_string()
    }

    #[test]
    fn in_a_skipped_or_doubled_hour_the_offset_before_counts() {
        for (zone, wall, utc) in [
            // Doubled: the earlier of two moments.
            ("Europe/Berlin", "2027-10-31T02:30:00", "2027-10-31T00:30Z"),
            ("Europe/Berlin", "2027-10-31T03:00:00", "2027-10-31T02:00Z"),
            (
                "America/New_York",
                "2027-11-07T01:30:00",
                "2027-11-07T05:30Z",
            ),
            (
                "America/New_York",
                "2027-11-07T02:00:00",
                "2027-11-07T07:00Z",
            ),
            // Skipped: as if the clocks had not changed yet.
            ("Europe/Berlin", "2027-03-28T02:30:00", "2027-03-28T01:30Z"),
            (
                "America/New_York",
                "2027-03-14T02:30:00",
                "2027-03-14T07:30Z",
            ),
            // A day that begins at one o'clock.
            ("Asia/Beirut", "2027-03-28T00:00:00", "2027-03-27T22:00Z"),
        ] {
            assert_eq!(at(zone, wall), utc, "{zone} {wall}");
        }
    }

    #[test]
    fn the_calendars_ends_are_no_fault() {
        for zone in [berlin(), Zone::fixed("America/New_York", -300)] {
            for end in [Instant::MIN_UTC, Instant::MAX_UTC] {
                zone.end_of(zone.day(end));
            }
        }
    }

    #[test]
    fn wall_clock_and_back() {
        for t in [
            "2026-03-28T12:00:00Z",
            "2026-03-29T12:00:00Z",
            "2026-05-12T08:00:00Z",
        ] {
            let t = parse_instant(t).unwrap();
            let local = berlin().local(t);
            assert_eq!(berlin().instant(local.date(), local.time()), t);
        }
    }
}
