//! Telling somebody by mail that they signed in with a browser that is not known to be theirs.
//!
//! The browser keeps a value for each of the last people who signed in with it, so that whoever shares one is
//! not told each time. A value is made here and never taken over from the browser: nobody can have one known
//! that they brought themselves.

use axum::{
    http::{HeaderValue, header},
    response::Response,
};
use startklar::PersonId;

use super::{App, cookies, identify, pages::Visitor};
use crate::accounts::{REMEMBERED, Refused};

/// People whose values one browser keeps.
const SHARED: usize = 5;

/// The cookie. With https its name says that no other host may have set it.
fn cookie(app: &App) -> &'static str {
    if app.reach.https {
        "__Host-known"
    } else {
        "known"
    }
}

/// Goes on after somebody has signed in: they are told if the browser is not known to be theirs, and it is from
/// now on.
pub(super) async fn signed_in(
    app: &App,
    visitor: &Visitor,
    person: PersonId,
    response: Response,
) -> Response {
    noted(app, visitor, (person, true), response).await
}

/// The same after a link by which somebody came in: that their password or their provider is another was told
/// already.
pub(super) async fn came_in(
    app: &App,
    visitor: &Visitor,
    person: PersonId,
    response: Response,
) -> Response {
    noted(app, visitor, (person, false), response).await
}

async fn noted(
    app: &App,
    visitor: &Visitor,
    (person, tells): (PersonId, bool),
    mut response: Response,
) -> Response {
    if !app.sends_mail {
        return response;
    }
    match note(app, visitor, person).await {
        Ok((cookie, is_new)) => {
            let headers = response.headers_mut();
            headers.extend(cookie.map(|cookie| (header::SET_COOKIE, cookie)));
            if is_new && tells {
                app.tell_of_browser(person, &visitor.browser()).await;
            }
        }
        // Nobody stays out for it.
        Err(error) => tracing::error!(%error, "browser.not_noted"),
    }
    response
}

/// What the browser keeps from now on, and whether it was unknown.
async fn note(
    app: &App,
    visitor: &Visitor,
    person: PersonId,
) -> Result<(Option<HeaderValue>, bool), Refused> {
    let now = app.seconds();
    let kept = visitor.cookie(cookie(app)).unwrap_or_default();
    let mut values: Vec<&str> = kept.split('.').filter(|value| !value.is_empty()).collect();
    values.truncate(SHARED);
    let mut known = None;
    for (n, value) in values.iter().enumerate() {
        if app.accounts.knows_browser(person, value, now).await? {
            known = Some(n);
            break;
        }
    }
    let value = if let Some(n) = known {
        values.remove(n).to_owned()
    } else {
        let browser = visitor.browser();
        let new = app.accounts.remember_browser(person, &browser, now);
        new.await?
    };
    values.insert(0, &value);
    values.truncate(SHARED);
    let kept = cookies::set(cookie(app), &values.join("."), "/", REMEMBERED);
    Ok((identify::with_security(app, kept), known.is_none()))
}
