//! Accounts, identities and secrets: who may sign in, and by what. The store keeps them as they are given; what
//! they mean is said in [`crate::accounts`].

use async_trait::async_trait;
use uuid::Uuid;

use super::StoreError;

/// A secret's hash.
pub type Hash = [u8; 32];

/// Somebody who may sign in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Account {
    /// Whose it is: a person of the directory.
    pub person: Uuid,
    /// What they sign in with.
    pub login: String,
    /// The hash of their password, once they have one.
    pub password: Option<String>,
    /// What they are in the workspace, by its stable name.
    pub standing: String,
    /// When it was made, in seconds since 1970.
    pub made: i64,
}

/// What a provider of `OpenID Connect` calls somebody who has an account.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Identity {
    /// The provider, by its address.
    pub issuer: String,
    /// What it calls them; no two people of one issuer are called the same.
    pub subject: String,
    /// Whose it is: somebody who has an account.
    pub person: Uuid,
    /// When it was linked, in seconds since 1970.
    pub made: i64,
}

/// A session, a one-time link or an API token.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Secret {
    /// The hash of what its holder shows.
    pub hash: Hash,
    /// What it is called where the secret itself must not be said.
    pub id: Uuid,
    /// Which of these it is, by its stable name.
    pub kind: String,
    /// Whose it is, if it is anybody's yet.
    pub person: Option<Uuid>,
    /// What people know it by.
    pub note: String,
    /// When it was made, in seconds since 1970, as the next two.
    pub made: i64,
    /// When it was last shown.
    pub seen: i64,
    /// When it ends.
    pub ends: i64,
}

/// Keeps accounts and secrets.
#[async_trait]
pub trait AccountStore: Send + Sync {
    /// Every account, sorted by login.
    async fn accounts(&self) -> Result<Vec<Account>, StoreError>;

    /// Adds an account, or changes that of the same person. Subscribers hear [`super::News::People`].
    ///
    /// # Errors
    /// [`StoreError::KeyTaken`] when the login belongs to another person,
    /// [`StoreError::NoSuchPerson`] when the person is none.
    async fn put_account(&self, account: Account) -> Result<(), StoreError>;

    /// Changes a password and nothing else of an account; says whether there is one.
    async fn set_password(&self, person: Uuid, password: String) -> Result<bool, StoreError>;

    /// Changes a standing and nothing else of an account; says whether there is one.
    async fn set_standing(&self, person: Uuid, standing: String) -> Result<bool, StoreError>;

    /// Every identity, in the order in which they were linked.
    async fn identities(&self) -> Result<Vec<Identity>, StoreError>;

    /// Links an identity to an account. Subscribers hear [`super::News::People`].
    ///
    /// # Errors
    /// [`StoreError::KeyTaken`] when it is linked already, [`StoreError::NoSuchPerson`] when the
    /// person has no account.
    async fn add_identity(&self, identity: Identity) -> Result<(), StoreError>;

    /// Takes an identity from a person; says whether it was theirs.
    async fn take_identity(
        &self,
        person: Uuid,
        issuer: &str,
        subject: &str,
    ) -> Result<bool, StoreError>;

    /// Adds a secret.
    ///
    /// # Errors
    /// [`StoreError::NoSuchPerson`] when it is said to be of a person who is none.
    async fn add_secret(&self, secret: Secret) -> Result<(), StoreError>;

    /// The secret with this hash, ended or not.
    async fn secret(&self, hash: Hash) -> Result<Option<Secret>, StoreError>;

    /// All secrets of a person, the latest first.
    async fn secrets_of(&self, person: Uuid) -> Result<Vec<Secret>, StoreError>;

    /// All secrets of one kind that people know by this note, the latest first.
    async fn secrets_noted(&self, kind: &str, note: &str) -> Result<Vec<Secret>, StoreError>;

    /// Notes when a secret was last shown, and when it ends.
    async fn see_secret(&self, hash: Hash, seen: i64, ends: i64) -> Result<(), StoreError>;

    /// Removes a secret; says whether it was there. Of many who ask at once only one hears yes.
    async fn take_secret(&self, id: Uuid) -> Result<bool, StoreError>;

    /// Removes all secrets of one kind; those of one person, if one is given.
    async fn take_secrets(&self, kind: &str, person: Option<Uuid>) -> Result<(), StoreError>;

    /// Removes what ended before a moment.
    async fn sweep_secrets(&self, before: i64) -> Result<(), StoreError>;
}

/// The statements, the same for both databases.
pub(super) mod sql {
    pub(crate) const ACCOUNTS: &str =
        "select person, login, password, standing, made from account order by login";
    pub(crate) const PUT_ACCOUNT: &str = "\
        insert into account (person, login, password, standing, made) values ($1, $2, $3, $4, $5) \
        on conflict (person) do update set login = excluded.login, password = excluded.password, \
        standing = excluded.standing";
    pub(crate) const SET_PASSWORD: &str = "update account set password = $2 where person = $1";
    pub(crate) const SET_STANDING: &str = "update account set standing = $2 where person = $1";
    pub(crate) const IDENTITIES: &str = "\
        select issuer, subject, person, made from identity order by made, issuer, subject";
    pub(crate) const ADD_IDENTITY: &str =
        "insert into identity (issuer, subject, person, made) values ($1, $2, $3, $4)";
    pub(crate) const TAKE_IDENTITY: &str =
        "delete from identity where person = $1 and issuer = $2 and subject = $3";
    pub(crate) const ADD_SECRET: &str = "\
        insert into secret (hash, id, kind, person, note, made, seen, ends) \
        values ($1, $2, $3, $4, $5, $6, $7, $8)";
    pub(crate) const SECRET: &str = "\
        select hash, id, kind, person, note, made, seen, ends from secret where hash = $1";
    pub(crate) const SECRETS_OF: &str = "\
        select hash, id, kind, person, note, made, seen, ends from secret where person = $1 \
        order by made desc, id";
    pub(crate) const SECRETS_NOTED: &str = "\
        select hash, id, kind, person, note, made, seen, ends from secret \
        where kind = $1 and note = $2 order by made desc, id";
    pub(crate) const SEE_SECRET: &str = "update secret set seen = $2, ends = $3 where hash = $1";
    pub(crate) const TAKE_SECRET: &str = "delete from secret where id = $1";
    pub(crate) const TAKE_ALL: &str = "delete from secret where kind = $1";
    pub(crate) const TAKE_ALL_OF: &str = "delete from secret where kind = $1 and person = $2";
    pub(crate) const SWEEP: &str = "delete from secret where ends < $1";
}

/// The hash of a row. The databases hold them to their length.
pub(super) fn hash(bytes: &[u8]) -> Result<Hash, sqlx::Error> {
    Hash::try_from(bytes).map_err(|error| sqlx::Error::Decode(error.into()))
}

/// Says which rule of the schema an account or a secret breaks.
pub(super) fn refused(
    doing: &'static str,
    login: &str,
) -> impl FnOnce(sqlx::Error) -> StoreError + use<> {
    let login = login.to_owned();
    move |error| match error {
        sqlx::Error::Database(refusal) if refusal.is_unique_violation() => {
            StoreError::KeyTaken { key: login }
        }
        sqlx::Error::Database(refusal) if refusal.is_foreign_key_violation() => {
            StoreError::NoSuchPerson
        }
        error => super::error::failed(doing)(error),
    }
}
