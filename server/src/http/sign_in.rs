//! Signing in and out, and choosing a password by a link.

use std::{net::SocketAddr, sync::Arc};

use axum::{
    Extension, Router,
    extract::{ConnectInfo, Path, State},
    http::{StatusCode, header},
    response::{IntoResponse, Redirect, Response},
    routing::{get, post},
};
use startklar::{Locale, PersonId};
use startklar_app::{
    access::{Access, First, Place},
    address,
    boot::{Notice, Page},
};

use super::{
    App, access, code, elsewhere, flash,
    forms::Form,
    identify::{self, Who},
    known,
    pages::{Visitor, failed, render, saying},
    passkeys,
    problem::Problem,
};
use crate::{
    accounts::{Accounts, Entry, Purpose, Refused},
    mail::Change,
    texts,
};

pub(super) fn router() -> Router<App> {
    Router::new()
        .route("/login", get(show).post(sign_in))
        .route("/logout", post(sign_out))
        .route("/join/{link}", get(join).post(choose))
}

async fn show(State(app): State<App>, visitor: Visitor) -> Response {
    let back = visitor.field("back");
    if app.is_open() || visitor.reader.me.is_some() {
        return Redirect::to(&flash::local(back.as_deref(), "/")).into_response();
    }
    page(
        &app,
        &visitor,
        back.unwrap_or_default(),
        String::new(),
        None,
    )
}

/// The page to sign in, with what went wrong.
fn page(
    app: &App,
    visitor: &Visitor,
    back: String,
    login: String,
    problem: Option<&Problem>,
) -> Response {
    let mut boot = visitor.boot(app, Page::Access);
    let ways = elsewhere::ways(app, &format!("back={}", address::encode(&back)));
    boot.access = Some(Access::SignIn {
        back,
        login,
        none: app.accounts.are_none(),
        ways,
        passkeys: passkeys::place(app, visitor) == Place::Good,
    });
    match problem {
        Some(problem) => saying(app, boot, problem),
        None => render(app, &boot),
    }
}

async fn sign_in(
    State(app): State<App>,
    from: Option<Extension<ConnectInfo<SocketAddr>>>,
    visitor: Visitor,
    form: Form,
) -> Response {
    let login = form.get("login").unwrap_or_default().to_owned();
    let back = form.back("/");
    let direct = from.map(|Extension(ConnectInfo(from))| from.ip());
    let from = visitor.address(&app, direct);
    let browser = visitor.browser();
    let signed = app.accounts.sign_in(
        &login,
        form.raw("password").to_owned(),
        &from,
        &browser,
        app.seconds(),
    );
    match signed.await {
        Ok(came) => {
            // One notice comes with a page, and that they lost their second factor matters more.
            let is_told = matches!(came.0, Entry::Whole { taken: Some(_), .. });
            let is_weak = !is_told && app.accounts.is_weak(came.1, form.raw("password")).await;
            let response = code::go_on(&app, &visitor, came, &back).await;
            if is_weak {
                flash::with(response, &weak(visitor.reader.locale))
            } else {
                response
            }
        }
        Err(refused) => {
            let problem = access::problem(visitor.reader.locale, &refused);
            page(&app, &visitor, back, login, Some(&problem))
        }
    }
}

/// Tells somebody that others try their password, which was good enough when they chose it.
fn weak(locale: Locale) -> Notice {
    Notice::refused(texts::of(locale).access.weak_now)
}

/// Goes on with a session.
pub(super) fn kept(app: &App, session: &str, to: &str) -> Response {
    let mut response = Redirect::to(to).into_response();
    response
        .headers_mut()
        .extend(identify::keep(app, session).map(|cookie| (header::SET_COOKIE, cookie)));
    response
}

async fn sign_out(State(app): State<App>, Extension(who): Extension<Who>) -> Response {
    if let Who::Signed(signed) = who
        && let Err(error) = app.accounts.end(signed.person, signed.by).await
    {
        tracing::info!(%error, "session.not_ended");
    }
    let mut response = Redirect::to("/login").into_response();
    response
        .headers_mut()
        .extend(identify::end(&app).map(|cookie| (header::SET_COOKIE, cookie)));
    response
}

async fn join(State(app): State<App>, Path(link): Path<String>, visitor: Visitor) -> Response {
    joining(&app, &visitor, link, Typed::default(), None).await
}

/// What was typed into the page of a link; never the password.
#[derive(Default)]
struct Typed {
    login: String,
    first: First,
}

impl Typed {
    fn of(form: &Form) -> Self {
        let text = |field| form.get(field).unwrap_or_default().to_owned();
        Self {
            login: text("login"),
            first: First {
                person: text("person"),
                name: text("name"),
            },
        }
    }
}

/// The page of a link, with what went wrong.
async fn joining(
    app: &App,
    visitor: &Visitor,
    link: String,
    typed: Typed,
    problem: Option<&Problem>,
) -> Response {
    let mut boot = visitor.boot(app, Page::Access);
    let mut status = None;
    let shown = elsewhere::shown(app, &link);
    boot.access = Some(match app.accounts.find_link(&link, app.seconds()).await {
        Ok(found) => {
            let account = found.person.and_then(|person| app.accounts.of(person));
            let people = app.launches.people().all();
            let name = |person| people.name(person).unwrap_or_default().to_owned();
            if found.purpose == Purpose::First {
                // Who is known by name may be the one who comes.
                boot.people = Arc::clone(&people);
            }
            let ways = match &account {
                Some(account) if account.second_factor => Vec::new(),
                _ => elsewhere::ways(app, &format!("join={}", address::encode(&link))),
            };
            let login = account.map(|account| account.login);
            Access::Join {
                ways,
                link,
                login: Some(typed.login)
                    .filter(|typed| !typed.is_empty())
                    .or(login)
                    .unwrap_or_default(),
                name: found.person.map(name),
                first: typed.first,
            }
        }
        Err(Refused::Ended) => {
            status = Some(StatusCode::GONE);
            Access::Ended
        }
        Err(refused) => {
            let problem = access::problem(visitor.reader.locale, &refused);
            return saying(app, boot, &problem);
        }
    });
    let mut response = match problem {
        Some(problem) => saying(app, boot, problem),
        None => render(app, &boot),
    };
    if let Some(status) = status {
        *response.status_mut() = status;
    } else {
        let shown = shown.map(|shown| (header::SET_COOKIE, shown));
        response.headers_mut().extend(shown);
    }
    response
}

async fn choose(
    State(app): State<App>,
    Path(link): Path<String>,
    visitor: Visitor,
    form: Form,
) -> Response {
    let typed = Typed::of(&form);
    let used = use_link(&app, &link, &typed.login, &form).await;
    let person = match used {
        Ok(Ok(person)) => person,
        Ok(Err(refused)) => {
            let problem = access::problem(visitor.reader.locale, &refused);
            return joining(&app, &visitor, link, typed, Some(&problem)).await;
        }
        Err(failure) => return failed(&app, &visitor, failure),
    };
    app.tell(person, Change::Password).await;
    entered(&app, &visitor, person).await
}

/// Goes on with somebody who has just chosen their password: that proves no more than to give it.
async fn entered(app: &App, visitor: &Visitor, person: PersonId) -> Response {
    let browser = visitor.browser();
    match app.accounts.enter(person, &browser, app.seconds()).await {
        Ok(entry) => {
            let is_in = matches!(entry, Entry::Whole { .. });
            let response = code::on(app, visitor, entry, "/");
            if is_in {
                known::came_in(app, visitor, person, response).await
            } else {
                response
            }
        }
        Err(_) => Redirect::to("/login").into_response(),
    }
}

/// Goes on with a new session of somebody for whom another has just vouched. No code is asked for: how
/// strongly they prove who they are there is for that other to say.
pub(super) async fn begun(app: &App, visitor: &Visitor, person: PersonId, to: &str) -> Response {
    let browser = visitor.browser();
    let session = app.accounts.begin_session(person, &browser, app.seconds());
    match session.await {
        Ok(session) => kept(app, &session, to),
        Err(_) => Redirect::to(&format!("/login?back={}", address::encode(to))).into_response(),
    }
}

/// Uses a link for whom it is; for the first administrator that is somebody known, or new.
async fn use_link(
    app: &App,
    text: &str,
    login: &str,
    form: &Form,
) -> Result<Result<PersonId, Refused>, crate::launches::Failure> {
    let link = match app.accounts.find_link(text, app.seconds()).await {
        Ok(link) => link,
        Err(refused) => return Ok(Err(refused)),
    };
    let password = form.raw("password").to_owned();
    let (mut account, name) = if let Some(person) = link.person {
        let Some(account) = app.accounts.of(person) else {
            return Ok(Err(Refused::NoAccount));
        };
        let people = app.launches.people().all();
        (account, people.name(person).unwrap_or_default().to_owned())
    } else {
        // Before somebody new comes into the directory for nothing.
        if let Err(refused) = app.accounts.check(login, &password).await {
            return Ok(Err(refused));
        }
        let (person, name) = access::person(app, form).await?;
        let now = app.seconds();
        (Accounts::new_administrator(person, login, now), name)
    };
    login.clone_into(&mut account.login);
    let person = account.person;
    let used = app.accounts.use_link(link, account, &name, password).await;
    Ok(used.map(|()| person))
}
