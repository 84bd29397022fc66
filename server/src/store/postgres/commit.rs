//! Writes batches to `PostgreSQL`, in one transaction each, in turn with other processes.
//!
//! Other processes append too, so where a stream ends is only known while its lock is held: an
//! advisory lock on a hash of its name, which also covers streams that do not exist yet. It goes
//! with the transaction.

use std::{collections::BTreeMap, sync::Arc};

use sqlx::{PgConnection, PgPool, Row as _};

use super::{
    super::{
        Append, Record, StoreError, as_sql,
        batch::{End, Heads, Known, Plan},
        error::failed,
        files::sql,
        from_sql, link_from_sql,
        writer::Commit,
    },
    announce::Announcer,
    listen::{self, Message},
};

/// Writes for one process.
pub(super) struct Committer {
    pool: PgPool,
    announcer: Arc<Announcer>,
}

impl Committer {
    pub(super) fn new(pool: PgPool, announcer: Arc<Announcer>) -> Self {
        Self { pool, announcer }
    }

    /// Removes a stream; its snapshots go with its records, and its files too.
    pub(super) async fn discard(&mut self, stream: &str) -> Result<bool, StoreError> {
        let found = self
            .try_discard(stream)
            .await
            .map_err(failed("discarding a stream"))?;
        if found {
            self.announcer.discarded(stream).await;
        }
        Ok(found)
    }

    async fn try_discard(&self, stream: &str) -> Result<bool, sqlx::Error> {
        let mut transaction = self.pool.begin().await?;
        lock(&mut transaction, &[stream]).await?;
        let query = sqlx::query("delete from journal where stream = $1").bind(stream);
        let found = query.execute(&mut *transaction).await?.rows_affected() > 0;
        if found {
            let query = sqlx::query(sql::DISCARD).bind(stream);
            query.execute(&mut *transaction).await?;
            let message = self.announcer.sign(Message::Discarded { stream });
            listen::notify(&mut transaction, &[message]).await?;
        }
        transaction.commit().await?;
        Ok(found)
    }

    async fn try_commit(&self, batch: &[Append]) -> Result<Plan, sqlx::Error> {
        let mut streams: Vec<&str> = batch.iter().map(|append| append.stream.as_str()).collect();
        streams.sort_unstable();
        streams.dedup();
        let mut transaction = self.pool.begin().await?;
        lock(&mut transaction, &streams).await?;
        let (mut heads, known) = look_up(&mut transaction, batch).await?;
        let plan = Plan::decide(batch, &mut heads, known);
        if plan.stored.is_empty() {
            transaction.rollback().await?;
            return Ok(plan);
        }
        insert(&mut transaction, &plan).await?;
        listen::notify(&mut transaction, &self.messages(&plan)).await?;
        transaction.commit().await?;
        Ok(plan)
    }

    /// One message for each stream of a plan, with its new end.
    fn messages(&self, plan: &Plan) -> Vec<String> {
        let ends: BTreeMap<&str, u64> = plan
            .records()
            .map(|record| (record.stream.as_str(), record.seq))
            .collect();
        let messages = ends
            .into_iter()
            .map(|(stream, last)| Message::Appended { stream, last });
        messages
            .map(|message| self.announcer.sign(message))
            .collect()
    }
}

impl Commit for Committer {
    async fn commit(&mut self, batch: &[Append]) -> Result<Plan, StoreError> {
        let mut outcome = self.try_commit(batch).await;
        // Somebody wrote without the lock, and the primary key refused what no longer fits: decide
        // again from what is there now.
        if let Err(sqlx::Error::Database(refusal)) = &outcome
            && refusal.is_unique_violation()
        {
            outcome = self.try_commit(batch).await;
        }
        outcome.map_err(failed("storing records"))
    }

    async fn announce(&mut self, stored: Vec<Arc<Vec<Record>>>) {
        self.announcer.appended(stored).await;
    }

    async fn close(self) {}
}

/// Waits for other processes that write to one of these streams. Sorted by what is locked, so that
/// two processes cannot wait for each other.
pub(super) async fn lock(
    connection: &mut PgConnection,
    streams: &[&str],
) -> Result<(), sqlx::Error> {
    const LOCK: &str = "select pg_advisory_xact_lock(name) from (\
        select distinct hashtextextended(stream, 0) as name from unnest($1::text[]) as stream \
        order by name) as names";
    sqlx::query(LOCK)
        .bind(streams)
        .execute(connection)
        .await
        .map(drop)
}

/// Where the streams of a batch end, and which of its commands are stored already. Subqueries for
/// each row, where a join would be shorter: a plan made while the table was small would go on
/// joining by reading all of it.
async fn look_up(
    connection: &mut PgConnection,
    batch: &[Append],
) -> Result<(Heads, Known), sqlx::Error> {
    const LOOK_UP: &str = "\
        select want.stream, want.command, head.seq, head.link, known.first, known.last \
        from unnest($1::text[], $2::uuid[]) as want(stream, command) \
        left join lateral (select seq, link from journal \
          where journal.stream = want.stream order by seq desc limit 1) as head on true \
        cross join lateral (select min(seq) as first, max(seq) as last from journal \
          where journal.command = want.command and journal.stream = want.stream) as known";
    let streams: Vec<&str> = batch.iter().map(|append| append.stream.as_str()).collect();
    let commands: Vec<_> = batch.iter().map(|append| append.command).collect();
    let query = sqlx::query(LOOK_UP).bind(streams).bind(commands);
    let (mut heads, mut known) = (Heads::new(), Known::new());
    for row in query.fetch_all(connection).await? {
        let stream: String = row.try_get(0)?;
        if let Some(seq) = row.try_get(2)? {
            let (seq, link) = (from_sql(seq)?, link_from_sql(row.try_get(3)?)?);
            heads.insert(stream.clone(), End { seq, link });
        }
        if let (Some(first), Some(last)) = (row.try_get(4)?, row.try_get(5)?) {
            known.insert(
                (stream, row.try_get(1)?),
                (from_sql(first)?, from_sql(last)?),
            );
        }
    }
    Ok((heads, known))
}

async fn insert(connection: &mut PgConnection, plan: &Plan) -> Result<(), sqlx::Error> {
    const INSERT: &str = "insert into journal (stream, seq, at, command, payload, link) \
        select * from unnest($1::text[], $2::bigint[], $3::timestamptz[], $4::uuid[], $5::text[], \
        $6::bytea[])";
    let query = sqlx::query(INSERT)
        .bind(
            plan.records()
                .map(|record| record.stream.as_str())
                .collect::<Vec<_>>(),
        )
        .bind(
            plan.records()
                .map(|record| as_sql(record.seq))
                .collect::<Vec<_>>(),
        )
        .bind(plan.records().map(|record| record.at).collect::<Vec<_>>())
        .bind(
            plan.records()
                .map(|record| record.command)
                .collect::<Vec<_>>(),
        )
        .bind(
            plan.records()
                .map(|record| record.payload.as_ref())
                .collect::<Vec<&str>>(),
        )
        .bind(
            plan.records()
                .map(|record| record.link.as_bytes())
                .collect::<Vec<_>>(),
        );
    query.execute(connection).await.map(drop)
}
