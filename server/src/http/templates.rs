//! Templates: everybody reads them, administrators publish them, a launch takes what changed since.

use axum::{
    Router,
    extract::{Path, State},
    http::{StatusCode, header},
    response::{IntoResponse as _, Response},
    routing::get,
};
use startklar::{
    LaunchId,
    id::TemplateId,
    rights,
    template::{Template, Tier},
    texts::count,
    workspace::Version,
};
use startklar_app::{
    access::{self, Access},
    address,
    boot::{Boot, Page},
};

use super::{
    App,
    access::said,
    drawn::named,
    forms::{Form, done, refused},
    import::list,
    pages::{self, Visitor, failed, missing, render},
    problem::Problem,
};
use crate::{launches::Failure, texts};

/// The address of the page.
const PAGE: &str = "/templates";

/// The routes of templates.
pub(super) fn router() -> Router<App> {
    Router::new()
        .route(PAGE, get(show).post(publish))
        .route("/templates/{template}/{version}", get(file))
        .route("/l/{id}/template", get(of_launch).post(renew))
        .route("/l/{id}/template/copy", get(copy))
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
    let templates = workspace
        .templates()
        .map(|(id, versions)| access::Template {
            versions: versions.iter().rev().map(|one| line(&boot, one)).collect(),
            id,
        });
    let page = access::Templates {
        all: templates.collect(),
        writes: rights::governs(&visitor.reader.actor()).is_ok(),
        id: String::new(),
    };
    boot.access = Some(Access::Templates(page));
    Ok(boot)
}

/// A version in the list.
fn line(boot: &Boot, version: &Version) -> access::TemplateVersion {
    let unknown = boot.locale.catalogue().common.somebody_unknown;
    let by = version.published.map(|stamp| {
        let who = boot.people.name(stamp.by).unwrap_or(unknown);
        (who.to_owned(), said(boot.locale, stamp.at.timestamp()))
    });
    let template = version.template.as_deref();
    access::TemplateVersion {
        number: version.number,
        title: template.map(|t| t.title().to_string()),
        items: Tier::ALL.map(|tier| template.map_or(0, |t| t.items(tier).count())),
        by,
    }
}

async fn publish(State(app): State<App>, visitor: Visitor, form: Form) -> Response {
    let locale = visitor.reader.locale;
    let (id, body) = (form.get("template").unwrap_or_default(), form.raw("text"));
    let Ok(template) = id.parse::<TemplateId>() else {
        let text = texts::of(locale).templates.bad_id;
        let problem = Problem::new(StatusCode::UNPROCESSABLE_ENTITY, "bad_id", text);
        return again(&app, visitor, (id, body), &problem, String::new()).await;
    };
    let actor = visitor.reader.actor();
    let published = app
        .launches
        .publish(template, body, form.command(), actor, app.now());
    match published.await {
        Ok(_) => done(PAGE, locale),
        Err(Failure::BadTemplate(errors)) => {
            let head = count(&texts::of(locale).templates.bad, errors.len());
            let faults = list(&head, &errors, locale);
            let problem = Problem::new(StatusCode::UNPROCESSABLE_ENTITY, "bad_template", head);
            again(&app, visitor, (id, body), &problem, faults).await
        }
        Err(failure) => back(&app, &visitor, PAGE, failure),
    }
}

/// The page that asked, with what was sent and what is wrong with it.
async fn again(
    app: &App,
    visitor: Visitor,
    (id, body): (&str, &str),
    problem: &Problem,
    faults: String,
) -> Response {
    let visitor = visitor.on(PAGE);
    let mut boot = match page(app, &visitor).await {
        Ok(boot) => boot,
        Err(failure) => return failed(app, &visitor, failure),
    };
    if let Some(Access::Templates(page)) = &mut boot.access {
        id.clone_into(&mut page.id);
    }
    body.clone_into(&mut boot.sent);
    boot.faults = faults;
    pages::saying(app, boot, problem)
}

/// Back to a page, which says why not.
fn back(app: &App, visitor: &Visitor, page: &str, failure: Failure) -> Response {
    let problem = Problem::of(failure, visitor.reader.locale, &app.launches.people().all());
    if problem.code == "nobody_acts" {
        let to = format!("/who?back={}", address::encode(page));
        return refused(&to, problem.detail);
    }
    refused(page, problem.detail)
}

/// A version as a file.
async fn file(
    State(app): State<App>,
    Path((template, version)): Path<(String, String)>,
    visitor: Visitor,
) -> Response {
    let found = async {
        let (id, number) = (template.parse::<TemplateId>(), version.parse::<u16>());
        let (Ok(id), Ok(number)) = (id, number) else {
            return Ok(None);
        };
        let versions = app.launches.workspace().await?.versions(&id);
        let mut versions = versions.into_iter();
        Ok(versions.find(|one| one.number == number))
    };
    match found.await {
        Ok(Some(found)) => toml(&format!("{template}-{version}"), found.body.to_string()),
        Ok(None) => missing(&app, &visitor),
        Err(failure) => failed(&app, &visitor, failure),
    }
}

fn toml(name: &str, text: String) -> Response {
    let headers = [
        (header::CONTENT_TYPE, "application/toml".to_owned()),
        (
            header::CONTENT_DISPOSITION,
            format!("attachment; filename=\"{name}.toml\""),
        ),
        (header::CACHE_CONTROL, "private, no-cache".to_owned()),
    ];
    (headers, text).into_response()
}

/// The checklists of a launch as a template file.
async fn copy(State(app): State<App>, Path(id): Path<String>, visitor: Visitor) -> Response {
    let launch = match id.parse::<LaunchId>() {
        Ok(id) => app.launches.get(&id).await,
        Err(_) => Err(Failure::NoLaunch),
    };
    match launch.map(|live| Template::copied(&live.launch())) {
        Ok(Some(template)) => toml(&id, template.write()),
        Ok(None) | Err(Failure::NoLaunch) => missing(&app, &visitor),
        Err(failure) => failed(&app, &visitor, failure),
    }
}

/// What changed in its template since a launch took it.
async fn of_launch(State(app): State<App>, Path(id): Path<String>, visitor: Visitor) -> Response {
    match renewal(&app, &id, &visitor).await {
        Ok(boot) => render(&app, &boot),
        Err(Failure::NoLaunch) => missing(&app, &visitor),
        Err(failure) => failed(&app, &visitor, failure),
    }
}

async fn renewal(app: &App, id: &str, visitor: &Visitor) -> Result<Boot, Failure> {
    let id: LaunchId = id.parse().map_err(|_| Failure::NoLaunch)?;
    let launch = app.launches.get(&id).await?.launch();
    let mut boot = visitor.boot(app, Page::Access);
    let renewal = app.launches.renewal(&launch).await?;
    boot.access = Some(Access::Renewal(Box::new(access::Renewal {
        base: format!("/l/{id}"),
        found: renewal.map(|found| (found.taken, found.latest, found.difference)),
        writes: rights::has(&launch, &visitor.reader.actor(), rights::Act::SetUp),
    })));
    boot.launch = Some(std::sync::Arc::new(named(&launch)));
    // It is asked for anew after each step, and not followed.
    boot.past = Some(visitor.now);
    Ok(boot)
}

async fn renew(
    State(app): State<App>,
    Path(id): Path<String>,
    visitor: Visitor,
    form: Form,
) -> Response {
    let page = format!("/l/{}/template", address::encode(&id));
    let taken = async {
        let id: LaunchId = id.parse().map_err(|_| Failure::NoLaunch)?;
        let version = form.get("version").and_then(|number| number.parse().ok());
        let version = version.ok_or_else(|| Failure::NoTemplate(String::new()))?;
        let actor = visitor.reader.actor();
        let renewed = app
            .launches
            .renew(&id, version, form.command(), actor, app.now());
        renewed.await
    };
    match taken.await {
        Ok(_) => done(&page, visitor.reader.locale),
        Err(failure) => back(&app, &visitor, &page, failure),
    }
}
