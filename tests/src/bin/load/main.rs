//! The figures of a running server: pages, ticks, live streams, memory, start.
//!
//! Starts the release binary (or what `STARTKLAR_BIN` names), loads it from this machine and prints
//! what it reached beside what it should. Client and server share the processors, so every figure
//! holds for both together; the client is one thread on bare sockets.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::print_stdout,
    reason = "a script for people: it prints, and ends where something is wrong"
)]

mod figures;
mod fleet;
mod pages;
mod streams;
mod ticks;
mod wire;

use figures::Table;
use tokio::{runtime::Builder, task::LocalSet};

/// The launch of the sample.
const SAMPLE: &str = "metakube";

/// Somebody of the sample.
const SOMEBODY: &str = "lena";

/// A part of the script: what it measures, and under which name it is asked for.
type Part = (&'static str, fn(&mut Table));

const PARTS: [Part; 4] = [
    ("pages", pages::measure),
    ("ticks", ticks::measure),
    ("streams", streams::measure),
    ("fleet", fleet::measure),
];

fn main() {
    let wanted: Vec<String> = std::env::args().skip(1).collect();
    let mut table = Table::default();
    for (name, measure) in PARTS {
        if wanted.is_empty() || wanted.iter().any(|wish| wish == name) {
            measure(&mut table);
        }
    }
    println!("{table}");
}

/// Runs what waits for many sockets, on this thread.
fn together<T>(work: impl Future<Output = T>) -> T {
    let runtime = Builder::new_current_thread().enable_all().build();
    LocalSet::new().block_on(&runtime.expect("a runtime"), work)
}
