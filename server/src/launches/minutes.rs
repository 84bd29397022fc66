//! The minutes of a poll, as of the moment at which it was decided: what happened since changes none of them, but
//! that people have the names of today.

use std::sync::Arc;

use startklar::{
    Launch, Locale, People, Policy, assess, minutes, texts::MinutesWords, time::Instant,
};

use super::{Failure, Launches, Live};
use crate::print::{Fonts, Heading, Printed, Sheet, Unprintable};

/// What minutes are written from.
#[derive(Debug)]
pub(crate) struct Minutes {
    launch: Arc<Launch>,
    /// The same when the poll was opened.
    then: Arc<Launch>,
    /// Of which moment they speak.
    now: Instant,
    /// Which poll, from 1 on.
    pub(crate) number: usize,
    /// The last line of the journal that they know, as `verify` expects it.
    pub(crate) link: String,
}

impl Launches {
    /// The minutes of a poll, the latest where none is named: as of its decision, and before there is one as of now.
    /// `None` where the launch has no such poll.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub(crate) async fn minutes(
        &self,
        live: &Live,
        number: Option<usize>,
        now: Instant,
    ) -> Result<Option<Minutes>, Failure> {
        let current = live.launch();
        let number = number.unwrap_or(current.polls.len());
        let poll = number.checked_sub(1).and_then(|n| current.polls.get(n));
        let Some(poll) = poll else {
            return Ok(None);
        };
        let (last, now) = match &poll.ruling {
            // The conditions become items on the lines right after it.
            Some(ruling) => (ruling.revision + ruling.items.len() as u64, ruling.by.at),
            None => (current.revision, now),
        };
        let stream = live.id().as_str();
        let records = self
            .store
            .read(stream, last.saturating_sub(1), Some(1))
            .await?;
        let record = records.first().filter(|record| record.seq == last);
        let broken = || Failure::Broken(format!("launch {stream}: line {last} is missing"));
        let link = record.ok_or_else(broken)?.link;
        Ok(Some(Minutes {
            then: self.after(live, poll.revision).await?,
            launch: self.after(live, last).await?,
            now,
            number,
            link: format!("{stream}@{last}={link}"),
        }))
    }
}

impl Minutes {
    /// Writes them as a page to print.
    pub(crate) fn print(
        &self,
        people: &People,
        locale: Locale,
        fonts: &mut Fonts,
    ) -> Result<Printed, Unprintable> {
        let assessment = assess(&self.launch, &Policy::default(), self.now);
        let minutes = minutes::Minutes::of(&self.launch, &assessment, self.number);
        let minutes = minutes.ok_or(Unprintable::NoPoll)?;
        let sheet = Sheet {
            minutes: &minutes,
            then: &self.then,
            words: MinutesWords {
                locale,
                launch: &self.launch,
                people,
                now: self.now,
                years: true,
            },
            link: &self.link,
        };
        let heading = Heading {
            title: sheet.title(),
            locale,
            at: self.now,
            id: self.link.clone(),
        };
        crate::print::pdf(&heading, &sheet.blocks(), fonts)
    }
}
