//! A launch in use: folded in memory for all who read it, with one task that writes.

use std::sync::{
    Arc, PoisonError, RwLock,
    atomic::{AtomicU64, Ordering},
};

use chrono::NaiveDate;
use startklar::{
    Assessment, Launch, LaunchId, PersonId,
    forecast::{LaunchForecast, SHOWN, forecast_launch},
    time::Instant,
    weeks::Chances,
};
use tokio::sync::{Notify, broadcast, mpsc, oneshot};
use tokio_util::sync::CancellationToken;

use super::{
    Failure,
    journal::{Entry, Frame, Tail},
};

/// Frames that wait for a slow reader of the live stream; one that lags reads the journal instead.
const FRAMES: usize = 256;

/// Commands that wait for one launch. Whoever comes then is told to come again.
const WAITING: usize = 1_024;

/// A command as it was sent.
#[derive(Debug, Clone)]
pub struct Submission {
    /// Its id: sent twice, it happens once.
    pub id: startklar::CommandId,
    /// What is asked for.
    pub command: startklar::Command,
    /// The last event that the sender knew, when they edit words.
    pub seen: Option<u64>,
    /// The revision that the launch must still have.
    pub only_at: Option<u64>,
}

/// What came of a command.
#[derive(Debug, Clone)]
pub struct Done {
    /// The number of its last event.
    pub revision: u64,
    /// Its events.
    pub lines: Vec<Arc<Entry>>,
}

/// What waits for the task that writes.
pub(super) struct Job {
    pub(super) submission: Submission,
    pub(super) actor: startklar::Actor,
    pub(super) now: Instant,
    pub(super) reply: oneshot::Sender<Result<Done, Failure>>,
}

impl Job {
    /// Answers. Whoever asked may be gone; what was decided stands all the same.
    pub(super) fn answer(self, answer: Result<Done, Failure>) {
        let _ = self.reply.send(answer);
    }

    pub(super) fn by(&self) -> Option<PersonId> {
        self.actor.id()
    }
}

/// A launch forecast on a day as it stood at a revision.
type Forecast = (u64, NaiveDate, Option<Arc<LaunchForecast>>);

/// The same in short, of the end of a week.
pub(super) type Expected = (u64, NaiveDate, Option<Chances>);

/// What everybody reads: the launch as far as it is durable, and the newest lines.
struct State {
    launch: Arc<Launch>,
    /// The launch as JSON, once somebody has asked for it.
    written: Option<Arc<str>>,
    /// Its forecast, once somebody has asked for it.
    forecast: Option<Forecast>,
    /// What was to be expected at the ends of its weeks, once somebody has asked for it.
    expected: Arc<[Expected]>,
    tail: Tail,
}

/// The part of a launch in use that its writing task shares.
pub(super) struct Shared {
    pub(super) id: LaunchId,
    sample: bool,
    state: RwLock<State>,
    frames: broadcast::Sender<Frame>,
    /// The last event that the store has told of, from this process or another.
    heard: AtomicU64,
    pub(super) wake: Notify,
    /// Cancelled when the launch was thrown away.
    pub(super) gone: CancellationToken,
}

impl Shared {
    pub(super) fn new(id: LaunchId, launch: Launch, tail: Tail, sample: bool) -> Self {
        let (frames, _) = broadcast::channel(FRAMES);
        let heard = AtomicU64::new(launch.revision);
        let state = State {
            launch: Arc::new(launch),
            written: None,
            forecast: None,
            expected: Arc::default(),
            tail,
        };
        Self {
            id,
            sample,
            state: RwLock::new(state),
            frames,
            heard,
            wake: Notify::new(),
            gone: CancellationToken::new(),
        }
    }

    fn read<T>(&self, look: impl FnOnce(&State) -> T) -> T {
        look(&self.state.read().unwrap_or_else(PoisonError::into_inner))
    }

    /// Writes a launch, and keeps what it wrote while the launch stays as it is.
    fn write(&self, launch: &Arc<Launch>) -> Arc<str> {
        let written: Arc<str> = startklar_app::boot::json(&**launch).into();
        let mut state = self.state.write().unwrap_or_else(PoisonError::into_inner);
        if Arc::ptr_eq(&state.launch, launch) {
            state.written = Some(Arc::clone(&written));
        }
        written
    }

    /// Forecasts a launch, and keeps what came out.
    fn forecast(&self, launch: &Launch, assessment: &Assessment) -> Option<Arc<LaunchForecast>> {
        let forecast = forecast_launch(launch, assessment, SHOWN).map(Arc::new);
        let mut state = self.state.write().unwrap_or_else(PoisonError::into_inner);
        state.forecast = Some((launch.revision, assessment.today, forecast.clone()));
        forecast
    }

    pub(super) fn launch(&self) -> Arc<Launch> {
        self.read(|state| Arc::clone(&state.launch))
    }

    /// The last event that is folded in. Unlike a look at the launch, it never makes the writer copy.
    pub(super) fn revision(&self) -> u64 {
        self.read(|state| state.launch.revision)
    }

    pub(super) fn tail_after(&self, after: u64, limit: usize) -> Option<Vec<Arc<Entry>>> {
        self.read(|state| state.tail.after(after, limit))
    }

    /// Folds durable lines in and tells everybody. Those that are known already are passed over, and
    /// those that do not follow on what is known.
    pub(super) fn publish(&self, lines: &[Arc<Entry>]) {
        let mut state = self.state.write().unwrap_or_else(PoisonError::into_inner);
        let known = state.launch.revision;
        let new = lines.iter().skip_while(|line| line.record.seq <= known);
        let new = (known + 1..)
            .zip(new)
            .take_while(|(seq, line)| line.record.seq == *seq);
        let new: Vec<_> = new.map(|(_, line)| line).collect();
        if let Some(frame) = Frame::of(new.iter().copied()) {
            // Copies the launch only when somebody is reading it at this moment.
            let launch = Arc::make_mut(&mut state.launch);
            for line in &new {
                launch.apply(&line.record);
            }
            state.written = None;
            for line in new {
                state.tail.push(Arc::clone(line));
            }
            // Under the lock, so that a stream that begins now either has these lines in its
            // launch or gets this frame. That nobody listens is no failure.
            let _ = self.frames.send(frame);
        }
    }

    /// Remembers what the store told; wakes the writer when it is news.
    pub(super) fn hear(&self, seq: u64) {
        if self.heard.fetch_max(seq, Ordering::Relaxed) < seq && seq > self.revision() {
            self.wake.notify_one();
        }
    }

    /// The last event that is known to exist.
    pub(super) fn heard(&self) -> u64 {
        self.heard.load(Ordering::Relaxed)
    }
}

/// A launch in use. The writing task ends when the last of these is dropped.
pub struct Live {
    pub(super) shared: Arc<Shared>,
    jobs: mpsc::Sender<Job>,
}

impl Live {
    pub(super) fn new(shared: Arc<Shared>) -> (Self, mpsc::Receiver<Job>) {
        let (jobs, queue) = mpsc::channel(WAITING);
        (Self { shared, jobs }, queue)
    }

    /// The launch's id.
    pub fn id(&self) -> &LaunchId {
        &self.shared.id
    }

    /// Whether it was loaded as the sample, and may be thrown away.
    pub fn is_sample(&self) -> bool {
        self.shared.sample
    }

    /// The launch as it stands.
    pub fn launch(&self) -> Arc<Launch> {
        self.shared.launch()
    }

    /// A launch as JSON that may stand in a page: written once for all who ask, as long as it is the
    /// one that is current here.
    pub fn written(&self, launch: &Arc<Launch>) -> Arc<str> {
        let kept = self.shared.read(|state| {
            let current = Arc::ptr_eq(&state.launch, launch);
            state.written.clone().filter(|_| current)
        });
        kept.unwrap_or_else(|| self.shared.write(launch))
    }

    /// What is to be expected of a launch of this stream: drawn once for all who ask, as long as they
    /// ask for the same revision on the same day.
    pub fn forecast(
        &self,
        launch: &Launch,
        assessment: &Assessment,
    ) -> Option<Arc<LaunchForecast>> {
        let wanted = (launch.revision, assessment.today);
        let kept = self.shared.read(|state| {
            let kept = state.forecast.as_ref();
            kept.filter(|(revision, day, _)| (*revision, *day) == wanted)
                .cloned()
        });
        match kept {
            Some((_, _, forecast)) => forecast,
            None => self.shared.forecast(launch, assessment),
        }
    }

    /// What was to be expected at the ends of its weeks, as far as it is known. The past does not
    /// change, so it is drawn once.
    pub(super) fn expected(&self) -> Arc<[Expected]> {
        self.shared.read(|state| Arc::clone(&state.expected))
    }

    /// Keeps what was to be expected.
    pub(super) fn keep_expected(&self, expected: Vec<Expected>) {
        let state = self.shared.state.write();
        state.unwrap_or_else(PoisonError::into_inner).expected = expected.into();
    }

    /// The launch and its newest lines, the newest first, as far as they are in memory.
    pub fn newest(&self, limit: usize) -> (Arc<Launch>, Vec<Arc<Entry>>) {
        self.shared.read(|state| {
            let lines = state.tail.iter().rev().take(limit).cloned();
            (Arc::clone(&state.launch), lines.collect())
        })
    }

    /// Where the launch stands, and all frames from there on, without a gap.
    pub fn listen(&self) -> (u64, broadcast::Receiver<Frame>) {
        self.shared
            .read(|state| (state.launch.revision, self.shared.frames.subscribe()))
    }

    /// Waits until the launch is thrown away.
    pub async fn gone(&self) {
        self.shared.gone.cancelled().await;
    }

    /// Queues a command and waits for what comes of it.
    pub(super) async fn submit(
        &self,
        submission: Submission,
        actor: startklar::Actor,
        now: Instant,
    ) -> Result<Done, Failure> {
        let (reply, answer) = oneshot::channel();
        let job = Job {
            submission,
            actor,
            now,
            reply,
        };
        self.jobs.try_send(job).map_err(|_| Failure::Busy)?;
        answer.await.map_err(|_| Failure::Busy)?
    }
}
