//! Launches: list, make, read, judge, export.

use axum::{
    extract::{Path, Query, State},
    http::{StatusCode, header},
    response::{IntoResponse as _, Response},
};
use chrono::Datelike as _;
use startklar::{
    CommandId, LaunchId, Locale, Policy, assess, plan,
    report::Report,
    template::Tier,
    time::{self, YEARS},
};
use uuid::Uuid;

use super::{
    Answer, At, Caller,
    body::Typed,
    is_known, tagged,
    wire::{Created, LaunchList, Moment, NewLaunch, ProblemDocument},
};
use crate::{
    http::problem::Problem,
    launches::{Start, When},
};

fn json(status: StatusCode, body: &impl serde::Serialize) -> Response {
    (status, axum::Json(body)).into_response()
}

/// All launches in short.
#[utoipa::path(
    get, path = "/launches", tag = "launches",
    responses((status = 200, description = "Every launch.", body = LaunchList))
)]
pub(super) async fn list_launches(State(app): At, caller: Caller) -> Answer {
    let lines = app.launches.list(caller.locale(), app.now()).await;
    let lines = lines.map_err(caller.problem(&app))?;
    Ok(json(StatusCode::OK, &LaunchList::of(lines)))
}

/// Makes a launch: from a few answers as JSON, or from a plan file as TOML.
#[utoipa::path(
    post, path = "/launches", tag = "launches",
    params(("Idempotency-Key" = Option<Uuid>, Header, description = "The command's id.")),
    request_body(
        description = "A new launch, or a plan file.",
        content((NewLaunch = "application/json"), (String = "application/toml"), (String = "text/plain"))
    ),
    responses(
        (status = 201, description = "It is there.", body = Created),
        (status = 401, description = "Nobody is said to act.", body = ProblemDocument, content_type = "application/problem+json"),
        (status = 409, description = "The id is in use.", body = ProblemDocument, content_type = "application/problem+json"),
        (status = 422, description = "The plan has errors, or the rules refuse it.", body = ProblemDocument, content_type = "application/problem+json"),
    )
)]
pub(super) async fn create_launch(State(app): At, caller: Caller, sent: Typed) -> Answer {
    let locale = caller.locale();
    let unreadable = |error: &dyn std::fmt::Display| Problem::unreadable(locale, error);
    let command = caller
        .idempotency_key()?
        .unwrap_or_else(|| CommandId(Uuid::now_v7()));
    let made = match sent.kind.as_str() {
        "application/json" => {
            let new = serde_json::from_slice(&sent.body).map_err(|e| unreadable(&e))?;
            let start = start(new, locale)?;
            app.launches
                .begin(start, command, caller.actor()?, app.now())
                .await
        }
        "application/toml" | "text/plain" => {
            let text = String::from_utf8(sent.body.into()).map_err(|e| unreadable(&e))?;
            app.launches
                .import_for(text, command, caller.actor()?, app.now())
                .await
        }
        _ => {
            return Err(Problem::media_type(
                locale,
                "application/json, application/toml",
            ));
        }
    };
    let live = made.map_err(caller.problem(&app))?;
    let created = Created {
        id: live.id().to_string(),
        revision: live.launch().revision,
    };
    let mut response = json(StatusCode::CREATED, &created);
    if let Ok(place) = format!("/api/v1/launches/{}", live.id()).parse() {
        response.headers_mut().insert(header::LOCATION, place);
    }
    Ok(response)
}

fn start(new: NewLaunch, locale: Locale) -> Result<Start, Problem> {
    let bad = |field: &str, error: &dyn std::fmt::Display| {
        Problem::unreadable(locale, &format!("{field}: {error}"))
    };
    let when = match (new.moment, new.date) {
        (Some(moment), _) => When::At(moment),
        (None, Some(date)) => {
            let ten = chrono::NaiveTime::from_hms_opt(10, 0, 0).unwrap_or_default();
            When::Local(date, new.time.unwrap_or(ten))
        }
        (None, None) => return Err(bad("moment", &"missing")),
    };
    let size = new.template.as_deref().map(|code| {
        Tier::from_code(code).ok_or_else(|| bad("template", &"small | medium | large"))
    });
    let template = new
        .template_id
        .map(|id| id.parse().map_err(|e| bad("template_id", &e)));
    let id = new
        .id
        .map(|id| id.parse::<LaunchId>().map_err(|e| bad("id", &e)));
    let note = new
        .note
        .map(|note| note.parse().map_err(|e| bad("note", &e)));
    Ok(Start {
        id: id.transpose()?,
        title: new.title.parse().map_err(|e| bad("title", &e))?,
        note: note.transpose()?,
        when,
        zone: new.zone,
        start: new.start,
        weeks: new.weeks,
        watch_days: new.watch_days,
        size: size.transpose()?,
        template: template.transpose()?,
        locale,
    })
}

/// A launch as it stands: the fold of its journal.
#[utoipa::path(
    get, path = "/launches/{id}", tag = "launches",
    params(("id" = String, Path, description = "The launch's id.")),
    responses(
        (status = 200, description = "The launch; the `ETag` is its revision.", body = Object),
        (status = 304, description = "It has not changed since the `If-None-Match` revision."),
        (status = 404, description = "There is none.", body = ProblemDocument, content_type = "application/problem+json"),
    )
)]
pub(super) async fn show_launch(State(app): At, caller: Caller, Path(id): Path<String>) -> Answer {
    let id = caller.launch(&app, &id)?;
    let live = app.launches.get(&id).await.map_err(caller.problem(&app))?;
    let launch = live.launch();
    if is_known(&caller.headers, launch.revision) {
        let mut response = tagged(launch.revision, String::new());
        *response.status_mut() = StatusCode::NOT_MODIFIED;
        response.headers_mut().remove(header::CONTENT_TYPE);
        return Ok(response);
    }
    let body = serde_json::to_string(&*launch);
    let body = body.map_err(|error| {
        tracing::error!(launch = %id, %error, "api.launch_without_json");
        Problem::broken(caller.locale())
    })?;
    Ok(tagged(launch.revision, body))
}

/// What a launch is worth: sentence, verdict, course, findings; now or at any moment.
#[utoipa::path(
    get, path = "/launches/{id}/assessment", tag = "launches",
    params(("id" = String, Path, description = "The launch's id."), Moment),
    responses(
        (status = 200, description = "The assessment.", body = Object),
        (status = 404, description = "There is none.", body = ProblemDocument, content_type = "application/problem+json"),
    )
)]
pub(super) async fn assess_launch(
    State(app): At,
    caller: Caller,
    Path(id): Path<String>,
    query: Result<Query<Moment>, axum::extract::rejection::QueryRejection>,
) -> Answer {
    let Query(wish) = query.map_err(|error| Problem::unreadable(caller.locale(), &error))?;
    if wish.at.is_some_and(|at| !YEARS.contains(&at.year())) {
        let reason = format!("at: {}", time::years());
        return Err(Problem::unreadable(caller.locale(), &reason));
    }
    let id = caller.launch(&app, &id)?;
    let live = app.launches.get(&id).await.map_err(caller.problem(&app))?;
    let launch = match wish.at {
        Some(at) => app
            .launches
            .at(&live, at)
            .await
            .map_err(caller.problem(&app))?,
        None => live.launch(),
    };
    let assessment = assess(
        &launch,
        &Policy::default(),
        wish.at.unwrap_or_else(|| app.now()),
    );
    let locale = wish.locale.as_deref().and_then(Locale::from_tag);
    let locale = locale.unwrap_or(caller.locale());
    let forecast = live.forecast(&launch, &assessment);
    let people = app.launches.people().all();
    let report = Report::new(&launch, &assessment, forecast.as_deref(), &people, locale);
    Ok(json(StatusCode::OK, &report))
}

/// A launch as a plan file.
#[utoipa::path(
    get, path = "/launches/{id}/export", tag = "launches",
    params(("id" = String, Path, description = "The launch's id.")),
    responses(
        (status = 200, description = "The plan file.", body = String, content_type = "application/toml"),
        (status = 404, description = "There is none.", body = ProblemDocument, content_type = "application/problem+json"),
    )
)]
pub(super) async fn export_launch(
    State(app): At,
    caller: Caller,
    Path(id): Path<String>,
) -> Answer {
    let id = caller.launch(&app, &id)?;
    let live = app.launches.get(&id).await.map_err(caller.problem(&app))?;
    let (launch, people) = (live.launch(), app.launches.people().all());
    let text = plan::write(&launch, &people);
    let name = format!("attachment; filename=\"{id}.toml\"");
    let headers = [
        (header::CONTENT_TYPE, "application/toml".to_owned()),
        (header::CONTENT_DISPOSITION, name),
        (header::CACHE_CONTROL, "private, no-cache".to_owned()),
    ];
    Ok((headers, text).into_response())
}
