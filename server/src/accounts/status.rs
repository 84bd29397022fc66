//! Links to the status page of a launch: whoever holds one reads it without an account, until the
//! link ends.

use startklar::LaunchId;
use uuid::Uuid;

use super::{Accounts, Refused, secret};
use crate::store;

/// Most days that a link holds.
const LONGEST_DAYS: i64 = 180;

/// Most links to one launch.
const MOST: usize = 50;

const KIND: &str = "status";

/// Seconds between two notes of when a link was last opened.
const NOTED: i64 = 60;

/// A link as those see it who may end it.
#[derive(Debug, Clone)]
pub struct StatusLink {
    /// What it is called.
    pub id: Uuid,
    /// When it was made, in seconds since 1970, as the next two.
    pub made: i64,
    /// When it was last opened, if it was.
    pub seen: Option<i64>,
    /// When it ends.
    pub ends: i64,
}

impl Accounts {
    /// Makes a link to a launch. What comes back is its secret.
    ///
    /// # Errors
    /// [`Refused::BadLink`] for more than half a year, or for one too many.
    pub async fn make_status_link(
        &self,
        launch: &LaunchId,
        days: i64,
        now: i64,
    ) -> Result<String, Refused> {
        let fits = (1..=LONGEST_DAYS).contains(&days);
        if !fits || self.status_links(launch, now).await?.len() >= MOST {
            return Err(Refused::BadLink);
        }
        // Nobody's: it does not go with who made it.
        let (text, kept) =
            secret::made((KIND, None), launch.to_string(), (now, now + days * 86_400));
        let kept = store::Secret { seen: 0, ..kept };
        self.kept().add_secret(kept).await?;
        Ok(text)
    }

    /// The launch that a link leads to.
    pub async fn status(&self, text: &str, now: i64) -> Option<LaunchId> {
        let found = self.shown(text, KIND, now).await?;
        if now - found.seen >= NOTED {
            self.note(&found, now, found.ends).await;
        }
        found.note.parse().ok()
    }

    /// The links to a launch, the latest first.
    ///
    /// # Errors
    /// When the store fails.
    pub async fn status_links(
        &self,
        launch: &LaunchId,
        now: i64,
    ) -> Result<Vec<StatusLink>, Refused> {
        let secrets = self.kept().secrets_noted(KIND, launch.as_str()).await?;
        let links = secrets.into_iter().filter(|secret| secret.ends > now);
        Ok(links
            .map(|secret| StatusLink {
                id: secret.id,
                made: secret.made,
                seen: Some(secret.seen).filter(|seen| *seen > 0),
                ends: secret.ends,
            })
            .collect())
    }

    /// Ends a link to a launch.
    ///
    /// # Errors
    /// [`Refused::Ended`] when there is none of this id.
    pub async fn end_status_link(&self, launch: &LaunchId, id: Uuid) -> Result<(), Refused> {
        let known = self.kept().secrets_noted(KIND, launch.as_str()).await?;
        if !known.iter().any(|secret| secret.id == id) || !self.kept().take_secret(id).await? {
            return Err(Refused::Ended);
        }
        self.seen.forget_all();
        Ok(())
    }

    /// Ends all links to a launch that is thrown away: another may come to have its id.
    ///
    /// # Errors
    /// When the store fails.
    pub async fn end_status_links(&self, launch: &LaunchId) -> Result<(), Refused> {
        for secret in self.kept().secrets_noted(KIND, launch.as_str()).await? {
            self.kept().take_secret(secret.id).await?;
        }
        self.seen.forget_all();
        Ok(())
    }
}
