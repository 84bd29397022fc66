//! The engine in the browser answers what the engine in the server answers.

use std::time::Duration;

use serde_json::{Value, json};
use startklar::time::Instant;
use startklar_tests::{Product, browser::Driver};

const WEEK: Duration = Duration::from_hours(7 * 24);

/// Has the page's own engine judge a case, fetched and folded in the browser.
const JUDGE: &str = "
    const done = arguments[arguments.length - 1];
    const script = document.querySelector('script[type=module]').src;
    const boot = JSON.parse(document.getElementById('boot').textContent);
    const journal = fetch('/api/v1/launches/metakube/journal?limit=10000').then(it => it.json());
    Promise.all([import(script), journal])
        .then(([{ judge }, { records }]) => judge(JSON.stringify({ records, people: boot.people, at: 'MOMENT' })))
        .then(done, error => done('' + error));";

#[tokio::test]
async fn the_browser_judges_as_the_server_does_byte_for_byte() {
    let product = Product::demo();
    let client = product.client();
    let driver = Driver::start();
    let judged = client.get("/api/v1/launches/metakube/assessment").json();
    let moment = judged["moment"].as_str().expect("it is planned");
    let begin = moment.parse::<Instant>().expect("a moment") - 10 * WEEK;
    for locale in ["en", "de"] {
        let browser = driver.browser_in(locale).await;
        browser
            .open(&format!("{}/l/metakube", product.base()))
            .await;
        let mut sentences = Vec::new();
        for week in 0..=13 {
            let at = (begin + week * WEEK).format("%FT%TZ").to_string();
            let here = browser.wait_for(&JUDGE.replace("MOMENT", &at)).await;
            let there = client.get(&format!(
                "/api/v1/launches/metakube/assessment?at={at}&locale={locale}"
            ));
            assert_eq!(here, json!(there.body), "week {week}, {locale}");
            sentences.push(there.json()["sentence"].clone());
        }
        // The moments differ: an answer that is always the same would pass as well.
        sentences.dedup();
        assert!(sentences.len() > 1, "{sentences:?}");
    }
}

#[tokio::test]
async fn what_cannot_be_judged_is_said() {
    let product = Product::demo();
    let driver = Driver::start();
    let browser = driver.browser().await;
    browser
        .open(&format!("{}/l/metakube", product.base()))
        .await;
    let refused = browser
        .wait_for(
            "const done = arguments[arguments.length - 1];
             import(document.querySelector('script[type=module]').src)
                .then(({ judge }) => judge('{}')).then(done, error => done('' + error))",
        )
        .await;
    let Value::String(refused) = refused else {
        panic!("no words: {refused}");
    };
    assert!(refused.contains("records"), "{refused}");
}
