//! The figures that are plain statistics of past series.

use chrono::{Datelike as _, Days, NaiveDate};
use startklar::forecast::{Figures, Kind, Series, cuts};

use crate::lines::{mean, number};

/// Below so many observations a figure stays as it was.
const HOLIDAYS_LEAST: usize = 5;
const RATES_LEAST: usize = 3;
const GROWTHS_LEAST: usize = 12;

/// The figures, where the series show them; else those given.
pub(crate) fn figures(series: &[&Series], given: &Figures) -> Figures {
    let rate = rounded(or(growth_rate(series), given.growth_prior_rate), 3);
    let growth = growths(series, rate, given.growth_prior_weeks);
    let (slowing, spread) =
        growth_after(&growth).unwrap_or((given.growth_slowing, given.growth_spread));
    Figures {
        ramp_week_1: rounded(or(ramp(series, 0), given.ramp_week_1).min(1.0), 2),
        ramp_week_2: rounded(or(ramp(series, 1), given.ramp_week_2).min(1.0), 2),
        holiday_share: rounded(or(holiday_share(series), given.holiday_share), 2),
        week_variance: rounded(or(week_variance(series), given.week_variance), 3),
        growth_prior_rate: rate,
        fixed_scope_grows: rounded(fixed_scope_grows(series), 2),
        growth_slowing: rounded(slowing, 2),
        growth_spread: rounded(spread, 2),
        ..given.clone()
    }
}

/// As many digits as a figure is worth.
pub(crate) fn rounded(figure: f64, digits: i32) -> f64 {
    let scale = 10_f64.powi(digits);
    (figure * scale).round() / scale
}

fn or(found: Option<f64>, given: f64) -> f64 {
    found.unwrap_or(given)
}

/// Median of variance / mean² of a period.
fn week_variance(series: &[&Series]) -> Option<f64> {
    let of = |series: &&Series| {
        let mean = mean(&series.done);
        let squares: f64 = series
            .done
            .iter()
            .map(|done| (done - mean) * (done - mean))
            .sum();
        squares / (number(series.done.len()) - 1.0) / (mean * mean)
    };
    median(series.iter().map(of).collect())
}

/// Median of a release's first or second week against the mean of the third to the last.
fn ramp(series: &[&Series], week: usize) -> Option<f64> {
    let weekly = series
        .iter()
        .filter(|s| s.kind == Kind::Release && s.period_days == 7);
    let ratio = |series: &&Series| {
        let later = mean(series.done.get(2..)?);
        (later > 0.0).then(|| series.done[week] / later)
    };
    median(weekly.filter_map(ratio).collect())
}

/// What is left of a day's work at the turn of the year.
fn holiday_share(series: &[&Series]) -> Option<f64> {
    let (mut lost, mut share) = (Vec::new(), Vec::new());
    for series in series.iter().filter(|series| series.period_days == 7) {
        let Some(start) = series.start else {
            continue;
        };
        let free: Vec<_> = (0..series.done.len())
            .map(|week| holidays(start, week))
            .collect();
        let weeks = || series.done.iter().zip(&free);
        let usual: Vec<_> = weeks()
            .filter(|(_, n)| **n == 0)
            .map(|(done, _)| *done)
            .collect();
        if usual.iter().sum::<f64>() <= 0.0 {
            continue;
        }
        for (done, n) in weeks().filter(|(_, n)| **n >= 4) {
            lost.push(1.0 - done / mean(&usual));
            share.push(number(*n) / 7.0);
        }
    }
    (lost.len() >= HOLIDAYS_LEAST).then(|| (1.0 - mean(&lost) / mean(&share)).clamp(0.1, 1.0))
}

/// Days from 24 December to 1 January in a week after a start.
fn holidays(start: NaiveDate, week: usize) -> usize {
    let date = |day: usize| start.checked_add_days(Days::new((7 * week + day) as u64));
    let is_free = |date: &NaiveDate| matches!((date.month(), date.day()), (12, 24..) | (1, 1));
    (0..7).filter_map(date).filter(is_free).count()
}

/// Releases with a scope: the series and its scopes.
fn scoped<'a>(series: &'a [&Series]) -> impl Iterator<Item = (&'a Series, &'a [f64])> {
    let releases = series.iter().filter(|series| series.kind == Kind::Release);
    releases.filter_map(|series| Some((*series, series.scope.as_deref()?)))
}

/// Median growth in a period against the final scope, of releases whose scope grew.
fn growth_rate(series: &[&Series]) -> Option<f64> {
    let rate = |(_, scope): (_, &[f64])| {
        let (first, last) = (*scope.first()?, *scope.last()?);
        let grew = last > first && first > 0.0;
        grew.then(|| (last - first) / (number(scope.len()) - 1.0) / last)
    };
    let rates: Vec<_> = scoped(series).filter_map(rate).collect();
    median(rates).filter(|_| scoped(series).filter_map(rate).count() >= RATES_LEAST)
}

/// Share of cuts without growth so far whose scope grew later, with a prior of one in four.
fn fixed_scope_grows(series: &[&Series]) -> f64 {
    let (mut flat, mut grew) = (0, 0);
    for (_, scope) in scoped(series) {
        let last = scope.last().copied().unwrap_or(0.0);
        for cut in cuts(scope.len()) {
            if scope[cut - 1] <= scope[0] {
                flat += 1;
                grew += usize::from(last > scope[cut - 1]);
            }
        }
    }
    (number(grew) + 1.0) / (number(flat) + 4.0)
}

/// At each cut of a growing scope: growth after it / (rate so far × periods left), and the share of
/// time that is left.
fn growths(series: &[&Series], prior_rate: f64, prior: f64) -> Vec<(f64, f64)> {
    let mut all = Vec::new();
    for (_, scope) in scoped(series) {
        let last = scope.last().copied().unwrap_or(0.0);
        for cut in cuts(scope.len()) {
            let (first, now) = (scope[0], scope[cut - 1]);
            if now > first && first > 0.0 {
                let left = number(scope.len() - cut);
                let rate = (now - first + prior * prior_rate * now) / (number(cut) - 1.0 + prior);
                let after = (last - now).max(0.0) / rate / left;
                all.push((after, left / number(scope.len())));
            }
        }
    }
    all
}

/// How much growth slows down (mean without the highest and lowest tenth), and how far its
/// logarithm is spread (quartile distance / 1.349).
fn growth_after(growth: &[(f64, f64)]) -> Option<(f64, f64)> {
    if growth.len() < GROWTHS_LEAST {
        return None;
    }
    let ratios = sorted(growth.iter().map(|(after, left)| after / left).collect());
    let tenth = ratios.len() / 10;
    let slowing = mean(&ratios[tenth..ratios.len() - tenth]);
    let log = |(after, left): &(f64, f64)| (after / (slowing * left).min(1.0)).max(0.05).ln();
    let logs = sorted(growth.iter().map(log).collect());
    let (low, high) = (logs[logs.len() / 4], logs[3 * logs.len() / 4]);
    Some((slowing, (high - low) / 1.349))
}

fn sorted(mut all: Vec<f64>) -> Vec<f64> {
    all.sort_unstable_by(f64::total_cmp);
    all
}

/// The middle of some numbers.
fn median(all: Vec<f64>) -> Option<f64> {
    let all = sorted(all);
    let (low, high) = (all.len().checked_sub(1)? / 2, all.len() / 2);
    Some(f64::midpoint(*all.get(low)?, *all.get(high)?))
}
