//! Two servers on one `PostgreSQL`: what happens through one is there through the other.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    missing_docs,
    reason = "tests"
)]

use std::{
    thread,
    time::{Duration, Instant},
};

use serde_json::{Value, json};
use startklar_tests::{Answer, Client, Product, postgres::cluster};
use uuid::Uuid;

const LAUNCH: &str = "metakube";
/// Open items of the sample that ask for no evidence.
const PLAIN: &str = "lead-routing";
const OTHER: &str = "deck";
const SOMEBODY: &str = "lena";
/// How long one process may take to hear of the other; generous, because the tests share the machine.
const PATIENCE: Duration = Duration::from_secs(20);

/// Two servers on a database of their own, with the sample in it.
fn two() -> (Product, Product) {
    let database = cluster().database();
    let here = Product::on(&database);
    assert_eq!(here.client().form("/sample", "").status, 303);
    (here, Product::on(&database))
}

/// Waits until something holds.
fn soon(what: &str, holds: impl Fn() -> bool) {
    let begun = Instant::now();
    while !holds() {
        assert!(begun.elapsed() < PATIENCE, "{what}: not in time");
        thread::sleep(Duration::from_millis(10));
    }
}

#[test]
fn a_change_through_one_shows_live_through_the_other() {
    let (here, there) = two();
    let (mine, theirs) = (
        here.client().person(SOMEBODY),
        there.client().person(SOMEBODY),
    );
    let before = theirs.revision(LAUNCH);
    let mut live = theirs.follow(LAUNCH, "");
    assert_eq!(mine.tick(LAUNCH, PLAIN).status, 200);
    let (seq, event) = live.next_event();
    assert_eq!(seq, before + 1);
    assert_eq!(event["event"]["item_ticked"]["item"], PLAIN);
    assert_eq!(theirs.revision(LAUNCH), seq);
    assert_eq!(
        theirs.assessment(LAUNCH)["findings"],
        mine.assessment(LAUNCH)["findings"]
    );

    // And back again.
    let mut live = mine.follow(LAUNCH, "");
    assert_eq!(theirs.tick(LAUNCH, OTHER).status, 200);
    assert_eq!(live.next_event().0, seq + 1);
    assert_eq!(mine.journal(LAUNCH, 0), theirs.journal(LAUNCH, 0));
}

#[test]
fn new_launches_and_people_come_over() {
    let (here, there) = two();
    let (mine, theirs) = (here.client().person(SOMEBODY), there.client());
    let ada = mine.post("/api/v1/people", &json!({"name": "Ada Blum"}));
    assert_eq!(ada.status, 201, "{}", ada.body);
    let key = ada.json()["key"].as_str().unwrap().to_owned();
    soon("a person", || {
        theirs.get("/api/v1/people").body.contains("Ada Blum")
    });

    let new = json!({"id": "second", "title": "Second", "date": "2035-03-01", "zone": "UTC"});
    let made = theirs.person(&key).post("/api/v1/launches", &new);
    assert_eq!(made.status, 201, "{}", made.body);
    soon("a launch", || {
        mine.get("/api/v1/launches").body.contains("second")
    });
    assert_eq!(mine.revision("second"), theirs.revision("second"));
}

/// Ticks an item through both at once, under these ids.
fn both(clients: &[Client; 2], item: &str, ids: [Uuid; 2]) -> [Answer; 2] {
    let tick = json!({"tick_item": {"item": item}});
    thread::scope(|scope| {
        let sent = [0, 1].map(|one| {
            let (client, tick) = (&clients[one], &tick);
            scope.spawn(move || client.command(LAUNCH, ids[one], tick))
        });
        sent.map(|sent| sent.join().unwrap())
    })
}

#[test]
fn one_command_through_both_happens_once() {
    let (here, there) = two();
    let clients = [&here, &there].map(|product| product.client().person(SOMEBODY));
    let before = clients[0].revision(LAUNCH);
    let same = Uuid::now_v7();
    for answer in both(&clients, PLAIN, [same, same]) {
        assert_eq!(answer.status, 200, "{}", answer.body);
        assert_eq!(answer.json()["revision"], before + 1);
    }

    // Two who want the same: one does it, and the other learns the truth.
    let mut answers = both(&clients, OTHER, [Uuid::now_v7(), Uuid::now_v7()]);
    answers.sort_by_key(|answer| answer.status);
    let [done, refused] = answers;
    assert_eq!(done.status, 200, "{}", done.body);
    assert_eq!(refused.problem()["code"], "already");
    assert_eq!(clients[1].journal(LAUNCH, before).len(), 2);
}

#[test]
fn many_who_write_through_both_make_one_history() {
    const WRITERS: usize = 3;
    const CHANGES: usize = 30;
    let (here, there) = two();
    let products = [&here, &there];
    let clients = products.map(|product| product.client().person(SOMEBODY));
    let before = clients[0].revision(LAUNCH);
    let mut streams = clients.each_ref().map(|client| client.follow(LAUNCH, ""));
    let mut sent: Vec<(Uuid, u64)> = Vec::new();
    thread::scope(|scope| {
        let writers: Vec<_> = (0..2 * WRITERS)
            .map(|number| {
                let client = &clients[number % 2];
                scope.spawn(move || write(client, number, CHANGES))
            })
            .collect();
        for writer in writers {
            sent.extend(writer.join().unwrap());
        }
    });
    // What was written through the other is heard of a moment later.
    let end = before + sent.len() as u64;
    for client in &clients {
        soon("the last change", || client.revision(LAUNCH) == end);
    }
    let journal = clients[0].journal(LAUNCH, before);
    assert_eq!(journal.len(), sent.len());
    for (id, seq) in &sent {
        let line = &journal[usize::try_from(seq - before - 1).unwrap()];
        assert_eq!(line["command"], json!(id), "{line}");
    }
    assert_eq!(clients[1].journal(LAUNCH, before), journal);
    for stream in &mut streams {
        let seen: Vec<Value> = journal.iter().map(|_| stream.next_event().1).collect();
        assert_eq!(seen, journal);
    }
}

/// Adds an item, then changes it again and again; says which command became which event.
fn write(client: &Client, number: usize, changes: usize) -> Vec<(Uuid, u64)> {
    let item = format!("both-{number}");
    let detail = json!({"id": item, "title": "Both", "discipline": "sales", "blocking": true, "lead_days": 1});
    let add = json!({"add_item": detail});
    let rest = (1..changes).map(|turn| {
        let verb = if turn % 2 == 1 {
            "tick_item"
        } else {
            "untick_item"
        };
        json!({verb: {"item": item}})
    });
    let sent = std::iter::once(add).chain(rest).map(|command| {
        let id = Uuid::now_v7();
        let answer = client.command(LAUNCH, id, &command);
        assert_eq!(answer.status, 200, "{}", answer.body);
        (id, answer.json()["revision"].as_u64().unwrap())
    });
    sent.collect()
}

#[test]
fn one_that_is_killed_does_not_hold_up_the_other() {
    let (here, there) = two();
    let client = there.client().person(SOMEBODY);
    assert_eq!(
        here.client().person(SOMEBODY).tick(LAUNCH, PLAIN).status,
        200
    );
    here.kill();
    assert_eq!(client.tick(LAUNCH, PLAIN).problem()["code"], "already");
    assert_eq!(client.tick(LAUNCH, OTHER).status, 200);
}
