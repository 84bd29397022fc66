//! The launches in memory: those in use, and the last ones that were.

use std::{
    collections::HashMap,
    sync::{Arc, Mutex, MutexGuard, PoisonError, Weak},
};

use startklar::LaunchId;

use super::live::Live;

/// Launches that stay in memory though nobody uses them right now. One takes some hundred kilobytes.
const KEEP: usize = 48;

/// One launch: kept, or only known as long as somebody uses it.
struct Slot {
    kept: Option<Arc<Live>>,
    used: Weak<Live>,
    /// When it was last asked for, on the cache's own clock.
    at: u64,
}

#[derive(Default)]
struct Slots {
    by_id: HashMap<LaunchId, Slot>,
    clock: u64,
}

/// The launches in memory. There is never more than one [`Live`] of a launch.
#[derive(Default)]
pub(super) struct Cache {
    slots: Mutex<Slots>,
    loading: Mutex<HashMap<LaunchId, Arc<tokio::sync::Mutex<()>>>>,
}

impl Cache {
    fn slots(&self) -> MutexGuard<'_, Slots> {
        self.slots.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// A launch that is in memory.
    pub(super) fn get(&self, id: &LaunchId) -> Option<Arc<Live>> {
        let mut slots = self.slots();
        slots.clock += 1;
        let at = slots.clock;
        let slot = slots.by_id.get_mut(id)?;
        let live = slot.used.upgrade()?;
        slot.at = at;
        if slot.kept.is_none() {
            slot.kept = Some(Arc::clone(&live));
            slots.evict();
        }
        Some(live)
    }

    /// The same, without counting as use.
    pub(super) fn peek(&self, id: &LaunchId) -> Option<Arc<Live>> {
        self.slots().by_id.get(id)?.used.upgrade()
    }

    /// Whoever holds this lock may load the launch; the others wait and find it.
    pub(super) fn loading(&self, id: &LaunchId) -> Arc<tokio::sync::Mutex<()>> {
        let mut loading = self.loading.lock().unwrap_or_else(PoisonError::into_inner);
        // Locks that nobody holds or waits for have done their work.
        loading.retain(|_, lock| Arc::strong_count(lock) > 1);
        Arc::clone(loading.entry(id.clone()).or_default())
    }

    /// Takes a launch in.
    pub(super) fn put(&self, live: &Arc<Live>) {
        let mut slots = self.slots();
        slots.clock += 1;
        let slot = Slot {
            kept: Some(Arc::clone(live)),
            used: Arc::downgrade(live),
            at: slots.clock,
        };
        slots.by_id.insert(live.id().clone(), slot);
        slots.evict();
    }

    /// Forgets a launch; gives it back if somebody still uses it.
    pub(super) fn remove(&self, id: &LaunchId) -> Option<Arc<Live>> {
        self.slots().by_id.remove(id)?.used.upgrade()
    }

    /// All launches in memory.
    pub(super) fn all(&self) -> Vec<Arc<Live>> {
        self.slots()
            .by_id
            .values()
            .filter_map(|slot| slot.used.upgrade())
            .collect()
    }
}

impl Slots {
    /// Lets go of the launches that were not asked for the longest, and of those that are gone.
    fn evict(&mut self) {
        let kept = self
            .by_id
            .values()
            .filter(|slot| slot.kept.is_some())
            .count();
        for _ in KEEP..kept {
            let oldest = self.by_id.values_mut().filter(|slot| slot.kept.is_some());
            if let Some(slot) = oldest.min_by_key(|slot| slot.at) {
                slot.kept = None;
            }
        }
        self.by_id.retain(|_, slot| slot.used.strong_count() > 0);
    }
}
