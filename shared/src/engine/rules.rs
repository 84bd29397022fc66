//! The list of rules. To add one: a name in [`Rule`](super::Rule), a function here, its words in the catalogue.
//!
//! Collisions with other launches join this list with a module of their own; the verdict needs no
//! change for them.

mod declared;
mod disciplines;
mod exemptions;
mod growth;
mod items;
mod lanes;
mod load;
mod movement;
mod notices;
mod poll;
mod requests;
mod scope;
mod slip;
#[cfg(test)]
pub(crate) mod testing;
mod timing;
mod windows;

use super::{Finding, facts::Facts};

/// A rule: looks at the facts and adds what it finds missing.
type RuleFn = fn(&Facts<'_>, &mut Vec<Finding>);

/// The rules that can block, by the name of the matter that each looks after, in the order in which
/// they speak. What a vote in the poll rests on is what these say.
pub(super) const BLOCKING: [(&str, RuleFn); 10] = [
    ("scope is not empty", scope::not_empty),
    ("every epic has stories", scope::has_stories),
    ("every story is done", scope::stories_done),
    ("every epic is accepted", scope::accepted),
    (
        "required disciplines have blocking items",
        disciplines::not_missing,
    ),
    ("blocking items are closed", items::closed),
    ("overdue requests are answered", requests::answered),
    ("change notices are read in time", notices::read),
    ("the launch moment lies in a window", windows::open),
    ("the launch moment lies in no freeze", windows::not_frozen),
];

/// The other rules: they say what will block, or what to bear in mind.
pub(super) const RULES: [(&str, RuleFn); 8] = [
    ("waivers stay visible", exemptions::visible),
    ("items begin in time", timing::begun),
    ("items close in time", timing::closed),
    (
        "blocking items have a person",
        disciplines::items_have_a_person,
    ),
    ("disciplines have a lead", disciplines::have_a_lead),
    ("who is asked has spoken", poll::spoken),
    ("conditions of the go stay visible", poll::promised),
    ("an exception stays visible", windows::excepted),
];

/// The early warnings, as long as it was not launched: each looks beyond a single item and blocks
/// nothing.
pub(super) const EARLY: [(&str, RuleFn); 7] = [
    ("disciplines begin in time", lanes::begin),
    ("nobody aims at a moment that slips", slip::known),
    ("the scope fits the weeks that are left", growth::fits),
    ("waivers outlast the launch moment", exemptions::outlast),
    ("nobody has more than they can close", load::fits),
    ("what is under way moves", movement::moves),
    ("nobody declares a better course", declared::honest),
];
