//! Startklar in one binary.

mod assets;

use std::{io::Write as _, net::SocketAddr};

use axum::{
    Router,
    http::{HeaderValue, header},
    middleware::map_response,
    response::{Html, Response},
    routing::get,
    serve::ListenerExt as _,
};
use leptos::prelude::{Owner, RenderHtml as _};

const POLICY: &str = "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; \
                      img-src 'self'; font-src 'self'; connect-src 'self'; base-uri 'none'; \
                      form-action 'self'; frame-ancestors 'none'";

#[tokio::main]
async fn main() -> std::io::Result<()> {
    let address = SocketAddr::from(([127, 0, 0, 1], 3000));
    let listener = tokio::net::TcpListener::bind(address)
        .await?
        .tap_io(|stream| {
            // Without it a streamed page waits 40 ms for the reader's acknowledgement.
            if let Err(error) = stream.set_nodelay(true) {
                tracing::debug!(%error, "TCP_NODELAY refused");
            }
        });
    let router = Router::new()
        .route("/", get(page))
        .merge(assets::router())
        .layer(map_response(secure));
    writeln!(std::io::stdout(), "listening on http://{address}")?;
    axum::serve(listener, router).await
}

async fn page() -> Html<String> {
    let owner = Owner::new();
    Html(owner.with(|| startklar_app::shell(assets::names()).to_html()))
}

async fn secure(mut response: Response) -> Response {
    let headers = response.headers_mut();
    headers.insert(
        header::CONTENT_SECURITY_POLICY,
        HeaderValue::from_static(POLICY),
    );
    response
}
