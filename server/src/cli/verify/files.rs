//! Whether the files that a journal ever attached are there, each with the content that it had.

use std::{
    collections::BTreeMap,
    sync::{Mutex, PoisonError},
};

use startklar::{Event, Recorded};

use crate::store::{Record, Store, StoreError};

/// A file that a record attached, by its stream and its sum.
type Mentioned = BTreeMap<(String, String), (u64, String)>;

/// Notes the files that records attach, while the journal is walked.
#[derive(Default)]
pub(super) struct Files(Mutex<Mentioned>);

/// A file that was looked at.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Looked {
    /// The stream.
    pub(super) stream: String,
    /// The number of the first record that attached it.
    pub(super) record: u64,
    /// What it is called there.
    pub(super) name: String,
    /// Its SHA-256, as the journal has it.
    pub(super) sha256: String,
    /// What is wrong with it.
    pub(super) fault: Option<Fault>,
}

/// What is wrong with a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Fault {
    /// Its content is not there.
    Missing,
    /// What is there has another sum.
    Another,
}

impl Files {
    /// Notes what a record attaches, if it is one that this version can read.
    pub(super) fn note(&self, record: &Record) {
        let read = Recorded::read(&record.payload).map(|read| read.event);
        if let Ok(Event::FileAttached(detail)) = read {
            let key = (record.stream.clone(), detail.file.sha256.to_string());
            let name = detail.file.name.to_string();
            let mut all = self.0.lock().unwrap_or_else(PoisonError::into_inner);
            all.entry(key).or_insert((record.seq, name));
        }
    }

    /// Looks at all that were noted, one at a time: together they may be larger than the memory.
    pub(super) async fn look(self, store: &dyn Store) -> Result<Vec<Looked>, StoreError> {
        let all = self.0.into_inner().unwrap_or_else(PoisonError::into_inner);
        let mut looked = Vec::with_capacity(all.len());
        for ((stream, sha256), (record, name)) in all {
            let fault = match store.file_store().file(&stream, &sha256).await? {
                None => Some(Fault::Missing),
                Some(file) => (!file.is_whole()).then_some(Fault::Another),
            };
            looked.push(Looked {
                stream,
                record,
                name,
                sha256,
                fault,
            });
        }
        Ok(looked)
    }
}
