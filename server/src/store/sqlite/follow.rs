//! Followed items in `SQLite`.

use async_trait::async_trait;
use sqlx::{Row as _, sqlite::SqliteRow};
use uuid::Uuid;

use super::{
    super::{Follow, FollowStore, StoreError, accounts::refused, error::failed, follow::sql},
    SqliteStore,
};

fn follow(row: &SqliteRow) -> Result<Follow, sqlx::Error> {
    Ok(Follow {
        person: row.try_get(0)?,
        launch: row.try_get(1)?,
        item: row.try_get(2)?,
        since: row.try_get(3)?,
    })
}

#[async_trait]
impl FollowStore for SqliteStore {
    async fn follows_of(&self, person: Uuid) -> Result<Vec<Follow>, StoreError> {
        let rows = sqlx::query(sql::OF)
            .bind(person)
            .try_map(|row| follow(&row))
            .fetch_all(&self.readers);
        rows.await.map_err(failed("reading what is followed"))
    }

    async fn put_follow(&self, follow: Follow) -> Result<(), StoreError> {
        let query = sqlx::query(sql::PUT)
            .bind(follow.person)
            .bind(follow.launch)
            .bind(follow.item)
            .bind(follow.since);
        let error = refused("following an item", "");
        self.run(query, error, None).await.map(drop)
    }

    async fn end_follow(&self, person: Uuid, launch: &str, item: &str) -> Result<(), StoreError> {
        let query = sqlx::query(sql::END)
            .bind(person)
            .bind(launch.to_owned())
            .bind(item.to_owned());
        let error = failed("following an item no more");
        self.run(query, error, None).await.map(drop)
    }

    async fn end_follows(&self, launch: &str) -> Result<(), StoreError> {
        let query = sqlx::query(sql::END_ALL).bind(launch.to_owned());
        let error = failed("following a launch no more");
        self.run(query, error, None).await.map(drop)
    }
}
