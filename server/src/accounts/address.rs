//! Links by which whoever reads an address of mail says that it is theirs: they need no account for it.

use startklar::PersonId;

use super::{Accounts, Refused, secret};

/// Seconds that a link waits: three days.
const AGE: i64 = 3 * 86_400;

const KIND: &str = "address";

impl Accounts {
    /// A link that confirms an address of somebody, in place of earlier ones. What comes back is its secret.
    ///
    /// # Errors
    /// When the store fails.
    pub async fn address_link(
        &self,
        person: PersonId,
        address: &str,
        now: i64,
    ) -> Result<String, Refused> {
        self.kept().take_secrets(KIND, Some(person.0)).await?;
        let (text, kept) = secret::made((KIND, Some(person)), address.to_owned(), (now, now + AGE));
        self.kept().add_secret(kept).await?;
        Ok(text)
    }

    /// Whose address a link confirms, and which.
    ///
    /// # Errors
    /// [`Refused::Ended`] when it was replaced, is too old or none.
    pub async fn find_address(&self, text: &str, now: i64) -> Result<(PersonId, String), Refused> {
        let found = self.kept().secret(secret::hash(text)).await?;
        let found = found.filter(|link| link.kind == KIND && link.ends > now);
        let found = found.ok_or(Refused::Ended)?;
        let person = found.person.map(PersonId).ok_or(Refused::Ended)?;
        Ok((person, found.note))
    }
}
