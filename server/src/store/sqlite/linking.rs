//! Links what was stored before there was a hash chain.
//!
//! In order, and a page in each transaction: a process that stops in the middle leaves the beginning
//! of a chain, and the next one goes on from there. That all is linked is noted in the file, so that
//! nobody looks again: a link that is missing later is damage.

use sqlx::{Connection as _, QueryBuilder, Sqlite, SqliteConnection};

use super::{
    super::{Link, PAGE, Record, as_sql, chain, link_from_sql},
    commit::ROWS,
    rows,
};

/// Links every record that has no link, unless that was done before.
pub(super) async fn link_all(connection: &mut SqliteConnection) -> Result<(), sqlx::Error> {
    let noted: i64 = sqlx::query_scalar("pragma user_version")
        .fetch_one(&mut *connection)
        .await?;
    if noted > 0 {
        return Ok(());
    }
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
    let note = sqlx::query("pragma user_version = 1");
    note.execute(connection).await.map(drop)
}

/// Links the next records of a stream; gives the number of the last, none when all are linked.
async fn link_page(
    connection: &mut SqliteConnection,
    stream: &str,
    after: u64,
) -> Result<Option<u64>, sqlx::Error> {
    const UNLINKED: &str = "select seq, at, command, payload from journal \
        where stream = ?1 and seq > ?2 and link is null order by seq limit ?3";
    let mut transaction = connection.begin_with("begin immediate").await?;
    let query = sqlx::query(UNLINKED)
        .bind(stream)
        .bind(as_sql(after))
        .bind(PAGE);
    let mut records = query
        .try_map(|row| rows::unlinked(stream, &row))
        .fetch_all(&mut *transaction)
        .await?;
    let Some(first) = records.first() else {
        return Ok(None);
    };
    let before = link_before(&mut transaction, first).await?;
    chain::link(&mut records, before);
    for some in records.chunks(ROWS) {
        update(&mut transaction, stream, some).await?;
    }
    transaction.commit().await?;
    Ok(records.last().map(|record| record.seq))
}

async fn link_before(
    connection: &mut SqliteConnection,
    record: &Record,
) -> Result<Link, sqlx::Error> {
    const BEFORE: &str = "select link from journal where stream = ?1 and seq < ?2 \
        order by seq desc limit 1";
    let query = sqlx::query_scalar(BEFORE)
        .bind(&record.stream)
        .bind(as_sql(record.seq));
    let link: Option<Vec<u8>> = query.fetch_optional(connection).await?;
    link.map_or(Ok(Link::default()), |link| link_from_sql(&link))
}

async fn update(
    connection: &mut SqliteConnection,
    stream: &str,
    records: &[Record],
) -> Result<(), sqlx::Error> {
    let mut query = QueryBuilder::<Sqlite>::new("with made(seq, link) as (");
    query.push_values(records, |mut row, record| {
        row.push_bind(as_sql(record.seq))
            .push_bind(record.link.as_bytes());
    });
    query
        .push(
            ") update journal set link = made.link from made where journal.seq = made.seq \
             and journal.stream = ",
        )
        .push_bind(stream);
    query.build().execute(connection).await.map(drop)
}
