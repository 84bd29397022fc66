//! `serve`: pages and API, on this machine.

use std::{
    net::{Ipv4Addr, SocketAddr},
    process::ExitCode,
    sync::Arc,
};

use clap::Args;
use tokio::{
    net::TcpListener,
    signal::unix::{SignalKind, signal},
};

use super::{Database, Outcome, log::Log};
use crate::{
    http::{self, App},
    launches::{Launches, Sharing},
    metrics::Metrics,
    store::{self, Store},
};

/// Where the server listens and how it logs.
#[derive(Debug, Clone, Args)]
pub(super) struct Listen {
    /// The address to listen on, of this machine only; port 0 takes any free one
    #[arg(long, env = "STARTKLAR_LISTEN", default_value_t = SocketAddr::from((Ipv4Addr::LOCALHOST, 3000)), value_name = "ADDRESS")]
    pub(super) listen: SocketAddr,
    #[command(flatten)]
    pub(super) log: Log,
}

/// `serve`.
#[derive(Debug, Clone, Args)]
pub(super) struct Serve {
    #[command(flatten)]
    listen: Listen,
    #[command(flatten)]
    database: Database,
}

impl Serve {
    #[cfg(test)]
    pub(super) fn listen(&self) -> SocketAddr {
        self.listen.listen
    }

    /// Serves until it is told to stop.
    pub(super) async fn run(self) -> Outcome {
        self.listen.log.start()?;
        http::may_listen(self.listen.listen)?;
        let store = store::open(&self.database.database).await?;
        let sharing = self.database.sharing();
        self.listen.serve(store, sharing, async |_| Ok(())).await
    }
}

impl Listen {
    /// Opens the launches, prepares them, and serves until told to stop.
    pub(super) async fn serve(
        self,
        store: Arc<dyn Store>,
        sharing: Sharing,
        prepare: impl AsyncFnOnce(&Launches) -> Result<(), crate::launches::Failure>,
    ) -> Outcome {
        let metrics = Arc::new(Metrics::new()?);
        let launches = Launches::open(store, sharing, Arc::clone(&metrics)).await?;
        prepare(&launches).await?;
        let listener = TcpListener::bind(self.listen)
            .await
            .map_err(|error| format!("cannot listen on {}: {error}", self.listen))?;
        // Before the line that says so, so that whoever waits for it may stop the server at once.
        let stop = stop()?;
        let address = listener.local_addr()?;
        super::say(format!("listening on http://{address}\n").as_bytes())?;
        http::serve(listener, App::new(launches, metrics), stop).await?;
        Ok(ExitCode::SUCCESS)
    }
}

/// Waits for the signals that ask a program to end.
fn stop() -> std::io::Result<impl Future<Output = ()> + Send + 'static> {
    let mut terminate = signal(SignalKind::terminate())?;
    let mut interrupt = signal(SignalKind::interrupt())?;
    Ok(async move {
        tokio::select! {
            _ = terminate.recv() => {}
            _ = interrupt.recv() => {}
        }
    })
}
