//! Loading the chunk that draws a page, in the browser.

#![allow(
    clippy::unnecessary_wraps,
    reason = "loading fails where calling cannot; the macro puts the one before the other"
)]

use leptos::wasm_split::{SplitLoaderError, wasm_split};

use super::{Draw, chunk::Chunk};
use crate::boot::Page;

/// What draws the page that an address names. None when the network failed.
pub(crate) async fn load(page: &Page) -> Option<Draw> {
    let Some(chunk) = page.chunk() else {
        return Some(super::drawn::left);
    };
    let loaded = match chunk {
        Chunk::Cockpit => cockpit().await,
        Chunk::Overview => overview().await,
        Chunk::Forecast => forecast().await,
        Chunk::Tick => tick().await,
        Chunk::Plan => plan().await,
        Chunk::Scope => scope().await,
        Chunk::Edit => edit().await,
    };
    loaded.ok()
}

#[wasm_split(cockpit, fallible, wasm_split_path = ::leptos::wasm_split)]
fn cockpit() -> Result<Draw, SplitLoaderError> {
    Ok(super::cockpit::view)
}

#[wasm_split(overview, fallible, wasm_split_path = ::leptos::wasm_split)]
fn overview() -> Result<Draw, SplitLoaderError> {
    Ok(super::draw_overview)
}

#[wasm_split(forecast, fallible, wasm_split_path = ::leptos::wasm_split)]
fn forecast() -> Result<Draw, SplitLoaderError> {
    Ok(super::forecast::view)
}

#[wasm_split(plan, fallible, wasm_split_path = ::leptos::wasm_split)]
fn plan() -> Result<Draw, SplitLoaderError> {
    Ok(super::draw_plan)
}

#[wasm_split(scope, fallible, wasm_split_path = ::leptos::wasm_split)]
fn scope() -> Result<Draw, SplitLoaderError> {
    Ok(super::scope::view)
}

#[wasm_split(tick, fallible, wasm_split_path = ::leptos::wasm_split)]
fn tick() -> Result<Draw, SplitLoaderError> {
    Ok(super::draw_tick)
}

#[wasm_split(edit, fallible, wasm_split_path = ::leptos::wasm_split)]
fn edit() -> Result<Draw, SplitLoaderError> {
    Ok(super::draw_edit)
}
