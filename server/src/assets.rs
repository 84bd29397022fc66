//! Serves the browser half, which the program has embedded under hashed names.

use axum::{
    Router,
    extract::{Path, State},
    http::{HeaderMap, StatusCode, header},
    response::{IntoResponse, Response},
    routing::get,
};
use startklar_app::assets::Asset;

use crate::http::App;

/// The routes under `/pkg/`.
pub(crate) fn router() -> Router<App> {
    Router::new().route("/pkg/{name}", get(serve))
}

async fn serve(State(app): State<App>, Path(name): Path<String>, headers: HeaderMap) -> Response {
    let files = app.embedded.files;
    let Some(asset) = files.iter().find(|asset| asset.name == name) else {
        return StatusCode::NOT_FOUND.into_response();
    };
    let (body, encoding) = choose(asset, &headers);
    // Another coding is another representation and needs another tag.
    let tag = format!("\"{}-{}\"", asset.hash, encoding.unwrap_or("plain"));
    let known = headers.get_all(header::IF_NONE_MATCH).iter().any(|value| {
        value.to_str().is_ok_and(|tags| {
            tags.split(',')
                .any(|known| known.trim().trim_start_matches("W/") == tag)
        })
    });
    let caching = [
        (header::ETAG, tag.as_str()),
        // The name changes with the content, so a copy never goes stale.
        (header::CACHE_CONTROL, "public, max-age=31536000, immutable"),
        (header::VARY, "accept-encoding"),
    ];
    if known {
        return (StatusCode::NOT_MODIFIED, caching).into_response();
    }
    let mut response = (caching, [(header::CONTENT_TYPE, asset.mime)], body).into_response();
    if let Some(encoding) = encoding {
        response.headers_mut().insert(
            header::CONTENT_ENCODING,
            header::HeaderValue::from_static(encoding),
        );
    }
    response
}

/// The smallest copy that the client takes.
fn choose(asset: &'static Asset, headers: &HeaderMap) -> (&'static [u8], Option<&'static str>) {
    if let Some(body) = asset.brotli.filter(|_| accepts(headers, "br")) {
        return (body, Some("br"));
    }
    if let Some(body) = asset.gzip.filter(|_| accepts(headers, "gzip")) {
        return (body, Some("gzip"));
    }
    (asset.plain, None)
}

/// Whether `Accept-Encoding` names the coding, other than to refuse it with `q=0`.
fn accepts(headers: &HeaderMap, coding: &str) -> bool {
    headers
        .get_all(header::ACCEPT_ENCODING)
        .iter()
        .filter_map(|value| value.to_str().ok())
        .any(|value| {
            value.split(',').any(|offer| {
                let (name, quality) = offer.split_once(';').unwrap_or((offer, "q=1"));
                let refused = quality.trim().strip_prefix("q=").is_some_and(|quality| {
                    quality
                        .trim()
                        .parse()
                        .is_ok_and(|quality: f32| quality <= 0.0)
                });
                name.trim().eq_ignore_ascii_case(coding) && !refused
            })
        })
}

#[cfg(test)]
mod tests {
    use axum::http::HeaderValue;

    use super::*;

    static SCRIPT: Asset = Asset {
        name: "start.js",
        mime: "text/javascript",
        hash: "0",
        plain: b"plain",
        brotli: Some(b"brotli"),
        gzip: Some(b"gzip"),
    };

    fn chosen(asset: &'static Asset, accept: &'static str) -> Option<&'static str> {
        let mut headers = HeaderMap::new();
        headers.insert(header::ACCEPT_ENCODING, HeaderValue::from_static(accept));
        choose(asset, &headers).1
    }

    #[test]
    fn a_browser_gets_brotli() {
        assert_eq!(chosen(&SCRIPT, "gzip, deflate, br, zstd"), Some("br"));
    }

    #[test]
    fn over_plain_http_a_browser_gets_gzip() {
        assert_eq!(chosen(&SCRIPT, "gzip, deflate"), Some("gzip"));
    }

    #[test]
    fn a_refused_coding_is_not_used() {
        assert_eq!(chosen(&SCRIPT, "br;q=0, gzip; q=0.5"), Some("gzip"));
        assert_eq!(chosen(&SCRIPT, "br; q=0.000, gzip;q=0"), None);
    }

    #[test]
    fn who_asks_for_nothing_gets_the_file_as_it_is() {
        assert_eq!(choose(&SCRIPT, &HeaderMap::new()), (SCRIPT.plain, None));
    }

    #[test]
    fn a_file_that_does_not_shrink_is_sent_as_it_is() {
        static FONT: Asset = Asset {
            brotli: None,
            gzip: None,
            ..SCRIPT
        };
        assert_eq!(chosen(&FONT, "br, gzip"), None);
    }
}
