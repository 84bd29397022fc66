//! What a form says: read when it is sent, and carried out when the hand is here.

use startklar::command::Fields;
use wasm_bindgen::JsCast as _;
use web_sys::{Element, HtmlElement, HtmlFormElement};

use super::act;
use crate::{
    desk::{Desk, Typed},
    live::filled_in,
    parts::keys::keep_place,
};

/// A form as it was sent.
pub(super) struct Sent {
    form: HtmlFormElement,
    /// Its fields, as they were filled in.
    fields: Vec<(String, String)>,
    /// Name and value of the button that was pressed, which are part of what is sent.
    button: Option<(String, String)>,
    /// What was typed into it.
    typed: Vec<Typed>,
}

impl Sent {
    pub(super) fn of(form: HtmlFormElement, submitter: Option<&HtmlElement>) -> Self {
        let button = submitter.and_then(|button| {
            let name = button.get_attribute("name")?;
            Some((name, button.get_attribute("value")?))
        });
        Self {
            fields: filled_in(&form),
            typed: typed(&form),
            button,
            form,
        }
    }

    /// Marks that it waits. Returns whether it did already: who presses twice means it once.
    pub(super) fn waits(&self) -> bool {
        let waited = self.form.has_attribute("aria-busy");
        // It fails only for a malformed attribute name.
        let _ = self.form.set_attribute("aria-busy", "true");
        waited
    }

    /// Takes the mark off again.
    pub(super) fn waits_no_more(&self) {
        let _ = self.form.remove_attribute("aria-busy");
    }

    /// Sends it as the plain form that it is. The answer is another page.
    pub(super) fn post(&self) {
        if let Some((name, value)) = &self.button {
            self.hide(name, value);
        }
        // It fails only where a page may not navigate at all.
        let _ = self.form.submit();
    }

    fn hide(&self, name: &str, value: &str) -> Option<()> {
        let page = self.form.owner_document()?;
        let field = page.create_element("input").ok()?;
        for (name, value) in [("type", "hidden"), ("name", name), ("value", value)] {
            field.set_attribute(name, value).ok()?;
        }
        self.form.append_child(&field).ok()?;
        Some(())
    }
}

/// Carries out what a form said.
pub(super) fn carry_out(desk: Desk, sent: Sent) {
    let untouched = filled_in(&sent.form) == sent.fields;
    let Sent {
        form,
        mut fields,
        button,
        typed,
    } = sent;
    fields.extend(button);
    let fields = Fields(fields);
    match fields.command(&desk.view_untracked().launch) {
        Ok(mut command) => {
            command.mention(&desk.people());
            let seen = fields.get("seen").and_then(|s| s.parse().ok());
            match act::give_typed(desk, command.into(), seen, typed, true) {
                Ok(()) if untouched => {
                    keep_place();
                    form.reset();
                    close_around(&form);
                }
                Err(Some((field, why))) => blame(&form, field, 0, &why),
                Ok(()) | Err(None) => {}
            }
        }
        Err(bad) => {
            let why = bad.text(desk.locale);
            if let Some(field) = bad.field() {
                blame(&form, &field.name, field.nth(), &why);
            }
            desk.complain(why);
        }
    }
}

/// Says which field is to blame and why: the script that fills forms in again leads there.
fn blame(form: &HtmlFormElement, name: &str, nth: u32, why: &str) {
    // It fails only for a malformed attribute name.
    let _ = form.set_attribute("data-blamed", &format!("{name} {nth} {why}"));
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
