//! What goes wrong, as a problem document (RFC 9457): a stable code, a status, and the reason in
//! the reader's language, the same words that the pages say.

use axum::{
    http::{HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};
use serde_json::{Map, Value, json};
use startklar::{
    Locale, People, Refusal,
    command::BadForm,
    files::Unfit,
    texts::{count, day_year_clock, fill},
    time::Zone,
};

use super::forms::Form;
use crate::{
    launches::{Change, Failure},
    store::StoreError,
    texts,
};

/// Errors of a plan that are named one by one in a sentence.
const NAMED: usize = 20;

/// So much of a name that nobody has cleaned stands in a sentence, in characters.
const NAME: usize = 120;

/// Seconds after which a client that was turned away should come again.
const AGAIN: u32 = 1;

/// A problem, to be sent.
#[derive(Debug)]
pub(super) struct Problem {
    pub(super) status: StatusCode,
    pub(super) code: &'static str,
    /// What is wrong, for the reader.
    pub(super) detail: String,
    /// The field of a form that is to blame, and its place among those of its name where it is known.
    field: Option<(String, Option<u32>)>,
    facts: Map<String, Value>,
}

impl Problem {
    pub(super) fn new(status: StatusCode, code: &'static str, detail: impl Into<String>) -> Self {
        Self {
            status,
            code,
            detail: detail.into(),
            field: None,
            facts: Map::new(),
        }
    }

    fn with(mut self, name: &str, fact: impl Into<Value>) -> Self {
        self.facts.insert(name.to_owned(), fact.into());
        self
    }

    /// Nothing is there.
    pub(super) fn nothing(locale: Locale) -> Self {
        Self::new(
            StatusCode::NOT_FOUND,
            "unknown",
            texts::of(locale).nothing_here,
        )
    }

    /// The field of a form that is to blame, as a page finds it: by its name, and its place among those of
    /// that name. Where only a value is known to be wrong, it is the one that says it.
    pub(super) fn field(&self, form: &Form) -> Option<String> {
        let (name, nth) = self.field.as_ref()?;
        let found = || form.place(name, self.facts.get("found")?.as_str()?);
        let nth = nth.and_then(|nth| usize::try_from(nth).ok()).or_else(found);
        Some(format!("{name} {}", nth.unwrap_or(0)))
    }

    /// A form is no command.
    pub(super) fn form(locale: Locale, bad: &BadForm) -> Self {
        Self {
            field: (bad.field()).map(|field| (field.name.clone(), Some(field.nth()))),
            ..Self::new(StatusCode::BAD_REQUEST, "unreadable", bad.text(locale))
        }
    }

    /// The request cannot be read.
    pub(super) fn unreadable(locale: Locale, reason: &dyn std::fmt::Display) -> Self {
        let detail = fill(texts::of(locale).unreadable, &[("reason", reason)]);
        Self::new(StatusCode::BAD_REQUEST, "unreadable", detail)
    }

    /// The body could not be read.
    pub(super) fn body(locale: Locale, status: StatusCode, error: &dyn std::fmt::Display) -> Self {
        match status {
            StatusCode::PAYLOAD_TOO_LARGE => Self::too_large(locale),
            _ => Self::unreadable(locale, error),
        }
    }

    /// The request is too large.
    fn too_large(locale: Locale) -> Self {
        let detail = texts::of(locale).too_large;
        Self::new(StatusCode::PAYLOAD_TOO_LARGE, "too_large", detail)
    }

    /// The request is of another type.
    pub(super) fn media_type(locale: Locale, allowed: &'static str) -> Self {
        let detail = fill(texts::of(locale).media_type, &[("allowed", &allowed)]);
        Self::new(StatusCode::UNSUPPORTED_MEDIA_TYPE, "media_type", detail)
    }

    /// Whoever acts is not known.
    pub(super) fn unknown_person(locale: Locale, found: &str) -> Self {
        let detail = fill(texts::of(locale).unknown_person, &[("found", &found)]);
        Self::new(StatusCode::UNAUTHORIZED, "unknown_person", detail)
    }

    /// What a use case failed with.
    pub(super) fn of(failure: Failure, locale: Locale, people: &People) -> Self {
        let t = texts::of(locale);
        match failure {
            Failure::Refused(refusal) => refused(&refusal, locale, people),
            Failure::Changed(change) => changed(*change, locale, people),
            Failure::Stale { revision } => Self::new(
                StatusCode::PRECONDITION_FAILED,
                "stale",
                fill(t.stale, &[("revision", &revision)]),
            )
            .with("revision", revision),
            Failure::IdUsed => Self::new(StatusCode::UNPROCESSABLE_ENTITY, "id_used", t.id_used),
            Failure::NoLaunch => Self::new(StatusCode::NOT_FOUND, "unknown", t.no_launch),
            Failure::Taken(id) => {
                Self::new(StatusCode::CONFLICT, "taken", fill(t.taken, &[("id", &id)]))
                    .with("id", id.as_str())
            }
            Failure::OthersActs => {
                Self::new(StatusCode::FORBIDDEN, "others_acts", t.access.others_acts)
            }
            Failure::NotSample => Self::new(StatusCode::FORBIDDEN, "not_sample", t.not_sample),
            Failure::BadPlan(errors) => {
                let lines: Vec<Value> = errors
                    .iter()
                    .map(|error| {
                        json!({
                            "line": error.line,
                            "column": error.column,
                            "path": error.path,
                            "code": error.code(),
                            "text": error.text(locale),
                        })
                    })
                    .collect();
                Self::new(
                    StatusCode::UNPROCESSABLE_ENTITY,
                    "bad_plan",
                    plan_errors(&errors, locale),
                )
                .with("errors", lines)
            }
            Failure::BadTemplate(errors) => Self::new(
                StatusCode::UNPROCESSABLE_ENTITY,
                "bad_template",
                plan_errors(&errors, locale),
            ),
            Failure::NoTemplate(id) => Self::new(
                StatusCode::NOT_FOUND,
                "unknown",
                fill(t.templates.unknown, &[("id", &id)]),
            ),
            Failure::BadPerson(reason) => {
                Self::new(StatusCode::UNPROCESSABLE_ENTITY, "bad_person", t.bad_person)
                    .with("reason", reason)
            }
            Failure::Unfit { .. }
            | Failure::OtherContent { .. }
            | Failure::NoContent(_)
            | Failure::FilesFull { .. } => files(failure, locale),
            Failure::Busy => Self::new(StatusCode::SERVICE_UNAVAILABLE, "busy", t.busy),
            Failure::Broken(what) => {
                tracing::error!(what, "problem.broken");
                Self::broken(locale)
            }
            Failure::Store(error) => store(&error, locale),
        }
    }

    /// A fault of this program.
    pub(super) fn broken(locale: Locale) -> Self {
        Self::new(
            StatusCode::INTERNAL_SERVER_ERROR,
            "broken",
            texts::of(locale).broken,
        )
    }
}

fn refused(refusal: &Refusal, locale: Locale, people: &People) -> Problem {
    let status = match refusal {
        Refusal::NobodyActs => StatusCode::UNAUTHORIZED,
        Refusal::NotApprover { .. } | Refusal::NoRight { .. } | Refusal::SamePerson { .. } => {
            StatusCode::FORBIDDEN
        }
        Refusal::Unknown { .. } | Refusal::NoFile { .. } => StatusCode::NOT_FOUND,
        Refusal::Already { .. } | Refusal::AlreadyPlanned | Refusal::Taken { .. } => {
            StatusCode::CONFLICT
        }
        _ => StatusCode::UNPROCESSABLE_ENTITY,
    };
    let mut problem = Problem::new(status, refusal.code(), refusal.text(locale, people));
    problem.field = refusal.field().map(|name| (name.to_owned(), None));
    if let Ok(Value::Object(facts)) = serde_json::to_value(refusal) {
        problem
            .facts
            .extend(facts.into_iter().map(|(name, fact)| match name.as_str() {
                // The title of the document is another one.
                "title" => ("subject".to_owned(), named(fact, locale, people)),
                _ => (name, fact),
            }));
    }
    problem
}

/// A title, which may be how a request begins and mention somebody.
fn named(title: Value, locale: Locale, people: &People) -> Value {
    match title {
        Value::String(title) => startklar::texts::said(&title, people, locale).into(),
        other => other,
    }
}

/// What is wrong with a file, and what is allowed.
fn files(failure: Failure, locale: Locale) -> Problem {
    let (t, allowed) = (&texts::of(locale).files, locale.catalogue().files.allowed);
    let wrong = |code, detail| Problem::new(StatusCode::UNPROCESSABLE_ENTITY, code, detail);
    match failure {
        Failure::Unfit { name, why } => {
            let name: String = name.chars().take(NAME).collect();
            let ending = match why {
                Unfit::Pretends { found } => found.endings().first(),
                _ => None,
            };
            let text = fill(
                t.unfit(why),
                &[
                    ("name", &name),
                    ("ending", ending.unwrap_or(&"")),
                    ("allowed", &allowed),
                ],
            );
            let mut problem = wrong(why.code(), text);
            problem.status = match why {
                Unfit::TooLarge => StatusCode::PAYLOAD_TOO_LARGE,
                Unfit::Empty => problem.status,
                _ => StatusCode::UNSUPPORTED_MEDIA_TYPE,
            };
            problem.with("name", name)
        }
        Failure::OtherContent { said, found } => wrong(
            "other_content",
            fill(t.other, &[("said", &said), ("found", &found)]),
        )
        .with("found", found),
        Failure::NoContent(file) => wrong(
            "no_content",
            fill(t.no_content, &[("name", &file.name), ("sum", &file.sha256)]),
        )
        .with("sha256", file.sha256.as_str()),
        Failure::FilesFull { name, max } => {
            let megabytes = max / 1_000_000;
            let values: [(&str, &dyn std::fmt::Display); 2] =
                [("name", &name), ("max", &megabytes)];
            wrong("launch_full", fill(t.full, &values)).with("max", max)
        }
        _ => Problem::broken(locale),
    }
}

fn changed(change: Change, locale: Locale, people: &People) -> Problem {
    let who = people
        .name(change.by)
        .unwrap_or(locale.catalogue().common.somebody_unknown);
    // A problem knows no launch, so its moments are in UTC.
    let when = day_year_clock(locale, &Zone::default(), change.at);
    let when = format!("{when} UTC");
    let detail = fill(texts::of(locale).changed, &[("who", &who), ("when", &when)]);
    Problem::new(StatusCode::CONFLICT, "conflict", detail)
        .with("by", change.by.to_string())
        .with("who", who)
        .with("at", change.at.to_rfc3339())
        .with("seq", change.seq)
        .with("yours", change.yours)
        .with("theirs", change.theirs)
}

fn store(error: &StoreError, locale: Locale) -> Problem {
    let t = texts::of(locale);
    match error {
        StoreError::Invalid { .. } => Problem::new(
            StatusCode::PAYLOAD_TOO_LARGE,
            "too_large",
            error.to_string(),
        ),
        StoreError::Unavailable { .. } | StoreError::Closed => {
            tracing::error!(%error, "problem.store");
            Problem::new(StatusCode::SERVICE_UNAVAILABLE, "store", t.store)
        }
        _ => {
            tracing::error!(%error, "problem.store");
            Problem::broken(locale)
        }
    }
}

/// What is wrong with a plan, a line for each error, as far as there is room.
pub(super) fn plan_errors(errors: &[startklar::plan::PlanError], locale: Locale) -> String {
    let t = texts::of(locale);
    let mut lines = vec![count(&t.bad_plan, errors.len())];
    lines.extend(errors.iter().take(NAMED).map(|error| {
        let text = error.text(locale);
        fill(
            t.plan_line,
            &[
                ("line", &error.line),
                ("column", &error.column),
                ("text", &text),
            ],
        )
    }));
    if let Some(more) = errors.len().checked_sub(NAMED + 1) {
        lines.push(count(&t.more, more + 1));
    }
    lines.join("\n")
}

impl IntoResponse for Problem {
    fn into_response(self) -> Response {
        let mut document = self.facts;
        document.insert(
            "type".to_owned(),
            format!("urn:startklar:problem:{}", self.code).into(),
        );
        document.insert("title".to_owned(), self.status.canonical_reason().into());
        document.insert("status".to_owned(), self.status.as_u16().into());
        document.insert("code".to_owned(), self.code.into());
        document.insert("detail".to_owned(), self.detail.into());
        let body = Value::Object(document).to_string();
        let kind = [(header::CONTENT_TYPE, "application/problem+json")];
        let mut response = (self.status, kind, body).into_response();
        if matches!(
            self.status,
            StatusCode::SERVICE_UNAVAILABLE | StatusCode::TOO_MANY_REQUESTS
        ) {
            response
                .headers_mut()
                .insert(header::RETRY_AFTER, HeaderValue::from(AGAIN));
        }
        response
    }
}
