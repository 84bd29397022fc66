//! Files as evidence: attached, downloaded, verified by somebody else, and what is none refused.

use std::path::PathBuf;

use serde_json::{Value, json};
use startklar_tests::{
    Product,
    browser::{Browser, Driver},
};
use tempfile::TempDir;

/// An open item of the sample that asks for evidence and a second person.
const ITEM: &str = "/l/metakube/items/price-list";

/// The link to the only file.
const LINK: &str = "a[download]";

/// What takes it off.
const OFF: &str = "input[name='kind'][value='detach_file']";

/// A file on the reader's machine.
fn file(place: &TempDir, name: &str, content: &[u8]) -> PathBuf {
    let path = place.path().join(name);
    std::fs::write(&path, content).unwrap();
    path
}

/// Chooses a file and sends the form, which leads to a new page.
async fn attach(browser: &Browser, path: &std::path::Path) {
    browser
        .type_into("input[type=file]", path.to_str().unwrap())
        .await;
    browser.click("form[enctype] button").await;
}

async fn on_item(product: &Product, driver: &Driver, name: &str) -> Browser {
    let browser = driver.browser().await;
    browser.choose(product.base(), name, ITEM).await;
    browser
}

/// The bytes behind the link, and as what they are handed over.
async fn downloaded(browser: &Browser) -> (Value, Value) {
    let script = format!(
        "const done = arguments[arguments.length - 1]; \
         const href = document.querySelector({LINK:?}).href; \
         fetch(href).then(async answer => done([ \
           [...new Uint8Array(await answer.arrayBuffer())], \
           answer.headers.get('content-disposition')]))"
    );
    let got = browser.wait_for(&script).await;
    (got[0].clone(), got[1].clone())
}

#[tokio::test]
async fn a_file_is_attached_downloaded_and_verified_by_somebody_else() {
    let product = Product::demo();
    let driver = Driver::start();
    let place = tempfile::tempdir().unwrap();
    let nils = on_item(&product, &driver, "Nils Sommer").await;

    let page = file(&place, "offer.pdf", b"<script>alert(1)</script>");
    attach(&nils, &page).await;
    nils.says("main .notice", "“offer.pdf” is of no kind that is taken")
        .await;
    nils.alive().await;
    nils.lacks(LINK).await;

    let bytes: Vec<u8> = b"%PDF-1.7\n".iter().copied().chain(0..=255).collect();
    attach(&nils, &file(&place, "Größe 3.pdf", &bytes)).await;
    nils.says(LINK, "Größe 3.pdf").await;
    nils.alive().await;
    let (content, disposition) = downloaded(&nils).await;
    assert_eq!(content, json!(bytes));
    assert_eq!(
        disposition,
        "attachment; filename=\"Gr__e 3.pdf\"; filename*=UTF-8''Gr%C3%B6%C3%9Fe%203.pdf"
    );

    // The file is evidence: no link is asked for.
    let lena = on_item(&product, &driver, "Lena Novak").await;
    nils.click("#tick button[data-tick]").await;
    nils.says(".standing", "Second person").await;
    nils.shows(OFF).await;
    lena.says(".standing", "Second person").await;
    lena.click_words("#tick", "Verify").await;
    lena.says(".standing", "Closed").await;
    // What she has seen stays.
    nils.says(".standing", "Closed").await;
    nils.lacks(OFF).await;
    nils.shows("div[hidden] > form[enctype]").await;
}

#[tokio::test]
async fn without_javascript_a_file_is_attached_and_taken_off() {
    let product = Product::demo();
    let driver = Driver::start();
    let place = tempfile::tempdir().unwrap();
    let browser = driver.browser().await;
    browser.without_script();
    browser
        .visit(&format!("{}/who?back={ITEM}", product.base()))
        .await;
    browser.click_words("main", "Nils Sommer").await;
    browser.is_at(ITEM).await;
    let notes = file(&place, "notes.txt", "Größe".as_bytes());
    attach(&browser, &notes).await;
    browser.says("main .notice", "Done").await;
    browser.says(LINK, "notes.txt").await;
    browser.click_words("main", "Take off").await;
    browser.says("main .notice", "Done").await;
    browser.lacks(LINK).await;
}
