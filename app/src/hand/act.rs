//! Deciding a command where it was given, and the way back.

use std::sync::Arc;

use leptos::prelude::*;
use startklar::{
    Actor, Command, CommandId, Launch, Recorded, Refusal,
    command::undo,
    decide,
    journal::Event,
    texts::{event_subject, event_text, fill},
};

use super::{Outcome, send};
use crate::{
    desk::{Desk, Pending, Step, Typed, View},
    live::{new_id, now},
    parts::dates::day_clock,
};

/// Gives a command that comes from no form. Returns whether it may happen.
pub(super) fn give(desk: Desk, command: Arc<Command>, seen: Option<u64>) -> bool {
    give_typed(desk, command, seen, Vec::new(), true).is_ok()
}

/// Decides a command here and now. When it may happen it is shown at once and sent; otherwise the
/// reason is said, and returned with the field of the form that it is about. What takes a step back is
/// no step itself.
pub(super) fn give_typed(
    desk: Desk,
    command: Arc<Command>,
    seen: Option<u64>,
    typed: Vec<Typed>,
    is_step: bool,
) -> Result<(), Option<(&'static str, String)>> {
    let before = desk.view_untracked();
    let at = now();
    let events = match decide(&before.launch, &command, &desk.actor(), at) {
        Ok(events) => events,
        Err(refusal) => {
            let text = refuse(desk, &refusal);
            return Err(refusal.field().map(|field| (field, text)));
        }
    };
    let id = new_id();
    let me = desk.me.filter(|_| is_step);
    let back = me.and_then(|me| undo(&before.launch, &command, me));
    let undo = back.is_some();
    let step = back.map(|back| Step {
        id,
        back: back.into(),
        seen: desk.revision(),
    });
    desk.steps.update_value(|steps| {
        // What cannot be taken back does not uncover the step before: nobody means that one.
        if is_step && step.is_none() {
            steps.clear();
        }
        steps.extend(step);
    });
    let pending = Pending {
        id,
        command,
        at,
        seen,
        typed,
    };
    desk.pending.update(|all| all.push(pending));
    let text = happened(desk, &events);
    let text = match tick_of_another(desk, &before, events.last()) {
        Some(whose) => format!("{text}. {whose}"),
        None => text,
    };
    desk.toast(text, false, undo, false);
    send::deliver(desk);
    Ok(())
}

/// Gives several commands, one after another. Why the first of those that were refused was refused is
/// said by whoever asked.
pub(super) fn give_all(desk: Desk, commands: Vec<Command>) -> Outcome {
    let mut outcome = Outcome::default();
    for command in commands {
        let launch = &desk.view_untracked().launch;
        match decide(launch, &command, &desk.actor(), now()) {
            Ok(_) => outcome.given += usize::from(give(desk, command.into(), None)),
            Err(refusal) => {
                let first = || refusal.text(desk.locale, &desk.people());
                let (n, reason) = outcome.refused.unwrap_or_else(|| (0, first()));
                outcome.refused = Some((n + 1, reason));
            }
        }
    }
    outcome
}

/// Folds what is on its way onto a launch.
pub(super) fn fold(launch: &mut Arc<Launch>, pending: &[Pending], actor: Actor) {
    let Some(me) = actor.id() else { return };
    for one in pending {
        if let Ok(events) = decide(launch, &one.command, &actor, one.at) {
            let launch = Arc::make_mut(launch);
            for event in &events {
                launch.apply_at(event, one.at, me);
            }
        }
    }
}

/// Takes the latest step back. Not when somebody else has changed the same thing since: that is
/// theirs, and it is said.
pub(super) fn step_back(desk: Desk) -> bool {
    let Some(step) = desk.steps.try_update_value(Vec::pop).flatten() else {
        desk.complain(desk.texts().ui.no_way_back.to_owned());
        return true;
    };
    match changed_since(desk, step.id) {
        None => give_typed(desk, step.back, Some(step.seen), Vec::new(), false).is_ok(),
        Some(other) => {
            theirs(desk, &other);
            false
        }
    }
}

/// Says who has changed since what cannot be taken back now.
fn theirs(desk: Desk, other: &Recorded) {
    let people = desk.people();
    let who = people
        .name(other.by)
        .unwrap_or(desk.texts().common.somebody_unknown);
    let launch = &desk.view_untracked().launch;
    let (words, _) = event_text(launch, &other.event, Some(other.by), &people, desk.locale);
    let text = fill(
        desk.texts().ui.not_undone,
        &[("who", &who), ("words", &words)],
    );
    desk.complain(text);
}

/// The latest change by somebody else of the same thing after a command of the reader's.
fn changed_since(desk: Desk, id: CommandId) -> Option<Recorded> {
    let launch = &desk.view_untracked().launch;
    desk.records.with_untracked(|records| {
        let own = records.iter().filter(|r| r.command == id);
        let about: Vec<_> = own
            .map(|r| (r.seq, event_subject(launch, &r.event)))
            .collect();
        let last = about.first()?.0;
        let mut later = records.iter().take_while(|r| r.seq > last);
        later
            .find(|r| {
                let subject = event_subject(launch, &r.event);
                Some(r.by) != desk.me && about.iter().any(|(_, own)| *own == subject)
            })
            .cloned()
    })
}

/// What the reader just did, in the words of the journal.
fn happened(desk: Desk, events: &[Event]) -> String {
    let people = desk.people();
    let Some(name) = desk.me.and_then(|me| people.name(me)) else {
        return desk.texts().ui.done.to_owned();
    };
    if events.is_empty() {
        return desk.texts().ui.done.to_owned();
    }
    let view = desk.view_untracked();
    let words: Vec<_> = events
        .iter()
        .map(|event| event_text(&view.launch, event, desk.me, &people, desk.locale).0)
        .collect();
    format!("{name} {}", words.join(", "))
}

/// Whose tick was just taken back, where it was not the reader's own.
fn tick_of_another(desk: Desk, before: &View, event: Option<&Event>) -> Option<String> {
    let Some(Event::ItemUnticked { item }) = event else {
        return None;
    };
    let tick = before.launch.items.get(item)?.tick.as_ref()?.by;
    if Some(tick.by) == desk.me {
        return None;
    }
    let people = desk.people();
    let who = people.name(tick.by);
    let who = who.unwrap_or(desk.texts().common.somebody_unknown);
    let when = day_clock(
        desk.locale,
        &before.launch,
        before.assessment.today,
        tick.at,
    );
    let t = &desk.texts().pages.items;
    Some(fill(t.ticked_by, &[("who", &who), ("when", &when)]))
}

/// Says why something was refused.
fn refuse(desk: Desk, refusal: &Refusal) -> String {
    let text = refusal.text(desk.locale, &desk.people());
    let nobody = matches!(refusal, Refusal::NobodyActs);
    desk.toast(text.clone(), true, false, nobody);
    text
}
