//! Wishes about mail and the outbox in `PostgreSQL`.

use async_trait::async_trait;
use sqlx::{Row as _, postgres::PgRow};
use uuid::Uuid;

use super::{
    super::{
        Mail, MailState, MailStore, MailWish, Settled, StoreError, Written, accounts::refused,
        error::failed, mail::sql,
    },
    PgStore,
};

fn wish(row: &PgRow) -> Result<MailWish, sqlx::Error> {
    Ok(MailWish {
        person: row.try_get(0)?,
        address: row.try_get(1)?,
        locale: row.try_get(2)?,
        zone: row.try_get(3)?,
        digest: row.try_get(4)?,
        notices: row.try_get(5)?,
        quiet_from: row.try_get(6)?,
        quiet_until: row.try_get(7)?,
        confirmed: row.try_get(8)?,
        next: row.try_get(9)?,
    })
}

fn mail(row: &PgRow) -> Result<Mail, sqlx::Error> {
    Ok(Mail {
        id: row.try_get(0)?,
        person: row.try_get(1)?,
        kind: row.try_get(2)?,
        key: row.try_get(3)?,
        about: row.try_get(4)?,
        subject: row.try_get(5)?,
        body: row.try_get(6)?,
        html: row.try_get(7)?,
        made: row.try_get(8)?,
        due: row.try_get(9)?,
        tries: row.try_get(10)?,
        answer: row.try_get(11)?,
        address: row.try_get(12)?,
    })
}

fn written(row: &PgRow) -> Result<Written, sqlx::Error> {
    Ok(Written {
        person: row.try_get(0)?,
        kind: row.try_get(1)?,
        key: row.try_get(2)?,
        about: row.try_get(3)?,
        state: MailState::from_code(row.try_get(4)?)?,
        made: row.try_get(5)?,
        changed: row.try_get(6)?,
        answer: row.try_get(7)?,
    })
}

#[async_trait]
impl MailStore for PgStore {
    async fn mail_wishes(&self) -> Result<Vec<MailWish>, StoreError> {
        let rows = sqlx::query(sql::WISHES)
            .try_map(|row| wish(&row))
            .fetch_all(&self.pool);
        rows.await.map_err(failed("reading wishes about mail"))
    }

    async fn mail_wish(&self, person: Uuid) -> Result<Option<MailWish>, StoreError> {
        let row = sqlx::query(sql::WISH)
            .bind(person)
            .try_map(|row| wish(&row))
            .fetch_optional(&self.pool);
        row.await.map_err(failed("reading wishes about mail"))
    }

    async fn put_mail_wish(&self, wish: MailWish) -> Result<(), StoreError> {
        let doing = "writing wishes about mail";
        let person = wish.person;
        let query = sqlx::query(sql::PUT_WISH)
            .bind(person)
            .bind(wish.address)
            .bind(wish.locale)
            .bind(wish.zone)
            .bind(wish.digest)
            .bind(wish.notices)
            .bind(wish.quiet_from)
            .bind(wish.quiet_until)
            .bind(wish.confirmed);
        self.run(query, refused(doing, "")).await?;
        // What is left if this fails is not sent either: whoever asks what is due asks for wishes.
        let query = sqlx::query(sql::UNWISHED).bind(person);
        self.run(query, failed(doing)).await.map(drop)
    }

    async fn end_mail(&self, person: Uuid, digest: bool, notices: bool) -> Result<(), StoreError> {
        let doing = "ending mail";
        let query = sqlx::query(sql::END)
            .bind(person)
            .bind(digest)
            .bind(notices);
        self.run(query, failed(doing)).await?;
        let query = sqlx::query(sql::UNWISHED).bind(person);
        self.run(query, failed(doing)).await.map(drop)
    }

    async fn confirm_address(&self, person: Uuid, address: &str) -> Result<bool, StoreError> {
        let query = sqlx::query(sql::CONFIRM)
            .bind(person)
            .bind(address.to_owned())
            .bind(true);
        let done = self.run(query, failed("confirming an address")).await?;
        Ok(done > 0)
    }

    async fn queue_mail(&self, mail: Mail) -> Result<bool, StoreError> {
        let query = sqlx::query(sql::QUEUE)
            .bind(mail.id)
            .bind(mail.person)
            .bind(mail.kind)
            .bind(mail.key)
            .bind(mail.about)
            .bind(mail.subject)
            .bind(mail.body)
            .bind(mail.html)
            .bind(mail.made)
            .bind(mail.due)
            .bind(mail.address);
        let error = refused("writing a mail", "");
        Ok(self.run(query, error).await? > 0)
    }

    async fn due_mail(&self, now: i64, limit: u32) -> Result<Vec<Mail>, StoreError> {
        let rows = sqlx::query(sql::DUE)
            .bind(now)
            .bind(i64::from(limit))
            .try_map(|row| mail(&row))
            .fetch_all(&self.pool);
        rows.await.map_err(failed("reading the outbox"))
    }

    async fn claim_mail(&self, id: Uuid, now: i64) -> Result<bool, StoreError> {
        let query = sqlx::query(sql::CLAIM).bind(id).bind(now);
        let error = failed("claiming a mail");
        Ok(self.run(query, error).await? > 0)
    }

    async fn settle_mail(&self, id: Uuid, settled: Settled) -> Result<(), StoreError> {
        let query = sqlx::query(sql::SETTLE)
            .bind(id)
            .bind(settled.state.code())
            .bind(settled.due)
            .bind(settled.changed)
            .bind(settled.answer);
        let error = failed("noting what came of a mail");
        self.run(query, error).await.map(drop)
    }

    async fn written_to(&self, person: Uuid) -> Result<Vec<Written>, StoreError> {
        let rows = sqlx::query(sql::WRITTEN)
            .bind(person)
            .try_map(|row| written(&row))
            .fetch_all(&self.pool);
        rows.await.map_err(failed("reading the outbox"))
    }

    async fn stuck_mail(&self, before: i64, limit: u32) -> Result<Vec<Written>, StoreError> {
        let rows = sqlx::query(sql::STUCK)
            .bind(before)
            .bind(i64::from(limit))
            .try_map(|row| written(&row))
            .fetch_all(&self.pool);
        rows.await.map_err(failed("reading the outbox"))
    }

    async fn sweep_mail(&self, before: i64) -> Result<(), StoreError> {
        let query = sqlx::query(sql::SWEEP).bind(before);
        let error = failed("removing old mail");
        self.run(query, error).await.map(drop)
    }
}
