//! What `verify` found, as text and as JSON.

use serde::Serialize;
use startklar::{
    Locale,
    texts::{count, fill},
};

use super::{
    expect::Expect,
    files::{Fault, Looked},
};
use crate::{
    store::{Damage, Flaw, Link, Walked},
    texts::{self, Verify},
};

/// So many links are printed without being asked for.
const FEW: usize = 20;

/// What was found.
#[derive(Serialize)]
pub(super) struct Report<'a> {
    /// Whether journal and files are as they were written.
    whole: bool,
    streams: usize,
    records: u64,
    files: usize,
    broken_files: Vec<BrokenFile<'a>>,
    journal: Vec<Chain<'a>>,
    expected: Vec<Expected<'a>>,
    #[serde(skip)]
    words: &'static Verify,
}

/// A stream up to where it is whole.
#[derive(Serialize)]
struct Chain<'a> {
    stream: &'a str,
    last: u64,
    link: Link,
    broken: Option<Broken>,
}

/// The first record of a stream that is not whole.
#[derive(Serialize)]
struct Broken {
    record: u64,
    what: String,
}

/// A file that is not as it was attached.
#[derive(Serialize)]
struct BrokenFile<'a> {
    stream: &'a str,
    record: u64,
    name: &'a str,
    sha256: &'a str,
    what: &'static str,
}

/// A link that was to be there.
#[derive(Serialize)]
struct Expected<'a> {
    stream: &'a str,
    record: u64,
    link: Link,
    found: Option<Link>,
    holds: bool,
}

impl<'a> Report<'a> {
    /// Puts together what was walked and, for each expectation, which link was found.
    pub(super) fn new(
        walked: &'a [Walked],
        expect: &'a [Expect],
        found: &[Option<Link>],
        files: &'a [Looked],
        language: Locale,
    ) -> Self {
        let words = &texts::of(language).verify;
        let expected = expect.iter().zip(found);
        let linked = walked.iter().all(|walked| walked.flaw.is_none());
        Self {
            whole: linked && files.iter().all(|file| file.fault.is_none()),
            files: files.len(),
            broken_files: files
                .iter()
                .filter_map(|file| BrokenFile::of(file, words))
                .collect(),
            streams: walked.len(),
            records: walked.iter().map(|walked| walked.seq).sum(),
            journal: walked
                .iter()
                .map(|walked| Chain::new(walked, words))
                .collect(),
            expected: expected
                .map(|(expect, found)| Expected::new(expect, *found))
                .collect(),
            words,
        }
    }

    /// Whether all is as it should be.
    pub(super) fn is_good(&self) -> bool {
        self.whole && self.expected.iter().all(|expected| expected.holds)
    }

    /// For people; with all last links, or only when they are few.
    pub(super) fn text(&self, links: bool) -> String {
        let mut lines = self.verdict();
        lines.extend(self.of_files());
        lines.extend(
            self.expected
                .iter()
                .map(|expected| expected.text(self.words)),
        );
        let whole = || self.journal.iter().filter(|stream| stream.broken.is_none());
        if links || self.streams <= FEW {
            lines.extend(whole().map(Chain::last_link));
        } else {
            lines.push(count(&self.words.not_shown, whole().count()));
        }
        lines.join("\n") + "\n"
    }

    fn verdict(&self) -> Vec<String> {
        let records = usize::try_from(self.records).unwrap_or(usize::MAX);
        if self.journal.iter().all(|stream| stream.broken.is_none()) {
            let streams = count(&self.words.streams, self.streams);
            let records = count(&self.words.records, records);
            let values: [(&str, &dyn std::fmt::Display); 2] =
                [("streams", &streams), ("records", &records)];
            return vec![fill(self.words.whole, &values)];
        }
        let broken: Vec<_> = self
            .journal
            .iter()
            .filter_map(|stream| stream.flaw(self.words))
            .collect();
        let streams = count(&self.words.of_streams, self.streams);
        let values: [(&str, &dyn std::fmt::Display); 2] =
            [("broken", &broken.len()), ("streams", &streams)];
        let mut lines = vec![fill(self.words.broken, &values)];
        lines.extend(broken);
        lines
    }
}

impl Report<'_> {
    /// Nothing where the journal has attached none.
    fn of_files(&self) -> Vec<String> {
        if self.files == 0 {
            return Vec::new();
        }
        let files = count(&self.words.files, self.files);
        if self.broken_files.is_empty() {
            return vec![fill(self.words.files_whole, &[("files", &files)])];
        }
        let broken = self.broken_files.len();
        let values: [(&str, &dyn std::fmt::Display); 2] = [("broken", &broken), ("files", &files)];
        let mut lines = vec![fill(self.words.files_broken, &values)];
        lines.extend(self.broken_files.iter().map(|file| {
            let line = fill(
                self.words.file,
                &[
                    ("stream", &file.stream),
                    ("seq", &file.record),
                    ("name", &file.name),
                    ("what", &file.what),
                ],
            );
            format!("  {line}")
        }));
        lines
    }
}

impl<'a> BrokenFile<'a> {
    fn of(file: &'a Looked, words: &Verify) -> Option<Self> {
        let what = match file.fault? {
            Fault::Missing => words.file_missing,
            Fault::Another => words.file_another,
        };
        Some(Self {
            stream: &file.stream,
            record: file.record,
            name: &file.name,
            sha256: &file.sha256,
            what,
        })
    }
}

impl<'a> Chain<'a> {
    fn new(walked: &'a Walked, words: &Verify) -> Self {
        Self {
            stream: &walked.stream,
            last: walked.seq,
            link: walked.link,
            broken: walked.flaw.as_ref().map(|flaw| Broken::new(flaw, words)),
        }
    }

    /// In the form that `--expect` takes.
    fn last_link(&self) -> String {
        format!("  {}@{}={}", self.stream, self.last, self.link)
    }

    fn flaw(&self, words: &Verify) -> Option<String> {
        let Broken { record, what } = self.broken.as_ref()?;
        let line = fill(
            words.flaw,
            &[("stream", &self.stream), ("seq", record), ("what", what)],
        );
        Some(format!("  {line}"))
    }
}

impl Broken {
    fn new(flaw: &Flaw, words: &Verify) -> Self {
        let what = match &flaw.damage {
            Damage::Missing { next } => fill(words.missing, &[("next", next)]),
            Damage::Misfit { found, due } => fill(words.misfit, &[("found", found), ("due", due)]),
            Damage::Unreadable(reason) => fill(words.unreadable, &[("reason", reason)]),
            Damage::Payload(reason) => fill(words.payload, &[("reason", reason)]),
        };
        Self {
            record: flaw.seq,
            what,
        }
    }
}

impl<'a> Expected<'a> {
    fn new(expect: &'a Expect, found: Option<Link>) -> Self {
        Self {
            stream: &expect.stream,
            record: expect.seq,
            link: expect.link,
            found,
            holds: found == Some(expect.link),
        }
    }

    fn text(&self, words: &Verify) -> String {
        let text = match self.found {
            _ if self.holds => words.held,
            Some(_) => words.other,
            None => words.absent,
        };
        let found = self.found.unwrap_or_default();
        fill(
            text,
            &[
                ("stream", &self.stream),
                ("seq", &self.record),
                ("found", &found),
            ],
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn walked(count: usize) -> Vec<Walked> {
        let whole = (0..count).map(|number| Walked {
            stream: format!("launch {number}"),
            seq: 7,
            link: Link::default(),
            flaw: None,
        });
        whole.collect()
    }

    #[test]
    fn many_links_are_printed_only_when_asked_for() {
        for (count, links, printed) in [(20, false, 20), (21, false, 0), (21, true, 21)] {
            let walked = walked(count);
            let text = Report::new(&walked, &[], &[], &[], Locale::En).text(links);
            assert_eq!(text.matches("@7=").count(), printed, "{text}");
            assert_eq!(text.contains("--links"), printed == 0, "{text}");
        }
    }

    #[test]
    fn a_file_that_is_not_as_it_was_is_named_though_every_link_fits() {
        let file = |fault| Looked {
            stream: "shop".to_owned(),
            record: 3,
            name: "Offer.pdf".to_owned(),
            sha256: String::new(),
            fault,
        };
        let (walked, whole) = (walked(1), [file(None), file(None)]);
        let report = Report::new(&walked, &[], &[], &whole, Locale::En);
        let text = report.text(false);
        assert!(
            text.contains("as they were: 2 files.") && report.is_good(),
            "{text}"
        );
        let broken = [file(Some(Fault::Missing)), file(Some(Fault::Another))];
        let report = Report::new(&walked, &[], &[], &broken, Locale::De);
        let text = report.text(false);
        for words in [
            "Jedes Glied passt",
            "2 von 2 Dateien",
            "„Offer.pdf“: Sie fehlt",
        ] {
            assert!(text.contains(words), "{text}");
        }
        assert!(!report.is_good());
    }

    #[test]
    fn a_broken_stream_has_no_last_link_to_expect() {
        let mut walked = walked(2);
        walked[0].flaw = Some(Flaw {
            seq: 8,
            damage: Damage::Missing { next: 9 },
        });
        let report = Report::new(&walked, &[], &[], &[], Locale::De);
        let text = report.text(true);
        assert!(
            text.contains("in 1 von 2 Strömen") && text.contains("Er fehlt, der nächste ist 9."),
            "{text}"
        );
        assert!(!report.is_good() && !text.contains("launch 0@7"), "{text}");
    }
}
