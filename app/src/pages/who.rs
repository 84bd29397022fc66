//! PAGE who.

use leptos::prelude::*;

use crate::{boot::{Boot}, desk::Desk};

pub(super) fn view(desk: Desk, boot: &Boot, back: &str) -> AnyView {
    let _ = (desk, boot, back);
    view! { <p>"who"</p> }.into_any()
}
