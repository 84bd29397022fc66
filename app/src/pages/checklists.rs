//! PAGE checklists.

use leptos::prelude::*;

use crate::{boot::{Boot, Filter}, desk::Desk};

pub(super) fn view(desk: Desk, boot: &Boot, filter: &Filter) -> AnyView {
    let _ = (desk, boot, filter);
    view! { <p>"checklists"</p> }.into_any()
}
