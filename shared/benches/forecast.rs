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
use startklar::{
    Policy, assess,
    forecast::{Ahead, End, FITTED, Series, Size, forecast, forecast_launch, simulate},
    plan::Plan,
    time,
};

#[global_allocator]
static MEMORY: mimalloc::MiMalloc = mimalloc::MiMalloc;

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
    let ahead = Ahead {
        periods: left,
        planned: true,
        marks: &marks,
        end: End::Most,
    };
    bencher.bench(|| simulate(black_box(&past), ahead, &FITTED, size).unwrap());
}

/// Ten thousand joint futures of the sample on a day, both lanes.
#[divan::bench(args = ["2026-03-09", "2026-03-23", "2026-04-16"])]
fn ten_thousand_joint_futures(bencher: Bencher<'_, '_>, day: &str) {
    let now = time::parse_instant(&format!("{day}T12:00:00Z")).unwrap();
    let plan = Plan::read(include_str!("../samples/metakube.en.toml")).unwrap();
    let launch = plan.launch(Some(now)).unwrap();
    let assessment = assess(&launch, &Policy::default(), now);
    let size = Size {
        futures: 10_000,
        seed: 1,
    };
    bencher.bench(|| forecast_launch(black_box(&launch), &assessment, size).unwrap());
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
