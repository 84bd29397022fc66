//! How many appends a second the store makes durable on `SQLite`, by one writer and by many.
//!
//! Divan prints the time of one round and the appends a second; a round of many writers holds as
//! many appends under way at once as there are writers, each for a launch of its own.
#![allow(clippy::unwrap_used, reason = "a benchmark that fails may panic")]

use std::sync::Arc;

use chrono::Utc;
use divan::{Bencher, counter::ItemsCount};
use startklar_server::store::{self, Append, Store};
use tokio::{runtime::Runtime, task::JoinSet};
use uuid::Uuid;

/// What ticking an item off weighs, about.
const PAYLOAD: &str = r#"{"v":1,"type":"item_ticked","item":"01890a5d-ac96-774b-bcce-b302099a8057","by":"01890a5d-ac96-774b-bcce-b302099a8058","evidence":"https://example.org/press-release","note":"Text checked by legal."}"#;

/// Appends by each writer in a round.
const EACH: u64 = 20;

fn main() {
    divan::main();
}

/// One append after the other: the time is what one client waits.
#[divan::bench(sample_count = 500)]
fn one_append(bencher: Bencher) {
    let bench = Bench::new();
    let mut after = 0;
    bencher.counter(ItemsCount::new(1_u64)).bench_local(|| {
        bench
            .runtime
            .block_on(append(&*bench.store, "launch", after));
        after += 1;
    });
}

/// Many clients at once, each waiting for its own append before it sends the next.
#[divan::bench(args = [1, 8, 64, 256], sample_count = 40)]
fn writers(bencher: Bencher, writers: u64) {
    let bench = Bench::new();
    let mut round = 0;
    bencher
        .counter(ItemsCount::new(writers * EACH))
        .bench_local(|| {
            bench
                .runtime
                .block_on(write_together(&bench.store, writers, round * EACH));
            round += 1;
        });
}

/// A launch of a whole project, read to be folded.
#[divan::bench(args = [1_000, 10_000])]
fn read(bencher: Bencher, records: usize) {
    let bench = Bench::new();
    let append = Append {
        payloads: vec![PAYLOAD.to_owned(); records],
        ..tick("launch", 0)
    };
    bench.runtime.block_on(bench.store.append(append)).unwrap();
    bencher.counter(ItemsCount::new(records)).bench_local(|| {
        bench
            .runtime
            .block_on(bench.store.read("launch", 0, None))
            .unwrap()
    });
}

struct Bench {
    runtime: Runtime,
    store: Arc<dyn Store>,
}

impl Bench {
    fn new() -> Self {
        let runtime = Runtime::new().unwrap();
        let store = runtime.block_on(store::open("sqlite::memory:")).unwrap();
        Self { runtime, store }
    }
}

impl Drop for Bench {
    fn drop(&mut self) {
        self.runtime.block_on(self.store.close());
    }
}

async fn write_together(store: &Arc<dyn Store>, writers: u64, after: u64) {
    let mut tasks = JoinSet::new();
    for writer in 0..writers {
        let store = Arc::clone(store);
        tasks.spawn(async move {
            let stream = format!("launch {writer}");
            for step in 0..EACH {
                append(&*store, &stream, after + step).await;
            }
        });
    }
    tasks.join_all().await;
}

async fn append(store: &dyn Store, stream: &str, after: u64) {
    store.append(tick(stream, after)).await.unwrap();
}

fn tick(stream: &str, after: u64) -> Append {
    let payloads = vec![PAYLOAD.to_owned()];
    Append {
        stream: stream.to_owned(),
        after,
        command: Uuid::now_v7(),
        at: Utc::now(),
        payloads,
    }
}
