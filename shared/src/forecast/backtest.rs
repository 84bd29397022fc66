//! A past series forecast from its beginnings: each forecast knows nothing of what came after its cut.

use super::{Case, FITTED, Forecast, Series, Size, cuts, forecast, judge};

/// The futures by which past forecasts are judged, on every page and in every file.
pub const BACKTESTED: Size = Size {
    futures: 4_000,
    seed: 1,
};

/// The forecast of a series at each of its [cuts].
pub fn forecasts(series: &Series, size: Size) -> Vec<(usize, Forecast)> {
    let periods = series.done.len();
    let at = |cut| {
        let ahead = forecast(&series.until(cut), periods - cut, &FITTED, size)?;
        Some((cut, ahead))
    };
    cuts(periods).into_iter().filter_map(at).collect()
}

/// How the forecasts of a series did at its cuts. None where it does not [count](super::counts).
pub fn tried(series: &Series, size: Size) -> Vec<Case> {
    let judged = |(cut, forecast): &(usize, Forecast)| judge(series, *cut, forecast);
    forecasts(series, size).iter().flat_map(judged).collect()
}
