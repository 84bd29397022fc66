//! Hours of the day in which nobody is written to.

use std::fmt;

use chrono::{NaiveTime, Timelike as _};

/// Minutes of a day.
const DAY: u16 = 1_440;

/// From one time of the day to another, by the reader's clock; over midnight when the second is the
/// earlier. None are quiet when both are the same.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Quiet {
    /// When they begin, in minutes after midnight.
    from: u16,
    /// When they are over, in the same.
    until: u16,
}

impl Default for Quiet {
    /// From eight in the evening to seven in the morning.
    fn default() -> Self {
        Self {
            from: 20 * 60,
            until: 7 * 60,
        }
    }
}

impl Quiet {
    /// From and until, in minutes after midnight. `None` when one of them is no time of a day.
    pub fn of_minutes(from: i64, until: i64) -> Option<Self> {
        let minutes = |given: i64| u16::try_from(given).ok().filter(|minutes| *minutes < DAY);
        Some(Self {
            from: minutes(from)?,
            until: minutes(until)?,
        })
    }

    /// From and until as a form sends them: `20:00`. `None` when one of them is no time.
    pub fn read(from: &str, until: &str) -> Option<Self> {
        let minutes = |given: &str| {
            let time = NaiveTime::parse_from_str(given.trim(), "%H:%M").ok()?;
            u16::try_from(time.hour() * 60 + time.minute()).ok()
        };
        Some(Self {
            from: minutes(from)?,
            until: minutes(until)?,
        })
    }

    /// From and until in minutes after midnight.
    pub const fn minutes(self) -> (u16, u16) {
        (self.from, self.until)
    }

    /// From and until as a form shows them.
    pub fn shown(self) -> (String, String) {
        (Clock(self.from).to_string(), Clock(self.until).to_string())
    }

    /// Whether it is quiet at a time of the day.
    pub fn holds_at(self, time: NaiveTime) -> bool {
        let now = u16::try_from(time.hour() * 60 + time.minute()).unwrap_or_default();
        if self.from <= self.until {
            (self.from..self.until).contains(&now)
        } else {
            now >= self.from || now < self.until
        }
    }
}

struct Clock(u16);

impl fmt::Display for Clock {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:02}:{:02}", self.0 / 60, self.0 % 60)
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "tests fail by panic")]
mod tests {
    use super::*;

    fn holds(from: &str, until: &str, time: &str) -> bool {
        let quiet = Quiet::read(from, until).unwrap();
        quiet.holds_at(time.parse().unwrap())
    }

    #[test]
    fn they_may_go_over_midnight() {
        for (time, quiet) in [
            ("19:59:59", false),
            ("20:00:00", true),
            ("00:00:00", true),
            ("06:59:59", true),
            ("07:00:00", false),
        ] {
            assert_eq!(holds("20:00", "07:00", time), quiet, "{time}");
            assert_ne!(holds("07:00", "20:00", time), quiet, "{time}");
        }
    }

    #[test]
    fn the_same_twice_is_never() {
        assert!(!holds("00:00", "00:00", "00:00:00"));
        assert!(!holds("12:00", "12:00", "12:00:00"));
    }

    #[test]
    fn what_is_shown_is_read_again() {
        let quiet = Quiet::default();
        let (from, until) = quiet.shown();
        assert_eq!((from.as_str(), until.as_str()), ("20:00", "07:00"));
        assert_eq!(Quiet::read(&from, &until), Some(quiet));
        assert_eq!(Quiet::read("24:00", "07:00"), None);
        assert_eq!(Quiet::read("20:00", ""), None);
        assert_eq!(Quiet::of_minutes(1_440, 0), None);
        assert_eq!(Quiet::of_minutes(0, -1), None);
    }
}
