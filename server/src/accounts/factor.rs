//! The second factor of an account: after the password a code that an app computes, and codes for
//! whoever has lost it. Who signs in by the word of another is asked for none: that other asks.

mod base32;
mod entry;
mod recovery;
mod totp;

use startklar::PersonId;

pub use entry::Entry;
pub(super) use entry::HALF;

use super::{Accounts, Refused, Signed, attempts::Name, sessions};
use crate::store::{Factor, FactorState, FactorStore, Shared};

/// Seconds that a secret waits for its first code: ten minutes.
const SETUP: i64 = 600;

/// How the second factor of somebody stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Second {
    /// It is not asked for.
    Off,
    /// An administrator took it away.
    Taken {
        /// When, in seconds since 1970.
        at: i64,
    },
    /// It is asked for.
    On {
        /// Since when, in seconds since 1970.
        since: i64,
        /// Recovery codes that are left.
        left: usize,
    },
}

impl Accounts {
    fn factors(&self) -> &dyn FactorStore {
        self.store.factor_store()
    }

    /// How the second factor of a person stands.
    ///
    /// # Errors
    /// When the store fails.
    pub async fn second(&self, person: PersonId) -> Result<Second, Refused> {
        let factor = self.factors().factor(person.0).await?;
        Ok(match factor {
            Some(factor) if factor.state == FactorState::On => {
                let secrets = self.kept().secrets_of(person.0).await?;
                let left = secrets.iter().filter(|one| one.kind == recovery::KIND);
                Second::On {
                    since: factor.changed,
                    left: left.count(),
                }
            }
            Some(factor) if factor.state == FactorState::Taken => {
                Second::Taken { at: factor.changed }
            }
            _ => Second::Off,
        })
    }

    /// Begins to set one up for somebody who says their password once more. What comes back is the
    /// secret for their app, in groups of four characters; it is asked for once they have shown a code.
    ///
    /// # Errors
    /// [`Refused::Wrong`] for a wrong password, [`Refused::Ended`] when it is on already.
    pub async fn begin_factor(
        &self,
        person: PersonId,
        password: String,
        now: i64,
    ) -> Result<String, Refused> {
        self.own_password(person, password).await?;
        let secret = totp::new();
        let begun = self.factors().begin_factor(person.0, secret, now).await?;
        begun
            .then(|| recovery::grouped(&base32::text(&secret), ' '))
            .ok_or(Refused::Ended)
    }

    /// Whether somebody has begun to set one up, and may still show its first code.
    ///
    /// # Errors
    /// When the store fails.
    pub async fn is_setting_up(&self, person: PersonId, now: i64) -> Result<bool, Refused> {
        Ok(self.begun(person, now).await?.is_some())
    }

    async fn begun(&self, person: PersonId, now: i64) -> Result<Option<Shared>, Refused> {
        let factor = self.factors().factor(person.0).await?;
        let is_begun = |f: &Factor| f.state == FactorState::Begun && f.changed + SETUP > now;
        Ok(factor.filter(is_begun).and_then(|factor| factor.secret))
    }

    /// Turns it on by its first code; every other session of its owner ends. What comes back are the
    /// recovery codes, which nobody can read again.
    ///
    /// # Errors
    /// [`Refused::WrongCode`], [`Refused::Wait`] after too many of them, [`Refused::Ended`] when nothing
    /// was begun, or too long ago.
    pub async fn confirm_factor(
        &self,
        signed: &Signed,
        code: &str,
        from: &str,
        now: i64,
    ) -> Result<Vec<String>, Refused> {
        let person = signed.person;
        let secret = self.begun(person, now).await?.ok_or(Refused::Ended)?;
        let names = names(person, from);
        self.try_once(&names)?;
        let period = totp::read(code).and_then(|code| totp::period_of(&secret, code, now));
        let period = period.ok_or(Refused::WrongCode)?;
        let on = self
            .factors()
            .confirm_factor(person.0, secret, period, now)
            .await?;
        if !on {
            return Err(Refused::Ended);
        }
        self.attempts.right(&names);
        tracing::info!(%person, "account.second_factor_on");
        self.reload().await?;
        self.end_other_sessions(signed).await?;
        self.make_recovery(person, &secret, now).await
    }

    /// Makes new recovery codes in place of all that are left.
    ///
    /// # Errors
    /// Those of [`Accounts::end_factor`].
    pub async fn renew_recovery(
        &self,
        person: PersonId,
        (password, code): (String, &str),
        from: &str,
        now: i64,
    ) -> Result<Vec<String>, Refused> {
        self.own_password(person, password).await?;
        let secret = self.accept(person, code, from, now).await?;
        self.make_recovery(person, &secret, now).await
    }

    /// Turns it off for its owner, who says the password once more and shows a code.
    ///
    /// # Errors
    /// [`Refused::Wrong`] for a wrong password, [`Refused::WrongCode`], [`Refused::Wait`] after too many
    /// of either, [`Refused::Ended`] when it is not on.
    pub async fn end_factor(
        &self,
        person: PersonId,
        (password, code): (String, &str),
        from: &str,
        now: i64,
    ) -> Result<(), Refused> {
        self.own_password(person, password).await?;
        self.accept(person, code, from, now).await?;
        let factors = self.factors();
        if !factors.remove_factor(person.0, FactorState::On).await? {
            return Err(Refused::Ended);
        }
        tracing::info!(%person, "account.second_factor_off");
        self.end_codes(person).await
    }

    /// Takes it from somebody who has lost it, for an administrator. Every session of theirs ends, and
    /// they are told when they sign in.
    ///
    /// # Errors
    /// [`Refused::Ended`] when it is not on.
    pub async fn take_factor(&self, person: PersonId, now: i64) -> Result<(), Refused> {
        if !self.factors().take_factor(person.0, now).await? {
            return Err(Refused::Ended);
        }
        tracing::warn!(%person, "account.second_factor_taken");
        let sessions = self.kept().take_secrets(sessions::KIND, Some(person.0));
        sessions.await?;
        self.end_codes(person).await
    }

    /// Somebody knows that it was taken away, and need not be told again.
    ///
    /// # Errors
    /// When the store fails.
    pub async fn know_taken(&self, person: PersonId) -> Result<(), Refused> {
        let known = self.factors().remove_factor(person.0, FactorState::Taken);
        known.await?;
        Ok(())
    }

    /// Ends what went with a factor that is no more.
    async fn end_codes(&self, person: PersonId) -> Result<(), Refused> {
        for kind in [recovery::KIND, HALF] {
            self.kept().take_secrets(kind, Some(person.0)).await?;
        }
        self.reload().await?;
        Ok(())
    }

    async fn make_recovery(
        &self,
        person: PersonId,
        secret: &Shared,
        now: i64,
    ) -> Result<Vec<String>, Refused> {
        let earlier = self.kept().take_secrets(recovery::KIND, Some(person.0));
        earlier.await?;
        let codes: Vec<String> = (0..recovery::COUNT).map(|_| recovery::new()).collect();
        for code in &codes {
            let kept = recovery::kept(person.0, secret, code, now);
            self.kept().add_secret(kept).await?;
        }
        Ok(codes)
    }

    /// Accepts a code of the app or a recovery code, whichever was typed, once and never again. What
    /// comes back is the secret of the factor.
    pub(super) async fn accept(
        &self,
        person: PersonId,
        typed: &str,
        from: &str,
        now: i64,
    ) -> Result<Shared, Refused> {
        let names = names(person, from);
        self.try_once(&names)?;
        let factor = self.factors().factor(person.0).await?;
        let factor = factor.filter(|factor| factor.state == FactorState::On);
        let secret = factor.and_then(|factor| factor.secret);
        let secret = secret.ok_or(Refused::Ended)?;
        let accepted = match totp::read(typed) {
            Some(code) => self.accept_code(person, &secret, code, now).await?,
            None => self.accept_recovery(person, &secret, typed).await?,
        };
        if !accepted {
            tracing::info!(%person, from, "account.wrong_code");
            return Err(Refused::WrongCode);
        }
        self.attempts.right(&names);
        Ok(secret)
    }

    async fn accept_code(
        &self,
        person: PersonId,
        secret: &Shared,
        code: u32,
        now: i64,
    ) -> Result<bool, Refused> {
        let Some(period) = totp::period_of(secret, code, now) else {
            return Ok(false);
        };
        let is_new = self.factors().use_step(person.0, period).await?;
        if !is_new {
            tracing::warn!(%person, "account.code_replayed");
        }
        Ok(is_new)
    }

    async fn accept_recovery(
        &self,
        person: PersonId,
        secret: &Shared,
        typed: &str,
    ) -> Result<bool, Refused> {
        let found = self.kept().secret(recovery::hash(secret, typed)).await?;
        let is_theirs = |found: &crate::store::Secret| {
            found.kind == recovery::KIND && found.person == Some(person.0)
        };
        let Some(found) = found.filter(is_theirs) else {
            return Ok(false);
        };
        let taken = self.kept().take_secret(found.id).await?;
        if taken {
            tracing::info!(%person, "account.recovery_code_used");
        }
        Ok(taken)
    }
}

/// What somebody goes by who shows a code. Whoever gets that far knows the password: that its owner may
/// have to wait for somebody else's guesses is the lesser evil.
fn names(person: PersonId, from: &str) -> [Name; 3] {
    [
        Name::Code(person, from.to_owned()),
        Name::Codes(person),
        Name::Address(from.to_owned()),
    ]
}

/// The code of a moment, by an app that was told this key.
#[cfg(test)]
pub(crate) fn shown(key: &str, at: i64) -> String {
    totp::shown(&base32::bytes(key), at)
}

#[cfg(test)]
mod tests;
