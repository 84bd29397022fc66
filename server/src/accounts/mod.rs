//! Accounts: who signs in, and by what. Nothing here knows of launches; what somebody may do in them
//! is said by [`startklar::rights`].
//!
//! A workspace without an account is *open*: names are chosen, and the server listens on this
//! machine only. With the first account it is closed for good: whoever has no session, and no API
//! token, sees the page to sign in, and what a link leads to.

mod address;
mod attempts;
mod directory;
mod elsewhere;
mod factor;
mod identities;
mod known;
mod leaked;
mod links;
mod passkey;
mod password;
mod secret;
mod sessions;
mod status;
mod tokens;
mod unsubscribe;

use std::{
    collections::BTreeMap,
    sync::{Arc, PoisonError, RwLock},
};

use startklar::{PersonId, rights::Standing};
use tokio::sync::Mutex;

pub use elsewhere::{Attempt, Why};
#[cfg(test)]
pub(crate) use factor::shown;
pub use factor::{Entry, Second};
pub use identities::Identity;
pub use known::{MOST_BROWSERS, REMEMBERED};
pub use leaked::{BadFile, File as Leaked};
pub use links::{Link, Purpose};
#[cfg(test)]
pub(crate) use passkey::Stick;
pub use passkey::{Ceremony, NoParty, Party, Passkey, Wish};
pub use password::{LENGTH, Weak};
pub use sessions::{Session, Signed};
pub use status::StatusLink;
pub use tokens::Token;

use self::{attempts::Attempts, sessions::Seen};
use crate::store::{AccountStore, Store, StoreError};

/// Why something about an account did not happen.
#[derive(Debug, Clone, thiserror::Error)]
pub enum Refused {
    /// Login or password is wrong; which of the two is not said.
    #[error("login or password is wrong")]
    Wrong,
    /// Too many wrong tries: it may be tried again after so many seconds.
    #[error("too many wrong tries; wait {seconds} s")]
    Wait {
        /// How long.
        seconds: u64,
    },
    /// The code is wrong, or was used.
    #[error("the code is wrong")]
    WrongCode,
    /// Whoever has a second factor does not come in by a link and the word of another: no code would be
    /// asked for.
    #[error("the second factor is not asked for elsewhere")]
    FactorFirst,
    /// Nobody takes away their own second factor without a code.
    #[error("one's own second factor is turned off on the page of one's account")]
    OwnFactor,
    /// A passkey without a name, or one too many.
    #[error("this cannot be a passkey")]
    BadPasskey,
    /// The passkey is known already.
    #[error("the passkey is known already")]
    PasskeyTaken,
    /// The passkey is none that is known, or what it signed does not fit; which of the two is not said.
    #[error("the passkey proves nothing")]
    Unproven,
    /// Nobody takes away their own passkeys without a password.
    #[error("one's own passkeys are removed on the page of one's account")]
    OwnPasskeys,
    /// The password will not do.
    #[error("the password will not do")]
    Weak(Weak),
    /// This cannot be a login: what is allowed is 3 to 120 characters without spaces.
    #[error("this cannot be a login")]
    BadLogin,
    /// The login belongs to somebody else.
    #[error("the login is taken")]
    LoginTaken,
    /// The link was used, replaced, or has ended.
    #[error("the link has ended")]
    Ended,
    /// There is no such person, or they have no account.
    #[error("there is no such account")]
    NoAccount,
    /// A token without a name, for too long, or one too many.
    #[error("this cannot be a token")]
    BadToken,
    /// A link for too long, or one too many.
    #[error("this cannot be a link")]
    BadLink,
    /// The identity belongs to an account already.
    #[error("the identity is linked to an account already")]
    IdentityTaken,
    /// Without this identity they could not sign in any more.
    #[error("the last way to sign in stays")]
    LastWay,
    /// There must be an administrator.
    #[error("the last administrator stays")]
    LastAdministrator,
    /// The store failed.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// Something in this program is not as it should be.
    #[error("this is a fault of the program: {0}")]
    Broken(&'static str),
}

/// Somebody who may sign in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Account {
    /// Whose it is.
    pub person: PersonId,
    /// What they sign in with.
    pub login: String,
    /// What they are in the workspace.
    pub standing: Standing,
    /// The hash of their password, once they have one.
    password: Option<String>,
    /// By whose word else they sign in, in the order in which it was linked.
    pub identities: Vec<Identity>,
    /// Whether a code is asked for after the password.
    pub second_factor: bool,
    /// Whether they have a passkey.
    pub passkeys: bool,
    /// When it was made, in seconds since 1970.
    made: i64,
}

impl Account {
    /// Whether they can sign in: they have a password or an identity.
    pub fn is_ready(&self) -> bool {
        self.has_password() || !self.identities.is_empty()
    }

    /// Whether they have a password.
    pub fn has_password(&self) -> bool {
        self.password.is_some()
    }
}

/// Every account, in memory as in the store.
pub struct Accounts {
    store: Arc<dyn Store>,
    known: RwLock<Arc<BTreeMap<PersonId, Account>>>,
    seen: Seen,
    attempts: Attempts,
    /// Held by whoever looks at all accounts before they change one.
    changing: Mutex<()>,
    /// Held while they are read anew, so that what was read first is not kept last.
    reading: Mutex<()>,
    /// Which passwords besides the commonest are refused.
    leaked: Option<Leaked>,
}

impl Accounts {
    /// Reads the accounts of a store.
    ///
    /// # Errors
    /// When it cannot be read.
    pub async fn open(store: Arc<dyn Store>) -> Result<Arc<Self>, StoreError> {
        Self::open_refusing(store, None).await
    }

    /// The same, and refuses new passwords that a file of leaked ones holds.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub async fn open_refusing(
        store: Arc<dyn Store>,
        leaked: Option<Leaked>,
    ) -> Result<Arc<Self>, StoreError> {
        let accounts = Self {
            store,
            known: RwLock::default(),
            seen: Seen::default(),
            attempts: Attempts::default(),
            changing: Mutex::default(),
            reading: Mutex::default(),
            leaked,
        };
        accounts.reload().await?;
        let accounts = Arc::new(accounts);
        directory::follow(&accounts);
        Ok(accounts)
    }

    /// Whether nobody signs in here yet.
    pub fn are_none(&self) -> bool {
        self.all().is_empty()
    }

    /// Every account.
    pub fn all(&self) -> Arc<BTreeMap<PersonId, Account>> {
        Arc::clone(&self.known.read().unwrap_or_else(PoisonError::into_inner))
    }

    /// The account of a person.
    pub fn of(&self, person: PersonId) -> Option<Account> {
        self.all().get(&person).cloned()
    }

    fn kept(&self) -> &dyn AccountStore {
        self.store.account_store()
    }

    fn by_login(&self, login: &str) -> Option<Account> {
        let login = login.trim().to_lowercase();
        self.all().values().find(|a| a.login == login).cloned()
    }

    /// Whether without this administrator there would be none who can sign in.
    fn is_last_administrator(&self, person: PersonId) -> bool {
        let all = self.all();
        let is = |a: &Account| a.standing == Standing::Administrator;
        let mut others = all.values().filter(|a| a.person != person && a.is_ready());
        all.get(&person).is_some_and(is) && !others.any(is)
    }
}

#[cfg(test)]
mod tests;
