//! Signing in by the word of another: the way to a provider, and back from it.
//!
//! The way begins at a link of ours and ends at an address of ours for each provider. A cookie binds
//! the two to one browser; an answer that fits no running attempt of this browser does nothing.

use std::net::SocketAddr;

use axum::{
    Extension, Router,
    extract::{ConnectInfo, Path, State},
    http::{HeaderMap, HeaderValue, StatusCode, header},
    response::{IntoResponse, Redirect, Response},
    routing::{get, post},
};
use startklar::{Locale, PersonId, texts::fill};
use startklar_app::{
    access::{self, Access},
    address,
    boot::{Notice, Page},
};

use super::{
    App, cookies, flash,
    forms::{Form, refused},
    identify::{self, Who},
    known,
    pages::{Visitor, failed, missing, render},
    sign_in,
};
use crate::{
    accounts::{Accounts, Attempt, Identity, Refused, Signed, Why},
    launches::Failure,
    mail::Change,
    oidc::{Provider, Trouble, Whom},
    texts,
};

/// Seconds that a browser keeps an attempt: as long as the server does.
const KEPT: u32 = 600;

/// What a new administrator signs in with whom the provider gives no fitting name.
const ADMINISTRATOR: &str = "administrator";

/// Where a request is from, as the socket says.
type From = Option<Extension<ConnectInfo<SocketAddr>>>;

pub(super) fn router() -> Router<App> {
    Router::new()
        .route("/login/with/{id}", get(begin))
        .route("/login/back/{id}", get(back))
        .route("/account/unlink", post(unlink))
}

/// The cookie of an attempt. With https its name says that no other host may have set it.
fn cookie(app: &App) -> &'static str {
    if app.reach.https {
        "__Host-attempt"
    } else {
        "attempt"
    }
}

/// The cookie that says by which link somebody comes in: their page sets it, and only what is begun there
/// brings it. Another site could otherwise have the account of its visitor at a provider linked to an
/// invitation of its own.
fn joining_cookie(app: &App) -> &'static str {
    if app.reach.https {
        "__Host-joining"
    } else {
        "joining"
    }
}

/// Has a browser remember that the page of this link was shown.
pub(super) fn shown(app: &App, link: &str) -> Option<HeaderValue> {
    let cookie = cookies::set_strict(joining_cookie(app), link, KEPT);
    identify::with_security(app, cookie)
}

/// Every provider as a way that begins with these fields.
pub(super) fn ways(app: &App, fields: &str) -> Vec<access::Way> {
    let way = |provider: &Provider| access::Way {
        title: provider.title.clone(),
        href: format!("/login/with/{}?{fields}", provider.id),
    };
    app.providers().iter().map(way).collect()
}

/// The same to link one's own account.
pub(super) fn ways_to_link(app: &App, signed: &Signed) -> Vec<access::Way> {
    ways(app, &format!("link={}", Accounts::proof(signed)))
}

/// Who somebody is elsewhere, for their page.
pub(super) fn linked(
    app: &App,
    locale: Locale,
    identities: Vec<Identity>,
) -> Vec<access::Identity> {
    let shown = identities.into_iter().map(|one| {
        let known = app.providers().iter().find(|p| p.issuer == one.issuer);
        access::Identity {
            title: known
                .map_or(&one.issuer, |provider| &provider.title)
                .clone(),
            made: super::access::said(locale, one.made),
            issuer: one.issuer,
            subject: one.subject,
        }
    });
    shown.collect()
}

/// What somebody wants at a provider.
struct Wish {
    why: Why,
    /// What the browser keeps for the way back: where to go on, or by which link to come in. It proves
    /// nothing, and is judged when it is used.
    rest: String,
}

impl Wish {
    /// The page that says what went wrong.
    fn home(&self) -> String {
        home(self.why, &self.rest)
    }
}

fn home(why: Why, rest: &str) -> String {
    match why {
        Why::SignIn => format!("/login?back={}", address::encode(rest)),
        Why::Link(_) => "/account".to_owned(),
        Why::Join => format!("/join/{}", address::encode(rest)),
    }
}

async fn begin(
    State(app): State<App>,
    Path(id): Path<String>,
    Extension(who): Extension<Who>,
    from: From,
    visitor: Visitor,
    headers: HeaderMap,
) -> Response {
    let Some(provider) = app.providers().find(&id) else {
        return missing(&app, &visitor);
    };
    let wish = match wish(&app, who, &visitor, &headers).await {
        Ok(wish) => wish,
        Err(response) => return response,
    };
    let locale = visitor.reader.locale;
    let (from, now) = (from_where(&app, &visitor, from), app.seconds());
    let begun = app
        .accounts
        .begin_elsewhere(&provider.id, wish.why, &from, now);
    let attempt = match begun.await {
        Ok(attempt) => attempt,
        Err(error) => return super::access::back(&wish.home(), locale, Err(error)),
    };
    match app.providers().way_to(&provider.id, &attempt).await {
        Ok(url) => {
            let mut response = Redirect::to(&url).into_response();
            let kept = keep(&app, &attempt, &wish.rest);
            response
                .headers_mut()
                .extend(kept.map(|kept| (header::SET_COOKIE, kept)));
            response
        }
        Err(trouble) => in_trouble(locale, provider, &wish.home(), &trouble),
    }
}

/// What somebody wants, or where they go instead.
async fn wish(
    app: &App,
    who: Who,
    visitor: &Visitor,
    headers: &HeaderMap,
) -> Result<Wish, Response> {
    if let Some(link) = visitor.field("join") {
        let wish = Wish {
            why: Why::Join,
            rest: link,
        };
        let was_shown = cookies::get(headers, joining_cookie(app)).as_ref() == Some(&wish.rest);
        return match app.accounts.find_link(&wish.rest, app.seconds()).await {
            Ok(_) if was_shown => Ok(wish),
            // Its page says whom it is for, or what is wrong with it.
            _ => Err(Redirect::to(&wish.home()).into_response()),
        };
    }
    if let Some(proof) = visitor.field("link") {
        return match who {
            Who::Signed(signed) if Accounts::proof(&signed) == proof => Ok(Wish {
                why: Why::Link(signed.person),
                rest: String::new(),
            }),
            _ => {
                let text = texts::of(visitor.reader.locale).providers.forged;
                Err(refused("/account", text.to_owned()))
            }
        };
    }
    let rest = flash::local(visitor.field("back").as_deref(), "/");
    if app.is_open() || visitor.reader.me.is_some() {
        return Err(Redirect::to(&rest).into_response());
    }
    Ok(Wish {
        why: Why::SignIn,
        rest,
    })
}

fn from_where(app: &App, visitor: &Visitor, from: From) -> String {
    visitor.address(app, from.map(|Extension(ConnectInfo(from))| from.ip()))
}

fn keep(app: &App, attempt: &Attempt, rest: &str) -> Option<HeaderValue> {
    let set = |rest: &str| {
        let value = format!("{} {rest}", attempt.secret());
        cookies::set(cookie(app), &value, "/", KEPT)
    };
    // What is too long to be kept is gone without.
    identify::with_security(app, set(rest).or_else(|| set("")))
}

/// The attempt that the browser keeps, and what else.
fn kept(app: &App, visitor: &Visitor) -> Option<(Attempt, String)> {
    let value = visitor.cookie(cookie(app))?;
    let (secret, rest) = value.split_once(' ')?;
    Some((Attempt::shown(secret), rest.to_owned()))
}

/// Goes back to a page and says there why nobody was proven.
fn in_trouble(locale: Locale, provider: &Provider, to: &str, trouble: &Trouble) -> Response {
    tracing::warn!(?provider, %trouble, "provider.trouble");
    let t = &texts::of(locale).providers;
    let text = match trouble {
        Trouble::Unreachable(_) => t.unreachable,
        Trouble::Refused(_) => t.refused,
        Trouble::Untrue(_) => t.untrue,
    };
    refused(to, fill(text, &[("title", &provider.title)]))
}

/// Says that an answer fits no running attempt of this browser.
fn ended(app: &App, locale: Locale, provider: &Provider) -> Response {
    let text = texts::of(locale).providers.ended;
    let base = app.providers().base();
    let text = fill(text, &[("title", &provider.title), ("base", &base)]);
    refused("/login", text)
}

async fn back(
    State(app): State<App>,
    Path(id): Path<String>,
    Extension(who): Extension<Who>,
    from: From,
    visitor: Visitor,
) -> Response {
    let Some(provider) = app.providers().find(&id) else {
        return missing(&app, &visitor);
    };
    let locale = visitor.reader.locale;
    let Some((attempt, rest)) = kept(&app, &visitor) else {
        return ended(&app, locale, provider);
    };
    // Before the attempt is taken: an answer that somebody made up must not end it.
    if visitor.field("state") != Some(attempt.state()) {
        return ended(&app, locale, provider);
    }
    let taken = app
        .accounts
        .take_elsewhere(&attempt, &provider.id, app.seconds());
    let mut response = match taken.await {
        Ok(why) => {
            let from = from_where(&app, &visitor, from);
            let wish = Wish { why, rest };
            let proven = prove(&app, provider, &attempt, &wish, &visitor).await;
            match proven {
                Ok(whom) => {
                    app.accounts.came_back(&from);
                    go_on(&app, provider, wish, whom, (who, &visitor)).await
                }
                Err(response) => response,
            }
        }
        Err(Refused::Ended) => ended(&app, locale, provider),
        Err(error) => super::access::back("/login", locale, Err(error)),
    };
    let gone = identify::with_security(&app, cookies::set(cookie(&app), "", "/", 0));
    response
        .headers_mut()
        .extend(gone.map(|gone| (header::SET_COOKIE, gone)));
    response
}

/// Who the answer proves, or what is said instead.
async fn prove(
    app: &App,
    provider: &Provider,
    attempt: &Attempt,
    wish: &Wish,
    visitor: &Visitor,
) -> Result<Whom, Response> {
    let locale = visitor.reader.locale;
    let home = wish.home();
    if let Some(error) = visitor.field("error") {
        let told = visitor.field("error_description").unwrap_or_default();
        let trouble = Trouble::Refused(format!("{:?}, {:?}", short(&error), short(&told)));
        if error != "access_denied" {
            return Err(in_trouble(locale, provider, &home, &trouble));
        }
        tracing::info!(?provider, %trouble, "provider.denied");
        let text = texts::of(locale).providers.denied;
        return Err(refused(&home, fill(text, &[("title", &provider.title)])));
    }
    let (code, issuer) = (
        visitor.field("code").unwrap_or_default(),
        visitor.field("iss"),
    );
    let who = app
        .providers()
        .who(&provider.id, &code, issuer.as_deref(), attempt);
    who.await
        .map_err(|trouble| in_trouble(locale, provider, &home, &trouble))
}

fn short(text: &str) -> String {
    text.chars().take(200).collect()
}

/// Goes on with somebody who is proven.
async fn go_on(
    app: &App,
    provider: &Provider,
    wish: Wish,
    whom: Whom,
    (who, visitor): (Who, &Visitor),
) -> Response {
    match wish.why {
        Why::SignIn => match app.accounts.by_identity(&whom.issuer, &whom.subject) {
            Some(account) => {
                let to = flash::local(Some(&wish.rest), "/");
                let begun = sign_in::begun(app, visitor, account.person, &to).await;
                known::signed_in(app, visitor, account.person, begun).await
            }
            None => stranger(app, provider, &whom, visitor),
        },
        Why::Link(person) => match who {
            Who::Signed(signed) if signed.person == person => {
                link(app, provider, person, whom, visitor).await
            }
            _ => ended(app, visitor.reader.locale, provider),
        },
        Why::Join => match join(app, &wish.rest, whom).await {
            Ok(Ok(person)) => {
                let begun = sign_in::begun(app, visitor, person, "/").await;
                known::came_in(app, visitor, person, begun).await
            }
            Ok(Err(error)) => super::access::back(&wish.home(), visitor.reader.locale, Err(error)),
            Err(failure) => failed(app, visitor, failure),
        },
    }
}

fn stranger(app: &App, provider: &Provider, whom: &Whom, visitor: &Visitor) -> Response {
    tracing::info!(?provider, "provider.stranger");
    let mut boot = visitor.boot(app, Page::Access);
    boot.access = Some(Access::Stranger {
        title: provider.title.clone(),
        name: whom.called().to_owned(),
    });
    let mut response = render(app, &boot);
    *response.status_mut() = StatusCode::FORBIDDEN;
    response
}

async fn link(
    app: &App,
    provider: &Provider,
    person: PersonId,
    whom: Whom,
    visitor: &Visitor,
) -> Response {
    let locale = visitor.reader.locale;
    let identity = identity(app, whom);
    if let Err(error) = app.accounts.link_identity(person, identity).await {
        return super::access::back("/account", locale, Err(error));
    }
    app.tell(person, Change::Linked).await;
    let text = texts::of(locale).providers.linked;
    let notice = Notice::done(fill(text, &[("title", &provider.title)]));
    flash::back("/account", &notice)
}

fn identity(app: &App, whom: Whom) -> Identity {
    Identity {
        issuer: whom.issuer,
        subject: whom.subject,
        made: app.seconds(),
    }
}

/// Uses a link for whom it is; the first administrator comes in under the name that the provider
/// gives.
async fn join(app: &App, link: &str, whom: Whom) -> Result<Result<PersonId, Refused>, Failure> {
    let link = match app.accounts.find_link(link, app.seconds()).await {
        Ok(link) => link,
        Err(error) => return Ok(Err(error)),
    };
    let account = if let Some(person) = link.person {
        match app.accounts.of(person) {
            Some(account) => account,
            None => return Ok(Err(Refused::NoAccount)),
        }
    } else {
        let login = whom
            .login
            .as_deref()
            .filter(|login| Accounts::is_login(login));
        let person = app.launches.people().add(whom.called()).await?.id;
        Accounts::new_administrator(person, login.unwrap_or(ADMINISTRATOR), app.seconds())
    };
    let person = account.person;
    let used = app.accounts.use_link_by(link, account, identity(app, whom));
    let used = used.await;
    if used.is_ok() {
        app.tell(person, Change::Linked).await;
    }
    Ok(used.map(|()| person))
}

async fn unlink(State(app): State<App>, signed: Signed, visitor: Visitor, form: Form) -> Response {
    let locale = visitor.reader.locale;
    let (issuer, subject) = (form.raw("issuer"), form.raw("subject"));
    let unlinked = app
        .accounts
        .unlink_identity(signed.person, issuer, subject)
        .await;
    if unlinked.is_ok() {
        app.tell(signed.person, Change::Unlinked).await;
    }
    let text = texts::of(locale).providers.unlinked;
    super::access::back("/account", locale, unlinked.map(|()| text))
}
