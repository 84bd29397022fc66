//! What somebody is to be told now: a function of their wishes, what they owe and what was written to
//! them before.

use std::collections::BTreeSet;

use chrono::{Datelike as _, Days, NaiveDate, NaiveTime, TimeDelta};
use startklar::time::Instant;
use startklar_app::owed::{Group, Owed, OwedKind, Place};

use super::{Kind, Wish};
use crate::store::Written;

/// The digest is not sent earlier on a Monday, by the reader's clock.
const MORNING: NaiveTime = match NaiveTime::from_hms_opt(7, 0, 0) {
    Some(morning) => morning,
    None => NaiveTime::MIN,
};

/// The last day of the week, counted from Monday, on which its digest is still of use: a server that
/// was down on Monday makes up for it.
const LAST_DAY: u32 = 2;

/// The shortest time between two notices to one person.
const BETWEEN: TimeDelta = TimeDelta::hours(1);

/// Something owed, and since when it waits for a word of its reader.
pub(super) type Waiting = (Owed, Option<Instant>);

/// What is to be told.
#[derive(Debug, Clone)]
pub(super) struct Draft {
    pub(super) kind: Kind,
    /// What makes it the only one of its matter.
    pub(super) key: String,
    /// What it tells of: a later mail does not tell it again.
    pub(super) about: Vec<String>,
    /// The rows of it, in the order of the page.
    pub(super) rows: Vec<Owed>,
}

/// Which kinds may be due at a moment, before anybody has looked at what is owed.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Window {
    /// The Monday of the digest's week.
    digest: Option<NaiveDate>,
    /// When the last notice was put in, in seconds since 1970; 0 before the first.
    notice: Option<i64>,
}

impl Window {
    /// What may be due to somebody now.
    pub(super) fn at(wish: &Wish, written: &[Written], now: Instant) -> Self {
        let Some(zone) = wish.zone_at(now) else {
            return Self::default();
        };
        let local = zone.local(now);
        if wish.quiet.holds_at(local.time()) {
            return Self::default();
        }
        let day = local.date().weekday().num_days_from_monday();
        let monday = local.date().checked_sub_days(Days::new(day.into()));
        let morning = day > 0 || local.time() >= MORNING;
        let digest = monday.filter(|monday| {
            let key = digest_key(wish, *monday);
            let told = written.iter().any(|mail| mail.key == key);
            wish.digest && morning && day <= LAST_DAY && !told
        });
        let notices = written
            .iter()
            .filter(|mail| mail.kind == Kind::Notice.code());
        let last = notices.map(|mail| mail.made).max().unwrap_or_default();
        let rested = now.timestamp() - last >= BETWEEN.num_seconds();
        Self {
            digest,
            notice: Some(last).filter(|_| wish.notices && rested),
        }
    }

    /// Whether nothing can be due, whatever is owed.
    pub(super) fn is_shut(&self) -> bool {
        *self == Self::default()
    }

    /// What is due.
    pub(super) fn due(&self, wish: &Wish, written: &[Written], owed: &[Waiting]) -> Vec<Draft> {
        let digest = self.digest.and_then(|monday| digest(wish, monday, owed));
        let mut told: BTreeSet<&str> = written.iter().flat_map(|mail| mail.about.lines()).collect();
        told.extend(
            digest
                .iter()
                .flat_map(|mail| mail.about.iter().map(String::as_str)),
        );
        let notice = self.notice.and_then(|last| notice(wish, last, owed, &told));
        digest.clone().into_iter().chain(notice).collect()
    }
}

fn digest_key(wish: &Wish, monday: NaiveDate) -> String {
    format!("digest {} {monday}", wish.person)
}

/// What is late, waits, or is to be done this week. Nothing when nothing is.
fn digest(wish: &Wish, monday: NaiveDate, owed: &[Waiting]) -> Option<Draft> {
    let rows = owed.iter().filter(|(owed, _)| owed.group() != Group::Later);
    let draft = Draft {
        kind: Kind::Digest,
        key: digest_key(wish, monday),
        about: rows.clone().filter_map(matter).collect(),
        rows: rows.map(|(owed, _)| owed.clone()).collect(),
    };
    (!draft.rows.is_empty()).then_some(draft)
}

/// What waits for a word and was not told before. The key names the notice before: of two processes
/// that know the same one, only one puts the next in.
fn notice(wish: &Wish, last: i64, owed: &[Waiting], told: &BTreeSet<&str>) -> Option<Draft> {
    let new = owed.iter().filter_map(|row| Some((row, matter(row)?)));
    let new = new.filter(|(_, matter)| !told.contains(matter.as_str()));
    let draft = Draft {
        kind: Kind::Notice,
        key: format!("notice {} after {last}", wish.person),
        about: new.clone().map(|(_, matter)| matter).collect(),
        rows: new.map(|((owed, _), _)| owed.clone()).collect(),
    };
    (!draft.rows.is_empty()).then_some(draft)
}

/// One occasion on which a word is waited for, on one line: the same thing waits anew when it was
/// asked for again. None for what waits for work.
fn matter((owed, since): &Waiting) -> Option<String> {
    let (kind, id) = match &owed.what {
        OwedKind::Verify(id) => ("verify", id.to_string()),
        OwedKind::Confirm(id) => ("confirm", id.to_string()),
        OwedKind::Grant { item, .. } => ("grant", item.to_string()),
        OwedKind::Answer(id) => ("answer", id.to_string()),
        OwedKind::Read(id) => ("read", id.to_string()),
        OwedKind::Mentioned(Place::Item(id)) => ("mentioned at item", id.to_string()),
        OwedKind::Mentioned(Place::Request(id)) => ("mentioned in request", id.to_string()),
        OwedKind::Changed(id) => ("changed", id.to_string()),
        OwedKind::Vote(discipline) => ("vote", discipline.code().to_owned()),
        OwedKind::Item { .. } | OwedKind::Story(_) => return None,
    };
    let since = (*since)?.timestamp_millis();
    Some(format!("{} {kind} {id} {since}", owed.launch))
}

#[cfg(test)]
mod tests;
