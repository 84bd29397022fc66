//! PAGE plan.

use leptos::prelude::*;

use crate::{boot::{Boot}, desk::Desk};

pub(super) fn view(desk: Desk, boot: &Boot) -> AnyView {
    let _ = (desk, boot);
    view! { <p>"plan"</p> }.into_any()
}
