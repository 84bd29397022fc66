//! The pace so far and how much periods differ, the latest periods weighing most.

use super::{
    Figures, Kind, Past,
    number::{float, ln},
};

/// Below this share of a full period a period says little about the spread.
const EXPOSURE_LEAST: f64 = 0.2;

/// What the known periods say about the team, as weighted sums.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct History {
    /// Work done.
    pub(super) work: f64,
    /// Full periods observed.
    pub(super) weight: f64,
    /// Full periods that would say as much, were all equally good: up to about 15.
    pub(super) effective: f64,
    /// Variance of the logarithm of a period's work.
    pub(super) variance: f64,
}

impl History {
    /// Sums up the known periods; `exposure` has an entry for each.
    pub(super) fn new(past: &Past<'_>, exposure: &[f64], figures: &Figures) -> Self {
        let mut history = Self {
            work: 0.0,
            weight: 0.0,
            effective: 0.0,
            variance: ln(1.0 + figures.week_variance),
        };
        if past.known() == 0 {
            return history;
        }
        let weights = decaying(past.known(), figures.decay);
        let mut squares = 0.0;
        for ((w, done), e) in weights.iter().zip(past.done).zip(exposure) {
            history.work += w * done;
            history.weight += w * e;
            squares += (w * e) * (w * e);
        }
        history.effective = history.weight * history.weight / squares;
        let seen = history.spread(past, exposure, &weights);
        let (known, prior) = (float(past.known()), figures.week_variance_weight);
        let seen = seen.unwrap_or(figures.week_variance);
        let v = (known * seen + prior * figures.week_variance) / (known - 1.0 + prior);
        history.variance = ln(1.0 + v);
        history
    }

    /// Mean work of a full period.
    pub(super) fn pace(&self) -> f64 {
        self.work / self.weight
    }

    /// Variance of a full period's work, divided by its mean squared; none as long as nothing is
    /// done.
    fn spread(&self, past: &Past<'_>, exposure: &[f64], weights: &[f64]) -> Option<f64> {
        let pace = self.pace();
        if pace <= 0.0 {
            return None;
        }
        let mut sum = 0.0;
        for ((w, done), e) in weights.iter().zip(past.done).zip(exposure) {
            let off = (done / e.max(EXPOSURE_LEAST) - pace) / pace;
            sum += w * e * off * off;
        }
        Some(sum / self.weight)
    }
}

/// What came into running work in a full period; none for other work, and before two periods are
/// known.
pub(super) fn arrivals(past: &Past<'_>, exposure: &[f64], figures: &Figures) -> Option<f64> {
    let scope = past.scope.filter(|_| past.kind == Kind::Stream)?;
    if past.known() < 2 {
        return None;
    }
    let came = scope.windows(2).map(|pair| (pair[1] - pair[0]).max(0.0));
    let weights = decaying(past.known() - 1, figures.decay);
    let (mut sum, mut weight) = (0.0, 0.0);
    for ((w, came), e) in weights.iter().zip(came).zip(exposure.iter().skip(1)) {
        sum += w * came;
        weight += w * e;
    }
    (weight > 0.0).then(|| sum / weight)
}

/// Weights of `n` periods: the last has 1, each earlier one `decay` times that of the next.
fn decaying(n: usize, decay: f64) -> Vec<f64> {
    let mut weights = vec![1.0; n];
    for at in (1..n).rev() {
        weights[at - 1] = weights[at] * decay;
    }
    weights
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_last_period_weighs_most() {
        assert_eq!(decaying(3, 0.5), [0.25, 0.5, 1.0]);
        assert!(decaying(0, 0.5).is_empty());
    }
}
