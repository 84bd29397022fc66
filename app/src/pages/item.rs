//! PAGE item.

use leptos::prelude::*;

use startklar::ItemId;

use crate::{boot::{Boot}, desk::Desk};

pub(super) fn view(desk: Desk, boot: &Boot, id: &ItemId) -> AnyView {
    let _ = (desk, boot, id);
    view! { <p>"item"</p> }.into_any()
}
