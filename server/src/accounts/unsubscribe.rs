//! Links that end one kind of mail: whoever holds one needs no account, and changes nothing else.

use startklar::PersonId;

use super::{Accounts, Refused, secret};

/// Seconds that a link holds: a mail that is a year old is not found by accident.
const AGE: i64 = 365 * 86_400;

const KIND: &str = "unsubscribe";

impl Accounts {
    /// A link that ends one kind of mail to somebody, for one mail. What comes back is its secret.
    ///
    /// # Errors
    /// When the store fails.
    pub async fn unsubscribe_link(
        &self,
        person: PersonId,
        mail: &str,
        now: i64,
    ) -> Result<String, Refused> {
        let (text, kept) = secret::made((KIND, Some(person)), mail.to_owned(), (now, now + AGE));
        self.kept().add_secret(kept).await?;
        Ok(text)
    }

    /// Whom a link belongs to, and which kind of mail it ends. It may be shown again and again.
    ///
    /// # Errors
    /// [`Refused::Ended`] when it is too old or none.
    pub async fn find_unsubscribe(
        &self,
        text: &str,
        now: i64,
    ) -> Result<(PersonId, String), Refused> {
        let found = self.kept().secret(secret::hash(text)).await?;
        let found = found.filter(|link| link.kind == KIND && link.ends > now);
        let found = found.ok_or(Refused::Ended)?;
        let person = found.person.map(PersonId).ok_or(Refused::Ended)?;
        Ok((person, found.note))
    }
}
