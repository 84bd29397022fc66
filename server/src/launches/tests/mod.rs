//! The use cases on a throwaway store: crowds, repetition, conflict, failure, the past.
#![allow(clippy::unwrap_used, clippy::panic, reason = "tests fail by panic")]

mod beginning;
mod crowd;
mod files;
mod flaky;
mod past;
pub(crate) mod trust;
mod weeks;
mod workspace;
mod writing;

use std::sync::Arc;

use startklar::{
    Actor, Command, CommandId, ItemId, LaunchId, Locale, PersonId,
    template::Tier,
    time::{Instant, parse_instant},
};
use uuid::Uuid;

use super::{Done, Failure, Launches, Live, Sharing, Start, Submission, When};
use crate::{
    metrics::Metrics,
    store::{self, Store},
};

/// Launches on a store, with one launch from the template.
struct Desk {
    launches: Arc<Launches>,
    store: Arc<dyn Store>,
    live: Arc<Live>,
    me: PersonId,
}

fn now() -> Instant {
    parse_instant("2026-03-02T09:00:00Z").unwrap()
}

fn new_id() -> CommandId {
    CommandId(Uuid::now_v7())
}

fn start(title: &str) -> Start {
    Start {
        id: None,
        title: title.parse().unwrap(),
        note: None,
        when: When::At(parse_instant("2026-05-12T08:00:00Z").unwrap()),
        zone: "Europe/Berlin".to_owned(),
        start: None,
        weeks: None,
        watch_days: None,
        size: Some(Tier::Large),
        template: None,
        locale: Locale::En,
    }
}

async fn open(store: &Arc<dyn Store>, sharing: Sharing) -> Arc<Launches> {
    let metrics = Arc::new(Metrics::new().unwrap());
    Launches::open(Arc::clone(store), sharing, metrics)
        .await
        .unwrap()
}

impl Desk {
    async fn new() -> Self {
        Self::on(
            store::open("sqlite::memory:").await.unwrap(),
            Sharing::Alone,
        )
        .await
    }

    async fn on(store: Arc<dyn Store>, sharing: Sharing) -> Self {
        let launches = open(&store, sharing).await;
        let me = launches.people().add("Lena Novak").await.unwrap().id;
        let begun = launches
            .begin(start("Shop"), new_id(), Actor::person(me), now())
            .await;
        Self {
            live: begun.unwrap(),
            launches,
            store,
            me,
        }
    }

    fn id(&self) -> &LaunchId {
        self.live.id()
    }

    /// The items that a tick closes without more.
    fn plain_items(&self) -> Vec<ItemId> {
        let launch = self.live.launch();
        let plain = launch
            .items
            .rows()
            .iter()
            .filter(|item| item.evidence.is_none() && item.needs.is_empty());
        plain.map(|item| item.id.clone()).collect()
    }

    async fn send(&self, command: Command) -> Result<Done, Failure> {
        self.send_as(self.me, new_id(), command, None, now()).await
    }

    async fn send_as(
        &self,
        by: PersonId,
        id: CommandId,
        command: Command,
        seen: Option<u64>,
        at: Instant,
    ) -> Result<Done, Failure> {
        let submission = Submission {
            id,
            command,
            seen,
            only_at: None,
        };
        self.launches
            .submit(self.id(), submission, Actor::person(by), at)
            .await
    }
}

fn tick(item: &ItemId) -> Command {
    Command::TickItem {
        item: item.clone(),
        evidence: None,
    }
}

fn rename(title: &str) -> Command {
    Command::Rename {
        title: title.parse().unwrap(),
        note: None,
    }
}
