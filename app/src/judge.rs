//! The launch judged from its journal alone, by the engine in the browser: the same answer as the
//! server's, byte for byte. Whoever does not believe the server can ask their own machine.

#![allow(
    clippy::unnecessary_wraps,
    reason = "loading fails where calling cannot; the macro puts the one before the other"
)]

use leptos::{
    prelude::document,
    wasm_split::{SplitLoaderError, wasm_split},
};
use serde::Deserialize;
use startklar::{
    Launch, Locale, People, Policy, Recorded, assess,
    forecast::{SHOWN, forecast_launch},
    report::Report,
    time::Instant,
    tree,
};
use wasm_bindgen::prelude::{JsError, wasm_bindgen};

/// What is judged, as JSON.
#[derive(Deserialize)]
struct Case {
    /// Every line of the launch's journal.
    records: Vec<Recorded>,
    /// Who is known by name.
    people: People,
    /// The moment it is judged at: what happened later is left out.
    at: Instant,
}

type Judge = fn(&str, Locale) -> Option<String>;

/// Judges a launch: `{records, people, at}` in, what `GET /api/v1/launches/{id}/assessment?at=…`
/// answers in the page's language out.
///
/// # Errors
/// When it is not such an object, or the code for it cannot be fetched.
#[wasm_bindgen]
#[allow(unreachable_pub, reason = "JavaScript reaches it")]
pub async fn judge(case: String) -> Result<String, JsError> {
    let judge = load()
        .await
        .map_err(|_| JsError::new("the network failed"))?;
    let root = document().document_element();
    let language = root.and_then(|root| root.get_attribute("lang"));
    let locale = language.and_then(|tag| Locale::from_tag(&tag));
    let locale = locale.unwrap_or_default();
    judge(&case, locale).ok_or_else(|| JsError::new("wanted: {records, people, at}"))
}

/// Few ask for it: it comes when it is asked for.
#[wasm_split(judge, fallible, wasm_split_path = ::leptos::wasm_split)]
fn load() -> Result<Judge, SplitLoaderError> {
    Ok(report)
}

fn report(case: &str, locale: Locale) -> Option<String> {
    let case: Case = tree::read(serde_json::from_str(case).ok()?).ok()?;
    let mut launch = Launch::default();
    for record in case.records.iter().filter(|record| record.at <= case.at) {
        launch.apply(record);
    }
    let assessment = assess(&launch, &Policy::default(), case.at);
    let forecast = forecast_launch(&launch, &assessment, SHOWN);
    let report = Report::new(
        &launch,
        &assessment,
        forecast.as_ref(),
        &case.people,
        locale,
    );
    serde_json::to_string(&report).ok()
}
