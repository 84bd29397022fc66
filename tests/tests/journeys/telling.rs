//! Telling and demanding: change notices and who has read them, items that are followed, the policy of the
//! workspace and a launch that adopts it, templates in versions.

use startklar_tests::{
    Product,
    browser::{Browser, Driver},
};

const NOTICES: &str = "/l/metakube/notices";

/// A browser in which somebody has said who they are, on a page.
pub(crate) async fn on(product: &Product, driver: &Driver, name: &str, page: &str) -> Browser {
    let browser = driver.browser().await;
    browser.choose(product.base(), name, page).await;
    browser
}

#[tokio::test]
async fn a_change_notice_is_issued_and_read_by_those_whom_it_goes_to() {
    let product = Product::demo();
    let driver = Driver::start();
    let lena = on(&product, &driver, "Lena Novak", NOTICES).await;
    lena.click("#issue-form > summary").await;
    lena.type_into("#issue-form [name=title]", "Prices rise on 1 June")
        .await;
    lena.type_into("#issue-form [name=text]", "Say that contracts stay.")
        .await;
    lena.click("#issue-form form > button").await;
    lena.says("article h2", "Prices rise on 1 June").await;
    for audience in ["Sales", "Support"] {
        lena.says("article", audience).await;
    }

    // Nils leads sales; Jonas is not asked.
    let nils = on(&product, &driver, "Nils Sommer", "/week").await;
    nils.says("main", "Prices rise on 1 June").await;
    nils.open(&format!("{}{NOTICES}", product.base())).await;
    nils.click_words("article", "I have read it").await;
    nils.lacks("input[name=kind][value=read_notice]").await;
    let jonas = on(&product, &driver, "Jonas Berger", NOTICES).await;
    jonas.says("article h2", "Prices rise on 1 June").await;
    jonas.lacks("input[name=kind][value=read_notice]").await;
    lena.open(&format!("{}{NOTICES}", product.base())).await;
    lena.says("article", "1 of ").await;
}

#[tokio::test]
async fn who_follows_an_item_sees_in_their_week_what_others_did_to_it() {
    const ITEM: &str = "/l/metakube/items/price-list";
    let product = Product::demo();
    let driver = Driver::start();
    let jonas = on(&product, &driver, "Jonas Berger", ITEM).await;
    jonas.click("form[action$='/follow'] button").await;
    jonas
        .says("form[action$='/follow'] button", "Follow no more")
        .await;
    let nils = on(&product, &driver, "Nils Sommer", ITEM).await;
    nils.type_into("#tick [name=evidence]", "https://example.org/prices")
        .await;
    nils.click("#tick button[data-tick]").await;
    nils.says(".standing", "Second person").await;
    jonas.open(&format!("{}/week", product.base())).await;
    jonas.says("main", "Nils Sommer").await;
    jonas
        .click("form[action$='/price-list/follow'] button")
        .await;
    jonas.lacks("form[action$='/price-list/follow']").await;
}

#[tokio::test]
async fn who_is_mentioned_finds_it_in_their_week_until_they_say_something_there() {
    const REQUESTS: &str = "/l/metakube/requests";
    let product = Product::demo();
    let driver = Driver::start();
    let nils = on(&product, &driver, "Nils Sommer", REQUESTS).await;
    let first = ".requests tbody tr:first-child";
    nils.click_words(first, "Discuss").await;
    let remark = format!("{first} form:has([value=discuss_request]) [name=text]");
    nils.type_into(&remark, "@katrin, is that yours?").await;
    nils.click_words(first, "Write").await;
    nils.says(first, "@Katrin Brandt, is that yours?").await;

    let katrin = on(&product, &driver, "Katrin Brandt", "/week").await;
    katrin.says("main", "Nils Sommer mentioned you").await;
    katrin.open(&format!("{}{REQUESTS}", product.base())).await;
    katrin.says(first, "@Katrin Brandt").await;
    katrin.click_words(first, "Discuss").await;
    katrin.type_into(&remark, "It is.").await;
    katrin.click_words(first, "Write").await;
    katrin.says(first, "It is.").await;
    katrin.open(&format!("{}/week", product.base())).await;
    let week = katrin.words("main").await;
    assert!(!week.contains("mentioned you"), "{week}");
}

#[tokio::test]
async fn a_launch_adopts_what_the_workspace_demands_after_it_was_shown() {
    let product = Product::demo();
    let driver = Driver::start();
    let lena = on(&product, &driver, "Lena Novak", "/policy").await;
    lena.lacks("form[action='/policy/adopt']").await;
    lena.click("[name=required][value=legal]").await;
    lena.click("[name=verified][value=sales]").await;
    lena.click("form[action='/policy'] button").await;
    lena.shows("form[action='/policy/adopt']").await;
    lena.says("main", "MetaKube").await;
    lena.click("form[action='/policy/adopt'] button").await;
    lena.lacks("form[action='/policy/adopt']").await;
    // The journal of the launch tells of it.
    lena.open(&format!("{}/l/metakube/journal", product.base()))
        .await;
    lena.says(".journal", "Lena Novak").await;
    let policy = product.client().get("/api/v1/policy").body;
    assert!(policy.contains("legal"), "{policy}");
}

#[tokio::test]
async fn a_freeze_stops_a_launch_until_a_decider_allows_its_moment() {
    let product = Product::demo();
    let driver = Driver::start();
    let assessment = product.client().assessment("metakube");
    let moment = assessment["moment"].as_str().unwrap();
    let day: String = moment.chars().take(10).collect();
    let katrin = on(&product, &driver, "Katrin Brandt", "/policy").await;
    katrin.type_into("[name=freeze_title]", "Fair").await;
    for field in ["freeze_first", "freeze_last"] {
        // What a browser takes for a day depends on its language: it is set as pages send it.
        let set = format!("return (document.querySelector('[name={field}]').value = '{day}')");
        katrin.run(&set).await;
    }
    katrin.click("form[action='/policy'] button").await;
    katrin.says("main", "would lie in the freeze “Fair”").await;
    katrin.click("form[action='/policy/adopt'] button").await;
    katrin.lacks("form[action='/policy/adopt']").await;

    let calendar = format!("{}/l/metakube/calendar", product.base());
    katrin.open(&calendar).await;
    katrin.says("main", "lies in the freeze “Fair”").await;
    katrin
        .type_into("[name=reason]", "The customer waits.")
        .await;
    katrin.click("main form .button").await;
    katrin.says("main", "The customer waits.").await;
    katrin.lacks("input[name=kind][value=except_moment]").await;
    let findings = product.client().assessment("metakube")["findings"].to_string();
    assert!(findings.contains("moment_excepted") && !findings.contains("moment_in_freeze"));
}

/// A template with one item, and others.
fn template(lead: u8, more: &str) -> String {
    format!(
        "format = 1\ntitle = \"Our launches\"\nweeks = 10\n[[items]]\nid = \"prices\"\n\
         title = \"Prices\"\ndiscipline = \"sales\"\ntier = \"small\"\nblocking = true\n\
         lead_days = {lead}\n{more}"
    )
}

async fn publish(product: &Product, browser: &Browser, text: &str) {
    browser.open(&format!("{}/templates", product.base())).await;
    browser.type_into("[name=template]", "ours").await;
    browser.type_into("[name=text]", text).await;
    browser.click("form[action='/templates'] button").await;
}

#[tokio::test]
async fn a_template_is_published_again_and_a_launch_takes_what_changed() {
    const DEMO: &str = "[[items]]\nid = \"demo\"\ntitle = \"Demo\"\n\
         discipline = \"marketing\"\ntier = \"small\"\nlead_days = 3\n";
    let product = Product::demo();
    let driver = Driver::start();
    let lena = on(&product, &driver, "Lena Novak", "/templates").await;
    lena.forgive("/templates - Failed to load resource");
    publish(&product, &lena, &template(7, "evidance = \"e\"\n")).await;
    lena.says("main", "evidance").await;
    lena.retype("[name=text]", &template(7, "")).await;
    lena.click("form[action='/templates'] button").await;
    lena.shows("a[href='/templates/ours/1']").await;

    lena.open(&format!("{}/new", product.base())).await;
    lena.type_into("[name=title]", "Shop").await;
    lena.select("[name=template]", "ours").await;
    lena.click("form[action='/new'] button").await;
    lena.is_at("/l/shop").await;
    let taken = format!("{}/l/shop/template", product.base());
    lena.open(&taken).await;
    lena.says("main", "Nothing is newer").await;

    publish(&product, &lena, &template(14, DEMO)).await;
    lena.shows("a[href='/templates/ours/2']").await;
    lena.open(&taken).await;
    lena.says("main", "New items (1)").await;
    lena.says("main", "Changed items (1)").await;
    lena.click_words("main", "Take version 2").await;
    lena.says("main", "Nothing is newer").await;
    lena.open(&format!("{}/l/shop/checklists", product.base()))
        .await;
    lena.says("main", "Demo").await;
}
