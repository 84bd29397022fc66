//! Second factors in `PostgreSQL`.

use async_trait::async_trait;
use sqlx::{Row as _, postgres::PgRow};
use uuid::Uuid;

use super::{
    super::{
        Factor, FactorState, FactorStore, Shared, StoreError,
        accounts::refused,
        error::failed,
        factor::{shared, sql},
    },
    PgStore,
};

fn factor(row: &PgRow) -> Result<Factor, sqlx::Error> {
    Ok(Factor {
        person: row.try_get(0)?,
        secret: shared(row.try_get(1)?)?,
        state: FactorState::from_code(row.try_get(2)?)?,
        step: row.try_get(3)?,
        changed: row.try_get(4)?,
    })
}

#[async_trait]
impl FactorStore for PgStore {
    async fn factors_on(&self) -> Result<Vec<Uuid>, StoreError> {
        let rows = sqlx::query_scalar(sql::ON).fetch_all(&self.pool);
        rows.await.map_err(failed("reading the second factors"))
    }

    async fn factor(&self, person: Uuid) -> Result<Option<Factor>, StoreError> {
        let row = sqlx::query(sql::FACTOR)
            .bind(person)
            .try_map(|row| factor(&row))
            .fetch_optional(&self.pool);
        row.await.map_err(failed("reading a second factor"))
    }

    async fn begin_factor(
        &self,
        person: Uuid,
        secret: Shared,
        now: i64,
    ) -> Result<bool, StoreError> {
        let query = sqlx::query(sql::BEGIN)
            .bind(person)
            .bind(secret.to_vec())
            .bind(now);
        let error = refused("beginning a second factor", "");
        Ok(self.run(query, error).await? > 0)
    }

    async fn confirm_factor(
        &self,
        person: Uuid,
        secret: Shared,
        step: i64,
        now: i64,
    ) -> Result<bool, StoreError> {
        let query = sqlx::query(sql::CONFIRM)
            .bind(person)
            .bind(secret.to_vec())
            .bind(step)
            .bind(now);
        let error = failed("turning a second factor on");
        Ok(self.change(query, error).await? > 0)
    }

    async fn use_step(&self, person: Uuid, step: i64) -> Result<bool, StoreError> {
        let query = sqlx::query(sql::USE).bind(person).bind(step);
        let error = failed("accepting a code");
        Ok(self.run(query, error).await? > 0)
    }

    async fn take_factor(&self, person: Uuid, now: i64) -> Result<bool, StoreError> {
        let query = sqlx::query(sql::TAKE).bind(person).bind(now);
        let error = failed("taking a second factor away");
        Ok(self.change(query, error).await? > 0)
    }

    async fn remove_factor(&self, person: Uuid, state: FactorState) -> Result<bool, StoreError> {
        let query = sqlx::query(sql::REMOVE).bind(person).bind(state.code());
        let error = failed("removing a second factor");
        Ok(self.change(query, error).await? > 0)
    }
}
