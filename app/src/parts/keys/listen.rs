//! The browser's side of the keys: one listener for the page.

use std::cell::Cell;

use leptos::{
    ev::{self, KeyboardEvent},
    prelude::*,
};
use wasm_bindgen::JsCast as _;
use web_sys::{Element, HtmlDialogElement, HtmlElement};

use super::press::{Place, Press, With, press};
use crate::{desk::Desk, hand};

/// Milliseconds within which the key after `g` counts.
const GOING: f64 = 1_500.0;

/// Fields of a list in which one goes on from field to field.
const NEXT_FIELD: &str = "[data-points=next]";

thread_local! {
    /// When `g` was pressed.
    static WENT: Cell<f64> = const { Cell::new(f64::NEG_INFINITY) };
}

/// Listens from now on. Also opens the form that the address names.
pub(super) fn start(desk: Desk) {
    window_event_listener(ev::keydown, move |event| key(desk, &event));
    window_event_listener(ev::click, |event| {
        let target = event.target().and_then(|t| t.dyn_into::<Element>().ok());
        // The second click of a double click was not meant for what the first one made of the page.
        let within = |selector: &str| {
            let target = target.as_ref();
            target.is_some_and(|t| t.closest(selector).is_ok_and(|found| found.is_some()))
        };
        if event.detail() > 1 && within("form[method=post] button") {
            event.prevent_default();
        }
        let opener = target.and_then(|t| t.closest("[data-opens]").ok().flatten());
        if let Some(id) = opener.and_then(|o| o.get_attribute("data-opens")) {
            open(&id);
        }
    });
    window_event_listener(ev::hashchange, |_| open_named());
    open_named();
}

fn key(desk: Desk, event: &KeyboardEvent) {
    if event.default_prevented() || event.is_composing() {
        return;
    }
    let Some(press) = press(&event.key(), with(event)) else {
        return;
    };
    if act(desk, press) {
        event.prevent_default();
    }
}

fn with(event: &KeyboardEvent) -> With {
    let target = event.target().and_then(|t| t.dyn_into::<Element>().ok());
    let within = |selector: &str| {
        target
            .as_ref()
            .is_some_and(|t| t.matches(selector).unwrap_or(false))
    };
    With {
        control: event.ctrl_key() || event.meta_key(),
        alt: event.alt_key(),
        typing: within(
            "textarea, select, [contenteditable], \
             input:not([type=checkbox], [type=radio], [type=button], [type=range])",
        ),
        dialog: found("dialog[open]").is_some(),
        going: event.time_stamp() - WENT.replace(f64::NEG_INFINITY) < GOING,
        on_row: within("[data-row]"),
    }
}

/// Whether something was done.
fn act(desk: Desk, press: Press) -> bool {
    match press {
        Press::Find => open("palette"),
        Press::Keys => open("keys"),
        Press::Next => step(1),
        Press::Previous => step(-1),
        Press::Open => in_row("td.item > a, th.item > a, a"),
        Press::Tick => in_row("[data-tick]"),
        Press::Evidence => in_row("a[data-tick]"),
        Press::Select => in_row("[data-select]") || begin_to_select(),
        Press::Points => points(),
        Press::Earlier => in_row("[data-earlier]"),
        Press::Later => in_row("[data-later]"),
        Press::Back => click("a[rel=prev]"),
        Press::Forth => click("a[rel=next]"),
        Press::Undo => hand::step_back(desk),
        Press::Close => leave(),
        Press::Go => {
            WENT.set(
                window()
                    .performance()
                    .map_or(f64::NEG_INFINITY, |p| p.now()),
            );
            true
        }
        Press::To(place) => to(desk, place),
    }
}

fn to(desk: Desk, place: &Place) -> bool {
    let planned = desk.view_untracked().launch.schedule.is_some();
    if place.of_launch && !planned {
        return false;
    }
    let href = if place.of_launch {
        desk.href(place.href)
    } else {
        place.href.to_owned()
    };
    window().location().set_href(&href).is_ok()
}

/// The rows in sight.
fn rows() -> Vec<HtmlElement> {
    let Ok(rows) = document().query_selector_all("main [data-row]") else {
        return Vec::new();
    };
    (0..rows.length())
        .filter_map(|n| rows.item(n)?.dyn_into().ok())
        .filter(|row: &HtmlElement| row.offset_parent().is_some())
        .collect()
}

/// Moves the focus to the row after or before the one it is in; to the first when it is in none.
fn step(by: i32) -> bool {
    let rows = rows();
    let here = row().and_then(|row| rows.iter().position(|r| **r == row));
    let next = match (here, by) {
        (None, _) => 0,
        (Some(at), 1) => (at + 1).min(rows.len().saturating_sub(1)),
        (Some(at), _) => at.saturating_sub(1),
    };
    rows.get(next).is_some_and(|row| row.focus().is_ok())
}

/// The row in which the focus is.
fn row() -> Option<Element> {
    document()
        .active_element()?
        .closest("[data-row]")
        .ok()
        .flatten()
}

/// What is ticked may move down its list, and its form is gone: whoever is at a row by keyboard goes
/// on from the same place. To be called before the page changes.
pub(crate) fn keep_place() {
    let Some(row) = row().or_else(row_above) else {
        return;
    };
    // Whoever estimates one after the other goes on in the field of the next.
    let estimates = document()
        .active_element()
        .is_some_and(|field| field.matches(NEXT_FIELD).unwrap_or(false));
    let place_of = |rows: &[HtmlElement], row: &Element| rows.iter().position(|r| **r == *row);
    let Some(place) = place_of(&rows(), &row) else {
        return;
    };
    request_animation_frame(move || {
        let rows = rows();
        let stays = self::row().is_some_and(|now| place_of(&rows, &now) == Some(place));
        let next = rows.get(place).or(rows.last());
        let field = next.filter(|_| estimates);
        let field = field.and_then(|row| row.query_selector(NEXT_FIELD).ok().flatten());
        if let Some(field) = field {
            focus(field);
        } else if let (false, Some(row)) = (stays, next) {
            // It fails only for an element that cannot be focused.
            let _ = row.focus();
        }
    });
}

/// Puts the cursor into the field for the points of the row, or of the page where no row has the
/// focus.
fn points() -> bool {
    const FIELD: &str = "[data-points]";
    let of_row = row().and_then(|row| row.query_selector(FIELD).ok().flatten());
    let Some(field) = of_row.or_else(|| found(&format!("main {FIELD}"))) else {
        return false;
    };
    if let Ok(Some(closed)) = field.closest("details:not([open])") {
        // It fails only for a malformed attribute name.
        let _ = closed.set_attribute("open", "");
    }
    // What is typed takes the place of what is there.
    if let Some(input) = field.dyn_ref::<web_sys::HtmlInputElement>() {
        input.select();
    }
    focus(field);
    true
}

/// The row above the form in which the focus is.
fn row_above() -> Option<Element> {
    let form = document()
        .active_element()?
        .closest(".proof")
        .ok()
        .flatten()?;
    form.closest("tr")
        .ok()
        .flatten()?
        .previous_element_sibling()
}

fn in_row(selector: &str) -> bool {
    let inside = row().and_then(|row| row.query_selector(selector).ok().flatten());
    press_on(inside)
}

/// Lets rows be selected, and selects the one that has the focus.
fn begin_to_select() -> bool {
    let begun = click("[data-selects]");
    if begun {
        request_animation_frame(|| {
            in_row("[data-select]");
        });
    }
    begun
}

/// Leaves the evidence form of a row, and puts the focus back on the row.
fn leave() -> bool {
    let Some(row) = row_above() else {
        return false;
    };
    let left = click(".proof [data-escape]");
    if let Ok(row) = row.dyn_into::<HtmlElement>() {
        // It fails only for an element that cannot be focused.
        let _ = row.focus();
    }
    left
}

fn click(selector: &str) -> bool {
    press_on(found(selector))
}

fn press_on(element: Option<Element>) -> bool {
    let element = element.and_then(|e| e.dyn_into::<HtmlElement>().ok());
    element.is_some_and(|e| {
        e.click();
        true
    })
}

fn found(selector: &str) -> Option<Element> {
    document().query_selector(selector).ok().flatten()
}

fn dialog(id: &str) -> Option<HtmlDialogElement> {
    document().get_element_by_id(id)?.dyn_into().ok()
}

/// Opens a dialog and tells it so.
fn open(id: &str) -> bool {
    let Some(dialog) = dialog(id) else {
        return false;
    };
    if dialog.open() || dialog.show_modal().is_err() {
        return false;
    }
    if let Ok(event) = web_sys::Event::new("opened") {
        // What is told is not asked for an answer.
        let _ = dialog.dispatch_event(&event);
    }
    focus_soon(format!("{id}-field"));
    true
}

/// Whether a dialog is open.
pub(crate) fn is_open(id: &str) -> bool {
    dialog(id).is_some_and(|dialog| dialog.open())
}

/// Closes a dialog.
pub(crate) fn close(id: &str) {
    if let Some(dialog) = dialog(id) {
        dialog.close();
    }
}

/// Goes to what the address names with its fragment: a field, or a form, which it opens, and the
/// first field of it.
fn open_named() {
    let Ok(hash) = window().location().hash() else {
        return;
    };
    let named = hash
        .strip_prefix('#')
        .and_then(|id| document().get_element_by_id(id));
    let Some(named) = named else { return };
    if named.matches("input").unwrap_or(false) {
        focus(named);
    } else if named.matches("details").unwrap_or(false) {
        // It fails only for a malformed attribute name.
        let _ = named.set_attribute("open", "");
        let field = named.query_selector("input:not([type=hidden]), select, textarea");
        if let Some(field) = field.ok().flatten() {
            focus(field);
        }
    }
}

fn focus(element: Element) {
    if let Ok(element) = element.dyn_into::<HtmlElement>() {
        // It fails only for an element that cannot be focused: then nothing is lost.
        let _ = element.focus();
    }
}

/// Gives the focus back to what has it now, after the page has moved that to another place. To be
/// called before the page changes.
pub(crate) fn keep_focus() {
    if let Some(element) = document().active_element() {
        request_animation_frame(move || focus(element));
    }
}

/// Puts the cursor into a field that is about to be there.
pub(crate) fn focus_soon(id: String) {
    request_animation_frame(move || {
        if let Some(field) = document().get_element_by_id(&id) {
            focus(field);
        }
    });
}
