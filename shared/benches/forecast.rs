//! What simulated futures cost: 10,000 of a launch of ten weeks, and the forecast of one cut.
//!
//! The goal on two cores: 20 ms for 10,000 futures.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    missing_docs,
    reason = "a benchmark"
)]

use divan::{Bencher, black_box};
use startklar::forecast::{FITTED, Series, Size, forecast, simulate};

fn main() {
    divan::main();
}

fn launch() -> Series {
    r#"{"id":"launch","kind":"release","unit":"points","period_days":7,"start":"2026-03-02",
        "scope_by_period":[100,102,104,104,108,110,110,112,112,112],
        "done_by_period":[1,2,7,10,12,13,14,13,15,13],"target_period":10}"#
        .parse()
        .unwrap()
}

/// Ten thousand futures of all weeks that are left, with the course of each kept for a fan.
#[divan::bench(args = [0, 3, 7])]
fn ten_thousand_futures(bencher: Bencher<'_, '_>, known: usize) {
    let series = launch();
    let mut past = series.until(known);
    if known == 0 {
        past.scope = Some(&[100.0]);
    }
    let left = 10 - known;
    let marks: Vec<_> = (1..=left).collect();
    let size = Size {
        futures: 10_000,
        seed: 1,
    };
    bencher.bench(|| simulate(black_box(&past), left, true, &marks, &FITTED, size).unwrap());
}

/// What a backtest does at one cut.
#[divan::bench]
fn one_cut(bencher: Bencher<'_, '_>) {
    let series = launch();
    let size = Size {
        futures: 4_000,
        seed: 1,
    };
    bencher.bench(|| forecast(black_box(&series.until(3)), 7, &FITTED, size).unwrap());
}
