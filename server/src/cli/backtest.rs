//! `backtest`: past series in, how good their forecasts would have been out. Each series is cut off
//! at several moments, and the forecast knows nothing of what came after.

mod table;

use std::{fmt::Write as _, path::PathBuf, process::ExitCode};

use clap::Args;
use indicatif::ProgressBar;
use serde::Serialize;
use startklar::{
    Locale,
    forecast::{self, FITTED, Forecast, Series, Size},
    texts::count,
};

use super::{Outcome, check};
use crate::texts;

/// Futures of each forecast.
const FUTURES: usize = 4_000;
/// Errors that are named; the others are counted.
const NAMED: usize = 20;

/// `backtest`.
#[derive(Debug, Clone, Args)]
pub(super) struct Backtest {
    /// Past series, one JSON object a line; `-` reads standard input
    file: PathBuf,
    /// Print the quantiles of each series and cut as one JSON object a line
    #[arg(long)]
    json: bool,
    /// Where the random numbers start; the same seed gives the same answer
    #[arg(long, default_value_t = 1, value_name = "NUMBER")]
    seed: u64,
    /// The language of the words
    #[arg(long, default_value = "en", value_name = "LANGUAGE", value_parser = super::demo::language)]
    language: Locale,
}

/// A line of `--json`.
#[derive(Serialize)]
struct Line<'a> {
    id: &'a str,
    cut: usize,
    #[serde(flatten)]
    forecast: &'a Forecast,
}

impl Backtest {
    /// Forecasts and judges every series.
    pub(super) fn run(self) -> Outcome {
        let text = check::read(&self.file)?;
        let all = match forecast::read(&text) {
            Ok(all) => all,
            Err(errors) => {
                self.refuse(&errors);
                return Ok(ExitCode::from(2));
            }
        };
        if all.is_empty() {
            let reason = texts::of(self.language).backtest.no_series;
            return Err(format!("{}: {reason}", self.file.display()).into());
        }
        let mut out = String::new();
        let mut cases = Vec::new();
        // Draws only where standard error is a terminal.
        let bar = ProgressBar::new(all.len() as u64);
        for series in &all {
            for (cut, forecast) in self.forecasts(series) {
                if self.json {
                    let id = &series.id;
                    let line = Line {
                        id,
                        cut,
                        forecast: &forecast,
                    };
                    writeln!(out, "{}", serde_json::to_string(&line)?)?;
                } else {
                    cases.extend(forecast::judge(series, cut, &forecast));
                }
            }
            bar.inc(1);
        }
        bar.finish_and_clear();
        if !self.json {
            out = table::table(&all, &forecast::scores(&cases), self.language);
        }
        super::say(out.as_bytes())?;
        Ok(ExitCode::SUCCESS)
    }

    /// The forecast of a series at each of its cuts.
    fn forecasts<'a>(&self, series: &'a Series) -> impl Iterator<Item = (usize, Forecast)> + 'a {
        let size = Size {
            futures: FUTURES,
            seed: self.seed,
        };
        let periods = series.done.len();
        forecast::cuts(periods).into_iter().filter_map(move |cut| {
            let known = series.until(cut);
            let forecast = forecast::forecast(&known, periods - cut, &FITTED, size)?;
            Some((cut, forecast))
        })
    }

    /// Says what is wrong with the file.
    fn refuse(&self, errors: &[forecast::SeriesError]) {
        let say = |text: String| super::complain(&*Box::<dyn std::error::Error>::from(text));
        for error in errors.iter().take(NAMED) {
            say(format!(
                "{}: {}",
                self.file.display(),
                error.text(self.language)
            ));
        }
        if let more @ 1.. = errors.len().saturating_sub(NAMED) {
            say(count(&texts::of(self.language).more, more));
        }
    }
}
