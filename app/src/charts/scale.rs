//! Time as a place on a page: one scale for strip and burn-ups, so that a week stands over itself.
//!
//! Places are percentages of the width and letters keep their size, so that a chart fits a phone
//! and a wall without scaling its type.

use std::fmt::{self, Write as _};

use chrono::{NaiveDate, Timelike as _};
use startklar::{
    Assessment, Launch,
    time::{Instant, days_between, plus},
};

/// Most hairlines between weeks.
const HAIRLINES: u32 = 26;
/// Weeks before the first one that a scale shows, when today lies there.
const BEFORE: i64 = 2;
/// Weeks after everything else that a scale shows, when today lies there.
const AFTER: i64 = 4;

/// Weeks of a launch from left to right, and the moments on them, in days from the left edge.
#[derive(Debug, Clone)]
pub struct Scale<'a> {
    launch: &'a Launch,
    left: NaiveDate,
    /// Weeks from edge to edge.
    pub weeks: u32,
    /// Weeks before the launch's week 1.
    pub before: u32,
    /// Now.
    pub now: f64,
    /// The launch moment; when it was launched, that moment.
    pub moment: f64,
    /// The earliest honest date, when it lies behind the launch moment.
    pub honest: Option<f64>,
    /// The end of the watch, when it was launched.
    pub watch: Option<f64>,
}

/// A week on the scale.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Week {
    /// Its number; the launch begins with week 1.
    pub number: u32,
    /// Its first day.
    pub first: NaiveDate,
    /// Where it begins.
    pub at: f64,
    /// Whether it is this week.
    pub now: bool,
    /// The smallest pages that have room for its label.
    pub room: Option<Room>,
}

/// Pages by the room that they have for labels; the names are classes of the style sheet.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Room {
    /// All of them.
    Any,
    /// All but the smallest phones.
    Phone,
    /// Wide ones only.
    Wide,
}

impl Room {
    /// The class of something that is shown where there is room for it.
    pub const fn class(self) -> &'static str {
        match self {
            Self::Any => "",
            Self::Phone => " half",
            Self::Wide => " wide",
        }
    }
}

/// Weeks from one label to the next: on wide pages, on phones, on the smallest phones. Each is a
/// multiple of the one before, so that a smaller page shows some of a larger one's labels.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Strides([u32; 3]);

impl Strides {
    /// The strides at which so many weeks have room, when a label takes a share of each page.
    pub fn of(weeks: u32, shares: [f64; 3]) -> Self {
        let mut stride = 1;
        Self(shares.map(|share| {
            let step = stride;
            while f64::from(weeks) * share > f64::from(stride) {
                stride += step;
            }
            stride
        }))
    }

    /// On wide pages.
    pub const fn wide(self) -> u32 {
        self.0[0]
    }
}

impl<'a> Scale<'a> {
    /// The scale of a launch; `None` before it is planned.
    pub fn of(launch: &'a Launch, assessment: &Assessment) -> Option<Self> {
        let schedule = launch.schedule.as_ref()?;
        let moment = launch.launched.map_or(schedule.moment, |l| l.at);
        let launch_day = launch.day(moment);
        let early = days_between(assessment.today, schedule.start);
        let before = if early > 0 {
            ((early + 6) / 7).min(BEFORE)
        } else {
            0
        };
        // Once it is launched, no date lies ahead.
        let ahead = assessment
            .outlook
            .honest
            .filter(|_| launch.launched.is_none());
        let honest = ahead.filter(|day| *day > launch_day);
        let watch = launch
            .launched
            .map(|l| plus(launch.day(l.at), schedule.watch_days.into()));
        let planned = plus(schedule.start, 7 * i64::from(schedule.weeks) - 1);
        let last = [
            Some(planned),
            Some(launch_day),
            honest.map(|d| plus(d, 2)),
            watch,
        ]
        .into_iter()
        .flatten()
        .max()
        .unwrap_or(planned);
        let last = last.max(assessment.today.min(plus(last, 7 * AFTER)));
        let left = plus(schedule.start, -7 * before);
        let mut scale = Self {
            launch,
            left,
            weeks: u32::try_from(days_between(left, last) / 7 + 1).unwrap_or(1),
            before: u32::try_from(before).unwrap_or(0),
            now: 0.0,
            moment: 0.0,
            honest: None,
            watch: None,
        };
        scale.now = scale.hour(assessment.now);
        scale.moment = scale.at(moment);
        let clock = scale.moment.fract();
        scale.honest = honest.map(|day| scale.day(day) + clock);
        scale.watch = watch.map(|day| scale.day(day) + clock);
        Some(scale)
    }

    /// A moment in days from the left edge, by the launch's own clock.
    pub fn at(&self, at: Instant) -> f64 {
        let local = self
            .launch
            .schedule
            .as_ref()
            .map_or(at.naive_utc(), |s| s.zone.local(at));
        let minutes = local.hour() * 60 + local.minute();
        self.day(local.date()) + f64::from(minutes) / 1440.0
    }

    /// The same at the end of its hour: now moves on, and a chart need not be drawn again each
    /// minute. What happened a moment ago is not later.
    fn hour(&self, at: Instant) -> f64 {
        ((self.at(at) * 24.0).floor() + 0.999) / 24.0
    }

    /// A day in days from the left edge.
    pub fn day(&self, day: NaiveDate) -> f64 {
        days(days_between(self.left, day))
    }

    /// The day at a place.
    pub fn date(&self, at: f64) -> NaiveDate {
        // A scale is some years long at most.
        #[allow(clippy::cast_possible_truncation)]
        plus(self.left, at.floor() as i64)
    }

    /// Days from edge to edge.
    pub fn width(&self) -> f64 {
        f64::from(self.weeks * 7)
    }

    /// A place as a share of the width.
    pub fn x(&self, at: f64) -> Pct {
        Pct(within(at / self.width(), 1.0) * 100.0)
    }

    /// A stretch as a share of the width.
    pub fn span(&self, from: f64, to: f64) -> Pct {
        Pct((self.x(to).0 - self.x(from).0).max(0.0))
    }

    /// Whether now lies on the scale.
    pub fn shows_now(&self) -> bool {
        (0.0..=self.width()).contains(&self.now)
    }

    /// The first day of the week that begins so many weeks from the left edge.
    fn monday(&self, week: u32) -> NaiveDate {
        plus(self.left, 7 * i64::from(week))
    }

    /// The launch's weeks up to `end`, each with the room for its label. This week has it always,
    /// and its neighbours make way for it.
    pub fn each_week(&self, end: f64, strides: Strides) -> Vec<Week> {
        let at = |week: u32| f64::from(7 * week);
        let is_now = |week: u32| (at(week)..at(week + 1)).contains(&self.now);
        let current = (self.before..self.weeks).find(|w| is_now(*w));
        let fits = |week: u32, stride: u32| {
            // Where a week is narrower than its number, this one's reaches into the next.
            let after = if stride > 1 { stride + 1 } else { 1 };
            let near = current.is_some_and(|c| week + stride > c && week < c + after);
            let inside = at(week) + 4.0 * f64::from(stride) <= end;
            (week - self.before).is_multiple_of(stride) && !near && inside
        };
        let [wide, phone, small] = strides.0;
        (self.before..self.weeks)
            .take_while(|w| at(*w) + 4.0 <= end || is_now(*w) && at(*w) < end)
            .map(|week| Week {
                number: week - self.before + 1,
                first: self.monday(week),
                at: at(week),
                now: is_now(week),
                room: if is_now(week) || fits(week, small) {
                    Some(Room::Any)
                } else if fits(week, phone) {
                    Some(Room::Phone)
                } else {
                    fits(week, wide).then_some(Room::Wide)
                },
            })
            .collect()
    }

    /// The places of the hairlines between weeks.
    pub fn hairlines(&self) -> impl Iterator<Item = Pct> + '_ {
        let stride = self.weeks.div_ceil(HAIRLINES);
        let step = usize::try_from(stride).unwrap_or(1);
        (self.before % stride..self.weeks)
            .step_by(step)
            .map(|w| self.x(f64::from(7 * w)))
    }
}

/// A percentage with two decimals at most.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Pct(pub f64);

impl fmt::Display for Pct {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}%", short(self.0))
    }
}

/// A number to draw with, written with two decimals at most. Printing any float exactly is more code
/// than a whole chart.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Short(f64);

/// A number as it is written.
pub(super) fn short(n: f64) -> Short {
    Short(n)
}

impl fmt::Display for Short {
    #[allow(
        clippy::cast_possible_truncation,
        reason = "a place on a page is a small number"
    )]
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let hundredths = (self.0 * 100.0).round() as i64;
        let (whole, rest) = (
            hundredths.unsigned_abs() / 100,
            hundredths.unsigned_abs() % 100,
        );
        if hundredths < 0 {
            f.write_char('-')?;
        }
        whole.fmt(f)?;
        // Digit by digit: a chart writes hundreds of these.
        let digit = |n: u64| char::from(b'0' + u8::try_from(n % 10).unwrap_or(0));
        if rest > 0 {
            f.write_char('.')?;
            f.write_char(digit(rest / 10))?;
        }
        if !rest.is_multiple_of(10) {
            f.write_char(digit(rest))?;
        }
        Ok(())
    }
}

/// A number between 0 and another. The standard's `clamp` can print any float, see [`Short`].
pub(super) fn within(n: f64, most: f64) -> f64 {
    n.max(0.0).min(most)
}

/// A count as a number to draw with.
pub(super) fn real(n: usize) -> f64 {
    f64::from(u32::try_from(n).unwrap_or(u32::MAX))
}

fn days(n: i64) -> f64 {
    f64::from(i32::try_from(n).unwrap_or(if n < 0 { i32::MIN } else { i32::MAX }))
}

/// The width of a text in px, near enough to keep labels apart: small letters of the usual sans
/// serif, bold ones by a tenth more.
pub(super) fn text_width(text: &str, bold: bool) -> f64 {
    let em: f64 = text
        .chars()
        .map(|c| match c {
            'i' | 'j' | 'l' | 'I' | ' ' | ',' | '.' | ':' | '\'' | '’' => 0.28,
            'f' | 't' | 'r' | '-' | '(' | ')' => 0.34,
            'm' | 'w' | 'M' | 'W' => 0.86,
            'A'..='Z' | 'Ä' | 'Ö' | 'Ü' => 0.7,
            _ => 0.56,
        })
        .sum();
    13.0 * em * if bold { 1.08 } else { 1.0 }
}
