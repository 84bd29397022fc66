//! Pages that the server draws alone stay up to date while they are read, and take nothing from whoever
//! writes on them.

use serde_json::{Value, json};
use startklar_tests::{
    Product,
    browser::{Browser, Driver},
};
use uuid::Uuid;

use crate::{
    lena,
    people::{PASSWORD, katrin},
    two,
};

const DECISION: &str = "/l/metakube/decision";
const REASON: &str = "form:has([value=cast_vote]):has([value=engineering]) [name=reason]";
const WRITTEN: &str = "Metering is not";
const SEND: &str = "form:has([value=cast_vote]):has([value=engineering]) .button--main";
const CHANGED: &str = "[data-hint=changed]:not([hidden])";
const GONE: &str = "[data-hint=gone]:not([hidden])";

fn does(product: &Product, person: &str, command: &Value) {
    let client = product.client().person(person);
    let answer = client.command("metakube", Uuid::now_v7(), command);
    assert_eq!(answer.status, 200, "{}", answer.body);
}

fn says_go(product: &Product, person: &str, discipline: &str) {
    let vote = json!({"cast_vote": {"discipline": discipline, "call": "go"}});
    does(product, person, &vote);
}

/// Marks a page, which a page that is loaded anew would have lost.
async fn mark(browser: &Browser) {
    browser.run("window.kept = true").await;
}

async fn is_the_same(browser: &Browser) -> bool {
    browser.run("return window.kept === true").await == true
}

/// As when somebody comes back to the page.
async fn look(browser: &Browser) {
    browser
        .run("document.dispatchEvent(new Event('visibilitychange'))")
        .await;
}

async fn written(browser: &Browser) -> Value {
    browser
        .run(&format!("return document.querySelector({REASON:?}).value"))
        .await
}

#[tokio::test]
async fn who_votes_elsewhere_is_seen_by_all_and_disturbs_nobody() {
    let product = Product::demo();
    let driver = Driver::start();
    does(&product, "lena", &json!("open_poll"));
    let (lena, jonas) = two(&product, &driver, DECISION).await;
    for browser in [&lena, &jonas] {
        mark(browser).await;
    }

    // The one writes for engineering, the other only looks.
    jonas
        .run("document.querySelectorAll('details.adder').forEach(d => d.open = true)")
        .await;
    jonas.retype(REASON, WRITTEN).await;
    says_go(&product, "farah", "marketing");
    lena.says("main", "1 go, 0 with conditions, 0 no-go").await;
    lena.says("body > .away[role=status]", "This page has changed")
        .await;
    jonas.shows(CHANGED).await;
    assert_eq!(written(&jonas).await, WRITTEN);

    // Done with the field, the page catches up around the form, and the form keeps the focus.

    jonas
        .run(&format!("document.querySelector({SEND:?}).focus()"))
        .await;
    jonas.says("main", "1 go, 0 with conditions, 0 no-go").await;
    jonas.lacks(CHANGED).await;
    assert_eq!(written(&jonas).await, WRITTEN);
    jonas.has_focus(SEND).await;

    // What the form was for is over: it stays with what was written, and the page says why.
    let no = json!({"decide_poll": {"call": "no_go", "reason": "Not sellable."}});
    does(&product, "katrin", &no);
    lena.says("main", "Not sellable.").await;
    jonas.shows(GONE).await;
    assert_eq!(written(&jonas).await, WRITTEN);

    for browser in [&lena, &jonas] {
        assert!(is_the_same(browser).await);
        assert_eq!(browser.barriers().await, Vec::<String>::new());
    }
}

/// That only time went by is no news.
#[tokio::test]
async fn whoever_writes_is_not_told_of_what_did_not_change() {
    let product = Product::demo();
    let driver = Driver::start();
    does(&product, "lena", &json!("open_poll"));
    let (_, jonas) = two(&product, &driver, DECISION).await;
    jonas
        .run("document.querySelectorAll('details.adder').forEach(d => d.open = true)")
        .await;
    jonas.retype(REASON, WRITTEN).await;
    // As a page of another minute would have it.
    jonas
        .run("document.querySelector('[data-volatile]').textContent = 'earlier'")
        .await;
    jonas.run("window.answered = 0; const ask = window.fetch; window.fetch = async (...all) => { const answer = await ask(...all); window.answered += 1; return answer }").await;
    look(&jonas).await;
    jonas.until("return window.answered > 0", "it looks").await;
    // What comes after the answer has come as well.
    look(&jonas).await;
    jonas
        .until("return window.answered > 1", "it looks again")
        .await;
    jonas.lacks(CHANGED).await;
    jonas.says("[data-volatile]", "MetaKube").await;
    assert_eq!(written(&jonas).await, WRITTEN);
}

/// All notices have the same button: whoever is about to press one presses that one. And whoever reads one
/// goes on reading where it stands.
#[tokio::test]
async fn focus_and_place_stay_with_what_they_were_on() {
    let product = Product::demo();
    let driver = Driver::start();
    let issue = |id: &str| {
        let notice = json!({"issue_notice": {"id": id, "title": format!("News of {id}"), "text": "Prices rise.",
            "disciplines": ["sales", "product", "engineering"]}});
        does(&product, "farah", &notice);
    };
    for id in ["one", "more", "and-more", "still-more"] {
        issue(id);
    }
    let lena = lena(&product, &driver, "/l/metakube/notices").await;
    mark(&lena).await;
    let button = "#notice-one form:has([value=read_notice]) button";
    lena.run("document.querySelector('#notice-one details').open = true")
        .await;
    lena.run(&format!("document.querySelector({button:?}).focus()"))
        .await;
    lena.run("document.querySelector('#notice-one').scrollIntoView()")
        .await;
    let place =
        "return Math.round(document.querySelector('#notice-one').getBoundingClientRect().top)";
    let before = lena.run(place).await.as_i64().unwrap();
    assert_ne!(lena.run("return scrollY").await, 0, "it is scrolled");
    issue("two");
    lena.shows("#notice-two").await;
    let after = lena.run(place).await.as_i64().unwrap();
    assert!((after - before).abs() < 3, "{before}, then {after}");
    lena.has_focus(button).await;
    lena.shows("#notice-one details[open]").await;
    lena.lacks("#notice-two details[open]").await;
    assert!(is_the_same(&lena).await);
}

#[tokio::test]
async fn a_page_that_hears_nothing_says_so_and_catches_up() {
    let product = Product::demo();
    let driver = Driver::start();
    let lena = lena(&product, &driver, DECISION).await;
    mark(&lena).await;
    lena.network(false);
    lena.shows("[data-hint=lost]:not([hidden])").await;
    does(&product, "lena", &json!("open_poll"));
    lena.forgive("Failed to load resource");
    lena.network(true);
    lena.says("main", "0 go, 0 with conditions, 0 no-go").await;
    lena.lacks("[data-hint=lost]:not([hidden])").await;
    assert!(is_the_same(&lena).await);
}

/// It is about many launches, so it follows the clock, and looks when somebody looks at it.
#[tokio::test]
async fn my_week_is_as_it_is_now_whenever_somebody_looks() {
    let product = Product::demo();
    let driver = Driver::start();
    let lena = lena(&product, &driver, "/week").await;
    mark(&lena).await;
    let ask = json!({"make_request": {"id": "brochure", "direction": "question", "from": "sales", "to": "product",
        "text": "Does the brochure name the price?", "owner": owner(&product, "lena"), "due": "2099-01-01"}});
    does(&product, "nils", &ask);
    look(&lena).await;
    lena.says("main", "Does the brochure name the price?").await;
    assert!(is_the_same(&lena).await);
}

/// Somebody who chose another name elsewhere must not see that one's week under their own.
#[tokio::test]
async fn a_page_of_another_reader_is_loaded_as_a_whole() {
    let product = Product::demo();
    let driver = Driver::start();
    let lena = lena(&product, &driver, "/week").await;
    mark(&lena).await;
    let nils = owner(&product, "nils");
    lena.run(&format!(
        "return fetch('/who', {{method: 'POST', body: new URLSearchParams({{person: {nils}, back: '/week'}})}})"
    ))
    .await;
    look(&lena).await;
    lena.says("main", "Nils").await;
    lena.says("header", "Nils").await;
    assert!(!is_the_same(&lena).await);
}

#[tokio::test]
async fn who_signs_in_again_is_told_again_of_what_happens() {
    let place = tempfile::tempdir().unwrap();
    let product = Product::serve(&place.path().join("journal.sqlite"));
    let driver = Driver::start();
    product.client().form("/sample", "");
    let katrin = katrin(&product, &driver).await;
    katrin.open(&format!("{}{DECISION}", product.base())).await;
    mark(&katrin).await;
    // In another tab, as it were.
    katrin.forgive("401");
    sends(&katrin, "/logout", "").await;
    look(&katrin).await;
    katrin.shows(GONE).await;
    sends(
        &katrin,
        "/login",
        &format!("login=katrin&password={PASSWORD}"),
    )
    .await;
    look(&katrin).await;
    katrin.lacks(GONE).await;
    let open = "return fetch('/api/v1/launches/metakube/commands', {method: 'POST',
        headers: {'content-type': 'application/json'}, body: JSON.stringify({command: 'open_poll'})})
        .then(answer => answer.status)";
    assert_eq!(katrin.run(open).await, 200);
    katrin.says("main", "have spoken").await;
    assert!(is_the_same(&katrin).await);
}

/// Sends a form from a page without leaving it.
async fn sends(browser: &Browser, path: &str, fields: &str) {
    let send = format!(
        "return fetch('{path}', {{method: 'POST', body: new URLSearchParams('{fields}')}}).then(() => true)"
    );
    assert_eq!(browser.run(&send).await, true);
}

/// The id of a person by handle.
fn owner(product: &Product, handle: &str) -> Value {
    let people = product.client().get("/api/v1/people").json();
    let mut people = people["people"].as_array().unwrap().iter();
    people.find(|one| one["key"] == handle).unwrap()["id"].clone()
}
