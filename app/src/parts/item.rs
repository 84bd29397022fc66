//! An item in a line: where it stands, what it waits for, what can be done about it. Plain data,
//! made of a launch and its assessment, the same for lists and for the item's own page.

pub(crate) mod act;
mod stand;
pub(crate) mod tick;
mod why;

use startklar::{
    Actor, Command, Discipline, ItemId, Locale, People, PersonId,
    engine::{ItemState, Rule, Subject, WaitsFor},
    model::{Item, ItemIx, RequestIx},
    rights,
};

use self::{act::RowAct, tick::TickAct};
use super::{bits::Bit, dates::first_name, when::When};
use crate::desk::View;

/// An item as a list shows it.
#[derive(Debug, Clone, PartialEq)]
#[allow(
    clippy::struct_excessive_bools,
    reason = "each is a fact of its own on the row"
)]
pub(crate) struct ItemRow {
    /// Its id.
    pub(crate) id: ItemId,
    /// Its address.
    pub(crate) href: String,
    /// Its title.
    pub(crate) title: String,
    /// Who owes it.
    pub(crate) discipline: Discipline,
    /// Where it stands.
    pub(crate) state: ItemState,
    /// That as a shape.
    pub(crate) symbol: &'static str,
    /// That in words.
    pub(crate) word: String,
    /// The class of the words.
    pub(crate) look: &'static str,
    /// What it asks for, what was given, what it waits for.
    pub(crate) why: Vec<Bit>,
    /// Who does it.
    pub(crate) owner: Option<PersonId>,
    /// Whether the launch waits for it.
    pub(crate) required: bool,
    /// Whether its last safe start was missed.
    pub(crate) late: bool,
    /// Whether it or what is missing for it waits for the reader.
    pub(crate) mine: bool,
    /// Whether nothing is left to do.
    pub(crate) shut: bool,
    /// The evidence it asks for.
    pub(crate) asks: Option<String>,
    /// The day by which it must begin.
    pub(crate) start: Option<When>,
    /// The day it is due.
    pub(crate) due: Option<When>,
    /// What its tick box does.
    pub(crate) tick: TickAct,
    /// What the button beside it does.
    pub(crate) act: Option<RowAct>,
}

/// What is needed to put items into words, computed once for all of them.
pub(crate) struct Items<'a> {
    view: &'a View,
    people: &'a People,
    locale: Locale,
    actor: Actor,
    base: &'a str,
    waits: Vec<Option<WaitsFor>>,
    held: Vec<Option<RequestIx>>,
}

impl<'a> Items<'a> {
    /// The items of a launch as somebody sees them; `base` is the launch's address.
    pub(crate) fn of(
        view: &'a View,
        people: &'a People,
        locale: Locale,
        actor: Actor,
        base: &'a str,
    ) -> Self {
        let n = view.launch.items.len();
        let (mut waits, mut held) = (vec![None; n], vec![None; n]);
        for finding in &view.assessment.findings {
            let Subject::Item(ix) = finding.subject else {
                continue;
            };
            if finding.is_blocking() || finding.rule == Rule::ExemptionAsked {
                waits[ix.pos()] = Some(finding.waits_for);
            }
        }
        for (ix, request) in view.launch.requests.each() {
            if let (None, Some(item)) = (&request.answer, request.item) {
                held[item.pos()].get_or_insert(ix);
            }
        }
        Self {
            view,
            people,
            locale,
            actor,
            base,
            waits,
            held,
        }
    }

    /// One item.
    pub(crate) fn row(&self, ix: ItemIx, item: &Item) -> ItemRow {
        let assessment = &self.view.assessment;
        let state = assessment.item(ix);
        let (word, look) = self.word(ix, item, state);
        ItemRow {
            href: format!("{}{}", self.base, crate::address::item(&item.id)),
            title: item.title.to_string(),
            discipline: item.discipline,
            state,
            symbol: self.symbol(ix, state),
            word,
            look,
            why: self.why(ix, item, state),
            owner: item.owner,
            required: assessment.is_required(ix),
            late: assessment.is_required(ix) && assessment.is_late(&self.view.launch, ix),
            mine: self.is_mine(ix, item),
            shut: state.is_closed(),
            asks: item.evidence.as_ref().map(ToString::to_string),
            start: self.start(ix, item, state),
            due: self.due(item, state),
            tick: self.tick(item, state),
            act: RowAct::of(self, ix, item, state),
            id: item.id.clone(),
        }
    }

    /// What a click on its box does: where it is not theirs to do, it leads to whose it is.
    fn tick(&self, item: &Item, state: ItemState) -> TickAct {
        let tick = TickAct::of(item, state, self.actor.id());
        let item = item.id.clone();
        let command = match tick {
            TickAct::Verify => Command::VerifyItem { item },
            _ => Command::BeginItem { item },
        };
        if self.may(&command) {
            tick
        } else {
            TickAct::Open
        }
    }

    /// Whether the reader may give a command, as far as rights go.
    fn may(&self, command: &Command) -> bool {
        self.actor.id().is_none() || rights::may(&self.view.launch, command, &self.actor)
    }

    /// Whether the reader owes it, or something that is missing for it.
    fn is_mine(&self, ix: ItemIx, item: &Item) -> bool {
        let Some(me) = self.actor.id() else {
            return false;
        };
        item.owner == Some(me) || self.waits[ix.pos()] == Some(WaitsFor::Person(me))
    }

    /// The first name of a person.
    fn name(&self, id: PersonId) -> &'a str {
        let unknown = self.locale.catalogue().common.somebody_unknown;
        self.people.name(id).map_or(unknown, first_name)
    }

    /// Whom it waits for, in a word.
    fn waits_for(&self, ix: ItemIx) -> &'a str {
        let t = self.locale.catalogue();
        match self.waits[ix.pos()] {
            Some(WaitsFor::Person(id)) => self.name(id),
            Some(WaitsFor::Discipline(discipline)) => t.discipline(discipline),
            _ => t.common.nobody_named,
        }
    }
}

#[cfg(test)]
mod tests;
