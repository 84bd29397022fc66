//! How records, heads, snapshots and people stand in the rows of `SQLite`.

use chrono::{DateTime, SecondsFormat, Utc};
use sqlx::{Row as _, sqlite::SqliteRow};

use super::super::{Head, Link, Person, Record, Snapshot, from_sql, link_from_sql};

/// Always 27 characters, so that times sort as text.
pub(super) fn time_as_text(at: DateTime<Utc>) -> String {
    at.to_rfc3339_opts(SecondsFormat::Micros, true)
}

fn time(row: &SqliteRow, column: usize) -> Result<DateTime<Utc>, sqlx::Error> {
    let at = DateTime::parse_from_rfc3339(row.try_get(column)?);
    at.map(|at| at.to_utc())
        .map_err(|error| sqlx::Error::ColumnDecode {
            index: column.to_string(),
            source: error.into(),
        })
}

/// From seq, at, command, payload, link.
pub(super) fn record(stream: &str, row: &SqliteRow) -> Result<Record, sqlx::Error> {
    let link = link_from_sql(row.try_get(4)?)?;
    Ok(Record {
        link,
        ..unlinked(stream, row)?
    })
}

/// From seq, at, command, payload; a record whose link is still to be made.
pub(super) fn unlinked(stream: &str, row: &SqliteRow) -> Result<Record, sqlx::Error> {
    Ok(Record {
        stream: stream.to_owned(),
        seq: from_sql(row.try_get(0)?)?,
        at: time(row, 1)?,
        command: row.try_get(2)?,
        payload: row.try_get::<&str, _>(3)?.into(),
        link: Link::default(),
    })
}

/// From stream, seq, at.
pub(super) fn head(row: &SqliteRow) -> Result<Head, sqlx::Error> {
    Ok(Head {
        stream: row.try_get(0)?,
        seq: from_sql(row.try_get(1)?)?,
        at: time(row, 2)?,
    })
}

/// From seq, payload.
pub(super) fn snapshot(row: &SqliteRow) -> Result<Snapshot, sqlx::Error> {
    Ok(Snapshot {
        seq: from_sql(row.try_get(0)?)?,
        payload: row.try_get(1)?,
    })
}

/// From id, key, name.
pub(super) fn person(row: &SqliteRow) -> Result<Person, sqlx::Error> {
    Ok(Person {
        id: row.try_get(0)?,
        key: row.try_get(1)?,
        name: row.try_get(2)?,
    })
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "tests fail by panic")]
mod tests {
    use super::*;

    #[test]
    fn times_have_one_length() {
        for seconds in [-62_167_219_200, 0, 1_700_000_000, 253_402_300_799] {
            let at = DateTime::from_timestamp(seconds, 0).unwrap();
            assert_eq!(time_as_text(at).len(), 27, "{at}");
        }
    }
}
