//! A passkey, from one's page to the day when it is removed. The device is the driver's: what it signs is
//! not made by the product.

use startklar_tests::{
    Product,
    browser::{Browser, Driver},
};

use crate::{
    REFUSED,
    people::{PASSWORD, invite, katrin},
    second_factor::{code, says_password, set_up},
};

const SECTION: &str = "section[aria-labelledby=passkeys]";
const SIGN_IN: &str = "Sign in with a passkey";

async fn no_barriers(browser: &Browser) {
    browser.alive().await;
    assert_eq!(browser.barriers().await, Vec::<String>::new());
}

/// Signs out, and back in by what the device holds.
async fn comes_back(browser: &Browser, base: &str) {
    browser.open(&format!("{base}/account")).await;
    browser.click_words("main", "Sign out").await;
    browser.is_at("/login").await;
    browser.alive().await;
    browser.click_words("main", SIGN_IN).await;
}

#[tokio::test]
async fn a_passkey_signs_in_without_a_code_until_it_is_removed() {
    let place = tempfile::tempdir().unwrap();
    let product = Product::serve(&place.path().join("journal.sqlite"));
    let driver = Driver::start();
    product.client().form("/sample", "");
    let katrin = katrin(&product, &driver).await;
    let nils = invite(&product, &driver, &katrin, "Nils Sommer").await;
    let (key, recovery) = set_up(&nils, &product).await;
    // The same server by its number and by its name.
    nils.says(SECTION, "this is a number").await;
    nils.lacks(&format!("{SECTION} [data-passkey]")).await;
    let base = product.base().replace("127.0.0.1", "localhost");
    let device = nils.device();
    nils.open(&format!("{base}/login")).await;
    nils.shows("[data-passkey=get] .button").await;
    no_barriers(&nils).await;
    says_password(&nils, "nils").await;
    let next = code(&nils, &key, 30).await;
    nils.type_into("[name=code]", &next).await;
    nils.click("main form .button--main").await;
    nils.is_at("/").await;

    nils.open(&format!("{base}/account")).await;
    nils.says(SECTION, "You have none.").await;
    no_barriers(&nils).await;
    let field = |name: &str| format!("{SECTION} [data-passkey=create] [name={name}]");
    nils.type_into(&field("name"), "Laptop").await;
    nils.type_into(&field("password"), "not this one").await;
    nils.type_into(&field("code"), &recovery).await;
    nils.forgive(REFUSED);
    nils.click_words(SECTION, "Add a passkey").await;
    nils.says("[data-passkey-says]", "is wrong").await;
    no_barriers(&nils).await;
    nils.retype(&field("password"), PASSWORD).await;
    nils.click_words(SECTION, "Add a passkey").await;
    nils.says(".notice", "The passkey is added.").await;
    nils.says(SECTION, "Laptop").await;
    no_barriers(&nils).await;

    comes_back(&nils, &base).await;
    nils.is_at("/").await;
    // Somebody else holds the device.
    device.knows(false);
    comes_back(&nils, &base).await;
    nils.says("[data-passkey-says]", "Nothing has happened")
        .await;
    no_barriers(&nils).await;
    device.knows(true);
    nils.click_words("main", SIGN_IN).await;
    nils.is_at("/").await;

    nils.open(&format!("{base}/account")).await;
    nils.click_words(SECTION, "Remove").await;
    let password = format!("{SECTION} details[open] [name=password]");
    nils.type_into(&password, PASSWORD).await;
    nils.click(&format!("{SECTION} details[open] form .button"))
        .await;
    nils.says(".notice", "The passkey is removed").await;
    comes_back(&nils, &base).await;
    nils.says(".notice--refused", "This passkey lets nobody in here")
        .await;
}

#[tokio::test]
async fn without_scripts_the_page_says_what_a_passkey_needs() {
    let place = tempfile::tempdir().unwrap();
    let product = Product::serve(&place.path().join("journal.sqlite"));
    let driver = Driver::start();
    product.client().form("/sample", "");
    katrin(&product, &driver).await;
    let other = driver.browser().await;
    other.without_script();
    let base = product.base().replace("127.0.0.1", "localhost");
    other.visit(&format!("{base}/login")).await;
    other.says("main noscript", "needs JavaScript").await;
    other
        .until(
            "return !document.querySelector('[data-passkey]').checkVisibility()",
            "the button is hidden",
        )
        .await;
}
