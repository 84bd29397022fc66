//! Reads the address of a database, and keeps its password out of every message.

use std::{path::PathBuf, str::FromStr as _};

use sqlx::postgres::PgConnectOptions;

use super::StoreError;

/// Where the records are kept.
pub(super) enum Address {
    /// In this file.
    File(PathBuf),
    /// In a file that is removed at the end.
    Throwaway,
    /// On a server.
    Server(Box<PgConnectOptions>),
}

impl Address {
    /// Understands `sqlite:PATH`, `sqlite::memory:` and `postgres://…`.
    pub(super) fn parse(url: &str) -> Result<Self, StoreError> {
        let refuse = |why: &str| StoreError::Address {
            found: redact(url),
            why: why.to_owned(),
        };
        if let Some(path) = url.strip_prefix("sqlite:") {
            return match path.strip_prefix("//").unwrap_or(path) {
                "" => Err(refuse("the path is missing")),
                ":memory:" => Ok(Self::Throwaway),
                path => Ok(Self::File(PathBuf::from(path))),
            };
        }
        if url.starts_with("postgres://") || url.starts_with("postgresql://") {
            return PgConnectOptions::from_str(url)
                .map(|options| Self::Server(Box::new(options)))
                .map_err(|error| refuse(&error.to_string()));
        }
        Err(refuse("it starts with neither sqlite: nor postgres://"))
    }
}

/// The address without its password, wherever that stands.
pub(super) fn redact(url: &str) -> String {
    let shown = redact_user(url);
    let Some((before, query)) = shown.split_once('?') else {
        return shown;
    };
    let pairs = query.split('&').map(|pair| match pair.split_once('=') {
        Some((key, _)) if key.to_ascii_lowercase().contains("pass") => format!("{key}=***"),
        _ => pair.to_owned(),
    });
    format!("{before}?{}", pairs.collect::<Vec<_>>().join("&"))
}

/// Hides all from the first colon to the last `@`: a password with a bare `@`, `/` or `?` in it,
/// which makes the address invalid and therefore sure to be shown, must not slip through.
fn redact_user(address: &str) -> String {
    let Some((scheme, rest)) = address.split_once("://") else {
        return address.to_owned();
    };
    let Some((user, host)) = rest.rsplit_once('@') else {
        return address.to_owned();
    };
    match user.split_once(':') {
        Some((name, _)) => format!("{scheme}://{name}:***@{host}"),
        None => address.to_owned(),
    }
}

#[cfg(test)]
#[allow(clippy::panic, reason = "tests fail by panic")]
mod tests {
    use super::*;

    #[test]
    fn understands_the_three_kinds() {
        assert!(matches!(
            Address::parse("sqlite::memory:"),
            Ok(Address::Throwaway)
        ));
        for url in ["sqlite:a/b.sqlite", "sqlite://a/b.sqlite"] {
            assert!(
                matches!(Address::parse(url), Ok(Address::File(path)) if path == *"a/b.sqlite")
            );
        }
        for url in ["postgres://u@h/d", "postgresql://u:p@h:1/d?sslmode=require"] {
            assert!(matches!(Address::parse(url), Ok(Address::Server(_))));
        }
    }

    #[test]
    fn says_what_was_found_and_what_is_allowed() {
        for url in [
            "",
            "sqlite:",
            "mysql://u:secret@h/d",
            "postgres://u:secret@h:port/d",
        ] {
            let Err(refused) = Address::parse(url) else {
                panic!("{url} was accepted")
            };
            let text = refused.to_string();
            assert!(
                text.contains("sqlite:PATH") && !text.contains("secret"),
                "{text}"
            );
        }
    }

    #[test]
    fn never_shows_a_password() {
        for (url, shown) in [
            ("postgres://u:secret@h/d", "postgres://u:***@h/d"),
            ("postgres://u:sec@ret@h/d", "postgres://u:***@h/d"),
            ("postgres://u:sec/ret@h/d", "postgres://u:***@h/d"),
            ("postgres://u:sec?ret@h/d", "postgres://u:***@h/d"),
            (
                "postgres://u@h/d?password=secret&x=1",
                "postgres://u@h/d?password=***&x=1",
            ),
            ("postgres://u@h/d", "postgres://u@h/d"),
            ("sqlite:a@b:c", "sqlite:a@b:c"),
        ] {
            assert_eq!(redact(url), shown);
        }
    }
}
