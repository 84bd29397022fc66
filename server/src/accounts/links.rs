//! One-time links: for the first administrator, for somebody who was invited, for somebody who
//! forgot their password. Whoever holds one chooses a password, or by whose word else they sign in.

use startklar::PersonId;
use uuid::Uuid;

use super::{Account, Accounts, Identity, Refused, directory::checked, password, secret};

/// Seconds that a link waits: three days.
const AGE: i64 = 3 * 86_400;

/// What a link is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Purpose {
    /// Making the first administrator.
    First,
    /// Choosing a password, for the first time or anew.
    Password,
}

impl Purpose {
    pub(super) const fn kind(self) -> &'static str {
        match self {
            Self::First => "first",
            Self::Password => "password",
        }
    }
}

/// A link that can be used.
#[derive(Debug, Clone)]
pub struct Link {
    /// What it is for.
    pub purpose: Purpose,
    /// Whose it is.
    pub person: Option<PersonId>,
    id: Uuid,
}

impl Accounts {
    /// A link for the first administrator, in place of earlier ones; none once there is an account.
    ///
    /// # Errors
    /// When the store fails.
    pub async fn first_link(&self, now: i64) -> Result<Option<String>, Refused> {
        if !self.are_none() {
            return Ok(None);
        }
        self.kept()
            .take_secrets(Purpose::First.kind(), None)
            .await?;
        self.link(Purpose::First, None, now).await.map(Some)
    }

    /// A link by which somebody who has an account chooses a password, in place of earlier ones.
    ///
    /// # Errors
    /// [`Refused::NoAccount`] when they have none.
    pub async fn password_link(&self, person: PersonId, now: i64) -> Result<String, Refused> {
        self.of(person).ok_or(Refused::NoAccount)?;
        let kind = Purpose::Password.kind();
        self.kept().take_secrets(kind, Some(person.0)).await?;
        self.link(Purpose::Password, Some(person), now).await
    }

    async fn link(
        &self,
        purpose: Purpose,
        person: Option<PersonId>,
        now: i64,
    ) -> Result<String, Refused> {
        let (text, kept) = secret::made((purpose.kind(), person), String::new(), (now, now + AGE));
        self.kept().add_secret(kept).await?;
        Ok(text)
    }

    /// What a link is for.
    ///
    /// # Errors
    /// [`Refused::Ended`] when it was used, replaced, or is too old.
    pub async fn find_link(&self, text: &str, now: i64) -> Result<Link, Refused> {
        let found = self.kept().secret(secret::hash(text)).await?;
        let found = found.filter(|link| link.ends > now).ok_or(Refused::Ended)?;
        let purpose = [Purpose::First, Purpose::Password]
            .into_iter()
            .find(|purpose| purpose.kind() == found.kind)
            .ok_or(Refused::Ended)?;
        if purpose == Purpose::First && !self.are_none() {
            return Err(Refused::Ended);
        }
        Ok(Link {
            purpose,
            person: found.person.map(PersonId),
            id: found.id,
        })
    }

    /// Uses a link: the account gets this password, and all that signed in by the old one is out.
    ///
    /// `account` is that of the link's person or, for the first link, the new administrator's.
    ///
    /// # Errors
    /// [`Refused::Weak`], [`Refused::BadLogin`], [`Refused::LoginTaken`], or [`Refused::Ended`] when
    /// somebody else was faster.
    pub async fn use_link(
        &self,
        link: Link,
        mut account: Account,
        name: &str,
        chosen: String,
    ) -> Result<(), Refused> {
        account.login = checked(&account.login)?;
        self.may_be_password(&chosen, &[&account.login, name])
            .await?;
        let hash = password::hash(chosen).await;
        account.password = Some(hash.ok_or(Refused::Broken("no password hash"))?);
        let _one = self.changing.lock().await;
        self.spend(link, account).await
    }

    /// Uses a link without a password: from now on the account is signed in to by this identity, and
    /// all that signed in before is out, an old password as well.
    ///
    /// # Errors
    /// Those of [`Accounts::use_link`], [`Refused::IdentityTaken`], and [`Refused::FactorFirst`] for
    /// somebody whose second factor is on.
    pub async fn use_link_by(
        &self,
        link: Link,
        mut account: Account,
        identity: Identity,
    ) -> Result<(), Refused> {
        account.login = checked(&account.login)?;
        account.password = None;
        let _one = self.changing.lock().await;
        // Of the store: no code would ever be asked for again.
        if self.needs_code(account.person).await? {
            return Err(Refused::FactorFirst);
        }
        if self.is_linked_to_another(&identity, account.person) {
            return Err(Refused::IdentityTaken);
        }
        let person = account.person;
        self.spend(link, account).await?;
        self.keep_identity(person, identity).await
    }

    /// Takes a link and keeps the account that it was for. The caller holds `changing`.
    async fn spend(&self, link: Link, account: Account) -> Result<(), Refused> {
        // Before the link is gone: a slip of the pen must not cost it.
        let owner = self.by_login(&account.login).map(|other| other.person);
        if owner.is_some_and(|owner| owner != account.person) {
            return Err(Refused::LoginTaken);
        }
        let closed = link.purpose == Purpose::First && !self.are_none();
        if closed || !self.kept().take_secret(link.id).await? {
            return Err(Refused::Ended);
        }
        let person = account.person;
        self.put(account).await?;
        self.end_everything(person).await
    }

    /// An account that is not there yet, for the first administrator.
    pub fn new_administrator(person: PersonId, login: &str, now: i64) -> Account {
        Account {
            person,
            login: login.to_owned(),
            standing: startklar::rights::Standing::Administrator,
            password: None,
            identities: Vec::new(),
            second_factor: false,
            passkeys: false,
            made: now,
        }
    }
}
