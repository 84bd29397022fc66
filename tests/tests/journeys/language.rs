//! In German: every page, every word, days and numbers as they are written there.

use std::collections::BTreeSet;

use serde_json::Value;
use startklar_tests::{Product, browser::Driver};

use crate::{CHECKLISTS, NOT_THERE, PAGES, lena};

const ENGLISH: &str = include_str!("../../../shared/src/texts/en.rs");
const GERMAN: &str = include_str!("../../../shared/src/texts/de.rs");

/// Everything a reader reads or hears, except what is said in another language on purpose.
const READ: &str = "
    const others = [...document.querySelectorAll('body [lang]')];
    for (const e of others) e.hidden = true;
    const said = [document.title, document.body.innerText];
    for (const e of others) e.hidden = false;
    for (const e of document.querySelectorAll('body *')) {
        if (e.closest('[lang]') !== document.documentElement) continue;
        for (const name of ['aria-label', 'title', 'placeholder', 'alt', 'data-label'])
            if (e.hasAttribute(name)) said.push(e.getAttribute(name));
        if (['SUMMARY', 'OPTION', 'LEGEND', 'LABEL', 'H2', 'BUTTON', 'TEXT', 'TITLE']
            .includes(e.tagName.toUpperCase())) said.push(e.textContent);
    }
    return said.join('\\n');
";

/// The texts in the source of a catalogue, without what fills their gaps; those long enough that
/// they do not occur by chance.
fn phrases(source: &str) -> BTreeSet<String> {
    let mut phrases = BTreeSet::new();
    for literal in source.split('"').skip(1).step_by(2) {
        let mut rest = literal;
        while !rest.is_empty() {
            let (text, after) = rest.split_once('{').unwrap_or((rest, ""));
            rest = after.split_once('}').map_or("", |(_, after)| after);
            let text = text.trim_matches(|c: char| !c.is_alphanumeric());
            if text.len() >= 8 && text.contains(' ') {
                phrases.insert(text.to_owned());
            }
        }
    }
    phrases
}

/// English words that nobody says in German.
fn english(text: &str) -> Vec<String> {
    let words: BTreeSet<_> = text.split(|c: char| !c.is_alphanumeric()).collect();
    let telling = [
        "the", "and", "with", "since", "days", "weeks", "ago", "Mon", "Tue", "Wed", "Thu", "Fri",
        "Sat", "Sun", "Mar", "May", "Oct", "Dec", "open", "closed", "late", "waits", "others",
    ];
    let mut found: Vec<_> = telling.into_iter().filter(|w| words.contains(w)).collect();
    found.dedup();
    found.into_iter().map(str::to_owned).collect()
}

#[tokio::test]
async fn every_page_speaks_german_and_nothing_else() {
    let (english_only, german) = (phrases(ENGLISH), phrases(GERMAN));
    let english_only: Vec<_> = english_only.difference(&german).collect();
    assert!(english_only.len() > 300, "{}", english_only.len());

    let folder = tempfile::tempdir().unwrap();
    let product = Product::serve(&folder.path().join("german.sqlite"));
    let driver = Driver::start();
    // The browser asks for German, and the sample comes in it.
    let browser = driver.browser_in("de-DE,de").await;
    browser.open(product.base()).await;
    browser.click("form[action='/sample'] button").await;
    browser.is_at("/who?back=%2Fl%2Fmetakube").await;
    browser
        .choose(product.base(), "Lena Novak", "/l/metakube")
        .await;

    let mut wrong = Vec::new();
    browser.forgive(NOT_THERE);
    for page in PAGES {
        browser.open(&format!("{}{page}", product.base())).await;
        assert_eq!(
            browser.run("return document.documentElement.lang").await,
            "de",
            "{page}"
        );
        let Value::String(text) = browser.run(READ).await else {
            panic!("{page} has no text");
        };
        let leaks = english_only.iter().filter(|words| text.contains(**words));
        wrong.extend(leaks.map(|words| format!("{page}: {words}")));
        wrong.extend(english(&text).iter().map(|word| format!("{page}: {word}")));
    }
    assert!(wrong.is_empty(), "{wrong:#?}");

    // The same look at an English page finds plenty, so it is not blind.
    browser.click("[name=locale][value=en]").await;
    browser.shows("html[lang=en]").await;
    browser
        .open(&format!("{}{CHECKLISTS}", product.base()))
        .await;
    let text = browser.run(READ).await;
    let text = text.as_str().unwrap();
    let seen = english_only.iter().filter(|words| text.contains(**words));
    assert!(seen.count() > 10 && english(text).len() > 3, "{text}");
}

#[tokio::test]
async fn the_language_is_changed_on_the_page_and_stays() {
    let product = Product::demo();
    let driver = Driver::start();
    let browser = lena(&product, &driver, "/l/metakube").await;
    browser.says("h1", "Not launch-ready").await;

    browser.click("[name=locale][value=de]").await;
    browser.shows("html[lang=de]").await;
    browser.alive().await;
    browser.says("h1", "Nicht startklar").await;
    // “Di., 29. Dez.”: day before month, with its stop.
    let sentence = browser.words("h1").await;
    let day = sentence.split("Termin: ").nth(1).unwrap_or_default();
    let (weekday, date) = day.split_once(' ').unwrap_or_default();
    assert!(
        ["Mo", "Di", "Mi", "Do", "Fr", "Sa", "So"].contains(&weekday.trim_end_matches([',', '.'])),
        "{sentence}"
    );
    assert!(
        date.split_once('.')
            .is_some_and(|(day, _)| day.parse::<u8>().is_ok()),
        "{sentence}"
    );

    browser.click(".tabs a[href$='/plan']").await;
    browser.is_at("/l/metakube/plan").await;
    browser.shows("html[lang=de]").await;
}
