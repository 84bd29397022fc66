//! The live stream: what happens to a launch, as it happens. It begins where the reader is and has
//! neither gap nor double, however slow the reader and however often the connection breaks.

use std::{convert::Infallible, sync::Arc, time::Duration};

use axum::{
    Extension,
    body::Body,
    extract::{Path, Query, State},
    http::{StatusCode, header},
    response::{IntoResponse as _, Response},
};
use bytes::{Bytes, BytesMut};
use futures_util::stream;
use prometheus::IntGauge;
use tokio::{
    sync::{
        OwnedSemaphorePermit,
        broadcast::{
            Receiver,
            error::{RecvError, TryRecvError},
        },
    },
    time::{Interval, MissedTickBehavior, interval},
};

use super::{
    Answer, At, Caller,
    wire::{After, ProblemDocument},
};
use crate::{
    http::{
        App,
        identify::{self, Who},
        problem::Problem,
    },
    launches::{Frame, Live},
    texts,
};

/// Between two comments that keep the connection open while nothing happens.
const ALIVE: Duration = Duration::from_secs(15);

/// Lines that are read at once for a reader who is behind.
const PAGE: usize = 500;

/// Bytes that are sent in one piece, when a reader is slower than the launch.
const PIECE: usize = 64 * 1024;

/// Follows a launch live, as server-sent events: `id` is the number of the event, `data` the line of
/// the journal.
#[utoipa::path(
    get, path = "/launches/{id}/events", tag = "journal",
    params(
        ("id" = String, Path, description = "The launch's id."),
        ("after" = Option<u64>, Query, description = "Events above this number; those to come when not given."),
        ("Last-Event-ID" = Option<u64>, Header, description = "The same, as browsers send it."),
    ),
    responses(
        (status = 200, description = "The stream.", body = String, content_type = "text/event-stream"),
        (status = 404, description = "There is no such launch.", body = ProblemDocument, content_type = "application/problem+json"),
        (status = 503, description = "Too many follow already.", body = ProblemDocument, content_type = "application/problem+json"),
    )
)]
pub(super) async fn follow_launch(
    State(app): At,
    caller: Caller,
    Extension(who): Extension<Who>,
    Path(id): Path<String>,
    query: Result<Query<After>, axum::extract::rejection::QueryRejection>,
) -> Answer {
    let Query(wish) = query.map_err(|error| Problem::unreadable(caller.locale(), &error))?;
    let id = caller.launch(&app, &id)?;
    let live = app.launches.get(&id).await.map_err(caller.problem(&app))?;
    let Ok(room) = Arc::clone(&app.streams).try_acquire_owned() else {
        let detail = texts::of(caller.locale()).too_many_streams;
        return Err(Problem::new(
            StatusCode::SERVICE_UNAVAILABLE,
            "busy",
            detail,
        ));
    };
    let last = caller
        .headers
        .get("last-event-id")
        .and_then(|id| id.to_str().ok()?.parse().ok());
    let after = last.or(wish.after);
    Ok(respond(Follower::new(app, who, live, after, room)))
}

fn respond(follower: Follower) -> Response {
    let begun = Bytes::from_static(b"retry: 2000\n\n");
    let frames = stream::unfold(
        (follower, Some(begun)),
        |(mut follower, begun)| async move {
            let bytes = match begun {
                Some(begun) => begun,
                None => follower.next().await?,
            };
            Some((Ok::<_, Infallible>(bytes), (follower, None)))
        },
    );
    let headers = [
        (header::CONTENT_TYPE, "text/event-stream"),
        (header::CACHE_CONTROL, "no-store"),
        (header::HeaderName::from_static("x-accel-buffering"), "no"),
    ];
    (headers, Body::from_stream(frames)).into_response()
}

/// Somebody who follows a launch.
struct Follower {
    app: App,
    who: Who,
    live: Arc<Live>,
    frames: Receiver<Frame>,
    /// The last event that was sent.
    last: u64,
    /// An event that exists, so that whatever lies before it can be read from the journal.
    behind: u64,
    alive: Interval,
    _open: Open,
    _room: OwnedSemaphorePermit,
}

/// Counts the stream as long as it is open.
struct Open(IntGauge);

impl Drop for Open {
    fn drop(&mut self) {
        self.0.dec();
    }
}

impl Follower {
    fn new(
        app: App,
        who: Who,
        live: Arc<Live>,
        after: Option<u64>,
        room: OwnedSemaphorePermit,
    ) -> Self {
        let (revision, frames) = live.listen();
        let mut alive = interval(ALIVE);
        alive.set_missed_tick_behavior(MissedTickBehavior::Delay);
        alive.reset();
        app.metrics.streams.inc();
        Self {
            _open: Open(app.metrics.streams.clone()),
            _room: room,
            // A number beyond the end is of another life of this launch.
            last: after.unwrap_or(revision).min(revision),
            behind: revision,
            app,
            who,
            live,
            frames,
            alive,
        }
    }

    /// The next bytes to send; `None` when the stream is over.
    async fn next(&mut self) -> Option<Bytes> {
        loop {
            if self.last < self.behind {
                return self.catch_up().await;
            }
            tokio::select! {
                () = self.app.stop.cancelled() => return None,
                () = self.live.gone() => return None,
                frame = self.frames.recv() => match frame {
                    Ok(frame) => {
                        if let Some(bytes) = self.take(&frame) {
                            return Some(self.gather(bytes));
                        }
                    }
                    Err(RecvError::Lagged(_)) => self.behind = self.live.launch().revision,
                    Err(RecvError::Closed) => return None,
                },
                _ = self.alive.tick() => {
                    let goes_on = identify::goes_on(&self.app, &self.who).await;
                    return goes_on.then_some(Bytes::from_static(b": alive\n\n"));
                }
            }
        }
    }

    /// Reads what the reader lacks from the journal.
    async fn catch_up(&mut self) -> Option<Bytes> {
        let lines = self.app.launches.lines(&self.live, self.last, PAGE).await;
        match lines.map(|lines| Frame::of(&lines)) {
            Ok(Some(frame)) => {
                self.last = frame.last;
                Some(frame.bytes)
            }
            Ok(None) => None,
            Err(error) => {
                // The reader comes again, and says where it is.
                tracing::warn!(launch = %self.live.id(), %error, "events.not_caught_up");
                None
            }
        }
    }

    /// The bytes of a frame that follows on what was sent.
    fn take(&mut self, frame: &Frame) -> Option<Bytes> {
        if frame.last <= self.last {
            return None;
        }
        if frame.first != self.last + 1 {
            self.behind = frame.last;
            return None;
        }
        self.last = frame.last;
        Some(frame.bytes.clone())
    }

    /// Adds the frames that wait already, so that a reader who is slow gets them in one piece.
    fn gather(&mut self, first: Bytes) -> Bytes {
        if self.frames.is_empty() {
            return first;
        }
        let mut all = BytesMut::from(first);
        while all.len() < PIECE && self.last >= self.behind {
            match self.frames.try_recv() {
                Ok(frame) => {
                    if let Some(bytes) = self.take(&frame) {
                        all.extend_from_slice(&bytes);
                    }
                }
                Err(TryRecvError::Lagged(_)) => self.behind = self.live.launch().revision,
                Err(_) => break,
            }
        }
        all.freeze()
    }
}
