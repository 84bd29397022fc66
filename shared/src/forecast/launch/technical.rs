//! The technical lane: what the weeks brought, and the scope at the end of each.

use chrono::NaiveDate;

use super::super::{
    Ahead, End, FITTED, Kind, Past, Size, UnderWay, Unit, answer::until_end, number::float,
    simulate,
};
use crate::{
    model::{self, Launch, Schedule, Story, StoryState},
    planning,
    time::days_between,
};

const WEEK: i64 = 7;
/// So many full weeks of history make the forecast rest on the team rather than on the plan.
const GROWN_UP: usize = 4;

/// The weeks of the stories in scope.
pub(super) struct Technical {
    start: NaiveDate,
    pub(super) unit: Unit,
    /// For each week that is over.
    pub(super) done: Vec<f64>,
    /// At the end of each week that is over; of the first where none is.
    pub(super) scope: Vec<f64>,
    /// The last planned week.
    pub(super) target: usize,
    under_way: UnderWay,
    /// Work that is left, and pieces of it.
    pub(super) open: f64,
}

/// What the weeks that are over brought.
pub(super) struct Weeks<'a> {
    /// Done in each.
    pub(super) done: &'a [f64],
    /// In scope at the end of each.
    scope: &'a [f64],
    /// Still open now.
    pub(super) open: f64,
    target: usize,
}

impl Weeks<'_> {
    /// Whether the scope has grown by a third or more, and as much is open as so many weeks ago.
    pub(super) fn outgrown(&self, weeks: usize) -> bool {
        let known = self.done.len();
        let Some((first, then)) = self.scope.first().zip(self.scope.get(known - weeks - 1)) else {
            return false;
        };
        let open_then = then - self.done[..known - weeks].iter().sum::<f64>();
        let now = self.open + self.done.iter().sum::<f64>();
        now >= first * 4.0 / 3.0 && self.open >= open_then
    }

    /// Whether a larger share of the scope is done than of the planned time is over.
    pub(super) fn is_ahead(&self) -> bool {
        let done = self.done.iter().sum::<f64>();
        done * float(self.target) > (done + self.open) * float(self.done.len())
    }
}

/// When the stories are done in each future, in days from the beginning of today, and how much is
/// done at the end of each week ahead.
pub(super) struct Lane {
    pub(super) finish: Vec<f64>,
    /// One entry a week, from the one under way.
    pub(super) done: Vec<Vec<f64>>,
    /// Done by now.
    pub(super) so_far: f64,
    /// The week under way, from 1.
    pub(super) week: usize,
}

impl Technical {
    /// The stories of the epics in scope; none where there is none to build.
    pub(super) fn of(launch: &Launch, schedule: &Schedule, today: NaiveDate) -> Option<Self> {
        let in_scope = |story: &&Story| {
            let epic = launch.epics.at(story.epic);
            epic.is_some_and(|e| e.in_scope.is_some())
        };
        let stories: Vec<_> = launch.stories.rows().iter().filter(in_scope).collect();
        let is_built = |story: &&&Story| !matches!(story.state, StoryState::Dropped(_));
        stories.iter().find(is_built)?;
        let unit = match planning::unit(launch) {
            model::Unit::Points => Unit::Points,
            model::Unit::Stories => Unit::Items,
        };
        let elapsed = days_between(schedule.start, today).max(0);
        let weeks = usize::try_from(elapsed / WEEK).unwrap_or(0);
        let mut lane = Self {
            start: schedule.start,
            unit,
            done: vec![0.0; weeks],
            scope: vec![0.0; weeks.max(1)],
            target: schedule.weeks.into(),
            under_way: UnderWay {
                over: float(usize::try_from(elapsed % WEEK).unwrap_or(0)) / 7.0,
                done: 0.0,
            },
            open: 0.0,
        };
        for story in stories {
            lane.add(launch, story);
        }
        Some(lane)
    }

    /// Adds a story to the weeks in which it was there, and to the one that brought it.
    fn add(&mut self, launch: &Launch, story: &Story) {
        let amount = amount(story, self.unit);
        let week = |at| {
            let days = days_between(self.start, launch.day(at)).max(0);
            usize::try_from(days / WEEK).unwrap_or(0)
        };
        let since = launch.epics.at(story.epic).and_then(|e| e.in_scope);
        let came = week(since.map_or(story.added, |since| since.max(story.added)));
        let went = match story.state {
            StoryState::Dropped(at) => week(at),
            _ => usize::MAX,
        };
        // The first week's end counts as the plan even where it is not over yet.
        for (n, scope) in self.scope.iter_mut().enumerate() {
            if (came <= n || self.done.is_empty()) && n < went {
                *scope += amount;
            }
        }
        if let Some(at) = story.done() {
            match self.done.get_mut(week(at)) {
                Some(done) => *done += amount,
                None => self.under_way.done += amount,
            }
        } else if story.is_open() {
            self.open += amount;
        }
    }

    /// Whether amounts are points.
    pub(super) fn counts_points(&self) -> bool {
        self.unit == Unit::Points
    }

    /// Whether little is known of the team itself.
    pub(super) const fn is_young(&self) -> bool {
        self.done.len() < GROWN_UP
    }

    /// What the weeks that are over brought.
    pub(super) fn weeks(&self) -> Weeks<'_> {
        Weeks {
            done: &self.done,
            scope: &self.scope,
            open: self.open,
            target: self.target,
        }
    }

    /// The scope as it is now.
    fn now(&self) -> f64 {
        self.done.iter().sum::<f64>() + self.under_way.done + self.open
    }

    /// Simulates the lane. Where nothing is open it is ready in every future.
    pub(super) fn simulate(&self, size: Size) -> Option<Lane> {
        let mut scope = self.scope.clone();
        // What came in the week under way is known already.
        if let Some(last) = scope.last_mut() {
            *last = self.now();
        }
        let past = Past {
            kind: Kind::Release,
            unit: self.unit,
            period_days: 7,
            start: Some(self.start),
            done: &self.done,
            scope: Some(&scope),
            target: Some(self.target),
            under_way: self.under_way,
        };
        let (periods, planned) = until_end(&past, &FITTED);
        let marks: Vec<_> = (1..=periods).collect();
        let so_far = past.total();
        let week = self.done.len() + 1;
        if self.open <= 0.0 {
            return Some(Lane {
                finish: vec![0.0; size.futures],
                done: vec![vec![0.0; 1]; if planned { periods } else { 0 }],
                so_far,
                week,
            });
        }
        let ahead = Ahead {
            periods,
            planned,
            marks: &marks,
            end: End::All,
        };
        let mut futures = simulate(&past, ahead, &FITTED, size)?;
        if !planned {
            futures.done.clear();
        }
        let now = float(self.done.len()) + self.under_way.over;
        let days = |weeks: f64| (weeks - now) * 7.0;
        Some(Lane {
            finish: futures.finish?.into_iter().map(days).collect(),
            done: futures.done,
            so_far,
            week,
        })
    }
}

fn amount(story: &Story, unit: Unit) -> f64 {
    match unit {
        Unit::Points => story.points.map_or(1.0, f64::from),
        Unit::Items => 1.0,
    }
}
