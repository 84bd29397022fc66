//! The forecast: the same as the interface says, alive, and what would be if.

use startklar_tests::{
    Product,
    browser::{Browser, Driver},
};

use crate::lena;

const FORECAST: &str = "/l/metakube/forecast";
const WARM_UP: &str = "/l/metakube/items/warm-up";

/// What the interface says of the launch as it stands.
fn told(product: &Product) -> String {
    let judged = product
        .client()
        .get("/api/v1/launches/metakube/assessment")
        .json();
    judged["forecast"]["text"].as_str().unwrap().to_owned()
}

async fn tells(browser: &Browser, text: &str) {
    let all = "[...document.querySelectorAll('.told li')].map(li => li.textContent).join(' ')";
    let same = format!("return {all}.startsWith({})", serde_json::json!(text));
    browser
        .until(&same, &format!("the page tells: {text}"))
        .await;
}

#[tokio::test]
async fn the_forecast_follows_what_others_do() {
    let product = Product::demo();
    let driver = Driver::start();
    let watching = lena(&product, &driver, FORECAST).await;
    let before = told(&product);
    tells(&watching, &before).await;

    let working = lena(&product, &driver, WARM_UP).await;
    working.click("form:has([value=begin_item]) button").await;
    working.shows("form [value=withdraw_begin]").await;
    let after = told(&product);
    assert_ne!(after, before);
    tells(&watching, &after).await;
}

#[tokio::test]
async fn what_would_be_is_answered_at_once_and_nothing_is_saved() {
    let product = Product::demo();
    let driver = Driver::start();
    let browser = lena(&product, &driver, FORECAST).await;
    let as_it_is = told(&product);
    browser.lacks(".compared").await;
    browser.retype(".what-if [name=move]", "60").await;
    let ready = ".compared tr:has(td + td):nth-child(2)";
    browser
        .says(&format!("{ready} td:last-child"), "simulated futures")
        .await;
    // Two months help a launch that has hardly a chance, whatever day it is here.
    let shares = browser.words(ready).await;
    let (is, would_be) = shares.split_once("simulated futures").expect("two shares");
    assert!(is.contains("hardly any"), "{shares}");
    assert!(!would_be.contains("hardly any"), "{shares}");
    let column = "return [...document.querySelectorAll('.compared td:last-child')].map(td => td.textContent)";
    let here = browser.run(column).await;

    // The same without JavaScript, from the server, and kept in the address.
    let asked = format!("{}{FORECAST}?move=60", product.base());
    let plain = product.client().get(&format!("{FORECAST}?move=60"));
    let share = here[1].as_str().expect("it says a share");
    assert!(plain.body.contains(share), "{share}");
    browser.open(&asked).await;
    assert_eq!(browser.run(column).await, here);
    assert_eq!(told(&product), as_it_is, "nothing is saved");
    browser
        .click_words(".what-if .openers", "Back to how it is")
        .await;
    browser.is_at(FORECAST).await;
    browser.lacks(".compared").await;
}

#[tokio::test]
async fn the_time_of_a_discipline_follows_what_others_do() {
    let product = Product::demo();
    let driver = Driver::start();
    let watching = lena(&product, &driver, FORECAST).await;
    let row = ".spans tr:has(a[href$='discipline=marketing'])";
    let begun = format!("return document.querySelector(`{row} td:nth-child(5)`).textContent");
    let before = watching.run(&begun).await;
    let before: u32 = before.as_str().unwrap().parse().unwrap();

    let working = lena(&product, &driver, WARM_UP).await;
    working.click("form:has([value=begin_item]) button").await;
    working.shows("form [value=withdraw_begin]").await;
    let after = (before + 1).to_string();
    watching
        .says(&format!("{row} td:nth-child(5)"), &after)
        .await;
    // The same in the words of the drawing.
    let words = format!("; {after} begun,");
    let spoken =
        format!("return document.querySelector(`{row} svg`).ariaLabel.includes(`{words}`)");
    watching.until(&spoken, "the drawing says so too").await;
}
