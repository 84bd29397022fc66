//! How the scope of a release grows in a future, and how fast the growth comes.

use super::{
    Figures, Past,
    number::{exp, float},
    random::{STEPS, table},
};

/// From so many known periods on a scope that did not grow is likely to stay.
const FLAT_PERIODS: usize = 3;

/// The scope known at the cut and what it may become.
#[derive(Debug, Clone)]
pub(super) struct Scope {
    /// At the cut.
    pub(super) now: f64,
    /// Growth to the end, for each normal draw.
    growth: [f64; STEPS],
    /// Probability that it grows at all.
    grows: f64,
}

impl Scope {
    /// The scope of a release that runs for `ahead` further periods; none where none is known.
    pub(super) fn new(past: &Past<'_>, ahead: usize, figures: &Figures) -> Option<Self> {
        let (first, now) = past.aim()?;
        let (known, left) = (float(past.known()), float(ahead));
        let grown = (now - first).max(0.0);
        let prior = figures.growth_prior_weeks;
        let rate =
            (grown + prior * figures.growth_prior_rate * now) / ((known - 1.0).max(0.0) + prior);
        let slowing = (figures.growth_slowing * (left / (known + left))).min(1.0);
        let expected = rate * left * slowing;
        let flat = past.known() >= FLAT_PERIODS && grown <= 0.0;
        Some(Self {
            now,
            growth: table(|z| expected * exp(figures.growth_spread * z)),
            grows: if flat { figures.fixed_scope_grows } else { 1.0 },
        })
    }

    /// Growth in one future, from a uniform and a normal draw.
    pub(super) fn growth(&self, uniform: f64, step: usize) -> f64 {
        if uniform < self.grows {
            self.growth[step]
        } else {
            0.0
        }
    }

    /// Share of the growth that has come by the end of each period ahead: ever less with each.
    pub(super) fn arrival(ahead: usize) -> Vec<f64> {
        let share = |t: usize| (float(t) / float(ahead)).min(1.0);
        (1..=ahead).map(|t| share(t) * (2.0 - share(t))).collect()
    }
}
