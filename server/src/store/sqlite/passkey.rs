//! Passkeys in `SQLite`.

use async_trait::async_trait;
use sqlx::{Row as _, sqlite::SqliteRow};
use uuid::Uuid;

use super::{
    super::{
        News, Passkey, PasskeyStore, StoreError, accounts::refused, error::failed, passkey::sql,
    },
    SqliteStore,
};

fn passkey(row: &SqliteRow) -> Result<Passkey, sqlx::Error> {
    Ok(Passkey {
        id: row.try_get(0)?,
        person: row.try_get(1)?,
        credential: row.try_get(2)?,
        name: row.try_get(3)?,
        key: row.try_get(4)?,
        made: row.try_get(5)?,
        used: row.try_get(6)?,
    })
}

#[async_trait]
impl PasskeyStore for SqliteStore {
    async fn passkey_owners(&self) -> Result<Vec<Uuid>, StoreError> {
        let rows = sqlx::query_scalar(sql::OWNERS).fetch_all(&self.readers);
        rows.await.map_err(failed("reading who has passkeys"))
    }

    async fn passkeys_of(&self, person: Uuid) -> Result<Vec<Passkey>, StoreError> {
        let rows = sqlx::query(sql::OF)
            .bind(person)
            .try_map(|row| passkey(&row))
            .fetch_all(&self.readers);
        rows.await.map_err(failed("reading passkeys"))
    }

    async fn passkey(&self, credential: Vec<u8>) -> Result<Option<Passkey>, StoreError> {
        let row = sqlx::query(sql::PASSKEY)
            .bind(credential)
            .try_map(|row| passkey(&row))
            .fetch_optional(&self.readers);
        row.await.map_err(failed("reading a passkey"))
    }

    async fn add_passkey(&self, passkey: Passkey) -> Result<(), StoreError> {
        let error = refused("writing a passkey", &passkey.name);
        let query = sqlx::query(sql::ADD)
            .bind(passkey.id)
            .bind(passkey.person)
            .bind(passkey.credential)
            .bind(passkey.name)
            .bind(passkey.key)
            .bind(passkey.made)
            .bind(passkey.used);
        self.run(query, error, Some(News::People)).await.map(drop)
    }

    async fn name_passkey(&self, person: Uuid, id: Uuid, name: String) -> Result<bool, StoreError> {
        let query = sqlx::query(sql::NAME).bind(person).bind(id).bind(name);
        let error = failed("naming a passkey");
        Ok(self.run(query, error, None).await? > 0)
    }

    async fn use_passkey(
        &self,
        id: Uuid,
        judged: String,
        new: String,
        now: i64,
    ) -> Result<bool, StoreError> {
        let query = sqlx::query(sql::USE)
            .bind(id)
            .bind(judged)
            .bind(new)
            .bind(now);
        let error = failed("noting that a passkey was used");
        Ok(self.run(query, error, None).await? > 0)
    }

    async fn take_passkey(&self, person: Uuid, id: Uuid) -> Result<bool, StoreError> {
        let query = sqlx::query(sql::TAKE).bind(person).bind(id);
        let error = failed("removing a passkey");
        Ok(self.run(query, error, Some(News::People)).await? > 0)
    }

    async fn take_passkeys(&self, person: Uuid) -> Result<bool, StoreError> {
        let query = sqlx::query(sql::TAKE_ALL).bind(person);
        let error = failed("removing passkeys");
        Ok(self.run(query, error, Some(News::People)).await? > 0)
    }
}
