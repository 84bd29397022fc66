//! The forecast kept up to date in the browser: whoever changes the launch on a page that says it
//! sees it change. The code for it comes when it is first needed.

#![allow(
    clippy::unnecessary_wraps,
    reason = "loading fails where calling cannot; the macro puts the one before the other"
)]

use std::time::Duration;

use leptos::{
    prelude::*,
    task::spawn_local,
    wasm_split::{SplitLoaderError, wasm_split},
};
use startklar::forecast::{SHOWN, forecast_launch};

use crate::{
    boot::Chance,
    desk::{Desk, View},
};

/// How long after a change: the change itself is drawn first.
const AFTER: Duration = Duration::from_millis(60);

type Foresee = fn(&View) -> Option<Chance>;

/// Forecasts anew after each change of the launch.
pub(crate) fn follow(desk: Desk) {
    Effect::new(move |before: Option<_>| {
        let view = desk.view();
        let now = (view.launch.revision, view.pending, view.assessment.today);
        if before.is_some_and(|before| before != now) {
            set_timeout(move || spawn_local(foresee(desk)), AFTER);
        }
        now
    });
}

async fn foresee(desk: Desk) {
    // Without the network the last forecast stays.
    if let Ok(foresee) = load().await {
        desk.chance.set(foresee(&desk.view_untracked()));
    }
}

#[wasm_split(foresee, fallible, wasm_split_path = ::leptos::wasm_split)]
fn load() -> Result<Foresee, SplitLoaderError> {
    Ok(|view| {
        let forecast = forecast_launch(&view.launch, &view.assessment, SHOWN);
        forecast.as_ref().map(Chance::from)
    })
}
