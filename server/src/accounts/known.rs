//! Browsers that are known to be somebody's. What one keeps lets nobody in: it only says that its owner need
//! not be told when they sign in with it again.

use startklar::PersonId;

use super::{Accounts, Refused, secret};
use crate::store;

/// Seconds that a browser is remembered after it was last signed in with: a year.
pub const REMEMBERED: u32 = 365 * 86_400;

/// Most browsers that are remembered of one person; who was not seen for longest is forgotten first.
pub const MOST_BROWSERS: usize = 10;

pub(super) const KIND: &str = "browser";

impl Accounts {
    /// Whether a browser is known to be a person's, by what it shows; it is remembered anew.
    ///
    /// # Errors
    /// When the store fails.
    pub async fn knows_browser(
        &self,
        person: PersonId,
        text: &str,
        now: i64,
    ) -> Result<bool, Refused> {
        let found = self.kept().secret(secret::hash(text)).await?;
        let is_theirs = |found: &store::Secret| {
            found.kind == KIND && found.person == Some(person.0) && found.ends > now
        };
        let Some(found) = found.filter(is_theirs) else {
            return Ok(false);
        };
        let ends = now + i64::from(REMEMBERED);
        self.kept().see_secret(found.hash, now, ends).await?;
        Ok(true)
    }

    /// Remembers a browser. What comes back is for it to keep.
    ///
    /// # Errors
    /// When the store fails.
    pub async fn remember_browser(
        &self,
        person: PersonId,
        browser: &str,
        now: i64,
    ) -> Result<String, Refused> {
        let (text, kept) = secret::made(
            (KIND, Some(person)),
            browser.chars().take(200).collect(),
            (now, now + i64::from(REMEMBERED)),
        );
        let id = kept.id;
        self.kept().add_secret(kept).await?;
        let mut known = self.kept().secrets_of(person.0).await?;
        known.retain(|one| one.kind == KIND && one.id != id);
        known.sort_by_key(|one| std::cmp::Reverse((one.seen, one.id)));
        for forgotten in known.into_iter().skip(MOST_BROWSERS - 1) {
            self.kept().take_secret(forgotten.id).await?;
        }
        Ok(text)
    }
}

#[cfg(test)]
mod tests {
    use super::{
        super::tests::{GOOD, NOW, closed},
        *,
    };

    #[tokio::test]
    async fn a_browser_is_known_for_a_year_to_be_one_persons() {
        let (accounts, lena) = closed().await;
        let other = PersonId::from_number(8);
        let year = i64::from(REMEMBERED);
        let shown = accounts.remember_browser(lena, "Firefox", NOW).await;
        let shown = shown.unwrap();
        let knows = async |person, text: &str, now| {
            let knows = accounts.knows_browser(person, text, now).await;
            knows.unwrap()
        };
        assert!(!knows(lena, "", NOW).await && !knows(lena, "skl_00", NOW).await);
        assert!(!knows(other, &shown, NOW).await);
        assert!(!knows(lena, &shown, NOW + year).await);
        assert!(knows(lena, &shown, NOW + year - 1).await);
        assert!(knows(lena, &shown, NOW + year).await, "it was seen since");
        let session = accounts.begin_session(lena, "", NOW).await.unwrap();
        assert!(!knows(lena, &session, NOW).await);
        assert!(
            accounts.who(&shown, NOW).await.is_none(),
            "it opens nothing"
        );
    }

    #[tokio::test]
    async fn ten_are_remembered_until_the_password_is_another() {
        let (accounts, lena) = closed().await;
        let mut shown = Vec::new();
        for n in 0..12 {
            let new = accounts.remember_browser(lena, "Firefox", NOW + n).await;
            shown.push(new.unwrap());
            // The first is used all the time.
            let first = accounts.knows_browser(lena, &shown[0], NOW + n);
            assert!(first.await.unwrap(), "{n}");
        }
        let known = async || {
            let mut known = Vec::new();
            for (n, text) in shown.iter().enumerate() {
                if accounts.knows_browser(lena, text, NOW + 20).await.unwrap() {
                    known.push(n);
                }
            }
            known
        };
        assert_eq!(known().await, [0, 3, 4, 5, 6, 7, 8, 9, 10, 11]);
        let changed = accounts.change_password(
            lena,
            "Lena Novak",
            GOOD.to_owned(),
            "another four words".to_owned(),
        );
        changed.await.unwrap();
        assert!(known().await.is_empty());
    }
}
