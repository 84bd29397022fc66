//! Time zones by name: offsets out of the time zone database, for a launch's life.
//!
//! The library counts days by a [`Zone`], a table of offsets that the journal keeps. This module
//! makes such tables, at the edge only, so that the database stays out of the browser.

use std::str::FromStr;

use chrono::{NaiveDate, NaiveTime, Offset as _, TimeDelta, TimeZone as _};
use chrono_tz::Tz;

use crate::time::{Instant, Zone, plus};

/// Days before the first day of week 1 that a launch's zone covers.
const BEFORE: i64 = 400;
/// Days after it: the furthest launch moment, and 800 more.
const AFTER: i64 = 1_900;

/// The zone with this name in the time zone database, with every change of its offset between two
/// days. `None` when the database has no such name.
///
/// ```
/// use startklar::{time::parse_instant, zones::zone};
/// let berlin = zone("Europe/Berlin", "2026-01-01".parse()?, "2026-12-31".parse()?);
/// let berlin = berlin.ok_or("no such zone")?;
/// assert_eq!(berlin.offset, 60);
/// assert_eq!(berlin.changes.len(), 2);
/// assert_eq!(berlin.offset_at(parse_instant("2026-05-12T08:00:00Z")?), 120);
/// assert!(zone("Europe/Atlantis", "2026-01-01".parse()?, "2026-12-31".parse()?).is_none());
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn zone(name: &str, from: NaiveDate, to: NaiveDate) -> Option<Zone> {
    let tz = Tz::from_str(name).ok()?;
    let mut at = from.and_time(NaiveTime::MIN).and_utc();
    let end = to.and_time(NaiveTime::MIN).and_utc();
    let mut zone = Zone::fixed(name, offset(tz, at));
    let mut known = zone.offset;
    while at < end
        && let Some(next) = at.checked_add_signed(TimeDelta::hours(6))
    {
        let then = offset(tz, next);
        if then != known {
            zone.changes.push((change(tz, at, next), then));
            known = then;
        }
        at = next;
    }
    Some(zone)
}

/// The zone with this name over the whole life that a launch starting on this day can have: from
/// 400 days before it to 1,900 after it. It does not depend on the launch moment, so moving that
/// moment leaves the zone as it is.
pub fn life(name: &str, start: NaiveDate) -> Option<Zone> {
    zone(name, plus(start, -BEFORE), plus(start, AFTER))
}

/// Minutes east of UTC. Since 1972 every offset has been a whole number of minutes.
fn offset(tz: Tz, at: Instant) -> i16 {
    let seconds = tz
        .offset_from_utc_datetime(&at.naive_utc())
        .fix()
        .local_minus_utc();
    i16::try_from(seconds / 60).unwrap_or_default()
}

/// The second at which the offset changes, between two moments on either side of the change.
fn change(tz: Tz, mut before: Instant, mut after: Instant) -> Instant {
    let old = offset(tz, before);
    while (after - before) > TimeDelta::seconds(1) {
        let middle = before + TimeDelta::seconds((after - before).num_seconds() / 2);
        if offset(tz, middle) == old {
            before = middle;
        } else {
            after = middle;
        }
    }
    after
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::time::parse_instant;

    #[test]
    fn a_change_is_found_to_the_second() {
        let berlin = life("Europe/Berlin", "2026-03-02".parse().unwrap()).unwrap();
        let spring = parse_instant("2026-03-29T01:00:00Z").unwrap();
        assert!(berlin.changes.contains(&(spring, 120)));
        let autumn = parse_instant("2026-10-25T01:00:00Z").unwrap();
        assert!(berlin.changes.contains(&(autumn, 60)));
    }

    #[test]
    fn utc_never_changes() {
        let utc = life("UTC", "2026-03-02".parse().unwrap());
        assert_eq!(utc, Some(Zone::default()));
    }

    #[test]
    fn the_table_agrees_with_the_database_everywhere() {
        let start: NaiveDate = "2026-03-02".parse().unwrap();
        for name in [
            "America/St_Johns",
            "Africa/Casablanca",
            "Australia/Lord_Howe",
            "Asia/Kathmandu",
        ] {
            let table = life(name, start).unwrap();
            let tz: Tz = name.parse().unwrap();
            for hour in 0..(1_900 * 24) {
                let at = start.and_time(NaiveTime::MIN).and_utc() + TimeDelta::hours(hour);
                assert_eq!(table.offset_at(at), offset(tz, at), "{name} at {at}");
            }
        }
    }
}
