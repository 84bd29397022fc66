//! PAGE journal.

use leptos::prelude::*;

use crate::{boot::{Boot}, desk::Desk};

pub(super) fn view(desk: Desk, boot: &Boot, before: Option<u64>) -> AnyView {
    let _ = (desk, boot, before);
    view! { <p>"journal"</p> }.into_any()
}
