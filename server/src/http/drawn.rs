//! The pages that the server draws alone: what was said of a launch, week by week; the poll and the
//! decision; change notices; the calendar; how good the forecasts were. They carry no more of a launch than its name and dates.

use std::sync::Arc;

use axum::{
    Router,
    extract::{Path, State},
    http::header,
    response::{IntoResponse as _, Response},
    routing::get,
};
use startklar::{Launch, LaunchId, time::Instant};
use startklar_app::{
    boot::{Boot, Page},
    decision::Room,
    weeks::Told,
};

use super::{
    App,
    pages::{Visitor, failed, missing, render},
};
use crate::{
    launches::{Failure, Live},
    print::Fonts,
};

/// The routes of these pages.
pub(super) fn router() -> Router<App> {
    Router::new()
        .route("/l/{id}/weeks", get(weeks))
        .route("/l/{id}/decision", get(decision))
        .route("/l/{id}/decision/{poll}/minutes.pdf", get(minutes))
        .route("/l/{id}/notices", get(notices))
        .route("/l/{id}/calendar", get(calendar))
        .route("/trust", get(trust))
}

async fn trust(State(app): State<App>, visitor: Visitor) -> Response {
    let mut boot = visitor.boot(&app, Page::Trust);
    match app.launches.tried().await {
        Ok(tried) => {
            boot.tried = tried.into();
            render(&app, &boot)
        }
        Err(failure) => failed(&app, &visitor, failure),
    }
}

async fn weeks(State(app): State<App>, Path(id): Path<String>, visitor: Visitor) -> Response {
    let told = match live(&app, &id).await {
        Ok(live) => told(&app, &live, &visitor).await,
        Err(failure) => Err(failure),
    };
    shown_or_failed(&app, &visitor, told)
}

async fn decision(State(app): State<App>, Path(id): Path<String>, visitor: Visitor) -> Response {
    let room = match live(&app, &id).await {
        Ok(live) => room(&app, &live, &visitor).await,
        Err(failure) => Err(failure),
    };
    shown_or_failed(&app, &visitor, room)
}

/// The minutes of a poll as a page to print.
async fn minutes(
    State(app): State<App>,
    Path((id, poll)): Path<(String, String)>,
    visitor: Visitor,
) -> Response {
    let printed = match live(&app, &id).await {
        Ok(live) => printed(&app, &live, &poll, &visitor).await,
        Err(failure) => Err(failure),
    };
    match printed {
        Ok(Some(pdf)) => pdf,
        Ok(None) | Err(Failure::NoLaunch) => missing(&app, &visitor),
        Err(failure) => failed(&app, &visitor, failure),
    }
}

/// `None` where there is no such poll.
async fn printed(
    app: &App,
    live: &Live,
    poll: &str,
    visitor: &Visitor,
) -> Result<Option<Response>, Failure> {
    let Ok(poll) = poll.parse() else {
        return Ok(None);
    };
    let minutes = app.launches.minutes(live, Some(poll), visitor.now).await?;
    let Some(minutes) = minutes else {
        return Ok(None);
    };
    // It goes with the work, which nobody can take back who hangs up.
    let room = Arc::clone(&app.prints).acquire_owned().await;
    let name = format!("{}-{}.pdf", live.id(), minutes.number);
    let (people, locale) = (app.launches.people().all(), visitor.reader.locale);
    let print = move || {
        let _room = room;
        minutes.print(&people, locale, &mut Fonts::own())
    };
    let printed = tokio::task::spawn_blocking(print).await;
    let printed = printed.map_err(|error| Failure::Broken(error.to_string()))?;
    let printed = printed.map_err(|error| Failure::Broken(error.to_string()))?;
    let headers = [
        (header::CONTENT_TYPE, "application/pdf".to_owned()),
        (
            header::CONTENT_DISPOSITION,
            format!("inline; filename=\"{name}\""),
        ),
        (header::CACHE_CONTROL, "private, no-cache".to_owned()),
    ];
    Ok(Some((headers, printed.pdf).into_response()))
}

async fn notices(State(app): State<App>, Path(id): Path<String>, visitor: Visitor) -> Response {
    let live = live(&app, &id).await;
    let boot = live.map(|live| {
        let launch = live.launch();
        Boot {
            launch: Some(Arc::new(named(&launch))),
            room: Some(Room {
                launch,
                then: None,
                beside: Vec::new(),
            }),
            // The app does not follow it, a script asks for it anew.
            past: Some(visitor.now),
            ..visitor.boot(&app, Page::Notices)
        }
    });
    shown_or_failed(&app, &visitor, boot)
}

async fn calendar(State(app): State<App>, Path(id): Path<String>, visitor: Visitor) -> Response {
    let around = match live(&app, &id).await {
        Ok(live) => around(&app, &live, &visitor).await,
        Err(failure) => Err(failure),
    };
    shown_or_failed(&app, &visitor, around)
}

/// The launch, and those beside it.
async fn around(app: &App, live: &Live, visitor: &Visitor) -> Result<Boot, Failure> {
    let launch = live.launch();
    let beside = app.launches.beside(live.id()).await?;
    Ok(Boot {
        launch: Some(Arc::new(named(&launch))),
        room: Some(Room {
            launch,
            then: None,
            beside,
        }),
        // The app does not follow it, a script asks for it anew.
        past: Some(visitor.now),
        ..visitor.boot(app, Page::Calendar)
    })
}

async fn live(app: &App, id: &str) -> Result<Arc<Live>, Failure> {
    match id.parse::<LaunchId>() {
        Ok(id) => app.launches.get(&id).await,
        Err(_) => Err(Failure::NoLaunch),
    }
}

fn shown_or_failed(app: &App, visitor: &Visitor, boot: Result<Boot, Failure>) -> Response {
    match boot {
        Ok(boot) => render(app, &boot),
        Err(Failure::NoLaunch) => missing(app, visitor),
        Err(failure) => failed(app, visitor, failure),
    }
}

/// The launch as it stands and as it stood when its latest poll was opened.
async fn room(app: &App, live: &Live, visitor: &Visitor) -> Result<Boot, Failure> {
    let mut boot = visitor.boot(app, Page::Decision);
    let launch = live.launch();
    let then = match launch.polls.last() {
        Some(poll) => Some(app.launches.after(live, poll.revision).await?),
        None => None,
    };
    boot.launch = Some(Arc::new(named(&launch)));
    let beside = Vec::new();
    boot.room = Some(Room {
        launch,
        then,
        beside,
    });
    // The app does not follow it, a script asks for it anew.
    boot.past = Some(visitor.now);
    Ok(boot)
}

async fn told(app: &App, live: &Live, visitor: &Visitor) -> Result<Boot, Failure> {
    let week = visitor.field("week").and_then(|week| week.parse().ok());
    let mut boot = visitor.boot(app, Page::Weeks { week });
    let (people, locale) = (Arc::clone(&boot.people), boot.locale);
    let base = format!("/l/{}", live.id());
    let tell = move |week, launch: &_, assessment: &_, chances| {
        Told::of(week, (launch, assessment), chances, &people, locale, &base)
    };
    boot.weeks = app.launches.weeks(live, visitor.now, tell).await?.into();
    boot.launch = Some(Arc::new(named(&live.launch())));
    boot.past = Some(shown(&boot, week));
    Ok(boot)
}

/// The moment that the page speaks of. What is shown as past is not followed.
fn shown(boot: &Boot, week: Option<u16>) -> Instant {
    let asked = boot
        .weeks
        .iter()
        .find(|told| Some(told.week.number) == week);
    asked
        .or(boot.weeks.last())
        .map_or(boot.now, |told| told.week.at)
}

/// A launch's name and dates, and nothing else of it.
pub(super) fn named(launch: &Launch) -> Launch {
    Launch {
        schedule: launch.schedule.clone(),
        revision: launch.revision,
        ..Launch::default()
    }
}
