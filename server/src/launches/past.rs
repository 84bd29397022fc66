//! A launch as it stood at an earlier moment: the same fold, to an earlier line.

use std::{
    collections::VecDeque,
    sync::{Arc, Mutex, PoisonError},
};

use startklar::{Launch, LaunchId, time::Instant};

use super::{Failure, Launches, Live, folding};

/// Folds to earlier lines that are kept: somebody who drags a slider comes back to them.
const KEEP: usize = 16;

#[derive(Default)]
pub(super) struct Past {
    folds: Mutex<VecDeque<(LaunchId, Arc<Launch>)>>,
}

impl Past {
    fn find(&self, id: &LaunchId, seq: u64) -> Option<Arc<Launch>> {
        let folds = self.folds.lock().unwrap_or_else(PoisonError::into_inner);
        let found = folds
            .iter()
            .find(|(of, launch)| of == id && launch.revision == seq);
        found.map(|(_, launch)| Arc::clone(launch))
    }

    fn keep(&self, id: &LaunchId, launch: &Arc<Launch>) {
        let mut folds = self.folds.lock().unwrap_or_else(PoisonError::into_inner);
        if folds.len() == KEEP {
            folds.pop_front();
        }
        folds.push_back((id.clone(), Arc::clone(launch)));
    }

    pub(super) fn forget(&self, id: &LaunchId) {
        let mut folds = self.folds.lock().unwrap_or_else(PoisonError::into_inner);
        folds.retain(|(of, _)| of != id);
    }
}

impl Launches {
    /// The launch as it stood at a moment. Before its first event that is how it began: an address
    /// of no launch would be of no use to anybody.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub async fn at(&self, live: &Live, at: Instant) -> Result<Arc<Launch>, Failure> {
        let (current, lines) = live.newest(usize::MAX);
        if current.touched.is_none_or(|touched| touched <= at) {
            return Ok(current);
        }
        let here = lines.iter().find(|line| line.record.at <= at);
        let seq = if let Some(line) = here {
            line.record.seq
        } else {
            let oldest = lines
                .last()
                .map_or(current.revision, |line| line.record.seq);
            folding::last_by(&*self.store, live.id().as_str(), at, (0, oldest)).await?
        };
        self.after(live, seq.max(1)).await
    }

    /// The launch as it stood after a line of its journal.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub async fn after(&self, live: &Live, seq: u64) -> Result<Arc<Launch>, Failure> {
        let current = live.launch();
        if current.revision == seq {
            return Ok(current);
        }
        if let Some(launch) = self.past.find(live.id(), seq) {
            return Ok(launch);
        }
        let launch = folding::fold_to(&*self.store, live.id().as_str(), seq).await?;
        let launch = Arc::new(launch);
        self.past.keep(live.id(), &launch);
        Ok(launch)
    }
}
