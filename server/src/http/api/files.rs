//! Files as evidence: sent with what they are called and what their sum is, and read back.

use axum::{
    body::Bytes,
    extract::{FromRequest as _, Path, Query, Request, State},
};
use startklar::CommandId;
use uuid::Uuid;

use super::{
    Answer, At, Caller,
    journal::{answer, raw},
    wire::{CommandAnswer, FileName, ProblemDocument},
};
use crate::{
    http::{files, problem::Problem},
    launches::{Failure, Upload},
};

/// Sends a file and attaches it to an item as evidence, in one step. What is answered is durable.
#[utoipa::path(
    put, path = "/launches/{id}/items/{item}/files/{sha256}", tag = "files",
    params(
        ("id" = String, Path, description = "The launch's id."),
        ("item" = String, Path, description = "The item's id."),
        ("sha256" = String, Path, description = "The SHA-256 of the content, 64 hexadecimal digits in lower case."),
        FileName,
        ("Startklar-Person" = Option<String>, Header, description = "Who acts: id or handle."),
        ("Idempotency-Key" = Option<Uuid>, Header, description = "The command's id."),
    ),
    request_body(
        description = "The content, at most 10 MB: PDF, PNG, JPEG, WebP, text or CSV in UTF-8, or an \
            office file without macros. What it is, is told by its content; what is said here is not \
            looked at.",
        content((Vec<u8> = "application/octet-stream")),
    ),
    responses(
        (status = 200, description = "It is attached, now or when it was first sent.", body = CommandAnswer),
        (status = 401, description = "Nobody is said to act.", body = ProblemDocument, content_type = "application/problem+json"),
        (status = 403, description = "Whoever acts may not.", body = ProblemDocument, content_type = "application/problem+json"),
        (status = 404, description = "There is no such launch, or no such item.", body = ProblemDocument, content_type = "application/problem+json"),
        (status = 409, description = "It is attached already.", body = ProblemDocument, content_type = "application/problem+json"),
        (status = 413, description = "It is too large.", body = ProblemDocument, content_type = "application/problem+json"),
        (status = 415, description = "It is of no kind that is taken.", body = ProblemDocument, content_type = "application/problem+json"),
        (status = 422, description = "Its sum is another, the item is verified, or there is no room.", body = ProblemDocument, content_type = "application/problem+json"),
        (status = 503, description = "Too much at once; send it again.", body = ProblemDocument, content_type = "application/problem+json"),
    )
)]
pub(super) async fn send_file(
    State(app): At,
    caller: Caller,
    Path((id, item, sha256)): Path<(String, String, String)>,
    query: Result<Query<FileName>, axum::extract::rejection::QueryRejection>,
    request: Request,
) -> Answer {
    let locale = caller.locale();
    let Query(wish) = query.map_err(|error| Problem::unreadable(locale, &error))?;
    let id = caller.launch(&app, &id)?;
    let item = item.parse().map_err(|_| Problem::nothing(locale))?;
    let command = caller.idempotency_key()?;
    let actor = caller.actor()?;
    let may = app.launches.may_attach(&id, &item, &actor).await;
    may.map_err(caller.problem(&app))?;
    let room = app.uploads.try_acquire();
    let _room = room.map_err(|_| caller.problem(&app)(Failure::Busy))?;
    let body = Bytes::from_request(request, &app).await;
    let body = body.map_err(|error| Problem::body(locale, error.status(), &error))?;
    let upload = Upload {
        item,
        name: wish.name,
        content: body.into(),
        sha256: Some(sha256),
        command: command.unwrap_or_else(|| CommandId(Uuid::now_v7())),
    };
    let done = app.launches.attach(&id, upload, actor, app.now()).await;
    let done = done.map_err(caller.problem(&app))?;
    let revision = done.revision;
    let body = raw(&done.lines)
        .and_then(|records| serde_json::to_string(&CommandAnswer { revision, records }));
    answer(&caller, revision, body)
}

/// A file of an item, as it came; also one that was taken off since.
#[utoipa::path(
    get, path = "/launches/{id}/items/{item}/files/{sha256}", tag = "files",
    params(
        ("id" = String, Path, description = "The launch's id."),
        ("item" = String, Path, description = "The item's id."),
        ("sha256" = String, Path, description = "Its SHA-256; it is also the `ETag`."),
    ),
    responses(
        (status = 200, description = "The file, as a download.", body = Vec<u8>, content_type = "application/octet-stream"),
        (status = 304, description = "The caller has it already."),
        (status = 404, description = "There is no such launch, item or file.", body = ProblemDocument, content_type = "application/problem+json"),
        (status = 503, description = "Too much at once; ask again.", body = ProblemDocument, content_type = "application/problem+json"),
    )
)]
pub(super) async fn read_file(
    State(app): At,
    caller: Caller,
    Path((id, item, sha256)): Path<(String, String, String)>,
) -> Answer {
    let given = files::given(&app, (&id, &item, &sha256), &caller.headers).await;
    given.map_err(caller.problem(&app))
}
