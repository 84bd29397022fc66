//! The connection is lost: it is said, what is done meanwhile is held, and nothing is lost.

use startklar_tests::{Product, browser::Driver};

use crate::{CHECKLISTS, PLAIN, lena, open, tick, ticked, two};

/// The row of another open item of the sample that asks for no evidence.
const OTHER: &str = "#item-deck";
/// The row of one that asks for evidence.
const PROVEN: &str = "#item-price-list";

#[tokio::test]
async fn what_is_done_without_a_connection_is_held_and_sent_later() {
    let product = Product::demo();
    let driver = Driver::start();
    let (lena, jonas) = two(&product, &driver, CHECKLISTS).await;

    lena.stirs().await;
    lena.network(false);
    lena.says(".notice--refused", "No connection").await;
    lena.click(&tick(PLAIN)).await;
    lena.shows(&ticked(PLAIN)).await;
    lena.says(".notice--refused", "1 change waits").await;
    lena.click(&format!("{PROVEN} a[data-tick]")).await;
    lena.type_into("#proof-price-list", "the list of May").await;
    lena.click(".proof-row .button--main").await;
    lena.says(".notice--refused", "2 changes wait").await;
    jonas.click(&tick(OTHER)).await;
    jonas.shows(&ticked(OTHER)).await;

    lena.network(true);
    lena.lacks(".notice--refused").await;
    lena.shows(&ticked(OTHER)).await;
    for browser in [&lena, &jonas] {
        browser.shows(&ticked(PLAIN)).await;
    }
    lena.shows(&ticked(PROVEN)).await;
    let journal = product
        .client()
        .get("/api/v1/launches/metakube/journal?after=400");
    assert!(journal.body.contains("the list of May"), "{}", journal.body);
}

/// A tick and what takes it back, and a tick again: held and sent in this order.
#[tokio::test]
async fn what_is_held_keeps_its_order() {
    let product = Product::demo();
    let driver = Driver::start();
    let lena = lena(&product, &driver, CHECKLISTS).await;
    let before = product.client().revision("metakube");

    lena.stirs().await;
    lena.network(false);
    for _ in 0..3 {
        lena.click(&tick(PLAIN)).await;
        lena.shows(&ticked(PLAIN)).await;
        lena.press(['u']).await;
        lena.shows(&open(PLAIN)).await;
    }
    lena.click(&tick(PLAIN)).await;
    lena.says(".notice--refused", "7 changes wait").await;
    lena.network(true);

    product.client().reaches("metakube", before + 7);
    lena.lacks(".notice--refused").await;
    lena.shows(&ticked(PLAIN)).await;
    lena.lacks(".toast--refused").await;
}

/// The server ends and comes back, as when it is made anew, while a page is open.
#[tokio::test]
async fn a_page_outlives_its_server() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("restarted.sqlite");
    let product = Product::serve(&file);
    let address = product.base().replacen("http://", "", 1);
    let driver = Driver::start();
    let browser = driver.browser().await;
    browser.open(product.base()).await;
    browser.click("form[action='/sample'] button").await;
    browser.is_at("/who?back=%2Fl%2Fmetakube").await;
    browser
        .choose(product.base(), "Lena Novak", "/l/metakube")
        .await;
    browser
        .open(&format!("{}{CHECKLISTS}", product.base()))
        .await;
    let before = product.client().revision("metakube");

    // Nobody has stirred: what acting needs comes all the same after a while.
    browser.shows("html[data-hand]").await;
    browser.forgive("net::ERR_");
    drop(product);
    browser.says(".notice--refused", "No connection").await;
    browser.click(&tick(PLAIN)).await;
    browser.says(".notice--refused", "1 change waits").await;

    let product = Product::serve_at(&file, &address);
    browser.lacks(".notice--refused").await;
    browser.shows(&ticked(PLAIN)).await;
    product.client().reaches("metakube", before + 1);
    assert_eq!(product.client().revision("metakube"), before + 1);
    // And it is alive again: what happens elsewhere arrives.
    let elsewhere = product.client().person("jonas").tick("metakube", "deck");
    assert_eq!(elsewhere.status, 200, "{}", elsewhere.body);
    browser.shows(&ticked(OTHER)).await;
}
