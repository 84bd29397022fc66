//! Second factors: what an app and this server share, and which of its codes were accepted.

use std::fmt;

use async_trait::async_trait;
use uuid::Uuid;

use super::StoreError;

/// What an app and this server share, from which both compute codes.
pub type Shared = [u8; 20];

/// The second factor of an account.
#[derive(Clone, PartialEq, Eq)]
pub struct Factor {
    /// Whose it is: somebody who has an account.
    pub person: Uuid,
    /// What codes are computed from; none once it was taken away.
    pub secret: Option<Shared>,
    /// Where it stands.
    pub state: FactorState,
    /// The last period of 30 seconds since 1970 whose code was accepted.
    pub step: i64,
    /// When its state changed last, in seconds since 1970.
    pub changed: i64,
}

impl fmt::Debug for Factor {
    /// Without the secret: what is printed may end up in a log.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Factor")
            .field("person", &self.person)
            .field("state", &self.state)
            .field("step", &self.step)
            .field("changed", &self.changed)
            .finish_non_exhaustive()
    }
}

/// Where a second factor stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FactorState {
    /// Its owner has not shown a code yet: it is not asked for.
    Begun,
    /// It is asked for.
    On,
    /// An administrator took it away, and its owner has not said that they know.
    Taken,
}

impl FactorState {
    pub(super) const fn code(self) -> &'static str {
        match self {
            Self::Begun => "begun",
            Self::On => "on",
            Self::Taken => "taken",
        }
    }

    /// What a row says. The schema allows no other.
    pub(super) fn from_code(code: &str) -> Result<Self, sqlx::Error> {
        [Self::Begun, Self::On, Self::Taken]
            .into_iter()
            .find(|state| state.code() == code)
            .ok_or_else(|| sqlx::Error::Decode(format!("the state of a factor is {code:?}").into()))
    }
}

/// Keeps second factors. Of those changes that others show, subscribers hear [`super::News::People`].
#[async_trait]
pub trait FactorStore: Send + Sync {
    /// Whose second factor is on.
    async fn factors_on(&self) -> Result<Vec<Uuid>, StoreError>;

    /// The second factor of a person, wherever it stands.
    async fn factor(&self, person: Uuid) -> Result<Option<Factor>, StoreError>;

    /// Begins one in place of one that is not on; says whether it did.
    ///
    /// # Errors
    /// [`StoreError::NoSuchPerson`] when they have no account.
    async fn begin_factor(
        &self,
        person: Uuid,
        secret: Shared,
        now: i64,
    ) -> Result<bool, StoreError>;

    /// Turns one on that was begun with this secret, by the period of its first code; says whether it
    /// did.
    async fn confirm_factor(
        &self,
        person: Uuid,
        secret: Shared,
        step: i64,
        now: i64,
    ) -> Result<bool, StoreError>;

    /// Accepts the code of a period that is later than all before; says whether it is. Of many who ask
    /// at once, in whatever process, only one hears yes.
    async fn use_step(&self, person: Uuid, step: i64) -> Result<bool, StoreError>;

    /// Takes one away that is on, and keeps that it was; says whether it was on.
    async fn take_factor(&self, person: Uuid, now: i64) -> Result<bool, StoreError>;

    /// Removes one that stands so; says whether it did.
    async fn remove_factor(&self, person: Uuid, state: FactorState) -> Result<bool, StoreError>;
}

/// The statements, the same for both databases.
pub(super) mod sql {
    pub(crate) const ON: &str = "select person from factor where state = 'on' order by person";
    pub(crate) const FACTOR: &str =
        "select person, secret, state, step, changed from factor where person = $1";
    pub(crate) const BEGIN: &str = "\
        insert into factor (person, secret, state, step, changed) values ($1, $2, 'begun', 0, $3) \
        on conflict (person) do update set secret = excluded.secret, state = 'begun', step = 0, \
        changed = excluded.changed where factor.state <> 'on'";
    pub(crate) const CONFIRM: &str = "\
        update factor set state = 'on', step = $3, changed = $4 \
        where person = $1 and secret = $2 and state = 'begun'";
    pub(crate) const USE: &str =
        "update factor set step = $2 where person = $1 and step < $2 and state = 'on'";
    pub(crate) const TAKE: &str = "\
        update factor set secret = null, state = 'taken', step = 0, changed = $2 \
        where person = $1 and state = 'on'";
    pub(crate) const REMOVE: &str = "delete from factor where person = $1 and state = $2";
}

/// The secret of a row. The databases hold it to its length.
pub(super) fn shared(bytes: Option<&[u8]>) -> Result<Option<Shared>, sqlx::Error> {
    let shared = bytes.map(Shared::try_from).transpose();
    shared.map_err(|error| sqlx::Error::Decode(error.into()))
}
