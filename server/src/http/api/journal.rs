//! The journal, to be read on from where the reader is.

use axum::extract::{Path, Query, State};
use serde_json::value::RawValue;

use super::{
    Answer, At, Caller, tagged,
    wire::{After, JournalPage, ProblemDocument},
};
use crate::{http::problem::Problem, launches::Entry};

/// Lines of one answer when nothing is said.
const SOME: usize = 1_000;
/// Lines of one answer at most.
const MOST: usize = 10_000;

/// The lines as they were written, without reading and writing them again.
pub(super) fn raw<'a>(
    lines: impl IntoIterator<Item = &'a std::sync::Arc<Entry>>,
) -> serde_json::Result<Vec<&'a RawValue>> {
    lines
        .into_iter()
        .map(|line| serde_json::from_str(&line.json))
        .collect()
}

/// A JSON answer with lines of a journal.
pub(super) fn answer(caller: &Caller, revision: u64, body: serde_json::Result<String>) -> Answer {
    match body {
        Ok(body) => Ok(tagged(revision, body)),
        Err(error) => {
            tracing::error!(%error, "api.lines_without_json");
            Err(Problem::broken(caller.locale()))
        }
    }
}

/// What happened, in order.
#[utoipa::path(
    get, path = "/launches/{id}/journal", tag = "journal",
    params(("id" = String, Path, description = "The launch's id."), After),
    responses(
        (status = 200, description = "Lines of the journal.", body = JournalPage),
        (status = 404, description = "There is no such launch.", body = ProblemDocument, content_type = "application/problem+json"),
    )
)]
pub(super) async fn read_journal(
    State(app): At,
    caller: Caller,
    Path(id): Path<String>,
    query: Result<Query<After>, axum::extract::rejection::QueryRejection>,
) -> Answer {
    let Query(wish) = query.map_err(|error| Problem::unreadable(caller.locale(), &error))?;
    let id = caller.launch(&app, &id)?;
    let live = app.launches.get(&id).await.map_err(caller.problem(&app))?;
    let revision = live.launch().revision;
    let limit = wish.limit.unwrap_or(SOME).min(MOST);
    let lines = app
        .launches
        .lines(&live, wish.after.unwrap_or(0), limit)
        .await;
    let lines = lines.map_err(caller.problem(&app))?;
    let body =
        raw(&lines).and_then(|records| serde_json::to_string(&JournalPage { revision, records }));
    answer(&caller, revision, body)
}
