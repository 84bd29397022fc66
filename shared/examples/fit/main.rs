//! Derives the figures of the forecast from past series, so that anyone can repeat it on other
//! data:
//!
//! - `cargo run --release -p startklar --example fit -- FILE` prints the figures.
//! - `… -- FILE --folds SEED` holds out whole groups in five folds, and prints for each series and
//!   cut the forecast by figures that its group had no part in, as `backtest --json` does.
//!
//! Each line of FILE holds a series as `startklar backtest` reads it, and a `group`: series of one
//! group are not independent. Figures that are set by judgement stay as they are.

mod lines;
mod spread;
mod statistics;

use std::{error::Error, io::Write as _};

use serde_json::{Value, json};
use startklar::forecast::{FITTED, Figures, Series, Size, forecast, read};

use lines::Line;

/// Futures and seed of the forecasts that are printed.
const SIZE: Size = Size {
    futures: 4_000,
    seed: 1,
};
const FOLDS: usize = 5;

fn main() -> Result<(), Box<dyn Error>> {
    let mut arguments = std::env::args().skip(1);
    let file = arguments.next().ok_or("fit FILE [--folds SEED]")?;
    let (series, groups) = load(&std::fs::read_to_string(file)?)?;
    let lines = lines::lines(&series, &groups);
    match (arguments.next().as_deref(), arguments.next()) {
        (Some("--folds"), Some(seed)) => folds(&lines, seed.parse()?),
        (None, _) => Ok(writeln!(std::io::stdout(), "{:#?}", fit(&lines))?),
        _ => Err("fit FILE [--folds SEED]".into()),
    }
}

/// The series of a file and the group of each.
fn load(text: &str) -> Result<(Vec<Series>, Vec<String>), Box<dyn Error>> {
    let series = read(text).map_err(|errors| match errors.first() {
        Some(error) => error.to_string(),
        None => String::new(),
    })?;
    let group = |line: &str| -> Result<String, Box<dyn Error>> {
        let line: Value = serde_json::from_str(line)?;
        let group = line["group"].as_str().ok_or("a series has no group")?;
        Ok(group.to_owned())
    };
    let filled = text.lines().filter(|line| !line.trim().is_empty());
    Ok((series, filled.map(group).collect::<Result<_, _>>()?))
}

/// The figures that some cuts and their series show.
fn fit(lines: &[Line<'_>]) -> Figures {
    let mut series: Vec<&Series> = lines.iter().map(|line| line.series).collect();
    series.dedup_by_key(|series| &series.id);
    let figures = statistics::figures(&series, &FITTED);
    spread::fitted(lines, figures)
}

/// Prints the forecast of every cut by the figures of the other folds.
fn folds(lines: &[Line<'_>], seed: u64) -> Result<(), Box<dyn Error>> {
    let mut groups: Vec<&str> = lines.iter().map(|line| line.group).collect();
    groups.sort_unstable_by_key(|group| (scattered(group, seed), *group));
    groups.dedup();
    let fold = |line: &Line<'_>| {
        groups
            .iter()
            .position(|g| *g == line.group)
            .map(|n| n % FOLDS)
    };
    for held_out in 0..FOLDS {
        let (inside, outside): (Vec<_>, Vec<_>) = lines
            .iter()
            .cloned()
            .partition(|line| fold(line) == Some(held_out));
        let figures = fit(&outside);
        for Line { series, cut, .. } in inside {
            let left = series.done.len() - cut;
            if let Some(said) = forecast(&series.until(cut), left, &figures, SIZE) {
                let mut line = json!(said);
                line["id"] = json!(series.id);
                line["cut"] = json!(cut);
                writeln!(std::io::stdout(), "{line}")?;
            }
        }
    }
    Ok(())
}

/// A number that orders the groups anew for each seed (FNV-1a).
fn scattered(group: &str, seed: u64) -> u64 {
    let mix = |hash: u64, byte: u8| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
    let bytes = seed.to_le_bytes().into_iter().chain(group.bytes());
    bytes.fold(0xcbf2_9ce4_8422_2325, mix)
}
