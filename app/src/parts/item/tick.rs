//! The tick box: the shape of the state, and one click to change it.

use leptos::prelude::*;
use startklar::{PersonId, engine::ItemState, model::Item, texts::fill};

use super::ItemRow;
use crate::{actions::CommandForm, desk::Desk, parts::symbols::Symbol};

/// What a click on the box does.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum TickAct {
    /// Ticks.
    Tick,
    /// Asks for the evidence first.
    Evidence,
    /// Takes the tick back.
    Untick,
    /// Verifies as second person.
    Verify,
    /// Confirms that it still holds.
    Confirm,
    /// Leads to the item: only a waiver could be taken back, and that is no matter of one click.
    Open,
}

impl TickAct {
    /// What fits the state and the reader.
    pub(crate) fn of(item: &Item, state: ItemState, me: Option<PersonId>) -> Self {
        match state {
            ItemState::NotBegun | ItemState::Begun if item.lacks_evidence(None) => Self::Evidence,
            ItemState::NotBegun | ItemState::Begun => Self::Tick,
            ItemState::SecondPerson if me.is_none_or(|me| item.may_be_verified_by(me)) => {
                Self::Verify
            }
            ItemState::SecondPerson
            | ItemState::EvidenceMissing
            | ItemState::NeedsOpen
            | ItemState::Closed => Self::Untick,
            ItemState::Stale(_) => Self::Confirm,
            ItemState::Waived | ItemState::NotApplicable => Self::Open,
        }
    }

    /// The command that a click gives, if it gives one at once.
    pub(crate) const fn kind(self) -> Option<&'static str> {
        match self {
            Self::Tick => Some("tick_item"),
            Self::Untick => Some("untick_item"),
            Self::Verify => Some("verify_item"),
            Self::Confirm => Some("confirm_item"),
            Self::Evidence | Self::Open => None,
        }
    }

    fn label(self, desk: Desk, title: &str) -> String {
        let t = &desk.texts().pages.items;
        let template = match self {
            Self::Tick => t.tick,
            Self::Evidence => t.tick_with,
            Self::Untick => t.untick,
            Self::Verify => t.verify,
            Self::Confirm => t.confirm,
            Self::Open => t.details,
        };
        fill(template, &[("title", &title)])
    }
}

/// The box of a row. `evidence` is the address of the page with this row's evidence form open,
/// `open` opens it without leaving the page.
pub(crate) fn boxed(
    desk: Desk,
    row: &ItemRow,
    back: String,
    evidence: String,
    open: impl Fn() + 'static,
) -> AnyView {
    if desk.past.is_some() {
        return view! {
            <span class="tick">
                <Symbol name=row.symbol />
            </span>
        }
        .into_any();
    }
    let label = row.tick.label(desk, &row.title);
    let symbol = row.symbol;
    if let Some(kind) = row.tick.kind() {
        return view! {
            <CommandForm kind=kind with=vec![("item", row.id.to_string())] back=back>
                <button class="tick" aria-label=label data-tick="">
                    <Symbol name=symbol />
                </button>
            </CommandForm>
        }
        .into_any();
    }
    let opens = row.tick == TickAct::Evidence;
    let href = if opens { evidence } else { row.href.clone() };
    let click = move |event: leptos::ev::MouseEvent| {
        // With a modifier the link is a link: a new tab, a download.
        if opens && !event.ctrl_key() && !event.meta_key() && !event.shift_key() {
            event.prevent_default();
            open();
        }
    };
    view! {
        <a class="tick" href=href aria-label=label data-tick="" on:click=click>
            <Symbol name=symbol />
        </a>
    }
    .into_any()
}
