//! The API and the pages without JavaScript, asked of the built product.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    missing_docs,
    reason = "tests"
)]

use std::{thread, time::Duration};

use serde_json::json;
use startklar_tests::Product;
use uuid::Uuid;

const LAUNCH: &str = "metakube";
/// An open item of the sample that asks for no evidence.
const PLAIN: &str = "lead-routing";
/// Another one.
const OTHER: &str = "deck";
/// An open item of the sample that asks for evidence.
const PROVEN: &str = "price-list";
/// Somebody of the sample.
const SOMEBODY: &str = "lena";

fn journal_after(seq: u64) -> String {
    format!("/api/v1/launches/{LAUNCH}/journal?after={seq}")
}

#[test]
fn the_sample_is_judged() {
    let product = Product::demo();
    let assessment = product.client().assessment(LAUNCH);
    assert_eq!(assessment["verdict"], "no_go");
    let sentence = assessment["sentence"].as_str().unwrap();
    assert!(sentence.contains("Not launch-ready"), "{sentence}");
    assert!(!assessment["findings"].as_array().unwrap().is_empty());

    let german = product.client().with("Accept-Language", "de");
    let german = german.assessment(LAUNCH);
    assert_ne!(german["sentence"], sentence);
    assert_eq!(german["verdict"], "no_go");
}

#[test]
fn a_command_happens_once() {
    let product = Product::demo();
    let client = product.client().person(SOMEBODY);
    let before = client.revision(LAUNCH);
    let id = Uuid::now_v7();
    let tick = json!({"tick_item": {"item": PLAIN}});

    let first = client.command(LAUNCH, id, &tick);
    assert_eq!(first.status, 200, "{}", first.body);
    assert_eq!(first.json()["revision"], before + 1);
    assert_eq!(
        first.header("etag"),
        Some(format!("\"{}\"", before + 1).as_str())
    );

    let again = client.command(LAUNCH, id, &tick);
    assert_eq!(again.status, 200, "{}", again.body);
    assert_eq!(again.json()["records"], first.json()["records"]);

    let new = client.get(&journal_after(before)).json();
    let records = new["records"].as_array().unwrap();
    assert_eq!(records.len(), 1, "{new}");
    assert_eq!(records[0]["event"]["item_ticked"]["item"], PLAIN);
    assert_eq!(records[0]["command"], id.to_string());
}

#[test]
fn what_the_rules_refuse_changes_nothing() {
    let product = Product::demo();
    let client = product.client().person(SOMEBODY);
    assert_eq!(client.tick(LAUNCH, PLAIN).status, 200);
    let before = client.revision(LAUNCH);

    let second = client.tick(LAUNCH, PLAIN);
    assert_eq!(
        (second.status, &second.problem()["code"]),
        (409, &json!("already"))
    );

    let bare = client.tick(LAUNCH, PROVEN);
    assert_eq!(
        (bare.status, &bare.problem()["code"]),
        (422, &json!("evidence_missing"))
    );

    let nobody = product.client().tick(LAUNCH, OTHER);
    assert_eq!(
        (nobody.status, &nobody.problem()["code"]),
        (401, &json!("nobody_acts"))
    );

    let nowhere = client.tick("atlantis", OTHER);
    assert_eq!(
        (nowhere.status, &nowhere.problem()["code"]),
        (404, &json!("unknown"))
    );

    let foreign = client
        .with("Origin", "https://elsewhere.example")
        .tick(LAUNCH, OTHER);
    assert_eq!(
        (foreign.status, &foreign.problem()["code"]),
        (403, &json!("foreign_site"))
    );

    let late = client.with("If-Match", "\"1\"").tick(LAUNCH, OTHER);
    assert_eq!(
        (late.status, &late.problem()["code"]),
        (412, &json!("stale"))
    );

    assert_eq!(client.revision(LAUNCH), before);
}

#[test]
fn an_unchanged_launch_is_not_sent_again() {
    let product = Product::demo();
    let client = product.client();
    let path = format!("/api/v1/launches/{LAUNCH}");
    let tag = client.get(&path).header("etag").unwrap().to_owned();
    let known = client.with("If-None-Match", &tag);
    assert_eq!(known.get(&path).status, 304);
    assert_eq!(client.person(SOMEBODY).tick(LAUNCH, PLAIN).status, 200);
    assert_eq!(known.get(&path).status, 200);
}

#[test]
fn the_past_stays_as_it_was() {
    let product = Product::demo();
    let client = product.client().person(SOMEBODY);
    let before = client.assessment(LAUNCH);
    thread::sleep(Duration::from_millis(20));
    assert_eq!(client.tick(LAUNCH, PLAIN).status, 200);

    let at = before["at"].as_str().unwrap();
    let past = client.get(&format!("/api/v1/launches/{LAUNCH}/assessment?at={at}"));
    assert_eq!(past.json(), before);
    assert_ne!(client.assessment(LAUNCH)["findings"], before["findings"]);
}

#[test]
fn a_stream_delivers_and_goes_on_where_it_broke() {
    let product = Product::demo();
    let client = product.client().person(SOMEBODY);
    let before = client.revision(LAUNCH);

    let mut live = client.follow(LAUNCH, "");
    assert_eq!(client.tick(LAUNCH, PLAIN).status, 200);
    let (seq, event) = live.next_event();
    assert_eq!(seq, before + 1);
    assert_eq!(event["event"]["item_ticked"]["item"], PLAIN);
    drop(live);

    assert_eq!(client.tick(LAUNCH, OTHER).status, 200);
    let again = client.with("Last-Event-ID", &seq.to_string());
    let (next, event) = again.follow(LAUNCH, "").next_event();
    assert_eq!(next, before + 2);
    assert_eq!(event["event"]["item_ticked"]["item"], OTHER);

    let mut after = client.follow(LAUNCH, &format!("?after={before}"));
    assert_eq!(after.next_event().0, before + 1);
    assert_eq!(after.next_event().0, before + 2);
}

#[test]
fn every_page_is_served_in_every_language() {
    let product = Product::demo();
    for locale in ["en", "de"] {
        let client = product.client().with("Cookie", &format!("locale={locale}"));
        for page in [
            "/",
            "/week",
            "/new",
            "/who",
            "/l/metakube",
            "/l/metakube/scope",
            "/l/metakube/plan",
            "/l/metakube/checklists",
            "/l/metakube/requests",
            "/l/metakube/journal",
            "/l/metakube/settings",
            "/l/metakube/items/lead-routing",
        ] {
            let answer = client.get(page);
            assert_eq!(answer.status, 200, "{page} in {locale}");
            let policy = answer.header("content-security-policy").unwrap();
            assert!(policy.contains("default-src 'none'"), "{page}: {policy}");
            assert!(
                answer.body.contains(&format!("<html lang=\"{locale}\"")),
                "{page}"
            );
        }
        assert_eq!(client.get("/l/atlantis").status, 404);
    }
}

#[test]
fn a_form_ticks_without_javascript() {
    let product = Product::demo();
    let me = product
        .client()
        .form("/who", "person=lena&back=/l/metakube/checklists");
    assert_eq!(me.status, 303, "{}", me.body);
    let mut cookies = me.cookies();
    let client = product.client().with("Cookie", &cookies.join("; "));
    let before = client.revision(LAUNCH);

    let fields = format!("kind=tick_item&item={PLAIN}&back=/l/metakube/checklists");
    let done = client.form("/l/metakube/do", &fields);
    assert_eq!(done.status, 303, "{}", done.body);
    assert_eq!(done.header("location"), Some("/l/metakube/checklists"));
    assert_eq!(client.revision(LAUNCH), before + 1);

    cookies.extend(done.cookies());
    let page = product.client().with("Cookie", &cookies.join("; "));
    let page = page.get(done.header("location").unwrap());
    assert_eq!(page.status, 200);
    let row = page
        .body
        .split("<tr")
        .find(|row| row.contains(&format!("id=\"item-{PLAIN}\"")));
    assert!(row.unwrap().contains("untick_item"), "{row:?}");

    // What the rules refuse, the page says.
    let refused = client.form("/l/metakube/do", &fields);
    assert_eq!(refused.status, 303, "{}", refused.body);
    assert!(
        refused
            .cookies()
            .iter()
            .any(|c| c.starts_with("notice=refused"))
    );
    assert_eq!(client.revision(LAUNCH), before + 1);
}
