//! A store that fails now and then: what is not stored did not happen, for nobody.

use std::{
    path::Path,
    sync::atomic::{AtomicUsize, Ordering},
};

use async_trait::async_trait;
use tokio::{sync::broadcast, task::JoinSet};

use super::*;
use crate::store::{
    AccountStore, Append, Appended, FactorStore, FileStore, FollowStore, Head, MailStore, News,
    PasskeyStore, Person, Progress, Record, Snapshot, StoreError,
};

/// Fails each so many appends: before they are stored, or after.
struct Flaky {
    store: Arc<dyn Store>,
    each: AtomicUsize,
    count: AtomicUsize,
    stored: bool,
}

impl Flaky {
    fn fails(&self) -> bool {
        let each = self.each.load(Ordering::SeqCst);
        each > 0 && self.count.fetch_add(1, Ordering::SeqCst) % each == each - 1
    }
}

fn broken() -> StoreError {
    StoreError::Unavailable {
        doing: "a test",
        source: Arc::new(std::io::Error::other("pulled")),
    }
}

#[async_trait]
impl Store for Flaky {
    async fn append(&self, append: Append) -> Result<Appended, StoreError> {
        match self.fails() {
            false => self.store.append(append).await,
            true if self.stored => self.store.append(append).await.and(Err(broken())),
            true => Err(broken()),
        }
    }
    async fn append_all(&self, appends: Vec<Append>) -> Vec<Result<Appended, StoreError>> {
        let mut answers = Vec::new();
        for append in appends {
            answers.push(self.append(append).await);
        }
        answers
    }
    async fn read(
        &self,
        s: &str,
        after: u64,
        limit: Option<u32>,
    ) -> Result<Vec<Record>, StoreError> {
        self.store.read(s, after, limit).await
    }
    async fn read_with_gaps(
        &self,
        s: &str,
        after: u64,
        limit: Option<u32>,
    ) -> Result<Vec<Record>, StoreError> {
        self.store.read_with_gaps(s, after, limit).await
    }
    async fn heads(&self) -> Result<Vec<Head>, StoreError> {
        self.store.heads().await
    }
    fn account_store(&self) -> &dyn AccountStore {
        self.store.account_store()
    }

    fn factor_store(&self) -> &dyn FactorStore {
        self.store.factor_store()
    }

    fn passkey_store(&self) -> &dyn PasskeyStore {
        self.store.passkey_store()
    }

    fn follow_store(&self) -> &dyn FollowStore {
        self.store.follow_store()
    }

    fn mail_store(&self) -> &dyn MailStore {
        self.store.mail_store()
    }

    fn file_store(&self) -> &dyn FileStore {
        self.store.file_store()
    }
    async fn discard(&self, stream: &str) -> Result<bool, StoreError> {
        self.store.discard(stream).await
    }
    async fn put_snapshot(&self, s: &str, seq: u64, payload: Vec<u8>) -> Result<(), StoreError> {
        self.store.put_snapshot(s, seq, payload).await
    }
    async fn latest_snapshot(
        &self,
        s: &str,
        m: Option<u64>,
    ) -> Result<Option<Snapshot>, StoreError> {
        self.store.latest_snapshot(s, m).await
    }
    async fn drop_snapshots(&self) -> Result<(), StoreError> {
        self.store.drop_snapshots().await
    }
    async fn upsert_people(&self, people: Vec<Person>) -> Result<(), StoreError> {
        self.store.upsert_people(people).await
    }
    async fn people(&self) -> Result<Vec<Person>, StoreError> {
        self.store.people().await
    }
    async fn erase_person(&self, id: Uuid) -> Result<bool, StoreError> {
        self.store.erase_person(id).await
    }
    fn subscribe(&self) -> broadcast::Receiver<News> {
        self.store.subscribe()
    }
    async fn ping(&self) -> Result<(), StoreError> {
        self.store.ping().await
    }
    async fn backup(
        &self,
        to: &Path,
        p: &(dyn Fn(Progress) + Send + Sync),
    ) -> Result<(), StoreError> {
        self.store.backup(to, p).await
    }
    async fn close(&self) {
        self.store.close().await;
    }
}

/// A crowd ticks while appends fail; whoever is told of a failure sends the same again.
async fn survives(stored: bool) {
    let store = store::open("sqlite::memory:").await.unwrap();
    let flaky = Arc::new(Flaky {
        store: Arc::clone(&store),
        each: AtomicUsize::new(0),
        count: AtomicUsize::new(0),
        stored,
    });
    let desk = Arc::new(Desk::on(Arc::clone(&flaky) as _, Sharing::Alone).await);
    flaky.each.store(7, Ordering::SeqCst);
    let before = desk.live.launch().revision;
    let items = desk.plain_items();
    let mut crowd = JoinSet::new();
    for item in items.clone() {
        let desk = Arc::clone(&desk);
        crowd.spawn(async move {
            let id = new_id();
            loop {
                match desk.send_as(desk.me, id, tick(&item), None, now()).await {
                    Ok(done) => return done.revision,
                    Err(Failure::Store(_)) => {}
                    Err(other) => panic!("{other}"),
                }
            }
        });
    }
    let mut done = crowd.join_all().await;
    done.sort_unstable();
    let expected: Vec<u64> = (before + 1..=before + items.len() as u64).collect();
    assert_eq!(done, expected);
    let other = open(&store, Sharing::Alone).await;
    assert!(*other.get(desk.id()).await.unwrap().launch() == *desk.live.launch());
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_failed_before_it_was_stored_happens_once() {
    survives(false).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_failed_after_it_was_stored_happens_once() {
    survives(true).await;
}
