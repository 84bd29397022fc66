//! The forecast of a launch: when is everything ready, technical and other work in the same simulated
//! futures, and what is last in them? `shared/FORECAST.md` explains the model.
//!
//! It speaks of whole days and knows no hour: the same launch, day and seed give the same answer on
//! every platform.
//!
//! ```
//! use startklar::{Policy, assess, forecast::{Size, forecast_launch}, plan::Plan, time};
//!
//! let file = include_str!("../../samples/metakube.en.toml");
//! let now = time::parse_instant("2026-04-16T12:20:00Z")?;
//! let launch = Plan::read(file).unwrap().launch(Some(now)).unwrap();
//! let assessment = assess(&launch, &Policy::default(), now);
//! let size = Size { futures: 1_000, seed: 1 };
//! let ahead = forecast_launch(&launch, &assessment, size).ok_or("nothing to forecast")?;
//! assert!(ahead.ready.percent() < 10, "in week 7 it is too late for marketing and sales");
//! assert!(ahead.technical.ready.percent() > 90, "though it is all but built");
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

mod futures;
mod last;
mod pace;
mod series;
mod shape;
mod tasks;
mod technical;
mod waits;
mod what_if;

use std::cmp::Reverse;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::{Size, number::floor};
use crate::{
    engine::{Assessment, Course, Subject},
    model::{Discipline, Launch},
    order::sort_by_key,
};

use self::futures::Futures;
pub use self::{
    pace::Pace,
    what_if::{WhatIf, forecast_what_if},
};

/// The futures that the product draws wherever it shows a forecast: the same everywhere, so that two
/// pages never differ. Chance moves a share of them by about one per cent.
pub const SHOWN: Size = Size {
    futures: 2_000,
    seed: 1,
};

/// What is to be expected of a launch.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct LaunchForecast {
    /// The day it was made on; it counts from the beginning of that day.
    pub day: NaiveDate,
    /// The day of the launch moment that it asks about.
    pub moment: NaiveDate,
    /// How many futures it rests on.
    pub futures: usize,
    /// The futures in which everything is ready on the day of the launch moment.
    pub ready: Share,
    /// Days by whose end everything is ready in 50, 80 and 90 % of the futures.
    pub dates: [NaiveDate; 3],
    /// Where both lanes together are heading.
    pub course: Course,
    /// The stories of the scope.
    pub technical: LaneForecast,
    /// The items that the launch waits for.
    pub items: LaneForecast,
    /// What was last in the futures and in how many, most often first; together all of them, but for
    /// rounding, unless everything is ready.
    pub last: Vec<(Subject, Share)>,
    /// Whether the stories are counted in points; in pieces otherwise.
    pub points: bool,
    /// How the stories came on so far.
    pub pace: Pace,
    /// Whether the technical lane rests mostly on the plan and on other projects.
    pub young: bool,
    /// Epics in scope without a story: work of unknown size, which no future holds.
    #[serde(default)]
    pub storyless: usize,
}

impl LaunchForecast {
    /// What was last in how many futures, by discipline, most often first. The stories are
    /// engineering's.
    pub fn last_by_discipline(&self, launch: &Launch) -> Vec<(Discipline, Share)> {
        let mut sums = [0_u16; Discipline::ALL.len()];
        for (subject, share) in &self.last {
            let discipline = match subject {
                Subject::Item(ix) => launch.items.at(*ix).map(|item| item.discipline),
                Subject::Discipline(discipline) => Some(*discipline),
                _ => Some(Discipline::Engineering),
            };
            if let Some(discipline) = discipline {
                sums[discipline.pos()] += share.thousandths();
            }
        }
        let mut all: Vec<_> = Discipline::ALL.into_iter().zip(sums).collect();
        all.retain(|(_, sum)| *sum > 0);
        sort_by_key(&mut all, |(discipline, sum)| (Reverse(*sum), *discipline));
        all.into_iter()
            .map(|(discipline, sum)| (discipline, Share(sum.min(1000))))
            .collect()
    }
}

/// What is to be expected of one lane.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct LaneForecast {
    /// The futures in which the lane is ready on the day of the launch moment.
    pub ready: Share,
    /// Days by whose end the lane is ready in 50, 80 and 90 % of the futures.
    pub dates: [NaiveDate; 3],
    /// Where the lane is heading.
    pub course: Course,
    /// What will be done at the end of each week from the one under way to the last planned one.
    pub fan: Vec<Fan>,
}

/// What will be done at the end of a week: in points or pieces, since the beginning.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Fan {
    /// The week, from 1.
    pub week: u16,
    /// At most so much in 10, 25, 50, 75 and 90 % of the futures.
    pub done: [u32; 5],
}

/// A share of the futures, in whole thousandths: whole, so that it reads and writes the same
/// everywhere.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Share(u16);

impl Share {
    /// Rounds a share between 0 and 1.
    pub(super) fn of(share: f64) -> Self {
        Self(u16::try_from(floor(share * 1000.0 + 0.5)).unwrap_or(1000))
    }

    /// Thousandths, 0 to 1,000.
    pub const fn thousandths(self) -> u16 {
        self.0
    }

    /// Per cent, rounded, 0 to 100.
    pub const fn percent(self) -> u16 {
        (self.0 + 5) / 10
    }

    /// Of ten futures so many, 1 to 9; none where it is hardly any or nearly all of them.
    pub const fn of_ten(self) -> Option<u16> {
        match self.0 {
            0..50 | 951.. => None,
            n if n < 100 => Some(1),
            n if n > 900 => Some(9),
            n => Some((n + 50) / 100),
        }
    }
}

/// Where a launch is heading: by its forecast, and where there is none by its lead times.
pub fn course(assessment: &Assessment, forecast: Option<&LaunchForecast>) -> Course {
    forecast.map_or(assessment.outlook.course, |forecast| forecast.course)
}

/// Forecasts a launch as it stands on the day of its assessment.
///
/// None where there is nothing to forecast: it is not planned, launched already, or no story is in
/// scope.
pub fn forecast_launch(
    launch: &Launch,
    assessment: &Assessment,
    size: Size,
) -> Option<LaunchForecast> {
    let schedule = launch.schedule.as_ref()?;
    if launch.launched.is_some() || size.futures == 0 {
        return None;
    }
    let nobody = [0; Discipline::ALL.len()];
    let futures = Futures::draw(launch, assessment, schedule, &nobody, 0, size)?;
    Some(shape::forecast(launch, assessment, futures))
}

#[cfg(test)]
mod tests;
