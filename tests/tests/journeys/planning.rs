//! A product owner plans: from the first page to a launch with a scope, seen on its cockpit.

use startklar_tests::{
    Product,
    browser::{Browser, Driver},
};

const COCKPIT: &str = "/l/rocket";
const SCOPE: &str = "/l/rocket/scope";
const PLAN: &str = "/l/rocket/plan";

async fn go(browser: &Browser, product: &Product, page: &str) {
    browser.open(&format!("{}{page}", product.base())).await;
}

#[tokio::test]
async fn a_launch_is_planned_from_the_first_page_on() {
    let folder = tempfile::tempdir().unwrap();
    let product = Product::serve(&folder.path().join("new.sqlite"));
    let driver = Driver::start();
    let browser = driver.browser().await;

    // Three questions and a name.
    go(&browser, &product, "/").await;
    assert_eq!(browser.barriers().await, Vec::<String>::new());
    browser.type_into("[name=title]", "Rocket").await;
    browser.select("[name=tier]", "small").await;
    browser.type_into("[name=name]", "Ada Byron").await;
    browser.click(".ask .button--main").await;
    browser.is_at(COCKPIT).await;
    browser.alive().await;
    browser.says("h1", "no epic is in scope").await;

    // An epic with a story, taken in.
    go(&browser, &product, SCOPE).await;
    browser.click("#add-epic > summary").await;
    browser.type_into("#add-epic [name=title]", "Login").await;
    browser.click("#add-epic .button--main").await;
    browser.shows("#epic-login").await;
    browser.click("#epic-login .take").await;
    browser.lacks("#epic-login.out").await;
    go(&browser, &product, PLAN).await;
    browser.click("#add-story > summary").await;
    browser
        .type_into("#add-story [name=title]", "Sign in")
        .await;
    browser.type_into("#add-story [name=points]", "3").await;
    browser.type_into("#add-story [name=sprint]", "1").await;
    browser.click("#add-story .button--main").await;
    browser.says(".board", "Sign in").await;
    go(&browser, &product, COCKPIT).await;
    browser.says("h1", "1 story open").await;

    // The story is built.
    go(&browser, &product, &format!("{PLAN}?sprint=1")).await;
    browser.click_words(".board", "Begin").await;
    browser.click_words(".board", "Finish").await;
    browser.says(".plan-cols .lines", "to be accepted").await;
    go(&browser, &product, SCOPE).await;
    browser.says("#epic-login", "to be accepted").await;
    browser.click_words("#epic-login", "Accept").await;
    browser.says("#epic-login", "Technically done").await;
    go(&browser, &product, COCKPIT).await;
    browser.says("h1", "Technically done").await;
    browser.says("h1", "items open").await;

    // The scope is cut.
    go(&browser, &product, SCOPE).await;
    browser.click("#epic-login .take").await;
    browser.shows("#epic-login.out").await;
    go(&browser, &product, COCKPIT).await;
    browser.says("h1", "no epic is in scope").await;
}

#[tokio::test]
async fn a_plan_file_is_brought_in_and_its_mistakes_are_named() {
    const PLAN_FILE: &str = include_str!("../../../shared/samples/metakube.en.toml");
    let folder = tempfile::tempdir().unwrap();
    let (good, bad) = (
        folder.path().join("good.toml"),
        folder.path().join("bad.toml"),
    );
    std::fs::write(&good, PLAN_FILE).unwrap();
    std::fs::write(
        &bad,
        PLAN_FILE.replacen("discipline = \"sales\"", "discipline = \"selling\"", 1),
    )
    .unwrap();
    let product = Product::serve(&folder.path().join("imported.sqlite"));
    let driver = Driver::start();
    let browser = driver.browser().await;

    browser.forgive("the server responded with a status of 422");
    go(&browser, &product, "/").await;
    browser
        .type_into("[type=file]", bad.to_str().unwrap())
        .await;
    browser.click("form[action='/import'] button").await;
    browser.says("main .notice--refused", "1 error").await;
    browser.says("main .faults", "selling").await;
    let kept = "return document.querySelector('textarea[name=text]').value.includes('\"selling\"')";
    assert_eq!(browser.run(kept).await, true, "what was sent is kept");

    browser
        .type_into("[type=file]", good.to_str().unwrap())
        .await;
    browser.click("form[action='/import'] button").await;
    browser.is_at("/l/metakube").await;
    browser.alive().await;
    browser.says("h1", "Not launch-ready").await;
}
