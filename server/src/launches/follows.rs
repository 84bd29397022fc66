//! Items that somebody follows, and what others did to them: read from the journal, as everything else.

use std::collections::BTreeMap;

use chrono::TimeDelta;
use startklar::{
    ItemId, Launch, LaunchId, Locale, PersonId, Recorded,
    engine::Subject,
    texts::{day_seen, event_subject, event_text, fill},
    time::Instant,
};
use startklar_app::owed::Followed;

use super::{Entry, Failure, Launches};
use crate::store::Follow;

/// How long a change is news.
const NEWS: TimeDelta = TimeDelta::days(7);

/// Most lines of a journal that are looked through, from its end.
const LINES: u64 = 1_000;

/// Most changes that are told of one item.
const TOLD: usize = 5;

/// Most items that one person follows.
const MOST: usize = 200;

impl Launches {
    /// Whether somebody follows an item.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub async fn is_followed(
        &self,
        person: PersonId,
        launch: &LaunchId,
        item: &ItemId,
    ) -> Result<bool, Failure> {
        let all = self.store.follow_store().follows_of(person.0).await?;
        let is_it = |one: &Follow| one.launch == launch.as_str() && one.item == item.as_str();
        Ok(all.iter().any(is_it))
    }

    /// Begins to follow an item, or ends it. Says whether it could: there is a most of them.
    ///
    /// # Errors
    /// [`Failure::NoLaunch`] where there is no such launch or no such item in it.
    pub async fn follow(
        &self,
        person: PersonId,
        (launch, item): (&LaunchId, &ItemId),
        on: bool,
        now: Instant,
    ) -> Result<bool, Failure> {
        let kept = self.store.follow_store();
        if !on {
            kept.end_follow(person.0, launch.as_str(), item.as_str())
                .await?;
            return Ok(true);
        }
        if self.peek(launch).await?.items.get(item).is_none() {
            return Err(Failure::NoLaunch);
        }
        if kept.follows_of(person.0).await?.len() >= MOST {
            return Ok(false);
        }
        kept.put_follow(Follow {
            person: person.0,
            launch: launch.to_string(),
            item: item.to_string(),
            since: now.timestamp(),
        })
        .await?;
        Ok(true)
    }

    /// What somebody follows, with what others did to it since they do and in the last seven days; what
    /// changed last first.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub async fn followed(
        &self,
        person: PersonId,
        locale: Locale,
        now: Instant,
    ) -> Result<Vec<Followed>, Failure> {
        let mut launches: BTreeMap<LaunchId, Vec<(ItemId, i64)>> = BTreeMap::new();
        for follow in self.store.follow_store().follows_of(person.0).await? {
            if let (Ok(launch), Ok(item)) = (follow.launch.parse(), follow.item.parse()) {
                let items = launches.entry(launch).or_default();
                items.push((item, follow.since));
            }
        }
        let mut all = Vec::new();
        for (id, items) in launches {
            let launch = match self.peek(&id).await {
                Ok(launch) => launch,
                // It was the sample, and is thrown away.
                Err(Failure::NoLaunch) => continue,
                Err(failure) => return Err(failure),
            };
            let records = self.lately(&id, &launch, now - NEWS).await?;
            let case = Case {
                launches: self,
                id: &id,
                launch: &launch,
                person,
                locale,
                now,
            };
            let found = items.iter().filter_map(|(item, since)| {
                let new = |record: &&Recorded| record.at.timestamp() >= *since;
                case.followed(item, records.iter().filter(new))
            });
            all.extend(found);
        }
        all.sort_by_key(|one: &Followed| std::cmp::Reverse(one.last));
        Ok(all)
    }

    /// What happened in a launch from a moment on, the latest first.
    async fn lately(
        &self,
        id: &LaunchId,
        launch: &Launch,
        from: Instant,
    ) -> Result<Vec<Recorded>, Failure> {
        if launch.touched.is_none_or(|touched| touched < from) {
            return Ok(Vec::new());
        }
        let after = launch.revision.saturating_sub(LINES);
        let stored = self.store.read(id.as_str(), after, None).await?;
        let mut records = Vec::new();
        for stored in stored.iter().rev() {
            let record = Entry::read(stored)?.record;
            if record.at < from {
                break;
            }
            records.push(record);
        }
        Ok(records)
    }
}

struct Case<'a> {
    launches: &'a Launches,
    id: &'a LaunchId,
    launch: &'a Launch,
    person: PersonId,
    locale: Locale,
    now: Instant,
}

impl Case<'_> {
    /// An item with what others did to it; nothing where the launch has no such item any more.
    fn followed<'r>(
        &self,
        id: &ItemId,
        records: impl Iterator<Item = &'r Recorded>,
    ) -> Option<Followed> {
        let ix = self.launch.items.find(id)?;
        let item = self.launch.items.at(ix)?;
        let about = |record: &&Recorded| {
            record.by != self.person
                && event_subject(self.launch, &record.event) == Some(Subject::Item(ix))
        };
        let mut changes = records.filter(about).peekable();
        let last = changes.peek().map(|record| record.at);
        let told = changes.take(TOLD).map(|record| self.told(record));
        Some(Followed {
            launch: self.id.clone(),
            launch_title: self.launch.title().to_owned(),
            item: id.clone(),
            title: item.title.to_string(),
            today: self.launch.day(self.now),
            changes: told.collect(),
            last,
        })
    }

    /// Who did what, and when.
    fn told(&self, record: &Recorded) -> String {
        let people = self.launches.people().all();
        let t = self.locale.catalogue();
        let by = Some(record.by);
        let (words, _) = event_text(self.launch, &record.event, by, &people, self.locale);
        let who = people.name(record.by).unwrap_or(t.common.somebody_unknown);
        let today = self.launch.day(self.now);
        let when = day_seen(self.locale, today, self.launch.day(record.at));
        fill(
            t.follow.change,
            &[("who", &who), ("words", &words), ("when", &when)],
        )
    }
}
