//! Series and cuts with what came afterwards, and the loss of plain resampling as the measure.

use startklar::forecast::{LEVELS, Quantiles, Series, counts, cuts, resampling};

/// A series at one cut.
#[derive(Clone)]
pub(crate) struct Line<'a> {
    /// The series, and the group it belongs to.
    pub(crate) series: &'a Series,
    pub(crate) group: &'a str,
    /// Known periods.
    pub(crate) cut: usize,
    /// What came in the next four periods, and to the end.
    pub(crate) came: [Came; 2],
}

/// What came over some periods.
#[derive(Clone)]
pub(crate) struct Came {
    /// Work done.
    pub(crate) work: f64,
    /// What so many periods bring on average.
    pub(crate) unit: f64,
    /// The loss of resampling.
    pub(crate) plain: f64,
}

/// Every cut of every series that counts, where something was done before.
pub(crate) fn lines<'a>(series: &'a [Series], groups: &'a [String]) -> Vec<Line<'a>> {
    let mut all = Vec::new();
    for (series, group) in series.iter().zip(groups) {
        for cut in cuts(series.done.len()) {
            let known = series.until(cut);
            if !counts(series) || known.total() <= 0.0 {
                continue;
            }
            let left = series.done.len() - cut;
            if let Some(plain) = resampling(&known, left.min(4), left, 1_000, 1) {
                let came = [
                    came(series, cut, left.min(4), &plain.next4),
                    came(series, cut, left, &plain.rest),
                ];
                all.push(Line {
                    series,
                    group,
                    cut,
                    came,
                });
            }
        }
    }
    all
}

fn came(series: &Series, cut: usize, horizon: usize, plain: &Quantiles) -> Came {
    let work = series.done.iter().skip(cut).take(horizon).sum();
    let unit = mean(&series.done) * number(horizon);
    Came {
        work,
        unit,
        plain: pinball(plain, work) / unit,
    }
}

/// The mean pinball loss of seven quantiles.
pub(crate) fn pinball(q: &Quantiles, came: f64) -> f64 {
    let loss = |(p, q): (f64, f64)| {
        if came >= q {
            (came - q) * p
        } else {
            (q - came) * (1.0 - p)
        }
    };
    mean(&LEVELS.into_iter().zip(q.0).map(loss).collect::<Vec<_>>())
}

/// The mean of some numbers.
pub(crate) fn mean(all: &[f64]) -> f64 {
    all.iter().sum::<f64>() / number(all.len())
}

/// A count as a number.
#[allow(clippy::cast_precision_loss, reason = "counts are small")]
pub(crate) fn number(n: usize) -> f64 {
    n as f64
}
