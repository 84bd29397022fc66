//! States as shape and word: colour only repeats them.

use leptos::prelude::*;
use startklar::{
    PersonId,
    engine::{Course, ItemState, Verdict},
};

use super::symbols::Symbol;
use crate::desk::Desk;

/// The symbol of a verdict.
pub(crate) const fn verdict_symbol(verdict: Verdict) -> &'static str {
    match verdict {
        Verdict::NoGo => "v-nogo",
        Verdict::GoWithConditions(_) => "v-cond",
        Verdict::Go(_) => "v-go",
    }
}

/// The symbol and the class of a course.
pub(crate) const fn course_look(course: Course) -> (&'static str, &'static str) {
    match course {
        Course::OnCourse => ("c-on", "state state--plain"),
        Course::AtRisk => ("c-risk", "state state--risk"),
        Course::OffCourse => ("c-off", "state state--late"),
        Course::NotEnoughKnown => ("c-unknown", "state state--quiet"),
    }
}

/// The symbol of an item's state.
pub(crate) const fn item_symbol(state: ItemState) -> &'static str {
    match state {
        ItemState::NotBegun => "i-open",
        ItemState::Begun => "i-begun",
        ItemState::EvidenceMissing | ItemState::NeedsOpen => "i-waits",
        ItemState::SecondPerson => "i-second",
        ItemState::Stale(_) => "i-stale",
        ItemState::Closed => "i-closed",
        ItemState::Waived => "i-waived",
        ItemState::NotApplicable => "i-na",
    }
}

/// A person by name, with initials; “nobody named” when there is none.
#[component]
pub(crate) fn PersonName(
    /// Who.
    id: Option<PersonId>,
    /// Whether a missing name is a finding, and not just a blank.
    #[prop(optional)]
    needed: bool,
) -> impl IntoView {
    let desk = Desk::here();
    let t = desk.texts();
    match id {
        Some(id) => {
            let people = desk.people();
            let (initials, name) = people.get(id).map_or_else(
                || ("?".to_owned(), t.common.somebody_unknown.to_owned()),
                |p| (p.initials(), p.name.to_string()),
            );
            let first = name.split(' ').next().unwrap_or_default().to_owned();
            view! {
                <span class="who" title=name>
                    <abbr aria-hidden="true">{initials}</abbr>
                    {first}
                </span>
            }
            .into_any()
        }
        None if needed => view! {
            <span class="state state--late">
                <Symbol name="i-none" />
                {t.common.nobody_named}
            </span>
        }
        .into_any(),
        None => view! { <span class="quiet">{t.common.nobody_named}</span> }.into_any(),
    }
}
