//! API tokens: secrets for programs, which act in the name of whoever made them.

use startklar::PersonId;
use uuid::Uuid;

use super::{Accounts, Refused, Signed, secret};

/// Most days that a token holds.
const LONGEST_DAYS: i64 = 365;

/// Most tokens of one person.
const MOST: usize = 50;

pub(super) const READS: &str = "token_read";
pub(super) const WRITES: &str = "token_write";

/// A token as its owner sees it.
#[derive(Debug, Clone)]
pub struct Token {
    /// What it is called.
    pub id: Uuid,
    /// What people know it by.
    pub note: String,
    /// Whether it may change something.
    pub writes: bool,
    /// When it was made, in seconds since 1970.
    pub made: i64,
    /// When it ends.
    pub ends: i64,
}

impl Accounts {
    /// Makes a token. What comes back is its secret, which nobody can read again.
    ///
    /// # Errors
    /// [`Refused::BadToken`] without a name, for more than a year, or for one too many.
    pub async fn make_token(
        &self,
        person: PersonId,
        note: &str,
        writes: bool,
        days: i64,
        now: i64,
    ) -> Result<String, Refused> {
        let fits = (1..=LONGEST_DAYS).contains(&days) && !note.trim().is_empty();
        if !fits || self.tokens(person, now).await?.len() >= MOST {
            return Err(Refused::BadToken);
        }
        let kind = if writes { WRITES } else { READS };
        let (text, kept) = secret::made(
            (kind, Some(person)),
            note.trim().chars().take(100).collect(),
            (now, now + days * 86_400),
        );
        self.kept().add_secret(kept).await?;
        Ok(text)
    }

    /// In whose name a program speaks that shows this token.
    pub async fn who_by_token(&self, text: &str, now: i64) -> Option<Signed> {
        for (kind, writes) in [(WRITES, true), (READS, false)] {
            if let Some(secret) = self.shown(text, kind, now).await {
                return self.signed(&secret, writes);
            }
        }
        None
    }

    /// The tokens of a person, the latest first.
    ///
    /// # Errors
    /// When the store fails.
    pub async fn tokens(&self, person: PersonId, now: i64) -> Result<Vec<Token>, Refused> {
        let secrets = self.kept().secrets_of(person.0).await?;
        let tokens = secrets
            .into_iter()
            .filter(|secret| [READS, WRITES].contains(&secret.kind.as_str()) && secret.ends > now);
        Ok(tokens
            .map(|secret| Token {
                id: secret.id,
                note: secret.note,
                writes: secret.kind == WRITES,
                made: secret.made,
                ends: secret.ends,
            })
            .collect())
    }
}
