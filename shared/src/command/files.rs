//! Decisions on files that are handed in as evidence. They come by a plain form or from a program, so
//! no browser carries them. Whether the content of a file is there is for whoever keeps it to know.
//!
//! What was verified stays as it was verified: files change only before that, or once the tick is taken
//! back. Whoever handed in a file that stands is not the second person for it.

use super::{
    Refusal,
    decide::{Case, Decision, in_range},
    items::find,
};
use crate::{
    files::{LARGEST, Media, clean, is_sum},
    id::ItemId,
    journal::{Event, FileDetail},
    model::{File, Item},
    text::Line,
};

/// Most files of an item.
pub const MOST: usize = 20;

pub(super) fn attach(case: &Case<'_>, detail: &FileDetail) -> Decision {
    let row = find(case.launch, &detail.item)?;
    unverified(row)?;
    check(&detail.file)?;
    let mut files = row.files.iter();
    if let Some(there) = files.find(|there| there.file.sha256 == detail.file.sha256) {
        return Err(Refusal::Already {
            title: there.file.name.clone(),
            state: "attached",
            by: Some(there.by.by),
            at: Some(there.by.at),
        });
    }
    if row.files.len() >= MOST {
        return Err(Refusal::FilesFull {
            title: row.title.clone(),
            max: MOST,
        });
    }
    Ok(vec![Event::FileAttached(detail.clone())])
}

pub(super) fn detach(case: &Case<'_>, item: &ItemId, sha256: &Line) -> Decision {
    let row = find(case.launch, item)?;
    unverified(row)?;
    let mut files = row.files.iter();
    let there = files.find(|there| there.file.sha256 == *sha256);
    let there = there.ok_or_else(|| Refusal::NoFile {
        title: row.title.clone(),
        sha256: sha256.clone(),
    })?;
    Ok(vec![Event::FileDetached(FileDetail {
        item: item.clone(),
        file: there.file.clone(),
    })])
}

fn unverified(row: &Item) -> Result<(), Refusal> {
    match row.tick.as_ref().and_then(|tick| tick.verified) {
        Some(_) => Err(Refusal::FilesVerified {
            title: row.title.clone(),
        }),
        None => Ok(()),
    }
}

fn check(file: &File) -> Result<(), Refusal> {
    let bad = |field, found: &Line, allowed: String| Refusal::OutOfRange {
        field,
        found: found.to_string(),
        allowed,
    };
    let Some(media) = Media::from_kind(file.media.as_str()) else {
        let kinds = Media::ALL.map(Media::kind).join(", ");
        return Err(bad("media", &file.media, kinds));
    };
    match clean(file.name.as_str(), media) {
        Some(name) if name == file.name => {}
        name => {
            let allowed = name.map(String::from).unwrap_or_default();
            return Err(bad("name", &file.name, allowed));
        }
    }
    in_range("size", file.size.into(), 1, LARGEST.into())?;
    if is_sum(file.sha256.as_str()) {
        Ok(())
    } else {
        Err(bad("sha256", &file.sha256, "64 × 0–9, a–f".to_owned()))
    }
}

#[cfg(test)]
mod tests;
