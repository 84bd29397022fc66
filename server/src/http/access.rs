//! One's own account, everybody, and the table of rights.

use axum::{
    Router,
    extract::{FromRequestParts, Path, State},
    http::{StatusCode, request::Parts},
    response::{IntoResponse, Redirect, Response},
    routing::{get, post},
};
use startklar::{
    Locale, PersonId,
    rights::Standing,
    texts::{day_year_clock, fill},
    time::{Instant, Zone},
};
use startklar_app::{
    access::{self, Access, People, Row},
    boot::{Boot, Notice, Page},
};
use uuid::Uuid;

use super::{
    App, elsewhere, factor, flash,
    forms::{Form, refused},
    mail,
    pages::{Visitor, render, saying},
    passkeys,
    problem::Problem,
};
use crate::{
    accounts::{LENGTH, Refused, Signed, Weak},
    launches::Failure,
    mail::Change,
    texts,
};

pub(super) fn router() -> Router<App> {
    Router::new()
        .route("/rights", get(rights))
        .route("/account", get(account))
        .route("/account/password", post(change_password))
        .route("/account/end", post(end))
        .route("/account/token", post(make_token))
        .route("/people", get(people).post(invite))
        .route("/people/first", post(first))
        .route("/people/{id}/standing", post(set_standing))
        .route("/people/{id}/link", post(make_link))
        .route("/people/{id}/erase", post(erase))
}

/// Why something about an account did not happen, in the reader's words.
pub(super) fn problem(locale: Locale, refused: &Refused) -> Problem {
    let t = &texts::of(locale).access;
    let of = |status, code, text: &str| Problem::new(status, code, text);
    let bad = StatusCode::UNPROCESSABLE_ENTITY;
    match refused {
        Refused::Wrong => of(StatusCode::UNAUTHORIZED, "wrong", t.wrong),
        Refused::Wait { seconds } => {
            let text = fill(t.wait, &[("seconds", seconds)]);
            of(StatusCode::TOO_MANY_REQUESTS, "wait", &text)
        }
        Refused::WrongCode => {
            let text = texts::of(locale).factor.wrong_code;
            of(StatusCode::UNAUTHORIZED, "wrong_code", text)
        }
        Refused::FactorFirst => {
            let text = texts::of(locale).factor.not_elsewhere;
            of(StatusCode::CONFLICT, "factor_first", text)
        }
        Refused::OwnFactor => {
            let text = texts::of(locale).factor.own;
            of(StatusCode::CONFLICT, "own_factor", text)
        }
        Refused::BadPasskey | Refused::PasskeyTaken | Refused::Unproven | Refused::OwnPasskeys => {
            of_passkeys(locale, refused)
        }
        Refused::Weak(Weak::Length) => {
            let (least, most) = LENGTH;
            let text = fill(t.weak_length, &[("least", &least), ("most", &most)]);
            of(bad, "weak", &text)
        }
        Refused::Weak(Weak::Obvious) => of(bad, "weak", t.weak_obvious),
        Refused::Weak(Weak::Leaked) => of(bad, "weak", t.weak_leaked),
        Refused::BadLogin => of(bad, "bad_login", t.bad_login),
        Refused::LoginTaken => of(StatusCode::CONFLICT, "login_taken", t.login_taken),
        Refused::Ended => of(StatusCode::GONE, "ended", t.ended),
        Refused::NoAccount => of(StatusCode::NOT_FOUND, "no_account", t.no_account),
        Refused::IdentityTaken => {
            let text = texts::of(locale).providers.taken;
            of(StatusCode::CONFLICT, "identity_taken", text)
        }
        Refused::LastWay => {
            let text = texts::of(locale).providers.last_way;
            of(StatusCode::CONFLICT, "last_way", text)
        }
        Refused::LastAdministrator => of(
            StatusCode::CONFLICT,
            "last_administrator",
            t.last_administrator,
        ),
        Refused::BadLink => of(bad, "bad_link", t.bad_link),
        Refused::BadToken => of(bad, "bad_token", t.bad_token),
        Refused::Store(error) => Problem::of(
            Failure::Store(error.clone()),
            locale,
            &startklar::People::default(),
        ),
        Refused::Broken(_) => Problem::broken(locale),
    }
}

/// The same for passkeys.
fn of_passkeys(locale: Locale, refused: &Refused) -> Problem {
    let t = &texts::of(locale).passkeys;
    let (status, code, text) = match refused {
        Refused::PasskeyTaken => (StatusCode::CONFLICT, "passkey_taken", t.known),
        Refused::Unproven => (StatusCode::UNAUTHORIZED, "unproven", t.unproven),
        Refused::OwnPasskeys => (StatusCode::CONFLICT, "own_passkeys", t.own),
        _ => (StatusCode::UNPROCESSABLE_ENTITY, "bad_passkey", t.bad),
    };
    Problem::new(status, code, text)
}

/// Somebody whom a form names: of the directory, or new by their name.
pub(super) async fn person(app: &App, form: &Form) -> Result<(PersonId, String), Failure> {
    let people = app.launches.people();
    let known = form.get("person").and_then(|id| people.find(id));
    if let Some(known) = known {
        let name = people.all().name(known).unwrap_or_default().to_owned();
        return Ok((known, name));
    }
    let added = people.add(form.get("name").unwrap_or_default()).await?;
    Ok((added.id, added.name.to_string()))
}

async fn rights(State(app): State<App>, visitor: Visitor) -> Response {
    let mut boot = visitor.boot(&app, Page::Access);
    boot.access = Some(Access::Rights);
    render(&app, &boot)
}

/// A moment of an account, in UTC as on every page that knows no launch.
pub(super) fn said(locale: Locale, seconds: i64) -> String {
    let at: Option<Instant> = chrono::DateTime::from_timestamp(seconds, 0);
    at.map_or(String::new(), |at| {
        format!("{} UTC", day_year_clock(locale, &Zone::default(), at))
    })
}

/// A page of somebody's own account.
async fn own(app: &App, visitor: &Visitor, signed: Signed) -> Result<Boot, Refused> {
    let locale = visitor.reader.locale;
    let (now, person) = (app.seconds(), signed.person);
    let account = app.accounts.of(person).ok_or(Refused::NoAccount)?;
    let sessions = app.accounts.sessions(person, now).await?;
    let sessions = sessions.into_iter().map(|one| access::Session {
        this: one.id == signed.by,
        id: one.id.to_string(),
        browser: one.note,
        made: said(locale, one.made),
        seen: said(locale, one.seen),
    });
    let tokens = app.accounts.tokens(person, now).await?;
    let tokens = tokens.into_iter().map(|one| access::Token {
        id: one.id.to_string(),
        note: one.note,
        writes: one.writes,
        ends: said(locale, one.ends),
    });
    let mail = mail::settings(app, person, &account.login, (locale, visitor.now)).await?;
    let mut boot = visitor.boot(app, Page::Access);
    let account = access::Account {
        name: boot.people.name(person).unwrap_or_default().to_owned(),
        has_password: account.has_password(),
        second: factor::stands(app, locale, person).await?,
        passkeys: passkeys::own(app, visitor, person).await?,
        identities: elsewhere::linked(app, locale, account.identities),
        ways: elsewhere::ways_to_link(app, &signed),
        login: account.login,
        standing: account.standing,
        sessions: sessions.collect(),
        tokens: tokens.collect(),
        fresh: None,
        mail,
    };
    boot.access = Some(Access::Account(Box::new(account)));
    Ok(boot)
}

async fn account(State(app): State<App>, signed: Signed, visitor: Visitor) -> Response {
    match own(&app, &visitor, signed).await {
        Ok(boot) => render(&app, &boot),
        Err(refused) => refusal(&app, &visitor, &refused),
    }
}

fn refusal(app: &App, visitor: &Visitor, refused: &Refused) -> Response {
    let problem = problem(visitor.reader.locale, refused);
    super::pages::said(app, visitor, Page::Missing, &problem)
}

/// Goes back to a page with what came of a form.
pub(super) fn back(to: &str, locale: Locale, done: Result<&'static str, Refused>) -> Response {
    match done {
        Ok(text) => flash::back(to, &Notice::done(text)),
        // Whoever comes here has signed in: their login was not asked for.
        Err(Refused::Wrong) => {
            let text = texts::of(locale).access.wrong_password;
            refused(to, text.to_owned())
        }
        Err(error) => refused(to, problem(locale, &error).detail),
    }
}

async fn change_password(
    State(app): State<App>,
    signed: Signed,
    visitor: Visitor,
    form: Form,
) -> Response {
    let locale = visitor.reader.locale;
    let people = app.launches.people().all();
    let name = people.name(signed.person).unwrap_or_default();
    let (old, new) = (form.raw("old").to_owned(), form.raw("password").to_owned());
    let changed = app
        .accounts
        .change_password(signed.person, name, old, new)
        .await;
    if changed.is_ok() {
        app.tell(signed.person, Change::Password).await;
    }
    let to = if changed.is_ok() {
        "/login"
    } else {
        "/account"
    };
    let text = texts::of(locale).access.password_changed;
    back(to, locale, changed.map(|()| text))
}

async fn end(State(app): State<App>, signed: Signed, visitor: Visitor, form: Form) -> Response {
    let locale = visitor.reader.locale;
    let id = form.get("id").and_then(|id| id.parse::<Uuid>().ok());
    let ended = match id {
        Some(id) => app.accounts.end(signed.person, id).await,
        None => Err(Refused::Ended),
    };
    let text = texts::of(locale).access.session_ended;
    back("/account", locale, ended.map(|()| text))
}

/// The page that comes is the only one that shows the token.
async fn make_token(
    State(app): State<App>,
    signed: Signed,
    visitor: Visitor,
    form: Form,
) -> Response {
    let days = form.get("days").and_then(|days| days.parse().ok());
    let made = app.accounts.make_token(
        signed.person,
        form.get("note").unwrap_or_default(),
        form.get("writes").is_some(),
        days.unwrap_or_default(),
        app.seconds(),
    );
    let locale = visitor.reader.locale;
    let made = match made.await {
        Ok(made) => made,
        Err(error) => return back("/account", locale, Err(error)),
    };
    app.tell(signed.person, Change::Token).await;
    match own(&app, &visitor.on("/account"), signed).await {
        Ok(mut boot) => {
            if let Some(Access::Account(account)) = &mut boot.access {
                account.fresh = Some(made);
            }
            render(&app, &boot)
        }
        Err(error) => back("/account", locale, Err(error)),
    }
}

/// A visitor who looks after people; everybody else is turned away before a handler runs.
pub(super) struct Administrator(pub(super) Visitor);

impl FromRequestParts<App> for Administrator {
    type Rejection = Response;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Response> {
        let visitor = Visitor::of(app, &parts.headers, &parts.extensions, &parts.uri);
        if visitor.reader.standing == Standing::Administrator {
            return Ok(Self(visitor.on("/people")));
        }
        let detail = texts::of(visitor.reader.locale).access.administrators_only;
        let problem = Problem::new(StatusCode::FORBIDDEN, "administrators_only", detail);
        Err(super::pages::said(app, &visitor, Page::Missing, &problem))
    }
}

async fn everybody(app: &App, visitor: &Visitor, link: Option<(String, String)>) -> Boot {
    let mut boot = visitor.boot(app, Page::Access);
    let accounts = app.accounts.all();
    let mut rows: Vec<Row> = boot
        .people
        .iter()
        .map(|person| Row {
            id: person.id,
            name: person.name.to_string(),
            account: accounts
                .get(&person.id)
                .map(|a| (a.login.clone(), a.standing, a.is_ready())),
            second: accounts.get(&person.id).is_some_and(|a| a.second_factor),
            passkeys: accounts.get(&person.id).is_some_and(|a| a.passkeys),
        })
        .collect();
    rows.sort_by_key(|row| (row.account.is_none(), row.name.to_lowercase()));
    boot.access = Some(Access::People(People {
        open: app.is_open(),
        rows,
        link,
        stuck: mail::stuck(app, visitor).await,
    }));
    boot
}

async fn people(
    State(app): State<App>,
    administrator: Result<Administrator, Response>,
    visitor: Visitor,
) -> Response {
    match administrator {
        Err(turned_away) if !app.is_open() => turned_away,
        _ => render(&app, &everybody(&app, &visitor, None).await),
    }
}

/// Where nobody signs in yet, whoever is on this machine may begin it.
async fn first(State(app): State<App>, visitor: Visitor) -> Response {
    if !app.is_open() {
        return refusal(&app, &visitor, &Refused::Ended);
    }
    match app.accounts.first_link(app.seconds()).await {
        Ok(Some(link)) => Redirect::to(&format!("/join/{link}")).into_response(),
        Ok(None) => refusal(&app, &visitor, &Refused::Ended),
        Err(error) => refusal(&app, &visitor, &error),
    }
}

async fn invite(
    State(app): State<App>,
    Administrator(visitor): Administrator,
    form: Form,
) -> Response {
    let standing = form.get("standing").and_then(Standing::from_code);
    let login = form.get("login").unwrap_or_default();
    let standing = standing.unwrap_or(Standing::Viewer);
    if let Err(error) = app.accounts.is_free(login) {
        let boot = everybody(&app, &visitor, None).await;
        return saying(&app, boot, &problem(visitor.reader.locale, &error));
    }
    let (person, _) = match person(&app, &form).await {
        Ok(person) => person,
        Err(failure) => {
            let people = app.launches.people().all();
            let problem = Problem::of(failure, visitor.reader.locale, &people);
            return saying(&app, everybody(&app, &visitor, None).await, &problem);
        }
    };
    let added = app
        .accounts
        .add(person, login, standing, app.seconds())
        .await;
    match added {
        Ok(()) => linked(&app, &visitor, person).await,
        Err(error) => {
            let boot = everybody(&app, &visitor, None).await;
            saying(&app, boot, &problem(visitor.reader.locale, &error))
        }
    }
}

/// The page that shows a new link of somebody: the only one that does.
async fn linked(app: &App, visitor: &Visitor, person: PersonId) -> Response {
    match app.accounts.password_link(person, app.seconds()).await {
        Ok(link) => {
            let people = app.launches.people().all();
            let name = people.name(person).unwrap_or_default().to_owned();
            let address = format!("{}/join/{link}", visitor.origin(app));
            render(app, &everybody(app, visitor, Some((name, address))).await)
        }
        Err(error) => refusal(app, visitor, &error),
    }
}

async fn make_link(
    State(app): State<App>,
    Path(id): Path<PersonId>,
    Administrator(visitor): Administrator,
) -> Response {
    linked(&app, &visitor, id).await
}

async fn set_standing(
    State(app): State<App>,
    Path(id): Path<PersonId>,
    Administrator(visitor): Administrator,
    form: Form,
) -> Response {
    let locale = visitor.reader.locale;
    let set = match form.get("standing").and_then(Standing::from_code) {
        Some(standing) => app.accounts.set_standing(id, standing).await,
        None => Err(Refused::NoAccount),
    };
    back(
        "/people",
        locale,
        set.map(|()| texts::of(locale).access.changed),
    )
}

async fn erase(
    State(app): State<App>,
    Path(id): Path<PersonId>,
    Administrator(visitor): Administrator,
) -> Response {
    let locale = visitor.reader.locale;
    let erased = app.accounts.erase(id).await;
    if erased.is_ok()
        && let Err(error) = app.launches.people().look().await
    {
        tracing::warn!(%error, "people.not_reloaded");
    }
    back(
        "/people",
        locale,
        erased.map(|()| texts::of(locale).access.erased),
    )
}
