//! Asking whether an address is its reader's own. Anybody may write any address into their account; nothing
//! is told to one before whoever reads it has said so.

use startklar::time::Instant;
use uuid::Uuid;

use super::{Kind, Wish, letter};
use crate::store::{Mail, MailStore, StoreError};

/// Most that are asked for by one person within a day, so that nobody is pestered by way of this server.
pub const MOST_A_DAY: usize = 5;

/// Seconds of a day.
const DAY: i64 = 86_400;

/// Puts into the outbox the mail that asks; says whether it did, or whether enough were sent for a day.
///
/// # Errors
/// When the store fails.
pub async fn ask(store: &dyn MailStore, wish: &Wish, now: Instant) -> Result<bool, StoreError> {
    let now = now.timestamp();
    let written = store.written_to(wish.person.0).await?;
    let asked =
        |mail: &&crate::store::Written| mail.kind == Kind::Address.code() && mail.made > now - DAY;
    if written.iter().filter(asked).count() >= MOST_A_DAY {
        return Ok(false);
    }
    let id = Uuid::now_v7();
    let words = letter::address(wish.locale);
    let mail = Mail {
        id,
        person: wish.person.0,
        kind: Kind::Address.code().to_owned(),
        key: format!("address {id}"),
        about: String::new(),
        subject: words.subject,
        body: words.body,
        html: words.html,
        made: now,
        due: now,
        tries: 0,
        answer: String::new(),
    };
    store.queue_mail(mail).await
}
