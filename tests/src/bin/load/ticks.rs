//! Ticks over the API on a durable `SQLite` file: by one client, then by many together. Afterwards
//! the journal is read: it must hold each tick that was answered for once, and nothing else.

use std::{
    cell::RefCell,
    collections::HashSet,
    rc::Rc,
    time::{Duration, Instant},
};

use serde_json::json;
use startklar_tests::{Client, Product};
use tokio::task::JoinSet;
use uuid::Uuid;

use super::{
    SAMPLE, SOMEBODY,
    figures::{Durations, Table},
    together,
    wire::{Connection, post},
};

const CLIENTS: usize = 64;
const ALONE: Duration = Duration::from_secs(4);
const CROWD: Duration = Duration::from_secs(8);

pub(crate) fn measure(table: &mut Table) {
    let directory = tempfile::tempdir().expect("a directory");
    let product = Product::serve(&directory.path().join("journal.sqlite"));
    let client = prepare(&product, CLIENTS);
    let before = client.revision(SAMPLE);

    let (alone, mut sent) = together(run(product.base(), 1, ALONE));
    table.note(
        "a tick, durable, one client",
        "p50 < 2 ms",
        format!("{alone}"),
        alone.median() < 2.0,
    );

    let (crowd, more) = together(run(product.base(), CLIENTS, CROWD));
    sent.extend(more);
    let rate = crowd.per_second(CROWD);
    let wrong = compare(&client, before, &sent);
    table.note(
        &format!("{CLIENTS} clients ticking together"),
        "5,000 ticks/s, p99 < 50 ms, none refused or lost",
        format!(
            "{rate:.0} ticks/s, {crowd}, {} sent, {wrong} wrong",
            sent.len()
        ),
        rate >= 5_000.0 && crowd.percentile(99) < 50.0 && wrong == 0,
    );
}

/// The sample, with an item for each client.
pub(crate) fn prepare(product: &Product, items: usize) -> Client {
    let made = product.client().form("/sample", "");
    assert_eq!(made.status, 303, "{}", made.body);
    let client = product.client().person(SOMEBODY);
    for number in 0..items {
        let detail = json!({
            "id": item(number),
            "title": format!("Load {number}"),
            "discipline": "sales",
            "blocking": true,
            "lead_days": 1,
        });
        let made = client.command(SAMPLE, Uuid::now_v7(), &json!({"add_item": detail}));
        assert_eq!(made.status, 200, "{}", made.body);
    }
    client
}

fn item(number: usize) -> String {
    format!("load-{number}")
}

/// The request that ticks a client's item, or takes the tick back.
pub(crate) fn tick(number: usize, id: Uuid, tick: bool) -> Vec<u8> {
    let (verb, item) = (if tick { "tick_item" } else { "untick_item" }, item(number));
    let body = format!(r#"{{"id":"{id}","command":{{"{verb}":{{"item":"{item}"}}}}}}"#);
    post(
        &format!("/api/v1/launches/{SAMPLE}/commands"),
        "application/json",
        &body,
    )
}

/// Ticks and takes back for so long, each client its own item; says how long each took, and the ids
/// of the commands that were answered for.
async fn run(base: &str, clients: usize, long: Duration) -> (Durations, Vec<Uuid>) {
    let all = Rc::new(RefCell::new((Vec::new(), Vec::new())));
    let end = Instant::now() + long;
    let mut crowd = JoinSet::new();
    for number in 0..clients {
        let (base, all) = (base.to_owned(), Rc::clone(&all));
        crowd.spawn_local(async move {
            let mut connection = Connection::open(&base).await;
            let mut open = true;
            // Ends with the item open, so that the next run finds it so.
            while !open || Instant::now() < end {
                let id = Uuid::now_v7();
                let request = tick(number, id, open);
                let began = Instant::now();
                let answer = connection.exchange(&request).await;
                let took = began.elapsed();
                let said = || String::from_utf8_lossy(&answer.body);
                assert_eq!(answer.status, 200, "{}", said());
                open = !open;
                let mut all = all.borrow_mut();
                all.0.push(took);
                all.1.push(id);
            }
        });
    }
    crowd.join_all().await;
    let (took, sent) = std::mem::take(&mut *all.borrow_mut());
    (Durations::new(took), sent)
}

/// How many commands stand in the journal wrongly: not at all, twice, or without being sent.
fn compare(client: &Client, before: u64, sent: &[Uuid]) -> usize {
    let mut missing: HashSet<String> = sent.iter().map(Uuid::to_string).collect();
    let lines = client.journal(SAMPLE, before);
    let commands = lines.iter().filter_map(|line| line["command"].as_str());
    let wrong = commands.filter(|id| !missing.remove(*id)).count();
    wrong + missing.len()
}
