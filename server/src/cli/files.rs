//! `import`, `export`, `backup`, `restore`: what goes into a database and comes out of it.

use std::{path::PathBuf, process::ExitCode};

use chrono::Utc;
use clap::Args;
use startklar::{
    CommandId, LaunchId, Locale,
    plan::{self, Plan},
};
use uuid::Uuid;

use super::{Database, Outcome, check};
use crate::store::{self, Progress};

/// `import`.
#[derive(Debug, Clone, Args)]
pub(super) struct Import {
    /// The plan file
    file: PathBuf,
    #[command(flatten)]
    database: Database,
    /// The language of the words
    #[arg(long, default_value = "en", value_name = "LANGUAGE", value_parser = super::demo::language)]
    language: Locale,
}

impl Import {
    /// Takes the plan file in; all of it or nothing.
    pub(super) async fn run(self) -> Outcome {
        let name = self.file.display().to_string();
        let text = std::fs::read_to_string(&self.file).map_err(|e| format!("{name}: {e}"))?;
        let now = Utc::now();
        // Before the database is opened: no file is made for a plan that is refused.
        let usable = Plan::read(&text).and_then(|plan| {
            plan.has_happened(now)?;
            plan.launch(None)
        });
        if let Err(errors) = usable {
            return Ok(check::refuse(&self.file, &errors, self.language));
        }
        let launches = self.database.launches().await?;
        let taken = launches.import(text, CommandId(Uuid::now_v7()), now).await;
        let outcome = match taken {
            Ok(live) => {
                super::say(format!("{}\n", live.id()).as_bytes())?;
                Ok(ExitCode::SUCCESS)
            }
            Err(failure) => Err(failure.into()),
        };
        launches.store().close().await;
        outcome
    }
}

/// `export`.
#[derive(Debug, Clone, Args)]
pub(super) struct Export {
    /// The launch
    launch: LaunchId,
    #[command(flatten)]
    database: Database,
}

impl Export {
    /// Writes the launch as a plan file to standard output.
    pub(super) async fn run(self) -> Outcome {
        let launches = self.database.launches_to_read().await?;
        let live = super::find::launch(&launches, &self.launch).await?;
        let text = plan::write(&live.launch(), &launches.people().all());
        super::say(text.as_bytes())?;
        launches.store().close().await;
        Ok(ExitCode::SUCCESS)
    }
}

/// `backup`.
#[derive(Debug, Clone, Args)]
pub(super) struct Backup {
    /// The file to write; it must not exist yet
    file: PathBuf,
    #[command(flatten)]
    database: Database,
}

impl Backup {
    /// Writes everything into one file.
    pub(super) async fn run(self) -> Outcome {
        if self.file.exists() {
            let name = self.file.display();
            return Err(
                format!("{name}: there is such a file already; a backup overwrites none").into(),
            );
        }
        let store = store::open_to_read(&self.database.database).await?;
        store.backup(&self.file, &show).await?;
        store.close().await;
        Ok(ExitCode::SUCCESS)
    }
}

/// `restore`.
#[derive(Debug, Clone, Args)]
pub(super) struct Restore {
    /// The backup
    file: PathBuf,
    #[command(flatten)]
    database: Database,
}

impl Restore {
    /// Puts a backup into a database; done twice it changes nothing.
    pub(super) async fn run(self) -> Outcome {
        // Before the database is opened: no file is made for a backup that is refused.
        let backup = store::Backup::open(&self.file).await?;
        let store = store::open(&self.database.database).await?;
        let restored = backup.restore(&*store, &show).await?;
        let counts = format!(
            "records: {}, people: {}\n",
            restored.records, restored.people
        );
        super::say(counts.as_bytes())?;
        store.close().await;
        Ok(ExitCode::SUCCESS)
    }
}

/// A progress bar, in a terminal only.
pub(super) fn show(progress: Progress) {
    use std::io::{IsTerminal as _, Write as _};
    let mut err = std::io::stderr();
    if err.is_terminal() && progress.total > 0 {
        let share = progress.done.saturating_mul(40) / progress.total;
        let bar = "=".repeat(usize::try_from(share.min(40)).unwrap_or(40));
        let end = if progress.done >= progress.total {
            "\n"
        } else {
            ""
        };
        // A bar that cannot be drawn is no reason to stop.
        let _ = write!(
            err,
            "\r[{bar:<40}] {}/{}{end}",
            progress.done, progress.total
        );
    }
}
