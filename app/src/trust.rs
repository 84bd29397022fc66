//! A finished launch, forecast once more from its beginnings, and how that did.

use startklar::{
    Launch, LaunchId,
    forecast::{BACKTESTED, Case, Series, counts, tried},
};

/// Launches from which on it can be said how good the forecasts are: with fewer, chance alone decides.
pub const ENOUGH: usize = 5;

/// How the forecasts of a finished launch did.
#[derive(Debug, Clone, PartialEq)]
pub struct Tried {
    /// Its id.
    pub id: LaunchId,
    /// Its title.
    pub title: String,
    /// How many weeks it took.
    pub weeks: usize,
    /// Whether it was long enough to be judged.
    pub counts: bool,
    /// One for each forecast that met reality.
    pub cases: Vec<Case>,
}

impl Tried {
    /// Forecasts a launch from its beginnings. None before it was launched. Takes some milliseconds.
    pub fn of(launch: &Launch) -> Option<Self> {
        let schedule = launch.schedule.as_ref()?;
        let series = Series::of_launch(launch)?;
        Some(Self {
            id: schedule.id.clone(),
            title: schedule.title.to_string(),
            weeks: series.done.len(),
            counts: counts(&series),
            cases: tried(&series, BACKTESTED),
        })
    }
}
