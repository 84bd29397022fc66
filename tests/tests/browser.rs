//! Journeys in a real browser, on the built product.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    missing_docs,
    reason = "tests"
)]

use startklar_tests::{Product, browser::Driver};

const CHECKLISTS: &str = "/l/metakube/checklists";
/// An open item of the sample that asks for no evidence.
const PLAIN: &str = "#item-lead-routing";
/// An open item of the sample that asks for evidence.
const PROVEN: &str = "#item-price-list";

fn ticked(row: &str) -> String {
    format!("{row} input[name='kind'][value='untick_item']")
}

fn open(row: &str) -> String {
    format!("{row} input[name='kind'][value='tick_item']")
}

#[tokio::test]
async fn what_one_ticks_the_other_sees_at_once() {
    let product = Product::demo();
    let driver = Driver::start();
    let (lena, jonas) = (driver.browser().await, driver.browser().await);
    lena.choose(product.base(), "Lena Novak", CHECKLISTS).await;
    jonas
        .choose(product.base(), "Jonas Berger", CHECKLISTS)
        .await;
    for browser in [&lena, &jonas] {
        browser.shows(&open(PLAIN)).await;
        // Lost when the page is loaded anew.
        browser.run("window.kept = true").await;
    }

    lena.click(&format!("{PLAIN} button[data-tick]")).await;
    lena.shows(&ticked(PLAIN)).await;
    jonas.shows(&ticked(PLAIN)).await;

    jonas.click(&format!("{PLAIN} button[data-tick]")).await;
    jonas.shows(&open(PLAIN)).await;
    lena.shows(&open(PLAIN)).await;

    for browser in [&lena, &jonas] {
        assert_eq!(browser.run("return window.kept === true").await, true);
        assert_eq!(browser.console(), Vec::<String>::new());
    }
}

#[tokio::test]
async fn a_tick_asks_for_its_evidence_in_place() {
    let product = Product::demo();
    let driver = Driver::start();
    let browser = driver.browser().await;
    browser
        .choose(product.base(), "Lena Novak", CHECKLISTS)
        .await;
    browser.run("window.kept = true").await;

    browser.click(&format!("{PROVEN} a[data-tick]")).await;
    browser.shows("#proof-price-list").await;
    browser
        .type_into("#proof-price-list", "https://wiki.example/prices")
        .await;
    browser.click(".proof-row button.button--main").await;
    browser.shows(&ticked(PROVEN)).await;

    assert_eq!(browser.run("return window.kept === true").await, true);
    assert_eq!(browser.console(), Vec::<String>::new());
    let journal = product
        .client()
        .get("/api/v1/launches/metakube/journal?after=464");
    assert!(
        journal.body.contains("https://wiki.example/prices"),
        "{}",
        journal.body
    );
}

#[tokio::test]
async fn every_page_comes_alive_without_a_complaint() {
    let product = Product::demo();
    let driver = Driver::start();
    let browser = driver.browser().await;
    browser.choose(product.base(), "Lena Novak", "/week").await;
    let mut complaints = browser.console();
    for page in [
        "/",
        "/new",
        "/who",
        "/l/metakube",
        "/l/metakube/plan",
        CHECKLISTS,
        "/l/metakube/requests",
        "/l/metakube/journal",
        "/l/metakube/settings",
        "/l/metakube/items/lead-routing",
    ] {
        browser.open(&format!("{}{page}", product.base())).await;
        let said = browser.console();
        complaints.extend(said.into_iter().map(|said| format!("{page}: {said}")));
    }
    assert!(complaints.is_empty(), "{complaints:#?}");
}
