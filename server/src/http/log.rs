//! Which lines of the journal a page starts with: no more than it shows.

use startklar::{Launch, Recorded, engine::Subject, texts::event_concerns};
use startklar_app::boot::{Boot, NEWS, Page};

use super::App;
use crate::launches::{Failure, Live};

/// Lines on the cockpit of a reader who was here before: what happened since is among them.
const SINCE: usize = 40;
/// Lines on the journal's page, and in the history of one thing.
const MANY: usize = 100;
/// Lines that are searched for the history of one thing.
const SEARCHED: usize = 10_000;

/// The lines for a page, newest first.
pub(super) async fn lines(
    app: &App,
    live: &Live,
    launch: &Launch,
    boot: &Boot,
) -> Result<Vec<Recorded>, Failure> {
    let newest = launch.revision;
    let (last, many) = match &boot.page {
        Page::Journal { before } => {
            let last = before.map_or(newest, |b| newest.min(b.saturating_sub(1)));
            (last, MANY)
        }
        Page::Cockpit if boot.seen.is_none() => (newest, NEWS),
        Page::Cockpit => (newest, SINCE),
        page => {
            return match subject(launch, page) {
                Some(subject) => history(app, live, launch, subject).await,
                None => Ok(Vec::new()),
            };
        }
    };
    let lines = app.launches.lines_back(live, last, many).await?;
    Ok(lines.iter().map(|line| line.record.clone()).collect())
}

/// What a page with a history is about.
fn subject(launch: &Launch, page: &Page) -> Option<Subject> {
    match page {
        Page::Item(id) => launch.items.find(id).map(Subject::Item),
        Page::Story(id) => launch.stories.find(id).map(Subject::Story),
        Page::Epic(id) => launch.epics.find(id).map(Subject::Epic),
        _ => None,
    }
}

async fn history(
    app: &App,
    live: &Live,
    launch: &Launch,
    subject: Subject,
) -> Result<Vec<Recorded>, Failure> {
    let lines = app
        .launches
        .lines_back(live, launch.revision, SEARCHED)
        .await?;
    let about = |line: &&_| about(launch, line, subject);
    Ok(lines
        .iter()
        .map(|line| &line.record)
        .filter(about)
        .take(MANY)
        .cloned()
        .collect())
}

fn about(launch: &Launch, record: &Recorded, subject: Subject) -> bool {
    event_concerns(launch, &record.event, subject)
}
