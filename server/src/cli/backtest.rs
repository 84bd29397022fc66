//! `backtest`: past series in, how good their forecasts would have been out. Each series is cut off
//! at several moments, and the forecast knows nothing of what came after.

mod table;

use std::{fmt::Write as _, fs, path::PathBuf, process::ExitCode};

use clap::Args;
use indicatif::ProgressBar;
use serde::Serialize;
use startklar::{
    Locale,
    forecast::{self, BACKTESTED, Forecast, Size},
    texts::count,
};
use startklar_app::charts::trust;

use super::{Outcome, check};
use crate::texts;

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
    /// Draw how often reality fell inside, as a picture
    #[arg(long, value_name = "FILE.svg")]
    chart: Option<PathBuf>,
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
        let judges = !self.json || self.chart.is_some();
        // Draws only where standard error is a terminal.
        let bar = ProgressBar::new(all.len() as u64);
        let size = Size {
            seed: self.seed,
            ..BACKTESTED
        };
        for series in &all {
            for (cut, forecast) in forecast::forecasts(series, size) {
                if self.json {
                    let id = &series.id;
                    let line = Line {
                        id,
                        cut,
                        forecast: &forecast,
                    };
                    writeln!(out, "{}", serde_json::to_string(&line)?)?;
                }
                if judges {
                    cases.extend(forecast::judge(series, cut, &forecast));
                }
            }
            bar.inc(1);
        }
        bar.finish_and_clear();
        let scores = forecast::scores(&cases);
        if !self.json {
            out = table::table(&all, &scores, self.language);
        }
        if let Some(file) = &self.chart {
            fs::write(file, trust::file(&scores, self.language))
                .map_err(|error| format!("{}: {error}", file.display()))?;
        }
        super::say(out.as_bytes())?;
        Ok(ExitCode::SUCCESS)
    }

    /// Says what is wrong with the file.
    fn refuse(&self, errors: &[forecast::SeriesError]) {
        for error in errors.iter().take(NAMED) {
            super::complain(format!(
                "{}: {}",
                self.file.display(),
                error.text(self.language)
            ));
        }
        if let more @ 1.. = errors.len().saturating_sub(NAMED) {
            super::complain(count(&texts::of(self.language).more, more));
        }
    }
}
