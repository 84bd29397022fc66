//! Sessions: signing in and out, and who a request is from.

use std::{
    collections::HashMap,
    sync::{Mutex, PoisonError},
    time::Instant,
};

use startklar::{PersonId, rights::Standing};
use uuid::Uuid;

use super::{
    Account, Accounts, Entry, Purpose, Refused, Weak, attempts::Name, directory, factor::HALF,
    known, passkey::ADDING, password, secret, tokens,
};
use crate::store::{self, Hash};

/// Seconds after which a session ends that nobody uses: a week.
const IDLE: i64 = 7 * 86_400;

/// Seconds after which every session ends: thirty days.
const AGE: i64 = 30 * 86_400;

/// Seconds between two notes of when a session was last used.
const NOTED: i64 = 300;

/// Seconds that a session is believed without asking the store: another process may have ended it.
const BELIEVED: u64 = 10;

/// Sessions that are remembered at most.
const MOST: usize = 20_000;

pub(super) const KIND: &str = "session";

/// Somebody who has proven who they are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Signed {
    /// Who.
    pub person: PersonId,
    /// What they are in the workspace.
    pub standing: Standing,
    /// The session or token by which they did.
    pub by: Uuid,
    /// What it is found by.
    pub(super) hash: Hash,
    /// Whether they may change something: an API token may be only for reading.
    pub writes: bool,
}

/// A session as its owner sees it.
#[derive(Debug, Clone)]
pub struct Session {
    /// What it is called.
    pub id: Uuid,
    /// The browser.
    pub note: String,
    /// When it began, in seconds since 1970.
    pub made: i64,
    /// When it was last used.
    pub seen: i64,
}

/// What was asked of the store lately.
#[derive(Default)]
pub(super) struct Seen(Mutex<HashMap<Hash, (store::Secret, Instant)>>);

impl Seen {
    fn get(&self, hash: &Hash) -> Option<store::Secret> {
        let seen = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let (secret, asked) = seen.get(hash)?;
        (asked.elapsed().as_secs() < BELIEVED).then(|| secret.clone())
    }

    fn put(&self, secret: store::Secret) {
        let mut seen = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if seen.len() >= MOST {
            seen.clear();
        }
        seen.insert(secret.hash, (secret, Instant::now()));
    }

    pub(super) fn forget_all(&self) {
        let mut seen = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        seen.clear();
    }
}

impl Accounts {
    /// Signs somebody in, or leads them to where a code is asked for.
    ///
    /// `from` is the address that asks, `browser` what the session is known by.
    ///
    /// # Errors
    /// [`Refused::Wrong`] for a wrong password as for a login that nobody has, after the same time;
    /// [`Refused::Wait`] after too many of them.
    pub async fn sign_in(
        &self,
        login: &str,
        chosen: String,
        from: &str,
        browser: &str,
        now: i64,
    ) -> Result<(Entry, PersonId), Refused> {
        let login = login.trim().to_lowercase();
        if login.chars().count() > directory::LOGIN.1 {
            return Err(Refused::Wrong);
        }
        let names = [
            Name::Pair(login.clone(), from.to_owned()),
            Name::Login(login.clone()),
            Name::Address(from.to_owned()),
        ];
        self.try_once(&names)?;
        let account = self.by_login(&login);
        let hash = account.as_ref().and_then(|a| a.password.clone());
        if !password::verify(chosen, hash).await {
            tracing::info!(from, "account.wrong_password");
            return Err(Refused::Wrong);
        }
        let account = account.ok_or(Refused::Wrong)?;
        self.attempts.right(&names);
        let entry = self.enter(account.person, browser, now).await?;
        Ok((entry, account.person))
    }

    pub(super) fn try_once(&self, names: &[Name]) -> Result<(), Refused> {
        let begun = self.attempts.begin(names, Instant::now());
        begun.map_err(|wait| Refused::Wait {
            seconds: wait.as_secs() + 1,
        })
    }

    /// A session of somebody who has just proven who they are.
    ///
    /// # Errors
    /// When the store fails.
    pub async fn begin_session(
        &self,
        person: PersonId,
        browser: &str,
        now: i64,
    ) -> Result<String, Refused> {
        let (text, kept) = secret::made(
            (KIND, Some(person)),
            browser.chars().take(200).collect(),
            (now, now + IDLE),
        );
        self.kept().sweep_secrets(now).await?;
        self.kept().add_secret(kept).await?;
        Ok(text)
    }

    /// Who holds a secret, if it is one of a session.
    pub async fn who(&self, text: &str, now: i64) -> Option<Signed> {
        let secret = self.shown(text, KIND, now).await?;
        if now - secret.seen >= NOTED {
            let ends = (now + IDLE).min(secret.made + AGE);
            self.note(&secret, now, ends).await;
        }
        self.signed(&secret, true)
    }

    /// Notes when a secret was last shown, and when it ends.
    pub(super) async fn note(&self, secret: &store::Secret, seen: i64, ends: i64) {
        if let Err(error) = self.kept().see_secret(secret.hash, seen, ends).await {
            tracing::warn!(%error, "secret.not_noted");
        }
        self.seen.put(store::Secret {
            seen,
            ends,
            ..secret.clone()
        });
    }

    /// A secret of one kind that has not ended, as the store has it or had it a moment ago.
    pub(super) async fn shown(&self, text: &str, kind: &str, now: i64) -> Option<store::Secret> {
        let found = self.find(secret::hash(text)).await?;
        (found.kind == kind && found.ends > now).then_some(found)
    }

    /// Whether somebody is still who they were when their stream began.
    pub async fn stands(&self, signed: &Signed, now: i64) -> bool {
        let found = self.find(signed.hash).await;
        found.is_some_and(|found| found.ends > now) && self.of(signed.person).is_some()
    }

    async fn find(&self, hash: Hash) -> Option<store::Secret> {
        let found = if let Some(found) = self.seen.get(&hash) {
            found
        } else {
            let found = self.kept().secret(hash).await;
            let found = found.inspect_err(|error| tracing::warn!(%error, "secret.not_read"));
            let found = found.ok().flatten()?;
            self.seen.put(found.clone());
            found
        };
        Some(found)
    }

    pub(super) fn signed(&self, secret: &store::Secret, writes: bool) -> Option<Signed> {
        let Account {
            person, standing, ..
        } = self.of(PersonId(secret.person?))?;
        Some(Signed {
            person,
            standing,
            by: secret.id,
            hash: secret.hash,
            writes,
        })
    }

    /// The sessions of a person, the latest first.
    ///
    /// # Errors
    /// When the store fails.
    pub async fn sessions(&self, person: PersonId, now: i64) -> Result<Vec<Session>, Refused> {
        let secrets = self.kept().secrets_of(person.0).await?;
        let sessions = secrets
            .into_iter()
            .filter(|secret| secret.kind == KIND && secret.ends > now);
        Ok(sessions
            .map(|secret| Session {
                id: secret.id,
                note: secret.note,
                made: secret.made,
                seen: secret.seen,
            })
            .collect())
    }

    /// Ends a session, or a token, of a person.
    ///
    /// # Errors
    /// [`Refused::Ended`] when they have none of this id.
    pub async fn end(&self, person: PersonId, id: Uuid) -> Result<(), Refused> {
        let own = self.kept().secrets_of(person.0).await?;
        if !own.iter().any(|secret| secret.id == id) || !self.kept().take_secret(id).await? {
            return Err(Refused::Ended);
        }
        self.seen.forget_all();
        Ok(())
    }

    /// Ends every session of somebody but the one in which they ask for it.
    ///
    /// # Errors
    /// When the store fails.
    pub(super) async fn end_other_sessions(&self, signed: &Signed) -> Result<(), Refused> {
        for secret in self.kept().secrets_of(signed.person.0).await? {
            if secret.kind == KIND && secret.id != signed.by {
                self.kept().take_secret(secret.id).await?;
            }
        }
        self.seen.forget_all();
        Ok(())
    }

    /// Ends all by which somebody was let in so far: sessions, half ones too, tokens, links; and
    /// what would add a passkey. No browser is known to be theirs any more.
    ///
    /// # Errors
    /// When the store fails.
    pub(super) async fn end_everything(&self, person: PersonId) -> Result<(), Refused> {
        for kind in [
            KIND,
            HALF,
            known::KIND,
            ADDING,
            Purpose::Password.kind(),
            tokens::READS,
            tokens::WRITES,
        ] {
            self.kept().take_secrets(kind, Some(person.0)).await?;
        }
        self.seen.forget_all();
        Ok(())
    }

    /// Gives somebody who knows their old password a new one. Every session, token and link ends.
    ///
    /// # Errors
    /// [`Refused::Wrong`] when the old one is not theirs, [`Refused::Weak`] when the new will not do.
    pub async fn change_password(
        &self,
        person: PersonId,
        name: &str,
        old: String,
        new: String,
    ) -> Result<(), Refused> {
        let account = self.own_password(person, old).await?;
        self.may_be_password(&new, &[&account.login, name]).await?;
        let hash = password::hash(new).await;
        let hash = hash.ok_or(Refused::Broken("no password hash"))?;
        if !self.kept().set_password(person.0, hash).await? {
            return Err(Refused::NoAccount);
        }
        self.reload().await?;
        self.end_everything(person).await
    }

    /// Whether a text may be a password of somebody who is called like this.
    pub(super) async fn may_be_password(
        &self,
        chosen: &str,
        called: &[&str],
    ) -> Result<(), Refused> {
        password::check(chosen, called).map_err(Refused::Weak)?;
        let Some(leaked) = &self.leaked else {
            return Ok(());
        };
        match leaked.holds(chosen).await {
            Ok(false) => Ok(()),
            Ok(true) => Err(Refused::Weak(Weak::Leaked)),
            Err(error) => {
                tracing::error!(%error, "accounts.leaked_passwords");
                Err(Refused::Broken("the leaked passwords cannot be read"))
            }
        }
    }

    /// Whether somebody's password would be refused if they chose it now.
    pub async fn is_weak(&self, person: PersonId, password: &str) -> bool {
        let login = self.of(person).map(|account| account.login);
        let called = login.unwrap_or_default();
        let may_be = self.may_be_password(password, &[&called]).await;
        matches!(may_be, Err(Refused::Weak(_)))
    }

    /// The account of somebody who says their password once more.
    ///
    /// # Errors
    /// [`Refused::Wrong`] when it is another.
    pub async fn own_password(&self, person: PersonId, said: String) -> Result<Account, Refused> {
        let account = self.of(person).ok_or(Refused::NoAccount)?;
        let names = [Name::Owner(person)];
        self.try_once(&names)?;
        if !password::verify(said, account.password.clone()).await {
            return Err(Refused::Wrong);
        }
        self.attempts.right(&names);
        Ok(account)
    }
}
