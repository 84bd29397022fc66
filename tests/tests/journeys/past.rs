//! The launch as it stood at any moment.

use serde_json::Value;
use startklar_tests::{Product, browser::Driver};

const JOURNAL: &str = "/l/metakube/journal";

#[tokio::test]
async fn the_slider_shows_the_launch_as_it_stood() {
    let product = Product::demo();
    let driver = Driver::start();
    let browser = driver.browser().await;
    browser.choose(product.base(), "Lena Novak", JOURNAL).await;
    let now = browser.words("h1").await;

    // A click on a week.
    browser.click_words(".weeks", "6").await;
    browser.shows(".notice a[href$='/journal']").await;
    browser.alive().await;
    let Value::String(day) = browser
        .run("return new URLSearchParams(location.search).get('at')")
        .await
    else {
        panic!("the address names no day");
    };
    let then = browser.words("h1").await;
    assert_ne!(then, now);
    // The same as the interface says of that moment.
    let judged = product.client().get(&format!(
        "/api/v1/launches/metakube/assessment?at={day}T22:59:59Z"
    ));
    let spaced = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
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
