//! PAGE epic.

use leptos::prelude::*;

use startklar::EpicId;

use crate::{boot::{Boot}, desk::Desk};

pub(super) fn view(desk: Desk, boot: &Boot, id: &EpicId) -> AnyView {
    let _ = (desk, boot, id);
    view! { <p>"epic"</p> }.into_any()
}
