//! Stories are estimated one after the other, and one that is too large is split.

use startklar_tests::{Product, browser::Driver};

use crate::lena;

const PLAN: &str = "/l/metakube/plan";
const STORY: &str = "/l/metakube/stories/meter-restart";
/// Keys, as the browser is told them.
const ENTER: char = '\u{e007}';
const BACKSPACE: char = '\u{e003}';

#[tokio::test]
async fn estimates_are_cleared_and_set_one_after_the_other_by_key() {
    let product = Product::demo();
    let driver = Driver::start();
    let browser = lena(&product, &driver, PLAN).await;
    browser.shows("#unestimated[hidden]").await;

    // On the card, by key alone.
    browser
        .run("document.querySelector('[data-story=meter-restart]').focus()")
        .await;
    browser.press(['p']).await;
    browser
        .has_focus("[data-story=meter-restart] [data-points]")
        .await;
    browser.press([BACKSPACE, ENTER]).await;
    browser
        .says("[data-story=meter-restart]", "not estimated")
        .await;
    browser.says("#unestimated", "1 story to estimate").await;

    // On the story's page, which leads on to the next one.
    let other = "/l/metakube/stories/invoice-node-hours";
    browser.open(&format!("{}{other}", product.base())).await;
    browser.press(['p', BACKSPACE, ENTER]).await;
    browser.says(".pairs", "not estimated").await;
    browser
        .click_words(
            "main",
            "Next to estimate: Hourly metering survives a restart",
        )
        .await;
    browser.is_at(STORY).await;

    // In the list, from field to field.
    browser.open(&format!("{}{PLAN}", product.base())).await;
    browser.says("#unestimated", "2 stories to estimate").await;
    assert_eq!(browser.barriers().await, Vec::<String>::new());
    browser
        .run("document.querySelector('#unestimated [data-points]').focus()")
        .await;
    browser.press(['5', ENTER]).await;
    browser.says("#unestimated", "1 story to estimate").await;
    browser.has_focus("#unestimated [data-points]").await;
    browser.press(['3', ENTER]).await;
    browser.shows("#unestimated[hidden]").await;
    browser.says("[data-story=meter-restart]", "points").await;
}

#[tokio::test]
async fn a_story_is_split_and_put_together_again() {
    let product = Product::demo();
    let driver = Driver::start();
    let browser = lena(&product, &driver, STORY).await;
    browser
        .open(&format!("{}{STORY}#split", product.base()))
        .await;
    browser.shows("#split[open]").await;
    browser.retype("#split [name=points]", "2").await;
    browser
        .type_into("#split [name=part_title]", "Metering fails over")
        .await;
    browser
        .says(
            "#split-sum",
            "2 points in all; the estimate was 5 points. 1 of them is not",
        )
        .await;
    browser.type_into("#split [name=part_points]", "4").await;
    browser
        .says("#split-sum", "6 points in all; the estimate was 5 points.")
        .await;
    assert_eq!(browser.barriers().await, Vec::<String>::new());
    browser.click("#split .button--main").await;
    browser.says(".pairs", "2 points").await;
    browser.says("main .log", "Metering fails over").await;

    // Undone: it is whole again, and what was split off is dropped.
    browser.press(['u']).await;
    browser.says(".pairs", "5 points").await;
    let part = "/l/metakube/stories/metering-fails-over";
    browser.open(&format!("{}{part}", product.base())).await;
    browser.says(".standing", "Dropped").await;
    browser.says("main .log", "split").await;
}
