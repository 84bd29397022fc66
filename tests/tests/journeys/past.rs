//! The launch as it stood at any moment.

use serde_json::Value;
use startklar_tests::{
    Product,
    browser::{Browser, Driver},
    product::run,
};

use crate::lena;

const JOURNAL: &str = "/l/metakube/journal";

#[tokio::test]
async fn the_slider_shows_the_launch_as_it_stood() {
    let product = Product::demo();
    let driver = Driver::start();
    let browser = lena(&product, &driver, JOURNAL).await;
    let now = browser.words("h1").await;

    // A click on a week.
    browser.click_words(".weeks", "6").await;
    browser.shows(".notice a[href$='/journal']").await;
    browser.alive().await;
    let day = day(&browser).await;
    let then = browser.words("h1").await;
    assert_ne!(then, now);
    // The same as the interface says of that moment.
    let judged = product.client().get(&format!(
        "/api/v1/launches/metakube/assessment?at={day}T22:59:59Z"
    ));
    assert_eq!(
        spaced(&then),
        spaced(judged.json()["sentence"].as_str().unwrap())
    );
    // The past cannot be changed.
    browser.lacks("form[action$='/do']").await;

    // One day on by the slider itself.
    browser
        .run("document.querySelector('[type=range]').focus()")
        .await;
    browser.press(['\u{E014}']).await;
    let moved =
        format!("return location.search !== '?at={day}' && location.search.startsWith('?at=')");
    browser
        .until(&moved, "the slider leads to another day")
        .await;
    browser.alive().await;
    // And on from there: the slider has the focus again.
    let here = browser.run("return location.search").await;
    let focused = "return document.activeElement.type === 'range'";
    browser.until(focused, "the slider has the focus").await;
    browser.press(['\u{E014}']).await;
    let further =
        format!("return location.search.startsWith('?at=') && location.search !== {here}");
    browser.until(&further, "the slider leads on").await;
    browser.alive().await;
    browser.click(".notice a[href$='/journal']").await;
    browser.is_at(JOURNAL).await;
    assert_eq!(browser.words("h1").await, now);
}

#[tokio::test]
async fn the_slider_shows_the_sample_as_it_stood_at_the_end_of_week_7() {
    let plan = concat!(
        env!("CARGO_MANIFEST_DIR"),
        "/../shared/samples/metakube.en.toml"
    );
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("startklar.sqlite");
    let database = format!("sqlite:{}", file.display());
    let imported = run(&["import", plan, "--database", &database]);
    assert!(imported.status.success(), "{imported:?}");
    let product = Product::serve(&file);
    let driver = Driver::start();
    let browser = lena(&product, &driver, JOURNAL).await;

    browser.click_words(".weeks", "7").await;
    browser.shows(".notice a[href$='/journal']").await;
    browser.alive().await;
    assert_eq!(day(&browser).await, "2026-04-19");
    let checked = run(&["check", plan, "--json", "--at", "2026-04-19T23:59:59+02:00"]);
    let checked: Value = serde_json::from_slice(&checked.stdout).unwrap();
    let sentence = checked["sentence"].as_str().unwrap();
    assert!(sentence.contains("Not launch-ready"), "{sentence}");
    assert_eq!(spaced(&browser.words("h1").await), spaced(sentence));
}

/// The day that the page shows.
async fn day(browser: &Browser) -> String {
    let day = "return new URLSearchParams(location.search).get('at')";
    match browser.run(day).await {
        Value::String(day) => day,
        none => panic!("the address names no day: {none}"),
    }
}

/// The words, however the page breaks its lines.
fn spaced(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}
