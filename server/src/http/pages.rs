//! The pages: each reads what it needs from the use cases and renders what it starts from.

use std::{net::IpAddr, sync::Arc};

use axum::{
    Router,
    extract::{Path, State},
    http::{Extensions, HeaderMap, HeaderValue, StatusCode, Uri, header},
    response::{Html, IntoResponse, Response},
    routing::get,
};
use chrono::Datelike as _;
use startklar::{
    Discipline, Launch, LaunchId, Locale, People, Policy, assess,
    engine::Subject,
    id::TemplateId,
    template::Tier,
    texts,
    time::{Instant, YEARS, parse_instant},
    workspace::Version,
};
use startklar_app::{
    address,
    boot::{Boot, Chance, Filter, Notice, Page},
};

use super::{App, flash, log, problem::Problem, reader::Reader, visit};
use crate::launches::{Failure, Live};

/// Disciplines that the sentence names; the others it adds up.
const NAMED: usize = 4;

/// The routes of the pages.
pub(super) fn router() -> Router<App> {
    Router::new()
        .route("/", get(portfolio))
        .route("/new", get(first_start))
        .route("/week", get(week))
        .route("/who", get(who))
        .route("/l/{id}", get(cockpit))
        .route("/l/{id}/forecast", get(forecast))
        .route("/l/{id}/scope", get(scope))
        .route("/l/{id}/plan", get(plan))
        .route("/l/{id}/checklists", get(checklists))
        .route("/l/{id}/items/{part}", get(item))
        .route("/l/{id}/stories/{part}", get(story))
        .route("/l/{id}/epics/{part}", get(epic))
        .route("/l/{id}/requests", get(requests))
        .route("/l/{id}/journal", get(journal))
        .route("/l/{id}/settings", get(settings))
}

/// A reader and the address they ask for: what every page begins with.
pub(super) struct Visitor {
    pub(super) reader: Reader,
    headers: HeaderMap,
    path: String,
    pub(super) now: Instant,
}

impl axum::extract::FromRequestParts<App> for Visitor {
    type Rejection = std::convert::Infallible;

    async fn from_request_parts(
        parts: &mut axum::http::request::Parts,
        app: &App,
    ) -> Result<Self, Self::Rejection> {
        Ok(Self::of(app, &parts.headers, &parts.extensions, &parts.uri))
    }
}

impl Visitor {
    pub(super) fn of(app: &App, headers: &HeaderMap, extensions: &Extensions, uri: &Uri) -> Self {
        let path = uri
            .path_and_query()
            .map_or("/", axum::http::uri::PathAndQuery::as_str);
        Self {
            reader: Reader::of(app, headers, extensions),
            headers: headers.clone(),
            path: path.to_owned(),
            now: app.now(),
        }
    }

    /// Everybody by name, for those who may know.
    fn people(&self, app: &App) -> Arc<People> {
        if self.reader.me.is_none() && !app.is_open() {
            return Arc::default();
        }
        app.launches.people().all()
    }

    /// What their browser keeps under a name.
    pub(super) fn cookie(&self, name: &str) -> Option<String> {
        super::cookies::get(&self.headers, name)
    }

    /// What their browser calls itself.
    pub(super) fn browser(&self) -> String {
        let agent = self.headers.get(header::USER_AGENT);
        let agent = agent.and_then(|agent| agent.to_str().ok());
        agent.unwrap_or_default().to_owned()
    }

    /// The address that they come from. A proxy says whose word it passes on: the last address is the
    /// one that it wrote itself. Anybody else may say what they like.
    pub(super) fn address(&self, app: &App, direct: Option<IpAddr>) -> String {
        let line = self.headers.get_all("x-forwarded-for").iter().next_back();
        let last = line.and_then(|line| line.to_str().ok()?.rsplit(',').next());
        let said = last.and_then(|last| last.trim().parse().ok());
        let by_proxy = direct.is_none_or(|direct| app.reach.believes(direct));
        let from = said.filter(|_| by_proxy).or(direct);
        from.map(|ip| ip.to_string()).unwrap_or_default()
    }

    /// The address by which they reach this server.
    pub(super) fn origin(&self, app: &App) -> String {
        let host = self.headers.get(header::HOST);
        let host = host.and_then(|host| host.to_str().ok());
        let scheme = if app.reach.https { "https" } else { "http" };
        format!("{scheme}://{}", host.unwrap_or_default())
    }

    /// The same visitor on the page of another address.
    pub(super) fn on(mut self, path: &str) -> Self {
        path.clone_into(&mut self.path);
        self
    }

    pub(super) fn field(&self, name: &str) -> Option<String> {
        address::field(&self.path, name).filter(|value| !value.is_empty())
    }

    /// What every page starts from.
    pub(super) fn boot(&self, app: &App, page: Page) -> Boot {
        Boot {
            page,
            path: self.path.clone(),
            locale: self.reader.locale,
            theme: self.reader.theme,
            me: self.reader.me,
            standing: self.reader.standing,
            now: self.now,
            people: self.people(app),
            launch: None,
            forecast: None,
            weeks: [].into(),
            room: None,
            tried: [].into(),
            access: None,
            chance: None,
            written: None,
            sample: false,
            past: None,
            records: Vec::new(),
            seen: None,
            lines: Vec::new(),
            owed: Vec::new(),
            follows: Vec::new(),
            followed: None,
            templates: Vec::new(),
            notice: flash::take(&self.headers),
            sent: String::new(),
            kept: String::new(),
            faults: String::new(),
        }
    }
}

async fn portfolio(State(app): State<App>, visitor: Visitor) -> Response {
    let page = if app.launches.is_empty() {
        Page::FirstStart
    } else {
        Page::Portfolio
    };
    let mut boot = visitor.boot(&app, page);
    match app.launches.list(boot.locale, boot.now).await {
        Ok(all) => boot.lines = all.into_iter().map(|listed| listed.line).collect(),
        Err(failure) => return failed(&app, &visitor, failure),
    }
    render(&app, &boot)
}

async fn first_start(State(app): State<App>, visitor: Visitor) -> Response {
    let mut boot = visitor.boot(&app, Page::FirstStart);
    match app.launches.workspace().await {
        Ok(workspace) => {
            let all = workspace.templates();
            let named = all.filter_map(|one| called(one, boot.locale));
            boot.templates = named.collect();
        }
        Err(failure) => return failed(&app, &visitor, failure),
    }
    render(&app, &boot)
}

/// A template as it is offered: its id, and what its latest version is called and holds. Two may be
/// called the same, their ids differ.
fn called((id, versions): (TemplateId, Vec<Version>), locale: Locale) -> Option<(String, String)> {
    let mut versions = versions.into_iter().rev();
    let latest = versions.find_map(|one| one.template)?;
    let count = |tier| latest.items(tier).count();
    let sizes = texts::fill(
        locale.catalogue().templates.sizes,
        &[
            ("small", &count(Tier::Small)),
            ("medium", &count(Tier::Medium)),
            ("large", &count(Tier::Large)),
        ],
    );
    Some((
        id.to_string(),
        format!("{} ({id}): {sizes}", latest.title()),
    ))
}

async fn week(State(app): State<App>, visitor: Visitor) -> Response {
    let mut boot = visitor.boot(&app, Page::Week);
    if let Some(me) = boot.me {
        match app.launches.owed(me, boot.locale, boot.now).await {
            Ok(owed) => boot.owed = owed,
            Err(failure) => return failed(&app, &visitor, failure),
        }
        match app.launches.followed(me, boot.locale, boot.now).await {
            Ok(follows) => boot.follows = follows,
            Err(failure) => return failed(&app, &visitor, failure),
        }
    }
    render(&app, &boot)
}

async fn who(State(app): State<App>, visitor: Visitor) -> Response {
    let back = flash::local(visitor.field("back").as_deref(), "/");
    render(&app, &visitor.boot(&app, Page::Who { back }))
}

async fn cockpit(State(app): State<App>, Path(id): Path<String>, visitor: Visitor) -> Response {
    launch(&app, &id, &visitor, |_, _| Some(Page::Cockpit)).await
}

async fn scope(State(app): State<App>, Path(id): Path<String>, visitor: Visitor) -> Response {
    launch(&app, &id, &visitor, |_, _| Some(Page::Scope)).await
}

async fn plan(State(app): State<App>, Path(id): Path<String>, visitor: Visitor) -> Response {
    launch(&app, &id, &visitor, |_, _| Some(Page::Plan)).await
}

async fn forecast(State(app): State<App>, Path(id): Path<String>, visitor: Visitor) -> Response {
    launch(&app, &id, &visitor, |_, _| Some(Page::Forecast)).await
}

async fn checklists(State(app): State<App>, Path(id): Path<String>, visitor: Visitor) -> Response {
    launch(&app, &id, &visitor, |launch, at| {
        Some(Page::Checklists(filter(&visitor.path, launch, at)))
    })
    .await
}

async fn item(
    State(app): State<App>,
    Path((id, part)): Path<(String, String)>,
    visitor: Visitor,
) -> Response {
    launch(&app, &id, &visitor, |launch, _| {
        let id = part.parse().ok()?;
        launch.items.find(&id).map(|_| Page::Item(id))
    })
    .await
}

async fn story(
    State(app): State<App>,
    Path((id, part)): Path<(String, String)>,
    visitor: Visitor,
) -> Response {
    launch(&app, &id, &visitor, |launch, _| {
        let id = part.parse().ok()?;
        launch.stories.find(&id).map(|_| Page::Story(id))
    })
    .await
}

async fn epic(
    State(app): State<App>,
    Path((id, part)): Path<(String, String)>,
    visitor: Visitor,
) -> Response {
    launch(&app, &id, &visitor, |launch, _| {
        let id = part.parse().ok()?;
        launch.epics.find(&id).map(|_| Page::Epic(id))
    })
    .await
}

async fn requests(State(app): State<App>, Path(id): Path<String>, visitor: Visitor) -> Response {
    launch(&app, &id, &visitor, |_, _| Some(Page::Requests)).await
}

async fn journal(State(app): State<App>, Path(id): Path<String>, visitor: Visitor) -> Response {
    let before = visitor
        .field("before")
        .and_then(|before| before.parse().ok());
    launch(&app, &id, &visitor, |_, _| Some(Page::Journal { before })).await
}

async fn settings(State(app): State<App>, Path(id): Path<String>, visitor: Visitor) -> Response {
    launch(&app, &id, &visitor, |_, _| Some(Page::Settings)).await
}

/// The filter of a checklist's address. `discipline` may name several, and `others=1` stands for
/// those that the sentence does not name: all but the four with the most open items.
fn filter(path: &str, launch: &Launch, at: Instant) -> Filter {
    let query = path.split_once('?').map_or("", |(_, query)| query);
    let mut filter = Filter::from_query(query);
    for (name, value) in address::pairs(query) {
        match (name.as_str(), value.as_str()) {
            ("discipline", several) => {
                for code in several.split(',') {
                    let named = Discipline::from_code(code.trim());
                    let new = named.filter(|d| !filter.disciplines.contains(d));
                    filter.disciplines.extend(new);
                }
            }
            ("others", "1") => filter.disciplines = others(launch, at),
            _ => {}
        }
    }
    filter
}

fn others(launch: &Launch, at: Instant) -> Vec<Discipline> {
    let mut open = [0_usize; Discipline::ALL.len()];
    let assessment = assess(launch, &Policy::default(), at);
    for finding in assessment.blockers() {
        if let Subject::Item(_) = finding.subject {
            open[finding.discipline.pos()] += 1;
        }
    }
    let mut by_count: Vec<Discipline> = Discipline::ALL.to_vec();
    by_count.retain(|d| open[d.pos()] > 0);
    by_count.sort_by_key(|d| (std::cmp::Reverse(open[d.pos()]), *d));
    by_count.split_off(by_count.len().min(NAMED))
}

/// A page of a launch; the missing page when there is no such launch or no such part of it.
async fn launch(
    app: &App,
    id: &str,
    visitor: &Visitor,
    page: impl FnOnce(&Launch, Instant) -> Option<Page>,
) -> Response {
    let Ok(id) = id.parse::<LaunchId>() else {
        return missing(app, visitor);
    };
    let live = match app.launches.get(&id).await {
        Ok(live) => live,
        Err(Failure::NoLaunch) => return missing(app, visitor),
        Err(failure) => return failed(app, visitor, failure),
    };
    match fill(app, &live, visitor, page).await {
        Ok((boot, cookie)) => {
            let mut response = render(app, &boot);
            response
                .headers_mut()
                .extend(cookie.map(|cookie| (header::SET_COOKIE, cookie)));
            response
        }
        Err(failure) => failed(app, visitor, failure),
    }
}

async fn fill(
    app: &App,
    live: &Live,
    visitor: &Visitor,
    page: impl FnOnce(&Launch, Instant) -> Option<Page>,
) -> Result<(Boot, Option<HeaderValue>), Failure> {
    let past = visitor
        .field("at")
        .and_then(|at| moment(&at, &live.launch()));
    let past = past.filter(|at| YEARS.contains(&at.year()) && *at < visitor.now);
    let launch = match past {
        Some(at) => app.launches.at(live, at).await?,
        None => live.launch(),
    };
    let at = past.unwrap_or(visitor.now);
    let page = page(&launch, at).unwrap_or(Page::Missing);
    let mut boot = visitor.boot(app, page);
    let mut cookie = None;
    if past.is_none() {
        (boot.seen, cookie) =
            visit::visit(&visitor.headers, live.id(), launch.revision, visitor.now);
    }
    boot.records = log::lines(app, live, &launch, &boot).await?;
    if past.is_none() {
        boot.written = Some(live.written(&launch));
    }
    if matches!(boot.page, Page::Cockpit | Page::Forecast) {
        let assessment = assess(&launch, &Policy::default(), at);
        let forecast = live.forecast(&launch, &assessment);
        if boot.page == Page::Cockpit {
            boot.chance = forecast.as_deref().map(Chance::from);
        } else {
            boot.forecast = forecast;
        }
    }
    if let (None, Some(me), Page::Item(item)) = (past, boot.me, &boot.page) {
        boot.followed = Some(app.launches.is_followed(me, live.id(), item).await?);
    }
    boot.past = past;
    boot.sample = live.is_sample();
    boot.launch = Some(launch);
    Ok((boot, cookie))
}

/// The moment that an address names: as RFC 3339, or a day (its end) or a day and time in the
/// launch's zone.
fn moment(text: &str, launch: &Launch) -> Option<Instant> {
    // A plus sign that was not encoded has become a space.
    if let Ok(at) = parse_instant(&text.replace(' ', "+")) {
        return Some(at);
    }
    if let Ok(day) = text.parse() {
        return Some(launch.zone().end_of(day) - chrono::TimeDelta::milliseconds(1));
    }
    let (day, time) = text.split_once('T')?;
    let time = time
        .parse()
        .or_else(|_| format!("{time}:00").parse())
        .ok()?;
    Some(launch.zone().instant(day.parse().ok()?, time))
}

pub(super) fn missing(app: &App, visitor: &Visitor) -> Response {
    render(app, &visitor.boot(app, Page::Missing))
}

/// The page for an address that no route has.
pub(super) async fn fallback(State(app): State<App>, visitor: Visitor) -> Response {
    if visitor.path.starts_with("/api/") {
        return Problem::nothing(visitor.reader.locale).into_response();
    }
    missing(&app, &visitor)
}

/// A page that says what went wrong, where there is none to go back to.
pub(super) fn said(app: &App, visitor: &Visitor, page: Page, problem: &Problem) -> Response {
    saying(app, visitor.boot(app, page), problem)
}

/// A page that says what went wrong at its top.
pub(super) fn saying(app: &App, mut boot: Boot, problem: &Problem) -> Response {
    boot.notice = Some(Notice::refused(problem.detail.as_str()));
    let mut response = render(app, &boot);
    *response.status_mut() = problem.status;
    response
}

pub(super) fn failed(app: &App, visitor: &Visitor, failure: Failure) -> Response {
    let problem = Problem::of(failure, visitor.reader.locale, &app.launches.people().all());
    said(app, visitor, Page::Missing, &problem)
}

pub(super) fn render(app: &App, boot: &Boot) -> Response {
    let status = match boot.page {
        Page::Missing => StatusCode::NOT_FOUND,
        _ => StatusCode::OK,
    };
    let html = startklar_app::render(boot, app.embedded.names);
    let mut response = (status, Html(html)).into_response();
    let headers = response.headers_mut();
    // Asked for again each time, but kept for the way back.
    headers.insert(
        header::CACHE_CONTROL,
        HeaderValue::from_static("private, no-cache"),
    );
    headers.insert(
        header::VARY,
        HeaderValue::from_static("cookie, accept-language"),
    );
    if boot.notice.is_some() {
        headers.extend(flash::clear().map(|cookie| (header::SET_COOKIE, cookie)));
    }
    response
}
