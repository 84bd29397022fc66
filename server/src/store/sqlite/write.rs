//! What the writing connection does besides batches: discarding, snapshots, people.

use sqlx::Connection as _;
use uuid::Uuid;

use super::{
    super::{News, Person, StoreError, as_sql, error::failed, files::sql},
    commit::Committer,
};

impl Committer {
    /// Removes a stream; its snapshots go with its records, and its files too.
    pub(super) async fn discard(&mut self, stream: &str) -> Result<bool, StoreError> {
        let query = sqlx::query("delete from journal where stream = ?1").bind(stream);
        let done = self
            .execute(query)
            .await
            .map_err(failed("discarding a stream"))?;
        if done == 0 {
            return Ok(false);
        }
        let query = sqlx::query(sql::DISCARD).bind(stream);
        self.execute(query)
            .await
            .map_err(failed("discarding files"))?;
        self.forget(stream);
        self.tell(News::Discarded(stream.into()));
        self.flush_log().await;
        Ok(true)
    }

    pub(super) async fn put_snapshot(
        &mut self,
        stream: &str,
        seq: u64,
        payload: Vec<u8>,
    ) -> Result<(), StoreError> {
        let query = sqlx::query(
            "insert into snapshot (stream, seq, payload) values (?1, ?2, ?3) \
             on conflict (stream, seq) do update set payload = excluded.payload",
        );
        let query = query.bind(stream).bind(as_sql(seq)).bind(payload);
        self.execute(query)
            .await
            .map(drop)
            .map_err(|error| match error {
                sqlx::Error::Database(refusal) if refusal.is_foreign_key_violation() => {
                    StoreError::NoSuchRecord {
                        stream: stream.to_owned(),
                        seq,
                    }
                }
                error => failed("keeping a snapshot")(error),
            })
    }

    pub(super) async fn drop_snapshots(&mut self) -> Result<(), StoreError> {
        let query = sqlx::query("delete from snapshot");
        self.execute(query)
            .await
            .map(drop)
            .map_err(failed("dropping the snapshots"))
    }

    pub(super) async fn upsert_people(&mut self, people: Vec<Person>) -> Result<(), StoreError> {
        let doing = "writing the directory of people";
        let connection = self.connection().await.map_err(failed(doing))?;
        let begin = connection.begin_with("begin immediate").await;
        let mut transaction = begin.map_err(failed(doing))?;
        for Person { id, key, name } in people {
            let query = sqlx::query(
                "insert into person (id, key, name) values (?1, ?2, ?3) \
                 on conflict (id) do update set key = excluded.key, name = excluded.name",
            );
            let query = query.bind(id).bind(&key).bind(name);
            query
                .execute(&mut *transaction)
                .await
                .map_err(|error| match error {
                    sqlx::Error::Database(refusal) if refusal.is_unique_violation() => {
                        StoreError::KeyTaken { key }
                    }
                    error => failed(doing)(error),
                })?;
        }
        transaction.commit().await.map_err(failed(doing))?;
        self.tell(News::People);
        Ok(())
    }

    pub(super) async fn erase_person(&mut self, id: Uuid) -> Result<bool, StoreError> {
        let query = sqlx::query("delete from person where id = ?1").bind(id);
        let done = self
            .execute(query)
            .await
            .map_err(failed("erasing a person"))?;
        if done == 0 {
            return Ok(false);
        }
        self.tell(News::People);
        self.flush_log().await;
        Ok(true)
    }
}
