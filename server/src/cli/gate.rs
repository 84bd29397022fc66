//! `gate`: the verdict on a launch of a database as an exit code, for pipelines.

use clap::Args;
use startklar::{LaunchId, Policy, assess};

use super::{Database, Outcome, report::Format};

/// `gate`.
#[derive(Debug, Clone, Args)]
pub(super) struct Gate {
    /// The launch
    launch: LaunchId,
    #[command(flatten)]
    format: Format,
    #[command(flatten)]
    database: Database,
}

impl Gate {
    /// Judges the launch.
    pub(super) async fn run(self) -> Outcome {
        let launches = self.database.launches_to_read().await?;
        let live = super::find::launch(&launches, &self.launch).await?;
        let at = self.format.at();
        let launch = launches.at(&live, at).await?;
        let people = launches.people().all();
        let assessment = assess(&launch, &Policy::default(), at);
        let outcome = self.format.say(&launch, &assessment, &people);
        launches.store().close().await;
        outcome
    }
}
