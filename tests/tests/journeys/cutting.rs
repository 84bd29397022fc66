//! The scope is cut: a line is moved by button, key, dragging and address, answered at once, and
//! saved by one button only.

use startklar_tests::{Product, browser::Driver};

use crate::lena;

const SCOPE: &str = "/l/metakube/scope";
/// The arrow keys, as the browser is told them.
const UP: char = '\u{e013}';
const DOWN: char = '\u{e015}';

/// Epics in the scope of the sample, as the interface knows them.
fn inside(product: &Product) -> usize {
    let launch = product.client().get("/api/v1/launches/metakube/export");
    launch.body.matches("in_scope = ").count()
}

#[tokio::test]
async fn a_line_that_is_moved_is_answered_and_nothing_is_saved() {
    let product = Product::demo();
    let driver = Driver::start();
    let browser = lena(&product, &driver, SCOPE).await;
    let before = inside(&product);
    browser.says("#scope", "Scope: 5 of 11").await;
    browser.lacks("#save").await;

    // By button, by key, by dragging.
    browser.click(".cut [data-later]").await;
    browser.says("#scope", "Scope: 6 of 11").await;
    browser.says(".told", "Comes in: Backup of clusters").await;
    browser.says("#save", "Take in Backup of clusters").await;
    browser.run("document.querySelector('#cut').focus()").await;
    browser.press([DOWN]).await;
    browser.says("#scope", "Scope: 7 of 11").await;
    browser.has_focus("#cut").await;
    browser.press([UP, 'h']).await;
    browser.says("#scope", "Scope: 5 of 11").await;
    browser.lacks("#save").await;
    browser.drag("#cut", "#epic-gpu-nodes").await;
    browser.says("#scope", "Scope: 10 of 11").await;
    browser.says("#fit", "too much").await;
    browser.says("#save", "Take in 5 epics").await;
    browser.click("#epic-login .here").await;
    browser.says("#scope", "Scope: 2 of 11").await;
    browser.says(".told", "Falls out:").await;
    assert_eq!(browser.barriers().await, Vec::<String>::new());

    // The address has followed, and leads to the same without JavaScript.
    let told = browser.words(".told").await;
    browser.is_at(&format!("{SCOPE}?line=2")).await;
    let plain = product.client().get(&format!("{SCOPE}?line=2"));
    assert!(plain.body.contains("Falls out:"));
    browser
        .open(&format!("{}{SCOPE}?line=2", product.base()))
        .await;
    assert_eq!(browser.words(".told").await, told);
    assert_eq!(inside(&product), before, "nothing is saved");
}

#[tokio::test]
async fn a_line_is_saved_by_one_button_and_taken_back_by_one_key() {
    let product = Product::demo();
    let driver = Driver::start();
    let browser = lena(&product, &driver, &format!("{SCOPE}?line=3")).await;
    browser.says("#epic-metering", "falls out").await;
    browser.click("#save").await;
    browser.lacks("#save").await;
    browser.shows("#epic-metering.out").await;
    browser.says("#scope", "Scope: 3 of 11").await;
    browser.is_at(SCOPE).await;
    browser
        .open(&format!("{}/l/metakube/journal", product.base()))
        .await;
    browser
        .says("main", "took “Metering” out of the scope")
        .await;

    // Both come back with one step.
    browser
        .open(&format!("{}{SCOPE}?line=5", product.base()))
        .await;
    browser.click("#save").await;
    browser.says("#scope", "Scope: 5 of 11").await;
    browser.lacks("#save").await;
    browser.press(['u']).await;
    browser.says("#scope", "Scope: 3 of 11").await;
    browser.shows("#epic-metering.out").await;
}
