//! The story of the sample, week by week: clicked through, by mouse and by arrow keys.

use startklar_tests::{
    Product,
    browser::{
        Browser, Driver,
        hand::keys::{LEFT, RIGHT},
    },
};

use crate::lena;

/// The story from its first week on.
const STORY: &str = "/l/metakube/weeks?week=1";

async fn is_in_week(browser: &Browser, week: u32) {
    browser
        .is_at(&format!("/l/metakube/weeks?week={week}"))
        .await;
    browser
        .shows(&format!(".chips [aria-current=page][href$='week={week}']"))
        .await;
    browser.alive().await;
}

#[tokio::test]
async fn the_story_is_clicked_through() {
    let product = Product::demo();
    let driver = Driver::start();
    let browser = lena(&product, &driver, "/l/metakube/journal").await;
    browser.click("main a[href$='/weeks?week=1']").await;
    is_in_week(&browser, 1).await;
    browser.lacks("[rel=prev]").await;

    browser.click("[rel=next]").await;
    is_in_week(&browser, 2).await;
    browser.says(".turned", "that is normal").await;
    browser.lacks(".facts .state--late").await;

    browser.press([RIGHT]).await;
    is_in_week(&browser, 3).await;
    browser.says(".turned", "A warning").await;
    browser.press([LEFT]).await;
    is_in_week(&browser, 2).await;
    browser.click_words(".chips", "7").await;
    is_in_week(&browser, 7).await;
    browser.says("h1", "Technically nearly done").await;
    browser.says(".turned", "not to be sold yet").await;
    // From Monday to Wednesday it is in its eighth week, and nothing has turned.
    browser.click(".chips li:last-child a").await;
    browser.lacks("[rel=next]").await;
    browser.says("h1", "Technically nearly done").await;
    browser.says(".turned", "not to be sold yet").await;
}

#[tokio::test]
async fn a_week_leads_to_the_launch_as_it_stood_and_says_what_the_interface_says() {
    let product = Product::demo();
    let driver = Driver::start();
    let browser = lena(&product, &driver, STORY).await;
    browser.click("[rel=next]").await;
    is_in_week(&browser, 2).await;
    // What the server drew stays as it is once the page is alive.
    let said = browser.words("h1").await;
    browser
        .click_words("main", "The cockpit as it stood then")
        .await;
    browser.shows(".facts").await;
    browser.alive().await;
    let spaced = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
    assert_eq!(spaced(&browser.words("h1").await), spaced(&said));
}

#[tokio::test]
async fn the_first_page_offers_the_story() {
    let product = Product::demo();
    let driver = Driver::start();
    let browser = lena(&product, &driver, "/new").await;
    browser.click("button[name=show]").await;
    is_in_week(&browser, 1).await;
}

#[tokio::test]
async fn how_good_the_forecasts_were_is_a_click_away() {
    let product = Product::demo();
    let driver = Driver::start();
    let browser = lena(&product, &driver, "/").await;
    browser.click("main a[href='/trust']").await;
    browser.is_at("/trust").await;
    browser.alive().await;
    browser.says("h1", "No launch is finished here yet").await;
}
