//! One person ticks: evidence in place, the way back.

use serde_json::json;
use startklar_tests::{
    Product,
    browser::{Browser, Driver},
};
use uuid::Uuid;

use crate::{CHECKLISTS, PLAIN, REFUSED, lena, open, tick, ticked, two};

/// The row of an open item of the sample that asks for evidence.
const PROVEN: &str = "#item-price-list";

#[tokio::test]
async fn a_tick_asks_for_its_evidence_in_place() {
    let product = Product::demo();
    let driver = Driver::start();
    let browser = lena(&product, &driver, CHECKLISTS).await;
    browser.run("window.kept = true").await;

    browser.click(&format!("{PROVEN} a[data-tick]")).await;
    browser.shows("#proof-price-list").await;
    browser
        .type_into("#proof-price-list", "https://wiki.example/prices")
        .await;
    browser.click(".proof-row button.button--main").await;
    browser.shows(&ticked(PROVEN)).await;

    assert_eq!(browser.run("return window.kept === true").await, true);
    let journal = product
        .client()
        .get("/api/v1/launches/metakube/journal?after=464");
    assert!(
        journal.body.contains("https://wiki.example/prices"),
        "{}",
        journal.body
    );
}

/// Both ways back: the button of what is said, and its key.
#[tokio::test]
async fn a_tick_is_taken_back_and_the_other_sees_it() {
    let product = Product::demo();
    let driver = Driver::start();
    let (lena, jonas) = two(&product, &driver, CHECKLISTS).await;

    lena.click(&tick(PLAIN)).await;
    jonas.shows(&ticked(PLAIN)).await;
    lena.click(".toast [data-undo]").await;
    lena.shows(&open(PLAIN)).await;
    jonas.shows(&open(PLAIN)).await;

    lena.click(&tick(PLAIN)).await;
    jonas.shows(&ticked(PLAIN)).await;
    lena.press(['u']).await;
    lena.shows(&open(PLAIN)).await;
    jonas.shows(&open(PLAIN)).await;
}

/// The key goes on to the step before, and does not bring back what it took back.
#[tokio::test]
async fn a_second_undo_takes_back_the_step_before() {
    let product = Product::demo();
    let driver = Driver::start();
    let browser = lena(&product, &driver, CHECKLISTS).await;
    let before = product.client().revision("metakube");
    browser.click(&format!("{PLAIN} form.act button")).await;
    product.client().reaches("metakube", before + 1);
    browser.click(&tick(PLAIN)).await;
    browser.shows(&ticked(PLAIN)).await;

    browser.press(['u']).await;
    browser.shows(&open(PLAIN)).await;
    product.client().reaches("metakube", before + 3);
    browser.press(['u']).await;
    product.client().reaches("metakube", before + 4);
    let journal = product.client().get(&format!(
        "/api/v1/launches/metakube/journal?after={}",
        before + 3
    ));
    assert!(
        journal.body.contains("item_begin_withdrawn"),
        "{}",
        journal.body
    );
}

/// What somebody else did with it afterwards is theirs.
#[tokio::test]
async fn an_undo_does_not_take_back_what_another_has_done_since() {
    let product = Product::demo();
    let driver = Driver::start();
    let browser = lena(&product, &driver, CHECKLISTS).await;
    browser.click(&tick(PLAIN)).await;
    browser.shows(&ticked(PLAIN)).await;
    let jonas = product.client().person("jonas");
    let untick = json!({"untick_item": {"item": "lead-routing"}});
    let before = product.client().revision("metakube");
    jonas.command("metakube", Uuid::now_v7(), &untick);
    browser.shows(&open(PLAIN)).await;
    assert_eq!(jonas.tick("metakube", "lead-routing").status, 200);
    browser.shows(&ticked(PLAIN)).await;

    browser.press(['u']).await;
    browser.says(".toast--refused", "Since then: Jonas").await;
    // Nor on the next press: the step is gone.
    browser.press(['u']).await;
    browser.shows(&ticked(PLAIN)).await;
    assert_eq!(product.client().revision("metakube"), before + 2);
}

/// What the server has refused never happened: there is nothing to take back.
#[tokio::test]
async fn a_refused_tick_is_no_step() {
    let product = Product::demo();
    let driver = Driver::start();
    let browser = lena(&product, &driver, CHECKLISTS).await;
    browser.forgive("net::ERR_");
    browser.forgive(REFUSED);
    browser.stirs().await;
    browser.network(false);
    browser.says(".notice--refused", "No connection").await;
    browser.click(&tick(PLAIN)).await;
    browser.says(".notice--refused", "1 change waits").await;
    let jonas = product.client().person("jonas");
    assert_eq!(jonas.tick("metakube", "lead-routing").status, 200);
    let before = product.client().revision("metakube");
    browser.network(true);
    browser.shows(".toast--refused").await;
    browser.press(['u']).await;
    browser.shows(&ticked(PLAIN)).await;
    // Whatever it did would have been sent before this.
    browser.click(&tick("#item-deck")).await;
    product.client().reaches("metakube", before + 1);
    let journal = product.client().journal("metakube", before);
    let kinds: Vec<_> = journal
        .iter()
        .map(|line| line["event"].to_string())
        .collect();
    assert!(!kinds[0].contains("unticked"), "{kinds:?}");
}

/// Where one row moves away or changes, the second click would meet something else.
#[tokio::test]
async fn a_double_click_ticks_once() {
    let product = Product::demo();
    let driver = Driver::start();
    let browser = lena(&product, &driver, CHECKLISTS).await;
    let before = product.client().revision("metakube");

    browser.double_click(&tick(PLAIN)).await;
    browser.shows(&ticked(PLAIN)).await;
    product.client().reaches("metakube", before + 1);
    // Whatever else it did would have been sent before this.
    browser.press(['u']).await;
    browser.shows(&open(PLAIN)).await;
    product.client().reaches("metakube", before + 2);
    assert_eq!(product.client().revision("metakube"), before + 2);
}

#[tokio::test]
async fn the_way_back_leads_to_what_is_true_now() {
    let product = Product::demo();
    let driver = Driver::start();
    let browser = lena(&product, &driver, CHECKLISTS).await;
    browser.click(&format!("{PLAIN} td.item > a")).await;
    browser.is_at("/l/metakube/items/lead-routing").await;
    browser.alive().await;
    browser.click("#tick button[data-tick]").await;
    browser.says(".acts", "Take back").await;

    browser.back().await;
    browser.is_at(CHECKLISTS).await;
    browser.alive().await;
    browser.shows(&ticked(PLAIN)).await;
}

/// Whoever has not said who they are is asked when it matters, and comes back.
#[tokio::test]
async fn who_has_no_name_is_asked_for_it() {
    let product = Product::demo();
    let driver = Driver::start();
    let browser = driver.browser().await;
    let list = format!("{CHECKLISTS}?q=lead+routing");
    browser.open(&format!("{}{list}", product.base())).await;

    browser.click(&tick(PLAIN)).await;
    browser.shows(".toast--refused a[href^='/who']").await;
    browser.shows(&open(PLAIN)).await;
    browser.click(".toast--refused a[href^='/who']").await;
    browser.type_into("main [name=name]", "Noor Haddad").await;
    browser.click("main .stack .button--main").await;
    browser.is_at(&list).await;
    browser.alive().await;
    browser.click(&tick(PLAIN)).await;
    browser.shows(&ticked(PLAIN)).await;
    browser.says(".bar .who", "Noor").await;
}

/// From the click to the changed row, in milliseconds: until the page has it, and until it is drawn.
const TIMED: &str = "
    const done = arguments[arguments.length - 1];
    const row = () => document.querySelector('#item-lead-routing');
    const kind = () => row()?.querySelector('[name=kind]').value;
    const before = kind(), start = performance.now();
    const seen = new MutationObserver(() => {
        if (kind() === undefined || kind() === before) return;
        seen.disconnect();
        const changed = performance.now() - start;
        requestAnimationFrame(() => setTimeout(() => done([changed, performance.now() - start])));
    });
    seen.observe(document.querySelector('main'),
        { subtree: true, childList: true, attributes: true, characterData: true });
    row().querySelector('[data-tick]').click();
";

#[tokio::test]
#[ignore = "a measurement; to be run alone, on a release build"]
async fn how_long_a_tick_takes_to_show() {
    let product = Product::demo();
    let driver = Driver::start();
    let browser = lena(&product, &driver, CHECKLISTS).await;
    measure(&browser, "the sample").await;

    let jonas = product.client().person("jonas");
    for n in 0..900 {
        let item = json!({"add_item": {
            "id": format!("more-{n}"),
            "title": format!("One thing more, {n}"),
            "discipline": "legal",
            "blocking": true,
            "lead_days": 7,
        }});
        let added = jonas.command("metakube", Uuid::now_v7(), &item);
        assert_eq!(added.status, 200, "{}", added.body);
    }
    browser
        .open(&format!("{}{CHECKLISTS}", product.base()))
        .await;
    measure(&browser, "1,000 items on the page").await;
}

#[allow(clippy::print_stdout, reason = "a measurement is printed")]
async fn measure(browser: &Browser, what: &str) {
    let mut times = Vec::new();
    for _ in 0..40 {
        let taken = browser.wait_for(TIMED).await;
        let taken: Vec<f64> = serde_json::from_value(taken).unwrap();
        times.push((taken[0], taken[1]));
    }
    times.sort_by(|a, b| a.0.total_cmp(&b.0));
    let (changed, drawn) = times[times.len() / 2];
    let (slow, slowest) = times[times.len() - 1];
    println!("{what}: changed after {changed:.1} ms, drawn after {drawn:.1} ms (medians of 40)");
    println!("{what}: at worst {slow:.1} ms and {slowest:.1} ms");
}
