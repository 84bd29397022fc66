//! Writes batches to `SQLite`: one connection, one transaction for each batch.

use std::{collections::HashSet, sync::Arc};

use sqlx::{
    ConnectOptions as _, Connection as _, QueryBuilder, Row as _, Sqlite, SqliteConnection,
    query::Query,
    sqlite::{SqliteArguments, SqliteConnectOptions},
};
use tokio::sync::broadcast;
use uuid::Uuid;

use super::{
    super::{
        Append, News, Record, StoreError, as_sql,
        batch::{End, Heads, Known, Plan},
        error::failed,
        from_sql, link_from_sql,
        writer::Commit,
    },
    Guard,
    rows::time_as_text,
};

/// Rows for each statement: few statements, yet each size is prepared only once.
pub(super) const ROWS: usize = 64;

/// Owns the only connection that writes.
pub(super) struct Committer {
    options: SqliteConnectOptions,
    /// None after a failure: whatever state the connection is in, a new one is in a known state.
    connection: Option<SqliteConnection>,
    /// Where the streams end that were written to. Trusted because the lock keeps others out.
    heads: Heads,
    news: broadcast::Sender<News>,
    /// Outlives the connection.
    _guard: Arc<Guard>,
}

impl Committer {
    pub(super) fn new(
        options: SqliteConnectOptions,
        connection: SqliteConnection,
        news: broadcast::Sender<News>,
        guard: Arc<Guard>,
    ) -> Self {
        let heads = Heads::new();
        Self {
            options,
            connection: Some(connection),
            heads,
            news,
            _guard: guard,
        }
    }

    /// The connection, made anew when the last one failed.
    pub(super) async fn connection(&mut self) -> Result<&mut SqliteConnection, sqlx::Error> {
        if self.connection.is_none() {
            self.connection = Some(self.options.connect().await?);
        }
        self.connection.as_mut().ok_or(sqlx::Error::WorkerCrashed)
    }

    /// Runs one statement; gives the number of rows that it touched.
    pub(super) async fn execute(
        &mut self,
        query: Query<'_, Sqlite, SqliteArguments>,
    ) -> Result<u64, sqlx::Error> {
        Ok(query
            .execute(self.connection().await?)
            .await?
            .rows_affected())
    }

    /// No longer remembers where a stream ends.
    pub(super) fn forget(&mut self, stream: &str) {
        self.heads.remove(stream);
    }

    /// Sends news. That nobody listens is no failure.
    pub(super) fn tell(&self, news: News) {
        let _ = self.news.send(news);
    }

    /// Empties the write-ahead log, so that erased bytes do not live on in it. A long read can hold
    /// this up; the next checkpoint then does it.
    pub(super) async fn flush_log(&mut self) {
        if let Err(error) = self
            .execute(sqlx::query("pragma wal_checkpoint(truncate)"))
            .await
        {
            tracing::warn!(%error, "store.log_not_flushed");
        }
    }

    /// Nobody else writes, so what is looked up still holds when the records are inserted.
    async fn try_commit(&mut self, batch: &[Append]) -> Result<Plan, sqlx::Error> {
        let mut heads = self.heads_of(batch).await?;
        let connection = self.connection().await?;
        let known = find_known(connection, batch, &heads).await?;
        let plan = Plan::decide(batch, &mut heads, known);
        insert(connection, &plan).await?;
        self.heads.extend(heads);
        Ok(plan)
    }

    /// Where the streams of a batch end, looked up for those that were not written to before.
    async fn heads_of(&mut self, batch: &[Append]) -> Result<Heads, sqlx::Error> {
        let mut heads = Heads::new();
        for Append { stream, .. } in batch {
            if heads.contains_key(stream) {
                continue;
            }
            let head = match self.heads.get(stream) {
                Some(&head) => head,
                None => head_of(self.connection().await?, stream).await?,
            };
            heads.insert(stream.clone(), head);
        }
        Ok(heads)
    }
}

impl Commit for Committer {
    async fn commit(&mut self, batch: &[Append]) -> Result<Plan, StoreError> {
        let mut outcome = self.try_commit(batch).await;
        if outcome.is_err() {
            self.connection = None;
            self.heads.clear();
        }
        // Somebody wrote past the lock, and the primary key refused what no longer fits: decide
        // again from what is there now.
        if let Err(sqlx::Error::Database(refusal)) = &outcome
            && refusal.is_unique_violation()
        {
            outcome = self.try_commit(batch).await;
        }
        outcome.map_err(failed("storing records"))
    }

    async fn announce(&mut self, stored: Vec<Arc<Vec<Record>>>) {
        for records in stored {
            self.tell(News::Appended(records));
        }
    }

    async fn close(mut self) {
        // Leaves one file behind rather than three. The records are safe either way.
        self.flush_log().await;
        if let Some(connection) = self.connection.take()
            && let Err(error) = connection.close().await
        {
            tracing::warn!(%error, "store.not_closed_cleanly");
        }
    }
}

async fn head_of(connection: &mut SqliteConnection, stream: &str) -> Result<End, sqlx::Error> {
    const HEAD: &str = "select seq, link from journal where stream = ?1 order by seq desc limit 1";
    let query = sqlx::query(HEAD).bind(stream);
    let Some(row) = query.fetch_optional(connection).await? else {
        return Ok(End::default());
    };
    let (seq, link) = (from_sql(row.try_get(0)?)?, link_from_sql(row.try_get(1)?)?);
    Ok(End { seq, link })
}

/// Which commands of a batch are stored already. New streams hold none.
async fn find_known(
    connection: &mut SqliteConnection,
    batch: &[Append],
    heads: &Heads,
) -> Result<Known, sqlx::Error> {
    let wanted: HashSet<(&str, Uuid)> = batch
        .iter()
        .filter(|append| heads.get(&append.stream).is_some_and(|head| head.seq > 0))
        .map(|append| (append.stream.as_str(), append.command))
        .collect();
    let wanted: Vec<_> = wanted.into_iter().collect();
    let mut known = Known::new();
    for some in wanted.chunks(ROWS) {
        let mut query = QueryBuilder::<Sqlite>::new("with want(stream, command) as (");
        query.push_values(some, |mut row, &(stream, command)| {
            row.push_bind(stream).push_bind(command);
        });
        // A cross join fixes the order: for each wanted command, look into the index.
        query.push(
            ") select want.stream, want.command, min(seq), max(seq) from want cross join journal \
             on journal.stream = want.stream and journal.command = want.command group by 1, 2",
        );
        for row in query.build().fetch_all(&mut *connection).await? {
            let range = (from_sql(row.try_get(2)?)?, from_sql(row.try_get(3)?)?);
            known.insert((row.try_get(0)?, row.try_get(1)?), range);
        }
    }
    Ok(known)
}

/// Makes all records of a plan durable, or none. What fits into one statement needs no transaction
/// around it, which saves two of four trips to the connection's thread: half of what one append
/// waits for besides the disk.
async fn insert(connection: &mut SqliteConnection, plan: &Plan) -> Result<(), sqlx::Error> {
    let records: Vec<&Record> = plan.records().collect();
    if records.len() <= ROWS {
        return insert_some(connection, &records).await;
    }
    let mut transaction = connection.begin_with("begin immediate").await?;
    for some in records.chunks(ROWS) {
        insert_some(&mut transaction, some).await?;
    }
    transaction.commit().await
}

async fn insert_some(
    connection: &mut SqliteConnection,
    records: &[&Record],
) -> Result<(), sqlx::Error> {
    if records.is_empty() {
        return Ok(());
    }
    let mut query = QueryBuilder::<Sqlite>::new(
        "insert into journal (stream, seq, at, command, payload, link) ",
    );
    query.push_values(records, |mut row, record| {
        row.push_bind(record.stream.as_str())
            .push_bind(as_sql(record.seq))
            .push_bind(time_as_text(record.at))
            .push_bind(record.command)
            .push_bind(Arc::clone(&record.payload))
            .push_bind(record.link.as_bytes());
    });
    query.build().execute(connection).await.map(drop)
}
