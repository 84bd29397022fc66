//! Lines of a journal in memory: read once, written once, shared by all who show or send them.

use std::{collections::VecDeque, sync::Arc};

use bytes::Bytes;
use startklar::Recorded;

use super::Failure;
use crate::store::{Record, StoreError};

/// One line, read and as it was written.
#[derive(Debug, Clone)]
pub struct Entry {
    /// What happened.
    pub record: Recorded,
    /// The same as one line of JSON.
    pub json: Arc<str>,
}

impl Entry {
    /// Writes a new line.
    pub(super) fn new(record: Recorded) -> Result<Self, Failure> {
        let json = record.write().map_err(|error| broken(&record, &error))?;
        Ok(Self {
            json: json.into(),
            record,
        })
    }

    /// Reads a line that was stored.
    pub(super) fn read(stored: &Record) -> Result<Self, Failure> {
        let record = Recorded::read(&stored.payload).map_err(|error| {
            let what = format!("stream {}, record {}: {error}", stored.stream, stored.seq);
            Failure::Store(StoreError::Corrupt { what })
        })?;
        // The store counts; what the line says of its number is only for those who read it alone.
        if record.seq != stored.seq {
            let what = format!(
                "stream {}: record {} says {}",
                stored.stream, stored.seq, record.seq
            );
            return Err(Failure::Store(StoreError::Corrupt { what }));
        }
        Ok(Self {
            json: Arc::clone(&stored.payload),
            record,
        })
    }
}

fn broken(record: &Recorded, error: &serde_json::Error) -> Failure {
    let what = format!("event {} has no JSON form: {error}", record.seq);
    Failure::Store(StoreError::Corrupt { what })
}

/// Events as the browser's `EventSource` reads them, in one piece for all who listen.
#[derive(Debug, Clone)]
pub struct Frame {
    /// The number of the first event in it.
    pub first: u64,
    /// The number of the last one.
    pub last: u64,
    /// The text of the stream.
    pub bytes: Bytes,
}

impl Frame {
    /// A frame of some lines; `None` when there are none.
    pub fn of<'a>(lines: impl IntoIterator<Item = &'a Arc<Entry>>) -> Option<Self> {
        use std::fmt::Write as _;
        let mut text = String::new();
        let mut numbers = None;
        for line in lines {
            let seq = line.record.seq;
            let (first, _) = numbers.unwrap_or((seq, seq));
            numbers = Some((first, seq));
            // A line of JSON has no line break in it, so one `data` field holds it. Writing to a
            // string cannot fail.
            let _ = write!(text, "id: {seq}\ndata: {}\n\n", line.json);
        }
        let (first, last) = numbers?;
        Some(Self {
            first,
            last,
            bytes: text.into(),
        })
    }
}

/// The newest lines of a stream, without a gap, the oldest first.
#[derive(Debug, Default)]
pub(super) struct Tail {
    lines: VecDeque<Arc<Entry>>,
}

/// How many lines stay in memory: enough for every page and for a browser that was away briefly.
const KEEP: usize = 256;

impl Tail {
    pub(super) fn push(&mut self, line: Arc<Entry>) {
        if self.lines.len() == KEEP {
            self.lines.pop_front();
        }
        self.lines.push_back(line);
    }

    /// The number of the oldest line here; `None` when there is none.
    pub(super) fn first(&self) -> Option<u64> {
        self.lines.front().map(|line| line.record.seq)
    }

    pub(super) fn iter(&self) -> impl DoubleEndedIterator<Item = &Arc<Entry>> {
        self.lines.iter()
    }

    /// The lines above a number, at most so many; `None` when some of them are no longer here.
    pub(super) fn after(&self, after: u64, limit: usize) -> Option<Vec<Arc<Entry>>> {
        let skip = usize::try_from((after + 1).checked_sub(self.first()?)?).ok()?;
        Some(self.lines.iter().skip(skip).take(limit).cloned().collect())
    }
}
