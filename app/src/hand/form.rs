//! What a form says, as a command.

use startklar::command::Fields;
use wasm_bindgen::JsCast as _;
use web_sys::{Element, HtmlElement, HtmlFormElement};

use super::act;
use crate::{
    desk::{Desk, Typed},
    live::filled_in,
    parts::keys::keep_place,
};

/// Carries out what a form says.
pub(super) fn submit(desk: Desk, form: &HtmlFormElement, submitter: Option<&HtmlElement>) {
    let fields = fields(form, submitter);
    match fields.command(&desk.view_untracked().launch) {
        Ok(command) => {
            let seen = fields.get("seen").and_then(|s| s.parse().ok());
            if act::give_typed(desk, command.into(), seen, typed(form), true) {
                keep_place();
                form.reset();
                close_around(form);
            }
        }
        Err(bad) => desk.complain(bad.text(desk.locale)),
    }
}

fn fields(form: &HtmlFormElement, submitter: Option<&HtmlElement>) -> Fields {
    let mut fields = filled_in(form);
    // The button that was pressed is part of what is sent.
    if let Some(button) = submitter
        && let (Some(name), Some(value)) =
            (button.get_attribute("name"), button.get_attribute("value"))
    {
        fields.push((name, value));
    }
    Fields(fields)
}

/// A form inside `<details data-closes>` or `<dialog>` closes it when its command went through.
fn close_around(form: &HtmlFormElement) {
    if let Ok(Some(around)) = form.closest("details[data-closes]") {
        let _ = around.remove_attribute("open");
    }
    if let Ok(Some(around)) = form.closest("dialog") {
        let _ = around
            .dyn_into::<web_sys::HtmlDialogElement>()
            .map(|d| d.close());
    }
}

/// What was typed into a form, as far as it is text.
fn typed(form: &HtmlFormElement) -> Vec<Typed> {
    let Ok(labels) = form.query_selector_all("label") else {
        return Vec::new();
    };
    let labels = (0..labels.length()).filter_map(|n| labels.item(n)?.dyn_into().ok());
    labels.filter_map(|label: Element| field(&label)).collect()
}

fn field(label: &Element) -> Option<Typed> {
    let within = |selector: &str| label.query_selector(selector).ok().flatten();
    let field = within("input:not([type=checkbox], [type=radio]), textarea")?;
    let text = js_sys::Reflect::get(&field, &"value".into())
        .ok()?
        .as_string()?;
    (!text.trim().is_empty()).then(|| Typed {
        label: within("span")
            .and_then(|span| span.text_content())
            .unwrap_or_default(),
        text,
    })
}
