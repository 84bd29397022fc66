//! Telling somebody that what they sign in by has changed, or that they signed in with a browser that is not
//! known, so that they notice when it was not they. Nobody can wish it away, and quiet hours do not hold it back.

use startklar::{PersonId, time::Instant};
use uuid::Uuid;

use super::{Kind, Wish, letter, letter::Words, mail};
use crate::store::{Mail, MailStore, StoreError};

/// What has changed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Change {
    /// The password.
    Password,
    /// A second factor was turned on.
    FactorOn,
    /// It was turned off.
    FactorOff,
    /// An administrator took it away.
    FactorTaken,
    /// A passkey was added.
    PasskeyAdded,
    /// One was removed.
    PasskeyRemoved,
    /// An administrator took all of them away.
    PasskeysTaken,
    /// The recovery codes are others.
    RecoveryCodes,
    /// A way to sign in by the word of another was linked.
    Linked,
    /// One was unlinked.
    Unlinked,
    /// An API token was made.
    Token,
    /// Mail is to go to another address, once that is confirmed.
    Address,
}

/// Puts into the outbox the mail that tells of it; says whether there is an address that it may go to.
///
/// # Errors
/// When the store fails.
pub async fn tell(
    store: &dyn MailStore,
    person: PersonId,
    change: Change,
    now: Instant,
) -> Result<bool, StoreError> {
    let words = |wish: &Wish| letter::safety(change, wish, now);
    queue(store, person, words, now).await
}

/// The same for the mail that tells that they signed in with a browser that was not known to be theirs.
/// `browser` is what it calls itself.
///
/// # Errors
/// When the store fails.
pub async fn tell_of_browser(
    store: &dyn MailStore,
    person: PersonId,
    browser: &str,
    now: Instant,
) -> Result<bool, StoreError> {
    let words = |wish: &Wish| letter::browser(browser, wish, now);
    queue(store, person, words, now).await
}

async fn queue(
    store: &dyn MailStore,
    person: PersonId,
    words: impl FnOnce(&Wish) -> Words,
    now: Instant,
) -> Result<bool, StoreError> {
    let wish = store.mail_wish(person.0).await?;
    let wish = wish.as_ref().and_then(Wish::of_stored);
    let Some(wish) = wish.filter(|wish| wish.confirmed) else {
        return Ok(false);
    };
    let tells = Mail {
        // Also when another address is wished for a moment later.
        address: wish.address.to_string(),
        ..mail(
            (
                Kind::Safety,
                format!("safety {}", Uuid::now_v7()),
                String::new(),
            ),
            person,
            words(&wish),
            now,
        )
    };
    store.queue_mail(tells).await
}

#[cfg(test)]
mod tests {
    use startklar::Locale;
    use uuid::Uuid;

    use super::*;
    use crate::mail::{Given, Quiet};

    #[test]
    fn each_change_has_words_of_its_own_in_each_language() {
        let now = startklar::time::parse_instant("2026-04-18T12:20:00Z").unwrap();
        let quiet = Quiet::default().shown();
        let mut all = std::collections::BTreeSet::new();
        for locale in Locale::ALL {
            let given = Given {
                address: "lena@example.org",
                locale: locale.tag(),
                zone: "Europe/Berlin",
                from: &quiet.0,
                until: &quiet.1,
                ..Given::default()
            };
            let wish = Wish::read(PersonId(Uuid::nil()), given, now).unwrap();
            for change in [
                Change::Password,
                Change::FactorOn,
                Change::FactorOff,
                Change::FactorTaken,
                Change::PasskeyAdded,
                Change::PasskeyRemoved,
                Change::PasskeysTaken,
                Change::RecoveryCodes,
                Change::Linked,
                Change::Unlinked,
                Change::Token,
                Change::Address,
            ] {
                let words = letter::safety(change, &wish, now);
                assert!(words.body.contains("14:20"), "{}", words.body);
                assert!(words.html.contains("14:20"), "{}", words.html);
                assert!(all.insert(words.body));
            }
        }
    }
}
