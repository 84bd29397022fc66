//! HTTP: pages, forms, the API, and what runs around them. Everything here is an adapter over the
//! use cases; nothing here decides.

mod access;
mod api;
mod code;
mod connections;
mod cookies;
mod drawn;
mod elsewhere;
mod factor;
mod files;
mod flash;
mod follow;
mod forms;
mod guard;
mod identify;
mod import;
mod known;
mod log;
mod mail;
mod observe;
mod ops;
mod pages;
mod passkeys;
mod policy;
mod problem;
mod qr;
mod reach;
mod reader;
mod sign_in;
mod state;
mod status;
mod templates;
#[cfg(test)]
mod tests;
mod tls;
mod visit;

use std::{net::SocketAddr, time::Duration};

use axum::{
    Router,
    extract::DefaultBodyLimit,
    http::{Extensions, HeaderMap, StatusCode, Version},
    middleware::from_fn_with_state,
    routing::get,
    serve::{Listener, ListenerExt as _},
};
use tokio::net::{TcpListener, TcpStream};
use tower_http::{
    CompressionLevel,
    catch_panic::CatchPanicLayer,
    compression::{CompressionLayer, DefaultPredicate, Predicate as _},
};

use connections::Patience;
pub use reach::Reach;
pub use state::App;
pub use tls::{Files, Tls};

/// How hard a page is compressed. Pages are made anew each time, so it is paid each time: a cockpit
/// travels as 20 kB instead of 26, for 2 ms of work instead of 1, and a first visit needs that.
const PACKED: CompressionLevel = CompressionLevel::Precise(5);

/// The largest body that is read, in bytes.
const SMALL: usize = 1 << 20;

/// The largest plan file that is read, in bytes.
const LARGE: usize = 8 << 20;

/// How long others are waited for. A proxy keeps idle connections for 60 s or less, and must be the
/// first to close one; whoever stops a server waits no longer than 10 s.
const PATIENCE: Patience = Patience {
    idle: Duration::from_secs(75),
    silent: Duration::from_secs(30),
    stopping: Duration::from_secs(10),
};

/// Everything that the server answers.
pub fn router(app: &App) -> Router {
    Router::new()
        .merge(pages::router())
        .merge(drawn::router())
        .merge(forms::router())
        .merge(sign_in::router())
        .merge(code::router())
        .merge(elsewhere::router())
        .merge(access::router())
        .merge(policy::router())
        .merge(templates::router())
        .merge(factor::router())
        .merge(passkeys::router())
        .merge(status::router())
        .merge(mail::router())
        .merge(import::router())
        .merge(files::router())
        .merge(follow::router())
        .merge(api::router())
        .route("/healthz", get(ops::healthz))
        .route("/readyz", get(ops::readyz))
        .route("/metrics", get(ops::metrics))
        .merge(crate::assets::router())
        .fallback(pages::fallback)
        .method_not_allowed_fallback(forms::wrong_method)
        .layer(DefaultBodyLimit::max(SMALL))
        // What carries an encoding already and live streams pass through untouched.
        .layer(
            CompressionLayer::new()
                .quality(PACKED)
                .compress_when(DefaultPredicate::new().and(may_be_packed)),
        )
        .layer(from_fn_with_state(app.clone(), identify::identify))
        .layer(from_fn_with_state(app.clone(), guard::guard))
        .layer(CatchPanicLayer::custom(observe::panicked))
        .layer(from_fn_with_state(app.clone(), observe::observe))
        .with_state(app.clone())
}

/// Whether an answer may be compressed on its way.
fn may_be_packed(_: StatusCode, _: Version, _: &HeaderMap, marks: &Extensions) -> bool {
    marks.get::<files::AsItIs>().is_none()
}

/// Serves until told to stop; then ends the live streams, finishes what is under way, be it a mail,
/// and closes the store. With a certificate it speaks https.
pub async fn serve(
    listener: TcpListener,
    tls: Option<Tls>,
    app: App,
    stop: impl Future<Output = ()>,
) {
    match tls {
        None => {
            let listener = listener.tap_io(|stream| without_delay(stream));
            serve_by(listener, &app, stop).await;
        }
        Some(tls) => {
            tokio::select! {
                () = serve_by(tls.over(listener), &app, stop) => {}
                () = tls.follow() => {}
            }
        }
    }
    app.changes.close();
    if tokio::time::timeout(PATIENCE.stopping, app.changes.wait())
        .await
        .is_err()
    {
        tracing::warn!("http.stopped_with_changes_under_way");
    }
    app.jobs.close();
    app.jobs.wait().await;
    app.launches.store().close().await;
}

/// Without it a page waits 40 ms for the reader's acknowledgement.
fn without_delay(stream: &TcpStream) {
    if let Err(error) = stream.set_nodelay(true) {
        tracing::debug!(%error, "http.nodelay_refused");
    }
}

/// Answers what comes in by a listener.
async fn serve_by(
    listener: impl Listener<Addr = SocketAddr>,
    app: &App,
    stop: impl Future<Output = ()>,
) {
    connections::answer(listener, router(app), PATIENCE, stop, &app.stop).await;
}
