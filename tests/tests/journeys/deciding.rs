//! Four people in four browsers bring a launch to its decision: one plans, one ticks, one verifies, one
//! decides.

use std::time::{Duration, SystemTime};

use startklar::time::Instant;
use startklar_tests::{
    Product,
    browser::{Browser, Driver},
};

use crate::people::{invite, katrin};

/// A launch that lacks the word of sales and of marketing; its dates are to be filled in.
const PLAN: &str = r#"format = 1
[launch]
id = "mini"
title = "Mini"
start = START
weeks = 10
moment = MOMENTT10:00:00+01:00

[people.katrin]
name = "Katrin Brandt"
decides = true
approves = true

[people.lena]
name = "Lena Novak"
product_owner = true

[people.nils]
name = "Nils Sommer"
leads = ["sales"]

[people.farah]
name = "Farah Amin"
leads = ["marketing"]

[[epics]]
id = "shop"
title = "Shop"
in_scope = true

  [[epics.stories]]
  id = "basket"
  title = "Basket"

[[items]]
id = "offer"
title = "Offer template final"
discipline = "sales"
blocking = true
owner = "nils"
evidence = "Where it lies"
second_person = true

[[items]]
id = "page"
title = "Landing page live"
discipline = "marketing"
blocking = true
owner = "farah"

[[items]]
id = "deploy"
title = "Deployed"
discipline = "engineering"
"#;

const DECISION: &str = "/l/mini/decision";

/// The plan, under way for two weeks and with eight to go.
fn plan() -> String {
    let now = Instant::from(SystemTime::now());
    let day = |days| {
        (now + Duration::from_hours(24) * days)
            .format("%F")
            .to_string()
    };
    let start = (now - Duration::from_hours(24) * 14)
        .format("%F")
        .to_string();
    PLAN.replace("START", &start).replace("MOMENT", &day(56))
}

async fn on(product: &Product, browser: &Browser, page: &str) {
    browser.open(&format!("{}{page}", product.base())).await;
}

/// Votes for a discipline; the form of somebody who has not spoken yet is open.
async fn votes(product: &Product, browser: &Browser, call: &str, reason: &str) {
    on(product, browser, DECISION).await;
    let form = "form:has([value=cast_vote])";
    browser
        .run("document.querySelectorAll('details.adder').forEach(d => d.open = true)")
        .await;
    browser.select(&format!("{form} [name=call]"), call).await;
    if !reason.is_empty() {
        browser
            .retype(&format!("{form} [name=reason]"), reason)
            .await;
    }
    browser.click(&format!("{form} .button--main")).await;
    browser.alive().await;
}

#[tokio::test]
async fn four_people_bring_a_launch_to_its_decision() {
    let place = tempfile::tempdir().unwrap();
    let product = Product::serve(&place.path().join("journal.sqlite"));
    let driver = Driver::start();
    let client = product.client();
    let taken = client.try_send("/api/v1/launches", "application/toml", &plan());
    assert_eq!(taken.unwrap().status, 201);
    let katrin = katrin(&product, &driver).await;
    let lena = invite(&product, &driver, &katrin, "Lena Novak").await;
    let nils = invite(&product, &driver, &katrin, "Nils Sommer").await;
    let farah = invite(&product, &driver, &katrin, "Farah Amin").await;

    // The product owner finishes what is planned and accepts it.
    on(&product, &lena, "/l/mini/stories/basket").await;
    lena.click("form:has([value=finish_story]) button").await;
    lena.shows("form:has([value=reopen_story])").await;
    on(&product, &lena, "/l/mini/epics/shop").await;
    lena.click("form:has([value=accept_epic]) button").await;
    lena.shows("form:has([value=withdraw_acceptance])").await;

    // Sales ticks with evidence; a second person verifies; marketing is told that the rest is not theirs.
    on(&product, &nils, "/l/mini/items/offer").await;
    nils.type_into("#tick [name=evidence]", "https://example.org/offer")
        .await;
    nils.click("#tick [data-tick]").await;
    nils.shows("#tick form:has([value=untick_item])").await;
    nils.lacks("#tick form:has([value=verify_item])").await;
    on(&product, &farah, "/l/mini/items/deploy").await;
    farah.says("#tick", "Not yours to do here").await;
    farah.says("#tick", "lead of engineering").await;
    on(&product, &farah, "/l/mini/items/offer").await;
    farah
        .click("#tick form:has([value=verify_item]) button")
        .await;
    farah.says("main", "Closed").await;

    // The poll runs, and one no-go stops it.
    on(&product, &lena, DECISION).await;
    lena.click_words("main", "Open the poll").await;
    lena.says("main", "0 of 2 have spoken").await;
    assert_eq!(lena.barriers().await, Vec::<String>::new());
    votes(&product, &nils, "go", "").await;
    votes(&product, &farah, "no_go", "The landing page is not live.").await;
    on(&product, &katrin, DECISION).await;
    katrin
        .says("main", "1 go, 0 with conditions, 1 no-go")
        .await;
    katrin.says("main", "The landing page is not live.").await;
    katrin.click("summary.button--main").await;
    katrin
        .says(
            "main",
            "While a blocker stands, no-go is all that can be decided.",
        )
        .await;

    // What was missing is met, and that is said where the vote lapsed; then all say go.
    on(&product, &farah, "/l/mini/items/page").await;
    farah.click("#tick [data-tick]").await;
    farah.shows("#tick form:has([value=untick_item])").await;
    on(&product, &katrin, DECISION).await;
    katrin
        .says("main", "is void: Farah Amin changed “Landing page live”")
        .await;
    votes(&product, &farah, "go", "").await;

    on(&product, &katrin, DECISION).await;
    katrin
        .says("main", "2 go, 0 with conditions, 0 no-go")
        .await;
    katrin.click("summary.button--main").await;
    katrin
        .select("form:has([value=decide_poll]) [name=call]", "go")
        .await;
    katrin
        .click("form:has([value=decide_poll]) .button--main")
        .await;
    katrin.says("main .signed", "Go").await;
    katrin.says("main .signed", "Katrin").await;
    assert_eq!(katrin.barriers().await, Vec::<String>::new());
    assert!(katrin.prints_on_one_sheet());
    let verdict = katrin
        .wait_for(
            "const done = arguments[arguments.length - 1];
             fetch('/api/v1/launches/mini/assessment').then(a => a.json()).then(done)",
        )
        .await;
    assert_eq!(verdict["verdict"], "go", "{verdict}");
}
