//! No page has a barrier that the checker knows, in either language and theme; and no page
//! complains while it comes alive.

use startklar_tests::{Product, browser::Driver};

use crate::{CHECKLISTS, NOT_THERE, PAGES};

/// Pages as they are after a click or a key: with a form open, a dialog open, something said.
const OPENED: [(&str, &str); 6] = [
    (
        "/l/metakube/checklists",
        "document.querySelector('#item-price-list a[data-tick]').click()",
    ),
    (
        "/l/metakube/checklists",
        "document.querySelector('[data-opens=palette]').click()",
    ),
    (
        "/l/metakube/plan",
        "document.querySelectorAll('details').forEach(d => d.open = true)",
    ),
    (
        "/l/metakube/stories/meter-restart",
        "document.querySelectorAll('details').forEach(d => d.open = true)",
    ),
    (
        "/l/metakube/items/lead-routing",
        "document.querySelectorAll('details').forEach(d => d.open = true)",
    ),
    (
        "/l/metakube/checklists",
        "document.querySelector('#item-lead-routing button[data-tick]').click()",
    ),
];

async fn check(language: &str, theme: &str) {
    let product = Product::demo();
    let driver = Driver::start();
    let browser = driver.browser_in(language).await;
    browser
        .choose(product.base(), "Lena Novak", CHECKLISTS)
        .await;
    while browser
        .run("return document.documentElement.dataset.theme")
        .await
        != theme
    {
        browser.run("window.old = true").await;
        browser.click("[name=theme]").await;
        browser
            .until("return window.old === undefined", "the theme has changed")
            .await;
        browser.alive().await;
    }
    let mut found = Vec::new();
    browser.forgive(NOT_THERE);
    for page in PAGES {
        browser.open(&format!("{}{page}", product.base())).await;
        let barriers = browser.barriers().await;
        found.extend(barriers.iter().map(|what| format!("{page}: {what}")));
        let said = browser.console();
        found.extend(said.iter().map(|what| format!("{page} says {what}")));
    }
    for (page, deed) in OPENED {
        browser.open(&format!("{}{page}", product.base())).await;
        browser.run(deed).await;
        let barriers = browser.barriers().await;
        found.extend(
            barriers
                .iter()
                .map(|what| format!("{page} after {deed}: {what}")),
        );
    }
    assert!(found.is_empty(), "{found:#?}");
}

#[tokio::test]
async fn no_barriers_in_light_english() {
    check("en", "light").await;
}

#[tokio::test]
async fn no_barriers_in_dark_english() {
    check("en", "dark").await;
}

#[tokio::test]
async fn no_barriers_in_light_german() {
    check("de", "light").await;
}

#[tokio::test]
async fn no_barriers_in_dark_german() {
    check("de", "dark").await;
}
