//! Reads a plan file and says what the launch is worth, in one sentence and by its blockers.
//!
//! ```text
//! cargo run -p startklar --example judge -- FILE [MOMENT]
//! ```
//! The moment is an RFC 3339 one such as `2026-05-04T08:00:00Z`; the launch moment when absent,
//! since the library has no clock.
#![allow(
    clippy::print_stdout,
    clippy::print_stderr,
    reason = "an example talks to its reader"
)]

use std::{env, error::Error, fs, process::ExitCode};

use startklar::{Locale, Policy, assess, plan::Plan, texts::finding_text, time::parse_instant};

fn main() -> Result<ExitCode, Box<dyn Error>> {
    let mut args = env::args().skip(1);
    let file = args.next().ok_or("usage: judge FILE [MOMENT]")?;
    let plan = match Plan::read(&fs::read_to_string(&file)?) {
        Ok(plan) => plan,
        Err(errors) => {
            for error in errors {
                eprintln!("{file}:{error}");
            }
            return Ok(ExitCode::from(2));
        }
    };
    let now = match args.next() {
        Some(moment) => parse_instant(&moment)?,
        None => plan.moment(),
    };
    let launch = plan.launch(Some(now)).map_err(|errors| {
        errors
            .iter()
            .map(ToString::to_string)
            .collect::<Vec<_>>()
            .join("\n")
    })?;
    let assessment = assess(&launch, &Policy::default(), now);
    println!("{}", assessment.sentence(&launch).text(Locale::En));
    for blocker in assessment.blockers() {
        let text = finding_text(&launch, &assessment, blocker, &plan.directory(), Locale::En);
        println!("- {text}");
    }
    Ok(if assessment.verdict.may_launch() {
        ExitCode::SUCCESS
    } else {
        ExitCode::FAILURE
    })
}
