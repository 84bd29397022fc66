//! The one text area. Leptos 0.8 does not escape the text inside `<textarea>` on the server, so it
//! goes in here already escaped, and nowhere else in this crate is there a raw one.

use leptos::prelude::*;

use crate::charts::escape;

/// A field for several lines of text.
#[component]
pub(crate) fn TextArea(
    /// The name of the field.
    name: &'static str,
    /// What stands in it.
    #[prop(optional, into)]
    text: String,
    /// Whether it must be filled in.
    #[prop(optional)]
    required: bool,
    /// Its height in lines.
    #[prop(default = 2)]
    rows: u8,
    /// Whether it holds a whole file rather than a note.
    #[prop(optional)]
    long: bool,
) -> impl IntoView {
    // HTML drops the first line break after the start tag; one more keeps a text that begins with
    // one whole.
    let inner = format!("\n{}", escape(&text));
    let most = (!long).then_some("4000");
    view! {
        <textarea name=name rows=rows.to_string() maxlength=most required=required inner_html=inner>
        </textarea>
    }
}
