//! The policy of the workspace.

use axum::{Json, extract::State, response::IntoResponse as _};
use startklar::{
    CommandId, Discipline,
    model::Windows,
    workspace::{Command, Policy, Workspace},
};
use uuid::Uuid;

use super::{
    super::{App, problem::Problem},
    Answer, At, Caller,
    body::Sent,
    wire::{AffectedLaunch, NewPolicy, PolicyDocument, ProblemDocument},
};
use crate::launches::{Affected, Failure};

/// What every launch must fulfil, and which of those under way do not demand all of it yet.
#[utoipa::path(
    get, path = "/policy", tag = "policy",
    responses((status = 200, description = "The policy.", body = PolicyDocument))
)]
pub(super) async fn show_policy(State(app): At, caller: Caller) -> Answer {
    let document = document(&app).await.map_err(caller.problem(&app))?;
    Ok(Json(document).into_response())
}

/// Puts another policy in place of the one that stands. It holds for launches that begin from then on.
#[utoipa::path(
    put, path = "/policy", tag = "policy",
    params(
        ("Startklar-Person" = Option<String>, Header, description = "Who acts: id or handle."),
        ("Idempotency-Key" = Option<Uuid>, Header, description = "The command's id."),
    ),
    request_body = NewPolicy,
    responses(
        (status = 200, description = "It holds.", body = PolicyDocument),
        (status = 400, description = "It cannot be read.", body = ProblemDocument, content_type = "application/problem+json"),
        (status = 401, description = "Nobody is said to act.", body = ProblemDocument, content_type = "application/problem+json"),
        (status = 403, description = "Whoever acts does not look after the workspace.", body = ProblemDocument, content_type = "application/problem+json"),
        (status = 409, description = "Somebody else changed it in the meantime.", body = ProblemDocument, content_type = "application/problem+json"),
    )
)]
pub(super) async fn set_policy(
    State(app): At,
    caller: Caller,
    Sent(new): Sent<NewPolicy>,
) -> Answer {
    let workspace = app.launches.workspace().await;
    let workspace = workspace.map_err(caller.problem(&app))?;
    let seen = new.seen;
    let command = Command::SetPolicy(policy(&workspace, &caller, new)?);
    let key = caller.idempotency_key()?;
    let id = key.unwrap_or_else(|| CommandId(Uuid::now_v7()));
    let actor = caller.actor()?;
    let set = app.launches.govern(&command, id, seen, actor, app.now());
    set.await.map_err(caller.problem(&app))?;
    let document = document(&app).await.map_err(caller.problem(&app))?;
    Ok(Json(document).into_response())
}

/// The policy that is sent, with the windows and freezes that stand where it names none.
fn policy(workspace: &Workspace, caller: &Caller, new: NewPolicy) -> Result<Policy, Problem> {
    let stand = workspace.policy.windows();
    let windows = new.windows.unwrap_or_else(|| stand.windows().to_vec());
    let freezes = new.freezes.unwrap_or_else(|| stand.freezes().to_vec());
    let windows = Windows::new(windows, freezes);
    let windows = windows.map_err(|error| Problem::unreadable(caller.locale(), &error))?;
    Ok(Policy::new(new.required, new.verified).within(windows))
}

async fn document(app: &App) -> Result<PolicyDocument, Failure> {
    let workspace = app.launches.workspace().await?;
    let affected = app.launches.affected(app.now()).await?;
    Ok(PolicyDocument {
        affected: affected.into_iter().map(line).collect(),
        ..of(&workspace)
    })
}

fn of(workspace: &Workspace) -> PolicyDocument {
    let policy = &workspace.policy;
    let all = || Discipline::ALL.into_iter();
    PolicyDocument {
        revision: workspace.revision,
        required: codes(all().filter(|d| policy.requires(*d))),
        verified: codes(all().filter(|d| policy.verifies(*d))),
        windows: policy.windows().windows().to_vec(),
        freezes: policy.windows().freezes().to_vec(),
        affected: Vec::new(),
    }
}

fn codes(disciplines: impl IntoIterator<Item = Discipline>) -> Vec<&'static str> {
    disciplines.into_iter().map(Discipline::code).collect()
}

fn line(Affected { id, title, effect }: Affected) -> AffectedLaunch {
    let (blockers, blockers_then) = effect.blockers;
    AffectedLaunch {
        id: id.to_string(),
        title,
        required: codes(effect.required),
        verified: codes(effect.verified),
        missing: codes(effect.missing),
        waiting: effect.waiting,
        windows: effect.windows,
        outside: effect.outside,
        exception_falls: effect.exception,
        honest_date: effect.honest.and_then(|[now, _]| now),
        honest_date_then: effect.honest.and_then(|[_, then]| then),
        frozen: effect.frozen.map(|freeze| freeze.title().to_string()),
        blockers,
        blockers_then,
    }
}
