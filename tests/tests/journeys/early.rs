//! The reader acts before what carries it out has come: nothing is lost, and nothing done twice.

use startklar_tests::{Product, browser::Driver};

use crate::{CHECKLISTS, PLAIN, lena, tick, ticked};

/// The item whose page is open.
const ITEM: &str = "/l/metakube/items/lead-routing";

#[tokio::test]
async fn what_cannot_be_carried_out_on_the_page_is_sent_as_a_plain_form() {
    let product = Product::demo();
    let driver = Driver::start();
    let browser = lena(&product, &driver, CHECKLISTS).await;
    let before = product.client().revision("metakube");
    browser.never_gets("*/pkg/hand-*");
    browser.forgive("no bundle brings");
    let page = format!("{}{CHECKLISTS}", product.base());
    browser.open(&page).await;
    browser.run("window.kept = true").await;

    browser.click(&tick(PLAIN)).await;
    product.client().reaches("metakube", before + 1);
    browser.shows(&ticked(PLAIN)).await;
    browser.alive().await;
    assert_eq!(browser.run("return window.kept === true").await, false);

    browser.press_control('k').await;
    browser.says(".toast--refused", "went wrong").await;
    browser.lacks("#palette[open]").await;
}

/// Both presses come before anything could have been fetched.
#[tokio::test]
async fn who_presses_twice_at_once_means_it_once_and_keeps_what_was_written() {
    let product = Product::demo();
    let driver = Driver::start();
    let browser = lena(&product, &driver, ITEM).await;
    let before = product.client().revision("metakube");
    let page = format!("{}{ITEM}", product.base());
    browser.open(&page).await;

    let script = "
        const form = document.querySelector('form:has([value=edit_item])');
        const waits = document.documentElement.hasAttribute('data-hand');
        form.querySelector('[name=title]').value = 'Leads are routed by region';
        form.requestSubmit();
        form.requestSubmit();
        return waits;
    ";
    assert_eq!(browser.run(script).await, false, "before the hand is there");
    browser.says("h1", "Leads are routed by region").await;
    product.client().reaches("metakube", before + 1);
    browser.shows("html[data-hand]").await;
    browser.lacks("form[aria-busy]").await;
    assert_eq!(product.client().revision("metakube"), before + 1);
}
