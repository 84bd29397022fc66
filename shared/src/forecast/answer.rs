//! The forecast of one series at one cut: work in the next four periods and to the end, and the
//! moment of finishing.

use serde::Serialize;

use super::{
    Ahead, End, Figures, Past, Quantiles, Size, Unit,
    exposure::exposure,
    history::History,
    number::{float, floor},
    simulate,
};

/// The near horizon, in periods.
const NEXT: usize = 4;
/// The data name whole periods: their middle is half a period later than their beginning.
const HALF: f64 = 0.5;
/// A cut needs at least so many known periods and so many left.
const KNOWN_LEAST: usize = 3;
const LEFT_LEAST: usize = 2;

/// What is to be expected after a cut.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Forecast {
    /// Work in the next four periods, or in fewer when fewer are left.
    pub next4: Amount,
    /// Work in all periods that are left.
    pub rest: Amount,
    /// When the work is finished; none without a scope.
    pub finish: Option<Finish>,
}

/// Work done over some periods.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Amount {
    /// How many periods.
    pub horizon: usize,
    /// How much, in the unit of the series; whole numbers when it counts items.
    pub q: Quantiles,
}

/// When 95 % of the scope, as it will be in the end, are done.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Finish {
    /// Periods from the start of period 1, with fractions.
    pub q: Quantiles,
}

/// Where a series of `n` periods is cut for a backtest: after 30, 50 and 70 % of it, rounded up,
/// with at least 3 periods known and 2 left.
///
/// ```
/// assert_eq!(startklar::forecast::cuts(10), [3, 5, 7]);
/// assert_eq!(startklar::forecast::cuts(6), [3]);
/// assert!(startklar::forecast::cuts(4).is_empty());
/// ```
pub fn cuts(n: usize) -> Vec<usize> {
    let at = [0.3, 0.5, 0.7].map(|share| floor((share * float(n)).ceil()).max(KNOWN_LEAST));
    let mut cuts: Vec<_> = at.into_iter().filter(|k| k + LEFT_LEAST <= n).collect();
    cuts.dedup();
    cuts
}

/// Forecasts the `left` periods after the known ones.
///
/// For the amounts the end of these periods counts as the planned end of a release; for the finish
/// only its target does. None when too little is known: no period is left, or none is known and
/// nothing is planned.
pub fn forecast(past: &Past<'_>, left: usize, figures: &Figures, size: Size) -> Option<Forecast> {
    let near = left.min(NEXT);
    let marks = [near, left];
    let ahead = Ahead {
        periods: left,
        planned: true,
        marks: &marks,
        end: End::Most,
    };
    let futures = simulate(past, ahead, figures, size)?;
    let amount = |horizon, sample: &Vec<f64>| {
        let q = Quantiles::of(sample.clone());
        let q = if past.unit == Unit::Items {
            q.whole()
        } else {
            q
        };
        Amount { horizon, q }
    };
    let finish = match futures.finish {
        Some(same) if past.target == past.known().checked_add(left) => Some(same),
        Some(_) => {
            let (periods, planned) = until_end(past, figures);
            let ahead = Ahead {
                periods,
                planned,
                marks: &[],
                end: End::Most,
            };
            simulate(past, ahead, figures, size).and_then(|other| other.finish)
        }
        None => None,
    };
    Some(Forecast {
        next4: amount(near, futures.done.first()?),
        rest: amount(left, futures.done.get(1)?),
        finish: finish.map(|sample| Finish {
            q: narrowed(sample, figures),
        }),
    })
}

/// How many periods to simulate for the finish, and whether their end is planned. Without a plan as
/// long as the open work takes at the pace so far.
pub(super) fn until_end(past: &Past<'_>, figures: &Figures) -> (usize, bool) {
    let known = past.known();
    if let Some(target) = past.target.filter(|target| *target > known) {
        return (target - known, true);
    }
    let history = History::new(past, &exposure(past, known, figures), figures);
    let open = past
        .aim()
        .map_or(0.0, |(_, scope)| (scope - past.total()).max(0.0));
    let most = 2 * known;
    if history.work <= 0.0 {
        return (most, false);
    }
    let periods = floor((open * history.weight / history.work).ceil());
    (periods.max(2).min(most), false)
}

/// Quantiles of the finish, drawn nearer to their middle.
fn narrowed(mut sample: Vec<f64>, figures: &Figures) -> Quantiles {
    sample.sort_unstable_by(f64::total_cmp);
    let middle = sample.get(sample.len() / 2).copied().unwrap_or(0.0);
    let Quantiles(wide) = Quantiles::of_sorted(&sample);
    Quantiles(wide.map(|v| middle + figures.finish_narrowing * (v - middle) + HALF))
}
