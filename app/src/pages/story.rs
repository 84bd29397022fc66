//! PAGE story.

use leptos::prelude::*;

use startklar::StoryId;

use crate::{boot::{Boot}, desk::Desk};

pub(super) fn view(desk: Desk, boot: &Boot, id: &StoryId) -> AnyView {
    let _ = (desk, boot, id);
    view! { <p>"story"</p> }.into_any()
}
