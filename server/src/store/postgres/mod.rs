//! The store in a `PostgreSQL` database that any number of processes share.

mod accounts;
mod announce;
mod commit;
mod factor;
mod files;
mod follow;
mod linking;
mod listen;
mod mail;
mod passkey;
mod rows;

use std::{path::Path, sync::Arc, time::Duration};

use async_trait::async_trait;
use sqlx::{
    ConnectOptions as _, Connection as _, PgPool,
    postgres::{PgConnectOptions, PgPoolOptions},
};
use tokio::{sync::broadcast, task::JoinHandle};
use uuid::Uuid;

use super::{
    AccountStore, Append, Appended, FactorStore, FileStore, FollowStore, HEADS, Head, MailStore,
    News, PEOPLE, PasskeyStore, Person, Progress, Record, Snapshot, Store, StoreError, as_sql,
    check_dense, error::failed, export, migrations, writer::Writer,
};
use announce::Announcer;
use commit::Committer;
use listen::Message;

/// Connections for reading and writing; one more listens.
const CONNECTIONS: u32 = 8;

/// The store in a `PostgreSQL` database.
pub(super) struct PgStore {
    writer: Writer<Committer>,
    pool: PgPool,
    announcer: Arc<Announcer>,
    listener: JoinHandle<()>,
    listening: PgPool,
}

impl PgStore {
    /// Connects, brings the schema up to date and starts to listen.
    pub(super) async fn open(options: PgConnectOptions) -> Result<Self, StoreError> {
        let options = options.application_name("startklar");
        migrate(&options).await?;
        let pool = pool(CONNECTIONS).connect_with(options.clone()).await;
        let pool = pool.map_err(failed("connecting"))?;
        let announcer = Arc::new(Announcer::new(pool.clone()));
        let listening =
            pool_of_one().connect_lazy_with(options.application_name("startklar listener"));
        let listener = listen::start(listening.clone(), Arc::clone(&announcer)).await?;
        let writer = Writer::start(Committer::new(pool.clone(), Arc::clone(&announcer)));
        Ok(Self {
            writer,
            pool,
            announcer,
            listener,
            listening,
        })
    }
}

/// On a connection of its own, which may wait for a migration of another process as long as it takes.
async fn migrate(options: &PgConnectOptions) -> Result<(), StoreError> {
    let mut connection = options.connect().await.map_err(failed("connecting"))?;
    migrations::run_postgres(&mut connection).await?;
    linking::link_all(&mut connection)
        .await
        .map_err(failed("linking the records"))?;
    connection.close().await.map_err(failed("connecting"))
}

impl Drop for PgStore {
    fn drop(&mut self) {
        self.listener.abort();
    }
}

fn pool(connections: u32) -> PgPoolOptions {
    // A process that stops in the middle of a commit, because its machine sleeps or is cut off,
    // must not hold up the others for ever.
    const LIMITS: &str = "select set_config('lock_timeout', '10s', false), \
        set_config('idle_in_transaction_session_timeout', '30s', false)";
    PgPoolOptions::new()
        .max_connections(connections)
        .acquire_timeout(Duration::from_secs(10))
        .after_connect(|connection, _| {
            Box::pin(async move { sqlx::query(LIMITS).execute(connection).await.map(drop) })
        })
}

fn pool_of_one() -> PgPoolOptions {
    pool(1).idle_timeout(None).max_lifetime(None)
}

/// The records of a stream, see [`Store::read`]; also used where news have to be filled up.
async fn read(
    pool: &PgPool,
    stream: &str,
    after: u64,
    limit: Option<u32>,
) -> Result<Vec<Record>, StoreError> {
    let records = read_with_gaps(pool, stream, after, limit).await?;
    check_dense(stream, after, &records)?;
    Ok(records)
}

async fn read_with_gaps(
    pool: &PgPool,
    stream: &str,
    after: u64,
    limit: Option<u32>,
) -> Result<Vec<Record>, StoreError> {
    const READ: &str = "select seq, at, command, payload, link from journal \
        where stream = $1 and seq > $2 order by seq limit $3";
    let query = sqlx::query(READ)
        .bind(stream)
        .bind(as_sql(after))
        .bind(limit.map(i64::from));
    let rows = query
        .try_map(|row| rows::record(stream, &row))
        .fetch_all(pool);
    rows.await.map_err(failed("reading a stream"))
}

async fn heads(pool: &PgPool) -> Result<Vec<Head>, StoreError> {
    let rows = sqlx::query(HEADS)
        .try_map(|row| rows::head(&row))
        .fetch_all(pool);
    rows.await.map_err(failed("listing the streams"))
}

#[async_trait]
impl Store for PgStore {
    async fn append(&self, append: Append) -> Result<Appended, StoreError> {
        self.writer.append(append).await
    }

    async fn append_all(&self, appends: Vec<Append>) -> Vec<Result<Appended, StoreError>> {
        self.writer.append_all(appends).await
    }

    async fn read(
        &self,
        stream: &str,
        after: u64,
        limit: Option<u32>,
    ) -> Result<Vec<Record>, StoreError> {
        read(&self.pool, stream, after, limit).await
    }

    async fn read_with_gaps(
        &self,
        stream: &str,
        after: u64,
        limit: Option<u32>,
    ) -> Result<Vec<Record>, StoreError> {
        read_with_gaps(&self.pool, stream, after, limit).await
    }

    async fn heads(&self) -> Result<Vec<Head>, StoreError> {
        heads(&self.pool).await
    }

    async fn discard(&self, stream: &str) -> Result<bool, StoreError> {
        let stream = stream.to_owned();
        // In turn with the appends, so that news of this process keep their order.
        let task = self
            .writer
            .run(|committer| Box::pin(async move { committer.discard(&stream).await }));
        task.await
    }

    async fn put_snapshot(
        &self,
        stream: &str,
        seq: u64,
        payload: Vec<u8>,
    ) -> Result<(), StoreError> {
        let query = sqlx::query(
            "insert into snapshot (stream, seq, payload) values ($1, $2, $3) \
             on conflict (stream, seq) do update set payload = excluded.payload",
        );
        let query = query.bind(stream).bind(as_sql(seq)).bind(payload);
        query
            .execute(&self.pool)
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

    async fn latest_snapshot(
        &self,
        stream: &str,
        at_most: Option<u64>,
    ) -> Result<Option<Snapshot>, StoreError> {
        let query = sqlx::query(
            "select seq, payload from snapshot where stream = $1 and seq <= $2 \
             order by seq desc limit 1",
        );
        let query = query.bind(stream).bind(as_sql(at_most.unwrap_or(u64::MAX)));
        let row = query
            .try_map(|row| rows::snapshot(&row))
            .fetch_optional(&self.pool);
        row.await.map_err(failed("reading a snapshot"))
    }

    async fn drop_snapshots(&self) -> Result<(), StoreError> {
        let done = sqlx::query("delete from snapshot")
            .execute(&self.pool)
            .await;
        done.map(drop).map_err(failed("dropping the snapshots"))
    }

    async fn upsert_people(&self, mut people: Vec<Person>) -> Result<(), StoreError> {
        let doing = "writing the directory of people";
        // In one order everywhere: two processes that write the same people cannot block each other.
        people.sort_by_key(|person| person.id);
        let mut transaction = self.pool.begin().await.map_err(failed(doing))?;
        for Person { id, key, name } in people {
            let query = sqlx::query(
                "insert into person (id, key, name) values ($1, $2, $3) \
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
        let messages = [self.announcer.sign(Message::People)];
        listen::notify(&mut transaction, &messages)
            .await
            .map_err(failed(doing))?;
        transaction.commit().await.map_err(failed(doing))?;
        self.announcer.tell(News::People);
        Ok(())
    }

    async fn people(&self) -> Result<Vec<Person>, StoreError> {
        let rows = sqlx::query(PEOPLE)
            .try_map(|row| rows::person(&row))
            .fetch_all(&self.pool);
        rows.await
            .map_err(failed("reading the directory of people"))
    }

    async fn erase_person(&self, id: Uuid) -> Result<bool, StoreError> {
        let doing = "erasing a person";
        let mut transaction = self.pool.begin().await.map_err(failed(doing))?;
        let query = sqlx::query("delete from person where id = $1").bind(id);
        let done = query
            .execute(&mut *transaction)
            .await
            .map_err(failed(doing))?;
        if done.rows_affected() == 0 {
            return Ok(false);
        }
        let messages = [self.announcer.sign(Message::People)];
        listen::notify(&mut transaction, &messages)
            .await
            .map_err(failed(doing))?;
        transaction.commit().await.map_err(failed(doing))?;
        self.announcer.tell(News::People);
        Ok(true)
    }

    fn account_store(&self) -> &dyn AccountStore {
        self
    }

    fn factor_store(&self) -> &dyn FactorStore {
        self
    }

    fn passkey_store(&self) -> &dyn PasskeyStore {
        self
    }

    fn follow_store(&self) -> &dyn FollowStore {
        self
    }

    fn mail_store(&self) -> &dyn MailStore {
        self
    }

    fn file_store(&self) -> &dyn FileStore {
        self
    }

    fn subscribe(&self) -> broadcast::Receiver<News> {
        self.announcer.subscribe()
    }

    async fn ping(&self) -> Result<(), StoreError> {
        if !self.writer.is_open() {
            return Err(StoreError::Closed);
        }
        let answer = sqlx::query("select 1 from journal limit 1")
            .execute(&self.pool)
            .await;
        answer
            .map(drop)
            .map_err(failed("asking whether it answers"))
    }

    async fn backup(
        &self,
        to: &Path,
        progress: &(dyn Fn(Progress) + Send + Sync),
    ) -> Result<(), StoreError> {
        export(self, to, progress).await
    }

    async fn close(&self) {
        self.writer.close().await;
        self.listener.abort();
        self.listening.close().await;
        self.pool.close().await;
    }
}
