//! Links what was stored before there was a hash chain, and then forbids records without a link.
//!
//! In order, and a page in each transaction under the lock that appends take: a process that stops in
//! the middle leaves the beginning of a chain, and processes that start together go on from each
//! other's pages. One of the version before may append meanwhile; it is let in until all is linked.

use sqlx::{Connection as _, PgConnection, error::ErrorKind};

use super::{
    super::{Link, PAGE, Record, as_sql, chain, link_from_sql},
    commit::lock,
    rows,
};

/// Links every record that has no link, unless that was done before.
pub(super) async fn link_all(connection: &mut PgConnection) -> Result<(), sqlx::Error> {
    while !is_done(connection).await? {
        let streams = "select distinct stream from journal where link is null order by stream";
        let streams: Vec<String> = sqlx::query_scalar(streams)
            .fetch_all(&mut *connection)
            .await?;
        for stream in streams {
            let mut after = 0;
            while let Some(last) = link_page(connection, &stream, after).await? {
                after = last;
            }
        }
        finish(connection).await?;
    }
    Ok(())
}

async fn is_done(connection: &mut PgConnection) -> Result<bool, sqlx::Error> {
    const DONE: &str = "select attnotnull from pg_attribute \
        where attrelid = 'journal'::regclass and attname = 'link'";
    sqlx::query_scalar(DONE).fetch_one(connection).await
}

/// From now on no record comes without a link. Does nothing when one came while the others were
/// linked.
async fn finish(connection: &mut PgConnection) -> Result<(), sqlx::Error> {
    let query = sqlx::query("alter table journal alter column link set not null");
    match query.execute(connection).await {
        Err(sqlx::Error::Database(refusal)) if refusal.kind() == ErrorKind::NotNullViolation => {
            Ok(())
        }
        done => done.map(drop),
    }
}

/// Links the next records of a stream; gives the number of the last, none when all are linked.
async fn link_page(
    connection: &mut PgConnection,
    stream: &str,
    after: u64,
) -> Result<Option<u64>, sqlx::Error> {
    const UNLINKED: &str = "select seq, at, command, payload from journal \
        where stream = $1 and seq > $2 and link is null order by seq limit $3";
    let mut transaction = connection.begin().await?;
    lock(&mut transaction, &[stream]).await?;
    let query = sqlx::query(UNLINKED)
        .bind(stream)
        .bind(as_sql(after))
        .bind(i64::from(PAGE));
    let mut records = query
        .try_map(|row| rows::unlinked(stream, &row))
        .fetch_all(&mut *transaction)
        .await?;
    let Some(first) = records.first() else {
        return Ok(None);
    };
    let before = link_before(&mut transaction, first).await?;
    chain::link(&mut records, before);
    update(&mut transaction, stream, &records).await?;
    transaction.commit().await?;
    Ok(records.last().map(|record| record.seq))
}

async fn link_before(connection: &mut PgConnection, record: &Record) -> Result<Link, sqlx::Error> {
    const BEFORE: &str = "select link from journal where stream = $1 and seq < $2 \
        order by seq desc limit 1";
    let query = sqlx::query_scalar(BEFORE)
        .bind(&record.stream)
        .bind(as_sql(record.seq));
    let link: Option<Vec<u8>> = query.fetch_optional(connection).await?;
    link.map_or(Ok(Link::default()), |link| link_from_sql(&link))
}

async fn update(
    connection: &mut PgConnection,
    stream: &str,
    records: &[Record],
) -> Result<(), sqlx::Error> {
    const UPDATE: &str = "update journal set link = made.link \
        from unnest($2::bigint[], $3::bytea[]) as made(seq, link) \
        where journal.stream = $1 and journal.seq = made.seq";
    let seqs = records.iter().map(|record| as_sql(record.seq));
    let links = records.iter().map(|record| record.link.as_bytes());
    let query = sqlx::query(UPDATE)
        .bind(stream)
        .bind(seqs.collect::<Vec<_>>())
        .bind(links.collect::<Vec<_>>());
    query.execute(connection).await.map(drop)
}
