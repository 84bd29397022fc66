//! Accounts, identities and secrets in `PostgreSQL`.

use async_trait::async_trait;
use sqlx::{Postgres, Row as _, postgres::PgArguments, postgres::PgRow, query::Query};
use uuid::Uuid;

use super::{
    super::{
        Account, AccountStore, Hash, Identity, News, Secret, StoreError,
        accounts::{hash, refused, sql},
        error::failed,
    },
    PgStore,
    listen::{self, Message},
};

impl PgStore {
    /// Runs a statement; gives the number of rows that it touched.
    pub(super) async fn run(
        &self,
        query: Query<'_, Postgres, PgArguments>,
        error: impl FnOnce(sqlx::Error) -> StoreError,
    ) -> Result<u64, StoreError> {
        let done = query.execute(&self.pool).await.map_err(error)?;
        Ok(done.rows_affected())
    }

    /// The same for an account, and tells of it.
    pub(super) async fn change(
        &self,
        query: Query<'_, Postgres, PgArguments>,
        error: impl FnOnce(sqlx::Error) -> StoreError,
    ) -> Result<u64, StoreError> {
        let doing = "writing an account";
        let mut transaction = self.pool.begin().await.map_err(failed(doing))?;
        let done = query.execute(&mut *transaction).await.map_err(error)?;
        let messages = [self.announcer.sign(Message::People)];
        listen::notify(&mut transaction, &messages)
            .await
            .map_err(failed(doing))?;
        transaction.commit().await.map_err(failed(doing))?;
        self.announcer.tell(News::People);
        Ok(done.rows_affected())
    }
}

fn account(row: &PgRow) -> Result<Account, sqlx::Error> {
    Ok(Account {
        person: row.try_get(0)?,
        login: row.try_get(1)?,
        password: row.try_get(2)?,
        standing: row.try_get(3)?,
        made: row.try_get(4)?,
    })
}

fn identity(row: &PgRow) -> Result<Identity, sqlx::Error> {
    Ok(Identity {
        issuer: row.try_get(0)?,
        subject: row.try_get(1)?,
        person: row.try_get(2)?,
        made: row.try_get(3)?,
    })
}

fn secret(row: &PgRow) -> Result<Secret, sqlx::Error> {
    Ok(Secret {
        hash: hash(row.try_get(0)?)?,
        id: row.try_get(1)?,
        kind: row.try_get(2)?,
        person: row.try_get(3)?,
        note: row.try_get(4)?,
        made: row.try_get(5)?,
        seen: row.try_get(6)?,
        ends: row.try_get(7)?,
    })
}

#[async_trait]
impl AccountStore for PgStore {
    async fn accounts(&self) -> Result<Vec<Account>, StoreError> {
        let rows = sqlx::query(sql::ACCOUNTS)
            .try_map(|row| account(&row))
            .fetch_all(&self.pool);
        rows.await.map_err(failed("reading the accounts"))
    }

    async fn put_account(&self, account: Account) -> Result<(), StoreError> {
        let error = refused("writing an account", &account.login);
        let query = sqlx::query(sql::PUT_ACCOUNT)
            .bind(account.person)
            .bind(account.login)
            .bind(account.password)
            .bind(account.standing)
            .bind(account.made);
        self.change(query, error).await.map(drop)
    }

    async fn set_password(&self, person: Uuid, password: String) -> Result<bool, StoreError> {
        let query = sqlx::query(sql::SET_PASSWORD).bind(person).bind(password);
        let error = failed("changing a password");
        Ok(self.change(query, error).await? > 0)
    }

    async fn set_standing(&self, person: Uuid, standing: String) -> Result<bool, StoreError> {
        let query = sqlx::query(sql::SET_STANDING).bind(person).bind(standing);
        let error = failed("changing a standing");
        Ok(self.change(query, error).await? > 0)
    }

    async fn identities(&self) -> Result<Vec<Identity>, StoreError> {
        let rows = sqlx::query(sql::IDENTITIES)
            .try_map(|row| identity(&row))
            .fetch_all(&self.pool);
        rows.await.map_err(failed("reading the identities"))
    }

    async fn add_identity(&self, identity: Identity) -> Result<(), StoreError> {
        let error = refused("writing an identity", &identity.subject);
        let query = sqlx::query(sql::ADD_IDENTITY)
            .bind(identity.issuer)
            .bind(identity.subject)
            .bind(identity.person)
            .bind(identity.made);
        self.change(query, error).await.map(drop)
    }

    async fn take_identity(
        &self,
        person: Uuid,
        issuer: &str,
        subject: &str,
    ) -> Result<bool, StoreError> {
        let query = sqlx::query(sql::TAKE_IDENTITY)
            .bind(person)
            .bind(issuer.to_owned())
            .bind(subject.to_owned());
        let error = failed("removing an identity");
        Ok(self.change(query, error).await? > 0)
    }

    async fn add_secret(&self, secret: Secret) -> Result<(), StoreError> {
        let query = sqlx::query(sql::ADD_SECRET)
            .bind(secret.hash.to_vec())
            .bind(secret.id)
            .bind(secret.kind)
            .bind(secret.person)
            .bind(secret.note)
            .bind(secret.made)
            .bind(secret.seen)
            .bind(secret.ends);
        self.run(query, refused("writing a secret", ""))
            .await
            .map(drop)
    }

    async fn secret(&self, hash: Hash) -> Result<Option<Secret>, StoreError> {
        let row = sqlx::query(sql::SECRET)
            .bind(hash.to_vec())
            .try_map(|row| secret(&row))
            .fetch_optional(&self.pool);
        row.await.map_err(failed("reading a secret"))
    }

    async fn secrets_of(&self, person: Uuid) -> Result<Vec<Secret>, StoreError> {
        let rows = sqlx::query(sql::SECRETS_OF)
            .bind(person)
            .try_map(|row| secret(&row))
            .fetch_all(&self.pool);
        rows.await.map_err(failed("reading secrets"))
    }

    async fn secrets_noted(&self, kind: &str, note: &str) -> Result<Vec<Secret>, StoreError> {
        let rows = sqlx::query(sql::SECRETS_NOTED)
            .bind(kind)
            .bind(note)
            .try_map(|row| secret(&row))
            .fetch_all(&self.pool);
        rows.await.map_err(failed("reading secrets"))
    }

    async fn see_secret(&self, hash: Hash, seen: i64, ends: i64) -> Result<(), StoreError> {
        let query = sqlx::query(sql::SEE_SECRET).bind(hash.to_vec());
        let query = query.bind(seen).bind(ends);
        self.run(query, failed("noting that a secret was shown"))
            .await
            .map(drop)
    }

    async fn take_secret(&self, id: Uuid) -> Result<bool, StoreError> {
        let query = sqlx::query(sql::TAKE_SECRET).bind(id);
        Ok(self.run(query, failed("removing a secret")).await? > 0)
    }

    async fn take_secrets(&self, kind: &str, person: Option<Uuid>) -> Result<(), StoreError> {
        let query = match person {
            Some(person) => sqlx::query(sql::TAKE_ALL_OF).bind(kind).bind(person),
            None => sqlx::query(sql::TAKE_ALL).bind(kind),
        };
        self.run(query, failed("removing secrets")).await.map(drop)
    }

    async fn sweep_secrets(&self, before: i64) -> Result<(), StoreError> {
        let query = sqlx::query(sql::SWEEP).bind(before);
        self.run(query, failed("removing ended secrets"))
            .await
            .map(drop)
    }
}
