//! For whoever runs the server: is it alive, can it work, what has it done?

use axum::{
    extract::State,
    http::{StatusCode, header},
    response::{IntoResponse, Response},
};

use super::App;

/// Whether the process answers.
pub(super) async fn healthz() -> &'static str {
    "ok"
}

/// Whether it can work: the store answers, and the server is not about to stop.
pub(super) async fn readyz(State(app): State<App>) -> Response {
    if app.stop.is_cancelled() {
        return (StatusCode::SERVICE_UNAVAILABLE, "stopping").into_response();
    }
    match app.launches.store().ping().await {
        Ok(()) => "ok".into_response(),
        Err(error) => {
            tracing::warn!(%error, "ops.store_not_ready");
            (StatusCode::SERVICE_UNAVAILABLE, "the store does not answer").into_response()
        }
    }
}

/// Counts and durations, for Prometheus.
pub(super) async fn metrics(State(app): State<App>) -> Response {
    match app.metrics.text() {
        Ok(text) => ([(header::CONTENT_TYPE, "text/plain; version=0.0.4")], text).into_response(),
        Err(error) => {
            tracing::error!(%error, "ops.metrics_unreadable");
            StatusCode::INTERNAL_SERVER_ERROR.into_response()
        }
    }
}
