//! What stood in the way at a moment at which a file says that it was launched, and whether the
//! file shows how that can have come afterwards.
//!
//! A file holds where things came to stand. Of an item that was given other terms
//! after the launch it no longer shows how it stood then, but it shows that: when
//! that happened. A blocker of which it shows nothing of the kind may never have been closed.

use super::{
    document::{Document, EpicPart, ItemPart},
    taint::Taint,
};
use crate::{
    engine::{Finding, Rule, Subject, assess},
    model::{Launch, People, Policy},
    texts::{Locale, fill, subject_title},
    time::Instant,
};

/// Titles that are named in an error; the others are counted.
const NAMED: usize = 5;

/// The blockers at a moment of a replay, apart from those that follow from what is wrong in the
/// file already.
pub(super) fn blockers(
    document: &Document,
    launch: &Launch,
    at: Instant,
    taint: &Taint<'_>,
) -> Vec<Finding> {
    let all = assess(launch, &Policy::default(), at).findings;
    let mut blockers: Vec<_> = all.into_iter().filter(Finding::is_blocking).collect();
    blockers.retain(|found| {
        let record = record(document, launch, found.subject);
        !taint.explains_blocker(found.subject, record)
    });
    blockers
}

/// Whether the file shows that a blocker came after a moment: only of an item that was ticked before
/// it. That a tick was taken back later, or that stories came to an epic, shows that something
/// changed, but not that it had been closed before.
pub(super) fn changed_after(
    document: &Document,
    launch: &Launch,
    blocker: &Finding,
    at: Instant,
) -> bool {
    item(document, launch, blocker.subject)
        .is_some_and(|part| asks_for_more(part, blocker.rule, at))
}

/// Whether an item that was ticked before a moment was given other terms after it. Other terms can
/// ask more of a tick; they cannot be why there is none.
fn asks_for_more(part: &ItemPart, rule: Rule, at: Instant) -> bool {
    let of_the_tick = matches!(
        rule,
        Rule::EvidenceMissing | Rule::SecondPerson | Rule::ItemStale
    );
    of_the_tick
        && part.ticked.as_ref().is_some_and(|tick| tick.by.at <= at)
        && part.terms_since.is_some_and(|since| since > at)
}

/// The titles of what blockers are about, in a language.
pub(super) fn titles(
    launch: &Launch,
    blockers: &[Finding],
    people: &People,
    locale: Locale,
) -> String {
    let t = locale.catalogue();
    let title = |found: &Finding| {
        let title = subject_title(launch, found.subject, people, locale);
        fill(t.common.quoted, &[("text", &title)])
    };
    let mut words: Vec<String> = blockers.iter().take(NAMED).map(title).collect();
    let more = blockers.len().saturating_sub(NAMED);
    if more > 0 {
        words.push(crate::texts::count(&t.common.more, more));
    }
    let words: Vec<&str> = words.iter().map(String::as_str).collect();
    locale.list(&words)
}

fn item<'a>(document: &'a Document, launch: &Launch, subject: Subject) -> Option<&'a ItemPart> {
    let Subject::Item(ix) = subject else {
        return None;
    };
    let id = &launch.items.at(ix)?.id;
    document.items.iter().find(|part| part.id == *id)
}

fn epic<'a>(document: &'a Document, launch: &Launch, subject: Subject) -> Option<&'a EpicPart> {
    let Subject::Epic(ix) = subject else {
        return None;
    };
    let id = &launch.epics.at(ix)?.id;
    document.epics.iter().find(|part| part.id == *id)
}

/// The record of the file that a subject stands in.
fn record<'a>(document: &'a Document, launch: &Launch, subject: Subject) -> Option<&'a str> {
    match subject {
        Subject::Launch | Subject::Discipline(_) => None,
        Subject::Epic(_) => epic(document, launch, subject).map(|part| part.path.as_str()),
        Subject::Story(ix) => {
            let id = &launch.stories.at(ix)?.id;
            let mut stories = document.epics.iter().flat_map(|epic| &epic.stories);
            let part = stories.find(|part| part.id == *id);
            part.map(|part| part.path.as_str())
        }
        Subject::Item(_) => item(document, launch, subject).map(|part| part.path.as_str()),
        Subject::Notice(ix) => {
            let id = &launch.notice_at(ix)?.notice.id;
            let part = document.notices.iter().find(|part| part.notice.id == *id);
            part.map(|part| part.path.as_str())
        }
        Subject::Request(ix) => {
            let id = &launch.requests.at(ix)?.id;
            let part = document.requests.iter().find(|part| part.id == *id);
            part.map(|part| part.path.as_str())
        }
    }
}
