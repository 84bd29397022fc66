//! What every handler has at hand.

use std::sync::{Arc, OnceLock};

use chrono::{SubsecRound as _, Utc};
use startklar::{PersonId, time::Instant};
use startklar_app::assets::Embedded;
use tokio::sync::{Notify, Semaphore};
use tokio_util::{sync::CancellationToken, task::TaskTracker};

use super::Reach;
use crate::{
    accounts::Accounts,
    launches::Launches,
    mail::{self, Change, Post},
    metrics::Metrics,
    oidc::Providers,
};

/// Live streams that are open at once at most.
const STREAMS: usize = 2_000;

/// Requests that are worked on at once at most; whoever comes then is told to come again.
const REQUESTS: usize = 512;

/// Files that come in at once at most.
const UPLOADS: usize = 8;

/// Files that go out at once at most.
const DOWNLOADS: usize = 32;

/// Pages written as PDF at once; others wait.
const PRINTS: usize = 2;

/// The state of the server; cheap to copy.
#[derive(Clone)]
pub struct App(Arc<Inner>);

/// The parts of it.
pub struct Inner {
    /// The use cases.
    pub launches: Arc<Launches>,
    /// Who signs in.
    pub accounts: Arc<Accounts>,
    /// How people reach this server.
    pub(super) reach: Reach,
    /// Whether it sends mail.
    pub(super) sends_mail: bool,
    /// Told that there is new mail to send.
    pub(super) new_mail: Arc<Notify>,
    /// By whose word people sign in, once that was said.
    providers: OnceLock<Providers>,
    /// What is counted.
    pub metrics: Arc<Metrics>,
    /// The browser half.
    pub(crate) embedded: &'static Embedded,
    /// Room for live streams.
    pub(super) streams: Arc<Semaphore>,
    /// Room for requests.
    pub(super) requests: Semaphore,
    /// Room for files that come in: each is in the memory as a whole.
    pub(super) uploads: Semaphore,
    /// Room for files that go out.
    pub(super) downloads: Arc<Semaphore>,
    /// Room for pages that are written as PDF: a core is busy with each.
    pub(super) prints: Arc<Semaphore>,
    /// Cancelled when the server stops: live streams end then.
    pub(super) stop: CancellationToken,
    /// What requests change, which is brought to its end though nobody waits for the answer.
    pub(super) changes: TaskTracker,
    /// What runs beside requests, and is brought to its end before the store is closed.
    pub(super) jobs: TaskTracker,
}

impl App {
    /// A server over these use cases.
    pub fn new(
        launches: Arc<Launches>,
        accounts: Arc<Accounts>,
        metrics: Arc<Metrics>,
        reach: Reach,
        sends_mail: bool,
        embedded: &'static Embedded,
    ) -> Self {
        Self(Arc::new(Inner {
            launches,
            accounts,
            reach,
            sends_mail,
            new_mail: Arc::default(),
            providers: OnceLock::new(),
            metrics,
            embedded,
            streams: Arc::new(Semaphore::new(STREAMS)),
            requests: Semaphore::new(REQUESTS),
            uploads: Semaphore::new(UPLOADS),
            downloads: Arc::new(Semaphore::new(DOWNLOADS)),
            prints: Arc::new(Semaphore::new(PRINTS)),
            stop: CancellationToken::new(),
            changes: TaskTracker::new(),
            jobs: TaskTracker::new(),
        }))
    }

    /// Lets somebody write and send mail until the server stops.
    pub fn send_by(&self, post: Post) {
        let new = Arc::clone(&self.new_mail);
        self.jobs.spawn(post.run(self.stop.clone(), new));
    }

    /// Tells somebody by mail that what they sign in by has changed, where mail reaches them. What changed has
    /// changed: that nobody could be told is a matter for the log.
    pub(super) async fn tell(&self, person: PersonId, change: Change) {
        if !self.sends_mail {
            return;
        }
        let store = self.launches.store().mail_store();
        match mail::tell(store, person, change, self.now()).await {
            Ok(_) => self.new_mail.notify_one(),
            Err(error) => tracing::error!(%error, ?change, "mail.change_not_told"),
        }
    }

    /// Tells somebody by mail that they signed in with a browser that is not known to be theirs. `browser` is what
    /// it calls itself.
    pub(super) async fn tell_of_browser(&self, person: PersonId, browser: &str) {
        let store = self.launches.store().mail_store();
        match mail::tell_of_browser(store, person, browser, self.now()).await {
            Ok(_) => self.new_mail.notify_one(),
            Err(error) => tracing::error!(%error, "mail.browser_not_told"),
        }
    }

    /// Lets people sign in by the word of others. What is said first holds.
    pub fn sign_in_by(&self, providers: Providers) {
        if self.providers.set(providers).is_err() {
            tracing::warn!("providers.said_twice");
        }
    }

    /// By whose word people sign in.
    pub(super) fn providers(&self) -> &Providers {
        self.providers.get_or_init(Providers::default)
    }

    /// Whether nobody signs in: only on this machine, and only without an account.
    pub(super) fn is_open(&self) -> bool {
        self.reach.local && self.accounts.are_none()
    }

    /// The moment in whole seconds since 1970, as accounts count.
    pub(super) fn seconds(&self) -> i64 {
        self.now().timestamp()
    }

    /// The moment, to the millisecond: the same precision as a browser's clock.
    #[allow(clippy::unused_self, reason = "the one place that reads the clock")]
    pub(super) fn now(&self) -> Instant {
        Utc::now().trunc_subsecs(3)
    }
}

impl std::ops::Deref for App {
    type Target = Inner;
    fn deref(&self) -> &Inner {
        &self.0
    }
}
