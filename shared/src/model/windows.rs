//! When a launch may happen: its release windows and freezes, by the clock of its zone.

use chrono::{Datelike, NaiveDate, NaiveDateTime, NaiveTime, Timelike};
use serde::{Deserialize, Serialize};

use super::Stamp;
use crate::{
    order::sort_by_key,
    text::{Line, Note},
    time::{Instant, YEARS, Zone, days_between, plus, years},
};

/// Why windows and freezes were not taken.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum BadWindows {
    /// A day that is none.
    #[error("a weekday is one of mon, tue, wed, thu, fri, sat, sun")]
    Weekday,
    /// A window on no day.
    #[error("a window is open on at least one weekday")]
    NoWeekday,
    /// A time that is none.
    #[error("a time of day is written 09:00")]
    Clock,
    /// A freeze that ends before it begins, or lasts too long.
    #[error("a freeze lasts 1 to 366 days")]
    Length,
    /// A freeze in another age.
    #[error("a freeze lies in the years {}", years())]
    Year,
    /// More windows than a launch has.
    #[error("at most 20 windows")]
    Windows,
    /// More freezes than a launch has.
    #[error("at most 100 freezes")]
    Freezes,
}

/// Days of the week, from Monday on; never none.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(try_from = "Vec<String>", into = "Vec<&'static str>")]
pub struct Weekdays(u8);

impl Weekdays {
    /// The stable names of the days.
    pub const CODES: [&str; 7] = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"];

    /// The days with these names.
    ///
    /// # Errors
    /// [`BadWindows`] where a name is none of [`Weekdays::CODES`], or there is none.
    pub fn of<'a>(codes: impl IntoIterator<Item = &'a str>) -> Result<Self, BadWindows> {
        let mut days = 0;
        for code in codes {
            let place = Self::CODES.iter().position(|known| *known == code);
            days |= 1 << place.ok_or(BadWindows::Weekday)?;
        }
        if days == 0 {
            return Err(BadWindows::NoWeekday);
        }
        Ok(Self(days))
    }

    /// Their places in the week, from 0 for Monday.
    pub fn places(self) -> impl Iterator<Item = usize> {
        (0..Self::CODES.len()).filter(move |place| self.0 >> place & 1 == 1)
    }

    /// Their names.
    pub fn codes(self) -> impl Iterator<Item = &'static str> {
        self.places()
            .filter_map(|place| Self::CODES.get(place).copied())
    }

    /// The same days, so many days later (or earlier, when negative).
    #[cfg(feature = "plan")]
    #[must_use]
    pub fn later(self, days: i64) -> Self {
        let days = days.rem_euclid(7);
        Self((self.0 << days | self.0 >> (7 - days)) & 0b111_1111)
    }

    /// Whether a date is one of them.
    pub fn hold(self, date: NaiveDate) -> bool {
        self.0 >> date.weekday().num_days_from_monday() & 1 == 1
    }
}

impl TryFrom<Vec<String>> for Weekdays {
    type Error = BadWindows;
    fn try_from(codes: Vec<String>) -> Result<Self, BadWindows> {
        Self::of(codes.iter().map(String::as_str))
    }
}

impl From<Weekdays> for Vec<&'static str> {
    fn from(days: Weekdays) -> Self {
        days.codes().collect()
    }
}

/// A time of day by the minute, written `09:00`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Clock(NaiveTime);

impl Clock {
    /// The same as the library of the calendar has it.
    pub const fn time(self) -> NaiveTime {
        self.0
    }
}

impl std::str::FromStr for Clock {
    type Err = BadWindows;
    fn from_str(text: &str) -> Result<Self, BadWindows> {
        let minutes = text.split_once(':').and_then(|(hour, minute)| {
            let two = |text: &str| (text.len() == 2).then(|| text.parse().ok()).flatten();
            NaiveTime::from_hms_opt(two(hour)?, two(minute)?, 0)
        });
        minutes.map(Self).ok_or(BadWindows::Clock)
    }
}

impl TryFrom<String> for Clock {
    type Error = BadWindows;
    fn try_from(text: String) -> Result<Self, BadWindows> {
        text.parse()
    }
}

impl From<Clock> for String {
    fn from(clock: Clock) -> Self {
        clock.to_string()
    }
}

impl std::fmt::Display for Clock {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{:02}:{:02}", self.0.hour(), self.0.minute())
    }
}

/// A release window: hours of some days of the week in which launches happen.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Window {
    /// The days on which it opens.
    pub days: Weekdays,
    /// When it opens.
    pub from: Clock,
    /// When it is closed again; on the day after, where this is no later than [`Window::from`].
    pub to: Clock,
}

impl Window {
    /// Whether it is closed only on the day after it opened.
    pub fn ends_next_day(&self) -> bool {
        self.to <= self.from
    }

    /// Whether it is open when the clock shows this.
    ///
    /// The clock alone decides: an hour that it shows twice is as open the second time as the first,
    /// and what it never shows is no part of a window.
    pub fn holds(&self, local: NaiveDateTime) -> bool {
        let (day, at) = (local.date(), local.time());
        let opened = self.days.hold(day) && self.from.0 <= at;
        if !self.ends_next_day() {
            return opened && at < self.to.0;
        }
        opened || self.days.hold(plus(day, -1)) && at < self.to.0
    }

    /// When it opens on a day; `None` where it does not.
    pub fn opens(&self, zone: &Zone, day: NaiveDate) -> Option<Instant> {
        let opens = day.and_time(self.from.0);
        let mut at = zone.instant(day, self.from.0);
        if zone.local(at) != opens {
            // The clock skips it: what is left of the window begins where the clock goes on.
            let mut changes = zone.changes.iter().rev();
            at = changes.find(|(from, _)| *from <= at)?.0;
        }
        (self.days.hold(day) && self.holds(zone.local(at))).then_some(at)
    }
}

/// Days on which nothing is launched.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "Days")]
pub struct Freeze {
    title: Line,
    first: NaiveDate,
    last: NaiveDate,
}

/// A freeze as somebody wrote it.
#[derive(Deserialize)]
struct Days {
    title: Line,
    first: NaiveDate,
    last: NaiveDate,
}

impl Freeze {
    /// Most days that one lasts.
    pub const LONGEST: i64 = 366;

    /// A freeze from its first day to its last, both included.
    ///
    /// # Errors
    /// [`BadWindows::Length`] where the last day lies before the first, or more than 365 days after it;
    /// [`BadWindows::Year`] where it lies beyond [`YEARS`].
    ///
    /// ```
    /// use startklar::model::Freeze;
    /// let day = |text: &str| text.parse().unwrap_or_default();
    /// let freeze = Freeze::new("Year end".parse()?, day("2026-12-18"), day("2027-01-06"))?;
    /// assert!(freeze.holds(day("2027-01-06")) && !freeze.holds(day("2027-01-07")));
    /// assert!(Freeze::new("None".parse()?, day("2027-01-06"), day("2026-12-18")).is_err());
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn new(title: Line, first: NaiveDate, last: NaiveDate) -> Result<Self, BadWindows> {
        if !(0..Self::LONGEST).contains(&days_between(first, last)) {
            return Err(BadWindows::Length);
        }
        if [first, last].iter().any(|day| !YEARS.contains(&day.year())) {
            return Err(BadWindows::Year);
        }
        Ok(Self { title, first, last })
    }

    /// What it is for.
    pub const fn title(&self) -> &Line {
        &self.title
    }

    /// Its first day.
    pub const fn first(&self) -> NaiveDate {
        self.first
    }

    /// Its last day.
    pub const fn last(&self) -> NaiveDate {
        self.last
    }

    /// Its place among others.
    fn place(&self) -> (NaiveDate, NaiveDate, Line) {
        (self.first, self.last, self.title.clone())
    }

    /// Whether a day is one of its days.
    pub fn holds(&self, day: NaiveDate) -> bool {
        (self.first..=self.last).contains(&day)
    }
}

impl TryFrom<Days> for Freeze {
    type Error = BadWindows;
    fn try_from(days: Days) -> Result<Self, BadWindows> {
        Self::new(days.title, days.first, days.last)
    }
}

/// The release windows and freezes of a launch, or of all launches of the workspace: each once, in
/// their order. Without a window any moment is fine that lies in no freeze.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "Lists")]
pub struct Windows {
    #[serde(skip_serializing_if = "Vec::is_empty")]
    windows: Vec<Window>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    freezes: Vec<Freeze>,
}

/// Windows and freezes as somebody wrote them.
#[derive(Deserialize)]
struct Lists {
    #[serde(default)]
    windows: Vec<Window>,
    #[serde(default)]
    freezes: Vec<Freeze>,
}

/// Days that are looked ahead: the longest freeze and half a year.
const FAR: i64 = 550;

impl Windows {
    /// Most windows.
    pub const MOST: usize = 20;
    /// Most freezes.
    pub const MOST_FREEZES: usize = 100;

    /// These windows and freezes.
    ///
    /// # Errors
    /// [`BadWindows`] where there are more than [`Windows::MOST`] or [`Windows::MOST_FREEZES`].
    pub fn new(mut windows: Vec<Window>, mut freezes: Vec<Freeze>) -> Result<Self, BadWindows> {
        sort_by_key(&mut windows, |window| *window);
        windows.dedup();
        sort_by_key(&mut freezes, Freeze::place);
        freezes.dedup();
        if windows.len() > Self::MOST {
            return Err(BadWindows::Windows);
        }
        if freezes.len() > Self::MOST_FREEZES {
            return Err(BadWindows::Freezes);
        }
        Ok(Self { windows, freezes })
    }

    /// The windows.
    pub fn windows(&self) -> &[Window] {
        &self.windows
    }

    /// The freezes, the first first.
    pub fn freezes(&self) -> &[Freeze] {
        &self.freezes
    }

    /// Whether others demand all that these do: the same windows, if there are any, and every freeze.
    #[cfg(feature = "drawn")]
    pub fn are_kept_by(&self, others: &Self) -> bool {
        let windows = self.windows.is_empty() || self.windows == others.windows;
        windows && self.freezes.iter().all(|f| others.freezes.contains(f))
    }

    /// Whether any moment is fine.
    pub const fn is_empty(&self) -> bool {
        self.windows.is_empty() && self.freezes.is_empty()
    }

    /// What a launch with these has once it adopts others: those windows, if there are any, and their
    /// freezes besides its own. Of its own freezes it keeps as many as there is room for.
    #[cfg(feature = "drawn")]
    #[must_use]
    pub fn adopting(&self, others: &Self) -> Self {
        let windows = if others.windows.is_empty() {
            &self.windows
        } else {
            &others.windows
        };
        let own = self.freezes.iter().filter(|f| !others.freezes.contains(f));
        let room = Self::MOST_FREEZES - others.freezes.len();
        let mut freezes: Vec<_> = others
            .freezes
            .iter()
            .chain(own.take(room))
            .cloned()
            .collect();
        sort_by_key(&mut freezes, Freeze::place);
        Self {
            windows: windows.clone(),
            freezes,
        }
    }

    /// Whether a moment lies in one of the windows, or there is none to lie in.
    pub fn are_open(&self, zone: &Zone, at: Instant) -> bool {
        let local = zone.local(at);
        self.windows.is_empty() || self.windows.iter().any(|window| window.holds(local))
    }

    /// The freeze that a day lies in; of several the one that lasts longest from then on.
    pub fn freeze(&self, day: NaiveDate) -> Option<&Freeze> {
        let freezes = self.freezes.iter().filter(|freeze| freeze.holds(day));
        freezes.max_by_key(|freeze| freeze.last)
    }

    /// Whether a launch may happen at a moment.
    pub fn allow(&self, zone: &Zone, at: Instant) -> bool {
        self.are_open(zone, at) && self.freeze(zone.day(at)).is_none()
    }

    /// The first day from this one on that lies in no freeze and on which a window opens; the day itself
    /// where none does within a year and a half.
    pub fn day_from(&self, zone: &Zone, day: NaiveDate) -> NaiveDate {
        let opens = |day| self.windows.iter().any(|w| w.opens(zone, day).is_some());
        let fits = |day: &NaiveDate| {
            self.freeze(*day).is_none() && (self.windows.is_empty() || opens(*day))
        };
        let mut days = (0..FAR).map(|days| plus(day, days));
        days.find(fits).unwrap_or(day)
    }

    /// The next moment after this one at which a window opens outside all freezes, within a year and
    /// a half: the first moment of a day where there is no window.
    pub fn next(&self, zone: &Zone, after: Instant) -> Option<Instant> {
        let today = zone.day(after);
        let mut days = (0..FAR).map(|days| plus(today, days));
        days.find_map(|day| {
            let opens = self.windows.iter().filter_map(|w| w.opens(zone, day));
            let any = self.windows.is_empty().then(|| zone.start_of(day));
            let later = opens.chain(any).filter(|at| *at > after);
            later.min().filter(|_| self.freeze(day).is_none())
        })
    }
}

impl TryFrom<Lists> for Windows {
    type Error = BadWindows;
    fn try_from(lists: Lists) -> Result<Self, BadWindows> {
        Self::new(lists.windows, lists.freezes)
    }
}

/// That a launch may happen at its moment, though that lies outside its windows or in a freeze. It is
/// for that moment and those windows alone: with either of them it goes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Excepted {
    /// Why.
    pub reason: Note,
    /// Who said so, and when.
    pub by: Stamp,
}

#[cfg(test)]
mod tests;
