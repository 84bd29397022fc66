//! `verify`: what it says of a journal that is whole, and of one that somebody meddled with.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    missing_docs,
    reason = "tests"
)]

use std::{fs, path::Path};

use serde_json::Value;
use startklar_tests::product::run;
use tempfile::TempDir;

const PLAN: &str = concat!(
    env!("CARGO_MANIFEST_DIR"),
    "/../shared/samples/metakube.en.toml"
);

/// A database that holds the sample.
struct Database {
    place: TempDir,
    url: String,
}

impl Database {
    fn with_sample() -> Self {
        let place = tempfile::tempdir().unwrap();
        let url = format!("sqlite:{}", place.path().join("journal.sqlite").display());
        let imported = run(&["import", PLAN, "--database", &url]);
        assert_eq!(imported.status.code(), Some(0));
        Self { place, url }
    }

    fn file(&self) -> impl AsRef<Path> {
        self.place.path().join("journal.sqlite")
    }

    /// The exit code and what was said, on standard error when nothing else was.
    fn verify(&self, arguments: &[&str]) -> (Option<i32>, String) {
        let done = run(&[&["verify", "--database", &self.url], arguments].concat());
        let said = if done.stdout.is_empty() {
            done.stderr
        } else {
            done.stdout
        };
        (done.status.code(), String::from_utf8(said).unwrap())
    }

    /// Changes a few bytes of the file, with nothing that knows what they mean.
    fn meddle(&self, from: &str, to: &str) {
        assert_eq!(from.len(), to.len());
        let mut bytes = fs::read(self.file()).unwrap();
        let places: Vec<_> = (0..bytes.len() - from.len())
            .filter(|&at| bytes[at..].starts_with(from.as_bytes()))
            .collect();
        assert!(!places.is_empty(), "{from} is nowhere");
        for at in places {
            bytes[at..at + to.len()].copy_from_slice(to.as_bytes());
        }
        fs::write(self.file(), bytes).unwrap();
    }
}

#[test]
fn what_it_prints_can_be_expected() {
    let (database, another) = (Database::with_sample(), Database::with_sample());
    let (code, said) = database.verify(&[]);
    assert_eq!(code, Some(0), "{said}");
    assert!(said.starts_with("Every link fits: 1 stream, "), "{said}");
    let link = said.lines().last().unwrap().trim();

    let (code, said) = database.verify(&["--expect", link, "--language", "de"]);
    assert_eq!(code, Some(0), "{said}");
    assert!(
        said.contains("Jedes Glied passt: 1 Strom,") && said.contains("ist wie erwartet."),
        "{said}"
    );

    // Whole too, but another journal of the same plan.
    let (code, said) = another.verify(&["--expect", link]);
    assert_eq!(code, Some(1), "{said}");
    assert!(
        said.contains("Every link fits") && said.contains("is not as expected: its link is"),
        "{said}"
    );

    // As if the end had been cut off.
    let (record, hex) = link.split_once('=').unwrap();
    let (stream, last) = record.split_once('@').unwrap();
    let next = last.parse::<u64>().unwrap() + 1;
    let (code, said) = database.verify(&[
        "--expect",
        link,
        "--expect",
        &format!("{stream}@{next}={hex}"),
    ]);
    assert_eq!(code, Some(1), "{said}");
    assert!(said.contains("there is no such record"), "{said}");
}

#[test]
fn a_changed_byte_is_named() {
    let database = Database::with_sample();
    database.meddle(r#""seq":17,"at":"2026-"#, r#""seq":17,"at":"2025-"#);
    let (code, said) = database.verify(&[]);
    assert_eq!(code, Some(1), "{said}");
    assert!(
        said.starts_with(
            "The chain is broken in 1 of 1 stream:\n  metakube, record 17: its link does"
        ),
        "{said}"
    );
    let (code, said) = database.verify(&["--json"]);
    assert_eq!(code, Some(1), "{said}");
    let report: Value = serde_json::from_str(&said).unwrap();
    assert_eq!(report["whole"], false);
    let stream = &report["journal"][0];
    assert_eq!(
        (&stream["last"], &stream["broken"]["record"]),
        (&16.into(), &17.into())
    );
}

#[test]
fn a_link_that_is_none_is_refused() {
    let database = Database::with_sample();
    for text in ["metakube", "metakube@0=00", "metakube@1=00"] {
        let (code, said) = database.verify(&["--expect", text]);
        assert_eq!(code, Some(2), "{said}");
        assert!(said.contains("allowed is STREAM@NUMBER=HEX"), "{said}");
    }
}
