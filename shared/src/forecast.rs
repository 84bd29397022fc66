//! How much will be done, and when is it finished? Simulated futures from what is known so far and
//! from what past projects show. `shared/FORECAST.md` explains the model on one page.
//!
//! Pure and seeded: the same past, figures and seed give the same answer on every platform.
//!
//! ```
//! use startklar::forecast::{FITTED, Series, Size, forecast};
//!
//! let series: Series = r#"{"id":"shop","kind":"release","unit":"points","period_days":7,
//!     "start":"2026-03-02","scope_by_period":[80,80,84,84,84,84,84,84],
//!     "done_by_period":[3,6,9,12,11,13,12,14],"target_period":8}"#.parse()?;
//! let known = series.until(4);
//! let size = Size { futures: 4_000, seed: 1 };
//! let ahead = forecast(&known, 4, &FITTED, size).ok_or("nothing is known")?;
//! assert_eq!(ahead.rest.horizon, 4);
//! assert!(ahead.rest.q.median() > 30.0);
//! assert!(ahead.finish.is_some());
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

mod answer;
mod backtest;
mod exposure;
mod figures;
mod history;
mod launch;
mod number;
mod past;
mod plain;
mod quantiles;
mod random;
mod scope;
mod score;
mod series;
mod simulation;

pub use answer::{Amount, Finish, Forecast, cuts, forecast};
pub use backtest::{BACKTESTED, forecasts, tried};
pub use figures::{FITTED, Figures, LevelSpread};
pub use launch::{
    Fan, LaneForecast, LaunchForecast, Pace, SHOWN, Share, WhatIf, course, forecast_launch,
    forecast_what_if,
};
pub use past::{Kind, Past, UnderWay, Unit};
pub use plain::{Plain, average, resampling};
pub use quantiles::{LEVELS, MEDIAN, Quantiles};
pub use score::{Case, Hit, INTERVALS, Measure, Score, counts, judge, scores};
pub use series::{AMOUNT_MAX, Allowed, PERIODS_MAX, Series, SeriesError, SeriesProblem, read};
pub use simulation::{Ahead, End, Futures, Size, simulate};

#[cfg(test)]
mod tests;
