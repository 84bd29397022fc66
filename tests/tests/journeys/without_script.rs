//! Without JavaScript: everything is read, and what matters is done by plain forms.

use startklar_tests::{
    Product,
    browser::{Browser, Driver},
};

use crate::{CHECKLISTS, NOT_THERE, PAGES, PLAIN, tick, ticked};

async fn plain(driver: &Driver, product: &Product) -> Browser {
    let browser = driver.browser().await;
    browser.without_script();
    browser
        .visit(&format!("{}/who?back={CHECKLISTS}", product.base()))
        .await;
    browser.click_words("main", "Lena Novak").await;
    browser.is_at(CHECKLISTS).await;
    browser.lacks("html[data-hydrated]").await;
    browser
}

#[tokio::test]
async fn every_page_is_read() {
    let product = Product::demo();
    let driver = Driver::start();
    let browser = plain(&driver, &product).await;
    browser.forgive(NOT_THERE);
    for page in PAGES {
        browser.visit(&format!("{}{page}", product.base())).await;
        assert!(!browser.words("h1").await.is_empty(), "{page}");
        browser.lacks("html[data-hydrated]").await;
    }
    browser.click("[name=theme]").await;
    browser.shows("html[data-theme=dark]").await;
    browser.click("[name=locale]").await;
    browser.shows("html[lang=de][data-theme=dark]").await;
}

#[tokio::test]
async fn items_are_ticked_added_and_edited() {
    let product = Product::demo();
    let driver = Driver::start();
    let browser = plain(&driver, &product).await;

    browser.click(&tick(PLAIN)).await;
    browser.says("main .notice", "Done").await;
    browser.shows(&ticked(PLAIN)).await;

    browser.click("#item-price-list a[data-tick]").await;
    browser
        .type_into("#proof-price-list", "the list of May")
        .await;
    browser.click(".proof-row .button--main").await;
    browser.shows(&ticked("#item-price-list")).await;
    browser.lacks(".proof-row").await;

    browser.click("#add > summary").await;
    browser
        .type_into("#add [name=title]", "Call the first ten")
        .await;
    browser.click("#add .button--main").await;
    browser.shows("#item-call-the-first-ten").await;

    browser.click("#item-call-the-first-ten td.item > a").await;
    browser.is_at("/l/metakube/items/call-the-first-ten").await;
    browser.click("#edit > summary").await;
    browser
        .retype("#edit [name=title]", "Call the first twenty")
        .await;
    browser.click("#edit .button--main").await;
    browser.says("h1", "Call the first twenty").await;
}

#[tokio::test]
async fn scope_and_stories_are_planned() {
    let product = Product::demo();
    let driver = Driver::start();
    let browser = plain(&driver, &product).await;
    browser
        .visit(&format!("{}/l/metakube/scope", product.base()))
        .await;

    browser.click("#add-epic > summary").await;
    browser
        .type_into("#add-epic [name=title]", "Night mode")
        .await;
    browser.click("#add-epic .button--main").await;
    browser.click("#epic-night-mode .take").await;
    browser.lacks("#epic-night-mode.out").await;

    browser
        .visit(&format!("{}/l/metakube/plan", product.base()))
        .await;
    browser.click("#add-story > summary").await;
    browser
        .type_into("#add-story [name=title]", "Dark sky")
        .await;
    browser.select("#add-story [name=epic]", "night-mode").await;
    browser.click("#add-story .button--main").await;
    browser.says(".backlog", "Dark sky").await;
    browser
        .visit(&format!("{}/l/metakube/stories/dark-sky", product.base()))
        .await;
    browser.click_words("main", "Begin").await;
    browser.says(".standing", "egun").await;
    browser.click_words("main", "Finish").await;
    browser.says(".standing", "Done").await;
}

/// Whoever edits by a plain form what another has edited meanwhile is told, and nothing is lost.
#[tokio::test]
async fn a_plain_edit_that_comes_second_is_told_and_not_lost() {
    const STORY: &str = "/l/metakube/stories/meter-restart";
    let product = Product::demo();
    let driver = Driver::start();
    let browser = plain(&driver, &product).await;
    browser.visit(&format!("{}{STORY}", product.base())).await;
    browser.click("#edit > summary").await;
    browser
        .retype("#edit [name=title]", "What Lena wrote")
        .await;
    let other =
        serde_json::json!({"edit_story": {"story": "meter-restart", "title": "What Jonas wrote"}});
    let edited = product
        .client()
        .person("jonas")
        .command("metakube", uuid::Uuid::now_v7(), &other);
    assert_eq!(edited.status, 200, "{}", edited.body);

    browser.click("#edit .button--main").await;
    browser.says("h1", "What Jonas wrote").await;
    browser.says("main .notice--refused", "Jonas Berger").await;
    browser
        .says("main .notice--refused", "What Lena wrote")
        .await;
}

#[tokio::test]
async fn the_line_is_moved_by_addresses_and_saved_by_a_form() {
    let product = Product::demo();
    let driver = Driver::start();
    let browser = plain(&driver, &product).await;
    let scope = format!("{}/l/metakube/scope", product.base());
    browser.visit(&scope).await;
    browser.click(".cut [data-later]").await;
    browser.is_at("/l/metakube/scope?line=6").await;
    browser.says(".told", "Comes in: Backup of clusters").await;
    browser.click("#save").await;
    browser.says("main .notice", "Done").await;
    browser.says("#scope", "Scope: 6 of 11").await;
    browser.lacks("#epic-backup.out").await;
    browser.lacks("#save").await;
}

#[tokio::test]
async fn a_story_is_estimated_and_split_by_forms() {
    let product = Product::demo();
    let driver = Driver::start();
    let browser = plain(&driver, &product).await;
    let story = format!("{}/l/metakube/stories/meter-restart", product.base());
    browser.visit(&story).await;
    browser.retype("[data-points]", "8").await;
    browser.click("form:has([data-points]) button").await;
    browser.says(".pairs", "8 points").await;

    browser.click("#split > summary").await;
    browser.retype("#split [name=points]", "5").await;
    browser
        .type_into("#split [name=part_title]", "Metering fails over")
        .await;
    browser.type_into("#split [name=part_points]", "3").await;
    browser.click("#split .button--main").await;
    browser.says("main .notice", "Done").await;
    browser.says(".pairs", "5 points").await;
    browser
        .visit(&format!(
            "{}/l/metakube/stories/metering-fails-over",
            product.base()
        ))
        .await;
    browser.says(".pairs", "3 points").await;
    browser.says(".crumb", "Metering").await;
}
