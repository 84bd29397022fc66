//! Walks all streams and finds the first record of each that is not as it was appended.

use super::{Link, PAGE, Progress, Record, Store, StoreError};

/// Says of a record what is wrong with its payload, which the store cannot know.
pub type Check<'a> = dyn Fn(&Record) -> Result<(), String> + Send + Sync + 'a;

/// A stream that was walked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Walked {
    /// The stream.
    pub stream: String,
    /// The number of the last record that is whole, 0 for none.
    pub seq: u64,
    /// The link of that record.
    pub link: Link,
    /// What is wrong with the one after it; `None` when the stream is whole to its end.
    pub flaw: Option<Flaw>,
}

/// The first record of a stream that is not whole.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Flaw {
    /// Its number.
    pub seq: u64,
    /// What is wrong with it.
    pub damage: Damage,
}

/// What is wrong with a record.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Damage {
    /// It is not there, though later ones are.
    Missing {
        /// The number of the next record.
        next: u64,
    },
    /// It carries another link than fits it and the records before it.
    Misfit {
        /// The link that it carries.
        found: Link,
        /// The link that it has to carry.
        due: Link,
    },
    /// What stands in the database is no record.
    Unreadable(String),
    /// Its payload is not what it should be.
    Payload(String),
}

/// Walks every stream up to where it ended when this began, each up to its first flaw.
///
/// The end of a stream that was cut off is not missed, and neither is the journal of somebody who
/// computed all links anew: compare with a link that was kept elsewhere.
///
/// # Errors
/// When the database fails. Damage is no error here but what is looked for.
pub async fn verify(
    store: &dyn Store,
    check: &Check<'_>,
    progress: &(dyn Fn(Progress) + Send + Sync),
) -> Result<Vec<Walked>, StoreError> {
    let heads = store.heads().await?;
    let total = heads.iter().map(|head| head.seq).sum();
    let (mut all, mut done) = (Vec::new(), 0);
    for head in heads {
        let mut walk = Walk::new(store, head.stream, head.seq);
        while walk.step(check).await? {
            let done = done + walk.walked.seq;
            progress(Progress { done, total });
        }
        done += head.seq;
        progress(Progress { done, total });
        // One that was discarded in the meantime is left out.
        if walk.walked.seq == head.seq || walk.walked.flaw.is_some() {
            all.push(walk.walked);
        }
    }
    Ok(all)
}

/// On the way through a stream.
struct Walk<'a> {
    store: &'a dyn Store,
    walked: Walked,
    /// The number of the last record.
    end: u64,
    /// How many records are read at once.
    page: u32,
}

impl<'a> Walk<'a> {
    fn new(store: &'a dyn Store, stream: String, end: u64) -> Self {
        let walked = Walked {
            stream,
            seq: 0,
            link: Link::default(),
            flaw: None,
        };
        Self {
            store,
            walked,
            end,
            page: PAGE,
        }
    }

    /// Takes the next page; says whether there is more to come.
    async fn step(&mut self, check: &Check<'_>) -> Result<bool, StoreError> {
        let left = u32::try_from(self.end - self.walked.seq).unwrap_or(PAGE);
        let limit = Some(left.min(self.page));
        let Walked { stream, seq, .. } = &self.walked;
        match self.store.read_with_gaps(stream, *seq, limit).await {
            Ok(records) => {
                let go_on = !records.is_empty();
                for record in &records {
                    if let Err(damage) = self.take(record, check) {
                        self.stop(damage);
                        return Ok(false);
                    }
                }
                Ok(go_on && self.walked.seq < self.end)
            }
            // One of them: look at each by itself.
            Err(StoreError::Corrupt { .. }) if self.page > 1 => {
                self.page = 1;
                Ok(true)
            }
            Err(error @ StoreError::Corrupt { .. }) => {
                self.stop(Damage::Unreadable(error.to_string()));
                Ok(false)
            }
            Err(error) => Err(error),
        }
    }

    fn take(&mut self, record: &Record, check: &Check<'_>) -> Result<(), Damage> {
        if record.seq != self.walked.seq + 1 {
            return Err(Damage::Missing { next: record.seq });
        }
        let (found, due) = (record.link, Link::of(record, self.walked.link));
        if found != due {
            return Err(Damage::Misfit { found, due });
        }
        check(record).map_err(Damage::Payload)?;
        (self.walked.seq, self.walked.link) = (record.seq, record.link);
        Ok(())
    }

    fn stop(&mut self, damage: Damage) {
        let seq = self.walked.seq + 1;
        self.walked.flaw = Some(Flaw { seq, damage });
    }
}
