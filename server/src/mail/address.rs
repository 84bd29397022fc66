//! Asking whether an address is its reader's own. Anybody may write any address into their account; nothing
//! is told to one before whoever reads it has said so.

use startklar::time::Instant;

use super::{Kind, Wish, letter, mail};
use crate::store::{Mail, MailStore, StoreError, Written};

/// Most that are asked for by one person within a day, so that nobody is pestered by way of this server.
pub const MOST_A_DAY: usize = 5;

/// Seconds of a day.
const DAY: i64 = 86_400;

/// Puts into the outbox the mail that asks; says whether it did, or whether enough were sent for a day.
///
/// # Errors
/// When the store fails.
pub async fn ask(store: &dyn MailStore, wish: &Wish, now: Instant) -> Result<bool, StoreError> {
    // Of several at once that have seen as many only one is put in; the others look again.
    for _ in 0..=MOST_A_DAY {
        let written = store.written_to(wish.person.0).await?;
        let asked: Vec<_> = (written.iter())
            .filter(|mail| mail.kind == Kind::Address.code())
            .collect();
        let today = |mail: &&&Written| mail.made > now.timestamp() - DAY;
        if asked.iter().filter(today).count() >= MOST_A_DAY {
            return Ok(false);
        }
        let last = asked.first().map_or(0, |mail| mail.made);
        let key = format!("address {} {} {last}", wish.person, asked.len());
        let asks = Mail {
            address: wish.address.to_string(),
            ..mail(
                (Kind::Address, key, String::new()),
                wish.person,
                letter::address(wish.locale),
                now,
            )
        };
        if store.queue_mail(asks).await? {
            return Ok(true);
        }
    }
    Ok(false)
}
