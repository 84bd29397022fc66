//! What the order of a file does not say by itself: who came first of those that came at the same
//! moment, and where a story was before its epic was there.

use std::collections::BTreeMap;

use crate::{
    id::EpicId,
    model::{Launch, Story},
    time::Instant,
};

/// For entries in the order of the file, with when they came and as which: their order among those
/// of the same moment, where the file's own order would be wrong.
pub(super) fn orders(entries: &[(Instant, usize)]) -> Vec<Option<u32>> {
    let mut moments: BTreeMap<Instant, Vec<usize>> = BTreeMap::new();
    for (at, came) in entries {
        moments.entry(*at).or_default().push(*came);
    }
    let sorted = |at: &Instant| moments.get(at).is_none_or(|list| list.is_sorted());
    let order = |(at, came): &(Instant, usize)| {
        (!sorted(at)).then(|| u32::try_from(*came).unwrap_or(u32::MAX))
    };
    entries.iter().map(order).collect()
}

/// The epics through which a story came that is older than its epic, the first one first.
///
/// It need not be the way that it took; it is one that it could have taken. An epic that was
/// accepted while the story would have been in it is none. Going back from an epic to the oldest
/// one that is possible always arrives, since the story itself came by some such way.
pub(super) fn origin(launch: &Launch, story: &Story) -> Vec<EpicId> {
    let mut way = Vec::new();
    let mut at = launch.epics.at(story.epic);
    while let Some(epic) = at.filter(|epic| epic.added > story.added) {
        let older = launch.epics.rows().iter().filter(|other| {
            other.added < epic.added && other.accepted.is_none_or(|a| a.at >= epic.added)
        });
        at = older.min_by_key(|other| other.added);
        way.extend(at.map(|other| other.id.clone()));
    }
    way.reverse();
    way
}
