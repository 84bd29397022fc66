//! Who a request is from: by the session's cookie, or by the token that a program shows. Where people
//! sign in, whoever shows neither sees the page to sign in and nothing else.

use axum::{
    extract::{FromRequestParts, Request, State},
    http::{HeaderMap, HeaderValue, Method, StatusCode, header, request::Parts},
    middleware::Next,
    response::{IntoResponse, Redirect, Response},
};
use startklar_app::address;

use super::{App, cookies, problem::Problem, reader};
use crate::{accounts::Signed, texts};

/// The cookie of a session. With https its name says that no other host may have set it.
fn cookie(app: &App) -> &'static str {
    if app.reach.https {
        "__Host-session"
    } else {
        "session"
    }
}

/// Seconds that a browser keeps it; the server ends it earlier when nobody uses it.
const KEPT: u32 = 30 * 86_400;

/// What is known of who sent a request.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Who {
    /// Nobody signs in here: names are chosen.
    Open,
    /// Somebody who has not signed in.
    Nobody,
    /// Somebody who has.
    Signed(Signed),
}

impl Who {
    /// What the middleware found. Without it nobody is known.
    pub(super) fn of(extensions: &axum::http::Extensions) -> Self {
        extensions.get().copied().unwrap_or(Self::Nobody)
    }
}

/// For handlers that only somebody who signed in reaches. Where names are chosen there is no account.
impl FromRequestParts<App> for Signed {
    type Rejection = Redirect;

    async fn from_request_parts(parts: &mut Parts, _: &App) -> Result<Self, Redirect> {
        match Who::of(&parts.extensions) {
            Who::Signed(signed) => Ok(signed),
            Who::Open | Who::Nobody => Err(Redirect::to("/who")),
        }
    }
}

/// Whether somebody may go on with a stream that they began.
pub(super) async fn goes_on(app: &App, who: &Who) -> bool {
    match who {
        Who::Open => app.is_open(),
        Who::Nobody => false,
        Who::Signed(signed) => app.accounts.stands(signed, app.seconds()).await,
    }
}

/// Notes who a request is from, and turns away whoever must sign in first.
pub(super) async fn identify(State(app): State<App>, mut request: Request, next: Next) -> Response {
    let path = request.uri().path();
    let who = who(&app, path, request.headers()).await;
    if who == Who::Nobody && !is_for_all(path) {
        return ask(&app, &request);
    }
    if let Who::Signed(signed) = who
        && !signed.writes
        && !matches!(*request.method(), Method::GET | Method::HEAD)
    {
        let locale = reader::locale(request.headers());
        let detail = texts::of(locale).access.reads_only;
        return Problem::new(StatusCode::FORBIDDEN, "reads_only", detail).into_response();
    }
    request.extensions_mut().insert(who);
    next.run(request).await
}

async fn who(app: &App, path: &str, headers: &HeaderMap) -> Who {
    if app.is_open() {
        return Who::Open;
    }
    let now = app.seconds();
    let bearer = headers
        .get(header::AUTHORIZATION)
        .and_then(|value| value.to_str().ok())
        .and_then(|value| value.strip_prefix("Bearer "));
    let signed = match bearer {
        // A token is for programs: it makes no further tokens, and looks after nobody.
        Some(token) if is_for_programs(path) => app.accounts.who_by_token(token.trim(), now).await,
        Some(_) => None,
        None => match cookies::get(headers, cookie(app)) {
            Some(session) => app.accounts.who(&session, now).await,
            None => None,
        },
    };
    signed.map_or(Who::Nobody, Who::Signed)
}

/// What everybody may see: how to sign in, and whether the server is there.
fn is_for_all(path: &str) -> bool {
    matches!(
        path,
        "/login"
            | "/login/code"
            | "/login/passkey"
            | "/login/passkey/begin"
            | "/choose"
            | "/healthz"
            | "/readyz"
    ) || path.starts_with("/login/with/")
        || path.starts_with("/login/back/")
        || path.starts_with("/join/")
        || path.starts_with("/status/")
        || path.starts_with("/unsubscribe/")
        || path.starts_with("/address/")
        || path.starts_with("/pkg/")
}

fn is_for_programs(path: &str) -> bool {
    path.starts_with("/api/") || path == "/metrics"
}

fn ask(app: &App, request: &Request) -> Response {
    if is_for_programs(request.uri().path()) {
        let locale = reader::locale(request.headers());
        let detail = texts::of(locale).access.sign_in;
        let problem = Problem::new(StatusCode::UNAUTHORIZED, "sign_in", detail);
        let mut response = problem.into_response();
        let bearer = HeaderValue::from_static("Bearer");
        response
            .headers_mut()
            .insert(header::WWW_AUTHENTICATE, bearer);
        return response;
    }
    let back = match *request.method() {
        Method::GET => request.uri().path_and_query().map_or("/", |p| p.as_str()),
        _ => from(request.headers()).unwrap_or("/"),
    };
    let to = format!("/login?back={}", address::encode(back));
    let mut response = Redirect::to(&to).into_response();
    // A session that has ended need not be shown again.
    response
        .headers_mut()
        .extend(end(app).map(|cookie| (header::SET_COOKIE, cookie)));
    response
}

/// The page of this server that a form was sent from.
fn from(headers: &HeaderMap) -> Option<&str> {
    let text = |name| {
        headers
            .get(name)
            .and_then(|value: &HeaderValue| value.to_str().ok())
    };
    let (_, page) = text(header::REFERER)?.split_once("://")?;
    let path = page.strip_prefix(text(header::HOST)?)?;
    path.starts_with('/').then_some(path)
}

/// The cookie that keeps a session.
pub(super) fn keep(app: &App, session: &str) -> Option<HeaderValue> {
    with_security(app, cookies::set(cookie(app), session, "/", KEPT))
}

/// The cookie that ends it.
pub(super) fn end(app: &App) -> Option<HeaderValue> {
    with_security(app, cookies::set(cookie(app), "", "/", 0))
}

/// A cookie as it goes to the browser: with https only ever that way.
pub(super) fn with_security(app: &App, cookie: Option<HeaderValue>) -> Option<HeaderValue> {
    let cookie = cookie?;
    if !app.reach.https {
        return Some(cookie);
    }
    format!("{}; Secure", cookie.to_str().ok()?).parse().ok()
}
