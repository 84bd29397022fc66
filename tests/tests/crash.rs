//! Ends of every kind in the middle of writing: what was answered is there afterwards, once, and the
//! journal is whole.
//!
//! `STARTKLAR_KILLS` says how often the process is killed; a few times when not given.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::print_stdout,
    missing_docs,
    reason = "tests"
)]

use std::{collections::HashMap, path::Path, thread, time::Duration};

use serde_json::{Value, json};
use startklar::{Launch, journal::Recorded};
use startklar_tests::{Answer, Client, Product, product::run};
use uuid::Uuid;

const LAUNCH: &str = "metakube";
const SOMEBODY: &str = "lena";
/// Each has an item of its own, so that none refuses what another did.
const WRITERS: usize = 8;
const PLAN: &str = include_str!("../../shared/samples/metakube.en.toml");

/// Somebody who changes something again and again, and remembers what was answered. What is not
/// answered is sent again under the same key, as a good client does.
struct Writer {
    item: String,
    ticked: bool,
    /// Sent, but not answered.
    open: Option<(Uuid, Value)>,
    /// What was answered, with the revision that the answer told.
    answered: Vec<(Uuid, u64)>,
}

impl Writer {
    fn new(number: usize) -> Self {
        Self {
            item: format!("crash-{number}"),
            ticked: false,
            open: None,
            answered: Vec::new(),
        }
    }

    /// Writes until there is no server any more.
    fn work(&mut self, client: &Client) {
        self.ask_again(client);
        while self.step(client).is_some() {}
    }

    /// Sends what was not answered, or the next change. `None` when nobody answers.
    fn step(&mut self, client: &Client) -> Option<()> {
        let (id, command) = self.open.take().unwrap_or_else(|| self.next());
        self.open = Some((id, command.clone()));
        let answer = send(client, id, &command)?;
        assert_eq!(answer.status, 200, "{}", answer.body);
        self.answered.push((id, revision(&answer)));
        self.ticked = !self.ticked;
        self.open = None;
        Some(())
    }

    fn next(&self) -> (Uuid, Value) {
        let verb = if self.ticked {
            "untick_item"
        } else {
            "tick_item"
        };
        (Uuid::now_v7(), json!({verb: {"item": self.item}}))
    }

    /// What was answered before is answered the same, though it would be refused if it were new.
    fn ask_again(&self, client: &Client) {
        let Some((id, seq)) = self.answered.last() else {
            return;
        };
        let verb = if self.ticked {
            "tick_item"
        } else {
            "untick_item"
        };
        if let Some(again) = send(client, *id, &json!({verb: {"item": self.item}})) {
            assert_eq!(again.status, 200, "{}", again.body);
            assert_eq!(revision(&again), *seq);
        }
    }
}

fn revision(answer: &Answer) -> u64 {
    answer.json()["revision"].as_u64().unwrap()
}

fn send(client: &Client, id: Uuid, command: &Value) -> Option<Answer> {
    let path = format!("/api/v1/launches/{LAUNCH}/commands");
    let body = json!({"command": command}).to_string();
    let client = client.with("Idempotency-Key", &id.to_string());
    client.try_send(&path, "application/json", &body).ok()
}

/// Somebody who takes in one plan file after the other: hundreds of events, all or none.
#[derive(Default)]
struct Importer {
    done: usize,
    open: Option<Uuid>,
}

impl Importer {
    fn work(&mut self, client: &Client) {
        while self.step(client).is_some() {}
    }

    fn step(&mut self, client: &Client) -> Option<()> {
        let id = *self.open.get_or_insert_with(Uuid::now_v7);
        let name = format!("id = \"{}\"", imported(self.done));
        let plan = PLAN.replacen("id = \"metakube\"", &name, 1);
        let client = client.with("Idempotency-Key", &id.to_string());
        let answer = client.try_send("/api/v1/launches", "application/toml", &plan);
        let answer = answer.ok()?;
        assert_eq!(answer.status, 201, "{}", answer.body);
        self.done += 1;
        self.open = None;
        Some(())
    }
}

fn imported(number: usize) -> String {
    format!("import-{number}")
}

/// The sample, with an item for each writer.
fn prepare(file: &Path) -> Vec<Writer> {
    let product = Product::serve(file);
    assert_eq!(product.client().form("/sample", "").status, 303);
    let client = product.client().person(SOMEBODY);
    let writers: Vec<Writer> = (0..WRITERS).map(Writer::new).collect();
    for writer in &writers {
        let detail = json!({
            "id": writer.item,
            "title": "Crash",
            "discipline": "sales",
            "blocking": true,
            "lead_days": 1,
        });
        let added = client.command(LAUNCH, Uuid::now_v7(), &json!({"add_item": detail}));
        assert_eq!(added.status, 200, "{}", added.body);
    }
    assert!(product.stop().0.success());
    writers
}

/// Any moment while the writers write.
fn moment() -> Duration {
    let random = Uuid::now_v7().as_u128() % 200;
    Duration::from_millis(20 + u64::try_from(random).unwrap())
}

fn kills() -> usize {
    let wanted = std::env::var("STARTKLAR_KILLS").ok();
    wanted.map_or(5, |wanted| wanted.parse().expect("a number of kills"))
}

/// Every answer stands in the journal where it said, every command only once, nothing else after
/// the first events; and what is served is what the journal folds to.
fn check(client: &Client, before: u64, writers: &[Writer]) -> usize {
    let journal = client.journal(LAUNCH, 0);
    let mut found = HashMap::new();
    for line in &journal[usize::try_from(before).unwrap()..] {
        let command = line["command"].as_str().unwrap();
        let twice = found.insert(command.to_owned(), line["seq"].as_u64().unwrap());
        assert_eq!(twice, None, "{command} happened twice");
    }
    for (id, seq) in writers.iter().flat_map(|writer| &writer.answered) {
        let stands = found.remove(&id.to_string());
        assert_eq!(stands, Some(*seq), "{id} was answered for");
    }
    let lines = journal.iter().map(ToString::to_string);
    let records: Vec<Recorded> = lines.map(|line| Recorded::read(&line).unwrap()).collect();
    let served = client.get(&format!("/api/v1/launches/{LAUNCH}")).json();
    let folded = serde_json::to_value(Launch::fold(&records)).unwrap();
    assert!(served == folded, "what is served is not what was written");
    found.len()
}

fn check_imports(client: &Client, importer: &Importer) {
    let all = client.get("/api/v1/launches").json();
    let all = all["launches"].as_array().unwrap();
    assert_eq!(all.len(), importer.done + 1, "launches");
    let whole = client.journal(&imported(0), 0).len();
    for number in 1..importer.done {
        assert_eq!(client.journal(&imported(number), 0).len(), whole);
    }
}

/// Starts a server, lets all write, kills it. Says how many commands the last kill had cut off, and
/// how many of those had happened though nobody was told.
fn load_and_kill(file: &Path, writers: &mut [Writer], importer: &mut Importer) -> (usize, usize) {
    let product = Product::serve(file);
    let client = product.client().person(SOMEBODY);
    let known = client.revision(LAUNCH);
    let open = |writer: &Writer| Some(writer.open.as_ref()?.0);
    let cut_off: Vec<Uuid> = writers.iter().filter_map(open).collect();
    thread::scope(|scope| {
        for writer in &mut *writers {
            scope.spawn(|| writer.work(&client));
        }
        scope.spawn(|| importer.work(&client));
        thread::sleep(moment());
        product.kill();
    });
    let answered = writers.iter().flat_map(|writer| &writer.answered);
    let happened = answered.filter(|(id, seq)| *seq <= known && cut_off.contains(id));
    (cut_off.len(), happened.count())
}

#[test]
fn what_was_answered_survives_every_kill() {
    let place = tempfile::tempdir().unwrap();
    let file = place.path().join("journal.sqlite");
    let mut writers = prepare(&file);
    let mut importer = Importer::default();
    let product = Product::serve(&file);
    let before = product.client().revision(LAUNCH);
    drop(product);

    let kills = kills();
    let (mut cut_off, mut happened) = (0, 0);
    for _ in 0..kills {
        let (cut, had) = load_and_kill(&file, &mut writers, &mut importer);
        cut_off += cut;
        happened += had;
    }

    let product = Product::serve(&file);
    let client = product.client().person(SOMEBODY);
    for writer in &mut writers {
        writer.ask_again(&client);
        writer.step(&client).unwrap();
    }
    importer.step(&client).unwrap();
    let unexplained = check(&client, before, &writers);
    assert_eq!(unexplained, 0, "commands that nobody sent");
    check_imports(&client, &importer);
    let database = format!("sqlite:{}", file.display());
    let verified = run(&["verify", "--database", &database]);
    assert_eq!(verified.status.code(), Some(0), "{verified:?}");
    let answered: usize = writers.iter().map(|writer| writer.answered.len()).sum();
    println!(
        "{kills} kills: {answered} changes answered; {cut_off} cut off and sent again, of which \
         {happened} had happened; {} launches imported",
        importer.done
    );
}

#[test]
fn an_orderly_stop_under_load_loses_nothing() {
    let place = tempfile::tempdir().unwrap();
    let file = place.path().join("journal.sqlite");
    let mut writers = prepare(&file);
    let product = Product::serve(&file);
    let client = product.client().person(SOMEBODY);
    let before = client.revision(LAUNCH);
    let mut stream = client.follow(LAUNCH, "");
    let seen = thread::scope(|scope| {
        for writer in &mut writers {
            scope.spawn(|| writer.work(&client));
        }
        let seen = scope.spawn(|| std::iter::from_fn(|| stream.try_next_event()).collect());
        thread::sleep(Duration::from_millis(300));
        let (status, took) = product.stop();
        assert_eq!(status.code(), Some(0));
        assert!(took < Duration::from_secs(5), "{took:?}");
        let seen: Vec<(u64, Value)> = seen.join().unwrap();
        seen
    });

    let product = Product::serve(&file);
    let client = product.client().person(SOMEBODY);
    let unanswered = writers.iter().filter(|writer| writer.open.is_some());
    assert!(check(&client, before, &writers) <= unanswered.count());

    // The stream ended in good order, and goes on where it ended.
    let journal = client.journal(LAUNCH, before);
    assert!(!seen.is_empty() && seen.len() <= journal.len());
    for ((seq, event), line) in seen.iter().zip(&journal) {
        assert_eq!((&json!(seq), event), (&line["seq"], line));
    }
    if let Some(next) = journal.get(seen.len()) {
        let last = seen.last().unwrap().0.to_string();
        let mut stream = client.with("Last-Event-ID", &last).follow(LAUNCH, "");
        assert_eq!(&stream.next_event().1, next);
    }
}
