//! Decides, without a database, how each append of a batch goes.
//!
//! The caller looks up where the streams end and which commands they hold already, this decides one
//! append after the other as if each had come alone, and the caller writes what was decided.

use std::{collections::HashMap, sync::Arc};

use uuid::Uuid;

use super::{Append, Appended, Link, Record, StoreError, chain};

/// Where streams end.
pub(super) type Heads = HashMap<String, End>;

/// Where a stream ends. The default is that of one without records.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct End {
    /// The number of the last record.
    pub(super) seq: u64,
    /// Its link.
    pub(super) link: Link,
}

/// First and last record of commands that are stored already, by stream and command.
pub(super) type Known = HashMap<(String, Uuid), (u64, u64)>;

/// How the appends of a batch go.
#[derive(Default)]
pub(super) struct Plan {
    /// An answer for each append, in order.
    pub(super) answers: Vec<Result<Appended, StoreError>>,
    /// The records of each append that is to be stored, in order.
    pub(super) stored: Vec<Arc<Vec<Record>>>,
}

impl Plan {
    /// Decides the batch and moves `heads` on. A stream that `heads` lacks counts as empty.
    pub(super) fn decide(batch: &[Append], heads: &mut Heads, mut known: Known) -> Self {
        let mut plan = Self::default();
        for append in batch {
            let answer = plan.decide_one(append, heads, &mut known);
            plan.answers.push(answer);
        }
        plan
    }

    fn decide_one(
        &mut self,
        append: &Append,
        heads: &mut Heads,
        known: &mut Known,
    ) -> Result<Appended, StoreError> {
        let id = (append.stream.clone(), append.command);
        // Before the head is looked at: a repeated command mostly comes with an old one.
        if let Some(&(first, last)) = known.get(&id) {
            return Ok(Appended::Repeated { first, last });
        }
        let head = heads.entry(append.stream.clone()).or_default();
        if head.seq != append.after {
            return Err(StoreError::Conflict {
                stream: append.stream.clone(),
                last: head.seq,
            });
        }
        let mut records = records(append);
        let (first, last) = (append.after + 1, append.after + records.len() as u64);
        let link = chain::link(&mut records, head.link);
        *head = End { seq: last, link };
        known.insert(id, (first, last));
        self.stored.push(Arc::new(records));
        Ok(Appended::Stored { first, last })
    }

    /// All records that are to be written, in order.
    pub(super) fn records(&self) -> impl Iterator<Item = &Record> {
        self.stored.iter().flat_map(|records| records.iter())
    }
}

/// Without their links.
fn records(append: &Append) -> Vec<Record> {
    let numbered = (append.after + 1..).zip(&append.payloads);
    numbered
        .map(|(seq, payload)| Record {
            stream: append.stream.clone(),
            seq,
            at: append.at,
            command: append.command,
            payload: payload.as_str().into(),
            link: Link::default(),
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use chrono::DateTime;

    use super::*;

    fn append(after: u64, command: u128, payloads: usize) -> Append {
        Append {
            stream: "launch".to_owned(),
            after,
            command: Uuid::from_u128(command),
            at: DateTime::UNIX_EPOCH,
            payloads: vec!["{}".to_owned(); payloads],
        }
    }

    #[test]
    fn each_append_goes_by_itself() {
        let end = End {
            seq: 2,
            link: Link::from([9; 32]),
        };
        let mut heads = Heads::from([("launch".to_owned(), end)]);
        let known = Known::from([(("launch".to_owned(), Uuid::from_u128(1)), (1, 2))]);
        let batch = [
            append(2, 2, 2), // stored
            append(2, 3, 1), // the one before was faster
            append(2, 2, 2), // sent twice
            append(0, 1, 2), // stored long ago
            append(4, 4, 1), // stored
        ];
        let plan = Plan::decide(&batch, &mut heads, known);
        let mut link = end.link;
        for record in plan.records() {
            link = Link::of(record, link);
            assert_eq!(record.link, link);
        }
        assert_eq!(heads["launch"], End { seq: 5, link });
        let answers: Vec<_> = plan.answers.into_iter().map(Result::ok).collect();
        let expected = [
            Some(Appended::Stored { first: 3, last: 4 }),
            None,
            Some(Appended::Repeated { first: 3, last: 4 }),
            Some(Appended::Repeated { first: 1, last: 2 }),
            Some(Appended::Stored { first: 5, last: 5 }),
        ];
        assert_eq!(answers, expected);
    }
}
