//! PAGE first_start.

use leptos::prelude::*;

use crate::{boot::{Boot}, desk::Desk};

pub(super) fn view(desk: Desk, boot: &Boot) -> AnyView {
    let _ = (desk, boot);
    view! { <p>"first_start"</p> }.into_any()
}
