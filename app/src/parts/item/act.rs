//! The button beside an item: the one thing that most helps it on, as far as the reader may.

use leptos::prelude::*;
use startklar::{
    Command, PersonId,
    engine::ItemState,
    model::{Item, ItemIx, Policy},
    texts::fill,
    time::days_between,
};

use super::{ItemRow, Items};
use crate::{actions::CommandForm, desk::Desk};

/// What the button does.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum RowAct {
    /// Begin it.
    Begin,
    /// Take it: it has nobody.
    Take,
    /// Verify it as second person.
    Verify,
    /// Confirm that it still holds.
    Confirm,
    /// Grant the exemption that was asked for.
    Grant,
}

impl RowAct {
    /// What helps most of what the reader may do.
    pub(super) fn of(items: &Items<'_>, ix: ItemIx, item: &Item, state: ItemState) -> Option<Self> {
        let me = items.actor.id()?;
        let act = Self::most(items, ix, item, state, me)?;
        let item = item.id.clone();
        let command = match act {
            Self::Begin | Self::Confirm => Command::BeginItem { item },
            Self::Take => Command::AssignItem {
                item,
                owner: Some(me),
            },
            Self::Verify => Command::VerifyItem { item },
            Self::Grant => Command::GrantExemption { item },
        };
        items.may(&command).then_some(act)
    }

    fn most(
        items: &Items<'_>,
        ix: ItemIx,
        item: &Item,
        state: ItemState,
        me: PersonId,
    ) -> Option<Self> {
        let asked = item.exemption.as_ref().filter(|e| e.granted.is_none());
        if asked.is_some_and(|e| e.asked.by != me && items.view.launch.may_approve(me)) {
            return Some(Self::Grant);
        }
        match state {
            ItemState::SecondPerson => item.may_be_verified_by(me).then_some(Self::Verify),
            ItemState::Stale(_) => Some(Self::Confirm),
            ItemState::NotBegun | ItemState::Begun if item.owner.is_none() => Some(Self::Take),
            ItemState::NotBegun => {
                let start = items
                    .view
                    .assessment
                    .last_safe_start(&items.view.launch, ix)?;
                let left = days_between(items.view.assessment.today, start);
                (left <= Policy::NEAR_DAYS).then_some(Self::Begin)
            }
            _ => None,
        }
    }

    /// The command it gives.
    pub(crate) const fn kind(self) -> &'static str {
        match self {
            Self::Begin => "begin_item",
            Self::Take => "assign_item",
            Self::Verify => "verify_item",
            Self::Confirm => "confirm_item",
            Self::Grant => "grant_exemption",
        }
    }

    fn word(self, desk: Desk) -> &'static str {
        let t = &desk.texts().pages.items;
        match self {
            Self::Begin => t.do_begin,
            Self::Take => t.do_take,
            Self::Verify => t.do_verify,
            Self::Confirm => t.do_confirm,
            Self::Grant => t.do_grant,
        }
    }
}

/// The button of a row.
pub(crate) fn button(desk: Desk, row: &ItemRow, back: String) -> Option<impl IntoView + use<>> {
    let act = row.act.filter(|_| desk.past.is_none())?;
    let word = act.word(desk);
    let label = fill(
        desk.texts().pages.items.of,
        &[("act", &word), ("title", &row.title)],
    );
    let mut with = vec![("item", row.id.to_string())];
    if let (RowAct::Take, Some(me)) = (act, desk.me) {
        with.push(("owner", me.to_string()));
    }
    Some(view! {
        <CommandForm kind=act.kind() with=with back=back class="act">
            <button class="button button--row" aria-label=label>
                {word}
            </button>
        </CommandForm>
    })
}
