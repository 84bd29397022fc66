//! Keeping the accounts in memory as they are in the store, and changing them.

use std::sync::{Arc, PoisonError};

use startklar::{PersonId, rights::Standing};
use tokio::sync::broadcast::error::RecvError;

use super::{Account, Accounts, Refused, identities};
use crate::store::{self, News, StoreError};

/// Fewest and most characters of a login.
pub(super) const LOGIN: (usize, usize) = (3, 120);

/// Keeps the accounts up to date as long as anybody uses them.
pub(super) fn follow(accounts: &Arc<Accounts>) {
    let (weak, mut news) = (Arc::downgrade(accounts), accounts.store.subscribe());
    tokio::spawn(async move {
        loop {
            match news.recv().await {
                Ok(News::People) | Err(RecvError::Lagged(_)) => {}
                Ok(_) => continue,
                Err(RecvError::Closed) => return,
            }
            let Some(accounts) = weak.upgrade() else {
                return;
            };
            if let Err(error) = accounts.reload().await {
                tracing::warn!(%error, "accounts.not_reloaded");
            }
        }
    });
}

impl Accounts {
    pub(super) async fn reload(&self) -> Result<(), StoreError> {
        let _one = self.reading.lock().await;
        let stored = self.kept().accounts().await?;
        let mut identities = identities::by_person(self.kept().identities().await?);
        let second = self.store.factor_store().factors_on().await?;
        let passkeys = self.store.passkey_store().passkey_owners().await?;
        let known = stored.into_iter().map(|row| {
            let person = PersonId(row.person);
            let account = Account {
                person,
                login: row.login,
                // What this version does not know may at least read.
                standing: Standing::from_code(&row.standing).unwrap_or(Standing::Viewer),
                password: row.password,
                identities: identities.remove(&person).unwrap_or_default(),
                second_factor: second.contains(&row.person),
                passkeys: passkeys.contains(&row.person),
                made: row.made,
            };
            (person, account)
        });
        let known = Arc::new(known.collect());
        *self.known.write().unwrap_or_else(PoisonError::into_inner) = known;
        // Whoever lost their account lost what they were signed in as.
        self.seen.forget_all();
        Ok(())
    }

    /// Keeps an account; its identities, second factor and passkeys are kept for themselves.
    pub(super) async fn put(&self, account: Account) -> Result<(), Refused> {
        let stored = self.kept().put_account(store::Account {
            person: account.person.0,
            login: account.login,
            password: account.password,
            standing: account.standing.code().to_owned(),
            made: account.made,
        });
        stored.await.map_err(|error| match error {
            StoreError::KeyTaken { .. } => Refused::LoginTaken,
            StoreError::NoSuchPerson => Refused::NoAccount,
            error => Refused::Store(error),
        })?;
        self.reload().await?;
        Ok(())
    }

    /// Gives a person of the directory an account, which nobody can sign in to before its link was
    /// used.
    ///
    /// # Errors
    /// When the login is none or taken.
    pub async fn add(
        &self,
        person: PersonId,
        login: &str,
        standing: Standing,
        now: i64,
    ) -> Result<(), Refused> {
        let login = checked(login)?;
        if self.of(person).is_some() {
            return Err(Refused::LoginTaken);
        }
        self.put(Account {
            person,
            login,
            standing,
            password: None,
            identities: Vec::new(),
            second_factor: false,
            passkeys: false,
            made: now,
        })
        .await
    }

    /// Whether a text can be a login at all.
    pub fn is_login(text: &str) -> bool {
        checked(text).is_ok()
    }

    /// Whether a login can be given to somebody new.
    ///
    /// # Errors
    /// When it is none or taken.
    pub fn is_free(&self, login: &str) -> Result<(), Refused> {
        let login = checked(login)?;
        match self.by_login(&login) {
            Some(_) => Err(Refused::LoginTaken),
            None => Ok(()),
        }
    }

    /// Whether these could be login and password.
    ///
    /// # Errors
    /// When one of them cannot.
    pub async fn check(&self, login: &str, chosen: &str) -> Result<(), Refused> {
        let login = checked(login)?;
        self.may_be_password(chosen, &[&login]).await
    }

    /// Makes somebody an administrator, a member or a viewer.
    ///
    /// # Errors
    /// [`Refused::LastAdministrator`] when nobody could look after people any more.
    pub async fn set_standing(&self, person: PersonId, standing: Standing) -> Result<(), Refused> {
        let _one = self.changing.lock().await;
        if standing != Standing::Administrator && self.is_last_administrator(person) {
            return Err(Refused::LastAdministrator);
        }
        let standing = standing.code().to_owned();
        if !self.kept().set_standing(person.0, standing).await? {
            return Err(Refused::NoAccount);
        }
        self.reload().await?;
        Ok(())
    }

    /// Removes a person: their name, account, identities, second factor, passkeys, sessions and
    /// tokens. The journal keeps their id.
    ///
    /// # Errors
    /// [`Refused::LastAdministrator`] when nobody could look after people any more.
    pub async fn erase(&self, person: PersonId) -> Result<(), Refused> {
        let _one = self.changing.lock().await;
        if self.is_last_administrator(person) {
            return Err(Refused::LastAdministrator);
        }
        if !self.store.erase_person(person.0).await? {
            return Err(Refused::NoAccount);
        }
        self.reload().await?;
        Ok(())
    }
}

/// A login as it is kept.
pub(super) fn checked(login: &str) -> Result<String, Refused> {
    let login = login.trim().to_lowercase();
    let fits = (LOGIN.0..=LOGIN.1).contains(&login.chars().count());
    let plain = !login.chars().any(|c| c.is_whitespace() || c.is_control());
    if fits && plain {
        Ok(login)
    } else {
        Err(Refused::BadLogin)
    }
}
