//! From stored records to a launch: by way of the latest snapshot when there is one.

use std::sync::Arc;

use serde::{Deserialize, Serialize};
use startklar::{Launch, time::Instant};

use super::{
    Failure,
    beginning::SAMPLE,
    commands::Commands,
    journal::{Entry, Tail},
};
use crate::store::{Snapshot, Store, StoreError};

/// Changes whenever a fold could come out differently: a snapshot of another version is passed over
/// and the stream folded anew. Which votes of a poll are void is of the fold and follows from the rules
/// that block, so a change of one of those is such a change.
const VERSION: u32 = 6;

/// Lines before a snapshot that are read too, so that pages and the first conflicts find them.
const BEHIND: u64 = 64;

/// Records read at once.
const PAGE: u32 = 2_000;

#[derive(Serialize)]
struct Write<'a> {
    version: u32,
    launch: &'a Launch,
}

#[derive(Deserialize)]
struct Read {
    version: u32,
    launch: Launch,
}

/// A launch as it is stored in a snapshot.
pub(super) fn write(launch: &Launch) -> Result<Vec<u8>, serde_json::Error> {
    serde_json::to_vec(&Write {
        version: VERSION,
        launch,
    })
}

/// The launch of a snapshot, if it is one of this version and of the record that it says.
fn read(snapshot: &Snapshot) -> Option<Launch> {
    let read: Read = serde_json::from_slice(&snapshot.payload).ok()?;
    (read.version == VERSION && read.launch.revision == snapshot.seq).then_some(read.launch)
}

/// A launch folded to its end, the newest lines of its journal, the commands seen on the way.
pub(super) struct Folded {
    pub(super) launch: Launch,
    pub(super) tail: Tail,
    pub(super) commands: Commands,
    /// Whether it was loaded as the sample.
    pub(super) sample: bool,
}

/// Folds a stream to its end. `None` when there is no such stream.
pub(super) async fn fold(store: &dyn Store, stream: &str) -> Result<Option<Folded>, Failure> {
    let snapshot = store.latest_snapshot(stream, None).await?;
    let mut launch = snapshot.as_ref().and_then(read).unwrap_or_default();
    let from = launch.revision.saturating_sub(BEHIND);
    let mut tail = Tail::default();
    let mut commands = Commands::from(from);
    let first = store.read(stream, 0, Some(1)).await?;
    let sample = first
        .first()
        .is_some_and(|stored| stored.command == SAMPLE.0);
    let mut after = from;
    loop {
        let records = store.read(stream, after, Some(PAGE)).await?;
        let full = records.len() == PAGE as usize;
        for stored in &records {
            after = stored.seq;
            let line = Entry::read(stored)?;
            if line.record.seq > launch.revision {
                launch.apply(&line.record);
            }
            commands.note(&line.record);
            tail.push(Arc::new(line));
        }
        if !full {
            break;
        }
    }
    // A snapshot goes with its record, so a launch beyond the last record cannot be.
    if launch.revision != after {
        let what = format!(
            "stream {stream} ends at {after}, its snapshot at {}",
            launch.revision
        );
        return Err(StoreError::Corrupt { what }.into());
    }
    Ok((after > 0).then_some(Folded {
        launch,
        tail,
        commands,
        sample,
    }))
}

/// Folds a stream up to and including a record.
pub(super) async fn fold_to(store: &dyn Store, stream: &str, seq: u64) -> Result<Launch, Failure> {
    let snapshot = store.latest_snapshot(stream, Some(seq)).await?;
    let mut launch = snapshot.as_ref().and_then(read).unwrap_or_default();
    while launch.revision < seq {
        let lack = seq - launch.revision;
        let limit = u32::try_from(lack).unwrap_or(PAGE).min(PAGE);
        let records = store.read(stream, launch.revision, Some(limit)).await?;
        if records.is_empty() {
            break;
        }
        for stored in &records {
            launch.apply(&Entry::read(stored)?.record);
        }
    }
    Ok(launch)
}

/// The number of the last record that happened by a moment, between `low` (which did, or is 0) and
/// `high` (which did not). Within a stream, time never goes backwards.
pub(super) async fn last_by(
    store: &dyn Store,
    stream: &str,
    at: Instant,
    (mut low, mut high): (u64, u64),
) -> Result<u64, Failure> {
    while low + 1 < high {
        let middle = low + (high - low) / 2;
        let records = store.read(stream, middle - 1, Some(1)).await?;
        let Some(stored) = records.first() else { break };
        if Entry::read(stored)?.record.at <= at {
            low = middle;
        } else {
            high = middle;
        }
    }
    Ok(low)
}
