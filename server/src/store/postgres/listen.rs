//! Messages between processes, through `PostgreSQL`'s notifications.
//!
//! A message only says how far a stream goes; the records are read from the journal. So a lost
//! message is made good by the next one, and a lost connection by reading all heads once.

use std::{sync::Arc, time::Duration};

use sqlx::{Executor as _, PgConnection, PgPool, postgres::PgListener};
use tokio::{
    task::JoinHandle,
    time::{sleep, timeout},
};
use uuid::Uuid;

use super::{
    super::{StoreError, error::failed},
    announce::Announcer,
};

const CHANNEL: &str = "startklar";

/// How long it may be quiet before the connection is tried: a cut line is silent too.
const QUIET: Duration = Duration::from_secs(20);

/// How long a try may take.
const PATIENCE: Duration = Duration::from_secs(5);

/// How long to wait before connecting again, at first and at most.
const PAUSE: (Duration, Duration) = (Duration::from_millis(100), Duration::from_secs(5));

/// What one process tells the others.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Message<'a> {
    /// The stream goes up to `last` now.
    Appended { stream: &'a str, last: u64 },
    /// The stream is gone.
    Discarded { stream: &'a str },
    /// The directory of people changed.
    People,
}

impl<'a> Message<'a> {
    /// Short enough for a notification, since the names of streams are.
    pub(super) fn to_text(self, origin: Uuid) -> String {
        match self {
            Self::Appended { stream, last } => format!("{origin} appended {last} {stream}"),
            Self::Discarded { stream } => format!("{origin} discarded 0 {stream}"),
            Self::People => format!("{origin} people 0 "),
        }
    }

    pub(super) fn from_text(text: &'a str) -> Option<(Uuid, Self)> {
        let mut parts = text.splitn(4, ' ');
        let origin = parts.next()?.parse().ok()?;
        let (kind, last, stream) = (parts.next()?, parts.next()?.parse().ok()?, parts.next()?);
        let message = match kind {
            "appended" => Self::Appended { stream, last },
            "discarded" => Self::Discarded { stream },
            "people" => Self::People,
            _ => return None,
        };
        Some((origin, message))
    }
}

/// Sends messages when, and only when, the transaction commits.
pub(super) async fn notify(
    connection: &mut PgConnection,
    messages: &[String],
) -> Result<(), sqlx::Error> {
    let query = sqlx::query("select pg_notify($1, message) from unnest($2::text[]) as message");
    query
        .bind(CHANNEL)
        .bind(messages)
        .execute(connection)
        .await
        .map(drop)
}

/// Listens from now on, in a task of its own, until that is aborted.
pub(super) async fn start(
    pool: PgPool,
    announcer: Arc<Announcer>,
) -> Result<JoinHandle<()>, StoreError> {
    let listener = connect(&pool)
        .await
        .map_err(failed("listening for other processes"))?;
    announcer.begin().await?;
    Ok(tokio::spawn(listen(pool, announcer, listener)))
}

async fn connect(pool: &PgPool) -> Result<PgListener, sqlx::Error> {
    let mut listener = PgListener::connect_with(pool).await?;
    // A lost connection is to be heard of: there is something to catch up on.
    listener.eager_reconnect(false);
    listener.listen(CHANNEL).await?;
    Ok(listener)
}

async fn listen(pool: PgPool, announcer: Arc<Announcer>, mut listener: PgListener) {
    loop {
        let lost = hear(&mut listener, &announcer).await;
        tracing::warn!(reason = lost, "store.listener_lost");
        drop(listener);
        listener = reconnect(&pool, &announcer).await;
        tracing::info!("store.listener_back");
    }
}

/// Passes messages on until the connection is lost; says why it is.
async fn hear(listener: &mut PgListener, announcer: &Announcer) -> String {
    loop {
        if announcer.take_missed() {
            return "news were missed".to_owned();
        }
        match timeout(QUIET, listener.try_recv()).await {
            Ok(Ok(Some(message))) => {
                if let Err(error) = announcer.heard(message.payload()).await {
                    return error.to_string();
                }
            }
            Ok(Ok(None)) => return "the connection was closed".to_owned(),
            Ok(Err(error)) => return error.to_string(),
            Err(_) => match timeout(PATIENCE, listener.execute("select 1")).await {
                Ok(Ok(_)) => {}
                Ok(Err(error)) => return error.to_string(),
                Err(_) => return "the connection is silent".to_owned(),
            },
        }
    }
}

/// Tries until it listens again and nothing is left to catch up on.
async fn reconnect(pool: &PgPool, announcer: &Announcer) -> PgListener {
    let (mut pause, longest) = PAUSE;
    loop {
        sleep(pause).await;
        pause = (pause * 2).min(longest);
        let listener = match connect(pool).await {
            Ok(listener) => listener,
            Err(error) => {
                tracing::warn!(%error, "store.listener_still_lost");
                continue;
            }
        };
        match announcer.catch_up().await {
            Ok(()) => return listener,
            Err(error) => tracing::warn!(%error, "store.listener_still_lost"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn messages_come_back_as_they_went() {
        let origin = Uuid::from_u128(7);
        for message in [
            Message::Appended {
                stream: "a launch: née \"x\"",
                last: u64::MAX,
            },
            Message::Discarded { stream: "sample" },
            Message::People,
        ] {
            let text = message.to_text(origin);
            assert_eq!(Message::from_text(&text), Some((origin, message)));
        }
    }

    #[test]
    fn the_longest_message_fits() {
        let stream = "x".repeat(super::super::super::MAX_STREAM_BYTES);
        let message = Message::Appended {
            stream: &stream,
            last: u64::MAX,
        };
        assert!(message.to_text(Uuid::nil()).len() < 8000);
    }

    #[test]
    fn nonsense_is_no_message() {
        for text in [
            "",
            "hello",
            "x appended 1 a",
            "00000000-0000-0000-0000-000000000000 sing 1 a",
        ] {
            assert_eq!(Message::from_text(text), None, "{text}");
        }
    }
}
