//! The hash chain: each record carries a hash over the one before, so that whoever changes a record,
//! takes one out or moves one is found out.
//!
//! The link of a record is the SHA-256 of these bytes, in this order:
//!
//! | what | bytes |
//! |---|---|
//! | `startklar journal link 1` and a line feed | 25 |
//! | the link of the record before, zeros for the first of a stream | 32 |
//! | the length of the stream's name, and the name in UTF-8 | 8, and so many |
//! | the number | 8 |
//! | the moment, in microseconds since 1970 in UTC | 8 |
//! | the id of the command | 16 |
//! | the length of the payload, and the payload in UTF-8 | 8, and so many |
//!
//! Numbers begin with their highest byte; a moment before 1970 is negative, in two's complement. Every
//! part has a fixed length or says its own, so no two records have the same bytes. The first line
//! keeps these hashes apart from any others; its `1` is the version of the formula.
//!
//! What the chain cannot show by itself: that the end of a stream was cut off, and that somebody
//! computed all links anew. Either is seen by whoever kept a link somewhere else.

use std::collections::HashMap;

use sha2::{Digest as _, Sha256};

use super::{Link, Record};

const PREFIX: &[u8] = b"startklar journal link 1\n";

impl Link {
    /// The link that a record has to carry after one with the link `before`. What it does carry is
    /// not looked at.
    pub fn of(record: &Record, before: Self) -> Self {
        let hash = Sha256::new()
            .chain_update(PREFIX)
            .chain_update(before.as_bytes())
            .chain_update(length(&record.stream))
            .chain_update(&record.stream)
            .chain_update(record.seq.to_be_bytes())
            .chain_update(record.at.timestamp_micros().to_be_bytes())
            .chain_update(record.command)
            .chain_update(length(&record.payload))
            .chain_update(record.payload.as_bytes());
        <[u8; 32]>::from(hash.finalize()).into()
    }
}

fn length(text: &str) -> [u8; 8] {
    (text.len() as u64).to_be_bytes()
}

/// Gives each of these neighbours the link that it has to carry; gives that of the last.
pub(super) fn link(records: &mut [Record], before: Link) -> Link {
    let mut last = before;
    for record in records {
        record.link = Link::of(record, last);
        last = record.link;
    }
    last
}

/// Follows the chains of streams from their first records on, however these are mixed.
#[derive(Default)]
pub(super) struct Chains(HashMap<String, Link>);

impl Chains {
    /// Takes in the next record of a stream; says whether this link, if there is one, is the one that
    /// the record has to carry.
    pub(super) fn follow(&mut self, record: &Record, link: Option<Link>) -> bool {
        let before = self.0.get(&record.stream).copied().unwrap_or_default();
        let due = Link::of(record, before);
        self.0.insert(record.stream.clone(), due);
        link.is_none_or(|link| link == due)
    }
}

/// Says of a record that its link is another one than it has to carry.
pub(super) fn misfit(record: &Record) -> String {
    let Record { stream, seq, .. } = record;
    format!("stream {stream}, record {seq}: its link does not fit it and the records before it")
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "tests fail by panic")]
mod tests {
    use chrono::DateTime;
    use proptest::prelude::*;
    use uuid::Uuid;

    use super::*;

    fn record(stream: &str, seq: u64, micros: i64, command: u128, payload: &str) -> Record {
        Record {
            stream: stream.to_owned(),
            seq,
            at: DateTime::from_timestamp_micros(micros).unwrap(),
            command: Uuid::from_u128(command),
            payload: payload.into(),
            link: Link::default(),
        }
    }

    /// Where a stream that begins with these records is broken.
    fn broken(records: &[Record]) -> Option<usize> {
        let mut before = Link::default();
        records.iter().position(|record| {
            let fits = record.link == Link::of(record, before);
            before = record.link;
            !fits
        })
    }

    /// Computed by another program from the formula above. It must never change.
    #[test]
    fn the_formula_is_as_it_was() {
        let mut records = [
            record("bühne", 1, 1_767_600_000_987_654, 7, r#"{"ä": 1}"#),
            record("bühne", 2, -1, 7, "{}"),
        ];
        link(&mut records, Link::default());
        let texts = records.map(|record| record.link.to_string());
        let expected = [
            "7225aa22bed4c092c54fbcd7d459e54e39af952e9d05ab26905b85c2d6a6dd75",
            "0d7406cfa3f7130a3677a1d57c939b5aced02274809cd0c19f4da202a06db1e4",
        ];
        assert_eq!(texts, expected);
    }

    #[test]
    fn what_moves_from_one_part_to_the_next_is_seen() {
        let whole = record("ab", 1, 0, 0, "c");
        let moved = record("a", 1, 0, 0, "bc");
        assert_ne!(
            Link::of(&whole, Link::default()),
            Link::of(&moved, Link::default())
        );
    }

    fn streams() -> impl Strategy<Value = Vec<Record>> {
        let parts = (any::<u32>(), any::<u128>(), "[a-c]{0,3}");
        prop::collection::vec(parts, 3..8).prop_map(|parts| {
            let numbered = (1..).zip(parts);
            let mut records: Vec<_> = numbered
                .map(|(seq, (at, command, payload))| {
                    record("launch", seq, at.into(), command, &payload)
                })
                .collect();
            link(&mut records, Link::default());
            records
        })
    }

    /// Changes one field, and it is a change.
    fn change(record: &mut Record, field: usize) {
        match field {
            0 => record.stream.push('x'),
            1 => record.seq += 1,
            2 => record.at += chrono::TimeDelta::microseconds(1),
            3 => record.command = Uuid::from_u128(record.command.as_u128() ^ 1),
            4 => record.payload = format!("{} ", record.payload).into(),
            _ => record.link = Link::of(record, record.link),
        }
    }

    proptest! {
        #[test]
        fn a_change_of_any_field_is_found_where_it_is(
            mut records in streams(), at in any::<prop::sample::Index>(), field in 0..6_usize,
        ) {
            prop_assert_eq!(broken(&records), None);
            let at = at.index(records.len());
            change(&mut records[at], field);
            prop_assert_eq!(broken(&records), Some(at));
        }

        #[test]
        fn a_record_that_was_taken_out_is_found(
            mut records in streams(), at in any::<prop::sample::Index>(), renumber: bool,
        ) {
            let at = at.index(records.len() - 1);
            records.remove(at);
            if renumber {
                records[at..].iter_mut().for_each(|record| record.seq -= 1);
            }
            prop_assert_eq!(broken(&records), Some(at));
        }

        #[test]
        fn records_that_changed_places_are_found(
            mut records in streams(), a in any::<prop::sample::Index>(),
            b in any::<prop::sample::Index>(), renumber: bool,
        ) {
            let (a, b) = (a.index(records.len()), b.index(records.len()));
            prop_assume!(a != b);
            records.swap(a, b);
            if renumber {
                let seq = records[a].seq;
                records[a].seq = std::mem::replace(&mut records[b].seq, seq);
            }
            prop_assert_eq!(broken(&records), Some(a.min(b)));
        }
    }
}
