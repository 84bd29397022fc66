//! A plan file taken in by a form, as a file or pasted. What is wrong with it is too much for a notice
//! that is carried over, so the page that asked says it at once, and what was sent stands in it.

use std::{
    fmt::Write as _,
    hash::{DefaultHasher, Hash as _, Hasher as _},
};

use axum::{
    Router,
    extract::{DefaultBodyLimit, FromRequest as _, Multipart, Request, State},
    http::StatusCode,
    response::Response,
    routing::post,
};
use startklar::{CommandId, Locale, plan::PlanError, texts::count};
use startklar_app::{boot::Page, charts::escape};
use uuid::Uuid;

use super::{
    App, LARGE,
    forms::{Form, done, kind, refused},
    pages::{self, Visitor},
    problem::Problem,
};
use crate::{launches::Failure, texts};

/// Errors that are listed; a file with more of them is no plan.
const LISTED: usize = 200;

/// The field that a plan is pasted into.
const PASTED: &str = "text";

/// The field with the mark of the text that the page itself put into the box.
const KEPT: &str = "kept";

/// The route of the form.
pub(super) fn router() -> Router<App> {
    Router::new().route("/import", post(import).layer(DefaultBodyLimit::max(LARGE)))
}

async fn import(State(app): State<App>, request: Request) -> Response {
    let visitor = Visitor::of(&app, request.headers(), request.extensions(), request.uri());
    let locale = visitor.reader.locale;
    let text = match plan(&app, locale, request).await {
        Ok(Some(text)) => text,
        Ok(None) => return refused("/new", texts::of(locale).plan_missing.to_owned()),
        Err((problem, pasted)) => return again(&app, visitor, &problem, pasted, String::new()),
    };
    let imported = app
        .launches
        .import_for(
            text.clone(),
            CommandId(Uuid::now_v7()),
            visitor.reader.actor(),
            app.now(),
        )
        .await;
    match imported {
        Ok(live) => done(&format!("/l/{}", live.id()), locale),
        Err(Failure::BadPlan(errors)) => {
            let head = count(&texts::of(locale).bad_plan, errors.len());
            let faults = list(&head, &errors, locale);
            let problem = Problem::new(StatusCode::UNPROCESSABLE_ENTITY, "bad_plan", head);
            again(&app, visitor, &problem, text, faults)
        }
        Err(failure) => {
            let problem = Problem::of(failure, locale, &app.launches.people().all());
            again(&app, visitor, &problem, text, String::new())
        }
    }
}

/// The page that asked, with what was sent.
fn again(app: &App, visitor: Visitor, problem: &Problem, sent: String, faults: String) -> Response {
    let visitor = visitor.on("/new");
    let mut boot = visitor.boot(app, Page::FirstStart);
    boot.kept = mark(&sent);
    boot.sent = sent;
    boot.faults = faults;
    pages::saying(app, boot, problem)
}

/// What is wrong with a file: a row for each error under this caption, as HTML.
pub(super) fn list(caption: &str, errors: &[PlanError], locale: Locale) -> String {
    let t = texts::of(locale);
    let mut out = format!(
        r#"<table class="list faults"><caption class="away">{}</caption><thead><tr>"#,
        escape(caption)
    );
    // Writing to a string cannot fail, here and below.
    for head in [t.line, t.column, t.field, t.found, t.allowed] {
        let _ = write!(out, r#"<th scope="col">{head}</th>"#);
    }
    out.push_str("</tr></thead><tbody>");
    for error in errors.iter().take(LISTED) {
        let found = error.found();
        let (found, allowed) = match (found, error.allowed(locale)) {
            (Some(found), Some(allowed)) if error.code() != "unknown_field" => (found, allowed),
            _ => (found.unwrap_or_default(), error.text(locale)),
        };
        let _ = write!(
            out,
            r#"<tr><td data-label="{}">{}</td><td data-label="{}">{}</td><td class="item"><code>{}</code></td>"#,
            t.line,
            error.line,
            t.column,
            error.column,
            escape(&error.path),
        );
        let _ = write!(
            out,
            r#"<td data-label="{}"><code>{}</code></td><td data-label="{}">{}</td></tr>"#,
            t.found,
            escape(found),
            t.allowed,
            escape(&allowed)
        );
    }
    out.push_str("</tbody></table>");
    if errors.len() > LISTED {
        let _ = write!(out, "<p>{}</p>", count(&t.more, errors.len() - LISTED));
    }
    out
}

/// The plan that was sent, in whichever field. Where it cannot be had, why, and what was pasted: that
/// must not be lost over a file.
async fn plan(
    app: &App,
    locale: Locale,
    request: Request,
) -> Result<Option<String>, (Problem, String)> {
    let lost = |problem| (problem, String::new());
    let parts = if kind(request.headers()) == "multipart/form-data" {
        parts(app, locale, request).await.map_err(lost)?
    } else {
        let form = Form::from_request(request, app).await.map_err(lost)?;
        let fields = form.0.into_iter();
        fields
            .map(|(name, text)| (name, text.into_bytes()))
            .collect()
    };
    let mut said = said(parts);
    let Some((first, bytes)) = said.pop() else {
        return Ok(None);
    };
    if let Some((_, other)) = said.pop() {
        let pasted = if first == PASTED { bytes } else { other };
        let twice = texts::of(locale).plan_twice.to_owned();
        let problem = Problem::new(StatusCode::UNPROCESSABLE_ENTITY, "plan_twice", twice);
        return Err((problem, String::from_utf8_lossy(&pasted).into_owned()));
    }
    let text = String::from_utf8(bytes);
    text.map(Some)
        .map_err(|error| lost(Problem::unreadable(locale, &error)))
}

/// What the reader filled in. The text of an earlier try that nobody has touched since makes way for
/// a file: who corrects the file and chooses it again wants the file.
fn said(parts: Vec<(String, Vec<u8>)>) -> Vec<(String, Vec<u8>)> {
    let find = |wanted: &str| parts.iter().find(|(name, _)| name == wanted);
    let untouched = match (find(KEPT), find(PASTED)) {
        (Some((_, kept)), Some((_, text))) => {
            mark(&String::from_utf8_lossy(text)).as_bytes() == kept
        }
        _ => false,
    };
    let mut said = parts;
    said.retain(|(name, bytes)| {
        !["back", KEPT].contains(&name.as_str()) && !bytes.trim_ascii().is_empty()
    });
    if untouched && said.len() > 1 {
        said.retain(|(name, _)| name != PASTED);
    }
    said
}

/// A mark by which a text that comes back unchanged is known. A browser sends every line break as two
/// characters.
fn mark(text: &str) -> String {
    let mut hasher = DefaultHasher::new();
    text.replace("\r\n", "\n").hash(&mut hasher);
    format!("{:016x}", hasher.finish())
}

/// The fields of a form with a file.
async fn parts(
    app: &App,
    locale: Locale,
    request: Request,
) -> Result<Vec<(String, Vec<u8>)>, Problem> {
    let unreadable = |error: axum::extract::multipart::MultipartError| {
        Problem::body(locale, error.status(), &error)
    };
    let multipart = Multipart::from_request(request, app).await;
    let mut multipart = multipart.map_err(|error| Problem::body(locale, error.status(), &error))?;
    let mut parts = Vec::new();
    while let Some(part) = multipart.next_field().await.map_err(unreadable)? {
        let name = part.name().unwrap_or_default().to_owned();
        parts.push((name, part.bytes().await.map_err(unreadable)?.into()));
    }
    Ok(parts)
}
