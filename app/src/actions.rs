//! Forms that carry a command. Without JavaScript the browser posts them and the server answers
//! with the page; with it the command is decided here first.

use leptos::prelude::*;

use crate::{desk::Desk, hand};

/// A form that is a command: the hidden fields name it, the children are its visible fields and
/// its button. In the past there is nothing to change, and the form is left out.
#[component]
pub fn CommandForm(
    /// The command, such as `tick_item`.
    kind: &'static str,
    /// Fields that the reader does not see, such as the item's id.
    #[prop(optional, into)]
    with: Vec<(&'static str, String)>,
    /// Classes of the form.
    #[prop(optional, into)]
    class: String,
    /// Where to come back to without JavaScript; this page when not given.
    #[prop(optional, into)]
    back: Option<String>,
    /// Whether the form changes words, so that a change by somebody else in between is noticed.
    #[prop(optional)]
    edits: bool,
    /// Visible fields and button.
    children: Children,
) -> impl IntoView {
    let desk = Desk::here();
    let hidden = with
        .into_iter()
        .map(|(name, value)| view! { <input type="hidden" name=name value=value /> })
        .collect_view();
    let back = back.unwrap_or_else(|| desk.path.get_value());
    let seen = edits.then(|| {
        let seen = desk.revision().to_string();
        view! { <input type="hidden" name="seen" value=seen /> }
    });
    view! {
        <form
            method="post"
            action=desk.href("/do")
            class=class
            on:submit=move |event| hand::submit(desk, &event)
        >
            <input type="hidden" name="kind" value=kind />
            <input type="hidden" name="back" value=back />
            {seen}
            {hidden}
            {children()}
        </form>
    }
}
