//! The command line: one verb, one module. A verb reads its arguments, calls the use cases and says
//! what came of it.

mod backtest;
mod check;
mod config;
mod demo;
mod files;
mod find;
mod gate;
mod log;
mod mail;
mod minutes;
mod person;
mod providers;
mod report;
mod serve;
mod settings;
mod verify;

use std::io::{ErrorKind, Write as _};

use clap::{Args, CommandFactory as _, FromArgMatches as _, Parser, Subcommand};
use startklar_app::assets::Embedded;

use crate::{
    launches::{Launches, Sharing},
    metrics::Metrics,
    store,
};

/// Launch readiness, computed from a journal.
#[derive(Debug, Parser)]
#[command(name = "startklar", version, about)]
struct Cli {
    #[command(subcommand)]
    verb: Option<Verb>,
    /// A file with settings, by the names of the options; options and the environment come before it
    #[arg(long, global = true, env = "STARTKLAR_CONFIG", value_name = "FILE")]
    config: Option<std::path::PathBuf>,
    #[command(flatten)]
    serve: serve::Serve,
}

// A further verb: a module beside these with its arguments and `async fn run(self) -> Outcome`, a
// variant here, an arm in `run`.
#[derive(Debug, Subcommand)]
enum Verb {
    /// Serve pages and API on this machine; what happens without a verb.
    Serve(serve::Serve),
    /// Print every setting, what it is now and who says so, as a settings file.
    Config(config::Config),
    /// Serve the sample launch from a database that is thrown away at the end.
    Demo(demo::Demo),
    /// Judge a plan file: 0 is go, 1 is no-go, 2 is unusable input or failure.
    Check(check::Check),
    /// Judge a launch of a database; the exit code is that of `check`.
    Gate(gate::Gate),
    /// Take a plan file into a database.
    Import(files::Import),
    /// Write a launch of a database as a plan file.
    Export(files::Export),
    /// Write the minutes of a poll, go or no-go, as PDF.
    Minutes(minutes::Minutes),
    /// Write a whole database into one file.
    Backup(files::Backup),
    /// Put a backup into a database.
    Restore(files::Restore),
    /// Check whether the journal of a whole database is as it was written: 0 is whole, 1 is broken.
    Verify(verify::Verify),
    /// People and their accounts: list, add, link, drop-factor, drop-passkeys, erase.
    Person(person::Person),
    /// Forecast past series from their beginnings, and say how often reality fell inside.
    Backtest(backtest::Backtest),
    /// Print the completions of a shell.
    Completions {
        /// The shell
        shell: clap_complete::Shell,
    },
}

/// What went wrong, for people.
type Error = Box<dyn std::error::Error + Send + Sync>;

/// What a verb comes to.
type Outcome = Result<std::process::ExitCode, Error>;

/// The launches of a database, or an error for people.
type Opened = Result<std::sync::Arc<Launches>, Error>;

/// Where the journal is kept.
#[derive(Debug, Clone, Args)]
struct Database {
    /// The database: `sqlite:PATH`, or `postgres://USER@HOST/NAME` for many servers side by side
    #[arg(
        long,
        env = "STARTKLAR_DATABASE",
        hide_env_values = true,
        default_value = "sqlite:startklar.sqlite",
        value_name = "URL"
    )]
    database: String,
}

impl Database {
    /// Opens its launches.
    async fn launches(&self) -> Opened {
        self.over(store::open(&self.database).await?).await
    }

    /// Opens its launches to read them only, which works beside a server that has the file.
    async fn launches_to_read(&self) -> Opened {
        self.over(store::open_to_read(&self.database).await?).await
    }

    async fn over(&self, store: std::sync::Arc<dyn store::Store>) -> Opened {
        let metrics = std::sync::Arc::new(Metrics::new()?);
        Ok(Launches::open(store, self.sharing(), metrics).await?)
    }

    /// Whether other processes may append to it.
    fn sharing(&self) -> Sharing {
        if self.database.starts_with("sqlite:") {
            Sharing::Alone
        } else {
            Sharing::Shared
        }
    }
}

/// Runs the program on the arguments that it was called with; `embedded` is the browser half that it serves.
pub fn run(embedded: &'static Embedded) -> std::process::ExitCode {
    // The runtime starts here: what is only ever awaited in another crate is compiled there, and that would
    // be all the server, at the very end of the build.
    let runtime = tokio::runtime::Runtime::new().map_err(Error::from);
    let outcome = runtime.and_then(|runtime| {
        let settings = settings::Settings::find(&Cli::command())?;
        runtime.block_on(run_with(settings, embedded))
    });
    outcome.unwrap_or_else(|error| {
        complain(error);
        std::process::ExitCode::from(2)
    })
}

/// Refuses options of the server that stand before another verb, which would not hear of them.
fn unheard(found: &clap::ArgMatches) -> Result<(), Error> {
    let Some((verb, _)) = found.subcommand() else {
        return Ok(());
    };
    let given = |id: &str| found.value_source(id) == Some(clap::parser::ValueSource::CommandLine);
    let options = serve::Serve::augment_args(clap::Command::default());
    let mut options = options.get_arguments();
    match options.find(|option| given(option.get_id().as_str())) {
        None => Ok(()),
        Some(option) => {
            let name = option.get_long().unwrap_or_default();
            Err(format!("--{name} stands before `{verb}`, which does not hear of it there: write `startklar {verb} --{name} …`").into())
        }
    }
}

async fn run_with(settings: settings::Settings, embedded: &'static Embedded) -> Outcome {
    let command = settings.under(Cli::command());
    let found = command.clone().get_matches();
    unheard(&found)?;
    let cli = Cli::from_arg_matches(&found).unwrap_or_else(|error| error.exit());
    match cli.verb {
        Some(Verb::Serve(serve)) => serve.run(embedded).await,
        Some(Verb::Config(config)) => {
            let found = found.subcommand_matches("config").unwrap_or(&found);
            config.run(&command, found, &settings)
        }
        Some(Verb::Demo(demo)) => demo.run(embedded).await,
        Some(Verb::Check(check)) => check.run(),
        Some(Verb::Gate(gate)) => gate.run().await,
        Some(Verb::Import(import)) => import.run().await,
        Some(Verb::Export(export)) => export.run().await,
        Some(Verb::Minutes(minutes)) => minutes.run().await,
        Some(Verb::Backup(backup)) => backup.run().await,
        Some(Verb::Restore(restore)) => restore.run().await,
        Some(Verb::Verify(verify)) => verify.run().await,
        Some(Verb::Person(person)) => person.run().await,
        Some(Verb::Backtest(backtest)) => backtest.run(),
        Some(Verb::Completions { shell }) => {
            let mut script = Vec::new();
            clap_complete::generate(shell, &mut Cli::command(), "startklar", &mut script);
            say(&script)?;
            Ok(std::process::ExitCode::SUCCESS)
        }
        None => cli.serve.run(embedded).await,
    }
}

/// Writes to standard output. A reader who has seen enough and closed the pipe, as `head` does, is
/// no failure: the exit code still says what came of the verb.
fn say(bytes: &[u8]) -> std::io::Result<()> {
    let mut out = std::io::stdout().lock();
    match out.write_all(bytes).and_then(|()| out.flush()) {
        Err(error) if error.kind() == ErrorKind::BrokenPipe => Ok(()),
        written => written,
    }
}

/// Says what went wrong, on standard error.
#[allow(clippy::print_stderr, reason = "the command line speaks to people")]
fn complain(error: impl std::fmt::Display) {
    eprintln!("startklar: {error}");
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory as _;

    use super::*;

    #[test]
    fn the_command_line_is_consistent() {
        Cli::command().debug_assert();
    }

    #[test]
    fn no_verb_serves() {
        let cli = Cli::parse_from(["startklar", "--listen", "127.0.0.1:0"]);
        assert!(cli.verb.is_none() && cli.serve.listen().port() == 0);
    }
}
