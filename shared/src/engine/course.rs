//! Will we make it? From last safe starts and the pace of the stories, never from how anybody
//! feels.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::{ItemState, Subject, closure::lapses, facts::Facts};
use crate::{
    model::{Item, ItemIx, Policy},
    time::{days_between, plus},
};

/// Days of building before the pace of a new team says anything: in the first weeks little is
/// finished, and that is normal.
pub(super) const PACE_DAYS: i64 = 28;
/// The pace is that of the last two weeks: the first ones of a new team are no measure of the later.
const RECENT_DAYS: i64 = 14;

/// Where the launch is heading.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Course {
    /// The launch moment holds.
    OnCourse,
    /// It holds, with a week to spare or less.
    AtRisk,
    /// It cannot be held this way.
    OffCourse,
    /// Too little is known to say.
    NotEnoughKnown,
}

impl Course {
    /// Whether somebody who says this paints a better picture than one who says that. That too little
    /// is known is better news than that it cannot be held, and neither better nor worse than the
    /// others.
    pub const fn is_better_than(self, other: Self) -> bool {
        match other {
            Self::OffCourse => !matches!(self, Self::OffCourse),
            Self::AtRisk => matches!(self, Self::OnCourse),
            Self::OnCourse | Self::NotEnoughKnown => false,
        }
    }

    /// The stable name.
    pub const fn code(self) -> &'static str {
        match self {
            Self::OnCourse => "on_course",
            Self::AtRisk => "at_risk",
            Self::OffCourse => "off_course",
            Self::NotEnoughKnown => "not_enough_known",
        }
    }
}

/// The course, the earliest honest date, and what binds it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Outlook {
    /// Where the launch is heading.
    pub course: Course,
    /// The earliest day on which everything can be closed, were everything begun today, and on which a
    /// release window opens outside all freezes; a waiver that ends before the launch moment counts as
    /// open. `None` when nothing is open or nothing is known.
    pub honest: Option<NaiveDate>,
    /// What takes longest.
    pub binds: Option<Subject>,
    /// The day on which the last story is done at the pace so far. `None` when all are, or too little
    /// is known.
    pub built: Option<NaiveDate>,
    /// The day on which the last item is closed, were everything begun today. `None` where none is
    /// open.
    pub closed: Option<NaiveDate>,
}

/// `storyless`: whether an epic in scope has no story to build, and so nobody knows how much it is.
pub(super) fn outlook(facts: &Facts<'_>, blockers: usize, storyless: bool) -> Outlook {
    let Some(launch_day) = facts.launch_day else {
        return Outlook {
            course: Course::NotEnoughKnown,
            honest: None,
            binds: None,
            built: None,
            closed: None,
        };
    };
    let items = last_item(facts);
    if blockers == 0 && items.is_none() {
        return Outlook {
            course: Course::OnCourse,
            honest: None,
            binds: None,
            built: None,
            closed: None,
        };
    }
    let stories = match stories_end(facts) {
        Pace::Finished if storyless => Pace::Unknown,
        stories => stories,
    };
    let (honest, binds) = match (items, stories) {
        (Some((day, ix)), Pace::Ends(end)) if end <= day => (Some(day), Some(Subject::Item(ix))),
        (_, Pace::Ends(end)) => (Some(end), Some(Subject::Launch)),
        (Some((day, ix)), _) => (Some(day), Some(Subject::Item(ix))),
        (None, _) => (None, None),
    };
    let honest = honest.map(|day| open_day(facts, day, launch_day));
    let spare = honest.map(|day| days_between(day, launch_day));
    let past = facts.today > launch_day && facts.launch.launched.is_none();
    let course = match spare {
        _ if past => Course::OffCourse,
        Some(..0) => Course::OffCourse,
        _ if storyless || matches!(stories, Pace::Unknown) => Course::NotEnoughKnown,
        Some(0..=Policy::NEAR_DAYS) => Course::AtRisk,
        _ => Course::OnCourse,
    };
    Outlook {
        course,
        honest,
        binds,
        built: match stories {
            Pace::Ends(end) => Some(end),
            Pace::Finished | Pace::Unknown => None,
        },
        closed: items.map(|(day, _)| day),
    }
}

/// The first day from this one on at which it may be launched. The day of a moment that a decider
/// excepted is one.
fn open_day(facts: &Facts<'_>, day: NaiveDate, launch_day: NaiveDate) -> NaiveDate {
    let launch = facts.launch;
    let Some(schedule) = &launch.schedule else {
        return day;
    };
    let open = launch.windows.day_from(&schedule.zone, day);
    let excepted = launch.excepted.is_some() && day <= launch_day;
    if excepted { open.min(launch_day) } else { open }
}

/// The required item that closes last, and when. One that only waits closes with what it needs: an
/// item, which is among them, or an epic, whose stories are.
fn last_item(facts: &Facts<'_>) -> Option<(NaiveDate, ItemIx)> {
    let mut last: Option<(NaiveDate, ItemIx)> = None;
    for (ix, item, state) in facts.required_items() {
        let closed = state.is_closed() && lapses(facts.launch, item, state).is_none();
        if closed || state == ItemState::NeedsOpen {
            continue;
        }
        let day = earliest_close(facts, item, state);
        if last.is_none_or(|(best, _)| day > best) {
            last = Some((day, ix));
        }
    }
    last
}

/// The day on which the work that is left of an item is done, were it all that somebody does.
fn earliest_close(facts: &Facts<'_>, item: &Item, state: ItemState) -> NaiveDate {
    plus(facts.today, facts.work_left(item, state))
}

#[derive(Clone, Copy)]
enum Pace {
    /// No story is open.
    Finished,
    /// At the pace so far the last story is done on this day.
    Ends(NaiveDate),
    /// The team is too young, or nothing is done yet.
    Unknown,
}

fn stories_end(facts: &Facts<'_>) -> Pace {
    let in_scope = |epic| {
        facts
            .launch
            .epics
            .at(epic)
            .is_some_and(|e| e.in_scope.is_some())
    };
    let Some(start) = facts.launch.schedule.as_ref().map(|s| s.start) else {
        return Pace::Unknown;
    };
    let since = plus(facts.today, -RECENT_DAYS);
    let (mut open, mut done, mut recent) = (0_i64, 0_i64, 0_i64);
    for story in facts
        .launch
        .stories
        .rows()
        .iter()
        .filter(|s| in_scope(s.epic))
    {
        open += i64::from(story.is_open());
        if let Some(at) = story.done() {
            done += 1;
            recent += i64::from(facts.launch.day(at) > since);
        }
    }
    let days = days_between(start, facts.today);
    if open == 0 && done > 0 {
        return Pace::Finished;
    }
    if days < PACE_DAYS || done == 0 {
        return Pace::Unknown;
    }
    // A team that finished nothing for two weeks is measured by all it did.
    let (amount, days) = if recent > 0 {
        (recent, RECENT_DAYS)
    } else {
        (done, days)
    };
    // Rounded up: a story that is done in the middle of a day is done by its end.
    Pace::Ends(plus(facts.today, (open * days + amount - 1) / amount))
}

#[cfg(test)]
mod tests;
