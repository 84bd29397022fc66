//! The spread of a team's level for each kind, on a grid: what it costs in sharpness and coverage.

use std::collections::HashMap;

use startklar::forecast::{Figures, INTERVALS, Kind, LevelSpread, Size, forecast};

use crate::{
    lines::{Line, number, pinball},
    statistics::rounded,
};

/// What a squared error of coverage costs against the loss.
const CALIBRATION: f64 = 4.0;
/// The cost is flat and uneven, and its lowest point jumps from sample to sample. So all values
/// count whose cost is so near to the lowest.
const NOISE: f64 = 0.04;
/// Share of the fitted spread that is kept for releases. Set: whatever releases are held out, what the
/// others ask for is too wide for them, and both sharpness and coverage gain from 1 down to a half.
const RELEASE_KEPT: f64 = 0.6;
/// Enough futures for a cost.
const SIZE: Size = Size {
    futures: 1_000,
    seed: 1,
};

/// The figures with the spread of each kind. Project starts are too few: the widest of the others.
pub(crate) fn fitted(lines: &[Line<'_>], mut figures: Figures) -> Figures {
    let of = |kind| {
        let same = |line: &&Line<'_>| line.series.kind == kind;
        let lines: Vec<_> = lines.iter().filter(same).cloned().collect();
        best(&lines, &figures)
    };
    let [stream, throughput, velocity, release] = [
        Kind::Stream,
        Kind::Throughput,
        Kind::Velocity,
        Kind::Release,
    ]
    .map(of);
    figures.level_spread = LevelSpread {
        stream,
        throughput,
        velocity,
        release: rounded(RELEASE_KEPT * release, 3),
        project_start: stream.max(throughput).max(velocity).max(release),
    };
    figures
}

/// The mean of the near-best values, weighted by how near they are.
fn best(lines: &[Line<'_>], figures: &Figures) -> f64 {
    let grid = [0.0, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8];
    let costs = grid.map(|spread| cost(lines, figures, spread));
    let lowest = costs.into_iter().fold(f64::INFINITY, f64::min);
    let weights = costs.map(|cost| (lowest + NOISE - cost).max(0.0));
    let sum: f64 = weights
        .iter()
        .zip(grid)
        .map(|(weight, spread)| weight * spread)
        .sum();
    rounded(sum / weights.iter().sum::<f64>(), 3)
}

/// Loss against resampling, and the errors of coverage, over both horizons.
fn cost(lines: &[Line<'_>], figures: &Figures, spread: f64) -> f64 {
    let figures = Figures {
        level_spread: LevelSpread {
            stream: spread,
            throughput: spread,
            velocity: spread,
            release: spread,
            project_start: spread,
        },
        ..figures.clone()
    };
    let mut sizes = HashMap::new();
    for line in lines {
        *sizes.entry(line.group).or_insert(0) += 1;
    }
    let mut sums = [Sums::default(), Sums::default()];
    for line in lines {
        let left = line.series.done.len() - line.cut;
        let Some(said) = forecast(&line.series.until(line.cut), left, &figures, SIZE) else {
            continue;
        };
        // Series of one group are not independent: n of them count as much as √n.
        let weight = 1.0 / number(sizes[line.group]).sqrt();
        for (at, said) in [said.next4, said.rest].into_iter().enumerate() {
            let came = &line.came[at];
            sums[at].weight += weight;
            sums[at].loss += weight * pinball(&said.q, came.work) / came.unit;
            sums[at].plain += weight * came.plain;
            for (held, percent) in sums[at].held.iter_mut().zip(INTERVALS) {
                let interval = said.q.interval(percent);
                let inside = interval
                    .is_some_and(|(low, high)| low - 1e-9 <= came.work && came.work <= high + 1e-9);
                *held += weight * f64::from(inside);
            }
        }
    }
    sums.iter().map(Sums::cost).sum()
}

/// Weighted sums over all cuts.
#[derive(Default)]
struct Sums {
    weight: f64,
    loss: f64,
    plain: f64,
    held: [f64; 3],
}

impl Sums {
    fn cost(&self) -> f64 {
        let off = |(held, percent): (&f64, u8)| {
            let off = held / self.weight - f64::from(percent) / 100.0;
            CALIBRATION * off * off
        };
        self.loss / self.plain + self.held.iter().zip(INTERVALS).map(off).sum::<f64>()
    }
}
