//! Connections: each is answered until it ends, be it because nothing more is asked on it, or because
//! a request was begun and is not gone on with.

use std::{net::SocketAddr, pin::pin, time::Duration};

use axum::{
    Router,
    body::Body,
    extract::{ConnectInfo, Request},
    serve::Listener,
};
use hyper::{body::Incoming, server::conn::http1, service::service_fn};
use hyper_util::{
    rt::{TokioIo, TokioTimer},
    server::graceful::GracefulShutdown,
};
use tokio::time::timeout;
use tokio_util::sync::CancellationToken;
use tower::ServiceExt as _;
use tower_http::timeout::TimeoutBody;

/// How long the server waits for others.
#[derive(Debug, Clone, Copy)]
pub(super) struct Patience {
    /// For the head of a request, the next one on the same connection included.
    pub(super) idle: Duration,
    /// For each further piece of its body.
    pub(super) silent: Duration,
    /// For requests that are under way once it stops.
    pub(super) stopping: Duration,
}

/// Answers what comes in until told to stop; then ends the live streams and finishes what is under
/// way.
pub(super) async fn answer<L: Listener<Addr = SocketAddr>>(
    mut listener: L,
    router: Router,
    patience: Patience,
    stop: impl Future<Output = ()>,
    stopping: &CancellationToken,
) {
    let mut http = http1::Builder::new();
    http.timer(TokioTimer::new())
        .header_read_timeout(patience.idle);
    let open = GracefulShutdown::new();
    let mut stop = pin!(stop);
    loop {
        let (io, from) = tokio::select! {
            accepted = listener.accept() => accepted,
            () = &mut stop => break,
        };
        let router = router.clone();
        let service = service_fn(move |request| {
            let request = arrived(request, from, patience.silent);
            router.clone().oneshot(request)
        });
        let connection = open.watch(http.serve_connection(TokioIo::new(io), service));
        tokio::spawn(async move {
            let ended = connection.await;
            // That nothing more was asked is how most connections end.
            if let Err(error) = ended.or_else(|error| error.is_timeout().then_some(()).ok_or(error))
            {
                tracing::debug!(%error, "http.connection_broke");
            }
        });
    }
    drop(listener);
    tracing::info!("http.stopping");
    stopping.cancel();
    let finished = timeout(patience.stopping, open.shutdown()).await;
    if finished.is_err() {
        tracing::warn!("http.stopped_with_requests_under_way");
    }
}

/// A request with whom it is from, whose body may not be silent for too long.
fn arrived(mut request: Request<Incoming>, from: SocketAddr, silent: Duration) -> Request {
    request.extensions_mut().insert(ConnectInfo(from));
    request.map(|body| Body::new(TimeoutBody::new(silent, body)))
}
