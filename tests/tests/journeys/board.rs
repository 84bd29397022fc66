//! A product owner moves stories over the board: by button, by key and by dragging.

use startklar_tests::{
    Product,
    browser::{Browser, Driver},
};

const PLAN: &str = "/l/rocket/plan?sprint=1";

/// A launch with one epic in scope and two stories: one in sprint 1, one in none.
async fn prepared(product: &Product, browser: &Browser) {
    browser.open(product.base()).await;
    browser.type_into("[name=title]", "Rocket").await;
    browser.select("[name=tier]", "small").await;
    browser.type_into("[name=name]", "Ada Byron").await;
    browser.click(".ask .button--main").await;
    browser.is_at("/l/rocket").await;
    browser
        .open(&format!("{}/l/rocket/scope", product.base()))
        .await;
    browser.click("#add-epic > summary").await;
    browser.type_into("#add-epic [name=title]", "Login").await;
    browser.click("#add-epic .button--main").await;
    browser.click("#epic-login .take").await;
    browser.lacks("#epic-login.out").await;
    browser.open(&format!("{}{PLAN}", product.base())).await;
    for (title, points, sprint) in [("Sign in", "3", "1"), ("Sign out", "5", "")] {
        browser.click("#add-story > summary").await;
        browser.type_into("#add-story [name=title]", title).await;
        browser.type_into("#add-story [name=points]", points).await;
        if !sprint.is_empty() {
            browser.type_into("#add-story [name=sprint]", sprint).await;
        }
        browser.click("#add-story .button--main").await;
    }
    browser.shows(".board [data-story=sign-in]").await;
    browser.shows(".backlog [data-story=sign-out]").await;
}

#[tokio::test]
async fn stories_move_between_sprints_and_a_full_sprint_says_so() {
    let folder = tempfile::tempdir().unwrap();
    let product = Product::serve(&folder.path().join("board.sqlite"));
    let driver = Driver::start();
    let browser = driver.browser().await;
    prepared(&product, &browser).await;

    // What the sprint can carry.
    browser.says("#figures", "3 points planned").await;
    browser.click("#capacity > summary").await;
    browser.retype("#capacity [name=capacity]", "5").await;
    browser.click("#capacity .button--main").await;
    browser.says("#figures", "3 of 5 points planned").await;
    assert!(!browser.words("#figures").await.contains("too much"));

    // From the backlog into the sprint, by dragging.
    let cell = ".board tbody tr:first-child td:nth-of-type(1)";
    browser.drag("[data-story=sign-out] a", cell).await;
    browser.shows(".board [data-story=sign-out]").await;
    browser.says("#figures", "8 of 5 points planned").await;
    browser
        .says("#figures .state--late", "3 points too much")
        .await;
    assert_eq!(browser.barriers().await, Vec::<String>::new());

    // On to the next sprint by key, and back by button.
    let focus = "document.querySelector('[data-story=sign-out]').focus()";
    browser.run(focus).await;
    browser.press(['l']).await;
    browser.lacks(".board [data-story=sign-out]").await;
    browser.says("#figures", "3 of 5 points planned").await;
    let second = PLAN.replace("=1", "=2");
    browser.open(&format!("{}{second}", product.base())).await;
    browser.shows(".board [data-story=sign-out]").await;
    browser.click("[data-story=sign-out] summary").await;
    browser.click("[data-story=sign-out] [data-earlier]").await;
    browser.lacks(".board [data-story=sign-out]").await;

    // Begun by key, finished by dragging; the journal holds it all.
    browser.open(&format!("{}{PLAN}", product.base())).await;
    browser.run(&focus.replace("sign-out", "sign-in")).await;
    browser.press(['x']).await;
    let begun = ".board tbody tr:first-child td:nth-of-type(2)";
    browser
        .shows(&format!("{begun} [data-story=sign-in]"))
        .await;
    let closed = ".board tbody tr:first-child td:nth-of-type(4)";
    browser.drag("[data-story=sign-in] a", closed).await;
    browser
        .shows(&format!("{closed} [data-story=sign-in]"))
        .await;
    browser.says("#figures", "3 points delivered").await;
    browser.open(&format!("{}{PLAN}", product.base())).await;
    browser.says("#figures", "8 of 5 points planned").await;
    browser
        .shows(&format!("{closed} [data-story=sign-in]"))
        .await;
}
