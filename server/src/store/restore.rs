//! The way back from a backup, and from one database to another: a backup is read to its end before
//! anything of it is stored.

use std::{
    collections::HashSet,
    fs::{self, File},
    io::{self, Read as _},
    path::{Path, PathBuf},
};

use tempfile::TempDir;
use uuid::Uuid;

use super::{
    Account, Append, Appended, Content, Identity, PAGE, Person, Progress, Record, Store,
    StoreError, chain, lines, sqlite::SqliteStore,
};

/// What [`copy`] and [`restore`] brought over.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Restored {
    /// Records that were not there before.
    pub records: u64,
    /// People, known before or not.
    pub people: u64,
}

/// How many appends are handed over at once while restoring, to share commits.
const TOGETHER: usize = 256;

/// A backup, of either kind, that was read to its end and found whole.
pub struct Backup(Kind);

enum Kind {
    Lines {
        file: PathBuf,
        records: u64,
    },
    /// A copy, because opening brings an older backup's schema up to date.
    Database {
        store: SqliteStore,
        _directory: TempDir,
    },
}

impl Backup {
    /// Reads a backup to its end.
    ///
    /// # Errors
    /// [`StoreError::File`] when it cannot be read, [`StoreError::Corrupt`] when it is no backup or
    /// not a whole one, or when a link in it does not fit.
    pub async fn open(from: &Path) -> Result<Self, StoreError> {
        if !is_sqlite(from).map_err(|error| StoreError::file("reading", from, error))? {
            let (file, records) = (from.to_owned(), lines::check(from).await?);
            return Ok(Self(Kind::Lines { file, records }));
        }
        let directory = tempfile::tempdir().map_err(|error| {
            StoreError::file("making a directory in", std::env::temp_dir(), error)
        })?;
        let file = directory.path().join("backup.sqlite");
        fs::copy(from, &file).map_err(|error| StoreError::file("copying", from, error))?;
        let store = SqliteStore::open(&file).await?;
        each_page(&store, &|_| (), async |_| Ok(())).await?;
        each_file(&store, async |_| Ok(())).await?;
        Ok(Self(Kind::Database {
            store,
            _directory: directory,
        }))
    }

    /// Puts it into a store; see [`copy`].
    ///
    /// # Errors
    /// Those of [`copy`].
    pub async fn restore(
        self,
        into: &dyn Store,
        progress: &(dyn Fn(Progress) + Send + Sync),
    ) -> Result<Restored, StoreError> {
        match self.0 {
            Kind::Lines { file, records } => lines::import(into, &file, records, progress).await,
            Kind::Database { store, _directory } => {
                let restored = copy(&store, into, progress).await;
                store.close().await;
                restored
            }
        }
    }
}

/// Copies all records, files, people, accounts and identities of a store into another, under their own
/// numbers, times and commands; passwords and sessions stay behind. Done twice it changes nothing; this is also the way from `SQLite` to `PostgreSQL`.
///
/// # Errors
/// [`StoreError::Conflict`] when a stream exists there with another history, and
/// [`StoreError::Corrupt`] at a record whose link does not fit; what came before is copied then.
pub async fn copy(
    from: &dyn Store,
    into: &dyn Store,
    progress: &(dyn Fn(Progress) + Send + Sync),
) -> Result<Restored, StoreError> {
    let mut intake = Intake::new(into);
    // Before the people: of whoever comes in between there is a name and no account.
    let identities = from.account_store().identities().await?;
    let accounts = from.account_store().accounts().await?;
    let people = from.people().await?;
    let is_known = |account: &Account| people.iter().any(|p| p.id == account.person);
    let accounts = accounts.into_iter().filter(is_known).collect();
    intake.people(people).await?;
    intake.accounts(accounts).await?;
    intake.identities(identities).await?;
    // Before the records: whoever reads of a file finds it.
    copy_files(from, into).await?;
    each_page(from, progress, async |records| {
        intake.records(records).await
    })
    .await?;
    intake.finish().await
}

async fn copy_files(from: &dyn Store, into: &dyn Store) -> Result<(), StoreError> {
    each_file(from, async |file| into.file_store().put_file(file).await).await
}

/// Hands over all files, one at a time; refuses one that is not what its sum says.
async fn each_file(
    from: &dyn Store,
    mut take: impl AsyncFnMut(Content) -> Result<(), StoreError>,
) -> Result<(), StoreError> {
    let store = from.file_store();
    for launch in store.launches_with_files().await? {
        for kept in store.files(&launch).await? {
            match store.file(&launch, &kept.sha256).await? {
                Some(file) if !file.is_whole() => {
                    let what = format!("stream {launch}: the file {} is another", kept.sha256);
                    return Err(StoreError::Corrupt { what });
                }
                Some(file) => take(file).await?,
                None => {}
            }
        }
    }
    Ok(())
}

/// Hands over all records, stream by stream; refuses one whose link does not fit.
async fn each_page(
    from: &dyn Store,
    progress: &(dyn Fn(Progress) + Send + Sync),
    mut take: impl AsyncFnMut(Vec<Record>) -> Result<(), StoreError>,
) -> Result<(), StoreError> {
    let heads = from.heads().await?;
    let total = heads.iter().map(|head| head.seq).sum();
    let mut done = 0;
    for head in heads {
        let (mut after, mut chains) = (0, chain::Chains::default());
        while after < head.seq {
            let records = from.read(&head.stream, after, Some(PAGE)).await?;
            let Some(last) = records.last() else { break };
            (done, after) = (done + last.seq - after, last.seq);
            let misfit = |record: &&Record| !chains.follow(record, Some(record.link));
            if let Some(record) = records.iter().find(misfit) {
                let what = chain::misfit(record);
                return Err(StoreError::Corrupt { what });
            }
            take(records).await?;
            progress(Progress { done, total });
        }
    }
    Ok(())
}

/// Reads a backup to its end and puts it into a store.
///
/// # Errors
/// Those of [`Backup::open`] and [`copy`].
pub async fn restore(
    into: &dyn Store,
    from: &Path,
    progress: &(dyn Fn(Progress) + Send + Sync),
) -> Result<Restored, StoreError> {
    Backup::open(from).await?.restore(into, progress).await
}

fn is_sqlite(path: &Path) -> io::Result<bool> {
    let mut start = Vec::new();
    File::open(path)?.take(16).read_to_end(&mut start)?;
    Ok(start == b"SQLite format 3\0")
}

/// Takes records in order and appends them command by command, many at once.
pub(super) struct Intake<'a> {
    into: &'a dyn Store,
    /// The last one may still grow.
    waiting: Vec<Append>,
    /// Who got their account by this.
    new: HashSet<Uuid>,
    restored: Restored,
}

impl<'a> Intake<'a> {
    pub(super) fn new(into: &'a dyn Store) -> Self {
        Self {
            into,
            waiting: Vec::new(),
            new: HashSet::new(),
            restored: Restored::default(),
        }
    }

    pub(super) async fn people(&mut self, people: Vec<Person>) -> Result<(), StoreError> {
        self.restored.people += people.len() as u64;
        self.into.upsert_people(people).await
    }

    /// Accounts come without passwords, and one that is there already stays as it is.
    pub(super) async fn accounts(&mut self, accounts: Vec<Account>) -> Result<(), StoreError> {
        let store = self.into.account_store();
        let known = store.accounts().await?;
        let is_new = |account: &Account| {
            !known
                .iter()
                .any(|k| k.person == account.person || k.login == account.login)
        };
        for account in accounts.into_iter().filter(is_new) {
            self.new.insert(account.person);
            store
                .put_account(Account {
                    password: None,
                    ..account
                })
                .await?;
        }
        Ok(())
    }

    /// Identities come with the accounts that are new: nobody who is there already gets another way to
    /// be signed in as. One that is linked already stays as it is.
    pub(super) async fn identities(&mut self, identities: Vec<Identity>) -> Result<(), StoreError> {
        let store = self.into.account_store();
        for identity in identities {
            if !self.new.contains(&identity.person) {
                continue;
            }
            match store.add_identity(identity).await {
                Ok(()) | Err(StoreError::KeyTaken { .. }) => {}
                Err(error) => return Err(error),
            }
        }
        Ok(())
    }

    pub(super) async fn records(&mut self, records: Vec<Record>) -> Result<(), StoreError> {
        for record in records {
            self.push(record)?;
            // The last one stays, its next record may be about to come.
            if self.waiting.len() > TOGETHER {
                let complete = self.waiting.drain(..TOGETHER).collect();
                self.append(complete).await?;
            }
        }
        Ok(())
    }

    pub(super) async fn finish(mut self) -> Result<Restored, StoreError> {
        let rest = std::mem::take(&mut self.waiting);
        self.append(rest).await?;
        Ok(self.restored)
    }

    fn push(&mut self, record: Record) -> Result<(), StoreError> {
        let Record {
            stream,
            seq,
            at,
            command,
            payload,
            link: _,
        } = record;
        let after = seq.checked_sub(1).ok_or_else(|| StoreError::Corrupt {
            what: format!("stream {stream} has a record 0"),
        })?;
        match self.waiting.last_mut() {
            Some(last) if last.stream == stream && last.command == command => {
                last.payloads.push(payload.as_ref().to_owned());
            }
            _ => {
                let payloads = vec![payload.as_ref().to_owned()];
                self.waiting.push(Append {
                    stream,
                    after,
                    command,
                    at,
                    payloads,
                });
            }
        }
        Ok(())
    }

    async fn append(&mut self, appends: Vec<Append>) -> Result<(), StoreError> {
        for appended in self.into.append_all(appends).await {
            if let Appended::Stored { first, last } = appended? {
                self.restored.records += last + 1 - first;
            }
        }
        Ok(())
    }
}
