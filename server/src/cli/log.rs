//! The log: lines on standard error, for people or for programs.

use std::io::IsTerminal as _;

use clap::{Args, ValueEnum};
use tracing_subscriber::EnvFilter;

/// The shape of a log line.
#[derive(Debug, Clone, Copy, ValueEnum)]
enum Shape {
    /// For people.
    Text,
    /// One JSON object a line.
    Json,
}

/// How the log looks.
#[derive(Debug, Clone, Args)]
pub(super) struct Log {
    /// The shape of the log on standard error
    #[arg(
        long,
        env = "STARTKLAR_LOG",
        default_value = "text",
        value_name = "SHAPE"
    )]
    log: Shape,
    /// What is logged: a level such as `debug`, or more in the syntax of `RUST_LOG`
    #[arg(long, env = "RUST_LOG", default_value = "info", value_name = "FILTER")]
    log_filter: String,
}

impl Log {
    /// Starts the log. Called once.
    pub(super) fn start(&self) -> Result<(), Box<dyn std::error::Error + Send + Sync>> {
        let filter = EnvFilter::try_new(&self.log_filter)?;
        let lines = tracing_subscriber::fmt()
            .with_env_filter(filter)
            .with_ansi(std::io::stderr().is_terminal())
            .with_writer(std::io::stderr);
        match self.log {
            Shape::Text => lines.try_init(),
            Shape::Json => lines.json().flatten_event(true).try_init(),
        }
    }
}
