//! Two plain methods to measure the forecast against: average velocity, and resampling of past
//! periods. Both know only what was done and the scope at the cut.

use super::{Past, Quantiles, number::float, random::Generator};

/// Share of the scope that counts as finished.
const ENOUGH: f64 = 0.95;
/// A finish is cut off at so many times the length of the series.
const CUT_OFF: f64 = 3.0;

/// What a plain method says after a cut.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Plain<T> {
    /// Work in the near periods.
    pub next4: T,
    /// Work in all that are left.
    pub rest: T,
    /// The finish, in periods from the start of period 1; none without a scope.
    pub finish: Option<T>,
}

/// Average velocity: every period to come brings the mean of the known ones.
///
/// `near` and `left` are the two horizons in periods. None when nothing is known.
pub fn average(past: &Past<'_>, near: usize, left: usize) -> Option<Plain<f64>> {
    let known = float(past.known());
    if past.known() == 0 {
        return None;
    }
    let pace = past.total() / known;
    let most = CUT_OFF * (known + float(left));
    let end = |open: f64| match open {
        0.0 => known,
        _ if pace > 0.0 => (known + open / pace).min(most),
        _ => most,
    };
    Some(Plain {
        next4: pace * float(near),
        rest: pace * float(left),
        finish: open(past).map(end),
    })
}

/// Resampling: every period to come brings what one of the known ones brought, drawn at random, in
/// so many futures. None when nothing is known.
pub fn resampling(
    past: &Past<'_>,
    near: usize,
    left: usize,
    futures: usize,
    seed: u64,
) -> Option<Plain<Quantiles>> {
    let periods = past.done.len();
    if periods == 0 {
        return None;
    }
    let mut generator = Generator::new(seed);
    let mut draw = || past.done[generator.below(periods)];
    let mut sums = |n: usize| {
        let sample = (0..futures).map(|_| (0..n).map(|_| draw()).sum()).collect();
        Quantiles::of(sample)
    };
    let (next4, rest) = (sums(near), sums(left));
    let finish = open(past).map(|open| {
        let most = (periods + left).saturating_mul(3);
        let sample = (0..futures)
            .map(|_| end(open, periods, most, &mut draw))
            .collect();
        Quantiles::of(sample)
    });
    Some(Plain {
        next4,
        rest,
        finish,
    })
}

/// When the open work is done, drawing period after period.
fn end(open: f64, known: usize, most: usize, draw: &mut impl FnMut() -> f64) -> f64 {
    let mut left = open;
    for at in known..most {
        if left <= 0.0 {
            return float(at);
        }
        let done = draw();
        if done >= left {
            return float(at) + left / done;
        }
        left -= done;
    }
    float(most)
}

/// Work that is open at the cut.
fn open(past: &Past<'_>) -> Option<f64> {
    let (_, scope) = past.aim()?;
    Some((ENOUGH * scope - past.total()).max(0.0))
}
