//! `minutes`: a poll as a page to print, read by a program that is not ours.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    missing_docs,
    reason = "tests"
)]

use std::{
    path::{Path, PathBuf},
    process::Command,
};

use serde_json::{Value, json};
use startklar_tests::{
    Client, Product,
    product::{refused, run},
};
use tempfile::TempDir;
use uuid::Uuid;

/// The sample, served from a file.
struct Served {
    place: TempDir,
    product: Product,
    database: String,
}

impl Served {
    fn sample() -> Self {
        let place = tempfile::tempdir().unwrap();
        let file = place.path().join("journal.sqlite");
        let product = Product::serve(&file);
        assert_eq!(product.client().form("/sample", "").status, 303);
        let database = format!("sqlite:{}", file.display());
        Self {
            place,
            product,
            database,
        }
    }

    fn by(&self, person: &str) -> Client {
        self.product.client().person(person)
    }

    fn does(&self, person: &str, command: &Value) {
        let done = self.by(person).command("metakube", Uuid::now_v7(), command);
        assert_eq!(done.status, 200, "{}", done.body);
    }

    /// Sales says no, and Katrin decides so.
    fn decided() -> Self {
        let served = Self::sample();
        served.does("lena", &json!("open_poll"));
        let no = json!({"discipline": "sales", "call": "no_go", "reason": "No price list → no offer ✓."});
        served.does("nils", &json!({ "cast_vote": no }));
        let ruling = json!({"call": "no_go", "reason": "We meet again on Monday."});
        served.does("katrin", &json!({ "decide_poll": ruling }));
        served
    }

    fn file(&self, name: &str) -> PathBuf {
        self.place.path().join(name)
    }

    /// Writes minutes into a file.
    fn writes(&self, name: &str, options: &[&str]) -> (PathBuf, String) {
        let file = self.file(name);
        let path = file.display().to_string();
        let verb = ["minutes", "metakube", &path, "--database", &self.database];
        let done = run(&[&verb, options].concat());
        let said = String::from_utf8(done.stderr).unwrap();
        assert_eq!(done.status.code(), Some(0), "{said}");
        (file, said)
    }
}

/// What another program reads in a file, its spaces and lines as one space each.
fn read(file: &Path) -> String {
    let read = Command::new("pdftotext").arg(file).arg("-").output();
    let read = read.expect("tests/setup installs pdftotext");
    let text = String::from_utf8(read.stdout).unwrap();
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn facts(file: &Path) -> String {
    let facts = Command::new("pdfinfo").arg(file).output().unwrap();
    String::from_utf8(facts.stdout).unwrap()
}

#[test]
fn a_decision_is_one_page_that_another_program_reads() {
    let served = Served::decided();
    let (file, said) = served.writes("minutes.pdf", &[]);
    assert_eq!(said, "");
    let text = read(&file);
    for words in [
        "MetaKube: go or no-go, minutes of poll 1",
        "No-go",
        "Decided by Katrin Brandt",
        "Katrin Brandt: “We meet again on Monday.”",
        "Nils Sommer",
        "No price list → no offer ✓.",
        "When opened",
        "When decided",
        "Waivers in force",
        "Page 1 of 1",
    ] {
        assert!(text.contains(words), "{words}: {text}");
    }
    let facts = facts(&file);
    for fact in [
        "Pages: 1",
        "Tagged: yes",
        "Page size: 595.28 x 841.89 pts (A4)",
    ] {
        let facts = facts.split_whitespace().collect::<Vec<_>>().join(" ");
        assert!(facts.contains(fact), "{fact}: {facts}");
    }

    let (german, _) = served.writes("protokoll.pdf", &["--language", "de"]);
    let text = read(&german);
    for words in [
        "Protokoll der Abstimmung 1",
        "Entschieden von Katrin Brandt",
        "Vertrieb",
    ] {
        assert!(text.contains(words), "{words}: {text}");
    }
}

/// A launch that lacks nothing but somebody who says so.
const PLAN: &str = r#"format = 1
[launch]
id = "mini"
title = "Mini"
start = 2034-11-06
weeks = 20
moment = 2035-03-02T10:00:00+01:00

[people.katrin]
name = "Katrin Brandt"
decides = true

[people.lena]
name = "Lena Novak"
product_owner = true

[people.nils]
name = "Nils Sommer"
leads = ["sales"]

[people.farah]
name = "Farah Amin"
leads = ["marketing"]

[[epics]]
id = "shop"
title = "Shop"
in_scope = true

  [[epics.stories]]
  id = "basket"
  title = "Basket"

[[items]]
id = "offer"
title = "Offer"
discipline = "sales"
blocking = true

[[items]]
id = "page"
title = "Landing page"
discipline = "marketing"
blocking = true
"#;

#[test]
fn a_go_with_conditions_says_them_on_the_page_that_is_signed() {
    let served = Served::sample();
    let client = served.product.client();
    let taken = client.try_send("/api/v1/launches", "application/toml", PLAN);
    assert_eq!(taken.unwrap().status, 201);
    let does = |person: &str, command: Value| {
        let done = (served.by(person)).command("mini", Uuid::now_v7(), &command);
        assert_eq!(done.status, 200, "{}", done.body);
    };
    does("lena", json!({"finish_story": {"story": "basket"}}));
    does("lena", json!({"accept_epic": {"epic": "shop"}}));
    does("nils", json!({"tick_item": {"item": "offer"}}));
    does("farah", json!({"tick_item": {"item": "page"}}));
    does("lena", json!("open_poll"));
    let people = client.get("/api/v1/people").json();
    let people = people["people"].as_array().unwrap();
    let nils = people.iter().find(|p| p["key"] == "nils").unwrap()["id"].clone();
    let due = "2035-01-15";
    let condition = json!({"text": "Third shift trained", "owner": nils, "due": due});
    let vote =
        json!({"discipline": "sales", "call": "go_with_conditions", "conditions": [condition]});
    does("nils", json!({ "cast_vote": vote }));
    does(
        "farah",
        json!({"cast_vote": {"discipline": "marketing", "call": "go"}}),
    );
    does(
        "katrin",
        json!({"decide_poll": {"call": "go_with_conditions"}}),
    );
    let file = served.file("mini.pdf");
    let path = file.display().to_string();
    let verb = ["minutes", "mini", &path, "--database", &served.database];
    assert_eq!(run(&verb).status.code(), Some(0));
    let text = read(&file);
    let conditions = text.split("Conditions").nth(1).unwrap_or_default();
    for words in ["Third shift trained", "15 Jan 2035", "Nils Sommer"] {
        assert!(conditions.contains(words), "{words}: {text}");
    }
    for words in ["Launch moment: Fri 2 Mar 2035, 09:00 (UTC)", "Signature"] {
        assert!(text.contains(words), "{words}: {text}");
    }
    let link = text.split("--expect ").nth(1).unwrap();
    let link = link.split_whitespace().next().unwrap();
    let verify = ["verify", "--database", &served.database, "--expect", link];
    assert_eq!(run(&verify).status.code(), Some(0), "{link}");
}

#[test]
fn what_is_printed_can_be_expected_of_the_journal() {
    let served = Served::decided();
    let (first, _) = served.writes("first.pdf", &[]);
    served.does("farah", &json!({"tick_item": {"item": "lead-routing"}}));
    let (second, _) = served.writes("second.pdf", &["--poll", "1"]);
    assert_eq!(
        std::fs::read(first).unwrap(),
        std::fs::read(&second).unwrap(),
        "what happened later changes no minutes"
    );
    let text = read(&second);
    let link = text.split("--expect ").nth(1).unwrap();
    let link = link.split_whitespace().next().unwrap();
    let verify = ["verify", "--database", &served.database, "--expect", link];
    assert_eq!(run(&verify).status.code(), Some(0), "{link}");
}

#[test]
fn the_page_and_the_command_line_write_the_same() {
    let served = Served::decided();
    let (file, _) = served.writes("minutes.pdf", &[]);
    let page = "/l/metakube/decision/1/minutes.pdf";
    let bytes = served.product.client().bytes(page);
    assert_eq!(bytes, std::fs::read(file).unwrap());
    let verb = ["minutes", "metakube", "-", "--database", &served.database];
    assert_eq!(run(&verb).stdout, bytes);
}

#[test]
fn what_cannot_be_written_is_said_and_nothing_is_overwritten() {
    let served = Served::sample();
    let path = served.file("minutes.pdf").display().to_string();
    let verb = ["minutes", "metakube", &path, "--database", &served.database];
    let said = refused(&verb);
    assert!(said.contains("no poll yet"), "{said}");
    served.does("lena", &json!("open_poll"));
    let said = refused(&[&verb[..], &["--poll", "2"]].concat());
    assert!(said.contains("no poll 2: there is poll 1"), "{said}");
    let font = concat!(env!("CARGO_MANIFEST_DIR"), "/Cargo.toml");
    let said = refused(&[&verb[..], &["--font", font]].concat());
    assert!(said.contains(font) && said.contains(".ttf"), "{said}");
    assert!(!served.file("minutes.pdf").exists());
    std::fs::write(served.file("minutes.pdf"), "mine").unwrap();
    let said = refused(&verb);
    assert!(said.contains("such a file already"), "{said}");
    assert_eq!(std::fs::read(&path).unwrap(), b"mine");
}

#[test]
fn a_character_without_a_shape_is_told_with_what_to_do() {
    let served = Served::sample();
    served.does("lena", &json!("open_poll"));
    let no = json!({"discipline": "sales", "call": "no_go", "reason": "Not before 李 agrees."});
    served.does("nils", &json!({ "cast_vote": no }));
    let (file, said) = served.writes("minutes.pdf", &[]);
    assert!(said.contains("“李”") && said.contains("--font"), "{said}");
    assert!(
        facts(&file).contains("Pages:"),
        "it is written all the same"
    );
}
