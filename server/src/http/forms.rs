//! Forms: what people send without JavaScript. Each does one thing and leads back to a page, which
//! then says what came of it.

use axum::{
    Router,
    body::Bytes,
    extract::{FromRequest, Path, Request, State},
    http::{HeaderMap, HeaderValue, StatusCode, header},
    response::{IntoResponse, Redirect, Response},
    routing::post,
};
use startklar::{
    CommandId, LaunchId, Locale, PersonId, Refusal,
    command::Fields,
    model::Weekdays,
    rights::Standing,
    template::Tier,
    texts::{day_year, fill, label},
};
use startklar_app::{
    address,
    boot::{Notice, Theme},
};
use uuid::Uuid;

use super::{
    App, cookies, flash,
    problem::Problem,
    reader::{self, Reader},
};
use crate::{
    launches::{Failure, Start, Submission, When},
    texts,
};

/// The routes of the forms.
pub(super) fn router() -> Router<App> {
    Router::new()
        .route("/choose", post(choose))
        .route("/who", post(who))
        .route("/new", post(new))
        .route("/sample", post(sample))
        .route("/l/{id}/do", post(act))
        .route("/l/{id}/discard", post(discard))
}

/// The fields of a form, in their order.
pub(super) struct Form(pub(super) Vec<(String, String)>);

impl Form {
    /// The first value of a field that says something.
    pub(super) fn get(&self, name: &str) -> Option<&str> {
        self.all(name).next()
    }

    /// The values of a field that say something: it may be there several times.
    pub(super) fn all(&self, name: &str) -> impl Iterator<Item = &str> {
        let found = self.0.iter().filter(move |(n, _)| n == name);
        found
            .map(|(_, value)| value.trim())
            .filter(|value| !value.is_empty())
    }

    /// The first value of a field, spaces included.
    pub(super) fn raw(&self, name: &str) -> &str {
        let found = self.0.iter().find(|(n, _)| n == name);
        found.map_or("", |(_, value)| value)
    }

    /// The place among the fields of a name of the one that says this.
    pub(super) fn place(&self, name: &str, says: &str) -> Option<usize> {
        let mut all = self.0.iter().filter(|(n, _)| n == name);
        all.position(|(_, value)| value.trim() == says)
    }

    pub(super) fn back(&self, other: &str) -> String {
        flash::local(self.get("back"), other)
    }

    pub(super) fn command(&self) -> CommandId {
        let sent = self.get("command_id").and_then(|id| id.parse().ok());
        sent.unwrap_or_else(|| CommandId(Uuid::now_v7()))
    }
}

impl FromRequest<App> for Form {
    type Rejection = Problem;

    async fn from_request(request: Request, app: &App) -> Result<Self, Problem> {
        let locale = reader::locale(request.headers());
        let kind = kind(request.headers());
        if kind != "application/x-www-form-urlencoded" && !kind.is_empty() {
            return Err(Problem::media_type(
                locale,
                "application/x-www-form-urlencoded",
            ));
        }
        let body = Bytes::from_request(request, app).await;
        let body = body.map_err(|error| Problem::body(locale, error.status(), &error))?;
        let text = std::str::from_utf8(&body);
        let text = text.map_err(|error| Problem::unreadable(locale, &error))?;
        Ok(Self(address::pairs(text).collect()))
    }
}

/// The content type of a request without its parameters.
pub(super) fn kind(headers: &HeaderMap) -> String {
    let kind = headers
        .get(header::CONTENT_TYPE)
        .and_then(|kind| kind.to_str().ok());
    let kind = kind
        .and_then(|kind| kind.split(';').next())
        .unwrap_or_default();
    kind.trim().to_ascii_lowercase()
}

pub(super) fn done(to: &str, locale: Locale) -> Response {
    flash::back(to, &Notice::done(locale.catalogue().ui.done))
}

pub(super) fn refused(to: &str, text: String) -> Response {
    flash::back(to, &Notice::refused(text))
}

/// Says why the form of a command was refused, and which of its fields is to blame; what was written
/// into it is not lost.
pub(super) fn refused_form(
    to: &str,
    problem: Problem,
    (form, kind): (&Form, &str),
    locale: Locale,
) -> Response {
    let notice = Notice {
        field: problem.field(form),
        written: written(form, kind, locale),
        ..Notice::refused(problem.detail)
    };
    flash::back(to, &notice)
}

fn with_cookies(
    mut response: Response,
    cookies: impl IntoIterator<Item = Option<HeaderValue>>,
) -> Response {
    for cookie in cookies.into_iter().flatten() {
        response.headers_mut().append(header::SET_COOKIE, cookie);
    }
    response
}

fn me(person: PersonId) -> Option<HeaderValue> {
    cookies::set("me", &person.to_string(), "/", cookies::YEAR)
}

/// A command to a launch.
async fn act(
    State(app): State<App>,
    Path(id): Path<String>,
    reader: Reader,
    form: Form,
) -> Response {
    let back = form.back(&format!("/l/{}", address::encode(&id)));
    match submit(&app, &id, &reader, &form).await {
        Ok(()) => done(&back, reader.locale),
        Err(problem) if problem.code == "nobody_acts" => refused(
            &format!("/who?back={}", address::encode(&back)),
            problem.detail,
        ),
        Err(problem) => {
            let kind = form.get("kind").unwrap_or_default();
            refused_form(&back, problem, (&form, kind), reader.locale)
        }
    }
}

/// Fields that people write rather than choose.
const WRITTEN: [&str; 23] = [
    "title",
    "text",
    "evidence",
    "reason",
    "note",
    "points",
    "part_title",
    "part_points",
    "sprint",
    "lead_days",
    "confirm_days",
    "due",
    "condition",
    "condition_due",
    "until",
    "date",
    "time",
    "window_from",
    "window_to",
    "window_day",
    "freeze_title",
    "freeze_first",
    "freeze_last",
];

/// What was written into a form: a page without a script comes back without it.
fn written(form: &Form, kind: &str, locale: Locale) -> String {
    let t = locale.catalogue();
    let written: Vec<_> = WRITTEN
        .into_iter()
        .filter_map(|name| {
            let texts: Vec<_> = (form.all(name))
                .map(|text| fill(t.common.quoted, &[("text", &read(text, name, locale))]))
                .collect();
            let label = label(t, kind, name).filter(|_| !texts.is_empty())?;
            Some(format!("{label}: {}", texts.join(", ")))
        })
        .collect();
    if written.is_empty() {
        return String::new();
    }
    format!("{} {}", t.ui.kept, written.join(", "))
}

/// What a field holds as people write it: browsers send days and weekdays in a form of their own.
fn read(text: &str, name: &str, locale: Locale) -> String {
    let place = || Weekdays::CODES.iter().position(|code| *code == text);
    let weekday = || locale.catalogue().dates.weekdays.get(place()?);
    match name {
        "window_day" => weekday().map_or(text, |name| *name).to_owned(),
        "due" | "condition_due" | "until" | "date" | "freeze_first" | "freeze_last" => {
            let day = text.parse();
            day.map_or_else(|_| text.to_owned(), |day| day_year(locale, day))
        }
        _ => text.to_owned(),
    }
}

async fn submit(app: &App, id: &str, reader: &Reader, form: &Form) -> Result<(), Problem> {
    let problem = |failure| Problem::of(failure, reader.locale, &app.launches.people().all());
    let id: LaunchId = id.parse().map_err(|_| problem(Failure::NoLaunch))?;
    let live = app.launches.get(&id).await.map_err(problem)?;
    let fields = Fields(form.0.clone());
    let command = fields.command(&live.launch());
    let command = command.map_err(|bad| Problem::form(reader.locale, &bad))?;
    let submission = Submission {
        id: form.command(),
        command,
        seen: form.get("seen").and_then(|seen| seen.parse().ok()),
        only_at: None,
    };
    let sent = app
        .launches
        .submit(&id, submission, reader.actor(), app.now())
        .await;
    sent.map(drop).map_err(problem)
}

/// Language and theme.
async fn choose(form: Form) -> Response {
    let locale = form.get("locale").and_then(Locale::from_tag);
    let theme = form.get("theme").map(Theme::from_code);
    let cookies = [
        locale.and_then(|l| cookies::set("locale", l.tag(), "/", cookies::YEAR)),
        theme.and_then(|t| cookies::set("theme", t.code(), "/", cookies::YEAR)),
    ];
    with_cookies(Redirect::to(&form.back("/")).into_response(), cookies)
}

/// Who I am: `person` by id or handle, or a new `name`; with neither, nobody.
async fn who(State(app): State<App>, reader: Reader, form: Form) -> Response {
    let back = form.back("/");
    if !app.is_open() {
        return Redirect::to("/account").into_response();
    }
    let again = format!("/who?back={}", address::encode(&back));
    let person = if let Some(name) = form.get("name") {
        match app.launches.people().add(name).await {
            Ok(person) => Some(person.id),
            Err(failure) => {
                let people = app.launches.people().all();
                return refused(&again, Problem::of(failure, reader.locale, &people).detail);
            }
        }
    } else if let Some(named) = form.get("person") {
        let found = app.launches.people().find(named);
        if found.is_none() {
            return refused(&again, Problem::unknown_person(reader.locale, named).detail);
        }
        found
    } else {
        None
    };
    let cookie = person.map_or_else(|| cookies::set("me", "", "/", 0), me);
    with_cookies(Redirect::to(&back).into_response(), [cookie])
}

/// A new launch: `title`, `date`, `time`, `zone`, `tier` (`small`, `medium`, `large`; anything else
/// is an empty one); `name`, if whoever sends it has not said who they are.
async fn new(State(app): State<App>, mut reader: Reader, form: Form) -> Response {
    let mut cookie = None;
    if let (None, true, Some(name)) = (reader.me, app.is_open(), form.get("name")) {
        match app.launches.people().add(name).await {
            Ok(person) => {
                reader.me = Some(person.id);
                cookie = me(person.id);
            }
            Err(failure) => return again(&app, &reader, &form, failure),
        }
    }
    let start = match start(&form, reader.locale) {
        Ok(start) => start,
        Err(text) => return refused(&asked(&form), text.to_owned()),
    };
    let response = match app
        .launches
        .begin(start, form.command(), reader.actor(), app.now())
        .await
    {
        Ok(live) => done(&format!("/l/{}", live.id()), reader.locale),
        Err(Failure::Refused(Refusal::NobodyActs)) => {
            let text = Refusal::NobodyActs.text(reader.locale, &app.launches.people().all());
            refused(
                &format!("/who?back={}", address::encode(&asked(&form))),
                text,
            )
        }
        Err(failure) => again(&app, &reader, &form, failure),
    };
    with_cookies(response, [cookie])
}

/// The page that asks, with what was answered so far in its address, for its fields.
fn asked(form: &Form) -> String {
    let mut to = "/new".to_owned();
    for name in ["title", "date", "time", "zone", "tier", "template"] {
        if let Some(value) = form.get(name) {
            to.push(if to.contains('?') { '&' } else { '?' });
            to.push_str(name);
            to.push('=');
            to.push_str(&address::encode(value));
        }
    }
    to
}

fn again(app: &App, reader: &Reader, form: &Form, failure: Failure) -> Response {
    let people = app.launches.people().all();
    refused(
        &asked(form),
        Problem::of(failure, reader.locale, &people).detail,
    )
}

fn start(form: &Form, locale: Locale) -> Result<Start, &'static str> {
    let t = texts::of(locale);
    let title = form
        .get("title")
        .and_then(|title| title.parse().ok())
        .ok_or(t.title_missing)?;
    let date = form
        .get("date")
        .and_then(|date| date.parse().ok())
        .ok_or(t.date_missing)?;
    let time = form.get("time").unwrap_or("10:00");
    let time = time
        .parse()
        .or_else(|_| format!("{time}:00").parse())
        .map_err(|_| t.date_missing)?;
    Ok(Start {
        id: None,
        title,
        note: None,
        when: When::Local(date, time),
        zone: form.get("zone").unwrap_or("Europe/Berlin").to_owned(),
        start: None,
        weeks: None,
        watch_days: None,
        size: form.get("tier").and_then(Tier::from_code),
        template: form.get("template").and_then(|id| id.parse().ok()),
        locale,
    })
}

/// The sample, in the reader's language. Whoever is nobody yet is asked who they want to be in it:
/// nobody becomes somebody in silence.
async fn sample(State(app): State<App>, reader: Reader, form: Form) -> Response {
    match app
        .launches
        .sample_for(reader.locale, reader.actor(), app.now())
        .await
    {
        Ok(live) => {
            let story = form.get("show") == Some("weeks");
            let page = if story { "/weeks?week=1" } else { "" };
            let to = format!("/l/{}{page}", live.id());
            let ask = || format!("/who?back={}", address::encode(&to));
            let to = reader.me.map_or_else(ask, |_| to.clone());
            Redirect::to(&to).into_response()
        }
        Err(failure) => {
            let people = app.launches.people().all();
            refused("/new", Problem::of(failure, reader.locale, &people).detail)
        }
    }
}

/// Throws a launch away, and the links that would lead to the next one of its id.
async fn discarded(app: &App, id: &LaunchId) -> Result<(), Failure> {
    app.launches.discard(id).await?;
    let follows = app.launches.store().follow_store();
    if let Err(error) = follows.end_follows(id.as_str()).await {
        tracing::warn!(launch = %id, %error, "follow.not_ended");
    }
    if let Err(error) = app.accounts.end_status_links(id).await {
        tracing::warn!(launch = %id, %error, "status.links_not_ended");
    }
    Ok(())
}

/// Throws the sample away.
async fn discard(State(app): State<App>, Path(id): Path<String>, reader: Reader) -> Response {
    let may = [Standing::Trusted, Standing::Administrator].contains(&reader.standing);
    let discarded = match id.parse::<LaunchId>() {
        Ok(_) if !may => {
            let text = texts::of(reader.locale)
                .access
                .administrators_only
                .to_owned();
            return refused(&format!("/l/{id}/settings"), text);
        }
        Ok(id) => discarded(&app, &id).await,
        Err(_) => Err(Failure::NoLaunch),
    };
    match discarded {
        Ok(()) => {
            let text = texts::of(reader.locale).discarded.to_owned();
            flash::back("/", &Notice::done(text))
        }
        Err(failure) => {
            let people = app.launches.people().all();
            let back = format!("/l/{}/settings", address::encode(&id));
            refused(&back, Problem::of(failure, reader.locale, &people).detail)
        }
    }
}

/// Nothing but the status, for a form that is sent with the wrong method.
pub(super) async fn wrong_method(reader: Reader, request: Request) -> Response {
    let detail = fill(
        texts::of(reader.locale).method,
        &[("found", request.method())],
    );
    Problem::new(StatusCode::METHOD_NOT_ALLOWED, "method", detail).into_response()
}
