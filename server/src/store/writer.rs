//! The one writer of a store: gathers what arrives while a commit is under way and commits it
//! together.
//!
//! A commit costs a flush of the disk, whether it holds one append or a hundred. While one is under
//! way, further appends queue up; the next commit takes them all. One writer alone waits for one
//! flush, and many together share it.

use std::{pin::Pin, sync::Arc};

use tokio::sync::{
    mpsc::{self, error::SendError},
    oneshot,
};

use super::{Append, Appended, Record, StoreError};

/// How many jobs may wait. Whoever comes then waits for a place, which is what slows senders down.
const QUEUE: usize = 1024;

/// How many appends share a commit at most, so that no one waits long behind others.
const BATCH: usize = 256;

/// A future that borrows the committer.
pub(super) type Boxed<'a, T> = Pin<Box<dyn Future<Output = T> + Send + 'a>>;

/// What a database does for the writer.
pub(super) trait Commit: Send + 'static {
    /// Makes a batch durable in one transaction. Gives an answer for each append and the records of
    /// those that were stored. An error means that nothing is known to be stored.
    fn commit(
        &mut self,
        batch: &[Append],
    ) -> impl Future<Output = Result<super::batch::Plan, StoreError>> + Send;

    /// Tells subscribers about records that are durable.
    fn announce(&mut self, stored: Vec<Arc<Vec<Record>>>) -> impl Future<Output = ()> + Send;

    /// Lets go of the database.
    fn close(self) -> impl Future<Output = ()> + Send;
}

type Reply = oneshot::Sender<Result<Appended, StoreError>>;
type Answer = oneshot::Receiver<Result<Appended, StoreError>>;
type Task<C> = Box<dyn for<'a> FnOnce(&'a mut C) -> Boxed<'a, ()> + Send>;

enum Job<C> {
    Append(Append, Reply),
    Run(Task<C>),
    Close(oneshot::Sender<()>),
}

/// Hands jobs to the writer's task.
pub(super) struct Writer<C> {
    jobs: mpsc::Sender<Job<C>>,
}

impl<C: Commit> Writer<C> {
    /// Starts the task that owns `committer`. It ends when the writer is closed or dropped.
    pub(super) fn start(committer: C) -> Self {
        let (jobs, queue) = mpsc::channel(QUEUE);
        tokio::spawn(work(committer, queue));
        Self { jobs }
    }

    /// Queues an append and waits until it is durable or refused. Dropping the future does not take
    /// the append back.
    pub(super) async fn append(&self, append: Append) -> Result<Appended, StoreError> {
        self.queue(append)
            .await?
            .await
            .map_err(|_| StoreError::Closed)?
    }

    /// Queues appends in order and waits for all.
    pub(super) async fn append_all(
        &self,
        appends: Vec<Append>,
    ) -> Vec<Result<Appended, StoreError>> {
        let mut queued = Vec::with_capacity(appends.len());
        for append in appends {
            queued.push(self.queue(append).await);
        }
        let mut answers = Vec::with_capacity(queued.len());
        for queued in queued {
            answers.push(match queued {
                Ok(answer) => answer.await.unwrap_or(Err(StoreError::Closed)),
                Err(refused) => Err(refused),
            });
        }
        answers
    }

    async fn queue(&self, append: Append) -> Result<Answer, StoreError> {
        let append = append.checked()?;
        let (reply, answer) = oneshot::channel();
        self.send(Job::Append(append, reply)).await?;
        Ok(answer)
    }

    /// Runs a task on the writer's connection, in turn with the appends.
    pub(super) async fn run<T, F>(&self, task: F) -> Result<T, StoreError>
    where
        T: Send + 'static,
        F: for<'a> FnOnce(&'a mut C) -> Boxed<'a, Result<T, StoreError>> + Send + 'static,
    {
        let (reply, answer) = oneshot::channel();
        let task: Task<C> = Box::new(move |committer| {
            Box::pin(async move {
                // Nobody waits for the answer any more: that is theirs to decide.
                let _ = reply.send(task(committer).await);
            })
        });
        self.send(Job::Run(task)).await?;
        answer.await.map_err(|_| StoreError::Closed)?
    }

    /// Finishes what is queued and lets go of the database. Later jobs are refused.
    pub(super) async fn close(&self) {
        let (done, closed) = oneshot::channel();
        if self.send(Job::Close(done)).await.is_ok() {
            // An error means that somebody else closed it in the meantime.
            let _ = closed.await;
        }
        self.jobs.closed().await;
    }

    /// Whether jobs are still taken.
    pub(super) fn is_open(&self) -> bool {
        !self.jobs.is_closed()
    }

    async fn send(&self, job: Job<C>) -> Result<(), StoreError> {
        self.jobs
            .send(job)
            .await
            .map_err(|SendError(_)| StoreError::Closed)
    }
}

async fn work<C: Commit>(mut committer: C, mut queue: mpsc::Receiver<Job<C>>) {
    let mut jobs = Vec::with_capacity(BATCH);
    let mut closers = Vec::new();
    while queue.recv_many(&mut jobs, BATCH).await > 0 {
        let mut batch = Batch::default();
        for job in jobs.drain(..) {
            match job {
                Job::Append(append, reply) => batch.push(append, reply),
                Job::Run(task) => {
                    batch.commit(&mut committer).await;
                    task(&mut committer).await;
                }
                Job::Close(done) => {
                    // What is in the queue already is still done.
                    queue.close();
                    closers.push(done);
                }
            }
        }
        batch.commit(&mut committer).await;
    }
    committer.close().await;
    for done in closers {
        let _ = done.send(());
    }
}

/// The appends that will share the next commit.
#[derive(Default)]
struct Batch {
    appends: Vec<Append>,
    replies: Vec<Reply>,
}

impl Batch {
    fn push(&mut self, append: Append, reply: Reply) {
        self.appends.push(append);
        self.replies.push(reply);
    }

    /// Commits, answers each append, and only then tells the subscribers, so that the writers that
    /// wait can go on. Leaves the batch empty.
    async fn commit<C: Commit>(&mut self, committer: &mut C) {
        let Self { appends, replies } = std::mem::take(self);
        if appends.is_empty() {
            return;
        }
        match committer.commit(&appends).await {
            Ok(plan) => {
                for (reply, answer) in replies.into_iter().zip(plan.answers) {
                    let _ = reply.send(answer);
                }
                committer.announce(plan.stored).await;
            }
            Err(error) => {
                tracing::error!(appends = appends.len(), %error, "store.commit_failed");
                for reply in replies {
                    let _ = reply.send(Err(error.clone()));
                }
            }
        }
    }
}
