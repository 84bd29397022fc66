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
//! assert!(ahead.ready < 0.1, "in week 7 it is too late for marketing and sales");
//! assert!(ahead.technical.ready > 0.9, "though it is all but built");
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

mod futures;
mod last;
mod shape;
mod tasks;
mod technical;
mod waits;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::Size;
use crate::{
    engine::{Assessment, Course, Subject},
    model::Launch,
};

use self::futures::Futures;

/// What is to be expected of a launch.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct LaunchForecast {
    /// The day it was made on; it counts from the beginning of that day.
    pub day: NaiveDate,
    /// How many futures it rests on.
    pub futures: usize,
    /// Share of the futures in which everything is ready on the day of the launch moment, 0 to 1.
    pub ready: f64,
    /// Days by whose end everything is ready in 50, 80 and 90 % of the futures.
    pub dates: [NaiveDate; 3],
    /// Where both lanes together are heading.
    pub course: Course,
    /// The stories of the scope.
    pub technical: LaneForecast,
    /// The items that the launch waits for.
    pub items: LaneForecast,
    /// What was last in the futures and in which share of them, most often first; they add up to 1
    /// unless everything is ready.
    pub last: Vec<(Subject, f64)>,
    /// Whether the technical lane rests mostly on the plan and on other projects.
    pub young: bool,
}

/// What is to be expected of one lane.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct LaneForecast {
    /// Share of the futures in which the lane is ready on the day of the launch moment, 0 to 1.
    pub ready: f64,
    /// Days by whose end the lane is ready in 50, 80 and 90 % of the futures.
    pub dates: [NaiveDate; 3],
    /// Where the lane is heading.
    pub course: Course,
    /// What will be done at the end of each week from the one under way to the last planned one.
    pub fan: Vec<Fan>,
}

/// What will be done at the end of a week: in points or pieces, since the beginning.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Fan {
    /// The week, from 1.
    pub week: u16,
    /// At most so much in 10, 25, 50, 75 and 90 % of the futures.
    pub done: [f64; 5],
}

/// Forecasts a launch as it stands on the day of its assessment.
///
/// None where there is nothing to forecast: it is not planned, launched already, or has no epic in
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
    let futures = Futures::draw(launch, assessment, schedule, size)?;
    Some(shape::forecast(launch, assessment, futures))
}

#[cfg(test)]
mod tests;
