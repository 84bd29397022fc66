//! Identities: what providers of `OpenID Connect` call people who have an account. Whoever proves one
//! is signed in as the person to whom it was linked; nobody is ever found by an address or a name.

use std::collections::BTreeMap;

use startklar::PersonId;

use super::{Account, Accounts, Refused};
use crate::store::{self, StoreError};

/// What a provider calls somebody.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Identity {
    /// The provider, by its address.
    pub issuer: String,
    /// What it calls them; it never gives that to somebody else.
    pub subject: String,
    /// When it was linked, in seconds since 1970.
    pub made: i64,
}

impl Identity {
    fn is(&self, issuer: &str, subject: &str) -> bool {
        self.issuer == issuer && self.subject == subject
    }
}

/// What is stored, for each person.
pub(super) fn by_person(stored: Vec<store::Identity>) -> BTreeMap<PersonId, Vec<Identity>> {
    let mut all: BTreeMap<PersonId, Vec<Identity>> = BTreeMap::new();
    for row in stored {
        all.entry(PersonId(row.person)).or_default().push(Identity {
            issuer: row.issuer,
            subject: row.subject,
            made: row.made,
        });
    }
    all
}

impl Accounts {
    /// The account that an identity is linked to.
    pub fn by_identity(&self, issuer: &str, subject: &str) -> Option<Account> {
        let all = self.all();
        let has = |a: &&Account| a.identities.iter().any(|one| one.is(issuer, subject));
        all.values().find(has).cloned()
    }

    pub(super) fn is_linked_to_another(&self, identity: &Identity, person: PersonId) -> bool {
        let owner = self.by_identity(&identity.issuer, &identity.subject);
        owner.is_some_and(|owner| owner.person != person)
    }

    /// Links an identity that somebody has just proven to their own account. Done twice it changes
    /// nothing.
    ///
    /// # Errors
    /// [`Refused::IdentityTaken`] when it is linked to another account, [`Refused::NoAccount`].
    pub async fn link_identity(&self, person: PersonId, identity: Identity) -> Result<(), Refused> {
        let _one = self.changing.lock().await;
        self.keep_identity(person, identity).await
    }

    /// The same for who holds `changing`.
    pub(super) async fn keep_identity(
        &self,
        person: PersonId,
        identity: Identity,
    ) -> Result<(), Refused> {
        if let Some(owner) = self.by_identity(&identity.issuer, &identity.subject) {
            return if owner.person == person {
                Ok(())
            } else {
                Err(Refused::IdentityTaken)
            };
        }
        let added = self.kept().add_identity(store::Identity {
            issuer: identity.issuer,
            subject: identity.subject,
            person: person.0,
            made: identity.made,
        });
        added.await.map_err(|error| match error {
            StoreError::KeyTaken { .. } => Refused::IdentityTaken,
            StoreError::NoSuchPerson => Refused::NoAccount,
            error => Refused::Store(error),
        })?;
        self.reload().await?;
        Ok(())
    }

    /// Takes an identity from somebody's own account.
    ///
    /// # Errors
    /// [`Refused::LastWay`] when they have no password and no other identity, [`Refused::Ended`] when
    /// it is not theirs.
    pub async fn unlink_identity(
        &self,
        person: PersonId,
        issuer: &str,
        subject: &str,
    ) -> Result<(), Refused> {
        let _one = self.changing.lock().await;
        let account = self.of(person).ok_or(Refused::NoAccount)?;
        if !account.identities.iter().any(|one| one.is(issuer, subject)) {
            return Err(Refused::Ended);
        }
        if !account.has_password() && account.identities.len() == 1 {
            return Err(Refused::LastWay);
        }
        if !self.kept().take_identity(person.0, issuer, subject).await? {
            return Err(Refused::Ended);
        }
        self.reload().await?;
        Ok(())
    }
}
