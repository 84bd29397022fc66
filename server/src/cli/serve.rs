//! `serve`: pages and API.

use std::{
    net::{Ipv4Addr, SocketAddr},
    process::ExitCode,
    sync::Arc,
};

use chrono::Utc;
use clap::Args;
use tokio::{
    net::TcpListener,
    signal::unix::{SignalKind, signal},
};

use super::{Database, Outcome, log::Log, mail::Sending, providers::Elsewhere};
use crate::{
    accounts::Accounts,
    http::{self, App, Reach},
    launches::{Launches, Sharing},
    mail::{Post, Relay},
    metrics::Metrics,
    oidc::Providers,
    store::{self, Store},
};

/// Where the server listens and how it logs.
#[derive(Debug, Clone, Args)]
pub(super) struct Listen {
    /// The address to listen on; port 0 takes any free one
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
    /// A name by which people reach it; needed where other machines can. May be given several times
    #[arg(
        long,
        env = "STARTKLAR_HOST",
        value_delimiter = ',',
        value_name = "NAME"
    )]
    host: Vec<String>,
    /// Its pages are reached by https, by way of a proxy in front of it
    #[arg(long, env = "STARTKLAR_HTTPS")]
    https: bool,
    #[command(flatten)]
    mail: Sending,
    #[command(flatten)]
    elsewhere: Elsewhere,
    #[command(flatten)]
    database: Database,
}

/// What a server is told of what is around it.
#[derive(Default)]
pub(super) struct Around {
    /// How people reach it.
    pub(super) reach: Reach,
    /// By whom it sends mail.
    pub(super) relay: Option<Relay>,
    /// By whose word people sign in.
    pub(super) providers: Option<Providers>,
}

impl Serve {
    #[cfg(test)]
    pub(super) fn listen(&self) -> SocketAddr {
        self.listen.listen
    }

    /// Serves until it is told to stop.
    pub(super) async fn run(self) -> Outcome {
        self.listen.log.start()?;
        let reach = Reach::of(self.listen.listen, &self.host, self.https)?;
        if !reach.local && !reach.https {
            tracing::warn!("http.plain_beyond_this_machine");
        }
        let providers = self.elsewhere.read(self.mail.base())?;
        let relay = self.mail.relay()?;
        let store = store::open(&self.database.database).await?;
        let sharing = self.database.sharing();
        let around = Around {
            reach,
            relay,
            providers,
        };
        self.listen
            .serve(store, sharing, around, async |_| Ok(()))
            .await
    }
}

impl Listen {
    /// Opens the launches, prepares them, and serves until told to stop.
    pub(super) async fn serve(
        self,
        store: Arc<dyn Store>,
        sharing: Sharing,
        around: Around,
        prepare: impl AsyncFnOnce(&Launches) -> Result<(), crate::launches::Failure>,
    ) -> Outcome {
        let Around {
            reach,
            relay,
            providers,
        } = around;
        let metrics = Arc::new(Metrics::new()?);
        let accounts = Accounts::open(Arc::clone(&store)).await?;
        let launches = Launches::open(store, sharing, Arc::clone(&metrics)).await?;
        prepare(&launches).await?;
        let listener = TcpListener::bind(self.listen)
            .await
            .map_err(|error| format!("cannot listen on {}: {error}", self.listen))?;
        // Before the line that says so, so that whoever waits for it may stop the server at once.
        let stop = stop()?;
        let address = listener.local_addr()?;
        super::say(format!("listening on http://{address}\n").as_bytes())?;
        invite(&accounts, address, &reach).await?;
        let (mail, people) = (Arc::clone(&launches), Arc::clone(&accounts));
        let app = App::new(launches, accounts, metrics, reach, relay.is_some());
        if let Some(providers) = providers {
            let named: Vec<_> = providers.iter().collect();
            tracing::info!(?named, "providers.on");
            app.sign_in_by(providers);
        }
        if let Some(relay) = relay {
            tracing::info!(?relay, "mail.on");
            app.send_by(Post::new(mail, people, relay));
        }
        http::serve(listener, app, stop).await?;
        Ok(ExitCode::SUCCESS)
    }
}

/// Says by which link the first administrator comes in, where nobody could otherwise.
async fn invite(
    accounts: &Accounts,
    address: SocketAddr,
    reach: &Reach,
) -> Result<(), super::Error> {
    if reach.local {
        return Ok(());
    }
    let link = accounts.first_link(Utc::now().timestamp()).await?;
    let (Some(link), Some(host)) = (link, reach.hosts.first()) else {
        return Ok(());
    };
    let base = if reach.https {
        format!("https://{host}")
    } else {
        format!("http://{host}:{}", address.port())
    };
    super::say(format!("first administrator: {base}/join/{link}\n").as_bytes())?;
    Ok(())
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
