//! Ticks, seen on many live streams: how long from sending one to each stream's having it.

use std::{
    cell::RefCell,
    collections::HashMap,
    rc::Rc,
    time::{Duration, Instant},
};

use startklar_tests::Product;
use tokio::{task::JoinSet, time::sleep};
use uuid::Uuid;

use super::{
    SAMPLE,
    figures::{Durations, Table},
    ticks, together,
    wire::{Connection, get},
};

const STREAMS: usize = 500;
const TICKS: usize = 100;
const PAUSE: Duration = Duration::from_millis(50);

/// When each event came, on any stream.
type Seen = Rc<RefCell<Vec<(u64, Instant)>>>;

pub(crate) fn measure(table: &mut Table) {
    let directory = tempfile::tempdir().expect("a directory");
    let product = Product::serve(&directory.path().join("journal.sqlite"));
    ticks::prepare(&product, 1);
    let took = together(run(product.base()));
    table.note(
        &format!("a tick seen on {STREAMS} open streams"),
        "p99 < 150 ms",
        format!("{took}, {} events", took.count()),
        took.percentile(99) < 150.0 && took.count() == STREAMS * TICKS,
    );
}

async fn run(base: &str) -> Durations {
    let seen = Seen::default();
    let mut followers = JoinSet::new();
    let path = format!("/api/v1/launches/{SAMPLE}/events");
    for _ in 0..STREAMS {
        let mut connection = Connection::open(base).await;
        connection.send(&get(&path, "")).await;
        let head = connection.head().await;
        assert!(head.contains("text/event-stream"), "{head}");
        followers.spawn_local(follow(connection, Rc::clone(&seen)));
    }
    let sent = send(base).await;
    // What is late may still come.
    sleep(Duration::from_secs(1)).await;
    followers.abort_all();
    let seen = seen.borrow();
    let took = seen
        .iter()
        .filter_map(|(seq, at)| Some(*at - *sent.get(seq)?));
    Durations::new(took.collect())
}

/// Ticks now and then; says when each event was sent.
async fn send(base: &str) -> HashMap<u64, Instant> {
    let mut connection = Connection::open(base).await;
    let mut sent = HashMap::new();
    for number in 0..TICKS {
        let request = ticks::tick(0, Uuid::now_v7(), number % 2 == 0);
        let began = Instant::now();
        let answer = connection.exchange(&request).await;
        assert_eq!(answer.status, 200);
        let answer: serde_json::Value = serde_json::from_slice(&answer.body).expect("JSON");
        sent.insert(answer["revision"].as_u64().expect("a revision"), began);
        sleep(PAUSE).await;
    }
    sent
}

/// Notes when each event comes on a stream.
async fn follow(mut connection: Connection, seen: Seen) {
    let mut text = String::new();
    loop {
        let bytes = connection.some().await;
        let now = Instant::now();
        text.push_str(&String::from_utf8_lossy(&bytes));
        while let Some((event, rest)) = text.split_once("\n\n") {
            let number = event.lines().find_map(|line| line.strip_prefix("id: "));
            if let Some(number) = number.and_then(|number| number.parse().ok()) {
                seen.borrow_mut().push((number, now));
            }
            text = rest.to_owned();
        }
    }
}
