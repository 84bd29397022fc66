//! How people wish to be written to, and the outbox. The store keeps both as they are given; what
//! they mean is said in [`crate::mail`].

use async_trait::async_trait;
use uuid::Uuid;

use super::StoreError;

/// How somebody wishes to be written to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MailWish {
    /// Who: a person of the directory.
    pub person: Uuid,
    /// Where they read mail.
    pub address: String,
    /// Whether whoever reads it has said that it is theirs.
    pub confirmed: bool,
    /// Where they wish to read it once whoever reads there has said the same; empty where nothing waits.
    pub next: String,
    /// The tag of their language.
    pub locale: String,
    /// The name of their time zone.
    pub zone: String,
    /// Whether they wish the weekly digest.
    pub digest: bool,
    /// Whether they wish notices.
    pub notices: bool,
    /// When it begins to be quiet, in minutes after midnight.
    pub quiet_from: i64,
    /// When it ends to be, in the same.
    pub quiet_until: i64,
}

/// A mail of the outbox. Moments are whole seconds since 1970.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mail {
    /// What it is called.
    pub id: Uuid,
    /// Whom it is for.
    pub person: Uuid,
    /// Where it goes; empty for where its reader wishes.
    pub address: String,
    /// Which kind, by its stable name.
    pub kind: String,
    /// What makes it the only one of its matter.
    pub key: String,
    /// What it tells of, a line each.
    pub about: String,
    /// Its subject.
    pub subject: String,
    /// The plain text; empty once it no longer waits, as the next.
    pub body: String,
    /// The same as HTML.
    pub html: String,
    /// When it was put in.
    pub made: i64,
    /// It is not tried before.
    pub due: i64,
    /// How often it was tried.
    pub tries: i64,
    /// What the mail server said last.
    pub answer: String,
}

/// A mail in short: what was written to somebody before, and what came of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Written {
    /// Whom it is for.
    pub person: Uuid,
    /// Which kind, by its stable name.
    pub kind: String,
    /// What makes it the only one of its matter.
    pub key: String,
    /// What it tells of, a line each.
    pub about: String,
    /// Where it stands.
    pub state: MailState,
    /// When it was put in.
    pub made: i64,
    /// When its state changed last.
    pub changed: i64,
    /// What the mail server said last.
    pub answer: String,
}

/// Where a mail of the outbox stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum MailState {
    /// It is to be sent.
    Waiting,
    /// Somebody sends it, or did so when they ended: then nobody knows whether it arrived.
    Sending,
    /// The mail server took it.
    Sent,
    /// It is given up.
    Failed,
}

impl MailState {
    pub(super) const fn code(self) -> &'static str {
        match self {
            Self::Waiting => "waiting",
            Self::Sending => "sending",
            Self::Sent => "sent",
            Self::Failed => "failed",
        }
    }

    /// What a row says. The schema allows no other.
    pub(super) fn from_code(code: &str) -> Result<Self, sqlx::Error> {
        [Self::Waiting, Self::Sending, Self::Sent, Self::Failed]
            .into_iter()
            .find(|state| state.code() == code)
            .ok_or_else(|| sqlx::Error::Decode(format!("the state of a mail is {code:?}").into()))
    }
}

/// What came of a mail that was claimed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Settled {
    /// Where it stands now.
    pub state: MailState,
    /// It is not tried again before.
    pub due: i64,
    /// When this happened.
    pub changed: i64,
    /// What the mail server said.
    pub answer: String,
}

/// Keeps wishes and the outbox.
#[async_trait]
pub trait MailStore: Send + Sync {
    /// The wishes of everybody who has any, in the order of their ids.
    async fn mail_wishes(&self) -> Result<Vec<MailWish>, StoreError>;

    /// The wishes of one person.
    async fn mail_wish(&self, person: Uuid) -> Result<Option<MailWish>, StoreError>;

    /// Keeps wishes in place of earlier ones. What waits and is no longer wished for is gone, and so is what
    /// asks about another address. An address that stays the same stays confirmed; one that is confirmed
    /// stays in place of another that is not, which becomes what waits. What the wishes say of that is not
    /// looked at.
    ///
    /// # Errors
    /// [`StoreError::NoSuchPerson`] when they are of a person who is none.
    async fn put_mail_wish(&self, wish: MailWish) -> Result<(), StoreError>;

    /// Ends kinds of mail to somebody, and changes nothing else.
    async fn end_mail(&self, person: Uuid, digest: bool, notices: bool) -> Result<(), StoreError>;

    /// Notes that an address is theirs, and that mail goes there; says whether it is still what they wish for.
    async fn confirm_address(&self, person: Uuid, address: &str) -> Result<bool, StoreError>;

    /// Puts a mail into the outbox; says whether it is new. Of many with one key only one is.
    ///
    /// # Errors
    /// [`StoreError::NoSuchPerson`] when it is for a person who is none.
    async fn queue_mail(&self, mail: Mail) -> Result<bool, StoreError>;

    /// What may be tried now and whose reader still wishes it, the longest due first. What is told of the
    /// account, and what asks about an address, is no matter of wishes.
    async fn due_mail(&self, now: i64, limit: u32) -> Result<Vec<Mail>, StoreError>;

    /// Takes a mail for oneself; says whether it still waited. Of many who ask at once, in whatever
    /// process, only one hears yes.
    async fn claim_mail(&self, id: Uuid, now: i64) -> Result<bool, StoreError>;

    /// Notes what came of a mail that one has claimed.
    async fn settle_mail(&self, id: Uuid, settled: Settled) -> Result<(), StoreError>;

    /// What was written to somebody, the latest first.
    async fn written_to(&self, person: Uuid) -> Result<Vec<Written>, StoreError>;

    /// What was given up, and what somebody claimed before a moment and never settled; the latest
    /// first.
    async fn stuck_mail(&self, before: i64, limit: u32) -> Result<Vec<Written>, StoreError>;

    /// Forgets what changed last before a moment.
    async fn sweep_mail(&self, before: i64) -> Result<(), StoreError>;
}

/// The statements, the same for both databases.
pub(super) mod sql {
    pub(crate) const WISHES: &str = "\
        select person, address, locale, zone, digest, notices, quiet_from, quiet_until, confirmed, next \
        from mail_wish order by person";
    pub(crate) const WISH: &str = "\
        select person, address, locale, zone, digest, notices, quiet_from, quiet_until, confirmed, next \
        from mail_wish where person = $1";
    pub(crate) const PUT_WISH: &str = "\
        insert into mail_wish \
        (person, address, locale, zone, digest, notices, quiet_from, quiet_until, confirmed) \
        values ($1, $2, $3, $4, $5, $6, $7, $8, $9) \
        on conflict (person) do update set \
        next = case when mail_wish.confirmed and not excluded.confirmed \
        and mail_wish.address <> excluded.address then excluded.address else '' end, \
        address = case when mail_wish.confirmed and not excluded.confirmed \
        then mail_wish.address else excluded.address end, \
        confirmed = (mail_wish.confirmed or excluded.confirmed), \
        locale = excluded.locale, zone = excluded.zone, digest = excluded.digest, \
        notices = excluded.notices, quiet_from = excluded.quiet_from, \
        quiet_until = excluded.quiet_until";
    pub(crate) const CONFIRM: &str = "\
        update mail_wish set confirmed = $3, address = $2, next = '' where person = $1 \
        and (next = $2 or (address = $2 and not confirmed))";
    pub(crate) const UNWISHED: &str = "\
        delete from outbox where person = $1 and state = 'waiting' and not exists ( \
        select 1 from mail_wish wish where wish.person = outbox.person and ( \
        (outbox.kind = 'digest' and wish.digest) or (outbox.kind = 'notice' and wish.notices) or \
        outbox.kind = 'safety' or (outbox.kind = 'address' and (outbox.address = wish.next \
        or (outbox.address = wish.address and not wish.confirmed)))))";
    pub(crate) const END: &str = "\
        update mail_wish set digest = (digest and not $2), notices = (notices and not $3) \
        where person = $1";
    pub(crate) const QUEUE: &str = "\
        insert into outbox (id, person, kind, key, about, subject, body, html, state, tries, made, \
        due, changed, answer, address) \
        values ($1, $2, $3, $4, $5, $6, $7, $8, 'waiting', 0, $9, $10, $9, '', $11) \
        on conflict (key) do nothing";
    pub(crate) const DUE: &str = "\
        select id, outbox.person, kind, key, about, subject, body, html, made, due, tries, answer, \
        outbox.address \
        from outbox join mail_wish wish on wish.person = outbox.person \
        where state = 'waiting' and due <= $1 and (kind = 'safety' or (kind = 'address' \
        and (not wish.confirmed or wish.next <> '')) or (wish.confirmed and ( \
        (kind = 'digest' and wish.digest) or (kind = 'notice' and wish.notices)))) \
        order by due, id limit $2";
    pub(crate) const CLAIM: &str = "\
        update outbox set state = 'sending', changed = $2, tries = tries + 1 \
        where id = $1 and state = 'waiting'";
    pub(crate) const SETTLE: &str = "\
        update outbox set state = $2, due = $3, changed = $4, answer = $5, \
        body = case when $2 = 'waiting' then body else '' end, \
        html = case when $2 = 'waiting' then html else '' end \
        where id = $1 and state = 'sending'";
    pub(crate) const WRITTEN: &str = "\
        select person, kind, key, about, state, made, changed, answer from outbox \
        where person = $1 order by made desc, id desc";
    pub(crate) const STUCK: &str = "\
        select person, kind, key, about, state, made, changed, answer from outbox \
        where state = 'failed' or (state = 'sending' and changed < $1) \
        order by changed desc, id limit $2";
    pub(crate) const SWEEP: &str = "delete from outbox where changed < $1";
}
