//! Decisions on change notices: to issue one, and to say that one has read it. Only a page that the
//! server draws alone gives these commands, so no browser carries them.
//!
//! What was issued stays as it was read: a correction is another notice that takes its place, which
//! everybody reads anew who was asked to read the first.

use super::{
    Kind, Refusal,
    decide::{Case, Decision, a_day_to_come},
};
use crate::{
    id::NoticeId,
    journal::Event,
    model::{Issued, Notice},
    rights::Act,
};

/// Most change notices of a launch.
const MOST: usize = 200;

pub(super) fn issue(case: &Case<'_>, notice: &Notice) -> Decision {
    let all = &case.launch.notices;
    if all.len() >= MOST {
        return Err(Refusal::Full {
            kind: Kind::Notice,
            max: MOST,
        });
    }
    if all.iter().any(|other| other.notice.id == notice.id) {
        return Err(Refusal::Taken {
            kind: Kind::Notice,
            id: notice.id.to_string(),
        });
    }
    if notice.disciplines.is_empty() {
        return Err(Refusal::NoticeUnaddressed);
    }
    match notice.due {
        Some(due) => a_day_to_come(case, "due", due)?,
        None if notice.blocking => return Err(Refusal::NoticeUndue),
        None => {}
    }
    if let Some(old) = &notice.replaces {
        takes_the_place(current(case, old)?, notice)?;
    }
    let mut notice = notice.clone();
    notice.disciplines.sort_unstable();
    notice.disciplines.dedup();
    Ok(vec![Event::NoticeIssued(notice)])
}

/// Whoever was to read the old one would otherwise not learn that it holds no more.
fn takes_the_place(old: &Issued, new: &Notice) -> Result<(), Refusal> {
    let (old, title) = (&old.notice, old.notice.title.clone());
    let mut of = old.disciplines.iter();
    if of.any(|discipline| !new.disciplines.contains(discipline)) {
        return Err(Refusal::NoticeNarrowed {
            title,
            disciplines: old.disciplines.clone(),
        });
    }
    if old.blocking && !new.blocking {
        return Err(Refusal::NoticeSoftened { title });
    }
    Ok(())
}

pub(super) fn read(case: &Case<'_>, id: &NoticeId) -> Decision {
    let issued = current(case, id)?;
    let mut to = issued.notice.disciplines.iter();
    if !to.any(|of| case.launch.people_of(*of).any(|id| id == case.by)) {
        return Err(Refusal::NoRight {
            act: Act::Read,
            of: issued.notice.disciplines.clone(),
        });
    }
    if issued.is_known_to(case.by) {
        let stamp = issued.read_by(case.by).unwrap_or(issued.by);
        return Err(Refusal::Already {
            title: issued.notice.title.clone(),
            state: "read",
            by: Some(stamp.by),
            at: Some(stamp.at),
        });
    }
    Ok(vec![Event::NoticeRead { notice: id.clone() }])
}

/// A notice that holds: none has taken its place.
fn current<'a>(case: &Case<'a>, id: &NoticeId) -> Result<&'a Issued, Refusal> {
    let mut all = case.launch.notices.iter();
    let issued = all.find(|issued| issued.notice.id == *id);
    let issued = issued.ok_or_else(|| Refusal::Unknown {
        kind: Kind::Notice,
        id: id.to_string(),
    })?;
    match case.launch.replaced(id) {
        None => Ok(issued),
        Some(other) => Err(Refusal::Already {
            title: issued.notice.title.clone(),
            state: "replaced",
            by: Some(other.by.by),
            at: Some(other.by.at),
        }),
    }
}

#[cfg(test)]
mod tests;
