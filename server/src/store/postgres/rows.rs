//! How records, heads, snapshots and people stand in the rows of `PostgreSQL`.

use sqlx::{Row as _, postgres::PgRow};

use super::super::{Head, Link, Person, Record, Snapshot, from_sql, link_from_sql};

/// From seq, at, command, payload, link.
pub(super) fn record(stream: &str, row: &PgRow) -> Result<Record, sqlx::Error> {
    let link = link_from_sql(row.try_get(4)?)?;
    Ok(Record {
        link,
        ..unlinked(stream, row)?
    })
}

/// From seq, at, command, payload; a record whose link is still to be made.
pub(super) fn unlinked(stream: &str, row: &PgRow) -> Result<Record, sqlx::Error> {
    Ok(Record {
        stream: stream.to_owned(),
        seq: from_sql(row.try_get(0)?)?,
        at: row.try_get(1)?,
        command: row.try_get(2)?,
        payload: row.try_get::<&str, _>(3)?.into(),
        link: Link::default(),
    })
}

/// From stream, seq, at.
pub(super) fn head(row: &PgRow) -> Result<Head, sqlx::Error> {
    Ok(Head {
        stream: row.try_get(0)?,
        seq: from_sql(row.try_get(1)?)?,
        at: row.try_get(2)?,
    })
}

/// From seq, payload.
pub(super) fn snapshot(row: &PgRow) -> Result<Snapshot, sqlx::Error> {
    Ok(Snapshot {
        seq: from_sql(row.try_get(0)?)?,
        payload: row.try_get(1)?,
    })
}

/// From id, key, name.
pub(super) fn person(row: &PgRow) -> Result<Person, sqlx::Error> {
    Ok(Person {
        id: row.try_get(0)?,
        key: row.try_get(1)?,
        name: row.try_get(2)?,
    })
}
