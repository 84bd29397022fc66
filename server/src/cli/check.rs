//! `check`: a plan file in, the verdict out. No server, no database.

use std::{
    io::Read as _,
    path::{Path, PathBuf},
    process::ExitCode,
};

use clap::Args;
use startklar::{
    Locale, Policy, assess,
    plan::{Plan, PlanError},
    time::Instant,
};

use super::{Outcome, report::Format};

/// `check`.
#[derive(Debug, Clone, Args)]
pub(super) struct Check {
    /// The plan file; `-` reads standard input
    file: PathBuf,
    #[command(flatten)]
    format: Format,
}

impl Check {
    /// Judges the launch that the file describes.
    pub(super) fn run(self) -> Outcome {
        let text = read(&self.file)?;
        let at = self.format.at();
        let judged = Plan::read(&text).and_then(|plan| {
            let launch = plan.launch(Some(at))?;
            Ok((launch, plan.directory()))
        });
        match judged {
            Ok((launch, people)) => {
                let assessment = assess(&launch, &Policy::default(), at);
                self.format.say(&launch, &assessment, &people)
            }
            Err(errors) => Ok(refuse(&self.file, &errors, self.format.language)),
        }
    }
}

/// Says all that is wrong with a plan file; gives the exit code of unusable input.
pub(super) fn refuse(file: &Path, errors: &[PlanError], language: Locale) -> ExitCode {
    for error in errors {
        let (line, column) = (error.line, error.column);
        let text = error.text(language);
        let said = format!("{}:{line}:{column}: {text}", file.display());
        super::complain(said);
    }
    ExitCode::from(2)
}

/// The text of a file; `-` is standard input.
pub(super) fn read(file: &Path) -> Result<String, String> {
    if file.as_os_str() == "-" {
        let mut text = String::new();
        let read = std::io::stdin().read_to_string(&mut text);
        return read
            .map(|_| text)
            .map_err(|error| format!("standard input: {error}"));
    }
    std::fs::read_to_string(file).map_err(|error| format!("{}: {error}", file.display()))
}

/// Reads a moment of the command line.
pub(super) fn moment(text: &str) -> Result<Instant, String> {
    startklar::time::parse_instant(text)
        .map_err(|_| format!("“{text}” is no moment: 2026-04-16T14:20:00+02:00 is one"))
}
