//! The journal as lines of JSON: readable without this program, the same from either database.
//!
//! The first line says what the file is, then come the people, the files, the records stream by stream,
//! and the last line says how many there were, so that a file that was cut short is found out. A
//! record carries its link, but not in files of versions that knew none.

use std::{borrow::Cow, collections::HashSet, path::Path};

use base64::{Engine as _, prelude::BASE64_STANDARD};
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use serde_json::value::RawValue;
use tokio::{
    fs::File,
    io::{AsyncBufReadExt as _, AsyncWriteExt as _, BufReader, BufWriter, Lines},
};
use uuid::Uuid;

use super::{
    Account, Content, Head, Identity, Link, PAGE, Person, Progress, Record, Restored, Store,
    StoreError, backup::NewFile, chain, restore::Intake,
};

const VERSION: u32 = 1;

/// One line of the file.
#[derive(Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
enum Line<'a> {
    Startklar {
        journal: u32,
    },
    Person {
        id: Uuid,
        key: String,
        name: String,
    },
    Account {
        person: Uuid,
        login: String,
        standing: String,
        made: i64,
    },
    File(FileLine<'a>),
    Identity {
        person: Uuid,
        issuer: String,
        subject: String,
        made: i64,
    },
    Record(RecordLine<'a>),
    End {
        people: u64,
        records: u64,
        /// Versions that knew no files do not say it.
        #[serde(default, skip_serializing_if = "is_none")]
        files: u64,
    },
}

#[allow(clippy::trivially_copy_pass_by_ref, reason = "serde asks so")]
fn is_none(count: &u64) -> bool {
    *count == 0
}

#[derive(Serialize, Deserialize)]
struct FileLine<'a> {
    launch: Cow<'a, str>,
    sha256: Cow<'a, str>,
    media: Cow<'a, str>,
    made: i64,
    /// As base64.
    content: String,
}

impl<'a> FileLine<'a> {
    fn of(file: &'a Content) -> Self {
        Self {
            launch: Cow::Borrowed(&file.launch),
            sha256: Cow::Borrowed(&file.sha256),
            media: Cow::Borrowed(&file.media),
            made: file.made,
            content: BASE64_STANDARD.encode(&file.content),
        }
    }

    /// The file, if it is what its sum says.
    fn into_content(self) -> Option<Content> {
        let content = BASE64_STANDARD.decode(&self.content).ok()?;
        let file = Content {
            launch: self.launch.into_owned(),
            sha256: self.sha256.into_owned(),
            media: self.media.into_owned(),
            made: self.made,
            content,
        };
        file.is_whole().then_some(file)
    }
}

#[derive(Serialize, Deserialize)]
struct RecordLine<'a> {
    stream: Cow<'a, str>,
    seq: u64,
    at: DateTime<Utc>,
    command: Uuid,
    payload: Cow<'a, RawValue>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    link: Option<Link>,
}

impl RecordLine<'_> {
    fn into_record(self) -> Record {
        Record {
            stream: self.stream.into_owned(),
            seq: self.seq,
            at: self.at,
            command: self.command,
            payload: self.payload.get().into(),
            link: self.link.unwrap_or_default(),
        }
    }
}

/// Writes everything that a store holds at this instant into a new file, as lines of JSON.
///
/// # Errors
/// [`StoreError::File`] when the file exists already or cannot be written.
pub async fn export(
    from: &dyn Store,
    to: &Path,
    progress: &(dyn Fn(Progress) + Send + Sync),
) -> Result<(), StoreError> {
    let new = NewFile::at(to)?;
    let mut writer = LineWriter::create(&new.partial).await?;
    writer.write(&Line::Startklar { journal: VERSION }).await?;
    // Before the people: of whoever comes in between there is a name and no account, never the reverse.
    let identities = from.account_store().identities().await?;
    let accounts = from.account_store().accounts().await?;
    let people = from.people().await?;
    let is_known = |account: &Account| people.iter().any(|p| p.id == account.person);
    let accounts: Vec<_> = accounts.into_iter().filter(is_known).collect();
    let has_account = |one: &Identity| accounts.iter().any(|a| a.person == one.person);
    let identities: Vec<_> = identities.into_iter().filter(has_account).collect();
    let people_count = people.len() as u64;
    for Person { id, key, name } in people {
        writer.write(&Line::Person { id, key, name }).await?;
    }
    for account in accounts {
        writer.write(&line(account)).await?;
    }
    for identity in identities {
        writer.write(&identity_line(identity)).await?;
    }
    // The ends first: a file is put in before a record mentions it, so none of theirs is missed.
    let heads = from.heads().await?;
    let files = export_files(from, &mut writer).await?;
    let records = export_records(from, heads, &mut writer, progress).await?;
    writer
        .write(&Line::End {
            people: people_count,
            records,
            files,
        })
        .await?;
    writer.finish().await?;
    new.finish()
}

/// An account without its password.
fn line(account: Account) -> Line<'static> {
    Line::Account {
        person: account.person,
        login: account.login,
        standing: account.standing,
        made: account.made,
    }
}

/// One at a time: together they may be larger than the memory.
async fn export_files(from: &dyn Store, writer: &mut LineWriter<'_>) -> Result<u64, StoreError> {
    let store = from.file_store();
    let mut count = 0;
    for launch in store.launches_with_files().await? {
        for kept in store.files(&launch).await? {
            // Removed in the meantime: then nothing mentions it.
            if let Some(file) = store.file(&launch, &kept.sha256).await? {
                writer.write(&Line::File(FileLine::of(&file))).await?;
                count += 1;
            }
        }
    }
    Ok(count)
}

fn identity_line(identity: Identity) -> Line<'static> {
    Line::Identity {
        person: identity.person,
        issuer: identity.issuer,
        subject: identity.subject,
        made: identity.made,
    }
}

/// Each stream up to where it ended at one instant: streams only grow, so that is a state that was.
async fn export_records(
    from: &dyn Store,
    heads: Vec<Head>,
    writer: &mut LineWriter<'_>,
    progress: &(dyn Fn(Progress) + Send + Sync),
) -> Result<u64, StoreError> {
    let total = heads.iter().map(|head| head.seq).sum();
    let mut done = 0;
    for head in heads {
        let mut after = 0;
        while after < head.seq {
            let limit = u32::try_from(head.seq - after).unwrap_or(PAGE).min(PAGE);
            let records = from.read(&head.stream, after, Some(limit)).await?;
            // Discarded in the meantime.
            let Some(last) = records.last() else { break };
            after = last.seq;
            for record in &records {
                writer.record(record).await?;
            }
            done += records.len() as u64;
            progress(Progress { done, total });
        }
    }
    Ok(done)
}

/// Reads what [`export`] wrote into a store, so many records as [`check`] counted.
pub(super) async fn import(
    into: &dyn Store,
    from: &Path,
    total: u64,
    progress: &(dyn Fn(Progress) + Send + Sync),
) -> Result<Restored, StoreError> {
    let mut reader = LineReader::open(from).await?;
    let mut intake = Intake::new(into);
    let mut done = 0;
    while let Some(line) = reader.next().await? {
        match line {
            Line::Startklar { .. } | Line::End { .. } => {}
            Line::Person { id, key, name } => {
                intake.people(vec![Person { id, key, name }]).await?;
            }
            Line::Account {
                person,
                login,
                standing,
                made,
            } => {
                let account = Account {
                    person,
                    login,
                    password: None,
                    standing,
                    made,
                };
                intake.accounts(vec![account]).await?;
            }
            Line::File(line) => match line.into_content() {
                Some(file) => into.file_store().put_file(file).await?,
                None => return Err(reader.damaged("a file is not what its sum says")),
            },
            Line::Identity {
                person,
                issuer,
                subject,
                made,
            } => {
                let identity = Identity {
                    issuer,
                    subject,
                    person,
                    made,
                };
                intake.identities(vec![identity]).await?;
            }
            Line::Record(line) => {
                intake.records(vec![line.into_record()]).await?;
                done += 1;
                if done % u64::from(PAGE) == 0 {
                    progress(Progress { done, total });
                }
            }
        }
    }
    progress(Progress { done, total });
    intake.finish().await
}

/// Reads a file to its end, makes sure that it is whole and that its links fit, and counts its records.
pub(super) async fn check(from: &Path) -> Result<u64, StoreError> {
    let mut reader = LineReader::open(from).await?;
    match reader.next().await? {
        Some(Line::Startklar { journal: VERSION }) => {}
        Some(Line::Startklar { journal }) => {
            return Err(StoreError::Newer {
                schema: i64::from(journal),
            });
        }
        _ => return Err(reader.damaged("it is no backup of a journal")),
    }
    let (mut seen, mut chains) = ((0, 0, 0), chain::Chains::default());
    let (mut people, mut accounts, mut linked) = (HashSet::new(), HashSet::new(), None);
    while let Some(line) = reader.next().await? {
        match line {
            Line::Startklar { .. } => return Err(reader.damaged("it begins a second time")),
            Line::Person { id, .. } => {
                people.insert(id);
                seen.0 += 1;
            }
            Line::Account { person, .. } if people.contains(&person) => {
                accounts.insert(person);
            }
            Line::Account { .. } => return Err(reader.damaged("an account is of nobody")),
            Line::File(line) => match line.into_content() {
                Some(_) => seen.2 += 1,
                None => return Err(reader.damaged("a file is not what its sum says")),
            },
            Line::Identity { person, .. } if accounts.contains(&person) => {}
            Line::Identity { .. } => return Err(reader.damaged("an identity is of no account")),
            Line::Record(line) => {
                let (link, record) = (line.link, line.into_record());
                // Older exports have no links at all; links that were taken out are no older export.
                if *linked.get_or_insert(link.is_some()) != link.is_some() {
                    return Err(reader.damaged("some of its records have links and some have none"));
                }
                if !chains.follow(&record, link) {
                    return Err(reader.damaged(&chain::misfit(&record)));
                }
                seen.1 += 1;
            }
            Line::End {
                people: named,
                records,
                files,
            } if (named, records, files) != seen => {
                return Err(reader.damaged("lines are missing"));
            }
            Line::End { .. } => match reader.next().await? {
                None => return Ok(seen.1),
                Some(_) => return Err(reader.damaged("it goes on after its end")),
            },
        }
    }
    Err(reader.damaged("its end is missing"))
}

struct LineWriter<'a> {
    path: &'a Path,
    file: BufWriter<File>,
}

impl<'a> LineWriter<'a> {
    async fn create(path: &'a Path) -> Result<Self, StoreError> {
        let file = File::create_new(path).await;
        let file = file.map_err(|error| StoreError::file("writing", path, error))?;
        Ok(Self {
            path,
            file: BufWriter::with_capacity(256 * 1024, file),
        })
    }

    async fn record(&mut self, record: &Record) -> Result<(), StoreError> {
        let payload: &RawValue = serde_json::from_str(&record.payload).map_err(|error| {
            let (stream, seq) = (&record.stream, record.seq);
            StoreError::Corrupt {
                what: format!("stream {stream}, record {seq}: {error}"),
            }
        })?;
        let line = Line::Record(RecordLine {
            stream: Cow::Borrowed(&record.stream),
            seq: record.seq,
            at: record.at,
            command: record.command,
            payload: Cow::Borrowed(payload),
            link: Some(record.link),
        });
        self.write(&line).await
    }

    async fn write(&mut self, line: &Line<'_>) -> Result<(), StoreError> {
        let failed = |error| StoreError::file("writing", self.path, error);
        let mut text = serde_json::to_vec(line).map_err(|error| failed(error.into()))?;
        text.push(b'\n');
        self.file.write_all(&text).await.map_err(failed)
    }

    async fn finish(mut self) -> Result<(), StoreError> {
        self.file
            .flush()
            .await
            .map_err(|error| StoreError::file("writing", self.path, error))
    }
}

struct LineReader<'a> {
    path: &'a Path,
    lines: Lines<BufReader<File>>,
    number: u64,
}

impl<'a> LineReader<'a> {
    async fn open(path: &'a Path) -> Result<Self, StoreError> {
        let file = File::open(path).await;
        let file = file.map_err(|error| StoreError::file("reading", path, error))?;
        Ok(Self {
            path,
            lines: BufReader::new(file).lines(),
            number: 0,
        })
    }

    async fn next(&mut self) -> Result<Option<Line<'static>>, StoreError> {
        self.number += 1;
        let line = match self.lines.next_line().await {
            Ok(Some(line)) => line,
            Ok(None) => return Ok(None),
            // Not a text at all.
            Err(error) if error.kind() == std::io::ErrorKind::InvalidData => {
                return Err(self.damaged("it is no text"));
            }
            Err(error) => return Err(StoreError::file("reading", self.path, error)),
        };
        serde_json::from_str(&line)
            .map(Some)
            .map_err(|error| self.damaged(&error.to_string()))
    }

    fn damaged(&self, why: &str) -> StoreError {
        let (path, number) = (self.path.display(), self.number);
        StoreError::Corrupt {
            what: format!("{path}, line {number}: {why}"),
        }
    }
}
