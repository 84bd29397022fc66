//! The status page of a launch, for whoever holds a link; and the page of these links.

use std::sync::Arc;

use axum::{
    Router,
    extract::{Path, State},
    http::{HeaderValue, StatusCode, header},
    response::Response,
    routing::{get, post},
};
use startklar::{
    LaunchId, People, Refusal,
    rights::{self, Act, Standing},
};
use startklar_app::{
    access::{Access, Links, StatusLink},
    boot::Page,
};
use uuid::Uuid;

use super::{
    App,
    access::{back, problem, said},
    forms::Form,
    pages::{self, Visitor, failed, missing, render},
    problem::Problem,
};
use crate::{
    accounts::Refused,
    launches::{Failure, Live},
    texts,
};

pub(super) fn router() -> Router<App> {
    Router::new()
        .route("/status/{link}", get(show))
        .route("/l/{id}/status", get(links).post(make))
        .route("/l/{id}/status/end", post(end))
}

async fn show(State(app): State<App>, Path(link): Path<String>, visitor: Visitor) -> Response {
    let launch = app.accounts.status(&link, app.seconds()).await;
    let live = match launch {
        Some(id) => app.launches.get(&id).await,
        None => Err(Failure::NoLaunch),
    };
    let mut boot = visitor.boot(&app, Page::Access);
    // Whoever opens it, it is the page of somebody outside: no name, by whatever way.
    boot.people = Arc::default();
    (boot.me, boot.standing) = (None, Standing::Viewer);
    let (access, status) = match live {
        Ok(live) => (Access::Status(live.launch(), visitor.now), StatusCode::OK),
        Err(_) => (Access::Ended, StatusCode::GONE),
    };
    boot.access = Some(access);
    let mut response = render(&app, &boot);
    *response.status_mut() = status;
    // The address is the key: it must not come into a search engine.
    response
        .headers_mut()
        .insert("x-robots-tag", HeaderValue::from_static("noindex"));
    response
        .headers_mut()
        .insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    response
}

async fn launch(app: &App, visitor: &Visitor, id: &str) -> Result<Arc<Live>, Box<Response>> {
    let live = match id.parse::<LaunchId>() {
        Ok(id) => app.launches.get(&id).await,
        Err(_) => Err(Failure::NoLaunch),
    };
    live.map_err(|failure| {
        Box::new(match failure {
            Failure::NoLaunch => missing(app, visitor),
            failure => failed(app, visitor, failure),
        })
    })
}

/// Why the reader may not make links and end them; nothing where they may.
fn refused(visitor: &Visitor, live: &Live) -> Option<Refusal> {
    let may = rights::has(&live.launch(), &visitor.reader.actor(), Act::SetUp);
    (!may).then(|| rights::refusal(Act::SetUp))
}

async fn page(app: &App, visitor: &Visitor, live: &Live, fresh: Option<String>) -> Response {
    let locale = visitor.reader.locale;
    let links = match app.accounts.status_links(live.id(), app.seconds()).await {
        Ok(links) => links,
        Err(error) => return said_to(app, visitor, &problem(locale, &error)),
    };
    let rows = links.into_iter().map(|link| StatusLink {
        id: link.id.to_string(),
        made: said(locale, link.made),
        seen: link.seen.map(|seen| said(locale, seen)),
        ends: said(locale, link.ends),
    });
    let mut boot = visitor.boot(app, Page::Access);
    boot.access = Some(Access::Links(Links {
        base: format!("/l/{}", live.id()),
        rows: rows.collect(),
        fresh,
        refused: refused(visitor, live).map(|it| it.text(locale, &People::default())),
    }));
    boot.launch = Some(Arc::new(super::drawn::named(&live.launch())));
    boot.past = Some(visitor.now);
    render(app, &boot)
}

async fn links(State(app): State<App>, Path(id): Path<String>, visitor: Visitor) -> Response {
    match launch(&app, &visitor, &id).await {
        Ok(live) => page(&app, &visitor, &live, None).await,
        Err(response) => *response,
    }
}

/// What went wrong, as a page.
fn said_to(app: &App, visitor: &Visitor, problem: &Problem) -> Response {
    pages::said(app, visitor, Page::Missing, problem)
}

/// A launch for somebody who may make links to it and end them.
async fn own(app: &App, visitor: &Visitor, id: &str) -> Result<Arc<Live>, Box<Response>> {
    let live = launch(app, visitor, id).await?;
    match refused(visitor, &live) {
        None => Ok(live),
        Some(refusal) => {
            let (failure, locale) = (Failure::Refused(refusal), visitor.reader.locale);
            let problem = Problem::of(failure, locale, &People::default());
            Err(Box::new(said_to(app, visitor, &problem)))
        }
    }
}

async fn make(
    State(app): State<App>,
    Path(id): Path<String>,
    visitor: Visitor,
    form: Form,
) -> Response {
    let live = match own(&app, &visitor, &id).await {
        Ok(live) => live,
        Err(response) => return *response,
    };
    let days = form.get("days").and_then(|days| days.parse().ok());
    let made = app
        .accounts
        .make_status_link(live.id(), days.unwrap_or_default(), app.seconds());
    let to = format!("/l/{}/status", live.id());
    match made.await {
        Ok(link) => {
            let address = format!("{}/status/{link}", visitor.origin(&app));
            page(&app, &visitor.on(&to), &live, Some(address)).await
        }
        Err(error) => back(&to, visitor.reader.locale, Err(error)),
    }
}

async fn end(
    State(app): State<App>,
    Path(id): Path<String>,
    visitor: Visitor,
    form: Form,
) -> Response {
    let live = match own(&app, &visitor, &id).await {
        Ok(live) => live,
        Err(response) => return *response,
    };
    let locale = visitor.reader.locale;
    let id = form.get("id").and_then(|id| id.parse::<Uuid>().ok());
    let ended = match id {
        Some(id) => app.accounts.end_status_link(live.id(), id).await,
        None => Err(Refused::Ended),
    };
    let text = texts::of(locale).access.session_ended;
    back(
        &format!("/l/{}/status", live.id()),
        locale,
        ended.map(|()| text),
    )
}
