//! A link that somebody kept elsewhere, and whether the journal still holds it.

use std::str::FromStr;

use crate::store::{Link, Store, StoreError};

/// A record and the link that it must carry.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Expect {
    /// The stream.
    pub(super) stream: String,
    /// The number of the record.
    pub(super) seq: u64,
    /// The link.
    pub(super) link: Link,
}

/// Why a text of the command line is no such link.
#[derive(Debug, PartialEq, Eq, thiserror::Error)]
#[error(
    "{0}: allowed is STREAM@NUMBER=HEX as `verify` prints it, with the name of the stream, the number \
     of a record from 1 on, and its link in 64 hexadecimal digits"
)]
pub(super) struct NoExpectation(&'static str);

impl FromStr for Expect {
    type Err = NoExpectation;

    fn from_str(text: &str) -> Result<Self, NoExpectation> {
        // From the end: the name of a stream may hold either sign.
        let (record, link) = text.rsplit_once('=').ok_or(NoExpectation("it has no ="))?;
        let (stream, seq) = record
            .rsplit_once('@')
            .ok_or(NoExpectation("it has no @ before the ="))?;
        if stream.is_empty() {
            return Err(NoExpectation("it has no stream before the @"));
        }
        let seq = seq.parse().ok().filter(|&seq| seq > 0);
        Ok(Self {
            stream: stream.to_owned(),
            seq: seq.ok_or(NoExpectation("what stands after the @ is no such number"))?,
            link: link
                .parse()
                .map_err(|_| NoExpectation("what stands after the = is no link"))?,
        })
    }
}

impl Expect {
    /// The link that the record carries; `None` when there is none that can be read.
    pub(super) async fn look_up(&self, store: &dyn Store) -> Result<Option<Link>, StoreError> {
        let before = self.seq.saturating_sub(1);
        match store.read_with_gaps(&self.stream, before, Some(1)).await {
            Ok(records) => {
                let found = records.first().filter(|record| record.seq == self.seq);
                Ok(found.map(|record| record.link))
            }
            Err(StoreError::Corrupt { .. }) => Ok(None),
            Err(error) => Err(error),
        }
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "tests fail by panic")]
mod tests {
    use super::*;

    #[test]
    fn reads_what_verify_prints() {
        let link = Link::from([171; 32]);
        for stream in ["metakube", "a@1=b", "ä 'x'"] {
            let read: Expect = format!("{stream}@42={link}").parse().unwrap();
            assert_eq!(
                (read.stream.as_str(), read.seq, read.link),
                (stream, 42, link)
            );
        }
    }

    #[test]
    fn says_what_is_wrong_and_what_is_allowed() {
        let link = Link::default();
        for (text, why) in [
            ("metakube".to_owned(), "no ="),
            (format!("metakube={link}"), "no @"),
            (format!("@1={link}"), "no stream"),
            (format!("metakube@0={link}"), "no such number"),
            (format!("metakube@x={link}"), "no such number"),
            ("metakube@1=abc".to_owned(), "no link"),
        ] {
            let refused = text.parse::<Expect>().unwrap_err().to_string();
            assert!(refused.contains(why), "{text}: {refused}");
            assert!(refused.contains("STREAM@NUMBER=HEX"), "{refused}");
        }
    }
}
