//! Pages that the server draws alone stay up to date while they are read, and take nothing from whoever
//! writes on them.

use serde_json::{Value, json};
use startklar_tests::{
    Product,
    browser::{Browser, Driver},
};
use uuid::Uuid;

use crate::two;

const DECISION: &str = "/l/metakube/decision";
const REASON: &str = "form:has([value=cast_vote]):has([value=sales]) [name=reason]";

fn does(product: &Product, person: &str, command: &Value) {
    let client = product.client().person(person);
    let answer = client.command("metakube", Uuid::now_v7(), command);
    assert_eq!(answer.status, 200, "{}", answer.body);
}

fn says_go(product: &Product, person: &str, discipline: &str) {
    let vote = json!({"cast_vote": {"discipline": discipline, "call": "go"}});
    does(product, person, &vote);
}

/// Whether the page is the one that was loaded at first.
async fn is_the_same(browser: &Browser) -> bool {
    browser.run("return window.kept === true").await == true
}

#[tokio::test]
async fn who_votes_elsewhere_is_seen_by_all_and_disturbs_nobody() {
    let product = Product::demo();
    let driver = Driver::start();
    does(&product, "lena", &json!("open_poll"));
    let (lena, jonas) = two(&product, &driver, DECISION).await;
    for browser in [&lena, &jonas] {
        browser.run("window.kept = true").await;
    }

    // The one writes for sales, the other only looks.
    jonas
        .run("document.querySelectorAll('details.adder').forEach(d => d.open = true)")
        .await;
    jonas.retype(REASON, "The price list is not").await;
    says_go(&product, "farah", "marketing");
    lena.says("main", "1 go, 0 with conditions, 0 no-go").await;
    lena.says("p[role=status]", "This page has changed").await;
    jonas.shows("[data-changed]:not([hidden])").await;
    let written = format!("return document.querySelector({REASON:?}).value");
    assert_eq!(jonas.run(&written).await, "The price list is not");

    // Done with the field, the page catches up around the form.
    jonas.run("document.activeElement.blur()").await;
    jonas.says("main", "1 go, 0 with conditions, 0 no-go").await;
    jonas.lacks("[data-changed]:not([hidden])").await;
    assert_eq!(jonas.run(&written).await, "The price list is not");

    // What the form was for is over: it stays with what was written, and the page says why.
    let no = json!({"decide_poll": {"call": "no_go", "reason": "Not sellable."}});
    does(&product, "katrin", &no);
    lena.says("main", "Not sellable.").await;
    jonas.shows("[data-changed]:not([hidden])").await;
    assert_eq!(jonas.run(&written).await, "The price list is not");

    for browser in [&lena, &jonas] {
        assert!(is_the_same(browser).await);
        assert_eq!(browser.barriers().await, Vec::<String>::new());
    }
}

#[tokio::test]
async fn a_page_that_hears_nothing_says_so_and_catches_up() {
    let product = Product::demo();
    let driver = Driver::start();
    let (lena, _) = two(&product, &driver, DECISION).await;
    lena.run("window.kept = true").await;
    lena.network(false);
    lena.shows("[data-lost]:not([hidden])").await;
    does(&product, "lena", &json!("open_poll"));
    lena.forgive("Failed to load resource");
    lena.network(true);
    lena.says("main", "0 go, 0 with conditions, 0 no-go").await;
    lena.lacks("[data-lost]:not([hidden])").await;
    assert!(is_the_same(&lena).await);
}

/// It is about many launches, so it follows the clock and looks when somebody looks at it.
#[tokio::test]
async fn my_week_is_as_it_is_now_whenever_somebody_looks() {
    let product = Product::demo();
    let driver = Driver::start();
    let (lena, _) = two(&product, &driver, "/week").await;
    lena.run("window.kept = true").await;
    lena.lacks("a[href='/l/metakube/requests#request-brochure']")
        .await;
    let ask = json!({"make_request": {"id": "brochure", "kind": "question", "from": "sales", "to": "product",
        "text": "Does the brochure name the price?", "owner": owner(&product, "lena"),
        "due": "2099-01-01"}});
    does(&product, "nils", &ask);
    lena.run("document.dispatchEvent(new Event('visibilitychange'))")
        .await;
    lena.says("main", "Does the brochure name the price?").await;
    assert!(is_the_same(&lena).await);
}

/// The id of a person by handle.
fn owner(product: &Product, handle: &str) -> Value {
    let people = product.client().get("/api/v1/people").json();
    let mut people = people["people"].as_array().unwrap().iter();
    people.find(|one| one["key"] == handle).unwrap()["id"].clone()
}
