//! The schemas of both databases, embedded in the binary and applied when a store is opened.
//!
//! An applied file must never change: its checksum is stored in the database. A change of the schema
//! is a further file.

use sqlx::{
    SqlSafeStr as _,
    migrate::{Migrate, MigrateError, Migration, MigrationType, Migrator},
};

use super::{StoreError, error::failed};

const SQLITE: &[(i64, &str, &str)] = &[(
    1,
    "journal",
    include_str!("../../migrations/sqlite/0001_journal.sql"),
)];

const POSTGRES: &[(i64, &str, &str)] = &[(
    1,
    "journal",
    include_str!("../../migrations/postgres/0001_journal.sql"),
)];

/// Brings an `SQLite` database to the newest schema.
pub(super) async fn run_sqlite(connection: &mut sqlx::SqliteConnection) -> Result<(), StoreError> {
    run(SQLITE, connection).await
}

/// Brings a `PostgreSQL` database to the newest schema. Processes that start together wait for each
/// other.
pub(super) async fn run_postgres(connection: &mut sqlx::PgConnection) -> Result<(), StoreError> {
    run(POSTGRES, connection).await
}

async fn run<C: Migrate>(
    files: &[(i64, &'static str, &'static str)],
    connection: &mut C,
) -> Result<(), StoreError> {
    let migrations = files.iter().map(|&(version, name, sql)| {
        Migration::new(
            version,
            name.into(),
            MigrationType::Simple,
            sql.into_sql_str(),
            false,
        )
    });
    let migrator = Migrator::with_migrations(migrations.collect());
    migrator
        .run_direct(None, connection, false)
        .await
        .map_err(|error| match error {
            MigrateError::VersionMissing(schema) => StoreError::Newer { schema },
            MigrateError::VersionMismatch(schema) => StoreError::Corrupt {
                what: format!("its schema {schema} was made by another file than this program's"),
            },
            MigrateError::Execute(error) | MigrateError::ExecuteMigration(error, _) => {
                failed("preparing the schema")(error)
            }
            error => failed("preparing the schema")(sqlx::Error::Migrate(Box::new(error))),
        })
}
