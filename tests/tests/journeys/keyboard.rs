//! Everything by keyboard.

use startklar_tests::{
    Product,
    browser::{
        Browser, Driver,
        hand::keys::{ENTER, ESCAPE, TAB},
    },
};

use crate::{CHECKLISTS, lena, open, ticked};

/// The id of what has the focus, or of the row that it is in.
async fn focus(browser: &Browser) -> String {
    let at = browser
        .run("return document.activeElement.closest('[id]')?.id ?? ''")
        .await;
    at.as_str().unwrap().to_owned()
}

#[tokio::test]
async fn rows_are_walked_and_ticked() {
    let product = Product::demo();
    let driver = Driver::start();
    let browser = driver.browser().await;
    let list = format!("{CHECKLISTS}?discipline=sales");
    browser.choose(product.base(), "Lena Novak", &list).await;

    browser.press(['j']).await;
    let first = focus(&browser).await;
    browser.press(['j']).await;
    let second = focus(&browser).await;
    assert!(
        first.starts_with("item-") && second.starts_with("item-") && first != second,
        "{first} {second}"
    );
    browser.press(['k']).await;
    assert_eq!(focus(&browser).await, first);
    // The focus can be seen.
    let outline = browser
        .run("return getComputedStyle(document.activeElement).outlineStyle")
        .await;
    assert_ne!(outline, "none");

    // `x` ticks where no evidence is asked for, `e` opens the evidence where it is.
    let plain = "item-lead-routing";
    while focus(&browser).await != plain {
        browser.press(['j']).await;
    }
    browser.press(['x']).await;
    browser.shows(&ticked(&format!("#{plain}"))).await;
    // The row stays where it is, and on it goes from there.
    assert_eq!(focus(&browser).await, plain);
    browser.press(['u']).await;
    browser.shows(&open(&format!("#{plain}"))).await;
}

#[tokio::test]
async fn evidence_is_given_and_left_by_keyboard() {
    let product = Product::demo();
    let driver = Driver::start();
    let browser = driver.browser().await;
    let list = format!("{CHECKLISTS}?q=price+list");
    browser.choose(product.base(), "Lena Novak", &list).await;
    while focus(&browser).await != "item-price-list" {
        browser.press(['j']).await;
    }

    browser.press(['e']).await;
    browser.has_focus("#proof-price-list").await;
    browser.press([ESCAPE]).await;
    browser.lacks("#proof-price-list").await;
    assert_eq!(focus(&browser).await, "item-price-list");

    browser.press(['e']).await;
    browser.has_focus("#proof-price-list").await;
    // Letters are letters in a field.
    browser.press("jxu".chars()).await;
    browser.press([ENTER]).await;
    browser.shows(&ticked("#item-price-list")).await;
    browser.has_focus("#item-price-list").await;

    // Enter opens the row.
    browser.press([ENTER]).await;
    browser.is_at("/l/metakube/items/price-list").await;
}

#[tokio::test]
async fn the_palette_finds_an_item_and_opens_it() {
    let product = Product::demo();
    let driver = Driver::start();
    let browser = lena(&product, &driver, "/l/metakube").await;

    browser.press_control('k').await;
    browser.has_focus("#palette-field").await;
    browser.press([ESCAPE]).await;
    browser.lacks("#palette[open]").await;

    browser.press_control('k').await;
    browser.has_focus("#palette-field").await;
    browser.press("lead rout".chars()).await;
    browser.says("#hits [aria-selected=true]", "Lead").await;
    browser.press([ENTER]).await;
    browser.is_at("/l/metakube/items/lead-routing").await;
}

#[tokio::test]
async fn keys_lead_to_pages_and_list_themselves() {
    let product = Product::demo();
    let driver = Driver::start();
    let browser = driver.browser().await;
    browser
        .open(&format!("{}/l/metakube", product.base()))
        .await;

    browser.press(['?']).await;
    browser.shows("#keys[open]").await;
    browser.press([ESCAPE]).await;
    browser.lacks("#keys[open]").await;

    browser.press(['g', 'l']).await;
    browser.is_at(CHECKLISTS).await;
    browser.alive().await;
    browser.press(['g', 'p']).await;
    browser.is_at("/l/metakube/plan").await;
}

#[tokio::test]
async fn tab_first_reaches_the_way_past_the_bar() {
    let product = Product::demo();
    let driver = Driver::start();
    let browser = driver.browser().await;
    browser
        .open(&format!("{}/l/metakube", product.base()))
        .await;

    browser.press([TAB]).await;
    let first = browser.run("return document.activeElement.className").await;
    assert_eq!(first, "skip");
    let seen = browser
        .run("const at = document.activeElement.getBoundingClientRect(); return at.top >= 0 && at.left >= 0 && at.height > 0")
        .await;
    assert_eq!(seen, true, "it is in sight while it has the focus");
    browser.press([ENTER]).await;
    browser.press([TAB]).await;
    let within = browser
        .run("return document.querySelector('main').contains(document.activeElement)")
        .await;
    assert_eq!(within, true);
}

#[tokio::test]
async fn whatever_has_the_focus_shows_it() {
    let product = Product::demo();
    let driver = Driver::start();
    let browser = driver.browser().await;
    for page in ["/", "/l/metakube", "/l/metakube/plan", CHECKLISTS] {
        browser.open(&format!("{}{page}", product.base())).await;
        for step in 0..25 {
            browser.press([TAB]).await;
            let at = browser.run(FOCUSED).await;
            assert_eq!(at, "", "{page}, {step}");
        }
    }
}

/// What has the focus and does not show it, or is not in sight.
const FOCUSED: &str = "
    const at = document.activeElement;
    if (at === document.body) return '';
    const style = getComputedStyle(at), box = at.getBoundingClientRect();
    const ring = style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 2;
    const seen = box.width > 0 && box.height > 0 && box.bottom > 0 && box.top < innerHeight;
    return ring && seen ? '' : at.outerHTML.slice(0, 200);
";
