//! The process itself: how it starts, what it refuses, how it ends, what it keeps.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    missing_docs,
    reason = "tests"
)]

use std::time::Duration;

use serde_json::Value;
use startklar_tests::{
    Product,
    product::{refused, run, unheard},
};

#[test]
fn it_ends_within_seconds_even_with_a_stream_open() {
    let product = Product::demo();
    let client = product.client();
    let stream = client.follow("metakube", "");
    let (status, took) = product.stop();
    assert_eq!(status.code(), Some(0));
    assert!(took < Duration::from_secs(5), "{took:?}");
    drop(stream);
}

#[test]
fn what_was_answered_outlives_the_process() {
    let place = tempfile::tempdir().unwrap();
    let file = place.path().join("journal.sqlite");
    let product = Product::serve(&file);
    let begun = product.client().form("/sample", "");
    assert_eq!(
        begun.header("location"),
        Some("/who?back=%2Fl%2Fmetakube"),
        "{}",
        begun.body
    );
    let client = product.client().person("lena");
    assert_eq!(client.tick("metakube", "lead-routing").status, 200);
    let revision = client.revision("metakube");
    assert_eq!(product.stop().0.code(), Some(0));

    let product = Product::serve(&file);
    let client = product.client().person("lena");
    assert_eq!(client.revision("metakube"), revision);
    assert_eq!(client.tick("metakube", "lead-routing").status, 409);
}

#[test]
fn a_database_file_belongs_to_one_process() {
    let place = tempfile::tempdir().unwrap();
    let file = place.path().join("journal.sqlite");
    let first = Product::serve(&file);
    let database = format!("sqlite:{}", file.display());
    let said = refused(&["serve", "--listen", "127.0.0.1:0", "--database", &database]);
    assert!(said.contains("journal.sqlite"), "{said}");
    assert!(
        said.lines().count() < 4 && !said.contains("panicked"),
        "{said}"
    );
    assert_eq!(first.client().get("/readyz").status, 200);
}

/// A launch with nothing to wait for but the condition of a go, from the day after its own.
const CONDITION: &str = r#"format = 1
[launch]
id = "mini"
title = "Mini"
start = 2026-11-02
weeks = 10
moment = 2027-01-12T10:00:00+01:00
[people.katrin]
name = "Katrin Brandt"
decides = true
approves = true
leads = ["sales","marketing"]
[[epics]]
id = "shop"
title = "Shop"
in_scope = true
accepted = { by = "katrin", at = 2026-11-25T10:00:00Z }
  [[epics.stories]]
  id = "basket"
  title = "Basket"
  done = 2026-11-24T10:00:00Z
[[items]]
id = "offer"
title = "Offer"
discipline = "sales"
blocking = true
ticked = { by = "katrin", at = 2026-11-24T10:00:00Z }
[[items]]
id = "page"
title = "Page"
discipline = "marketing"
blocking = true
ticked = { by = "katrin", at = 2026-11-24T10:00:00Z }
[[items]]
id = "shift"
title = "Third shift"
discipline = "sales"
owner = "katrin"
due = 2026-12-05
condition = true
added = 2026-11-26T10:00:00Z
"#;

#[test]
fn a_condition_that_a_plan_file_tells_of_is_said_before_and_waited_for_after_its_day() {
    let place = tempfile::tempdir().unwrap();
    let file = place.path().join("plan.toml");
    std::fs::write(&file, CONDITION).unwrap();
    let check = |at: &str| {
        let checked = run(&["check", file.to_str().unwrap(), "--at", at]);
        let said = String::from_utf8_lossy(&checked.stdout).into_owned();
        (checked.status.code(), said)
    };
    let (code, said) = check("2026-12-05T20:00:00Z");
    assert_eq!(code, Some(0), "{said}");
    assert!(
        said.contains("“Third shift” is a condition of the go"),
        "{said}"
    );
    let (code, said) = check("2026-12-06T00:00:01Z");
    assert_eq!(code, Some(1), "{said}");
    assert!(said.contains("“Third shift” has not begun"), "{said}");
}

/// It would go unheard, and the file be taken into another database.
#[test]
fn an_option_that_stands_before_a_verb_is_refused() {
    let said = refused(&["--database", "sqlite:other.sqlite", "import", "plan.toml"]);
    assert!(said.contains("startklar import --database"), "{said}");
    let said = refused(&["--listen", "127.0.0.1:0", "demo"]);
    assert!(said.contains("startklar demo --listen"), "{said}");
}

#[test]
fn reading_makes_no_database() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("mistyped.sqlite");
    let database = format!("sqlite:{}", file.display());
    for read in [
        vec!["gate", "metakube", "--database", &database],
        vec!["export", "metakube", "--database", &database],
        vec!["verify", "--database", &database],
    ] {
        let done = run(&read);
        let said = String::from_utf8_lossy(&done.stderr);
        assert_eq!(done.status.code(), Some(2), "{said}");
        assert!(said.contains("there is no database"), "{said}");
        assert!(!file.exists());
    }
}

#[test]
fn what_is_refused_makes_no_database() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("new.sqlite");
    let database = format!("sqlite:{}", file.display());
    let broken = folder.path().join("broken.toml");
    std::fs::write(&broken, "plan = 1\n\n[launch]\ntitle = 3\n").unwrap();
    let broken = broken.display().to_string();
    let said = refused(&["import", &broken, "--database", &database]);
    assert_eq!(said, refused(&["check", &broken]));
    assert!(said.contains("broken.toml:4:"), "{said}");
    for file in [&broken, "no-such-backup"] {
        let said = refused(&["restore", file, "--database", &database]);
        assert!(said.contains(file), "{said}");
    }
    assert!(!file.exists());
}

#[test]
fn reading_works_beside_a_running_server() {
    let place = tempfile::tempdir().unwrap();
    let file = place.path().join("journal.sqlite");
    let product = Product::serve(&file);
    assert_eq!(product.client().form("/sample", "").status, 303);
    let client = product.client().person("lena");
    assert_eq!(client.tick("metakube", "lead-routing").status, 200);
    let database = format!("sqlite:{}", file.display());

    let gate = run(&["gate", "metakube", "--json", "--database", &database]);
    let said = String::from_utf8_lossy(&gate.stderr);
    assert_eq!(gate.status.code(), Some(1), "{said}");
    let verdict: Value = serde_json::from_slice(&gate.stdout).unwrap();
    assert_eq!(verdict["revision"], client.revision("metakube"));

    let export = run(&["export", "metakube", "--database", &database]);
    assert_eq!(export.status.code(), Some(0));
    let served = client.get("/api/v1/launches/metakube/export").body;
    assert_eq!(String::from_utf8_lossy(&export.stdout), served);

    let verified = run(&["verify", "--database", &database]);
    assert_eq!(verified.status.code(), Some(0));

    let backup = place.path().join("backup.sqlite");
    let to = backup.display().to_string();
    let done = run(&["backup", &to, "--database", &database]);
    assert_eq!(done.status.code(), Some(0));
    let restored = Product::serve(&backup);
    assert_eq!(
        restored.client().journal("metakube", 0),
        client.journal("metakube", 0)
    );

    // The server is still the one that writes.
    assert_eq!(client.tick("metakube", "deck").status, 200);
    let plan = concat!(
        env!("CARGO_MANIFEST_DIR"),
        "/../shared/samples/metakube.en.toml"
    );
    let said = refused(&["import", plan, "--database", &database]);
    assert!(said.contains("in use by another process"), "{said}");
}

#[test]
fn a_reader_who_has_seen_enough_is_no_failure() {
    let plan = concat!(
        env!("CARGO_MANIFEST_DIR"),
        "/../shared/samples/metakube.en.toml"
    );
    for arguments in [&["check", plan][..], &["check", "--json", plan]] {
        assert_eq!(
            unheard(arguments),
            (Some(1), String::new()),
            "{arguments:?}"
        );
    }
    let completions = unheard(&["completions", "bash"]);
    assert_eq!(completions, (Some(0), String::new()));
}

#[test]
fn it_listens_to_this_machine_only() {
    let said = refused(&["demo", "--listen", "0.0.0.0:0"]);
    assert!(said.contains("other machines"), "{said}");
}

#[test]
fn a_settings_file_is_obeyed_and_what_is_in_force_can_be_kept_as_one() {
    let place = tempfile::tempdir().unwrap();
    let file = place.path().join("settings.toml");
    std::fs::write(
        &file,
        "base-url = \"https://a.example\"\ndatabase = \"postgres://a:hush@db/x\"\n",
    )
    .unwrap();
    let file = file.to_str().unwrap();
    let printed = run(&["config", "--config", file, "--host", "a.example"]);
    let printed = String::from_utf8(printed.stdout).unwrap();
    assert!(!printed.contains("hush"), "{printed}");
    for (part, line) in [
        ("settings.toml, line 1.", "base-url = \"https://a.example\""),
        (
            "settings.toml, line 2.",
            "# database = \"postgres://a:…@db/x\"",
        ),
        ("said by the command line.", "host = \"a.example\""),
        ("this is the default.", "# listen = \"127.0.0.1:3000\""),
    ] {
        let at = printed.find(part).unwrap_or_else(|| panic!("{printed}"));
        assert!(printed[at..].contains(line), "{line}: {printed}");
    }

    let kept = place.path().join("kept.toml");
    std::fs::write(&kept, &printed).unwrap();
    let again = run(&["config", "--config", kept.to_str().unwrap(), "--json"]);
    let again: Value = serde_json::from_slice(&again.stdout).unwrap();
    let row = |name: &str| {
        let mut rows = again.as_array().unwrap().iter();
        rows.find(|row| row["name"] == name).unwrap()
    };
    assert_eq!(row("host")["values"][0], "a.example");
    assert!(row("host")["source"]["file"]["line"].is_number());
    assert_eq!(row("listen")["source"], "default");

    std::fs::write(&kept, "lisen = \"127.0.0.1:0\"").unwrap();
    let said = refused(&["serve", "--config", kept.to_str().unwrap()]);
    assert!(said.contains("kept.toml:1: lisen is no setting"), "{said}");
}

/// Made-up series: a release, running work, and one that is too short to be judged.
const SERIES: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/samples/series.jsonl");

#[test]
fn a_backtest_writes_a_line_for_each_series_and_cut() {
    let done = run(&["backtest", SERIES, "--json"]);
    let said = String::from_utf8_lossy(&done.stderr);
    assert_eq!((done.status.code(), said.as_ref()), (Some(0), ""));
    let text = String::from_utf8(done.stdout).unwrap();
    let lines: Vec<Value> = text
        .lines()
        .map(|line| serde_json::from_str(line).unwrap())
        .collect();
    let cuts: Vec<_> = lines
        .iter()
        .map(|line| (line["id"].as_str().unwrap(), line["cut"].as_u64().unwrap()))
        .collect();
    let expected = [3, 5, 7].map(|cut| ("shop", cut));
    assert_eq!(cuts[..3], expected);
    assert_eq!(
        cuts[3..],
        [("support", 3), ("support", 4), ("support", 6), ("short", 3)]
    );
    let first = &lines[0];
    assert_eq!(first["next4"]["horizon"], 4);
    assert_eq!(first["rest"]["horizon"], 7);
    for q in [
        &first["next4"]["q"],
        &first["rest"]["q"],
        &first["finish"]["q"],
    ] {
        let levels = ["0.05", "0.1", "0.25", "0.5", "0.75", "0.9", "0.95"];
        let values = levels.map(|level| q[level].as_f64().unwrap());
        assert!(values.is_sorted() && values[0] > 0.0, "{q}");
    }
    assert!(lines[3]["finish"].is_null(), "running work has no end");
    let again = run(&["backtest", SERIES, "--json"]);
    assert_eq!(text, String::from_utf8_lossy(&again.stdout));
}

#[test]
fn a_backtest_says_how_often_reality_fell_inside() {
    let said = |language| {
        let done = run(&["backtest", SERIES, "--language", language]);
        assert_eq!(done.status.code(), Some(0));
        String::from_utf8(done.stdout).unwrap()
    };
    let table = said("en");
    for expected in [
        "Releases (1 series, cuts: 3)",
        "Throughput (1 series, cuts: 3)",
        "average velocity    resampling",
        "1 series is left out",
    ] {
        assert!(table.contains(expected), "{table}");
    }
    assert!(said("de").contains("Durchsatz (1 Reihe, Schnitte: 3)"));
}

#[test]
fn a_backtest_draws_how_often_reality_fell_inside() {
    let place = tempfile::tempdir().unwrap();
    let file = place.path().join("chart.svg");
    let name = file.display().to_string();
    let plain = run(&["backtest", SERIES]);
    let done = run(&["backtest", SERIES, "--chart", &name]);
    assert_eq!(done.status.code(), Some(0));
    assert_eq!(done.stdout, plain.stdout, "the table stays as it is");
    let chart = std::fs::read_to_string(&file).unwrap();
    assert!(chart.starts_with("<svg xmlns=\"http://www.w3.org/2000/svg\""));
    // Releases have a finish, throughput has none.
    assert_eq!(chart.matches("role=\"img\"").count(), 5, "{chart}");
    assert!(chart.contains("Releases: finish") && chart.contains("average velocity"));
    let german = run(&[
        "backtest",
        SERIES,
        "--json",
        "--chart",
        &name,
        "--language",
        "de",
    ]);
    assert_eq!(german.status.code(), Some(0));
    assert!(
        std::fs::read_to_string(&file)
            .unwrap()
            .contains("Durchsatz: Rest")
    );

    let nowhere = place
        .path()
        .join("no/such/folder.svg")
        .display()
        .to_string();
    let failed = run(&["backtest", SERIES, "--chart", &nowhere]);
    assert_eq!(failed.status.code(), Some(2));
    assert!(String::from_utf8_lossy(&failed.stderr).contains("folder.svg"));
}

#[test]
fn a_backtest_refuses_what_it_cannot_use_and_says_where() {
    let place = tempfile::tempdir().unwrap();
    let file = place.path().join("series.jsonl");
    let name = file.display().to_string();
    let good = std::fs::read_to_string(SERIES).unwrap();
    let bad = good.replace("\"throughput\"", "\"sprints\"");
    for (text, expected) in [
        (
            bad.as_str(),
            "line 2, kind: “sprints” is not allowed; allowed is: release",
        ),
        ("{\"id\":", "line 1: this is no JSON object"),
        ("\n", "there is no series"),
    ] {
        std::fs::write(&file, text).unwrap();
        let done = run(&["backtest", &name, "--json"]);
        let said = String::from_utf8_lossy(&done.stderr);
        assert_eq!(done.status.code(), Some(2), "{said}");
        assert!(
            said.contains(expected) && said.contains("series.jsonl"),
            "{said}"
        );
        assert!(done.stdout.is_empty());
    }
    assert!(refused(&["backtest", "no-such-file.jsonl"]).contains("no-such-file.jsonl"));
}
