//! What a page refuses stands in its form again, when another page came back, and leads to the field that is to
//! blame.

use startklar_tests::{
    Product,
    browser::{Browser, Driver},
};

use crate::telling::on;

/// What a field holds.
async fn value(browser: &Browser, field: &str) -> String {
    let script = format!("return document.querySelector(\"{field}\").value");
    browser.run(&script).await.as_str().unwrap().to_owned()
}

/// Writes something else into the field that the page leads to, after which it blames it no more.
async fn corrected(browser: &Browser, field: &str, value: &str) {
    let blamed = format!("[name={field}][aria-invalid=true]:focus");
    browser.shows(&blamed).await;
    let script = format!(
        "const field = document.activeElement;
         field.value = '{value}';
         field.dispatchEvent(new Event('input', {{ bubbles: true }}))"
    );
    browser.run(&script).await;
    browser.lacks("[aria-invalid]").await;
}

#[tokio::test]
async fn a_refused_policy_comes_back_as_it_was_written() {
    let product = Product::demo();
    let driver = Driver::start();
    let lena = on(&product, &driver, "Lena Novak", "/policy").await;
    lena.click("[name=required][value=legal]").await;
    lena.type_into("[name=freeze_title]", "Fair").await;
    lena.run(
        "document.querySelector('[name=freeze_first]').value = '2026-12-24';
         document.querySelector('[name=freeze_last]').value = '2026-12-20';
         document.querySelector('[name=window_from]').value = '09:00';
         document.querySelector('[name=window_day][value=tue]').checked = true",
    )
    .await;
    lena.click("form[action='/policy'] button").await;
    lena.shows(".notice--refused").await;
    for (field, written) in [
        ("[name=freeze_title]", "Fair"),
        ("[name=freeze_first]", "2026-12-24"),
        ("[name=freeze_last]", "2026-12-20"),
        ("[name=window_from]", "09:00"),
    ] {
        assert_eq!(value(&lena, field).await, written, "{field}");
    }
    for box_of in [
        "[name=required][value=legal]:checked",
        "[name=window_day][value=tue]:checked",
    ] {
        lena.shows(box_of).await;
    }
    // It leads to the field that is to blame, and says no longer what stands in the form again.
    lena.says(".notice--refused", "Row 1, Closes").await;
    let said = lena.words(".notice--refused").await;
    assert!(!said.contains("Fair"), "{said}");
    corrected(&lena, "window_to", "17:00").await;
    lena.click("form[action='/policy'] button").await;
    lena.says(".notice--refused", "Row 1, Last day").await;
    corrected(&lena, "freeze_last", "2026-12-27").await;
    lena.click("form[action='/policy'] button").await;
    lena.shows(".notice:not(.notice--refused)").await;
    assert_eq!(value(&lena, "[name=freeze_title]").await, "Fair");
}

#[tokio::test]
async fn what_is_filled_in_again_is_used_once() {
    let product = Product::demo();
    let driver = Driver::start();
    let lena = on(&product, &driver, "Lena Novak", "/policy").await;
    lena.type_into("[name=freeze_title]", "Fair").await;
    lena.click("form[action='/policy'] button").await;
    lena.shows(".notice--refused").await;
    assert_eq!(value(&lena, "[name=freeze_title]").await, "Fair");
    // The page asked for anew is as the server has it.
    lena.open(&format!("{}/policy", product.base())).await;
    assert_eq!(value(&lena, "[name=freeze_title]").await, "");
}

#[tokio::test]
async fn a_refused_vote_keeps_its_conditions() {
    const DECISION: &str = "/l/metakube/decision";
    let product = Product::demo();
    let driver = Driver::start();
    let lena = on(&product, &driver, "Lena Novak", DECISION).await;
    lena.click_words("main", "Open the poll").await;
    lena.says("main", "have spoken").await;
    let nils = on(&product, &driver, "Nils Sommer", DECISION).await;
    let form = "form:has([value=cast_vote])";
    nils.select(&format!("{form} [name=call]"), "go").await;
    nils.type_into(&format!("{form} [name=condition]"), "A third shift")
        .await;
    nils.click(&format!("{form} .button--main")).await;
    nils.shows(".notice--refused").await;
    let kept = value(&nils, &format!("{form} [name=condition]")).await;
    assert_eq!(kept, "A third shift");
}

#[tokio::test]
async fn a_password_is_never_kept() {
    let product = Product::demo();
    let driver = Driver::start();
    let lena = on(&product, &driver, "Lena Novak", "/policy").await;
    let kept = lena
        .run(
            "const form = document.createElement('form');
             form.method = 'post';
             form.innerHTML = '<input name=login><input type=password name=password><input name=code autocomplete=off>';
             ['lena', 'hush', 'a1b2'].forEach((text, n) => form.elements[n].value = text);
             document.body.append(form);
             form.addEventListener('submit', (event) => event.preventDefault());
             form.requestSubmit();
             return sessionStorage.getItem('form')",
        )
        .await;
    let kept = kept.as_str().unwrap();
    assert!(kept.contains("lena"), "{kept}");
    assert!(!kept.contains("hush") && !kept.contains("a1b2"), "{kept}");
}

#[tokio::test]
async fn a_page_that_is_alive_leads_to_the_field_as_well() {
    const STORY: &str = "/l/metakube/stories/meter-restart";
    let product = Product::demo();
    let driver = Driver::start();
    let lena = on(&product, &driver, "Lena Novak", STORY).await;
    lena.alive().await;
    lena.click("#split summary").await;
    lena.type_into("#split [name=part_title]", "Metering fails over")
        .await;
    lena.type_into("#split fieldset:nth-of-type(3) [name=part_points]", "3")
        .await;
    lena.click("#split .button--main").await;
    lena.says(".toasts", "Row 2, Title is missing").await;
    let title = "#split fieldset:nth-of-type(3) [name=part_title]";
    lena.shows(&format!("{title}[aria-invalid=true]:focus"))
        .await;
    // The browser itself holds the form until something is written.
    lena.click("#split .button--main").await;
    lena.shows(&format!("{title}[aria-invalid=true]")).await;
    lena.type_into(title, "Metering wakes up").await;
    lena.lacks("[aria-invalid]").await;
    lena.click("#split .button--main").await;
    lena.says("main .log", "Metering wakes up").await;
}
