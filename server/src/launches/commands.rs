//! The ids of commands that a stream holds, so that one that is sent twice is answered the same.

use std::collections::HashMap;

use startklar::{CommandId, Recorded};

/// Ids that are remembered for one launch; for older ones the store is asked.
const REMEMBERED: usize = 5_000;

/// First and last event of each command, as far as they were seen.
#[derive(Debug, Default)]
pub(super) struct Commands {
    known: HashMap<CommandId, (u64, u64)>,
    /// All events above this number were seen.
    from: u64,
}

impl Commands {
    /// Nothing seen up to and including this event.
    pub(super) fn from(from: u64) -> Self {
        Self {
            known: HashMap::new(),
            from,
        }
    }

    /// Takes in the next event.
    pub(super) fn note(&mut self, record: &Recorded) {
        // Events of one command are neighbours, so none is cut in two here.
        if self.known.len() >= REMEMBERED && !self.known.contains_key(&record.command) {
            self.known.clear();
            self.from = record.seq - 1;
        }
        let range = self
            .known
            .entry(record.command)
            .or_insert((record.seq, record.seq));
        range.1 = record.seq;
    }

    /// Where a command stands, if it was seen.
    pub(super) fn find(&self, id: CommandId) -> Option<(u64, u64)> {
        self.known.get(&id).copied()
    }

    /// Whether a command that was not seen does not exist.
    pub(super) fn are_all(&self) -> bool {
        self.from == 0
    }
}
