//! Mail: who is told what and when, and the outbox from which it is sent at most once.
//!
//! A mail goes through three hands. `decide` says what somebody is to be told now, from what they
//! owe and what was written to them before; it reads no clock and no store. `letter` puts that
//! into words, and it is put into the outbox under a key that nothing else has. [`Post`] claims what
//! waits there, hands it to the mail server and notes what came of it. What was claimed and never
//! settled, because the program was ended in between or the line broke at the wrong moment, is not
//! sent again: nobody knows whether it arrived, and the page of people says so.

mod address;
mod decide;
mod letter;
mod outbox;
mod post;
mod quiet;
mod relay;
mod safety;
mod smtp;
mod wish;

pub use address::{MOST_A_DAY, ask};
pub use outbox::{STALE, Stuck, stuck};
pub use post::{Post, Trouble};
pub use quiet::Quiet;
pub use relay::{BadRelay, Relay, Wiring, links_to};
pub use safety::{Change, tell, tell_of_browser};
pub use wish::{BadWish, Given, Wish};

use startklar::{PersonId, time::Instant};
use uuid::Uuid;

use self::letter::Words;
use crate::store::Mail;

/// What a mail is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// Once a week: what is owed, what is late, what waits.
    Digest,
    /// Something new waits for a word of its reader.
    Notice,
    /// Whether an address is its reader's own: the first mail to it, and until they say so the only one.
    Address,
    /// What its reader signs in by has changed, or they signed in with a browser that is not known.
    Safety,
}

impl Kind {
    /// Each kind.
    pub const ALL: [Self; 4] = [Self::Digest, Self::Notice, Self::Address, Self::Safety];

    /// The stable name.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Digest => "digest",
            Self::Notice => "notice",
            Self::Address => "address",
            Self::Safety => "safety",
        }
    }

    /// The kind of that name.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.code() == code)
    }
}

/// A mail for the outbox, due now. `key` is what nothing else has, `about` what it tells of.
fn mail(
    (kind, key, about): (Kind, String, String),
    person: PersonId,
    words: Words,
    now: Instant,
) -> Mail {
    Mail {
        id: Uuid::now_v7(),
        person: person.0,
        address: String::new(),
        kind: kind.code().to_owned(),
        key,
        about,
        subject: words.subject,
        body: words.body,
        html: words.html,
        made: now.timestamp(),
        due: now.timestamp(),
        tries: 0,
        answer: String::new(),
    }
}
