//! Signing in by the word of a provider that others have written.

use std::path::Path;

use startklar_tests::{
    Product,
    browser::{Browser, Driver},
    provider::Provider,
};

use crate::{REFUSED, people::katrin};

/// A server that knows the provider, and the provider.
fn start(place: &Path) -> (Product, Provider) {
    // Each has to know the address of the other.
    let free = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let address = free.local_addr().unwrap().to_string();
    drop(free);
    let base = format!("http://{address}");
    let provider = Provider::start(&base);
    let file = provider.file(place);
    let product = Product::knowing(&place.join("journal.sqlite"), &address, &file);
    product.client().form("/sample", "");
    (product, provider)
}

/// Signs in at the provider as somebody, and lets it tell who that is.
async fn at_provider(browser: &Browser, who: &str) {
    browser.says("h1", "Sign-in").await;
    browser.type_into("[name=login]", who).await;
    browser.type_into("[name=password]", "whatever").await;
    browser.click("button[type=submit]").await;
    browser.says("h1", "Authorize").await;
    browser.click("button[type=submit]").await;
}

#[tokio::test]
async fn an_administrator_links_a_provider_and_signs_in_by_it() {
    let place = tempfile::tempdir().unwrap();
    let (product, _provider) = start(place.path());
    let driver = Driver::start();
    let katrin = katrin(&product, &driver).await;
    katrin.open(&format!("{}/account", product.base())).await;
    katrin.says("main", "Nothing is linked").await;
    katrin.click_words("main", "Link Contoso").await;
    at_provider(&katrin, "kb-17").await;
    katrin.is_at("/account").await;
    katrin.says(".notice", "Contoso is linked").await;
    katrin.says("main", "kb-17").await;
    katrin.alive().await;
    assert_eq!(katrin.barriers().await, Vec::<String>::new());

    katrin.click_words("main", "Sign out").await;
    katrin.is_at("/login").await;
    let plan = format!("{}/l/metakube/plan", product.base());
    katrin.open(&plan).await;
    katrin.says("h1", "Sign in").await;
    assert_eq!(katrin.barriers().await, Vec::<String>::new());
    // The provider still knows her.
    katrin.click_words("main", "Sign in with Contoso").await;
    katrin.is_at("/l/metakube/plan").await;
    katrin.open(&format!("{}/account", product.base())).await;
    katrin.says("h1", "Katrin Brandt").await;

    // Whoever the provider knows and nobody here does.
    let other = driver.browser().await;
    other.forgive(REFUSED);
    other.open(&plan).await;
    other.click_words("main", "Sign in with Contoso").await;
    at_provider(&other, "mallory").await;
    other.says("h1", "No account here is linked to this").await;
    other.says("main", "With Contoso you are Mallory").await;
    other.alive().await;
    assert_eq!(other.barriers().await, Vec::<String>::new());
    other.open(&plan).await;
    other.says("h1", "Sign in").await;
}

#[tokio::test]
async fn the_first_administrator_comes_in_without_a_password() {
    let place = tempfile::tempdir().unwrap();
    let (product, _provider) = start(place.path());
    let driver = Driver::start();
    let ada = driver.browser().await;
    ada.open(&format!("{}/people", product.base())).await;
    ada.click("main form .button--main").await;
    ada.says("h1", "Become the first administrator").await;
    ada.click_words("main", "Come in with Contoso").await;
    at_provider(&ada, "ada").await;
    ada.is_at("/").await;
    ada.open(&format!("{}/account", product.base())).await;
    ada.says("h1", "Ada").await;
    ada.says("main", "You have no password").await;
    ada.click_words("main", "Unlink").await;
    ada.says(".notice--refused", "you could not sign in any more")
        .await;
}
