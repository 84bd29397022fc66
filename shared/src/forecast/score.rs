//! How good forecasts of past series were, against what came and against the two plain methods.

use super::{Forecast, Kind, Plain, Quantiles, Series, average, number::float, resampling};

/// Shorter series are not counted.
const PERIODS_LEAST: usize = 8;
/// The finish may miss its interval by so many periods: the data know whole ones only.
const TOLERANCE: f64 = 1.0;
/// The futures of resampling.
const FUTURES: usize = 1_000;

/// The intervals that are judged, in percent.
pub const INTERVALS: [u8; 3] = [50, 80, 90];

/// What is forecast.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Measure {
    /// Work in the next four periods.
    Next4,
    /// Work in all periods that are left.
    Rest,
    /// The finish.
    Finish,
}

/// One forecast that met reality.
#[derive(Debug, Clone, PartialEq)]
pub struct Case {
    /// Of what kind the series is.
    pub kind: Kind,
    /// What was forecast.
    pub measure: Measure,
    /// How the forecast did.
    pub forecast: Hit,
    /// The error of average velocity.
    pub average: f64,
    /// How resampling did.
    pub resampling: Hit,
}

/// How one method did in one case, or in many.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Hit {
    /// Share of cases in which reality fell inside each of [`INTERVALS`], 0 to 1.
    pub held: [f64; 3],
    /// Error of the median forecast: of work as a share of what the periods bring on average, of
    /// the finish in periods. Over many cases the median.
    pub error: f64,
}

impl Hit {
    fn new(q: &Quantiles, came: f64, unit: f64, tolerance: f64) -> Self {
        let slack = tolerance + 1e-9;
        let inside = |(low, high): (f64, f64)| low - slack <= came && came <= high + slack;
        Self {
            held: INTERVALS.map(|percent| f64::from(q.interval(percent).is_some_and(inside))),
            error: (q.median() - came).abs() / unit,
        }
    }

    fn of_many(hits: &[Self]) -> Self {
        let share = |at: usize| hits.iter().map(|hit| hit.held[at]).sum::<f64>();
        Self {
            held: [0, 1, 2].map(|at| share(at) / float(hits.len().max(1))),
            error: median(hits.iter().map(|hit| hit.error).collect()),
        }
    }
}

/// Whether a series is long enough to be counted, and anything was done in it.
pub fn counts(series: &Series) -> bool {
    series.done.len() >= PERIODS_LEAST && series.done.iter().any(|done| *done > 0.0)
}

/// Judges the forecast of a series after `cut` periods by what came. Nothing where the series does
/// not [count](counts), or nothing was done before the cut.
pub fn judge(series: &Series, cut: usize, forecast: &Forecast) -> Vec<Case> {
    let past = series.until(cut);
    let (near, left) = (forecast.next4.horizon, forecast.rest.horizon);
    if !counts(series) || past.total() <= 0.0 {
        return Vec::new();
    }
    let methods = average(&past, near, left).zip(resampling(&past, near, left, FUTURES, 1));
    methods.map_or_else(Vec::new, |(mean, drawn)| {
        let mut cases = amounts(series, cut, forecast, &mean, &drawn);
        cases.extend(finish(series, cut, forecast, &mean, &drawn));
        cases
    })
}

fn amounts(
    series: &Series,
    cut: usize,
    forecast: &Forecast,
    mean: &Plain<f64>,
    drawn: &Plain<Quantiles>,
) -> Vec<Case> {
    let per_period = series.done.iter().sum::<f64>() / float(series.done.len());
    let all = [
        (Measure::Next4, &forecast.next4, mean.next4, &drawn.next4),
        (Measure::Rest, &forecast.rest, mean.rest, &drawn.rest),
    ];
    let case = |(measure, said, mean, drawn): (_, &super::Amount, f64, &Quantiles)| {
        let came: f64 = series.done.iter().skip(cut).take(said.horizon).sum();
        let unit = per_period * float(said.horizon);
        Case {
            kind: series.kind,
            measure,
            forecast: Hit::new(&said.q, came, unit, 0.0),
            average: (mean - came).abs() / unit,
            resampling: Hit::new(drawn, came, unit, 0.0),
        }
    };
    all.into_iter().map(case).collect()
}

/// The finish of a release that was not over at the cut.
fn finish(
    series: &Series,
    cut: usize,
    forecast: &Forecast,
    mean: &Plain<f64>,
    drawn: &Plain<Quantiles>,
) -> Option<Case> {
    let came = series.finish.filter(|came| *came > float(cut))?;
    Some(Case {
        kind: series.kind,
        measure: Measure::Finish,
        forecast: Hit::new(&forecast.finish?.q, came, 1.0, TOLERANCE),
        average: (mean.finish? - came).abs(),
        resampling: Hit::new(&drawn.finish?, came, 1.0, TOLERANCE),
    })
}

/// How the methods did over all cases of one kind and measure.
#[derive(Debug, Clone, PartialEq)]
pub struct Score {
    /// Of what kind the series are.
    pub kind: Kind,
    /// What was forecast.
    pub measure: Measure,
    /// Number of cases.
    pub cases: usize,
    /// How the forecast did.
    pub forecast: Hit,
    /// The median error of average velocity.
    pub average: f64,
    /// How resampling did.
    pub resampling: Hit,
}

/// Sums up cases by kind and measure, in the order of both.
pub fn scores(cases: &[Case]) -> Vec<Score> {
    let mut all = Vec::new();
    for kind in Kind::ALL {
        for measure in [Measure::Next4, Measure::Rest, Measure::Finish] {
            let same = |case: &&Case| case.kind == kind && case.measure == measure;
            let cases: Vec<_> = cases.iter().filter(same).collect();
            if cases.is_empty() {
                continue;
            }
            let hits = |of: fn(&Case) -> Hit| -> Vec<Hit> { cases.iter().map(|c| of(c)).collect() };
            all.push(Score {
                kind,
                measure,
                cases: cases.len(),
                forecast: Hit::of_many(&hits(|case| case.forecast)),
                average: median(cases.iter().map(|case| case.average).collect()),
                resampling: Hit::of_many(&hits(|case| case.resampling)),
            });
        }
    }
    all
}

/// The middle of some numbers, between the two middle ones of an even number; 0 of none.
fn median(mut all: Vec<f64>) -> f64 {
    all.sort_unstable_by(f64::total_cmp);
    let (low, high) = (all.len().saturating_sub(1) / 2, all.len() / 2);
    match (all.get(low), all.get(high)) {
        (Some(low), Some(high)) => f64::midpoint(*low, *high),
        _ => 0.0,
    }
}

#[cfg(test)]
mod tests {
    use super::{
        super::{FITTED, Size, forecast},
        *,
    };

    fn tried(done: &str, finish: &str) -> Vec<Case> {
        let line = format!(
            r#"{{"id":"a","kind":"release","unit":"points","period_days":7,"done_by_period":{done},
            "scope_by_period":[40,40,40,40,40,40,40,40],"target_period":8,"finish_period":{finish}}}"#
        );
        let series: Series = line.parse().expect("a series");
        let size = Size {
            futures: 500,
            seed: 1,
        };
        let said = forecast(&series.until(4), 4, &FITTED, size).expect("four periods are known");
        judge(&series, 4, &said)
    }

    #[test]
    fn a_case_says_whether_reality_fell_inside() {
        let cases = tried("[5,5,5,5,5,5,5,5]", "8");
        assert_eq!(cases.len(), 3);
        let scores = scores(&cases);
        assert!(scores.iter().all(|score| score.cases == 1));
        assert!(scores[0].average < 1e-12, "five a week is what comes");
        assert!(scores[0].resampling.held.iter().all(|held| *held > 0.99));
        let collapse = tried("[5,5,5,5,0,0,0,0]", "null");
        assert_eq!(collapse.len(), 2, "it never finished");
        assert!(collapse[1].forecast.held[0] < 0.01);
    }

    #[test]
    fn a_case_needs_something_done_before_the_cut() {
        assert!(tried("[0,0,0,0,9,9,9,9]", "8").is_empty());
    }

    #[test]
    fn the_median_lies_between_the_middle_two() {
        let of = |all: &[f64]| median(all.to_vec()).to_string();
        assert_eq!(
            [of(&[3.0, 1.0, 2.0]), of(&[1.0, 2.0]), of(&[])],
            ["2", "1.5", "0"]
        );
    }
}
