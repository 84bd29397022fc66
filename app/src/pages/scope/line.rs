//! Moving the line: every place of it is an address. With JavaScript a step changes the page at once
//! and the address follows.

use leptos::{
    ev::{DragEvent, KeyboardEvent, MouseEvent},
    prelude::GetValue as _,
};

use super::ScopePage;

impl ScopePage {
    /// The address of the page with the line after so many candidates; with none, where it is saved.
    pub(super) fn href(self, line: Option<usize>) -> String {
        let mut href = self.desk.href("/scope");
        let mut sign = '?';
        let at = self.at.get_value();
        let at = at.map(|at| format!("at={}", crate::address::encode(&at)));
        for part in [line.map(|n| format!("line={n}")), at]
            .into_iter()
            .flatten()
        {
            href.push(sign);
            href.push_str(&part);
            sign = '&';
        }
        href
    }
}

#[cfg(feature = "hydrate")]
pub(super) use browser::{drag, drag_ends, drop, follow, key, over, step};

#[cfg(not(feature = "hydrate"))]
pub(super) fn follow(_: ScopePage) {}

#[cfg(not(feature = "hydrate"))]
pub(super) fn step(_: ScopePage, _: &MouseEvent, _: Option<usize>) {}

#[cfg(not(feature = "hydrate"))]
pub(super) fn key(_: ScopePage, _: &KeyboardEvent) {}

#[cfg(not(feature = "hydrate"))]
pub(super) fn drag(_: &DragEvent) {}

#[cfg(not(feature = "hydrate"))]
pub(super) fn drag_ends() {}

#[cfg(not(feature = "hydrate"))]
pub(super) fn over(_: &DragEvent) {}

#[cfg(not(feature = "hydrate"))]
pub(super) fn drop(_: ScopePage, _: &DragEvent, _: usize) {}

#[cfg(feature = "hydrate")]
mod browser {
    use std::cell::Cell;

    use leptos::prelude::*;
    use wasm_bindgen::JsValue;

    use super::{DragEvent, KeyboardEvent, MouseEvent, ScopePage};

    thread_local! {
        /// Whether the line is being dragged, and nothing else.
        static DRAGGED: Cell<bool> = const { Cell::new(false) };
    }

    /// Keeps the address with the line, and forgets the line once it lies where it is saved.
    pub(crate) fn follow(page: ScopePage) {
        Effect::new(move |before: Option<Option<usize>>| {
            let moved = page.table.with(|t| t.is_moved().then_some(t.line));
            if moved.is_none() && page.line.get_untracked().is_some() {
                page.line.set(None);
            }
            if before.is_some_and(|before| before != moved)
                && let Ok(history) = window().history()
            {
                let href = page.href(moved);
                // It fails only when it is called far too often: the page is right all the same.
                let _ = history.replace_state_with_url(&JsValue::NULL, "", Some(&href));
            }
            moved
        });
    }

    fn put(page: ScopePage, line: usize) {
        crate::parts::keys::keep_focus();
        page.line.set(Some(line));
    }

    /// A link that moves the line.
    pub(crate) fn step(page: ScopePage, event: &MouseEvent, line: Option<usize>) {
        // With a key held down a link opens elsewhere.
        if event.ctrl_key() || event.meta_key() || event.shift_key() {
            return;
        }
        event.prevent_default();
        let line = line.unwrap_or_else(|| page.table.with_untracked(|t| t.inside));
        put(page, line);
    }

    /// The arrow keys on the line.
    pub(crate) fn key(page: ScopePage, event: &KeyboardEvent) {
        let (line, last) = page.table.with_untracked(|t| (t.line, t.rows.len()));
        let line = match event.key().as_str() {
            "ArrowUp" => line.saturating_sub(1),
            "ArrowDown" => (line + 1).min(last),
            _ => return,
        };
        event.prevent_default();
        put(page, line);
    }

    pub(crate) fn drag(event: &DragEvent) {
        DRAGGED.set(true);
        // Some browsers drag nothing that carries no data.
        if let Some(data) = event.data_transfer() {
            let _ = data.set_data("text/plain", "");
        }
    }

    /// However it ended: dropped on nothing, or with Escape.
    pub(crate) fn drag_ends() {
        DRAGGED.set(false);
    }

    /// Says that the line may be dropped here.
    pub(crate) fn over(event: &DragEvent) {
        if DRAGGED.get() {
            event.prevent_default();
        }
    }

    /// The line passes the candidate that it is dropped on.
    pub(crate) fn drop(page: ScopePage, event: &DragEvent, place: usize) {
        if DRAGGED.replace(false) {
            event.prevent_default();
            let line = page.table.with_untracked(|t| t.line);
            put(page, if place > line { place } else { place - 1 });
        }
    }
}
