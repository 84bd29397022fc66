//! `serve`: pages and API.

use std::{
    net::{IpAddr, Ipv4Addr, SocketAddr},
    path::PathBuf,
    process::ExitCode,
    sync::Arc,
};

use chrono::Utc;
use clap::Args;
use startklar_app::assets::Embedded;
use tokio::{
    net::TcpListener,
    signal::unix::{SignalKind, signal},
};

use super::{Database, Outcome, log::Log, mail::Sending, providers::Elsewhere};
use crate::{
    accounts::{Accounts, Leaked},
    http::{self, App, Files, Reach, Tls},
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
    /// The address of that proxy, where it is another machine; its word is taken for who asks. May be
    /// given several times
    #[arg(
        long,
        env = "STARTKLAR_PROXY",
        value_delimiter = ',',
        value_name = "ADDRESS"
    )]
    proxy: Vec<IpAddr>,
    /// Speak https itself, with the certificate (and those between it and the root) in this PEM file
    #[arg(long, env = "STARTKLAR_TLS_CERT", value_name = "FILE")]
    tls_cert: Option<PathBuf>,
    /// The certificate's private key, in PEM; both files are read again when they change
    #[arg(long, env = "STARTKLAR_TLS_KEY", value_name = "FILE")]
    tls_key: Option<PathBuf>,
    /// Refuse new passwords that are in this file of leaked ones: a SHA-1 in hex digits, a colon and a
    /// count on each line, sorted by hash, as “Have I Been Pwned” gives them out
    #[arg(long, env = "STARTKLAR_LEAKED_PASSWORDS", value_name = "FILE")]
    leaked_passwords: Option<PathBuf>,
    #[command(flatten)]
    mail: Sending,
    #[command(flatten)]
    elsewhere: Elsewhere,
    #[command(flatten)]
    database: Database,
}

impl Serve {
    #[cfg(test)]
    pub(super) fn listen(&self) -> SocketAddr {
        self.listen.listen
    }

    /// Serves until it is told to stop.
    pub(super) async fn run(self, embedded: &'static Embedded) -> Outcome {
        self.listen.log.start()?;
        let tls = self.tls()?;
        let https = self.https || tls.is_some();
        let reach = Reach::of(self.listen.listen, &self.host, https)?.behind(self.proxy);
        if !reach.local && !reach.https {
            tracing::warn!("http.plain_beyond_this_machine");
        }
        let providers = self.elsewhere.read(self.mail.base())?;
        let relay = self.mail.relay()?;
        let leaked = self.leaked_passwords.as_deref().map(Leaked::open);
        let leaked = leaked.transpose()?;
        let store = store::open(&self.database.database).await?;
        let sharing = self.database.sharing();
        let around = Around {
            reach,
            relay,
            tls,
            providers,
            leaked,
            embedded,
        };
        self.listen
            .serve(store, sharing, around, async |_| Ok(()))
            .await
    }

    fn tls(&self) -> Result<Option<Tls>, super::Error> {
        match (self.tls_cert.clone(), self.tls_key.clone()) {
            (Some(chain), Some(key)) => Ok(Some(Tls::read(Files { chain, key })?)),
            (None, None) => Ok(None),
            (Some(_), None) => Err("--tls-cert needs the certificate's key, with --tls-key".into()),
            (None, Some(_)) => Err("--tls-key needs its certificate, with --tls-cert".into()),
        }
    }
}

/// What stands around the launches when they are served.
pub(super) struct Around {
    reach: Reach,
    relay: Option<Relay>,
    tls: Option<Tls>,
    providers: Option<Providers>,
    leaked: Option<Leaked>,
    embedded: &'static Embedded,
}

impl Around {
    /// For whoever is on this machine, by plain http and without mail.
    pub(super) fn this_machine(
        listen: SocketAddr,
        embedded: &'static Embedded,
    ) -> std::io::Result<Self> {
        Ok(Self {
            reach: Reach::of(listen, &[], false)?,
            relay: None,
            tls: None,
            providers: None,
            leaked: None,
            embedded,
        })
    }

    /// The address of the first page, as far as it is known here; a proxy has its own port.
    fn base(&self, address: SocketAddr) -> Option<String> {
        let host = self.reach.hosts.first();
        let port = address.port();
        Some(match (&self.tls, host) {
            (Some(_), Some(host)) if port == 443 => format!("https://{host}"),
            (Some(_), Some(host)) => format!("https://{host}:{port}"),
            (Some(_), None) => format!("https://{address}"),
            (None, Some(host)) if self.reach.https => format!("https://{host}"),
            (None, Some(host)) => format!("http://{host}:{port}"),
            (None, None) => return None,
        })
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
        let metrics = Arc::new(Metrics::new()?);
        let accounts = Accounts::open_refusing(Arc::clone(&store), around.leaked.clone()).await?;
        let launches = Launches::open(store, sharing, Arc::clone(&metrics)).await?;
        prepare(&launches).await?;
        let listener = TcpListener::bind(self.listen)
            .await
            .map_err(|error| format!("cannot listen on {}: {error}", self.listen))?;
        // Before the line that says so, so that whoever waits for it may stop the server at once.
        let stop = stop()?;
        let address = listener.local_addr()?;
        let scheme = around.tls.as_ref().map_or("http", |_| "https");
        super::say(format!("listening on {scheme}://{address}\n").as_bytes())?;
        invite(&accounts, address, &around).await?;
        let (mail, people) = (Arc::clone(&launches), Arc::clone(&accounts));
        let Around {
            reach,
            relay,
            tls,
            providers,
            embedded,
            ..
        } = around;
        let app = App::new(
            launches,
            accounts,
            metrics,
            reach,
            relay.is_some(),
            embedded,
        );
        if let Some(providers) = providers {
            let named: Vec<_> = providers.iter().collect();
            tracing::info!(?named, "providers.on");
            app.sign_in_by(providers);
        }
        if let Some(relay) = relay {
            tracing::info!(?relay, "mail.on");
            app.send_by(Post::new(mail, people, relay));
        }
        http::serve(listener, tls, app, stop).await;
        Ok(ExitCode::SUCCESS)
    }
}

/// Says by which link the first administrator comes in, where nobody could otherwise.
async fn invite(
    accounts: &Accounts,
    address: SocketAddr,
    around: &Around,
) -> Result<(), super::Error> {
    if around.reach.local {
        return Ok(());
    }
    let link = accounts.first_link(Utc::now().timestamp()).await?;
    let (Some(link), Some(base)) = (link, around.base(address)) else {
        return Ok(());
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
