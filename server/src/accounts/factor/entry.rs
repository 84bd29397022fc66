//! Coming in after a right password: at once, or by way of a second page that asks for a code.

use startklar::PersonId;

use super::super::{Accounts, Refused, secret};
use crate::store::{self, FactorState};

/// Seconds that somebody may take to show a code: five minutes.
const AGE: i64 = 300;

pub(in crate::accounts) const HALF: &str = "half";

/// What a right password leads to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Entry {
    /// A session.
    Whole {
        /// Its secret, for the browser to keep.
        session: String,
        /// When an administrator took away the second factor, if its owner is still to be told.
        taken: Option<i64>,
    },
    /// A code is asked for. The secret stands for the right password, once, and for nothing else.
    Half(String),
}

fn is_on(factor: &store::Factor) -> bool {
    factor.state == FactorState::On
}

impl Accounts {
    /// Whether a code is asked of somebody after the password.
    pub(in crate::accounts) async fn needs_code(&self, person: PersonId) -> Result<bool, Refused> {
        let factor = self.factors().factor(person.0).await?;
        Ok(factor.as_ref().is_some_and(is_on))
    }

    /// Goes on with somebody whose password was right, or who has just chosen it by a link.
    ///
    /// # Errors
    /// When the store fails.
    pub async fn enter(&self, person: PersonId, browser: &str, now: i64) -> Result<Entry, Refused> {
        let factor = self.factors().factor(person.0).await?;
        if factor.as_ref().is_some_and(is_on) {
            return self.begin_half(person, now).await.map(Entry::Half);
        }
        self.whole(person, factor, browser, now).await
    }

    /// Goes on with somebody whom no code is asked of, because they have just proven as much.
    pub(in crate::accounts) async fn enter_wholly(
        &self,
        person: PersonId,
        browser: &str,
        now: i64,
    ) -> Result<Entry, Refused> {
        let factor = self.factors().factor(person.0).await?;
        self.whole(person, factor, browser, now).await
    }

    async fn whole(
        &self,
        person: PersonId,
        factor: Option<store::Factor>,
        browser: &str,
        now: i64,
    ) -> Result<Entry, Refused> {
        let taken = factor.filter(|factor| factor.state == FactorState::Taken);
        Ok(Entry::Whole {
            session: self.begin_session(person, browser, now).await?,
            taken: taken.map(|factor| factor.changed),
        })
    }

    async fn begin_half(&self, person: PersonId, now: i64) -> Result<String, Refused> {
        let (text, kept) = secret::made((HALF, Some(person)), String::new(), (now, now + AGE));
        self.kept().sweep_secrets(now).await?;
        self.kept().add_secret(kept).await?;
        Ok(text)
    }

    /// Whether a code may still be shown by whoever holds this.
    ///
    /// # Errors
    /// When the store fails.
    pub async fn is_half(&self, text: &str, now: i64) -> Result<bool, Refused> {
        Ok(self.half(text, now).await?.is_some())
    }

    async fn half(&self, text: &str, now: i64) -> Result<Option<store::Secret>, Refused> {
        let found = self.kept().secret(secret::hash(text)).await?;
        Ok(found.filter(|found| found.kind == HALF && found.ends > now))
    }

    /// Signs somebody in whose password was right, by a code of their app or a recovery code. What comes
    /// back is the session's secret.
    ///
    /// # Errors
    /// [`Refused::WrongCode`], also for one that was used; [`Refused::Wait`] after too many of them;
    /// [`Refused::Ended`] when the password was said too long ago.
    pub async fn pass(
        &self,
        half: &str,
        typed: &str,
        (from, browser): (&str, &str),
        now: i64,
    ) -> Result<(String, PersonId), Refused> {
        let half = self.half(half, now).await?.ok_or(Refused::Ended)?;
        let person = half.person.map(PersonId).ok_or(Refused::Ended)?;
        self.accept(person, typed, from, now).await?;
        if !self.kept().take_secret(half.id).await? {
            return Err(Refused::Ended);
        }
        let session = self.begin_session(person, browser, now).await?;
        Ok((session, person))
    }
}
