//! The schemas of both databases, embedded in the binary and applied when a store is opened.
//!
//! An applied file must never change: its checksum is stored in the database. A change of the schema
//! is a further file.

use sqlx::{
    SqlSafeStr as _,
    migrate::{Migrate, MigrateError, Migration, MigrationType, Migrator},
};

use super::{StoreError, error::failed};

/// Version, name and statements.
type File = (i64, &'static str, &'static str);

const SQLITE: &[File] = &[
    (
        1,
        "journal",
        include_str!("../../migrations/sqlite/0001_journal.sql"),
    ),
    (
        2,
        "chain",
        include_str!("../../migrations/sqlite/0002_chain.sql"),
    ),
    (
        3,
        "accounts",
        include_str!("../../migrations/sqlite/0003_accounts.sql"),
    ),
    (
        4,
        "mail",
        include_str!("../../migrations/sqlite/0004_mail.sql"),
    ),
    (
        5,
        "identity",
        include_str!("../../migrations/sqlite/0005_identity.sql"),
    ),
    (
        6,
        "file",
        include_str!("../../migrations/sqlite/0006_file.sql"),
    ),
    (
        7,
        "factor",
        include_str!("../../migrations/sqlite/0007_factor.sql"),
    ),
    (
        8,
        "mail_address",
        include_str!("../../migrations/sqlite/0008_mail_address.sql"),
    ),
    (
        9,
        "follow",
        include_str!("../../migrations/sqlite/0009_follow.sql"),
    ),
    (
        10,
        "passkey",
        include_str!("../../migrations/sqlite/0010_passkey.sql"),
    ),
    (
        11,
        "next_address",
        include_str!("../../migrations/sqlite/0011_next_address.sql"),
    ),
];

const POSTGRES: &[File] = &[
    (
        1,
        "journal",
        include_str!("../../migrations/postgres/0001_journal.sql"),
    ),
    (
        2,
        "chain",
        include_str!("../../migrations/postgres/0002_chain.sql"),
    ),
    (
        3,
        "accounts",
        include_str!("../../migrations/postgres/0003_accounts.sql"),
    ),
    (
        4,
        "mail",
        include_str!("../../migrations/postgres/0004_mail.sql"),
    ),
    (
        5,
        "identity",
        include_str!("../../migrations/postgres/0005_identity.sql"),
    ),
    (
        6,
        "file",
        include_str!("../../migrations/postgres/0006_file.sql"),
    ),
    (
        7,
        "factor",
        include_str!("../../migrations/postgres/0007_factor.sql"),
    ),
    (
        8,
        "mail_address",
        include_str!("../../migrations/postgres/0008_mail_address.sql"),
    ),
    (
        9,
        "follow",
        include_str!("../../migrations/postgres/0009_follow.sql"),
    ),
    (
        10,
        "passkey",
        include_str!("../../migrations/postgres/0010_passkey.sql"),
    ),
    (
        11,
        "next_address",
        include_str!("../../migrations/postgres/0011_next_address.sql"),
    ),
];

/// Brings an `SQLite` database to the newest schema.
pub(super) async fn run_sqlite(connection: &mut sqlx::SqliteConnection) -> Result<(), StoreError> {
    run(SQLITE, connection).await
}

/// Brings a `PostgreSQL` database to the newest schema. Processes that start together wait for each
/// other.
pub(super) async fn run_postgres(connection: &mut sqlx::PgConnection) -> Result<(), StoreError> {
    run(POSTGRES, connection).await
}

fn migrations(files: &[File]) -> Vec<Migration> {
    let migrations = files.iter().map(|&(version, name, sql)| {
        Migration::new(
            version,
            name.into(),
            MigrationType::Simple,
            sql.into_sql_str(),
            false,
        )
    });
    migrations.collect()
}

async fn run<C: Migrate>(files: &[File], connection: &mut C) -> Result<(), StoreError> {
    Migrator::with_migrations(migrations(files))
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

#[cfg(test)]
mod tests {
    use std::fmt::Write as _;

    use super::*;

    /// What was released, by the checksum (SHA-384) that every database made with it holds. Lines are
    /// only ever added: a database whose schema was made by another file is refused.
    const RELEASED_SQLITE: &[(i64, &str)] = &[
        (
            1,
            "d70d5241e7f0db286ed4d924c912773db14dd335a9fd5f623c5664ba07d0919f05a626bf8eecba5b9ccc6c6d5b6c5968",
        ),
        (
            2,
            "0ce9eaa5edffa7bda43bf40902eac13d57b230a022a1dbf019be10a3c232223c32fed92328830516ab2c976ec828f7a5",
        ),
        (
            3,
            "319189306f62b3228b381a5d1550008421e2a47cc5b750962a9bde4faa923b8f1f9b059212b17221ab403a068ba40eba",
        ),
        (
            4,
            "905f62ea4ee78eccfd457a018de90bb3fc63f48d1bf22f02d2229260632f5e52ad78b0d1a19f1a50390ae2e875ec3e9a",
        ),
        (
            5,
            "c6f9f09e0da8616e43d3ee2a0d79643cf469849fc0e10b5f90de3bcafa424bbacd547becab347dc2dfbeae726f528bc2",
        ),
        (
            6,
            "5a40ad7091aae94653aaa0b691a970314a3a33b58d7965ae8055b4a3ce6b7edd11eb89c506800b1d93b8fb02ef4fef50",
        ),
        (
            7,
            "603e3c931cd723d57660da9bc7b50f99c55acdc27fd4ad0a3ebbac53dd587432f578ef97c7fe973607c814f14fa7dbfb",
        ),
        (
            8,
            "1ee6897b75260bde1a8eb845bc52fb9d66905395ffb8d00391056894ea9a296940f1d2cd704ac509565ce224db6454d2",
        ),
        (
            9,
            "3f4be91adbda7cb2687f8accca39d3e6bcf3351850c06af5dfdd2fa8f87c4dc4bb181bbe392f91257ec2071849e4619b",
        ),
        (
            10,
            "96ed8672b9ba5fbcd8361bd20372a261c907cc2976c60b61d7ffc688014432071944823e81243ea40bad303ee9418da3",
        ),
        (
            11,
            "ebd47bfd1ddecabb8801cfdaa9e0002e9ab1e144b722d11df5b904736b4853be782d775f4e5f41b38f788a7351dc4d56",
        ),
    ];

    const RELEASED_POSTGRES: &[(i64, &str)] = &[
        (
            1,
            "2d286c8129e9f3f1a5d97b40ce09aa7ad02b859e62c04d4bfbcc4098954f8c0bc87fcd9dd48849b9c9a1b5a0a7bcdb50",
        ),
        (
            2,
            "f3b348af4dcf5dc54264a0a86c5cbedc8794db95b2ab8582ed176f88e192b0049b545f3221d7c437c14b68a7341502e6",
        ),
        (
            3,
            "49c905811f9603d5e1e37ce9958da1e16c753f9b4f4708ec921c024db76605bd328e2f86a09f29b1d6463735d488239d",
        ),
        (
            4,
            "2c7dcb90acda61ce0882c0290aeb81bfbec1b55e1ab34e0d5a9e6be1a6ac3ccd31f80f18c38e3e74ae996f61473f3cb5",
        ),
        (
            5,
            "20bb780e5478620e7dec47817254abd3de220a3330b01c0282ba07a539de5eaa5960081ceb7818225e48cce29f14ce68",
        ),
        (
            6,
            "588672ebbb760f4ae0fdd2922abaf3c3fea1c2864798ea7393d091357eee87f4c7e49eb905db343bc9a118e0a330959e",
        ),
        (
            7,
            "0320f87ff43d507af7a5235e55bd6331efb780f955371a20898a19e47ce15d51b11e1f8fcb3684673d3e960c73aeeb80",
        ),
        (
            8,
            "72ac1e292e4b830457b9c750c1700ace43d65f6f7cf9c8180137dc460c5e3a4c755f82565127f548b9f0b973c12ba862",
        ),
        (
            9,
            "57b644eb637754c0cdea42c003ed1c0e12405ac7ae9a04cfd4d97d733ee94ebf2dc15d1052d46e51acc2abaa5a588d83",
        ),
        (
            10,
            "fde5d3799ac36f556ec79ba8f8991faa1474e9ce690688fef4d4bc3719fa4f2a580ce55f49cef04c3cdf9f857779d3d2",
        ),
        (
            11,
            "ebd47bfd1ddecabb8801cfdaa9e0002e9ab1e144b722d11df5b904736b4853be782d775f4e5f41b38f788a7351dc4d56",
        ),
    ];

    fn checksums(files: &[File]) -> Vec<(i64, String)> {
        let checksum = |migration: Migration| {
            let mut text = String::new();
            for byte in &*migration.checksum {
                // Writing to a string cannot fail.
                let _ = write!(text, "{byte:02x}");
            }
            (migration.version, text)
        };
        migrations(files).into_iter().map(checksum).collect()
    }

    #[test]
    fn what_was_released_is_as_it_was() {
        for (files, released) in [(SQLITE, RELEASED_SQLITE), (POSTGRES, RELEASED_POSTGRES)] {
            let released = released
                .iter()
                .map(|&(version, sum)| (version, sum.to_owned()));
            assert_eq!(checksums(files), released.collect::<Vec<_>>());
        }
    }
}
