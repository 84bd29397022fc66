//! Commands: the only way to change a launch.

use axum::extract::{Path, State};
use startklar::CommandId;
use uuid::Uuid;

use super::{
    Answer, At, Caller,
    body::Sent,
    journal::{answer, raw},
    wire::{CommandAnswer, CommandRequest, ProblemDocument},
};
use crate::launches::Submission;

/// Sends a command. What is answered is durable.
#[utoipa::path(
    post, path = "/launches/{id}/commands", tag = "journal",
    params(
        ("id" = String, Path, description = "The launch's id."),
        ("Startklar-Person" = Option<String>, Header, description = "Who acts: id or handle."),
        ("Idempotency-Key" = Option<Uuid>, Header, description = "The command's id."),
        ("If-Match" = Option<String>, Header, description = "The revision, as `ETag`, that the launch must still have."),
    ),
    request_body = CommandRequest,
    responses(
        (status = 200, description = "It happened, now or when it was first sent.", body = CommandAnswer),
        (status = 400, description = "It cannot be read.", body = ProblemDocument, content_type = "application/problem+json"),
        (status = 401, description = "Nobody is said to act.", body = ProblemDocument, content_type = "application/problem+json"),
        (status = 403, description = "Whoever acts may not.", body = ProblemDocument, content_type = "application/problem+json"),
        (status = 404, description = "There is no such launch, or no such part of it.", body = ProblemDocument, content_type = "application/problem+json"),
        (status = 409, description = "It is so already, or somebody else changed the same words.", body = ProblemDocument, content_type = "application/problem+json"),
        (status = 412, description = "The launch is at another revision.", body = ProblemDocument, content_type = "application/problem+json"),
        (status = 422, description = "The rules refuse it, or its id is that of another command.", body = ProblemDocument, content_type = "application/problem+json"),
        (status = 503, description = "Too much at once; send it again.", body = ProblemDocument, content_type = "application/problem+json"),
    )
)]
pub(super) async fn send_command(
    State(app): At,
    caller: Caller,
    Path(id): Path<String>,
    Sent(sent): Sent<CommandRequest>,
) -> Answer {
    let id = caller.launch(&app, &id)?;
    let key = caller.idempotency_key()?.or(sent.id);
    let submission = Submission {
        id: key.unwrap_or_else(|| CommandId(Uuid::now_v7())),
        command: sent.command,
        seen: sent.seen,
        only_at: caller.only_at()?,
    };
    let done = app
        .launches
        .submit(&id, submission, caller.actor()?, app.now())
        .await;
    let done = done.map_err(caller.problem(&app))?;
    let revision = done.revision;
    let body = raw(&done.lines)
        .and_then(|records| serde_json::to_string(&CommandAnswer { revision, records }));
    answer(&caller, revision, body)
}
