//! Tells this process's subscribers what this and other processes stored, in order.
//!
//! Own records arrive here from the writer, those of others as a message that only says how far a
//! stream goes now. Either may overtake the other. So for each stream it is remembered how far it
//! was told, and whatever lies between is read from the journal first.

use std::{
    collections::{HashMap, HashSet},
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
};

use sqlx::PgPool;
use tokio::sync::{Mutex, broadcast};
use uuid::Uuid;

use super::{
    super::{NEWS, News, PAGE, Record, StoreError},
    heads,
    listen::Message,
    read,
};

/// How far each stream was told.
type Told = HashMap<String, u64>;

/// Tells subscribers, each record once.
pub(super) struct Announcer {
    pool: PgPool,
    /// Marks this process's messages.
    origin: Uuid,
    news: broadcast::Sender<News>,
    told: Mutex<Told>,
    /// Whether own records could not be told.
    missed: AtomicBool,
}

impl Announcer {
    pub(super) fn new(pool: PgPool) -> Self {
        let (news, _) = broadcast::channel(NEWS);
        Self {
            pool,
            origin: Uuid::new_v4(),
            news,
            told: Mutex::default(),
            missed: AtomicBool::new(false),
        }
    }

    pub(super) fn subscribe(&self) -> broadcast::Receiver<News> {
        self.news.subscribe()
    }

    /// Sends news. That nobody listens is no failure.
    pub(super) fn tell(&self, news: News) {
        let _ = self.news.send(news);
    }

    /// The text of a message, marked as this process's.
    pub(super) fn sign(&self, message: Message<'_>) -> String {
        message.to_text(self.origin)
    }

    /// Takes what is stored now as told. Called once, when the store is opened.
    pub(super) async fn begin(&self) -> Result<(), StoreError> {
        let heads = heads(&self.pool).await?;
        self.told
            .lock()
            .await
            .extend(heads.into_iter().map(|head| (head.stream, head.seq)));
        Ok(())
    }

    /// Tells what this process stored.
    pub(super) async fn appended(&self, stored: Vec<Arc<Vec<Record>>>) {
        let mut told = self.told.lock().await;
        for records in stored {
            if let Err(error) = self.tell_own(&mut told, records).await {
                tracing::warn!(%error, "store.news_missed");
                self.missed.store(true, Ordering::Relaxed);
            }
        }
    }

    /// Whether there is something to catch up on that no message will tell of. Asking clears it.
    pub(super) fn take_missed(&self) -> bool {
        self.missed.swap(false, Ordering::Relaxed)
    }

    /// Tells that this process discarded a stream.
    pub(super) async fn discarded(&self, stream: &str) {
        self.told.lock().await.remove(stream);
        self.tell(News::Discarded(stream.into()));
    }

    /// Takes in a message.
    pub(super) async fn heard(&self, text: &str) -> Result<(), StoreError> {
        let Some((origin, message)) = Message::from_text(text) else {
            tracing::warn!(text, "store.message_not_understood");
            return Ok(());
        };
        // Own news was told when it was stored. To take it from here as well could tell of a stream
        // that is gone by now.
        if origin == self.origin {
            return Ok(());
        }
        match message {
            Message::Appended { stream, last } => {
                let mut told = self.told.lock().await;
                self.tell_up_to(&mut told, stream, last).await?;
            }
            Message::Discarded { stream } => self.discarded(stream).await,
            Message::People => self.tell(News::People),
        }
        Ok(())
    }

    /// Tells all that was missed while no messages came.
    pub(super) async fn catch_up(&self) -> Result<(), StoreError> {
        // Held while the heads are read: whatever was told before is in them.
        let mut told = self.told.lock().await;
        let heads = heads(&self.pool).await?;
        let live: HashSet<&str> = heads.iter().map(|head| head.stream.as_str()).collect();
        let gone: Vec<String> = told
            .keys()
            .filter(|stream| !live.contains(stream.as_str()))
            .cloned()
            .collect();
        for stream in gone {
            told.remove(&stream);
            self.tell(News::Discarded(stream.into()));
        }
        for head in &heads {
            self.tell_up_to(&mut told, &head.stream, head.seq).await?;
        }
        self.tell(News::People);
        Ok(())
    }

    async fn tell_own(&self, told: &mut Told, records: Arc<Vec<Record>>) -> Result<(), StoreError> {
        let (Some(first), Some(last)) = (records.first(), records.last()) else {
            return Ok(());
        };
        self.tell_up_to(told, &first.stream, first.seq - 1).await?;
        let known = told.entry(first.stream.clone()).or_default();
        if *known < first.seq {
            *known = last.seq;
            self.tell(News::Appended(records));
            return Ok(());
        }
        self.tell_up_to(told, &first.stream, last.seq).await
    }

    /// Reads and tells what is not told yet of a stream, at least up to `last`.
    async fn tell_up_to(&self, told: &mut Told, stream: &str, last: u64) -> Result<(), StoreError> {
        let mut known = told.get(stream).copied().unwrap_or_default();
        while known < last {
            let records = read(&self.pool, stream, known, Some(PAGE)).await?;
            // Discarded in the meantime; the message about that will come.
            let Some(end) = records.last() else { break };
            known = end.seq;
            told.insert(stream.to_owned(), known);
            self.tell(News::Appended(Arc::new(records)));
        }
        Ok(())
    }
}
