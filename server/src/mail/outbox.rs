//! What is stuck in the outbox, for those who look after people.

use startklar::{PersonId, time::Instant};

use super::Kind;
use crate::store::{MailState, Store, StoreError};

/// Seconds after which nobody can still be sending what they claimed: ten minutes, several times what
/// one mail may take.
pub const STALE: i64 = 600;

/// Most that are told.
const MOST: u32 = 50;

/// A mail that is not known to have arrived.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stuck {
    /// Whom it is for.
    pub person: PersonId,
    /// What it is for.
    pub kind: Kind,
    /// When that came about, in seconds since 1970.
    pub at: i64,
    /// Whether it may have arrived; it surely did not when this is false.
    pub may_have_arrived: bool,
    /// What the mail server said last.
    pub answer: String,
}

/// What was given up, and what may have arrived; the latest first.
///
/// # Errors
/// When the store cannot be read.
pub async fn stuck(store: &dyn Store, now: Instant) -> Result<Vec<Stuck>, StoreError> {
    let before = now.timestamp() - STALE;
    let stuck = store.mail_store().stuck_mail(before, MOST).await?;
    let stuck = stuck.into_iter().filter_map(|mail| {
        Some(Stuck {
            person: PersonId(mail.person),
            kind: Kind::from_code(&mail.kind)?,
            at: mail.changed,
            may_have_arrived: mail.state == MailState::Sending,
            answer: mail.answer,
        })
    });
    Ok(stuck.collect())
}
