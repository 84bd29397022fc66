//! Random steps, compared with the simplest thing that could keep a journal.

use std::{collections::BTreeMap, sync::Arc};

use proptest::{
    prelude::*,
    test_runner::{Config, TestRunner},
};
use startklar_server::store::{Append, Appended, Link, Record, Store, StoreError};
use uuid::Uuid;

use crate::database::{Database, moment, payload};

#[derive(Debug, Clone)]
enum Step {
    /// At the end, or as many records off it.
    Append {
        stream: u8,
        off: i8,
        command: u8,
        count: u8,
    },
    Read {
        stream: u8,
        after: u8,
        limit: Option<u8>,
    },
    Snapshot {
        stream: u8,
        seq: u8,
    },
    Latest {
        stream: u8,
        at_most: Option<u8>,
    },
    DropSnapshots,
    Discard {
        stream: u8,
    },
}

fn step() -> impl Strategy<Value = Step> {
    let stream = 0..3_u8;
    // Mostly where the stream ends, as it is in life.
    let off = prop_oneof![6 => Just(0_i8), 1 => -2..3_i8];
    prop_oneof![
        8 => (stream.clone(), off, 0..12_u8, 1..5_u8)
            .prop_map(|(stream, off, command, count)| Step::Append { stream, off, command, count }),
        3 => (stream.clone(), 0..12_u8, prop::option::of(0..6_u8))
            .prop_map(|(stream, after, limit)| Step::Read { stream, after, limit }),
        2 => (stream.clone(), 0..12_u8).prop_map(|(stream, seq)| Step::Snapshot { stream, seq }),
        2 => (stream.clone(), prop::option::of(0..12_u8))
            .prop_map(|(stream, at_most)| Step::Latest { stream, at_most }),
        1 => Just(Step::DropSnapshots),
        1 => stream.prop_map(|stream| Step::Discard { stream }),
    ]
}

#[derive(Default)]
struct Model {
    streams: BTreeMap<String, Vec<Record>>,
    snapshots: BTreeMap<(String, u64), Vec<u8>>,
}

impl Model {
    fn end(&self, stream: &str) -> u64 {
        self.streams
            .get(stream)
            .map_or(0, |records| records.len() as u64)
    }

    fn append(&mut self, append: &Append) -> Result<Appended, u64> {
        let records = self.streams.entry(append.stream.clone()).or_default();
        let mut earlier = records
            .iter()
            .filter(|record| record.command == append.command);
        if let Some(Record { seq: first, .. }) = earlier.next() {
            let last = earlier.next_back().map_or(*first, |record| record.seq);
            return Ok(Appended::Repeated {
                first: *first,
                last,
            });
        }
        let end = records.len() as u64;
        if append.after != end {
            return Err(end);
        }
        for (seq, payload) in (end + 1..).zip(&append.payloads) {
            let before = records.last().map(|record| record.link).unwrap_or_default();
            let mut record = Record {
                stream: append.stream.clone(),
                seq,
                at: append.at,
                command: append.command,
                payload: payload.as_str().into(),
                link: Link::default(),
            };
            record.link = Link::of(&record, before);
            records.push(record);
        }
        Ok(Appended::Stored {
            first: end + 1,
            last: records.len() as u64,
        })
    }

    fn read(&self, stream: &str, after: u64, limit: Option<u32>) -> Vec<Record> {
        let records = self.streams.get(stream).into_iter().flatten();
        let limit = limit.map_or(usize::MAX, |limit| limit as usize);
        records
            .filter(|record| record.seq > after)
            .take(limit)
            .cloned()
            .collect()
    }

    fn latest(&self, stream: &str, at_most: Option<u64>) -> Option<(u64, &[u8])> {
        let mut all = self.snapshots.iter().filter(|((name, seq), _)| {
            name == stream && at_most.is_none_or(|at_most| *seq <= at_most)
        });
        all.next_back()
            .map(|((_, seq), payload)| (*seq, payload.as_slice()))
    }
}

pub(crate) async fn it_behaves_like_a_simple_model(database: Database) {
    let store = database.open().await;
    let runtime = tokio::runtime::Handle::current();
    let cases = if database.is_sqlite() { 96 } else { 48 };
    let check = move || {
        let mut runner = TestRunner::new(Config {
            cases,
            failure_persistence: None,
            ..Config::default()
        });
        let outcome = runner.run(&prop::collection::vec(step(), 1..40), |steps| {
            runtime.block_on(compare(Arc::clone(&store), steps));
            Ok(())
        });
        if let Err(error) = outcome {
            panic!("{error}");
        }
    };
    tokio::task::spawn_blocking(check).await.unwrap();
}

async fn compare(store: Arc<dyn Store>, steps: Vec<Step>) {
    store.drop_snapshots().await.unwrap();
    // Streams of its own for each case, so that they can share a database.
    let case = Uuid::new_v4();
    let name = |stream: u8| format!("{case} {stream}");
    let mut model = Model::default();
    for (at, step) in (0..).zip(steps) {
        match step {
            Step::Append {
                stream,
                off,
                command,
                count,
            } => {
                let stream = name(stream);
                let after = model.end(&stream).saturating_add_signed(off.into());
                let command = Uuid::from_u128(command.into());
                let payloads = (0..count)
                    .map(|i| payload(&stream, i.into(), command))
                    .collect();
                let append = Append {
                    stream,
                    after,
                    command,
                    at: moment(at),
                    payloads,
                };
                let expected = model.append(&append);
                match store.append(append).await {
                    Ok(appended) => assert_eq!(Ok(appended), expected),
                    Err(StoreError::Conflict { last, .. }) => assert_eq!(Err(last), expected),
                    Err(error) => panic!("{error}"),
                }
            }
            Step::Read {
                stream,
                after,
                limit,
            } => {
                let (stream, after, limit) = (name(stream), after.into(), limit.map(u32::from));
                let records = store.read(&stream, after, limit).await.unwrap();
                assert_eq!(records, model.read(&stream, after, limit));
            }
            Step::Snapshot { stream, seq } => {
                let (stream, seq, payload) = (name(stream), u64::from(seq), vec![seq, stream]);
                let put = store.put_snapshot(&stream, seq, payload.clone()).await;
                let allowed = (1..=model.end(&stream)).contains(&seq);
                assert_eq!(put.is_ok(), allowed);
                if allowed {
                    model.snapshots.insert((stream, seq), payload);
                }
            }
            Step::Latest { stream, at_most } => {
                let (stream, at_most) = (name(stream), at_most.map(u64::from));
                let found = store.latest_snapshot(&stream, at_most).await.unwrap();
                let found = found
                    .as_ref()
                    .map(|found| (found.seq, found.payload.as_slice()));
                assert_eq!(found, model.latest(&stream, at_most));
            }
            Step::DropSnapshots => {
                store.drop_snapshots().await.unwrap();
                model.snapshots.clear();
            }
            Step::Discard { stream } => {
                let stream = name(stream);
                let found = store.discard(&stream).await.unwrap();
                let records = model.streams.remove(&stream).unwrap_or_default();
                assert_eq!(found, !records.is_empty());
                model.snapshots.retain(|(name, _), _| *name != stream);
            }
        }
    }
    let heads = store.heads().await.unwrap().into_iter();
    let heads: Vec<_> = heads
        .filter(|head| head.stream.starts_with(&case.to_string()))
        .collect();
    let expected = model.streams.values().filter_map(|records| records.last());
    let expected: Vec<_> = expected
        .map(|last| (last.stream.as_str(), last.seq, last.at))
        .collect();
    let heads: Vec<_> = heads
        .iter()
        .map(|head| (head.stream.as_str(), head.seq, head.at))
        .collect();
    assert_eq!(heads, expected);
}
