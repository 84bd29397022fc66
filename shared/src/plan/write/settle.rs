//! Makes a document replay: says what it must say besides, where things changed after they were
//! decided.
//!
//! A launch holds only where things came to stand. An item may have been ticked before it asked
//! for evidence; an epic may have left the scope after it was accepted. Replayed by the rules,
//! such a document is refused. Each refusal shows which of the format's words is missing.

use std::iter;

use super::super::{
    document::{Document, RecordPart},
    error::Problem,
    person_id,
    replay::replay,
    steps::Step,
    taint::Taint,
};
use crate::time::Instant;

/// Adds words until the document replays, or until none helps. Each round adds at least one or
/// takes back a watch, so there is an end.
pub(super) fn settle(document: &mut Document) {
    loop {
        let taint = Taint::new(document, iter::empty());
        let refused = replay(document, None, &person_id, taint).refused;
        let mut changed = false;
        for (step, problem) in refused {
            changed |= add(document, &step, &problem);
        }
        if !changed {
            return;
        }
    }
}

fn add(document: &mut Document, step: &Step, problem: &Problem) -> bool {
    if !matches!(problem, Problem::Refused { .. } | Problem::NotShown { .. }) {
        return false;
    }
    match step.field {
        "ticked" | "confirmed" => terms_since(document, &step.record),
        "accepted" => earlier_scope(document, &step.record),
        "waiver" | "not_applicable" => approves_until(document, &step.record),
        "read" => left(document, step),
        _ => recorded(document, &step.record, problem),
    }
}

/// The item got its terms after it was last said to hold.
fn terms_since(document: &mut Document, record: &str) -> bool {
    let items = &mut document.items;
    let Some(part) = items.iter_mut().find(|i| i.path == record) else {
        return false;
    };
    let ticked = part.ticked.as_ref().map(|tick| tick.by.at);
    let said = ticked.max(part.confirmed.as_ref().map(|by| by.at));
    set(&mut part.terms_since, said)
}

/// The epic was in scope when it was accepted.
fn earlier_scope(document: &mut Document, record: &str) -> bool {
    let epics = &mut document.epics;
    let Some(part) = epics.iter_mut().find(|e| e.path == record) else {
        return false;
    };
    let accepted = part.accepted.as_ref().map(|by| (by.at, by.at));
    set(&mut part.earlier_scope, accepted)
}

/// Whoever granted the exemption could do so then.
fn approves_until(document: &mut Document, record: &str) -> bool {
    let item = document.items.iter().find(|i| i.path == record);
    let granted = item.and_then(|i| i.exemption.as_ref()?.granted.clone());
    let Some(granted) = granted else { return false };
    let person = document.people.iter_mut().find(|p| p.key == granted.by);
    let Some(part) = person.filter(|p| !p.part.approves) else {
        return false;
    };
    let until: Option<Instant> = part.approves_until.max(Some(granted.at));
    set(&mut part.approves_until, until)
}

/// Whoever read the notice worked for one of its disciplines then.
fn left(document: &mut Document, step: &Step) -> bool {
    let notices = &mut document.notices;
    let part = notices.iter_mut().find(|part| part.path == step.record);
    let (_, _, nth) = step.order;
    let read = part.and_then(|part| part.read.get_mut(usize::try_from(nth).ok()?));
    read.is_some_and(|read| !std::mem::replace(&mut read.left, true))
}

/// What was recorded at the end no longer shows in what stands now. The file says so where it can
/// show why; or else that it was launched is its word alone, and a watch is not over that the file
/// does not show: it is closed anew.
fn recorded(document: &mut Document, record: &str, problem: &Problem) -> bool {
    let shown = !matches!(problem, Problem::NotShown { .. });
    match (record, shown) {
        ("launched", true) => mark(document.launched.as_mut(), |part| &mut part.changed_since),
        ("watch_closed", true) => mark(document.watch_closed.as_mut(), |part| {
            &mut part.changed_since
        }),
        ("launched", false) => document.launched.as_mut().is_some_and(|part| {
            part.changed_since = false;
            !std::mem::replace(&mut part.claimed, true)
        }),
        ("watch_closed", false) => document.watch_closed.take().is_some(),
        _ => false,
    }
}

fn mark(part: Option<&mut RecordPart>, word: impl Fn(&mut RecordPart) -> &mut bool) -> bool {
    part.is_some_and(|part| !std::mem::replace(word(part), true))
}

/// Sets a word; whether that changed it.
fn set<T: PartialEq>(word: &mut Option<T>, value: Option<T>) -> bool {
    let changed = *word != value;
    *word = value;
    changed
}
