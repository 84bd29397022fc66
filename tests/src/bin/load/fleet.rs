//! A thousand launches in one database: how soon the server answers after its start, and how much
//! memory it holds with twenty of them in use.

use std::{
    fs,
    path::Path,
    time::{Duration, Instant},
};

use startklar_tests::Product;
use tokio::time::sleep;

use super::{
    SOMEBODY,
    figures::{Durations, Table},
    together,
    wire::{Connection, get, post, post_by},
};

const LAUNCHES: usize = 1_000;
const IN_USE: usize = 20;
const STARTS: usize = 11;

/// The sample as people write it.
const PLAN: &str = include_str!("../../../../shared/samples/metakube.en.toml");

pub(crate) fn measure(table: &mut Table) {
    let directory = tempfile::tempdir().expect("a directory");
    let file = directory.path().join("journal.sqlite");
    let product = Product::serve(&file);
    together(fill(product.base()));
    let filled = memory(&product);
    product.stop();
    let bytes = fs::metadata(&file).expect("a file").len();
    table.tell(
        &format!("importing {LAUNCHES} launches"),
        format!("{filled} MB resident, a database of {} MB", bytes >> 20),
    );

    let starts = Durations::new((0..STARTS).map(|_| start(&file)).collect());
    table.note(
        &format!("start to first answer, {LAUNCHES} launches"),
        "100 ms",
        format!(
            "p50 {:.0} ms, worst {:.0} ms",
            starts.median(),
            starts.percentile(100)
        ),
        starts.median() <= 100.0,
    );

    let product = Product::serve(&file);
    together(look(product.base()));
    let used = memory(&product);
    table.note(
        &format!("resident memory, {LAUNCHES} launches known, {IN_USE} in use"),
        "100 MB",
        format!("{used} MB"),
        used <= 100,
    );
    let began = Instant::now();
    together(page(product.base(), "/"));
    let first = began.elapsed();
    let began = Instant::now();
    together(page(product.base(), "/"));
    table.tell(
        &format!("portfolio of {LAUNCHES} launches"),
        format!(
            "first {:.0} ms, then {:.0} ms; {} MB resident after it",
            first.as_secs_f64() * 1e3,
            began.elapsed().as_secs_f64() * 1e3,
            memory(&product)
        ),
    );
}

/// Imports the sample again and again, under names of their own.
async fn fill(base: &str) {
    let mut connection = Connection::open(base).await;
    // Whoever acts has to be known.
    let person = format!(r#"{{"name": "{SOMEBODY}"}}"#);
    let request = post_by(None, "/api/v1/people", "application/json", &person);
    let answer = connection.exchange(&request).await;
    let said = String::from_utf8_lossy(&answer.body);
    assert_eq!(answer.status, 201, "{said}");
    for number in 0..LAUNCHES {
        let id = format!("id = \"{}\"", name(number));
        let plan = PLAN.replacen("id = \"metakube\"", &id, 1);
        let request = post("/api/v1/launches", "application/toml", &plan);
        let answer = connection.exchange(&request).await;
        let said = String::from_utf8_lossy(&answer.body);
        assert_eq!(answer.status, 201, "{said}");
    }
}

fn name(number: usize) -> String {
    format!("launch-{number}")
}

/// Starts, asks for a cockpit, stops; says how long it took until that was there.
fn start(file: &Path) -> Duration {
    let began = Instant::now();
    let product = Product::serve(file);
    together(page(product.base(), &format!("/l/{}", name(7))));
    let took = began.elapsed();
    product.stop();
    took
}

async fn page(base: &str, path: &str) {
    let answer = Connection::open(base).await.exchange(&get(path, "")).await;
    assert_eq!(answer.status, 200, "{path}");
}

/// Uses some launches as people do: their pages, with a live stream open on each.
async fn look(base: &str) {
    let mut streams = Vec::new();
    for number in 0..IN_USE {
        let name = name(number * (LAUNCHES / IN_USE));
        for part in ["", "/plan", "/checklists", "/journal"] {
            page(base, &format!("/l/{name}{part}")).await;
        }
        let mut stream = Connection::open(base).await;
        stream
            .send(&get(&format!("/api/v1/launches/{name}/events"), ""))
            .await;
        stream.head().await;
        streams.push(stream);
    }
    sleep(Duration::from_secs(1)).await;
}

/// The resident memory of a server, in megabytes.
fn memory(product: &Product) -> u64 {
    let path = format!("/proc/{}/status", product.process());
    let status = fs::read_to_string(path).expect("a kernel that tells (Linux)");
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:"));
    let kilobytes = line.and_then(|line| line.trim().strip_suffix(" kB"));
    kilobytes
        .and_then(|k| k.parse::<u64>().ok())
        .expect("a number")
        / 1024
}
