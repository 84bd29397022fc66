//! Dark and light, and a phone: nothing is cut off, and a tick is still one click.

use startklar_tests::{Product, browser::Driver};

use crate::{CHECKLISTS, NOT_THERE, PAGES, PLAIN, tick, ticked};

#[tokio::test]
async fn dark_is_chosen_on_the_page_and_stays() {
    let product = Product::demo();
    let driver = Driver::start();
    let browser = driver.browser().await;
    browser
        .open(&format!("{}/l/metakube", product.base()))
        .await;
    let light = browser.background().await;

    browser.click("[name=theme]").await;
    browser.shows("html[data-theme=dark]").await;
    browser.alive().await;
    let dark = browser.background().await;
    assert_ne!(dark, light);
    browser.open(&format!("{}/week", product.base())).await;
    assert_eq!(browser.background().await, dark);

    browser.click("[name=theme]").await;
    browser.shows("html[data-theme=light]").await;
    assert_eq!(browser.background().await, light);
}

#[tokio::test]
async fn no_page_scrolls_sideways_on_a_phone() {
    let product = Product::demo();
    let driver = Driver::start();
    let browser = driver.browser().await;
    browser.width(390);
    browser
        .choose(product.base(), "Lena Novak", CHECKLISTS)
        .await;
    browser.click(&tick(PLAIN)).await;
    browser.shows(&ticked(PLAIN)).await;

    browser.forgive(NOT_THERE);
    let mut wide = Vec::new();
    for language in ["en", "de"] {
        browser.open(&format!("{}/", product.base())).await;
        if language == "de" {
            browser.click("[name=locale]").await;
            browser.shows("html[lang=de]").await;
        }
        for page in PAGES {
            browser.visit(&format!("{}{page}", product.base())).await;
            for width in [390, 320] {
                browser.width(width);
                let out = browser.too_wide().await;
                let out = out.iter();
                wide.extend(out.map(|what| format!("{language} {page} {width}: {what}")));
            }
        }
    }
    assert!(wide.is_empty(), "{wide:#?}");
}
