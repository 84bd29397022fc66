//! What only some may do: nobody is offered what they would be refused.

use leptos::prelude::*;
use startklar::rights::{self, Act};

use crate::desk::Desk;

/// The form, or for others whose it is.
pub(crate) fn only<V: IntoView + 'static>(
    desk: Desk,
    act: Act,
    form: impl FnOnce() -> V,
) -> AnyView {
    if desk.could(act) {
        return form().into_any();
    }
    let whose = rights::refusal(act).text(desk.locale, &desk.people());
    view! { <p class="quiet small">{whose}</p> }.into_any()
}
