//! How good the forecasts of the finished launches were. What is known of a launch is kept until it
//! changes: most are asked about again and again, and never change.

use std::{
    collections::HashMap,
    sync::{Arc, Mutex, PoisonError},
};

use startklar::LaunchId;
use startklar_app::trust::Tried;

use super::{Failure, Launches};

/// A launch up to an event: how its forecasts did, where it is finished.
type Kept = (u64, Option<Arc<Tried>>);

#[derive(Default)]
pub(super) struct Known(Mutex<HashMap<LaunchId, Kept>>);

impl Known {
    fn find(&self, id: &LaunchId, head: u64) -> Option<Kept> {
        let known = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        known.get(id).filter(|(seq, _)| *seq == head).cloned()
    }

    fn keep(&self, id: &LaunchId, kept: Kept) {
        let mut known = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        known.insert(id.clone(), kept);
    }

    pub(super) fn forget(&self, id: &LaunchId) {
        let mut known = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        known.remove(id);
    }
}

impl Launches {
    /// Every launch that was launched, forecast once more from its beginnings, by title.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub async fn tried(&self) -> Result<Vec<Arc<Tried>>, Failure> {
        let mut all = Vec::new();
        for id in self.ids() {
            match self.tried_one(&id).await {
                Ok(tried) => all.extend(tried),
                // It was thrown away in the meantime.
                Err(Failure::NoLaunch) => {}
                Err(failure) => return Err(failure),
            }
        }
        all.sort_by(|a, b| (&a.title, &a.id).cmp(&(&b.title, &b.id)));
        Ok(all)
    }

    async fn tried_one(&self, id: &LaunchId) -> Result<Option<Arc<Tried>>, Failure> {
        let head = match self.cache.peek(id) {
            Some(live) => live.shared.revision(),
            None => self.head(id),
        };
        if let Some((_, tried)) = self.tried.find(id, head) {
            return Ok(tried);
        }
        let launch = self.peek(id).await?;
        let seq = launch.revision;
        // Aside from the threads that answer.
        let tried = tokio::task::spawn_blocking(move || Tried::of(&launch).map(Arc::new)).await;
        let tried = tried.map_err(|error| Failure::Broken(error.to_string()))?;
        self.tried.keep(id, (seq, tried.clone()));
        Ok(tried)
    }
}
