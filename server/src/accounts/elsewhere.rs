//! Attempts to sign in elsewhere: what binds the way to a provider and back to one browser, once.
//!
//! The browser keeps a secret; state, nonce and verifier are computed from it, so that the store holds
//! none of them, and what a provider answers fits no other browser.

use sha2::{Digest as _, Sha256};
use startklar::PersonId;

use super::{Accounts, Refused, Signed, attempts::Name, secret};
use crate::store::Hash;

/// Seconds that somebody may take to sign in elsewhere: ten minutes, for a second factor and a
/// forgotten phone.
const AGE: i64 = 600;

const KIND: &str = "attempt";

/// What somebody signs in elsewhere for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Why {
    /// To be signed in here.
    SignIn,
    /// To link who they are there to their own account; whose that is.
    Link(PersonId),
    /// To use a link by which they come in.
    Join,
}

impl Why {
    const fn code(self) -> &'static str {
        match self {
            Self::SignIn => "sign_in",
            Self::Link(_) => "link",
            Self::Join => "join",
        }
    }

    fn of(code: &str, person: Option<PersonId>) -> Option<Self> {
        match (code, person) {
            ("sign_in", None) => Some(Self::SignIn),
            ("link", Some(person)) => Some(Self::Link(person)),
            ("join", None) => Some(Self::Join),
            _ => None,
        }
    }
}

/// The secret of an attempt, which its browser keeps.
#[derive(Clone)]
pub struct Attempt(String);

impl Attempt {
    /// What a browser showed; anything, until it is taken.
    pub fn shown(secret: &str) -> Self {
        Self(secret.to_owned())
    }

    /// For the browser to keep.
    pub fn secret(&self) -> &str {
        &self.0
    }

    /// What comes back with the answer.
    pub fn state(&self) -> String {
        self.derived("state")
    }

    /// What stands in the token of the answer.
    pub fn nonce(&self) -> String {
        self.derived("nonce")
    }

    /// What whoever redeems the code has to know (PKCE): 64 characters.
    pub fn verifier(&self) -> String {
        self.derived("verifier")
    }

    /// A different text of 256 bits for each use; none tells the secret or another.
    fn derived(&self, what: &str) -> String {
        secret::hex(&hash(&[what, &self.0]))
    }
}

fn hash(parts: &[&str]) -> Hash {
    let mut hasher = Sha256::new();
    for part in parts {
        hasher.update(part.as_bytes());
        hasher.update([0]);
    }
    hasher.finalize().into()
}

impl Accounts {
    /// Begins an attempt to sign in by a provider.
    ///
    /// # Errors
    /// [`Refused::Wait`] after too many from this address that came to nothing.
    pub async fn begin_elsewhere(
        &self,
        provider: &str,
        why: Why,
        from: &str,
        now: i64,
    ) -> Result<Attempt, Refused> {
        self.try_once(&[Name::Beginner(from.to_owned())])?;
        let person = match why {
            Why::Link(person) => Some(person),
            Why::SignIn | Why::Join => None,
        };
        self.kept().sweep_secrets(now).await?;
        let note = format!("{provider} {}", why.code());
        let (text, kept) = secret::made((KIND, person), note, (now, now + AGE));
        self.kept().add_secret(kept).await?;
        Ok(Attempt(text))
    }

    /// Ends an attempt by taking what it was for. Of many who ask at once only one gets it.
    ///
    /// # Errors
    /// [`Refused::Ended`] when it was taken, is too old, or was begun for another provider.
    pub async fn take_elsewhere(
        &self,
        attempt: &Attempt,
        provider: &str,
        now: i64,
    ) -> Result<Why, Refused> {
        let found = self.kept().secret(secret::hash(attempt.secret())).await?;
        let found = found.filter(|found| found.kind == KIND && found.ends > now);
        let found = found.ok_or(Refused::Ended)?;
        if !self.kept().take_secret(found.id).await? {
            return Err(Refused::Ended);
        }
        let (begun_for, why) = found.note.split_once(' ').ok_or(Refused::Ended)?;
        let why = Why::of(why, found.person.map(PersonId)).ok_or(Refused::Ended)?;
        if begun_for == provider {
            Ok(why)
        } else {
            Err(Refused::Ended)
        }
    }

    /// An attempt came to a good end: it does not count against its address.
    pub fn came_back(&self, from: &str) {
        self.attempts.right(&[Name::Beginner(from.to_owned())]);
    }

    /// What proves that a page of this session asked for an identity to be linked: without it a page of
    /// somebody else could have their own identity linked to this account.
    pub fn proof(signed: &Signed) -> String {
        secret::hex(&hash(&["link", &secret::hex(&signed.hash)]))
    }
}
