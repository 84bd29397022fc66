//! Journeys in a real browser, on the built product.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    missing_docs,
    reason = "tests"
)]

mod access;
mod board;
mod cutting;
mod deciding;
mod early;
mod elsewhere;
mod files;
mod forecasting;
mod judging;
mod keyboard;
mod language;
mod look;
mod offline;
mod passkey;
mod past;
mod people;
mod planning;
mod refused;
mod renewing;
mod second_factor;
mod sizing;
mod story;
mod telling;
mod ticking;
mod together;
mod without_script;

use startklar_tests::{
    Product,
    browser::{Browser, Driver},
};

/// The checklists of the sample.
const CHECKLISTS: &str = "/l/metakube/checklists";

/// The row of an open item of the sample that asks for no evidence.
const PLAIN: &str = "#item-lead-routing";

/// A page of every kind; the last is one that is not there.
const PAGES: [&str; 24] = [
    "/",
    "/new",
    "/week",
    "/who",
    "/trust",
    "/l/metakube",
    "/l/metakube/forecast?move=14",
    "/l/metakube/scope?line=7",
    "/l/metakube/plan",
    "/l/metakube/checklists",
    "/l/metakube/items/lead-routing",
    "/l/metakube/stories/meter-restart",
    "/l/metakube/epics/metering",
    "/l/metakube/requests",
    "/l/metakube/journal",
    "/l/metakube/journal?at=2026-04-12",
    "/l/metakube/weeks?week=3",
    "/l/metakube/settings",
    "/l/metakube/notices",
    "/l/metakube/template",
    "/policy",
    "/templates",
    "/rights",
    "/l/metakube/nowhere",
];

/// What a row shows when its item is ticked.
fn ticked(row: &str) -> String {
    format!("{row} input[name='kind'][value='untick_item']")
}

/// What a row shows when its item is not ticked.
fn open(row: &str) -> String {
    format!("{row} input[name='kind'][value='tick_item']")
}

/// The box of a row.
fn tick(row: &str) -> String {
    format!("{row} button[data-tick]")
}

/// How the browser's console complains of a page that is not there.
const NOT_THERE: &str = "/nowhere - Failed to load resource";

/// How the browser's console complains of a command that the server refused.
const REFUSED: &str = "the server responded with a status of 4";

/// Lena on a page, in a browser of her own.
async fn lena(product: &Product, driver: &Driver, page: &str) -> Browser {
    let browser = driver.browser().await;
    browser.choose(product.base(), "Lena Novak", page).await;
    browser
}

/// Lena and Jonas on one page, each in a browser of their own.
async fn two(product: &Product, driver: &Driver, page: &str) -> (Browser, Browser) {
    let (lena, jonas) = (lena(product, driver, page).await, driver.browser().await);
    jonas.choose(product.base(), "Jonas Berger", page).await;
    (lena, jonas)
}
