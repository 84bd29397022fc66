//! The one who writes and sends: looks every half minute who is to be told what, and hands over what
//! is due.

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::Arc,
    time::Duration,
};

use chrono::{TimeDelta, Utc};
use startklar::{PersonId, time::Instant};
use startklar_app::owed::Followed;
use tokio::{sync::Notify, time::Instant as Beat};
use tokio_util::sync::CancellationToken;
use uuid::Uuid;

use super::{
    Kind, Relay, Wish,
    decide::{Draft, Window},
    letter, mail,
    smtp::Outcome,
};
use crate::{
    accounts::Accounts,
    launches::{Failure, Launches},
    store::{Mail, MailState, MailStore, Settled, StoreError},
};

/// How often it looks.
const EVERY: Duration = Duration::from_secs(30);

/// Most mails of one round.
const MOST: u32 = 100;

/// Seconds until a mail is tried again, by how often it was tried; the last for all that follow.
const AGAIN: [i64; 5] = [60, 300, 900, 3_600, 14_400];

/// Seconds after which a mail that could not be sent is given up: two days, then it is no news.
const TOO_OLD: i64 = 2 * 86_400;

/// Seconds that the outbox remembers what was told: longer than anything should wait.
const KEPT: i64 = 400 * 86_400;

/// Why a round was cut short.
#[derive(Debug, thiserror::Error)]
pub enum Trouble {
    /// The store failed.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// What is owed could not be read.
    #[error("what is owed could not be read: {0:?}")]
    Owed(Failure),
}

/// Writes and sends.
pub struct Post {
    launches: Arc<Launches>,
    accounts: Arc<Accounts>,
    relay: Relay,
}

impl Post {
    /// For these launches and accounts, by this mail server.
    pub fn new(launches: Arc<Launches>, accounts: Arc<Accounts>, relay: Relay) -> Self {
        Self {
            launches,
            accounts,
            relay,
        }
    }

    /// Looks again and again, and at once when told that there is new mail, until told to stop; a mail that
    /// is under way then is brought to its end.
    pub async fn run(self, stop: CancellationToken, new: Arc<Notify>) {
        let mut round = true;
        while !stop.is_cancelled() {
            let now = Utc::now();
            let done = if round {
                self.round(now, &stop).await
            } else {
                self.send(now, &stop).await
            };
            if let Err(error) = done {
                tracing::warn!(%error, "mail.round_cut_short");
            }
            round = tokio::select! {
                () = stop.cancelled() => false,
                () = new.notified() => false,
                () = tokio::time::sleep(EVERY) => true,
            };
        }
    }

    /// One look at everybody, and at the outbox. `now` is the moment of its beginning.
    ///
    /// # Errors
    /// What went wrong; what was not done is done by the next.
    pub async fn round(&self, now: Instant, stop: &CancellationToken) -> Result<(), Trouble> {
        let wishes = self.wishes().await?;
        for wish in wishes.values() {
            if stop.is_cancelled() {
                return Ok(());
            }
            match self.write(wish, now).await {
                // A launch that cannot be read keeps nobody else from their mail.
                Err(error @ Trouble::Owed(_)) => tracing::warn!(%error, "mail.not_written"),
                written => written?,
            }
        }
        self.send(now, stop).await?;
        self.kept().sweep_mail(now.timestamp() - KEPT).await?;
        Ok(())
    }

    fn kept(&self) -> &dyn MailStore {
        self.launches.store().mail_store()
    }

    /// The wishes of everybody who can sign in: a mail leads to pages that nobody else sees.
    async fn wishes(&self) -> Result<BTreeMap<PersonId, Wish>, StoreError> {
        let stored = self.kept().mail_wishes().await?;
        let accounts = self.accounts.all();
        let known: BTreeSet<PersonId> = accounts.keys().copied().collect();
        let wishes = stored.iter().filter_map(Wish::of_stored);
        let wishes = wishes.filter(|wish| known.contains(&wish.person));
        Ok(wishes.map(|wish| (wish.person, wish)).collect())
    }

    /// The same of one person, as it is now; for whoever can sign in.
    async fn wish(&self, person: Uuid) -> Result<Option<Wish>, StoreError> {
        let stored = self.kept().mail_wish(person).await?;
        let wish = stored.as_ref().and_then(Wish::of_stored);
        Ok(wish.filter(|wish| self.accounts.of(wish.person).is_some()))
    }

    /// Puts into the outbox what somebody is to be told now.
    async fn write(&self, wish: &Wish, now: Instant) -> Result<(), Trouble> {
        if !wish.confirmed || (!wish.digest && !wish.notices) {
            return Ok(());
        }
        let written = self.kept().written_to(wish.person.0).await?;
        let window = Window::at(wish, &written, now);
        if window.is_shut() {
            return Ok(());
        }
        let owed = self
            .launches
            .owed_since(wish.person, wish.locale, now)
            .await;
        let mut owed = owed.map_err(Trouble::Owed)?;
        if wish.notices {
            let follows = self.launches.followed(wish.person, wish.locale, now).await;
            let follows = follows.map_err(Trouble::Owed)?;
            let told = follows.iter().filter_map(Followed::told);
            owed.extend(told.map(|(owed, last)| (owed, Some(last))));
        }
        for draft in window.due(wish, &written, &owed) {
            self.queue(wish, &draft, now).await?;
        }
        Ok(())
    }

    async fn queue(&self, wish: &Wish, draft: &Draft, now: Instant) -> Result<(), StoreError> {
        let words = letter::words(draft, &self.name(wish), wish.locale, &self.relay.base);
        let matter = (draft.kind, draft.key.clone(), draft.about.join("\n"));
        let mail = mail(matter, wish.person, words, now);
        match self.kept().queue_mail(mail).await {
            // They were erased in the meantime.
            Ok(_) | Err(StoreError::NoSuchPerson) => Ok(()),
            Err(error) => Err(error),
        }
    }

    fn name(&self, wish: &Wish) -> String {
        let people = self.launches.people().all();
        let unknown = wish.locale.catalogue().common.somebody_unknown;
        people.name(wish.person).unwrap_or(unknown).to_owned()
    }

    /// Hands over what is due, until the mail server is not reached or the program stops.
    async fn send(&self, now: Instant, stop: &CancellationToken) -> Result<(), Trouble> {
        let begun = Beat::now();
        let passed = || TimeDelta::from_std(begun.elapsed()).unwrap_or_default();
        for mail in self.kept().due_mail(now.timestamp(), MOST).await? {
            let at = now + passed();
            let kind = Kind::from_code(&mail.kind);
            let (Some(wish), Some(kind)) = (self.wish(mail.person).await?, kind) else {
                continue;
            };
            if stop.is_cancelled() {
                return Ok(());
            }
            // It was put in before the quiet hours began, and could not be sent then.
            let waits = matches!(kind, Kind::Digest | Kind::Notice);
            let quiet = waits && wish.is_quiet(at);
            if quiet || !self.kept().claim_mail(mail.id, at.timestamp()).await? {
                continue;
            }
            let outcome = self.hand_over(&mail, kind, &wish, at).await;
            let is_down = matches!(outcome, Outcome::Deferred { reached: false, .. });
            let settled = settled(&mail, outcome, (now + passed()).timestamp());
            self.kept().settle_mail(mail.id, settled).await?;
            if is_down {
                return Ok(());
            }
        }
        Ok(())
    }

    async fn hand_over(&self, mail: &Mail, kind: Kind, wish: &Wish, at: Instant) -> Outcome {
        let (person, now) = (wish.person, at.timestamp());
        let wish = match mail.address.as_str() {
            "" => wish.clone(),
            address => match address.parse() {
                Ok(address) => Wish {
                    address,
                    ..wish.clone()
                },
                Err(error) => return Outcome::Refused(error.to_string()),
            },
        };
        let link = match kind {
            Kind::Address => {
                let address = wish.address.to_string();
                self.accounts.address_link(person, &address, now).await
            }
            // Nothing ends it, and it leads to no secret.
            Kind::Safety => Ok(String::new()),
            Kind::Digest | Kind::Notice => {
                self.accounts
                    .unsubscribe_link(person, kind.code(), now)
                    .await
            }
        };
        let link = match link {
            Ok(link) => link,
            // Nothing was begun: it waits for better times.
            Err(error) => {
                return Outcome::Deferred {
                    answer: error.to_string(),
                    reached: true,
                };
            }
        };
        let name = self.name(&wish);
        match letter::message(mail, kind, (&wish, &name), &self.relay, &link, at) {
            Ok(message) => self.relay.deliver(&message).await,
            Err(error) => Outcome::Refused(error.to_string()),
        }
    }
}

/// What is noted of what came of a mail.
fn settled(mail: &Mail, outcome: Outcome, now: i64) -> Settled {
    let tried = usize::try_from(mail.tries).unwrap_or_default();
    let wait = AGAIN
        .get(tried)
        .or(AGAIN.last())
        .copied()
        .unwrap_or_default();
    let (state, answer) = match outcome {
        Outcome::Sent(answer) => (MailState::Sent, answer),
        Outcome::Deferred { answer, reached } if now + wait - mail.made < TOO_OLD => {
            if reached {
                tracing::info!(mail = %mail.id, %answer, "mail.deferred");
            } else {
                tracing::warn!(%answer, "mail.no_server");
            }
            (MailState::Waiting, answer)
        }
        Outcome::Deferred { answer, .. } | Outcome::Refused(answer) => {
            tracing::warn!(mail = %mail.id, %answer, "mail.given_up");
            (MailState::Failed, answer)
        }
        Outcome::Unknown(answer) => {
            tracing::warn!(mail = %mail.id, %answer, "mail.may_have_arrived");
            (MailState::Sending, answer)
        }
    };
    Settled {
        state,
        due: now + wait,
        changed: now,
        answer,
    }
}
