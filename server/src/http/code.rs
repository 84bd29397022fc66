//! The second page of signing in: a code after the password. What the browser keeps in between stands
//! for the right password and is no session.

use std::net::SocketAddr;

use axum::{
    Extension, Router,
    extract::{ConnectInfo, State},
    http::{HeaderValue, header},
    response::{IntoResponse, Redirect, Response},
    routing::get,
};
use startklar::{PersonId, texts::fill};
use startklar_app::{
    access::Access,
    address,
    boot::{Notice, Page},
};

use super::{
    App, access, cookies, flash,
    forms::{Form, refused},
    identify, known,
    pages::{Visitor, render, saying},
    problem::Problem,
    sign_in,
};
use crate::{
    accounts::{Entry, Refused},
    texts,
};

/// Seconds that a browser keeps it: as long as the server does.
const KEPT: u32 = 300;

pub(super) fn router() -> Router<App> {
    Router::new().route("/login/code", get(show).post(pass))
}

/// The cookie in between. With https its name says that no other host may have set it.
fn cookie(app: &App) -> &'static str {
    if app.reach.https {
        "__Host-half"
    } else {
        "half"
    }
}

fn keep(app: &App, half: &str, age: u32) -> Option<HeaderValue> {
    identify::with_security(app, cookies::set(cookie(app), half, "/", age))
}

fn with(mut response: Response, cookie: Option<HeaderValue>) -> Response {
    let headers = response.headers_mut();
    headers.extend(cookie.map(|cookie| (header::SET_COOKIE, cookie)));
    response
}

/// Goes on after a right password: with a session, or to where a code is asked for. Whoever is in is told where
/// the browser is not known to be theirs.
pub(super) async fn go_on(
    app: &App,
    visitor: &Visitor,
    (entry, person): (Entry, PersonId),
    to: &str,
) -> Response {
    let is_in = matches!(entry, Entry::Whole { .. });
    let response = on(app, visitor, entry, to);
    if is_in {
        known::signed_in(app, visitor, person, response).await
    } else {
        response
    }
}

/// The same, and nobody is told.
pub(super) fn on(app: &App, visitor: &Visitor, entry: Entry, to: &str) -> Response {
    match entry {
        Entry::Half(half) => {
            let page = format!("/login/code?back={}", address::encode(to));
            with(Redirect::to(&page).into_response(), keep(app, &half, KEPT))
        }
        Entry::Whole { session, taken } => {
            let response = match taken {
                Some(at) => told(visitor, at, to),
                None => Redirect::to(to).into_response(),
            };
            with(response, identify::keep(app, &session))
        }
    }
}

/// Tells somebody that an administrator took away their second factor.
fn told(visitor: &Visitor, at: i64, to: &str) -> Response {
    let locale = visitor.reader.locale;
    let (text, when) = (texts::of(locale).factor.told, access::said(locale, at));
    let notice = Notice::refused(fill(text, &[("when", &when)]));
    flash::back(to, &notice)
}

async fn show(State(app): State<App>, visitor: Visitor) -> Response {
    let back = visitor.field("back").unwrap_or_default();
    if app.is_open() || visitor.reader.me.is_some() {
        return Redirect::to(&flash::local(Some(&back), "/")).into_response();
    }
    let half = visitor.cookie(cookie(&app)).unwrap_or_default();
    match app.accounts.is_half(&half, app.seconds()).await {
        Ok(true) => page(&app, &visitor, back, None),
        Ok(false) => ended(&app, &visitor, &back),
        Err(error) => access::back("/login", visitor.reader.locale, Err(error)),
    }
}

fn page(app: &App, visitor: &Visitor, back: String, problem: Option<&Problem>) -> Response {
    let mut boot = visitor.boot(app, Page::Access);
    boot.access = Some(Access::Code { back });
    match problem {
        Some(problem) => saying(app, boot, problem),
        None => render(app, &boot),
    }
}

/// Goes back to where the password is asked for, and says why.
fn ended(app: &App, visitor: &Visitor, back: &str) -> Response {
    let text = texts::of(visitor.reader.locale).factor.half_ended;
    let to = format!("/login?back={}", address::encode(back));
    with(refused(&to, text.to_owned()), keep(app, "", 0))
}

async fn pass(
    State(app): State<App>,
    from: Option<Extension<ConnectInfo<SocketAddr>>>,
    visitor: Visitor,
    form: Form,
) -> Response {
    let back = form.back("/");
    let direct = from.map(|Extension(ConnectInfo(from))| from.ip());
    let (from, browser) = (visitor.address(&app, direct), visitor.browser());
    let half = visitor.cookie(cookie(&app)).unwrap_or_default();
    let typed = form.get("code").unwrap_or_default();
    let passed = app
        .accounts
        .pass(&half, typed, (&from, &browser), app.seconds());
    match passed.await {
        Ok((session, person)) => {
            let response = with(sign_in::kept(&app, &session, &back), keep(&app, "", 0));
            known::signed_in(&app, &visitor, person, response).await
        }
        Err(Refused::Ended) => ended(&app, &visitor, &back),
        Err(error) => {
            let problem = access::problem(visitor.reader.locale, &error);
            page(&app, &visitor, back, Some(&problem))
        }
    }
}
