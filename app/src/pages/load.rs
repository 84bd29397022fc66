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
        Chunk::Journal => journal().await,
        Chunk::Forecast => forecast().await,
        Chunk::Tick => tick().await,
        Chunk::Plan => plan().await,
        Chunk::Work => work().await,
        Chunk::Scope => scope().await,
        Chunk::Item => item().await,
        Chunk::Edit => edit().await,
    };
    loaded.ok()
}

#[wasm_split(cockpit, fallible, wasm_split_path = ::leptos::wasm_split)]
fn cockpit() -> Result<Draw, SplitLoaderError> {
    Ok(super::cockpit::view)
}

#[wasm_split(journal, fallible, wasm_split_path = ::leptos::wasm_split)]
fn journal() -> Result<Draw, SplitLoaderError> {
    Ok(super::journal::view)
}

#[wasm_split(item, fallible, wasm_split_path = ::leptos::wasm_split)]
fn item() -> Result<Draw, SplitLoaderError> {
    Ok(super::item::view)
}

#[wasm_split(forecast, fallible, wasm_split_path = ::leptos::wasm_split)]
fn forecast() -> Result<Draw, SplitLoaderError> {
    Ok(super::forecast::view)
}

#[wasm_split(plan, fallible, wasm_split_path = ::leptos::wasm_split)]
fn plan() -> Result<Draw, SplitLoaderError> {
    Ok(super::plan::view)
}

#[wasm_split(work, fallible, wasm_split_path = ::leptos::wasm_split)]
fn work() -> Result<Draw, SplitLoaderError> {
    Ok(super::draw_work)
}

#[wasm_split(scope, fallible, wasm_split_path = ::leptos::wasm_split)]
fn scope() -> Result<Draw, SplitLoaderError> {
    Ok(super::scope::view)
}

#[wasm_split(tick, fallible, wasm_split_path = ::leptos::wasm_split)]
fn tick() -> Result<Draw, SplitLoaderError> {
    Ok(super::checklists::view)
}

#[wasm_split(edit, fallible, wasm_split_path = ::leptos::wasm_split)]
fn edit() -> Result<Draw, SplitLoaderError> {
    Ok(super::draw_edit)
}
