//! Passkeys: public keys by which somebody signs in who holds the other half.

use async_trait::async_trait;
use uuid::Uuid;

use super::StoreError;

/// A passkey of an account.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Passkey {
    /// What it is called here.
    pub id: Uuid,
    /// Whose it is: somebody who has an account.
    pub person: Uuid,
    /// What whatever holds it calls it; no two are called the same.
    pub credential: Vec<u8>,
    /// What its owner calls it.
    pub name: String,
    /// The public key and its state, as the JSON of whoever checks it.
    pub key: String,
    /// When it was added, in seconds since 1970.
    pub made: i64,
    /// When somebody last signed in by it, if ever.
    pub used: Option<i64>,
}

/// Keeps passkeys. Of those that come and go subscribers hear [`super::News::People`].
#[async_trait]
pub trait PasskeyStore: Send + Sync {
    /// Who has one.
    async fn passkey_owners(&self) -> Result<Vec<Uuid>, StoreError>;

    /// Those of a person, the oldest first.
    async fn passkeys_of(&self, person: Uuid) -> Result<Vec<Passkey>, StoreError>;

    /// The one that is called so by whatever holds it.
    async fn passkey(&self, credential: Vec<u8>) -> Result<Option<Passkey>, StoreError>;

    /// Adds one.
    ///
    /// # Errors
    /// [`StoreError::KeyTaken`] when it is known already, [`StoreError::NoSuchPerson`] when its owner has
    /// no account.
    async fn add_passkey(&self, passkey: Passkey) -> Result<(), StoreError>;

    /// Calls one of a person by another name; says whether it is theirs.
    async fn name_passkey(&self, person: Uuid, id: Uuid, name: String) -> Result<bool, StoreError>;

    /// Notes that it was used, and its new state in place of the one that was judged; says whether that
    /// still stood. Of many who used it in one state, in whatever process, only one hears yes unless
    /// the state stays the same.
    async fn use_passkey(
        &self,
        id: Uuid,
        judged: String,
        new: String,
        now: i64,
    ) -> Result<bool, StoreError>;

    /// Removes one of a person; says whether it was theirs.
    async fn take_passkey(&self, person: Uuid, id: Uuid) -> Result<bool, StoreError>;

    /// Removes all of a person; says whether there were any.
    async fn take_passkeys(&self, person: Uuid) -> Result<bool, StoreError>;
}

/// The statements, the same for both databases.
pub(super) mod sql {
    pub(crate) const OWNERS: &str = "select distinct person from passkey order by person";
    pub(crate) const OF: &str = "\
        select id, person, credential, name, key, made, used from passkey where person = $1 \
        order by made, id";
    pub(crate) const PASSKEY: &str = "\
        select id, person, credential, name, key, made, used from passkey where credential = $1";
    pub(crate) const ADD: &str = "\
        insert into passkey (id, person, credential, name, key, made, used) \
        values ($1, $2, $3, $4, $5, $6, $7)";
    pub(crate) const NAME: &str = "update passkey set name = $3 where person = $1 and id = $2";
    pub(crate) const USE: &str =
        "update passkey set key = $3, used = $4 where id = $1 and key = $2";
    pub(crate) const TAKE: &str = "delete from passkey where person = $1 and id = $2";
    pub(crate) const TAKE_ALL: &str = "delete from passkey where person = $1";
}
