//! Who may speak to this server at all: pages that it served itself, and programs.

use axum::{
    extract::{Request, State},
    http::{HeaderMap, HeaderName, HeaderValue, Method, StatusCode, header},
    middleware::Next,
    response::{IntoResponse, Response},
};
use startklar::texts::fill;

use super::{App, Reach, problem::Problem, reader};
use crate::texts;

/// Headers of every answer.
const HEADERS: [(HeaderName, &str); 4] = [
    (
        header::CONTENT_SECURITY_POLICY,
        "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; \
         img-src 'self' data:; font-src 'self'; connect-src 'self'; base-uri 'none'; \
         form-action 'self'; frame-ancestors 'none'",
    ),
    (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
    // Not `no-referrer`: a form would then be sent with the origin `null`.
    (header::REFERRER_POLICY, "same-origin"),
    (
        HeaderName::from_static("cross-origin-opener-policy"),
        "same-origin",
    ),
];

/// For a year a browser then asks a named server by https only. Never said without a name: it would
/// hold for everything on the reader's own machine.
const STRICT: HeaderValue = HeaderValue::from_static("max-age=31536000");

/// Puts the headers of safety on an answer.
pub(super) fn secure(reach: &Reach, headers: &mut HeaderMap) {
    if reach.https && !reach.hosts.is_empty() {
        headers.insert(header::STRICT_TRANSPORT_SECURITY, STRICT);
    }
    for (name, value) in HEADERS {
        headers
            .entry(name)
            .or_insert(HeaderValue::from_static(value));
    }
}

/// Turns away what is not meant for this server or was not sent by its own pages.
pub(super) async fn guard(State(app): State<App>, request: Request, next: Next) -> Response {
    let locale = reader::locale(request.headers());
    let Some(host) = host(&request) else {
        return Problem::unreadable(locale, &"Host").into_response();
    };
    if !app.reach.answers(host) {
        let found: String = host.chars().take(80).collect();
        let detail = fill(texts::of(locale).foreign_host, &[("found", &found)]);
        let status = StatusCode::MISDIRECTED_REQUEST;
        return Problem::new(status, "foreign_host", detail).into_response();
    }
    let reads = matches!(
        *request.method(),
        Method::GET | Method::HEAD | Method::OPTIONS
    );
    if !reads && !is_own(&request, host) && !carries_proof(request.uri().path()) {
        let detail = texts::of(locale).foreign_site;
        return Problem::new(StatusCode::FORBIDDEN, "foreign_site", detail).into_response();
    }
    let Ok(_room) = app.requests.try_acquire() else {
        app.metrics.shed.inc();
        let detail = texts::of(locale).busy;
        return Problem::new(StatusCode::SERVICE_UNAVAILABLE, "busy", detail).into_response();
    };
    next.run(request).await
}

fn host(request: &Request) -> Option<&str> {
    let named = request
        .headers()
        .get(header::HOST)
        .and_then(|host| host.to_str().ok());
    named.or_else(|| {
        request
            .uri()
            .authority()
            .map(axum::http::uri::Authority::as_str)
    })
}

/// Whether a request that changes something was sent by a page of this server or by a program. All
/// browsers say where a request comes from; a program that does not must at least send what no
/// HTML form can.
fn is_own(request: &Request, host: &str) -> bool {
    let header = |name: HeaderName| request.headers().get(name).and_then(|v| v.to_str().ok());
    if let Some(site) = header(HeaderName::from_static("sec-fetch-site")) {
        return matches!(site, "same-origin" | "none");
    }
    if let Some(origin) = header(header::ORIGIN) {
        let origin = origin.split_once("://").map(|(_, origin)| origin);
        return origin.is_some_and(|origin| origin.eq_ignore_ascii_case(host));
    }
    let kind = header(header::CONTENT_TYPE).unwrap_or_default();
    let kind = kind.split(';').next().unwrap_or_default().trim();
    let is_of_no_form = matches!(kind, "application/json" | "application/toml")
        // No form can send this, and no script of another site without asking first.
        || *request.method() == Method::PUT;
    request.uri().path().starts_with("/api/") && is_of_no_form
}

/// Whether the address itself proves that its reader means it: a link out of a mail, which nobody
/// else can guess, so that no page of somebody else can send it. Programs for mail send it by
/// themselves (RFC 8058) and say of no page that it comes from there.
fn carries_proof(path: &str) -> bool {
    let link = path.strip_prefix("/unsubscribe/");
    link.is_some_and(|link| !link.is_empty() && !link.contains('/'))
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "tests fail by panic")]
mod tests {
    use axum::body::Body;

    use super::*;

    fn own(path: &str, headers: &[(&str, &str)]) -> bool {
        own_by(Method::POST, path, headers)
    }

    fn own_by(method: Method, path: &str, headers: &[(&str, &str)]) -> bool {
        let mut request = Request::builder().method(method).uri(path);
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        is_own(&request.body(Body::empty()).unwrap(), "localhost:3000")
    }

    #[test]
    fn a_form_of_another_site_is_not_own() {
        assert!(own("/choose", &[("sec-fetch-site", "same-origin")]));
        assert!(own("/choose", &[("origin", "http://localhost:3000")]));
        assert!(!own("/choose", &[("sec-fetch-site", "cross-site")]));
        assert!(!own("/choose", &[("sec-fetch-site", "same-site")]));
        assert!(!own("/choose", &[("origin", "http://localhost:8080")]));
        assert!(!own("/choose", &[("origin", "null")]));
        assert!(!own("/choose", &[("content-type", "application/json")]));
        assert!(!own("/choose", &[]));
    }

    #[test]
    fn only_a_named_server_asks_for_https_for_a_year() {
        let here = "127.0.0.1:443".parse().unwrap();
        let strict = |hosts: &[String], https| {
            let mut headers = HeaderMap::new();
            secure(&Reach::of(here, hosts, https).unwrap(), &mut headers);
            headers.contains_key(header::STRICT_TRANSPORT_SECURITY)
        };
        let named = ["a.example".to_owned()];
        assert!(strict(&named, true));
        assert!(!strict(&named, false));
        assert!(!strict(&[], true), "it would hold for all of localhost");
    }

    #[test]
    fn only_a_link_out_of_a_mail_proves_by_itself() {
        assert!(carries_proof("/unsubscribe/skl_1"));
        for path in [
            "/unsubscribe/",
            "/unsubscribe/a/b",
            "/account/mail",
            "/status/skl_1",
            "/",
        ] {
            assert!(!carries_proof(path), "{path}");
        }
    }

    #[test]
    fn a_program_sends_what_no_form_can() {
        assert!(own(
            "/api/v1/people",
            &[("content-type", "application/json; charset=utf-8")]
        ));
        assert!(own(
            "/api/v1/launches",
            &[("content-type", "application/toml")]
        ));
        assert!(!own("/api/v1/launches", &[("content-type", "text/plain")]));
        let put = |path, headers: &[(&str, &str)]| own_by(Method::PUT, path, headers);
        let (file, kind) = ("/api/v1/x", ("content-type", "application/pdf"));
        assert!(put(file, &[kind]) && put(file, &[]));
        assert!(!put("/l/x", &[kind]));
        assert!(!put(file, &[kind, ("sec-fetch-site", "cross-site")]));
        assert!(!put(file, &[kind, ("origin", "https://evil.example")]));
        assert!(!own("/api/v1/launches", &[]));
    }
}
