//! Several people on one launch: each sees at once what the others do.

use startklar_tests::{
    Product,
    browser::{Browser, Driver},
};

use crate::{CHECKLISTS, PLAIN, REFUSED, open, tick, ticked, two};

#[tokio::test]
async fn what_one_ticks_the_other_sees_at_once() {
    let product = Product::demo();
    let driver = Driver::start();
    let (lena, jonas) = two(&product, &driver, CHECKLISTS).await;
    for browser in [&lena, &jonas] {
        browser.shows(&open(PLAIN)).await;
        // Lost when the page is loaded anew.
        browser.run("window.kept = true").await;
    }

    lena.click(&tick(PLAIN)).await;
    lena.shows(&ticked(PLAIN)).await;
    jonas.shows(&ticked(PLAIN)).await;
    // Who does not see it is told.
    jonas.says("[data-heard]", "Lena").await;

    jonas.click(&tick(PLAIN)).await;
    jonas.shows(&open(PLAIN)).await;
    lena.shows(&open(PLAIN)).await;

    for browser in [&lena, &jonas] {
        assert_eq!(browser.run("return window.kept === true").await, true);
    }
}

/// Neither hears of the other before both have ticked.
#[tokio::test]
async fn both_tick_the_same_at_once_and_both_learn_the_truth() {
    let product = Product::demo();
    let driver = Driver::start();
    let (lena, jonas) = two(&product, &driver, CHECKLISTS).await;
    let before = product.client().revision("metakube");

    for browser in [&lena, &jonas] {
        browser.stirs().await;
        browser.network(false);
        browser.click(&tick(PLAIN)).await;
        browser.shows(&ticked(PLAIN)).await;
    }
    lena.network(true);
    product.client().reaches("metakube", before + 1);
    jonas.forgive(REFUSED);
    jonas.network(true);

    jonas.says(".toast--refused", "Lena Novak").await;
    for browser in [&lena, &jonas] {
        browser.lacks(".notice--refused").await;
        browser.shows(&ticked(PLAIN)).await;
    }
    assert_eq!(product.client().revision("metakube"), before + 1);
}

#[tokio::test]
async fn who_edits_what_another_has_edited_is_told_and_loses_nothing() {
    const STORY: &str = "/l/metakube/stories/meter-restart";
    let product = Product::demo();
    let driver = Driver::start();
    let (lena, jonas) = two(&product, &driver, STORY).await;
    both_edit(&lena, &jonas).await;
    jonas.says("[data-kept]", "Lena Novak").await;
    jonas.says("[data-kept]", "What Jonas wrote").await;
    assert_eq!(jonas.barriers().await, Vec::<String>::new());
    jonas.says("h1", "What Lena wrote").await;

    jonas.click_words("[data-kept]", "Keep mine").await;
    jonas.lacks("[data-kept]").await;
    for browser in [&lena, &jonas] {
        browser.says("h1", "What Jonas wrote").await;
    }
}

#[tokio::test]
async fn both_versions_of_an_item_stand_side_by_side() {
    const ITEM: &str = "/l/metakube/items/lead-routing";
    let product = Product::demo();
    let driver = Driver::start();
    let (lena, jonas) = two(&product, &driver, ITEM).await;
    both_edit(&lena, &jonas).await;
    jonas.says(".versions", "What Jonas wrote").await;
    jonas.says(".versions", "What Lena wrote").await;
    assert_eq!(jonas.barriers().await, Vec::<String>::new());

    jonas.click_words(".notice--refused", "Keep mine").await;
    for browser in [&lena, &jonas] {
        browser.says("h1", "What Jonas wrote").await;
    }
}

/// An answer that comes second cannot be given; what was written is still there to be used.
#[tokio::test]
async fn an_answer_that_comes_second_is_not_lost() {
    const REQUESTS: &str = "/l/metakube/requests";
    let product = Product::demo();
    let driver = Driver::start();
    let (lena, jonas) = two(&product, &driver, REQUESTS).await;
    let before = product.client().revision("metakube");

    // Beside it one may discuss the request.
    let answer = |rest: &str| {
        format!(".requests tbody tr:first-child details:has(input[value=answer_request]) {rest}")
    };
    for (browser, text) in [(&lena, "Yes, by Friday."), (&jonas, "No, it is too late.")] {
        browser.stirs().await;
        browser.network(false);
        browser.click(&answer("summary")).await;
        browser.type_into(&answer("textarea"), text).await;
        browser.click(&answer(".button--main")).await;
        browser.says(".answers", text).await;
    }
    lena.network(true);
    product.client().reaches("metakube", before + 1);
    jonas.forgive(REFUSED);
    jonas.network(true);

    jonas.says("[data-kept]", "No, it is too late.").await;
    jonas.says(".answers", "Yes, by Friday.").await;
}

/// Both write another title, Lena saves first, and Jonas is refused.
async fn both_edit(lena: &Browser, jonas: &Browser) {
    for (browser, title) in [(lena, "What Lena wrote"), (jonas, "What Jonas wrote")] {
        browser.click("#edit > summary").await;
        browser.retype("#edit [name=title]", title).await;
    }
    lena.click("#edit .button--main").await;
    jonas.says("h1", "What Lena wrote").await;
    jonas.forgive(REFUSED);
    jonas.click("#edit .button--main").await;
}
