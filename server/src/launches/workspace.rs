//! What holds in the workspace: decided and appended to a stream of its own, adopted by launches.
//!
//! Few change it and seldom, so there is no task that writes it: who comes second decides anew.

use std::sync::{Arc, PoisonError, RwLock};

use futures_util::{StreamExt as _, TryStreamExt as _, stream};
use startklar::{
    Actor, Command, CommandId, Launch, LaunchId, Refusal, rights,
    time::Instant,
    workspace::{self, Effect, Event, Recorded, Workspace},
};

use startklar_app::decision::Beside;

use super::{Change, Done, Failure, Launches, Submission};
use crate::store::{Append, Appended, Record, StoreError};

/// The workspace's stream. No launch can have this id, so nothing takes it for one.
const STREAM: &str = "_workspace";

/// How often a command is decided anew when others come first.
const TRIES: usize = 8;

/// Launches that are looked at side by side.
const TOGETHER: usize = 4;

/// The workspace as it was when somebody last looked.
#[derive(Default)]
pub(super) struct Known(RwLock<Arc<Workspace>>);

impl Known {
    fn get(&self) -> Arc<Workspace> {
        Arc::clone(&self.0.read().unwrap_or_else(PoisonError::into_inner))
    }

    fn put(&self, workspace: &Arc<Workspace>) {
        let mut known = self.0.write().unwrap_or_else(PoisonError::into_inner);
        if workspace.revision > known.revision {
            *known = Arc::clone(workspace);
        }
    }
}

/// A launch that would change if it adopted the policy.
#[derive(Debug, Clone)]
pub struct Affected {
    /// Its id.
    pub id: LaunchId,
    /// What it is called.
    pub title: String,
    /// What would change.
    pub effect: Effect,
}

/// A line that was stored.
fn read(stored: &Record) -> Result<Recorded, Failure> {
    Recorded::read(&stored.payload).map_err(|error| {
        let what = format!("stream {}, record {}: {error}", stored.stream, stored.seq);
        Failure::Store(StoreError::Corrupt { what })
    })
}

impl Launches {
    /// The workspace as it stands. What others have appended is asked for each time: it is little.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub async fn workspace(&self) -> Result<Arc<Workspace>, Failure> {
        let known = self.governed.get();
        let records = self.store.read(STREAM, known.revision, None).await?;
        if records.is_empty() {
            return Ok(known);
        }
        let mut workspace = Workspace::clone(&known);
        for stored in &records {
            workspace.apply(&read(stored)?);
        }
        let workspace = Arc::new(workspace);
        self.governed.put(&workspace);
        Ok(workspace)
    }

    /// Its whole journal, the oldest line first.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub async fn workspace_journal(&self) -> Result<Vec<Recorded>, Failure> {
        let records = self.store.read(STREAM, 0, None).await?;
        records.iter().map(read).collect()
    }

    /// Changes what holds in the workspace. What comes back is durable.
    ///
    /// # Errors
    /// What the rules refuse; [`Failure::Changed`] when somebody changed the same after `seen`, the
    /// last event that whoever asks has looked at.
    pub async fn govern(
        &self,
        command: &workspace::Command,
        id: CommandId,
        seen: Option<u64>,
        actor: Actor,
        now: Instant,
    ) -> Result<Arc<Workspace>, Failure> {
        let by = actor.id().ok_or(Refusal::NobodyActs)?;
        for _ in 0..TRIES {
            let workspace = self.workspace().await?;
            let events = workspace::decide(&workspace, command, &actor)?;
            if events.is_empty() {
                return Ok(workspace);
            }
            if self.is_repeated(id, &events).await? {
                return Ok(workspace);
            }
            is_seen(&workspace, command, seen)?;
            let at = workspace.touched.map_or(now, |last| last.max(now));
            let numbered = (workspace.revision + 1..).zip(events);
            let payloads = numbered.map(|(seq, event)| {
                let record = Recorded {
                    v: workspace::VERSION,
                    seq,
                    at,
                    by,
                    command: id,
                    event,
                };
                let written = record.write();
                written.map_err(|error| Failure::Broken(error.to_string()))
            });
            let append = Append {
                stream: STREAM.to_owned(),
                after: workspace.revision,
                command: id.0,
                at,
                payloads: payloads.collect::<Result<_, _>>()?,
            };
            match self.store.append(append).await {
                Ok(Appended::Stored { .. }) => return self.workspace().await,
                // Of the same moment, or another process was first: look at what stands now.
                Ok(Appended::Repeated { .. }) | Err(StoreError::Conflict { .. }) => {}
                Err(error) => return Err(error.into()),
            }
        }
        Err(Failure::Busy)
    }

    /// Whether this very thing has happened before, under this id.
    async fn is_repeated(&self, id: CommandId, events: &[Event]) -> Result<bool, Failure> {
        let journal = self.workspace_journal().await?;
        let earlier = journal.iter().filter(|record| record.command == id);
        let earlier: Vec<_> = earlier.map(|record| &record.event).collect();
        if earlier.is_empty() {
            return Ok(false);
        }
        if earlier.into_iter().eq(events) {
            Ok(true)
        } else {
            Err(Failure::IdUsed)
        }
    }

    /// The launches under way that do not demand all of the policy yet, by their titles.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub async fn affected(&self, now: Instant) -> Result<Vec<Affected>, Failure> {
        let workspace = self.workspace().await?;
        if workspace.policy.is_empty() {
            return Ok(Vec::new());
        }
        let policy = &workspace.policy;
        let affected = stream::iter(self.ids())
            .map(|id| async move {
                match self.peek(&id).await {
                    Ok(launch) if launch.launched.is_some() => Ok(None),
                    Ok(launch) => Ok(Effect::of(&launch, policy, now).map(|effect| Affected {
                        title: launch.title().to_owned(),
                        id,
                        effect,
                    })),
                    // It was thrown away in the meantime.
                    Err(Failure::NoLaunch) => Ok(None),
                    Err(failure) => Err(failure),
                }
            })
            .buffered(TOGETHER)
            .try_filter_map(|one| async move { Ok::<_, Failure>(one) });
        let mut affected: Vec<Affected> = affected.try_collect().await?;
        affected.sort_by_key(|one| one.title.to_lowercase());
        Ok(affected)
    }

    /// The other launches that are still to come, by their moments.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub async fn beside(&self, id: &LaunchId) -> Result<Vec<Beside>, Failure> {
        let others = self.ids().into_iter().filter(|other| other != id);
        let beside = stream::iter(others)
            .map(|id| async move {
                match self.peek(&id).await {
                    Ok(launch) => Ok(ahead(id, &launch)),
                    // It was thrown away in the meantime.
                    Err(Failure::NoLaunch) => Ok(None),
                    Err(failure) => Err(failure),
                }
            })
            .buffered(TOGETHER)
            .try_filter_map(|one| async move { Ok::<_, Failure>(one) });
        let mut beside: Vec<Beside> = beside.try_collect().await?;
        beside.sort_by_key(|one| one.at);
        Ok(beside)
    }

    /// Has a launch adopt the policy.
    ///
    /// # Errors
    /// What the rules refuse; [`Failure::NoLaunch`] when there is none with this id.
    pub async fn adopt(
        &self,
        id: &LaunchId,
        command: CommandId,
        actor: Actor,
        now: Instant,
    ) -> Result<Done, Failure> {
        // Before the launch is looked for: who may not learns nothing of it.
        rights::governs(&actor)?;
        let policy = self.workspace().await?.policy.clone();
        let submission = Submission {
            id: command,
            command: Command::AdoptPolicy(policy),
            seen: None,
            only_at: None,
        };
        self.submit(id, submission, actor, now).await
    }
}

/// A launch beside another; none where it was launched.
fn ahead(id: LaunchId, launch: &Launch) -> Option<Beside> {
    let schedule = launch.schedule.as_ref();
    let schedule = schedule.filter(|_| launch.launched.is_none())?;
    Some(Beside {
        id,
        title: schedule.title.to_string(),
        at: schedule.moment,
    })
}

/// Refuses to overwrite what whoever asks has not looked at.
fn is_seen(
    workspace: &Workspace,
    command: &workspace::Command,
    seen: Option<u64>,
) -> Result<(), Failure> {
    let json = |value| serde_json::to_value(value).map_err(|e| Failure::Broken(e.to_string()));
    match (workspace.policy_set, seen) {
        (Some((seq, stamp)), Some(seen)) if seq > seen => Err(Failure::Changed(Box::new(Change {
            seq,
            by: stamp.by,
            at: stamp.at,
            theirs: json(&workspace::Command::SetPolicy(workspace.policy.clone()))?,
            yours: json(command)?,
        }))),
        _ => Ok(()),
    }
}
