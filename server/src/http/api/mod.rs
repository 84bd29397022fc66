//! The API, `/api/v1`: the same use cases as the pages, for programs. What describes it for
//! machines (`openapi.json`) is made from the handlers that serve it.

mod body;
mod commands;
mod events;
mod files;
mod journal;
mod launches;
mod people;
mod policy;
mod whole;
mod wire;

use axum::{
    Json, Router,
    extract::{DefaultBodyLimit, State},
    http::{HeaderMap, HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
    routing::get,
};
use startklar::{LaunchId, Locale, files::LARGEST, rights::Standing};
use utoipa::OpenApi;
use utoipa_axum::{
    router::{OpenApiRouter, UtoipaMethodRouterExt as _},
    routes,
};

use super::{App, LARGE, problem::Problem, reader::Reader};
use crate::{launches::Failure, texts};

const PREFIX: &str = "/api/v1";

#[derive(OpenApi)]
#[openapi(
    info(
        title = "Startklar",
        description = "Launch readiness, computed from a journal. A status cannot be set: send \
            commands, read what follows from them.\n\nWhere people sign in, a program shows a token \
            (`Authorization: Bearer …`) and acts in its maker's name. As long as names are only \
            chosen, whoever changes something says for whom, in the header `Startklar-Person` (id \
            or handle). Every command carries an id (`id` or \
            `Idempotency-Key`): sent twice, it happens once. Errors are problem documents (RFC 9457) \
            with a stable `code`; their `detail` is in the language of `Accept-Language`.",
        license(name = "Apache-2.0", identifier = "Apache-2.0")
    ),
    tags(
        (name = "launches", description = "Launches and what they are worth."),
        (name = "journal", description = "What happened, and what shall happen."),
        (name = "files", description = "Files that items have as evidence."),
        (name = "people", description = "The directory of people."),
        (name = "policy", description = "What every launch must fulfil."),
    )
)]
struct Description;

/// Routes and description, from one list.
fn described() -> (Router<App>, utoipa::openapi::OpenApi) {
    let routes = OpenApiRouter::default()
        .routes(routes!(launches::list_launches, launches::create_launch))
        .routes(routes!(launches::show_launch))
        .routes(routes!(launches::assess_launch))
        .routes(routes!(launches::export_launch))
        .routes(routes!(journal::read_journal))
        .routes(routes!(events::follow_launch))
        .routes(routes!(commands::send_command))
        .routes(
            routes!(files::send_file, files::read_file)
                .layer(DefaultBodyLimit::max(LARGEST as usize)),
        )
        .routes(routes!(people::list_people, people::add_person))
        .routes(routes!(policy::show_policy, policy::set_policy));
    // Not by `new`: that would describe the crate.
    let all = OpenApiRouter::with_openapi(Description::openapi());
    all.nest(PREFIX, routes).split_for_parts()
}

/// The routes of the API.
pub(super) fn router() -> Router<App> {
    let (routes, description) = described();
    let description = std::sync::Arc::new(description);
    routes
        .route(
            "/api/v1/openapi.json",
            get(move || async move { Json(std::sync::Arc::clone(&description)) }),
        )
        .layer(DefaultBodyLimit::max(LARGE))
}

/// What every handler begins with: who asks, in which language.
struct Caller {
    reader: Reader,
    headers: HeaderMap,
}

impl axum::extract::FromRequestParts<App> for Caller {
    type Rejection = std::convert::Infallible;

    async fn from_request_parts(
        parts: &mut axum::http::request::Parts,
        app: &App,
    ) -> Result<Self, Self::Rejection> {
        Ok(Self {
            reader: Reader::of(app, &parts.headers, &parts.extensions),
            headers: parts.headers.clone(),
        })
    }
}

impl Caller {
    fn locale(&self) -> Locale {
        self.reader.locale
    }

    /// Puts a failure into a problem document.
    fn problem(&self, app: &App) -> impl Fn(Failure) -> Problem + use<> {
        let (locale, app) = (self.locale(), app.clone());
        move |failure| Problem::of(failure, locale, &app.launches.people().all())
    }

    /// A launch's id. What is none is the id of no launch.
    fn launch(&self, app: &App, id: &str) -> Result<LaunchId, Problem> {
        id.parse().map_err(|_| self.problem(app)(Failure::NoLaunch))
    }

    /// Who acts: somebody, or nobody, but not somebody unknown.
    fn actor(&self) -> Result<startklar::Actor, Problem> {
        if self.reader.is_another {
            let detail = texts::of(self.locale()).access.not_you;
            return Err(Problem::new(StatusCode::FORBIDDEN, "not_you", detail));
        }
        match &self.reader.unknown {
            Some(found) => Err(Problem::unknown_person(self.locale(), found)),
            None => Ok(self.reader.actor()),
        }
    }

    /// Lets those through who look after people: where nobody signs in, everybody.
    fn administers(&self) -> Result<(), Problem> {
        if [Standing::Trusted, Standing::Administrator].contains(&self.reader.standing) {
            return Ok(());
        }
        let detail = texts::of(self.locale()).access.administrators_only;
        Err(Problem::new(
            StatusCode::FORBIDDEN,
            "administrators_only",
            detail,
        ))
    }

    /// The id of the command, from its header.
    fn idempotency_key(&self) -> Result<Option<startklar::CommandId>, Problem> {
        let Some(key) = self.headers.get("idempotency-key") else {
            return Ok(None);
        };
        let key = key.to_str().ok().map(|key| key.trim().trim_matches('"'));
        let key = key.and_then(|key| key.parse().ok());
        let key = key.ok_or_else(|| Problem::unreadable(self.locale(), &"Idempotency-Key: UUID"));
        key.map(Some)
    }

    /// The revision that the launch must still have, from `If-Match`.
    fn only_at(&self) -> Result<Option<u64>, Problem> {
        let Some(tag) = self.headers.get(header::IF_MATCH) else {
            return Ok(None);
        };
        let tag = tag.to_str().unwrap_or_default().trim();
        if tag == "*" {
            return Ok(None);
        }
        let revision = tag.strip_prefix('"').and_then(|tag| tag.strip_suffix('"'));
        let revision = revision.and_then(|revision| revision.parse().ok());
        let detail = texts::of(self.locale()).precondition;
        revision
            .map(Some)
            .ok_or_else(|| Problem::unreadable(self.locale(), &detail))
    }
}

/// A JSON answer that carries the revision of the launch it speaks of.
fn tagged(revision: u64, body: String) -> Response {
    let kind = [(header::CONTENT_TYPE, "application/json")];
    let mut response = (kind, body).into_response();
    let headers = response.headers_mut();
    if let Ok(tag) = HeaderValue::try_from(format!("\"{revision}\"")) {
        headers.insert(header::ETAG, tag);
    }
    headers.insert(
        header::CACHE_CONTROL,
        HeaderValue::from_static("private, no-cache"),
    );
    response
}

/// Whether the caller has this revision already.
fn is_known(headers: &HeaderMap, revision: u64) -> bool {
    let tag = format!("\"{revision}\"");
    let known = headers
        .get_all(header::IF_NONE_MATCH)
        .iter()
        .filter_map(|tags| tags.to_str().ok());
    known.flat_map(|tags| tags.split(',')).any(|known| {
        let known = known.trim();
        known == tag || known.strip_prefix("W/") == Some(&tag)
    })
}

type Answer = Result<Response, Problem>;
type At = State<App>;
