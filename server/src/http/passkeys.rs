//! Passkeys: signing in by one, those of one's account, and all of somebody taken away by an administrator.
//!
//! What a browser is asked goes to the script of the page as JSON; what it answers comes as a form, so
//! that what came of it is said as after any other.

use std::net::SocketAddr;

use axum::{
    Extension, Json, Router,
    extract::{ConnectInfo, Path, State},
    http::{HeaderValue, header},
    response::{IntoResponse, Response},
    routing::post,
};
use startklar::{Locale, PersonId};
use startklar_app::{access, address};
use uuid::Uuid;

use super::{
    App,
    access::{Administrator, back, problem, said},
    code, cookies,
    forms::{Form, refused},
    identify,
    pages::Visitor,
    problem::Problem,
};
use crate::{
    accounts::{Ceremony, NoParty, Party, Refused, Signed, Wish},
    mail::Change,
    texts,
};

/// The page of one's own.
const HOME: &str = "/account";

/// Seconds that a browser keeps a ceremony: as long as the server does.
const KEPT: u32 = 300;

/// Where a request is from, as the socket says.
type From = Option<Extension<ConnectInfo<SocketAddr>>>;

pub(super) fn router() -> Router<App> {
    Router::new()
        .route("/login/passkey/begin", post(begin_entering))
        .route("/login/passkey", post(enter))
        .route("/account/passkeys/begin", post(begin))
        .route("/account/passkeys", post(add))
        .route("/account/passkeys/name", post(name))
        .route("/account/passkeys/remove", post(remove))
        .route("/people/{id}/passkeys", post(take))
}

/// Whether passkeys can be used where a visitor reaches this server.
pub(super) fn place(app: &App, visitor: &Visitor) -> access::Place {
    match party(app, visitor) {
        Ok(_) => access::Place::Good,
        Err(NoParty::Unnamed) => access::Place::Unnamed,
        Err(NoParty::Plain) => access::Place::Plain,
    }
}

/// Somebody's own, for their page.
pub(super) async fn own(
    app: &App,
    visitor: &Visitor,
    person: PersonId,
) -> Result<access::Passkeys, Refused> {
    let locale = visitor.reader.locale;
    let all = app.accounts.passkeys(person).await?.into_iter();
    let shown = all.map(|one| access::Passkey {
        id: one.id.to_string(),
        name: one.name,
        made: said(locale, one.made),
        used: one.used.map(|used| said(locale, used)),
    });
    Ok(access::Passkeys {
        place: place(app, visitor),
        all: shown.collect(),
    })
}

fn party(app: &App, visitor: &Visitor) -> Result<Party, NoParty> {
    Party::at(&visitor.origin(app))
}

/// The same for who wishes to use one.
fn wanted(app: &App, visitor: &Visitor) -> Result<Party, String> {
    party(app, visitor).map_err(|why| {
        let t = &visitor.reader.locale.catalogue().passkeys;
        match why {
            NoParty::Unnamed => t.unnamed,
            NoParty::Plain => t.plain,
        }
        .to_owned()
    })
}

fn from_where(app: &App, visitor: &Visitor, from: From) -> String {
    visitor.address(app, from.map(|Extension(ConnectInfo(from))| from.ip()))
}

/// The cookie of a ceremony. With https its name says that no other host may have set it.
fn cookie(app: &App) -> &'static str {
    if app.reach.https {
        "__Host-passkey"
    } else {
        "passkey"
    }
}

/// Only what pages of this server send ends a ceremony, so that only to them the cookie goes.
fn keep(app: &App, secret: &str, age: u32) -> Option<HeaderValue> {
    identify::with_security(app, cookies::set_strict(cookie(app), secret, age))
}

fn with(mut response: Response, cookie: Option<HeaderValue>) -> Response {
    let headers = response.headers_mut();
    headers.extend(cookie.map(|cookie| (header::SET_COOKIE, cookie)));
    response
}

/// What the script of a page goes on with.
fn begun(app: &App, locale: Locale, begun: Result<Ceremony, Refused>) -> Response {
    match begun {
        Ok(Ceremony { options, secret }) => {
            let never = [(header::CACHE_CONTROL, "no-store")];
            let response = (never, Json(options)).into_response();
            with(response, keep(app, &secret, KEPT))
        }
        Err(error) => why(locale, &error).into_response(),
    }
}

/// What came of the end of a ceremony that fails, in words about passkeys.
fn why(locale: Locale, error: &Refused) -> Problem {
    let mut problem = problem(locale, error);
    let t = texts::of(locale);
    let own = match error {
        Refused::Ended => Some(t.passkeys.ended),
        // Their login was not asked for.
        Refused::Wrong => Some(t.access.wrong_password),
        _ => None,
    };
    if let Some(text) = own {
        text.clone_into(&mut problem.detail);
    }
    problem
}

fn unwanted(text: String) -> Response {
    let status = axum::http::StatusCode::CONFLICT;
    Problem::new(status, "no_passkeys_here", text).into_response()
}

async fn begin_entering(State(app): State<App>, from: From, visitor: Visitor) -> Response {
    let party = match wanted(&app, &visitor) {
        Ok(party) => party,
        Err(text) => return unwanted(text),
    };
    let from = from_where(&app, &visitor, from);
    let asked = app.accounts.begin_entering(&party, &from, app.seconds());
    begun(&app, visitor.reader.locale, asked.await)
}

async fn enter(State(app): State<App>, from: From, visitor: Visitor, form: Form) -> Response {
    let (locale, to) = (visitor.reader.locale, form.back("/"));
    let login = format!("/login?back={}", address::encode(&to));
    let party = match wanted(&app, &visitor) {
        Ok(party) => party,
        Err(text) => return refused(&login, text),
    };
    let (from, browser) = (from_where(&app, &visitor, from), visitor.browser());
    let secret = visitor.cookie(cookie(&app)).unwrap_or_default();
    let entered = app.accounts.enter_by_passkey(
        &party,
        (&secret, form.raw("credential")),
        (&from, &browser),
        app.seconds(),
    );
    let response = match entered.await {
        Ok(entered) => code::go_on(&app, &visitor, entered, &to).await,
        Err(error) => refused(&login, why(locale, &error).detail),
    };
    with(response, keep(&app, "", 0))
}

async fn begin(
    State(app): State<App>,
    signed: Signed,
    from: From,
    visitor: Visitor,
    form: Form,
) -> Response {
    let party = match wanted(&app, &visitor) {
        Ok(party) => party,
        Err(text) => return unwanted(text),
    };
    let (from, people) = (
        from_where(&app, &visitor, from),
        app.launches.people().all(),
    );
    let wish = Wish {
        person: signed.person,
        called: people.name(signed.person).unwrap_or_default(),
        name: form.get("name").unwrap_or_default(),
        password: form.raw("password").to_owned(),
        code: form.get("code").unwrap_or_default(),
    };
    let asked = app
        .accounts
        .begin_passkey(&party, wish, &from, app.seconds());
    begun(&app, visitor.reader.locale, asked.await)
}

async fn add(State(app): State<App>, signed: Signed, visitor: Visitor, form: Form) -> Response {
    let locale = visitor.reader.locale;
    let party = match wanted(&app, &visitor) {
        Ok(party) => party,
        Err(text) => return refused(HOME, text),
    };
    let secret = visitor.cookie(cookie(&app)).unwrap_or_default();
    let shown = (secret.as_str(), form.raw("credential"));
    let added = app
        .accounts
        .add_passkey(&party, signed.person, shown, app.seconds());
    let response = match added.await {
        Ok(()) => {
            app.tell(signed.person, Change::PasskeyAdded).await;
            back(HOME, locale, Ok(texts::of(locale).passkeys.added))
        }
        Err(error) => refused(HOME, why(locale, &error).detail),
    };
    with(response, keep(&app, "", 0))
}

/// Which one a form is about.
fn which(form: &Form) -> Result<Uuid, Refused> {
    let id = form.get("id").and_then(|id| id.parse().ok());
    id.ok_or(Refused::Ended)
}

async fn name(State(app): State<App>, signed: Signed, visitor: Visitor, form: Form) -> Response {
    let locale = visitor.reader.locale;
    let name = form.get("name").unwrap_or_default();
    let named = match which(&form) {
        Ok(id) => app.accounts.name_passkey(signed.person, id, name).await,
        Err(error) => Err(error),
    };
    back(
        HOME,
        locale,
        named.map(|()| texts::of(locale).passkeys.named),
    )
}

async fn remove(State(app): State<App>, signed: Signed, visitor: Visitor, form: Form) -> Response {
    let locale = visitor.reader.locale;
    let password = form.raw("password").to_owned();
    let removed = match which(&form) {
        Ok(id) => {
            let removed = app.accounts.remove_passkey(signed.person, id, password);
            removed.await
        }
        Err(error) => Err(error),
    };
    if removed.is_ok() {
        app.tell(signed.person, Change::PasskeyRemoved).await;
    }
    let text = texts::of(locale).passkeys.removed;
    back(HOME, locale, removed.map(|()| text))
}

async fn take(
    State(app): State<App>,
    Path(id): Path<PersonId>,
    Administrator(visitor): Administrator,
) -> Response {
    let locale = visitor.reader.locale;
    // One's own are removed with a password.
    let taken = if visitor.reader.me == Some(id) {
        Err(Refused::OwnPasskeys)
    } else {
        app.accounts.take_passkeys(id).await
    };
    if taken.is_ok() {
        app.tell(id, Change::PasskeysTaken).await;
    }
    let text = texts::of(locale).passkeys.taken;
    back("/people", locale, taken.map(|()| text))
}
