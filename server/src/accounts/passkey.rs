//! Passkeys: whatever holds the key asks its owner to prove who they are, by a finger or a number, and signs.
//! So one stands for the password and for what would be asked after it. No login is typed: whatever holds
//! the key names its owner, so that nobody learns here who has an account.
//!
//! Both ceremonies, to add one and to sign in, are begun by one request and ended by another. In between
//! the browser keeps a secret; what the ceremony has to come to stays here.

mod party;
#[cfg(test)]
mod stick;

use serde::{Serialize, de::DeserializeOwned};
use serde_json::Value;
use startklar::PersonId;
use uuid::Uuid;
use webauthn_rs::prelude::{
    AuthenticationResult, DiscoverableAuthentication, Passkey as Key, PasskeyRegistration,
    PublicKeyCredential, RegisterPublicKeyCredential, WebauthnError,
};

pub use party::{NoParty, Party};
#[cfg(test)]
pub(crate) use stick::Stick;

use super::{Accounts, Entry, Refused, attempts::Name, secret, sessions};
use crate::store::{self, PasskeyStore, StoreError};

/// Seconds that a ceremony may take: five minutes, as long as browsers are told to wait.
const AGE: i64 = 300;

/// Most passkeys of one person.
const MOST: usize = 10;

/// Most characters of what one is called.
const LONGEST_NAME: usize = 60;

pub(super) const ADDING: &str = "passkey_adding";
const ENTERING: &str = "passkey_entering";

/// A passkey as its owner sees it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Passkey {
    /// What it is called by programs.
    pub id: Uuid,
    /// What its owner calls it.
    pub name: String,
    /// When it was added, in seconds since 1970.
    pub made: i64,
    /// When somebody last signed in by it, if ever.
    pub used: Option<i64>,
}

/// A ceremony that was begun.
#[derive(Debug)]
pub struct Ceremony {
    /// What the browser passes on to whatever holds keys, as its scripts take it.
    pub options: Value,
    /// What the browser keeps, and shows at the end.
    pub secret: String,
}

/// Who wishes a passkey, and what proves that it is they.
#[derive(Debug)]
pub struct Wish<'a> {
    /// Whose it will be.
    pub person: PersonId,
    /// What they are called, for the list that their device shows.
    pub called: &'a str,
    /// What they call it.
    pub name: &'a str,
    /// Their password.
    pub password: String,
    /// The code of their second factor, where that is on.
    pub code: &'a str,
}

impl Accounts {
    fn keys(&self) -> &dyn PasskeyStore {
        self.store.passkey_store()
    }

    /// The passkeys of a person, the oldest first.
    ///
    /// # Errors
    /// When the store fails.
    pub async fn passkeys(&self, person: PersonId) -> Result<Vec<Passkey>, Refused> {
        let kept = self.keys().passkeys_of(person.0).await?.into_iter();
        let shown = kept.map(|one| Passkey {
            id: one.id,
            name: one.name,
            made: one.made,
            used: one.used,
        });
        Ok(shown.collect())
    }

    /// Begins to add one for somebody who says their password once more, and shows a code where one
    /// would be asked for: a passkey goes around both.
    ///
    /// # Errors
    /// [`Refused::BadPasskey`] without a name, or for one too many; [`Refused::Wrong`] for a wrong
    /// password, [`Refused::WrongCode`], [`Refused::Wait`] after too many of either.
    pub async fn begin_passkey(
        &self,
        party: &Party,
        wish: Wish<'_>,
        from: &str,
        now: i64,
    ) -> Result<Ceremony, Refused> {
        let (person, name) = (wish.person, checked(wish.name)?);
        let account = self.own_password(person, wish.password).await?;
        if self.needs_code(person).await? {
            self.accept(person, wish.code, from, now).await?;
        }
        let known = self.keys().passkeys_of(person.0).await?;
        if known.len() >= MOST {
            return Err(Refused::BadPasskey);
        }
        let known = known.into_iter().map(|one| one.credential).collect();
        // Devices list nobody without a name.
        let called = Some(wish.called).filter(|name| !name.is_empty());
        let (login, called) = (&account.login, called.unwrap_or(&account.login));
        let begun = party
            .0
            .start_passkey_registration(person.0, login, called, Some(known));
        let (options, state) = begun.map_err(|error| broken(&error))?;
        let mut options = serde_json::to_value(options).map_err(|_| UNWRITTEN)?;
        // One that its device does not list is of no use where nobody says who they are.
        let which = options.pointer_mut("/publicKey/authenticatorSelection");
        let which = which.and_then(Value::as_object_mut);
        let which = which.ok_or(Refused::Broken("no choice of devices"))?;
        which.insert("residentKey".to_owned(), "required".into());
        which.insert("requireResidentKey".to_owned(), true.into());
        self.begin_ceremony((ADDING, Some(person)), options, &(name, state), now)
            .await
    }

    /// Adds the one that a browser answers with. No session ends.
    ///
    /// # Errors
    /// [`Refused::Ended`] when the ceremony is another's or over, [`Refused::Unproven`] for an answer
    /// that does not fit it, [`Refused::PasskeyTaken`] when it is known already.
    pub async fn add_passkey(
        &self,
        party: &Party,
        person: PersonId,
        (secret, answer): (&str, &str),
        now: i64,
    ) -> Result<(), Refused> {
        let state = self.end_ceremony(secret, (ADDING, Some(person)), now);
        let (name, state): (String, PasskeyRegistration) = state.await?;
        let answer: RegisterPublicKeyCredential = read(answer)?;
        let added = party.0.finish_passkey_registration(&answer, &state);
        let key = added.map_err(|error| {
            tracing::info!(%person, %error, "account.passkey_not_added");
            Refused::Unproven
        })?;
        if self.keys().passkeys_of(person.0).await?.len() >= MOST {
            return Err(Refused::BadPasskey);
        }
        let kept = self.keys().add_passkey(store::Passkey {
            id: Uuid::now_v7(),
            person: person.0,
            credential: key.cred_id().clone(),
            name,
            key: written(&key)?,
            made: now,
            used: None,
        });
        kept.await.map_err(|error| match error {
            StoreError::KeyTaken { .. } => Refused::PasskeyTaken,
            StoreError::NoSuchPerson => Refused::NoAccount,
            error => Refused::Store(error),
        })?;
        tracing::info!(%person, "account.passkey_added");
        self.reload().await?;
        Ok(())
    }

    /// Begins to sign somebody in, whoever it will be.
    ///
    /// # Errors
    /// [`Refused::Wait`] after too many from this address that came to nothing.
    pub async fn begin_entering(
        &self,
        party: &Party,
        from: &str,
        now: i64,
    ) -> Result<Ceremony, Refused> {
        self.try_once(&[Name::Beginner(from.to_owned())])?;
        let begun = party.0.start_discoverable_authentication();
        let (mut options, state) = begun.map_err(|error| broken(&error))?;
        // Somebody has asked for it by a button: nothing is to wait in a list of suggestions.
        options.mediation = None;
        let options = serde_json::to_value(options).map_err(|_| UNWRITTEN)?;
        self.begin_ceremony((ENTERING, None), options, &state, now)
            .await
    }

    /// Signs somebody in by the passkey that a browser answers with.
    ///
    /// # Errors
    /// [`Refused::Ended`] when the ceremony is over; [`Refused::Unproven`] for a passkey that is not
    /// known, and for an answer that does not fit: which of them is not said.
    pub async fn enter_by_passkey(
        &self,
        party: &Party,
        (secret, answer): (&str, &str),
        (from, browser): (&str, &str),
        now: i64,
    ) -> Result<(Entry, PersonId), Refused> {
        let state = self.end_ceremony(secret, (ENTERING, None), now).await?;
        let answer: PublicKeyCredential = read(answer)?;
        let named = party.0.identify_discoverable_authentication(&answer);
        let (owner, credential) = named.map_err(|error| {
            tracing::info!(from, %error, "account.passkey_refused");
            Refused::Unproven
        })?;
        let kept = self.keys().passkey(credential.to_vec()).await?;
        let Some(kept) = kept.filter(|kept| kept.person == owner) else {
            tracing::info!(from, "account.passkey_unknown");
            return Err(Refused::Unproven);
        };
        let person = PersonId(owner);
        self.judge(party, (&answer, state), kept, (from, now))
            .await?;
        self.attempts.right(&[Name::Beginner(from.to_owned())]);
        let entry = self.enter_wholly(person, browser, now).await?;
        Ok((entry, person))
    }

    /// Judges what a passkey has signed, and notes that it was used.
    async fn judge(
        &self,
        party: &Party,
        (answer, state): (&PublicKeyCredential, DiscoverableAuthentication),
        kept: store::Passkey,
        (from, now): (&str, i64),
    ) -> Result<(), Refused> {
        let (person, passkey) = (PersonId(kept.person), kept.id);
        let mut key: Key =
            serde_json::from_str(&kept.key).map_err(|_| Refused::Broken("no key of a passkey"))?;
        let judged = party
            .0
            .finish_discoverable_authentication_v2(answer, state, &key);
        let judged = judged.map_err(|error| {
            if let WebauthnError::CredentialPossibleCompromise = error {
                // It counts less than before: there are two of it.
                tracing::warn!(%person, %passkey, from, "account.passkey_cloned");
            } else {
                tracing::info!(%person, %passkey, from, %error, "account.passkey_refused");
            }
            Refused::Unproven
        })?;
        if !judged.user_verified() {
            tracing::info!(%person, %passkey, from, "account.passkey_refused");
            return Err(Refused::Unproven);
        }
        let new = updated(&mut key, &judged)?;
        if !self.keys().use_passkey(passkey, kept.key, new, now).await? {
            // It was used at the same time elsewhere, or is gone by now.
            tracing::warn!(%person, %passkey, from, "account.passkey_used_twice");
            return Err(Refused::Unproven);
        }
        Ok(())
    }

    /// Calls one of a person by another name.
    ///
    /// # Errors
    /// [`Refused::BadPasskey`] without a name, [`Refused::Ended`] when they have none of this id.
    pub async fn name_passkey(
        &self,
        person: PersonId,
        id: Uuid,
        name: &str,
    ) -> Result<(), Refused> {
        let named = self.keys().name_passkey(person.0, id, checked(name)?);
        named.await?.then_some(()).ok_or(Refused::Ended)
    }

    /// Removes one of somebody who says their password once more, if they have one.
    ///
    /// # Errors
    /// [`Refused::Wrong`] for a wrong password, [`Refused::Wait`] after too many of them,
    /// [`Refused::Ended`] when they have none of this id.
    pub async fn remove_passkey(
        &self,
        person: PersonId,
        id: Uuid,
        password: String,
    ) -> Result<(), Refused> {
        let account = self.of(person).ok_or(Refused::NoAccount)?;
        // Whoever came in by the word of another instead has none any more.
        if account.has_password() {
            self.own_password(person, password).await?;
        }
        if !self.keys().take_passkey(person.0, id).await? {
            return Err(Refused::Ended);
        }
        tracing::info!(%person, passkey = %id, "account.passkey_removed");
        self.reload().await?;
        Ok(())
    }

    /// Takes all from somebody who has lost what holds them, for an administrator. Every session of
    /// theirs ends.
    ///
    /// # Errors
    /// [`Refused::Ended`] when they have none.
    pub async fn take_passkeys(&self, person: PersonId) -> Result<(), Refused> {
        if !self.keys().take_passkeys(person.0).await? {
            return Err(Refused::Ended);
        }
        tracing::warn!(%person, "account.passkeys_taken");
        for kind in [sessions::KIND, ADDING] {
            self.kept().take_secrets(kind, Some(person.0)).await?;
        }
        self.reload().await?;
        Ok(())
    }

    async fn begin_ceremony(
        &self,
        (kind, person): (&str, Option<PersonId>),
        options: Value,
        state: &impl Serialize,
        now: i64,
    ) -> Result<Ceremony, Refused> {
        let (text, kept) = secret::made((kind, person), written(state)?, (now, now + AGE));
        self.kept().sweep_secrets(now).await?;
        self.kept().add_secret(kept).await?;
        Ok(Ceremony {
            options,
            secret: text,
        })
    }

    /// Ends a ceremony by taking what it has to come to. Of many who ask at once only one gets it.
    async fn end_ceremony<State: DeserializeOwned>(
        &self,
        text: &str,
        (kind, person): (&str, Option<PersonId>),
        now: i64,
    ) -> Result<State, Refused> {
        let found = self.kept().secret(secret::hash(text)).await?;
        let is_it = |found: &store::Secret| {
            found.kind == kind && found.person.map(PersonId) == person && found.ends > now
        };
        let found = found.filter(is_it).ok_or(Refused::Ended)?;
        if !self.kept().take_secret(found.id).await? {
            return Err(Refused::Ended);
        }
        serde_json::from_str(&found.note).map_err(|_| Refused::Broken("no state of a ceremony"))
    }
}

const UNWRITTEN: Refused = Refused::Broken("what a passkey needs cannot be written");

fn written(value: &impl Serialize) -> Result<String, Refused> {
    serde_json::to_string(value).map_err(|_| UNWRITTEN)
}

/// What a browser answers.
fn read<Answer: DeserializeOwned>(text: &str) -> Result<Answer, Refused> {
    serde_json::from_str(text).map_err(|error| {
        tracing::info!(%error, "account.passkey_unreadable");
        Refused::Unproven
    })
}

fn broken(error: &WebauthnError) -> Refused {
    tracing::error!(%error, "account.passkey_not_begun");
    Refused::Broken("no ceremony of a passkey")
}

/// The state of a key after it was used.
fn updated(key: &mut Key, judged: &AuthenticationResult) -> Result<String, Refused> {
    let is_it = key.update_credential(judged);
    is_it.ok_or(Refused::Broken("another passkey was judged"))?;
    written(key)
}

/// What a passkey is called, as it is kept.
fn checked(name: &str) -> Result<String, Refused> {
    let name = name.trim();
    let fits = (1..=LONGEST_NAME).contains(&name.chars().count());
    let plain = !name.chars().any(char::is_control);
    (fits && plain)
        .then(|| name.to_owned())
        .ok_or(Refused::BadPasskey)
}

#[cfg(test)]
mod tests;
