//! The use cases: the only place that decides and appends. Pages, forms, API and command line are
//! thin adapters over it, so that they cannot drift.
//!
//! A launch in use is folded in memory ([`Live`]); one task of its own decides and appends for it.
//! What the store tells, from this process or another, keeps what is in memory up to date.

mod beginning;
mod cache;
mod commands;
mod edits;
mod failure;
mod files;
mod folding;
mod follows;
mod journal;
mod live;
mod minutes;
mod news;
mod overview;
mod owed;
mod past;
mod people;
mod templates;
#[cfg(test)]
pub(crate) mod tests;
mod trust;
mod weeks;
mod workspace;
mod writer;

use std::{
    collections::BTreeMap,
    sync::{Arc, PoisonError, RwLock},
};

use startklar::{Actor, Launch, LaunchId, time::Instant};
use tokio_util::sync::{CancellationToken, DropGuard};

pub use beginning::{Start, When};
pub use failure::{Change, Failure};
pub use files::Upload;
pub use journal::{Entry, Frame};
pub use live::{Done, Live, Submission};
pub use overview::Listed;
pub use people::Directory;
pub use templates::Renewal;
pub use workspace::Affected;

use self::{cache::Cache, live::Shared, overview::Overview, past::Past, writer::Writer};
use crate::{metrics::Metrics, store::Store};

/// Whether other processes append to the same store.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Sharing {
    /// This process has the store for itself.
    Alone,
    /// There may be others.
    Shared,
}

/// All launches of a store.
pub struct Launches {
    store: Arc<dyn Store>,
    sharing: Sharing,
    people: Directory,
    /// Where each stream ends, as far as the store has told.
    known: RwLock<BTreeMap<LaunchId, u64>>,
    cache: Cache,
    past: Past,
    overview: Overview,
    tried: trust::Known,
    governed: workspace::Known,
    metrics: Arc<Metrics>,
    /// Ends the task that listens.
    _listening: DropGuard,
}

impl Launches {
    /// Opens the launches of a store and listens to what it tells from now on.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub async fn open(
        store: Arc<dyn Store>,
        sharing: Sharing,
        metrics: Arc<Metrics>,
    ) -> Result<Arc<Self>, Failure> {
        // Before the first look, so that nothing falls in between.
        let news = store.subscribe();
        let stop = CancellationToken::new();
        let launches = Arc::new(Self {
            people: Directory::open(Arc::clone(&store)).await?,
            known: RwLock::default(),
            cache: Cache::default(),
            past: Past::default(),
            overview: Overview::default(),
            tried: trust::Known::default(),
            governed: workspace::Known::default(),
            metrics,
            _listening: stop.clone().drop_guard(),
            sharing,
            store,
        });
        launches.look().await?;
        tokio::spawn(news::listen(Arc::downgrade(&launches), news, stop));
        Ok(launches)
    }

    /// The directory of people.
    pub fn people(&self) -> &Directory {
        &self.people
    }

    /// The store beneath.
    pub fn store(&self) -> &dyn Store {
        &*self.store
    }

    /// The ids of all launches.
    pub fn ids(&self) -> Vec<LaunchId> {
        let known = self.known.read().unwrap_or_else(PoisonError::into_inner);
        known.keys().cloned().collect()
    }

    /// Whether there is any launch.
    pub fn is_empty(&self) -> bool {
        self.known
            .read()
            .unwrap_or_else(PoisonError::into_inner)
            .is_empty()
    }

    /// A launch, from memory or folded from the journal.
    ///
    /// # Errors
    /// [`Failure::NoLaunch`] when there is none with this id.
    pub async fn get(&self, id: &LaunchId) -> Result<Arc<Live>, Failure> {
        if let Some(live) = self.cache.get(id) {
            return Ok(live);
        }
        let loading = self.cache.loading(id);
        let _lock = loading.lock().await;
        if let Some(live) = self.cache.get(id) {
            return Ok(live);
        }
        let folded = folding::fold(&*self.store, id.as_str()).await?;
        let folded = folded.ok_or(Failure::NoLaunch)?;
        self.metrics.folded.inc();
        let shared = Shared::new(id.clone(), folded.launch, folded.tail, folded.sample);
        let (live, queue) = Live::new(Arc::new(shared));
        let live = Arc::new(live);
        let writer = Writer::new(
            Arc::clone(&live.shared),
            folded.commands,
            Arc::clone(&self.store),
            Arc::clone(&self.metrics),
            self.sharing == Sharing::Alone,
        );
        let metrics = Arc::clone(&self.metrics);
        metrics.live.inc();
        tokio::spawn(async move {
            writer.run(queue).await;
            metrics.live.dec();
        });
        self.cache.put(&live);
        // What came after the journal was read and before the cache knew the launch.
        live.shared.hear(self.head(id));
        Ok(live)
    }

    /// A launch as it stands, without keeping it in memory for its sake.
    async fn peek(&self, id: &LaunchId) -> Result<Arc<Launch>, Failure> {
        if let Some(live) = self.cache.peek(id) {
            return Ok(live.launch());
        }
        self.metrics.folded.inc();
        let folded = folding::fold(&*self.store, id.as_str()).await?;
        folded
            .map(|folded| Arc::new(folded.launch))
            .ok_or(Failure::NoLaunch)
    }

    /// Sends a command to a launch. What comes back is durable.
    ///
    /// # Errors
    /// Why it did not happen. [`Failure::Busy`] and most store errors say that it may be sent
    /// again under the same id.
    pub async fn submit(
        &self,
        id: &LaunchId,
        mut submission: Submission,
        actor: Actor,
        now: Instant,
    ) -> Result<Done, Failure> {
        submission.command.mention(&self.people.all());
        self.get(id).await?.submit(submission, actor, now).await
    }

    /// Throws a launch away that was loaded as the sample.
    ///
    /// # Errors
    /// [`Failure::NotSample`] for every other launch.
    pub async fn discard(&self, id: &LaunchId) -> Result<(), Failure> {
        let live = self.get(id).await?;
        if !live.is_sample() {
            return Err(Failure::NotSample);
        }
        self.forget(id);
        self.store.discard(id.as_str()).await?;
        Ok(())
    }

    /// The lines of a launch's journal above a number, the oldest first.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub async fn lines(
        &self,
        live: &Live,
        after: u64,
        limit: usize,
    ) -> Result<Vec<Arc<Entry>>, Failure> {
        if after >= live.shared.revision() {
            return Ok(Vec::new());
        }
        if let Some(lines) = live.shared.tail_after(after, limit) {
            return Ok(lines);
        }
        let limit = u32::try_from(limit).unwrap_or(u32::MAX);
        let stored = self
            .store
            .read(live.id().as_str(), after, Some(limit))
            .await?;
        stored
            .iter()
            .map(|stored| Entry::read(stored).map(Arc::new))
            .collect()
    }

    /// The lines up to and including a number, the newest first.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub async fn lines_back(
        &self,
        live: &Live,
        last: u64,
        limit: usize,
    ) -> Result<Vec<Arc<Entry>>, Failure> {
        let after = last.saturating_sub(limit as u64);
        let many = usize::try_from(last - after).unwrap_or(limit);
        let mut lines = self.lines(live, after, many).await?;
        lines.reverse();
        Ok(lines)
    }

    fn head(&self, id: &LaunchId) -> u64 {
        let known = self.known.read().unwrap_or_else(PoisonError::into_inner);
        known.get(id).copied().unwrap_or_default()
    }

    /// Notes that a stream reaches at least to here.
    fn know(&self, id: LaunchId, seq: u64) {
        let mut known = self.known.write().unwrap_or_else(PoisonError::into_inner);
        let head = known.entry(id).or_default();
        *head = seq.max(*head);
    }

    fn forget(&self, id: &LaunchId) {
        if let Some(live) = self.cache.remove(id) {
            live.shared.gone.cancel();
        }
        self.known
            .write()
            .unwrap_or_else(PoisonError::into_inner)
            .remove(id);
        self.past.forget(id);
        self.overview.forget(id);
        self.tried.forget(id);
    }
}
