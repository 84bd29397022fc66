//! Contents of files in `PostgreSQL`.

use async_trait::async_trait;
use sqlx::{Row as _, postgres::PgRow};

use super::{
    super::{Content, FileStore, Kept, StoreError, error::failed, files::sql},
    PgStore,
};

fn kept(row: &PgRow) -> Result<Kept, sqlx::Error> {
    Ok(Kept {
        sha256: row.try_get(0)?,
        media: row.try_get(1)?,
        made: row.try_get(2)?,
        size: row.try_get(3)?,
    })
}

#[async_trait]
impl FileStore for PgStore {
    async fn put_file(&self, file: Content) -> Result<(), StoreError> {
        let size = i64::try_from(file.content.len()).unwrap_or(i64::MAX);
        let query = sqlx::query(sql::PUT)
            .bind(file.launch)
            .bind(file.sha256)
            .bind(file.media)
            .bind(file.made)
            .bind(size)
            .bind(file.content);
        let error = failed("keeping a file");
        self.run(query, error).await.map(drop)
    }

    async fn file(&self, launch: &str, sha256: &str) -> Result<Option<Content>, StoreError> {
        let content = |row: PgRow| {
            Ok(Content {
                launch: launch.to_owned(),
                sha256: sha256.to_owned(),
                media: row.try_get(0)?,
                made: row.try_get(1)?,
                content: row.try_get(2)?,
            })
        };
        let row = sqlx::query(sql::GET)
            .bind(launch)
            .bind(sha256)
            .try_map(content)
            .fetch_optional(&self.pool);
        row.await.map_err(failed("reading a file"))
    }

    async fn touch_file(
        &self,
        launch: &str,
        sha256: &str,
        now: i64,
    ) -> Result<Option<Kept>, StoreError> {
        let query = sqlx::query(sql::TOUCH).bind(launch).bind(sha256).bind(now);
        let error = failed("keeping a file");
        if self.run(query, error).await? == 0 {
            return Ok(None);
        }
        let row = sqlx::query(sql::ONE)
            .bind(launch)
            .bind(sha256)
            .try_map(|row| kept(&row))
            .fetch_optional(&self.pool);
        row.await.map_err(failed("looking for a file"))
    }

    async fn files(&self, launch: &str) -> Result<Vec<Kept>, StoreError> {
        let rows = sqlx::query(sql::ALL)
            .bind(launch)
            .try_map(|row| kept(&row))
            .fetch_all(&self.pool);
        rows.await.map_err(failed("listing files"))
    }

    async fn launches_with_files(&self) -> Result<Vec<String>, StoreError> {
        let rows = sqlx::query_scalar(sql::LAUNCHES).fetch_all(&self.pool);
        rows.await.map_err(failed("listing files"))
    }

    async fn drop_file(&self, launch: &str, sha256: &str, before: i64) -> Result<bool, StoreError> {
        let query = sqlx::query(sql::DROP)
            .bind(launch)
            .bind(sha256)
            .bind(before);
        let error = failed("removing a file");
        Ok(self.run(query, error).await? > 0)
    }
}
