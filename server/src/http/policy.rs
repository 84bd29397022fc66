//! The policy of the workspace: everybody reads it, administrators set it and have launches adopt it.

use axum::{
    Router,
    extract::State,
    response::Response,
    routing::{get, post},
};
use startklar::{CommandId, Discipline, LaunchId, command::Fields, rights, workspace};
use startklar_app::{
    access::{self, Access},
    address,
    boot::{Boot, Page},
};
use uuid::Uuid;

use super::{
    App,
    access::said,
    forms::{Form, done, refused, refused_form},
    pages::{Visitor, failed, render},
    problem::Problem,
};
use crate::launches::Failure;

/// The address of the page.
const PAGE: &str = "/policy";

/// The routes of the policy.
pub(super) fn router() -> Router<App> {
    Router::new()
        .route(PAGE, get(show).post(set))
        .route("/policy/adopt", post(adopt))
}

async fn show(State(app): State<App>, visitor: Visitor) -> Response {
    match page(&app, &visitor).await {
        Ok(boot) => render(&app, &boot),
        Err(failure) => failed(&app, &visitor, failure),
    }
}

async fn page(app: &App, visitor: &Visitor) -> Result<Boot, Failure> {
    let mut boot = visitor.boot(app, Page::Access);
    let workspace = app.launches.workspace().await?;
    let affected = app.launches.affected(visitor.now).await?;
    let affected = affected.into_iter();
    let page = access::Policy {
        policy: workspace.policy.clone(),
        seen: workspace.revision,
        writes: rights::governs(&visitor.reader.actor()).is_ok(),
        affected: affected
            .map(|one| (one.id, one.title, one.effect))
            .collect(),
        changes: changes(app, &boot).await?,
    };
    boot.access = Some(Access::Policy(Box::new(page)));
    Ok(boot)
}

/// Who changed the policy, how and when, the latest first.
async fn changes(
    app: &App,
    boot: &Boot,
) -> Result<Vec<(String, Vec<workspace::Change>, String)>, Failure> {
    let unknown = boot.locale.catalogue().common.somebody_unknown;
    let mut before = workspace::Policy::default();
    let mut lines = Vec::new();
    for record in app.launches.workspace_journal().await? {
        let workspace::Event::PolicySet(policy) = record.event else {
            continue;
        };
        let who = boot.people.name(record.by).unwrap_or(unknown);
        let when = said(boot.locale, record.at.timestamp());
        lines.push((who.to_owned(), before.changes(&policy), when));
        before = policy;
    }
    lines.reverse();
    Ok(lines)
}

/// The disciplines that boxes of this name were ticked for. What no box offers is left out.
fn ticked(form: &Form, name: &str) -> Vec<Discipline> {
    form.all(name).filter_map(Discipline::from_code).collect()
}

async fn set(State(app): State<App>, visitor: Visitor, form: Form) -> Response {
    let windows = match Fields(form.0.clone()).windows() {
        Ok(windows) => windows,
        Err(bad) => {
            let locale = visitor.reader.locale;
            let problem = Problem::form(locale, &bad);
            return refused_form(PAGE, problem, (&form, "set_windows"), locale);
        }
    };
    let policy = workspace::Policy::new(ticked(&form, "required"), ticked(&form, "verified"));
    let policy = policy.within(windows);
    let seen = form.get("seen").and_then(|seen| seen.parse().ok());
    let command = workspace::Command::SetPolicy(policy);
    let actor = visitor.reader.actor();
    let set = app
        .launches
        .govern(&command, form.command(), seen, actor, app.now());
    answer(&app, &visitor, set.await.map(drop))
}

/// Has the launches that the form names adopt the policy: all of them, or up to the first that refuses.
async fn adopt(State(app): State<App>, visitor: Visitor, form: Form) -> Response {
    let mut adopted = Ok(());
    for id in form.all("launch") {
        adopted = one(&app, &visitor, id).await;
        if adopted.is_err() {
            break;
        }
    }
    answer(&app, &visitor, adopted)
}

async fn one(app: &App, visitor: &Visitor, id: &str) -> Result<(), Failure> {
    let id: LaunchId = id.parse().map_err(|_| Failure::NoLaunch)?;
    let command = CommandId(Uuid::now_v7());
    let actor = visitor.reader.actor();
    let adopted = app.launches.adopt(&id, command, actor, app.now());
    adopted.await.map(drop)
}

/// Back to the page, which says what came of it. Who has not said who they are is asked first.
fn answer(app: &App, visitor: &Visitor, done_or_not: Result<(), Failure>) -> Response {
    let locale = visitor.reader.locale;
    match done_or_not {
        Ok(()) => done(PAGE, locale),
        Err(failure) => {
            let problem = Problem::of(failure, locale, &app.launches.people().all());
            if problem.code == "nobody_acts" {
                let to = format!("/who?back={}", address::encode(PAGE));
                return refused(&to, problem.detail);
            }
            refused(PAGE, problem.detail)
        }
    }
}
