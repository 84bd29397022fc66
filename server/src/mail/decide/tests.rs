//! Who is told what when: a table of moments, and what is owed.
#![allow(clippy::unwrap_used, reason = "tests fail by panic")]

use startklar::{Locale, PersonId, time::parse_instant};
use uuid::Uuid;

use super::*;
use crate::{mail::Quiet, store::MailState};

fn wish() -> Wish {
    Wish {
        person: PersonId(Uuid::from_u128(7)),
        address: "katrin@example.org".parse().unwrap(),
        confirmed: true,
        next: None,
        locale: Locale::De,
        zone: "Europe/Berlin".to_owned(),
        digest: true,
        notices: true,
        quiet: Quiet::default(),
    }
}

fn moment(text: &str) -> Instant {
    parse_instant(text).unwrap()
}

/// Something of a launch that is due in so many days.
fn owed(launch: &str, what: OwedKind, days: i64) -> Waiting {
    let today = "2026-04-20".parse().unwrap();
    let waits = !matches!(what, OwedKind::Item { .. } | OwedKind::Story(_));
    let owed = Owed {
        launch: launch.parse().unwrap(),
        launch_title: launch.to_owned(),
        what,
        title: "T".to_owned(),
        why: String::new(),
        today,
        start: None,
        due: None,
        days,
        late: days < 0,
    };
    (owed, waits.then(|| moment("2026-04-18T10:00:00Z")))
}

fn item(launch: &str, days: i64) -> Waiting {
    let what = OwedKind::Item {
        id: "offer".parse().unwrap(),
        begun: false,
        evidence: false,
    };
    owed(launch, what, days)
}

fn verify(launch: &str) -> Waiting {
    owed(launch, OwedKind::Verify("offer".parse().unwrap()), 30)
}

fn written(draft: &Draft, made: Instant) -> Written {
    Written {
        person: wish().person.0,
        kind: draft.kind.code().to_owned(),
        key: draft.key.clone(),
        about: draft.about.join("\n"),
        state: MailState::Sent,
        made: made.timestamp(),
        changed: made.timestamp(),
        answer: String::new(),
    }
}

fn due(wish: &Wish, written: &[Written], owed: &[Waiting], now: &str) -> Vec<Draft> {
    Window::at(wish, written, moment(now)).due(wish, written, owed)
}

fn kinds(drafts: &[Draft]) -> Vec<Kind> {
    drafts.iter().map(|draft| draft.kind).collect()
}

#[test]
fn the_digest_comes_on_monday_morning_by_the_readers_clock() {
    let wish = Wish {
        notices: false,
        ..wish()
    };
    for (now, comes) in [
        // Sunday; Monday before and from seven o'clock in Berlin; until Wednesday's evening.
        ("2026-04-19T10:00:00Z", false),
        ("2026-04-20T04:59:59Z", false),
        ("2026-04-20T05:00:00Z", true),
        ("2026-04-20T18:00:00Z", false),
        ("2026-04-22T17:59:59Z", true),
        ("2026-04-23T10:00:00Z", false),
        // The clocks went forward the day before, and back: seven o'clock is at another moment.
        ("2026-03-30T05:00:00Z", true),
        ("2026-03-30T04:59:59Z", false),
        ("2026-10-26T05:59:59Z", false),
        ("2026-10-26T06:00:00Z", true),
    ] {
        let drafts = due(&wish, &[], &[item("metakube", 3)], now);
        assert_eq!(drafts.len(), usize::from(comes), "{now}");
    }
}

#[test]
fn quiet_hours_put_the_digest_off() {
    let late = Wish {
        quiet: Quiet::read("22:00", "09:30").unwrap(),
        ..wish()
    };
    let none = Wish {
        quiet: Quiet::read("00:00", "00:00").unwrap(),
        ..wish()
    };
    let owed = [item("metakube", 3)];
    assert!(due(&late, &[], &owed, "2026-04-20T07:29:59Z").is_empty());
    assert_eq!(due(&late, &[], &owed, "2026-04-20T07:30:00Z").len(), 1);
    // Without any it still waits for the morning.
    assert!(due(&none, &[], &owed, "2026-04-20T04:59:59Z").is_empty());
    assert_eq!(due(&none, &[], &owed, "2026-04-20T05:00:00Z").len(), 1);
}

#[test]
fn a_digest_tells_two_launches_and_nothing_that_has_time() {
    let owed = [
        item("metakube", -2),
        verify("portal"),
        item("portal", 7),
        item("metakube", 8),
    ];
    let drafts = due(&wish(), &[], &owed, "2026-04-20T05:00:00Z");
    assert_eq!(
        kinds(&drafts),
        [Kind::Digest],
        "what it tells needs no notice"
    );
    let rows = &drafts[0].rows;
    let rows: Vec<_> = rows
        .iter()
        .map(|row| (row.launch.as_str(), row.days))
        .collect();
    assert_eq!(rows, [("metakube", -2), ("portal", 30), ("portal", 7)]);
    assert_eq!(drafts[0].about, ["portal verify offer 1776506400000"]);
}

#[test]
fn who_owes_nothing_is_not_written_to() {
    assert!(due(&wish(), &[], &[], "2026-04-20T05:00:00Z").is_empty());
    assert!(due(&wish(), &[], &[item("metakube", 8)], "2026-04-20T05:00:00Z").is_empty());
}

#[test]
fn nothing_is_told_twice() {
    let owed = [item("metakube", 3), verify("portal")];
    let monday = due(&wish(), &[], &owed, "2026-04-20T05:00:00Z");
    let before = [written(&monday[0], moment("2026-04-20T05:00:00Z"))];
    assert!(due(&wish(), &before, &owed, "2026-04-20T05:00:30Z").is_empty());
    assert!(due(&wish(), &before, &owed, "2026-04-21T05:00:00Z").is_empty());
    // The next week has a digest of its own.
    let next = due(&wish(), &before, &owed, "2026-04-27T05:00:00Z");
    assert_eq!(kinds(&next), [Kind::Digest]);
    assert_ne!(next[0].key, monday[0].key);
}

#[test]
fn a_notice_tells_what_is_new_at_most_once_an_hour() {
    let (one, two) = (verify("metakube"), verify("portal"));
    let first = due(
        &wish(),
        &[],
        std::slice::from_ref(&one),
        "2026-04-24T08:00:00Z",
    );
    assert_eq!(kinds(&first), [Kind::Notice]);
    let before = [written(&first[0], moment("2026-04-24T08:00:00Z"))];
    let both = [one, two];
    assert!(due(&wish(), &before, &both, "2026-04-24T08:59:59Z").is_empty());
    let second = due(&wish(), &before, &both, "2026-04-24T09:00:00Z");
    assert_eq!(second[0].rows.len(), 1);
    assert_eq!(second[0].rows[0].launch.as_str(), "portal");
    // Two processes that know the same notice before put in one, whatever their clocks show.
    let other = due(&wish(), &before, &both, "2026-04-24T09:00:07Z");
    assert_eq!(other[0].key, second[0].key);
    assert_ne!(first[0].key, second[0].key);
    // Work is no matter for a notice, and at night nobody is written to.
    assert!(
        due(
            &wish(),
            &[],
            &[item("metakube", -1)],
            "2026-04-24T08:00:00Z"
        )
        .is_empty()
    );
    assert!(due(&wish(), &[], &both, "2026-04-24T18:00:00Z").is_empty());
}

#[test]
fn what_is_asked_for_again_is_new() {
    let before = verify("metakube");
    let told = due(
        &wish(),
        &[],
        std::slice::from_ref(&before),
        "2026-04-24T08:00:00Z",
    );
    let told = [written(&told[0], moment("2026-04-24T08:00:00Z"))];
    let again = (before.0.clone(), Some(moment("2026-04-24T12:00:00Z")));
    assert!(due(&wish(), &told, &[before], "2026-04-24T12:00:00Z").is_empty());
    assert_eq!(
        due(&wish(), &told, &[again], "2026-04-24T12:00:00Z").len(),
        1
    );
}

#[test]
fn a_change_notice_is_told_once_and_the_one_in_its_place_anew() {
    let read = |id: &str| owed("metakube", OwedKind::Read(id.parse().unwrap()), 30);
    let friday = "2026-04-24T08:00:00Z";
    let told = due(&wish(), &[], &[read("prices")], friday);
    assert_eq!(told[0].about, ["metakube read prices 1776506400000"]);
    let before = [written(&told[0], moment(friday))];
    let later = "2026-04-24T12:00:00Z";
    assert!(due(&wish(), &before, &[read("prices")], later).is_empty());
    assert_eq!(due(&wish(), &before, &[read("prices-2")], later).len(), 1);
}

#[test]
fn what_is_followed_is_told_by_a_notice_and_never_by_the_digest() {
    let changed = |at: &str| {
        let (owed, _) = owed("portal", OwedKind::Changed("offer".parse().unwrap()), 30);
        (owed, Some(moment(at)))
    };
    let once = [changed("2026-04-20T04:00:00Z")];
    let told = due(&wish(), &[], &once, "2026-04-20T05:00:00Z");
    assert_eq!(kinds(&told), [Kind::Notice]);
    let before = [written(&told[0], moment("2026-04-20T05:00:00Z"))];
    assert!(due(&wish(), &before, &once, "2026-04-20T09:00:00Z").is_empty());
    // What happens next is new, and still waits for the hour to be over and the quiet ones to begin.
    let again = [changed("2026-04-20T05:10:00Z")];
    assert!(due(&wish(), &before, &again, "2026-04-20T05:59:59Z").is_empty());
    assert_eq!(
        due(&wish(), &before, &again, "2026-04-20T06:00:00Z").len(),
        1
    );
    assert!(due(&wish(), &before, &again, "2026-04-20T18:30:00Z").is_empty());
}

#[test]
fn only_what_is_wished_for_is_due() {
    let owed = [item("metakube", 3), verify("portal")];
    let only = |digest, notices| Wish {
        digest,
        notices,
        ..wish()
    };
    let monday = "2026-04-20T05:00:00Z";
    assert!(Window::at(&only(false, false), &[], moment(monday)).is_shut());
    assert_eq!(
        kinds(&due(&only(true, false), &[], &owed, monday)),
        [Kind::Digest]
    );
    assert_eq!(
        kinds(&due(&only(false, true), &[], &owed, monday)),
        [Kind::Notice]
    );
    let nowhere = Wish {
        zone: "Europe/Atlantis".to_owned(),
        ..wish()
    };
    assert!(due(&nowhere, &[], &owed, monday).is_empty());
}
