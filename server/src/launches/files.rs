//! Files as evidence: taken in with their content, given back, looked after. The journal says what a
//! file is called and what its sum is; what is in it stands in the store, beside the journal.
//!
//! A content is put in before an event mentions it, so none is ever missing. What nothing came to mention
//! goes after a day; what was mentioned once stays as long as its launch, since somebody may have said
//! that it holds.

use std::collections::HashSet;

use chrono::TimeDelta;
use startklar::{
    Actor, Command, CommandId, Event, ItemId, LaunchId, Refusal,
    command::Kind,
    decide,
    files::{LARGEST_OF_ALL, Media, Unfit, clean, sniff},
    journal::FileDetail,
    model::File,
    rights,
    text::Line,
    time::Instant,
};

use super::{Done, Failure, Launches, Live, Submission};
use crate::store::{Content, Kept, Store, sum};

/// How long a content waits for an event that mentions it.
const WAITS: TimeDelta = TimeDelta::days(1);

/// A file as somebody sends it.
#[derive(Debug, Clone)]
pub struct Upload {
    /// The item that it is evidence for.
    pub item: ItemId,
    /// What they call it.
    pub name: String,
    /// What is in it.
    pub content: Vec<u8>,
    /// Its SHA-256, if they say it.
    pub sha256: Option<String>,
    /// The id of the command.
    pub command: CommandId,
}

impl Launches {
    /// Whether somebody may attach files to an item, before one is sent. It is the right to tick it.
    ///
    /// # Errors
    /// [`Refusal::NoRight`] with whose it is, [`Refusal::Unknown`] for an item that is none.
    pub async fn may_attach(
        &self,
        id: &LaunchId,
        item: &ItemId,
        actor: &Actor,
    ) -> Result<(), Failure> {
        let live = self.get(id).await?;
        let launch = live.launch();
        if launch.items.get(item).is_none() {
            return Err(Refusal::Unknown {
                kind: Kind::Item,
                id: item.to_string(),
            }
            .into());
        }
        let tick = Command::UntickItem { item: item.clone() };
        Ok(rights::check(&launch, &tick, actor)?)
    }

    /// Takes a file in and attaches it to an item. What comes back is durable.
    ///
    /// # Errors
    /// Why it did not happen: [`Failure::Unfit`] for a file of no kind that is taken,
    /// [`Failure::OtherContent`] when its sum is another than was said, [`Failure::FilesFull`], and
    /// whatever [`Launches::submit`] fails with.
    pub async fn attach(
        &self,
        id: &LaunchId,
        upload: Upload,
        actor: Actor,
        now: Instant,
    ) -> Result<Done, Failure> {
        let live = self.get(id).await?;
        let (item, command) = (upload.item.clone(), upload.command);
        let looked_at = tokio::task::spawn_blocking(move || look_at(upload)).await;
        let broken = |error: tokio::task::JoinError| Failure::Broken(error.to_string());
        let (file, content) = looked_at.map_err(broken)??;
        let submission = Submission {
            id: command,
            command: Command::AttachFile(FileDetail {
                item,
                file: file.clone(),
            }),
            seen: None,
            only_at: None,
        };
        // Whoever may not attach it has no content put in either. One that is there needs none.
        match decide(&live.launch(), &submission.command, &actor, now) {
            Ok(_) => self.keep(&live, &file, content, now).await?,
            Err(Refusal::Already { .. }) => {}
            Err(refusal) => return Err(refusal.into()),
        }
        live.submit(submission, actor, now).await
    }

    /// A file of an item as it was attached, also when it was taken off since.
    ///
    /// # Errors
    /// [`Refusal::Unknown`] for another item, [`Refusal::NoFile`] for another sum.
    pub async fn attached(&self, id: &LaunchId, item: &str, sha256: &str) -> Result<File, Failure> {
        let live = self.get(id).await?;
        let launch = live.launch();
        let row = item.parse().ok().and_then(|id| launch.items.get(&id));
        let row = row.ok_or_else(|| Refusal::Unknown {
            kind: Kind::Item,
            id: item.to_owned(),
        })?;
        let is_it = |file: &File| file.sha256.as_str() == sha256;
        if let Some(there) = row.files.iter().find(|there| is_it(&there.file)) {
            return Ok(there.file.clone());
        }
        let lines = self.lines(&live, 0, usize::MAX).await?;
        let mut all = lines
            .iter()
            .rev()
            .filter_map(|l| mentioned(&l.record.event));
        let one = all.find(|one| one.item == row.id && is_it(&one.file));
        let none = || Refusal::NoFile {
            title: row.title.clone(),
            sha256: sha256.parse().unwrap_or_else(|_| row.title.clone()),
        };
        Ok(one.ok_or_else(none)?.file.clone())
    }

    /// What is in a file, if it is what was attached.
    ///
    /// # Errors
    /// [`Failure::Broken`] when the store has nothing or something else under its sum.
    pub async fn content(&self, id: &LaunchId, file: &File) -> Result<Vec<u8>, Failure> {
        let sha256 = file.sha256.as_str();
        let kept = self.store.file_store().file(id.as_str(), sha256).await?;
        let broken = |what| Failure::Broken(format!("launch {id}: the file {sha256} {what}"));
        let kept = kept.ok_or_else(|| broken("is missing"))?;
        let checked = tokio::task::spawn_blocking(move || kept.is_whole().then_some(kept));
        let whole = checked.await.map_err(|e| Failure::Broken(e.to_string()))?;
        Ok(whole.ok_or_else(|| broken("is another"))?.content)
    }

    async fn keep(
        &self,
        live: &Live,
        file: &File,
        content: Vec<u8>,
        now: Instant,
    ) -> Result<(), Failure> {
        self.make_room(live, file, now).await?;
        let content = Content {
            launch: live.id().to_string(),
            sha256: file.sha256.to_string(),
            media: file.media.to_string(),
            made: now.timestamp(),
            content,
        };
        Ok(self.store.file_store().put_file(content).await?)
    }

    /// Makes sure that a file still fits beside the others of its launch.
    async fn make_room(&self, live: &Live, file: &File, now: Instant) -> Result<(), Failure> {
        let store = self.store.file_store();
        let kept = store.files(live.id().as_str()).await?;
        if kept.iter().any(|kept| kept.sha256 == file.sha256.as_str()) {
            return Ok(());
        }
        let kept = self.sweep(live, kept, now).await?;
        if !fits(&kept, file.size) {
            return Err(Failure::FilesFull {
                name: file.name.clone(),
                max: LARGEST_OF_ALL,
            });
        }
        Ok(())
    }

    /// Removes what has waited long enough for an event that mentions it. Gives what stays.
    async fn sweep(
        &self,
        live: &Live,
        mut kept: Vec<Kept>,
        now: Instant,
    ) -> Result<Vec<Kept>, Failure> {
        let before = (now - WAITS).timestamp();
        if kept.iter().all(|kept| kept.made >= before) {
            return Ok(kept);
        }
        let lines = self.lines(live, 0, usize::MAX).await?;
        let all = lines
            .iter()
            .filter_map(|line| mentioned(&line.record.event));
        let sums: HashSet<&str> = all.map(|one| one.file.sha256.as_str()).collect();
        let (store, stream) = (self.store.file_store(), live.id().as_str());
        for one in &kept {
            if one.made < before && !sums.contains(one.sha256.as_str()) {
                store.drop_file(stream, &one.sha256, before).await?;
            }
        }
        kept.retain(|one| one.made >= before || sums.contains(one.sha256.as_str()));
        Ok(kept)
    }
}

/// Whether there is room for so many bytes beside these files.
fn fits(kept: &[Kept], size: u32) -> bool {
    let sizes = kept.iter().map(|kept| kept.size.unsigned_abs());
    sizes.sum::<u64>() + u64::from(size) <= LARGEST_OF_ALL
}

/// Whether the contents of the files that events attach are there, as they are said to be. One that is
/// waits another day from now on.
pub(super) async fn are_there(
    store: &dyn Store,
    stream: &str,
    events: &[Event],
    now: Instant,
) -> Result<(), Failure> {
    for one in events.iter().filter_map(mentioned) {
        let file = &one.file;
        let kept = store.file_store();
        let kept = kept.touch_file(stream, file.sha256.as_str(), now.timestamp());
        if !kept.await?.is_some_and(|kept| is_same(file, &kept)) {
            return Err(Failure::NoContent(Box::new(file.clone())));
        }
    }
    Ok(())
}

fn is_same(file: &File, kept: &Kept) -> bool {
    let media = |kind| Media::from_kind(kind);
    let alike = match (media(file.media.as_str()), media(&kept.media)) {
        (Some(said), Some(found)) => said.is_alike(found),
        _ => false,
    };
    alike && kept.size == i64::from(file.size)
}

fn mentioned(event: &Event) -> Option<&FileDetail> {
    match event {
        Event::FileAttached(detail) => Some(detail),
        _ => None,
    }
}

/// Says of a file what it is, and gives its content on.
fn look_at(upload: Upload) -> Result<(File, Vec<u8>), Failure> {
    let Upload { name, content, .. } = upload;
    let unfit = |why| Failure::Unfit {
        name: name.clone(),
        why,
    };
    let media = sniff(&name, &content).map_err(unfit)?;
    let found = sum(&content);
    if let Some(said) = upload.sha256.filter(|said| *said != found) {
        return Err(Failure::OtherContent { said, found });
    }
    let line = |text: &str| text.parse::<Line>().map_err(|_| unfit(Unfit::Kind));
    let file = File {
        name: clean(&name, media).ok_or_else(|| unfit(Unfit::Kind))?,
        media: line(media.kind())?,
        size: u32::try_from(content.len()).map_err(|_| unfit(Unfit::TooLarge))?,
        sha256: line(&found)?,
    };
    Ok((file, content))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_files_of_a_launch_have_so_much_room_together() {
        let one = |size| Kept {
            sha256: String::new(),
            media: String::new(),
            made: 0,
            size,
        };
        let kept: Vec<Kept> = (0..50).map(|_| one(9_999_999)).collect();
        assert!(fits(&[], 10_000_000) && fits(&kept, 50));
        assert!(!fits(&kept, 51));
    }
}
