//! People who sign in: each does what is theirs, and is told whose the rest is.

use startklar_tests::{
    Product,
    browser::{Browser, Driver},
};

use crate::{CHECKLISTS, REFUSED};

/// What everybody signs in with here.
pub(crate) const PASSWORD: &str = "four words make one";

/// An item of sales that asks for no evidence, and one of operations.
const SALES: &str = "#item-lead-routing";
const OPERATIONS: &str = "#item-call-order";

/// The first page of a workspace in which Katrin has become the administrator.
pub(crate) async fn katrin(product: &Product, driver: &Driver) -> Browser {
    let browser = driver.browser().await;
    browser.open(&format!("{}/people", product.base())).await;
    browser.says("main", "Nobody signs in here yet").await;
    browser.click("main form .button--main").await;
    browser.says("h1", "Become the first administrator").await;
    assert_eq!(browser.barriers().await, Vec::<String>::new());
    browser
        .run("document.querySelector('[name=person]').value = [...document.querySelectorAll('[name=person] option')].find(o => o.text === 'Katrin Brandt').value")
        .await;
    browser.type_into("[name=login]", "katrin").await;
    browser.type_into("[name=password]", PASSWORD).await;
    browser.click("main form .button--main").await;
    browser.is_at("/").await;
    browser
}

/// Invites somebody of the sample, and opens their link in a browser of their own.
pub(crate) async fn invite(
    product: &Product,
    driver: &Driver,
    katrin: &Browser,
    name: &str,
) -> Browser {
    let login = name.split(' ').next().unwrap().to_lowercase();
    katrin.open(&format!("{}/people", product.base())).await;
    let choose = format!(
        "document.querySelector('[name=person]').value = [...document.querySelectorAll('[name=person] option')].find(o => o.text === '{name}').value"
    );
    katrin.run(&choose).await;
    katrin
        .type_into("section[aria-labelledby=invite] form [name=login]", &login)
        .await;
    katrin
        .click("section[aria-labelledby=invite] form .button--main")
        .await;
    katrin.says(".notice", name).await;
    let link = katrin
        .run("return document.querySelector('.secret').textContent")
        .await;
    let link = link.as_str().expect("the page shows a link").to_owned();

    let browser = driver.browser().await;
    browser.open(&link).await;
    browser.says("h1", name).await;
    browser.type_into("[name=password]", PASSWORD).await;
    browser.click("main form .button--main").await;
    browser.is_at("/").await;
    browser
}

#[tokio::test]
async fn sales_ticks_its_own_and_is_told_whose_the_rest_is() {
    let place = tempfile::tempdir().unwrap();
    let product = Product::serve(&place.path().join("journal.sqlite"));
    let driver = Driver::start();
    product.client().form("/sample", "");
    let katrin = katrin(&product, &driver).await;
    let nils = invite(&product, &driver, &katrin, "Nils Sommer").await;
    let checklists = format!("{}{CHECKLISTS}", product.base());
    for browser in [&katrin, &nils] {
        browser.open(&checklists).await;
        browser.shows(SALES).await;
    }
    // An administrator looks after people, and ticks nothing.
    katrin.lacks(&crate::open(SALES)).await;
    nils.click(&crate::tick(SALES)).await;
    nils.shows(&crate::ticked(SALES)).await;
    katrin.says(SALES, "Closed").await;

    // What is another's leads to whose it is.
    nils.click(&format!("{OPERATIONS} [data-tick]")).await;
    nils.says("#tick", "Not yours to do here").await;
    nils.says("#tick", "lead of operations").await;
    nils.lacks("#tick form").await;
    katrin.shows(OPERATIONS).await;

    // A program that goes around the page is told the same.
    nils.forgive(REFUSED);
    let told = nils
        .wait_for(
            "const done = arguments[arguments.length - 1];
             fetch('/api/v1/launches/metakube/commands', {method: 'POST',
               headers: {'content-type': 'application/json'},
               body: JSON.stringify({command: {tick_item: {item: 'call-order'}}})})
             .then(answer => answer.json()).then(done)",
        )
        .await;
    assert_eq!(told["code"], "no_right", "{told}");
}

#[tokio::test]
async fn pages_about_people_have_no_barriers_and_sign_out_ends_everything() {
    let place = tempfile::tempdir().unwrap();
    let product = Product::serve(&place.path().join("journal.sqlite"));
    let driver = Driver::start();
    product.client().form("/sample", "");
    let katrin = katrin(&product, &driver).await;
    for page in ["/account", "/people", "/rights"] {
        katrin.open(&format!("{}{page}", product.base())).await;
        assert_eq!(katrin.barriers().await, Vec::<String>::new(), "{page}");
    }
    katrin.open(&format!("{}/account", product.base())).await;
    katrin.click_words("main", "Sign out").await;
    katrin.is_at("/login").await;
    katrin.alive().await;
    assert_eq!(katrin.barriers().await, Vec::<String>::new());
    katrin
        .open(&format!("{}/l/metakube/plan", product.base()))
        .await;
    katrin.says("h1", "Sign in").await;
    katrin.forgive(REFUSED);
    katrin.type_into("[name=login]", "katrin").await;
    katrin.type_into("[name=password]", "not this one").await;
    katrin.click("main form .button--main").await;
    katrin
        .says(".notice--refused", "Login or password is wrong")
        .await;
    katrin.type_into("[name=password]", PASSWORD).await;
    katrin.click("main form .button--main").await;
    katrin.is_at("/l/metakube/plan").await;

    // A form that is sent once the session is over leads back to its page.
    katrin
        .open(&format!("{}/l/metakube/decision", product.base()))
        .await;
    katrin
        .run("return fetch('/logout', {method: 'POST'}).then(() => true)")
        .await;
    katrin.forgive("401");
    katrin
        .run("document.querySelector('form:has([value=open_poll])').submit()")
        .await;
    katrin.is_at("/login?back=%2Fl%2Fmetakube%2Fdecision").await;
}
