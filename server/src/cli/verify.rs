//! `verify`: walks the journal of a whole database and says where it is not as it was written, and which
//! of the files that it attached are not as they were.

mod expect;
mod files;
mod report;

use std::process::ExitCode;

use clap::Args;
use startklar::{Locale, journal::Envelope, texts::fill};

use super::{Database, Outcome, files::show};
use crate::{
    store::{self, Record},
    texts,
};
use expect::Expect;
use files::Files;
use report::Report;

/// `verify`.
#[derive(Debug, Clone, Args)]
pub(super) struct Verify {
    #[command(flatten)]
    database: Database,
    /// A link that was printed before and that must still be there; may be given several times
    ///
    /// Only this shows that records are missing at the end of a stream, or that somebody changed the
    /// journal and then computed all links anew.
    #[arg(long, value_name = "STREAM@NUMBER=HEX")]
    expect: Vec<Expect>,
    /// Print what was found, with the last link of each stream, as one JSON object
    #[arg(long)]
    json: bool,
    /// Print the last link of each stream even when there are many
    #[arg(long)]
    links: bool,
    /// The language of the words
    #[arg(long, default_value = "en", value_name = "LANGUAGE", value_parser = super::demo::language)]
    language: Locale,
}

impl Verify {
    /// Walks all streams, then looks for the links that are expected.
    pub(super) async fn run(self) -> Outcome {
        let store = store::open_to_read(&self.database.database).await?;
        let files = Files::default();
        let check = |record: &Record| {
            files.note(record);
            check(record, self.language)
        };
        let walked = store::verify(&*store, &check, &show).await?;
        let mut found = Vec::with_capacity(self.expect.len());
        for expect in &self.expect {
            found.push(expect.look_up(&*store).await?);
        }
        let files = files.look(&*store).await?;
        store.close().await;
        let report = Report::new(&walked, &self.expect, &found, &files, self.language);
        let said = if self.json {
            format!("{}\n", serde_json::to_string_pretty(&report)?)
        } else {
            report.text(self.links)
        };
        super::say(said.as_bytes())?;
        Ok(ExitCode::from(u8::from(!report.is_good())))
    }
}

/// Whether a record holds an event, which need not be one that this version knows.
fn check(record: &Record, language: Locale) -> Result<(), String> {
    let envelope = Envelope::read(&record.payload).map_err(|error| error.to_string())?;
    if envelope.seq == record.seq {
        return Ok(());
    }
    let number = texts::of(language).verify.number;
    Err(fill(number, &[("found", &envelope.seq)]))
}
