//! `minutes`: the minutes of a poll as a page to print, in a file.

use std::{
    fs::OpenOptions,
    io::{ErrorKind, Write as _},
    path::{Path, PathBuf},
    process::ExitCode,
};

use chrono::Utc;
use clap::Args;
use startklar::{LaunchId, Locale, texts::fill};

use super::{Database, Error, Outcome, complain};
use crate::{
    print::{Fonts, Printed},
    texts,
};

/// `minutes`.
#[derive(Debug, Clone, Args)]
pub(super) struct Minutes {
    /// The launch
    launch: LaunchId,
    /// The PDF to write; it must not exist yet. `-` writes to standard output
    file: PathBuf,
    /// Which of the launch's polls, from 1 on; the latest when not given
    #[arg(long, value_name = "NUMBER")]
    poll: Option<usize>,
    /// A font for characters that the built-in ones have no shape for; may be given several times
    #[arg(long, value_name = "FILE")]
    font: Vec<PathBuf>,
    /// The language of the words
    #[arg(long, default_value = "en", value_name = "LANGUAGE", value_parser = super::demo::language)]
    language: Locale,
    #[command(flatten)]
    database: Database,
}

impl Minutes {
    /// Writes them.
    pub(super) async fn run(self) -> Outcome {
        // Before the database is opened: what is wrong with a font is said at once.
        let mut fonts = Fonts::own();
        for file in &self.font {
            add(&mut fonts, file).map_err(|error| format!("{}: {error}", file.display()))?;
        }
        let launches = self.database.launches_to_read().await?;
        let live = super::find::launch(&launches, &self.launch).await?;
        let minutes = launches.minutes(&live, self.poll, Utc::now()).await?;
        let minutes = minutes.ok_or_else(|| self.unknown(live.launch().polls.len()))?;
        let people = launches.people().all();
        launches.store().close().await;
        let printed = minutes.print(&people, self.language, &mut fonts)?;
        self.write(&printed.pdf)?;
        self.warn(&printed);
        Ok(ExitCode::SUCCESS)
    }

    /// Says what is not as it should be in what was written.
    fn warn(&self, printed: &Printed) {
        let t = &texts::of(self.language).print;
        let quoted = self.language.catalogue().common.quoted;
        let found = printed.shapeless.iter().map(|found| {
            if found.is_control() {
                return found.escape_unicode().to_string();
            }
            fill(quoted, &[("text", found)])
        });
        let found = found.collect::<Vec<_>>();
        if !found.is_empty() {
            complain(fill(t.shapeless, &[("found", &found.join(", "))]));
        }
        if printed.plain {
            complain(t.plain);
        }
    }

    fn unknown(&self, polls: usize) -> Error {
        let launch = &self.launch;
        let found = match (self.poll, polls) {
            (_, 0) => format!("launch “{launch}” has no poll yet: minutes are of one"),
            (Some(poll), 1) => format!("launch “{launch}” has no poll {poll}: there is poll 1"),
            (poll, _) => {
                let poll = poll.unwrap_or_default();
                format!("launch “{launch}” has no poll {poll}: there are polls 1 to {polls}")
            }
        };
        found.into()
    }

    fn write(&self, pdf: &[u8]) -> Result<(), Error> {
        if self.file.as_os_str() == "-" {
            return Ok(super::say(pdf)?);
        }
        let name = self.file.display();
        let file = OpenOptions::new()
            .write(true)
            .create_new(true)
            .open(&self.file);
        let mut file = file.map_err(|error| match error.kind() {
            ErrorKind::AlreadyExists => {
                format!("{name}: there is such a file already; minutes overwrite none")
            }
            _ => format!("{name}: {error}"),
        })?;
        let written = file.write_all(pdf).and_then(|()| file.sync_all());
        written.map_err(|error| {
            // Half a page would stand in the way of a whole one.
            let _ = std::fs::remove_file(&self.file);
            format!("{name}: {error}")
        })?;
        Ok(())
    }
}

fn add(fonts: &mut Fonts, file: &Path) -> Result<(), Error> {
    fonts.add(std::fs::read(file)?)?;
    Ok(())
}
