//! Listens to the store: what this process and others append, discard, and call themselves.

use std::sync::{Arc, PoisonError, Weak};

use startklar::LaunchId;
use tokio::sync::broadcast::{Receiver, error::RecvError};
use tokio_util::sync::CancellationToken;

use super::{Failure, Launches};
use crate::store::News;

/// Passes on what the store tells, as long as the launches are there.
pub(super) async fn listen(
    launches: Weak<Launches>,
    mut news: Receiver<News>,
    stop: CancellationToken,
) {
    loop {
        let told = tokio::select! {
            told = news.recv() => told,
            () = stop.cancelled() => return,
        };
        let Some(launches) = launches.upgrade() else {
            return;
        };
        let taken = match told {
            Ok(told) => launches.hear(told).await,
            // Too much for a while: look at everything once instead.
            Err(RecvError::Lagged(_)) => launches.look().await,
            Err(RecvError::Closed) => return,
        };
        if let Err(error) = taken {
            tracing::error!(%error, "news.not_taken_in");
        }
    }
}

impl Launches {
    async fn hear(&self, news: News) -> Result<(), Failure> {
        match news {
            News::Appended(records) => {
                let Some(last) = records.last() else {
                    return Ok(());
                };
                if let Ok(id) = last.stream.parse::<LaunchId>() {
                    if let Some(live) = self.cache.peek(&id) {
                        live.shared.hear(last.seq);
                    }
                    self.know(id, last.seq);
                }
            }
            News::Discarded(stream) => {
                if let Ok(id) = stream.parse::<LaunchId>() {
                    self.forget(&id);
                }
            }
            News::People => self.people.reload().await?,
        }
        Ok(())
    }

    /// Looks where every stream ends and who is known.
    pub(super) async fn look(self: &Arc<Self>) -> Result<(), Failure> {
        let heads = self.store.heads().await?;
        let heads = heads
            .into_iter()
            .filter_map(|head| Some((head.stream.parse().ok()?, head.seq)));
        *self.known.write().unwrap_or_else(PoisonError::into_inner) = heads.collect();
        for live in self.cache.all() {
            match self.head(live.id()) {
                0 => self.forget(live.id()),
                head => live.shared.hear(head),
            }
        }
        self.people.reload().await?;
        Ok(())
    }
}
