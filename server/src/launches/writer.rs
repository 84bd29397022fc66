//! The task that writes one launch: decides what has queued up, appends it together, answers.
//!
//! While one batch is being made durable the next queues up, so many clients share a commit. Within
//! a batch each command is decided against what those before it would change. Nobody is answered
//! before that is durable, not even with a refusal: it may rest on an event that is not there in the
//! end. When an append does not go as planned, everything that was decided after it is decided anew.

use std::{sync::Arc, time::Duration};

use startklar::{CommandId, Launch, PersonId, Recorded, decide, journal::VERSION, time::Instant};
use tokio::sync::mpsc;

use super::{
    Failure,
    commands::Commands,
    edits, files, folding,
    journal::Entry,
    live::{Done, Job, Shared},
};
use crate::{
    metrics::Metrics,
    store::{Append, Appended, Store, StoreError},
};

/// Commands that are decided together at most.
const TOGETHER: usize = 128;

/// How long a command is decided anew when other processes keep coming first.
const PATIENCE: Duration = Duration::from_secs(5);

/// Events between two snapshots.
const SNAPSHOT: u64 = 500;

/// What the task works with.
pub(super) struct Writer {
    pub(super) shared: Arc<Shared>,
    pub(super) store: Arc<dyn Store>,
    pub(super) metrics: Arc<Metrics>,
    /// Whether no other process appends to this store. Otherwise appends go one by one: an append
    /// of a batch whose predecessor lost against another process could by chance still fit on the
    /// end of the stream, though it was decided on what is not there.
    pub(super) alone: bool,
    /// The launch with everything that was decided, durable or not.
    tentative: Launch,
    commands: Commands,
}

/// What was decided about a job.
enum Step {
    /// These events shall happen.
    Append(Vec<Arc<Entry>>),
    /// It is over; the answer waits for what it rests on.
    Answer(Result<Done, Failure>),
    /// The same command is in this batch already: look again when that one is settled.
    Again,
}

impl Writer {
    pub(super) fn new(
        shared: Arc<Shared>,
        commands: Commands,
        store: Arc<dyn Store>,
        metrics: Arc<Metrics>,
        alone: bool,
    ) -> Self {
        let tentative = Launch::clone(&shared.launch());
        Self {
            shared,
            store,
            metrics,
            alone,
            tentative,
            commands,
        }
    }

    /// Works until nobody can send any more.
    pub(super) async fn run(mut self, mut queue: mpsc::Receiver<Job>) {
        let mut jobs = Vec::new();
        loop {
            tokio::select! {
                received = queue.recv_many(&mut jobs, TOGETHER) => {
                    if received == 0 {
                        return;
                    }
                    self.work(std::mem::take(&mut jobs)).await;
                }
                () = self.shared.wake.notified() => {
                    if self.shared.heard() > self.shared.revision()
                        && let Err(error) = self.catch_up().await
                    {
                        tracing::error!(launch = %self.shared.id, %error, "launch.not_caught_up");
                    }
                }
            }
        }
    }

    async fn work(&mut self, jobs: Vec<Job>) {
        if self.alone {
            return self.batch(jobs).await;
        }
        for job in jobs {
            self.batch(vec![job]).await;
        }
    }

    async fn batch(&mut self, mut jobs: Vec<Job>) {
        let began = std::time::Instant::now();
        while began.elapsed() < PATIENCE {
            if self.shared.gone.is_cancelled() {
                return answer_all(jobs, &Failure::NoLaunch);
            }
            if self.shared.heard() > self.shared.revision()
                && let Err(failure) = self.catch_up().await
            {
                return answer_all(jobs, &failure);
            }
            jobs = self.round(jobs).await;
            if jobs.is_empty() {
                return;
            }
        }
        // Others were faster each time.
        answer_all(jobs, &Failure::Busy);
    }

    /// Decides the jobs, appends what follows, answers. Gives back those to be decided anew.
    async fn round(&mut self, jobs: Vec<Job>) -> Vec<Job> {
        let mut steps = Vec::with_capacity(jobs.len());
        let mut here: Vec<CommandId> = Vec::new();
        for job in &jobs {
            let id = job.submission.id;
            let step = if here.contains(&id) {
                Step::Again
            } else {
                self.step(job).await
            };
            if matches!(step, Step::Append(_)) {
                here.push(id);
            }
            steps.push(step);
        }
        let appends = steps
            .iter()
            .zip(&jobs)
            .filter_map(|(step, job)| match step {
                Step::Append(lines) => Some(self.append(lines, job.submission.id)),
                _ => None,
            });
        let appends: Vec<Append> = appends.collect();
        let answers = match appends.len() {
            0 => Vec::new(),
            // A single one does not wait for others.
            1 => vec![self.append_one(appends).await],
            _ => self.store.append_all(appends).await,
        };
        self.settle(jobs, steps, answers).await
    }

    async fn append_one(&self, appends: Vec<Append>) -> Result<Appended, StoreError> {
        let [append] = <[Append; 1]>::try_from(appends).map_err(|_| StoreError::Closed)?;
        self.store.append(append).await
    }

    fn append(&self, lines: &[Arc<Entry>], command: CommandId) -> Append {
        let first = lines.first().map_or(1, |line| line.record.seq);
        Append {
            stream: self.shared.id.to_string(),
            after: first - 1,
            command: command.0,
            at: lines.first().map(|line| line.record.at).unwrap_or_default(),
            payloads: lines.iter().map(|line| line.json.to_string()).collect(),
        }
    }

    /// Decides one job against what is decided so far.
    async fn step(&mut self, job: &Job) -> Step {
        let sent = &job.submission;
        if let Some(range) = self.commands.find(sent.id) {
            return Step::Answer(self.repeat(job, range).await);
        }
        match self.decide(job).await {
            Ok(lines) if !lines.is_empty() => {
                for line in &lines {
                    self.tentative.apply(&line.record);
                }
                Step::Append(lines)
            }
            // Nothing changes: that is done already.
            Ok(_) => Step::Answer(Ok(Done {
                revision: self.tentative.revision,
                lines: Vec::new(),
            })),
            Err(failure) => Step::Answer(match self.earlier(sent.id).await {
                Ok(Some(range)) => self.repeat(job, range).await,
                Ok(None) => Err(failure),
                Err(error) => Err(error.into()),
            }),
        }
    }

    async fn decide(&self, job: &Job) -> Result<Vec<Arc<Entry>>, Failure> {
        let sent = &job.submission;
        let launch = &self.tentative;
        if sent.only_at.is_some_and(|only| only != launch.revision) {
            return Err(Failure::Stale {
                revision: launch.revision,
            });
        }
        // Time never goes backwards within a stream, whatever the clock does.
        let at = launch.touched.map_or(job.now, |last| last.max(job.now));
        let events = decide(launch, &sent.command, &job.actor, at)?;
        let by = job.by().ok_or(startklar::Refusal::NobodyActs)?;
        // What a file's event says of its content is nobody's word: it must be there.
        files::are_there(&*self.store, self.shared.id.as_str(), &events, job.now).await?;
        if let Some(seen) = sent.seen
            && edits::is_edit(&sent.command)
        {
            self.check_edit(job, by, seen).await?;
        }
        let numbered = (launch.revision + 1..).zip(events);
        numbered
            .map(|(seq, event)| {
                let record = Recorded {
                    v: VERSION,
                    seq,
                    at,
                    by,
                    command: sent.id,
                    event,
                };
                Entry::new(record).map(Arc::new)
            })
            .collect()
    }

    /// Whether somebody else changed the same words after the sender last looked.
    async fn check_edit(&self, job: &Job, by: PersonId, seen: u64) -> Result<(), Failure> {
        if seen >= self.shared.revision() {
            return Ok(());
        }
        let lines = match self.shared.tail_after(seen, usize::MAX) {
            Some(lines) => lines,
            None => self.read(seen, None).await?,
        };
        let lines = lines.iter().map(AsRef::as_ref);
        match edits::clash(&job.submission.command, by, lines) {
            Some(change) => Err(Failure::Changed(Box::new(change))),
            None => Ok(()),
        }
    }

    /// Whether the stream holds a command already that was not seen here. The store tells a known
    /// command from a new one before it looks at numbers; no stream ends at the highest number, so
    /// this append is never stored.
    async fn earlier(&self, id: CommandId) -> Result<Option<(u64, u64)>, StoreError> {
        if self.alone && self.commands.are_all() {
            return Ok(None);
        }
        let question = Append {
            stream: self.shared.id.to_string(),
            after: u64::MAX,
            command: id.0,
            at: Instant::UNIX_EPOCH,
            payloads: vec!["null".to_owned()],
        };
        match self.store.append(question).await {
            Ok(Appended::Repeated { first, last } | Appended::Stored { first, last }) => {
                Ok(Some((first, last)))
            }
            Err(StoreError::Conflict { .. }) => Ok(None),
            Err(error) => Err(error),
        }
    }

    /// The answer to a command that happened before, if it is that one: an id that is used again
    /// for another must not make anybody believe that the other has happened.
    async fn repeat(&self, job: &Job, (first, last): (u64, u64)) -> Result<Done, Failure> {
        let many = usize::try_from(last - first + 1).unwrap_or(usize::MAX);
        let lines = match self.shared.tail_after(first - 1, many) {
            Some(lines) if lines.len() == many => lines,
            _ => self.read(first - 1, Some(many)).await?,
        };
        if !self.is_same(job, &lines).await? {
            return Err(Failure::IdUsed);
        }
        Ok(Done {
            revision: last,
            lines,
        })
    }

    /// Whether these lines are what the job would have led to, there and then.
    async fn is_same(&self, job: &Job, lines: &[Arc<Entry>]) -> Result<bool, Failure> {
        let Some(first) = lines.first().map(|line| &line.record) else {
            return Ok(true);
        };
        if job.by() != Some(first.by) {
            return Ok(false);
        }
        let stream = self.shared.id.as_str();
        let before = folding::fold_to(&*self.store, stream, first.seq - 1).await?;
        let events = decide(&before, &job.submission.command, &job.actor, first.at);
        Ok(events.is_ok_and(|events| events.iter().eq(lines.iter().map(|l| &l.record.event))))
    }

    async fn read(&self, after: u64, many: Option<usize>) -> Result<Vec<Arc<Entry>>, Failure> {
        let limit = many.map(|many| u32::try_from(many).unwrap_or(u32::MAX));
        let records = self
            .store
            .read(self.shared.id.as_str(), after, limit)
            .await?;
        records
            .iter()
            .map(|stored| Entry::read(stored).map(Arc::new))
            .collect()
    }

    /// Takes in what the store answered. Gives back the jobs to be decided anew.
    async fn settle(
        &mut self,
        jobs: Vec<Job>,
        steps: Vec<Step>,
        answers: Vec<Result<Appended, StoreError>>,
    ) -> Vec<Job> {
        let mut answers = answers.into_iter();
        let mut again = Vec::new();
        let mut durable: Vec<Arc<Entry>> = Vec::new();
        let mut replies = Vec::new();
        let mut as_planned = true;
        for (job, step) in jobs.into_iter().zip(steps) {
            match step {
                Step::Append(lines) => match answers.next() {
                    Some(Ok(Appended::Stored { last, .. })) => {
                        // After a failure of one before it, what lies between is not known here; all
                        // of it is read from the store.
                        if as_planned {
                            durable.extend(lines.iter().cloned());
                        }
                        replies.push((
                            job,
                            Ok(Done {
                                revision: last,
                                lines,
                            }),
                        ));
                    }
                    Some(Ok(Appended::Repeated { first, last })) => {
                        as_planned = false;
                        let answer = self.repeat(&job, (first, last)).await;
                        replies.push((job, answer));
                    }
                    Some(Err(StoreError::Conflict { .. })) => {
                        as_planned = false;
                        self.metrics.conflicts.inc();
                        again.push(job);
                    }
                    Some(Err(error)) => {
                        as_planned = false;
                        replies.push((job, Err(error.into())));
                    }
                    None => again.push(job),
                },
                Step::Answer(answer) if as_planned => replies.push((job, answer)),
                Step::Answer(_) | Step::Again => again.push(job),
            }
        }
        for line in &durable {
            self.commands.note(&line.record);
        }
        self.shared.publish(&durable);
        self.metrics.appended(durable.len(), replies.len());
        let caught_up = if as_planned {
            Ok(())
        } else {
            self.catch_up().await
        };
        for (job, answer) in replies {
            job.answer(answer);
        }
        self.keep_snapshot(durable.len());
        if let Err(failure) = caught_up {
            answer_all(std::mem::take(&mut again), &failure);
        }
        again
    }

    /// Reads what is stored beyond what is known here, and begins anew from there.
    async fn catch_up(&mut self) -> Result<(), Failure> {
        // First of all without what did not happen, even when the store does not answer.
        self.tentative = Launch::clone(&self.shared.launch());
        let lines = self.read(self.tentative.revision, None).await?;
        for line in &lines {
            self.commands.note(&line.record);
        }
        self.shared.publish(&lines);
        self.tentative = Launch::clone(&self.shared.launch());
        Ok(())
    }

    /// Keeps a snapshot now and then, beside the work: it only saves time later.
    fn keep_snapshot(&self, new: usize) {
        let revision = self.shared.revision();
        let before = revision.saturating_sub(new as u64);
        if before / SNAPSHOT == revision / SNAPSHOT {
            return;
        }
        let (store, launch) = (Arc::clone(&self.store), self.shared.launch());
        let stream = self.shared.id.to_string();
        tokio::spawn(async move {
            let kept = match folding::write(&launch) {
                Ok(payload) => store.put_snapshot(&stream, launch.revision, payload).await,
                Err(error) => return tracing::warn!(%stream, %error, "snapshot.not_written"),
            };
            if let Err(error) = kept {
                tracing::warn!(%stream, %error, "snapshot.not_kept");
            }
        });
    }
}

fn answer_all(jobs: Vec<Job>, failure: &Failure) {
    for job in jobs {
        job.answer(Err(failure.clone()));
    }
}
