//! How verdicts are said on the command line: as text or JSON, with the exit code that belongs to
//! them. 0 is go (with conditions too), 1 is no-go, 2 is unusable input or failure.

use std::{fmt::Write as _, process::ExitCode};

use chrono::Utc;
use clap::Args;
use startklar::{
    Assessment, Launch, Locale, People,
    engine::Rule,
    forecast::{SHOWN, forecast_launch},
    report::{FindingLine, Report},
    time::Instant,
};

use super::{Outcome, check::moment};

/// How to say a verdict.
#[derive(Debug, Clone, Args)]
pub(super) struct Format {
    /// Print the whole assessment as one JSON object
    #[arg(long)]
    json: bool,
    /// The moment to judge by (RFC 3339); now when not given
    #[arg(long, value_name = "MOMENT", value_parser = moment)]
    at: Option<Instant>,
    /// The language of the words
    #[arg(long, default_value = "en", value_name = "LANGUAGE", value_parser = super::demo::language)]
    pub(super) language: Locale,
}

impl Format {
    /// The moment to judge by.
    pub(super) fn at(&self) -> Instant {
        self.at.unwrap_or_else(Utc::now)
    }

    /// Says what a launch is worth.
    pub(super) fn say(&self, launch: &Launch, assessment: &Assessment, people: &People) -> Outcome {
        let forecast = forecast_launch(launch, assessment, SHOWN);
        let report = Report::new(launch, assessment, forecast.as_ref(), people, self.language);
        let mut out = String::new();
        if self.json {
            writeln!(out, "{}", serde_json::to_string_pretty(&report)?)?;
        } else {
            writeln!(out, "{}", report.sentence)?;
            if let Some(forecast) = &report.forecast {
                writeln!(out, "{}", forecast.text)?;
            }
            // What a go was conditional on is not forgotten before the launch waits for it.
            let told = |f: &&FindingLine| f.blocking || f.rule == Rule::ConditionAhead;
            for finding in report.findings.iter().filter(told) {
                let discipline = self.language.catalogue().discipline(finding.discipline);
                writeln!(out, "  {discipline}: {}", finding.text)?;
            }
        }
        super::say(out.as_bytes())?;
        Ok(ExitCode::from(u8::from(!assessment.verdict.may_launch())))
    }
}
