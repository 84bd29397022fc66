//! What `serve` is told about signing in elsewhere: the tables `[[provider]]` of a file.

use std::{fmt, path::Path};

use clap::Args;
use toml::{
    Spanned,
    de::{DeArray, DeTable, DeValue},
};

use super::Error;
use crate::{
    mail,
    oidc::{self, Provider, Providers},
};

/// What a provider is asked for where the file does not say.
const SCOPES: [&str; 3] = ["openid", "email", "profile"];

/// Most characters of what stands in one field.
const LONGEST: usize = 500;

/// The fields of a provider, and what each takes.
const FIELDS: [(&str, &str); 6] = [
    ("id", ID),
    ("title", "a text on one line"),
    ("issuer", ISSUER),
    ("client_id", "a text, as the provider gives it"),
    (
        "client_secret_file",
        "the path of a file that holds it and nothing else",
    ),
    ("scopes", SCOPE),
];

const ID: &str = "up to 40 small letters, digits and hyphens, for each provider another";
const ISSUER: &str = "an https:// address without a query, or http:// to this machine";
const SCOPE: &str = "a list of texts without spaces, openid among them";

/// By whose word people sign in, beside passwords.
#[derive(Debug, Clone, Args)]
#[command(
    next_help_heading = "Signing in elsewhere (secrets: in files, or in STARTKLAR_PROVIDER_<ID>_SECRET)"
)]
pub(super) struct Elsewhere {
    /// A file with a table `[[provider]]` for each by whose word people may sign in; needs `--base-url`
    #[arg(long, env = "STARTKLAR_PROVIDERS", value_name = "FILE")]
    providers: Option<std::path::PathBuf>,
}

impl Elsewhere {
    /// The providers that a file names; none without one.
    ///
    /// # Errors
    /// What is wrong with the file, each with its line, and when nobody could be sent back.
    pub(super) fn read(&self, base: Option<&str>) -> Result<Option<Providers>, Error> {
        let Some(file) = &self.providers else {
            return Ok(None);
        };
        let name = file.display();
        let text = std::fs::read_to_string(file)
            .map_err(|error| format!("cannot read the providers in {name}: {error}"))?;
        let place = file.parent().unwrap_or(Path::new("."));
        let secret = |id: &str, file: Option<&str>| match file {
            Some(file) => std::fs::read_to_string(place.join(file))
                .map(|text| Some(text.trim().to_owned()))
                .map_err(|error| format!("{file}: {error}")),
            None => Ok(std::env::var(variable(id)).ok()),
        };
        let providers = read(&text, &secret).map_err(|errors| {
            let lines: Vec<_> = errors.iter().map(|bad| format!("{name}:{bad}")).collect();
            lines.join("\n")
        })?;
        let base = base.ok_or(
            "providers send people back to --base-url, which is lacking: say under which address \
             people reach this server, such as https://startklar.example.com",
        )?;
        let base = mail::links_to(base).ok_or_else(|| {
            format!(
                "providers cannot send people back to {base:?}: allowed is an address such as \
                     https://startklar.example.com, without a path"
            )
        })?;
        Ok(Some(Providers::new(providers, &base)))
    }
}

/// The variable that may hold a provider's secret.
fn variable(id: &str) -> String {
    let id = id.to_ascii_uppercase().replace('-', "_");
    format!("STARTKLAR_PROVIDER_{id}_SECRET")
}

/// What is wrong with the file.
#[derive(Debug, PartialEq, Eq)]
struct Bad {
    line: usize,
    /// Such as `provider[0].issuer`; empty for the file as a whole.
    field: String,
    why: String,
}

impl fmt::Display for Bad {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: ", self.line)?;
        if !self.field.is_empty() {
            write!(f, "{}: ", self.field)?;
        }
        f.write_str(&self.why)
    }
}

/// Finds the secret of a provider: in the file that is named, or elsewhere.
type Secret<'a> = &'a dyn Fn(&str, Option<&str>) -> Result<Option<String>, String>;

/// The providers of a text.
fn read(text: &str, secret: Secret<'_>) -> Result<Vec<Provider>, Vec<Bad>> {
    let mut reader = Reader {
        text,
        secret,
        errors: Vec::new(),
    };
    let (document, broken) = DeTable::parse_recoverable(text);
    for error in broken {
        let at = error.span().map_or(0, |span| span.start);
        reader.bad(at, "", error.message());
    }
    let mut providers = Vec::new();
    if reader.errors.is_empty() {
        providers = reader.document(document.get_ref());
    }
    if reader.errors.is_empty() {
        Ok(providers)
    } else {
        reader.errors.sort_by_key(|bad| bad.line);
        Err(reader.errors)
    }
}

struct Reader<'a> {
    text: &'a str,
    secret: Secret<'a>,
    errors: Vec<Bad>,
}

impl Reader<'_> {
    fn bad(&mut self, at: usize, field: &str, why: &str) {
        let before = self.text.get(..at).unwrap_or_default();
        self.errors.push(Bad {
            line: 1 + before.matches('\n').count(),
            field: field.to_owned(),
            why: why.to_owned(),
        });
    }

    fn document(&mut self, document: &DeTable<'_>) -> Vec<Provider> {
        let mut found = Vec::new();
        for (name, value) in document {
            match (name.get_ref().as_ref(), value.get_ref()) {
                ("provider", DeValue::Array(tables)) => found = self.tables(tables),
                ("provider", _) => {
                    self.bad(
                        value.span().start,
                        "provider",
                        "allowed are tables [[provider]]",
                    );
                }
                (other, _) => {
                    self.bad(
                        name.span().start,
                        other,
                        "unknown; allowed are tables [[provider]]",
                    );
                }
            }
        }
        found
    }

    fn tables(&mut self, tables: &DeArray<'_>) -> Vec<Provider> {
        let mut found: Vec<Provider> = Vec::new();
        for (n, table) in tables.iter().enumerate() {
            let (path, at) = (format!("provider[{n}]"), table.span().start);
            let DeValue::Table(fields) = table.get_ref() else {
                self.bad(at, &path, "allowed are tables [[provider]]");
                continue;
            };
            let Some(provider) = self.provider(fields, at, &path) else {
                continue;
            };
            if found.iter().any(|other| other.id == provider.id) {
                self.bad(
                    at,
                    &format!("{path}.id"),
                    &format!("taken; allowed is {ID}"),
                );
            }
            found.push(provider);
        }
        found
    }

    fn provider(&mut self, fields: &DeTable<'_>, at: usize, path: &str) -> Option<Provider> {
        for name in fields.keys() {
            if !FIELDS
                .iter()
                .any(|(known, _)| *known == name.get_ref().as_ref())
            {
                let known = FIELDS.map(|(known, _)| known).join(", ");
                let field = format!("{path}.{}", name.get_ref());
                let why = format!("unknown; allowed are {known}");
                self.bad(name.span().start, &field, &why);
            }
        }
        let table = (fields, at, path);
        let id = self.must(table, "id", is_id);
        let title = self.must(table, "title", is_line);
        let issuer = self.must(table, "issuer", is_issuer);
        let client_id = self.must(table, "client_id", is_line);
        let file = self.text(table, "client_secret_file", is_line);
        let scopes = self.scopes(table);
        let id = id?;
        let client_secret = match (self.secret)(&id, file.as_deref()) {
            Ok(secret) => secret.filter(|secret| !secret.is_empty()),
            Err(error) => {
                self.bad(at, &format!("{path}.client_secret_file"), &error);
                None
            }
        };
        Some(Provider {
            id,
            title: title?,
            issuer: issuer?,
            client_id: client_id?,
            client_secret,
            scopes: scopes?,
        })
    }

    /// A field that must be there.
    fn must(&mut self, table: Table<'_>, name: &str, fits: fn(&str) -> bool) -> Option<String> {
        if !table.0.contains_key(name) {
            let field = format!("{}.{name}", table.2);
            let why = format!("lacking; allowed is {}", allowed(name));
            self.bad(table.1, &field, &why);
            return None;
        }
        self.text(table, name, fits)
    }

    fn text(&mut self, table: Table<'_>, name: &str, fits: fn(&str) -> bool) -> Option<String> {
        let value = table.0.get(name)?;
        match value.get_ref() {
            DeValue::String(text) if fits(text) => Some(text.to_string()),
            _ => {
                self.wrong(value, table.2, name);
                None
            }
        }
    }

    fn wrong(&mut self, value: &Spanned<DeValue<'_>>, path: &str, name: &str) {
        let found = self.text.get(value.span()).unwrap_or_default();
        let found: String = found.chars().take(60).collect();
        let why = format!("{found} is not taken; allowed is {}", allowed(name));
        self.bad(value.span().start, &format!("{path}.{name}"), &why);
    }

    fn scopes(&mut self, table: Table<'_>) -> Option<Vec<String>> {
        let Some(value) = table.0.get("scopes") else {
            return Some(SCOPES.map(str::to_owned).to_vec());
        };
        let texts: Option<Vec<String>> = match value.get_ref() {
            DeValue::Array(array) => array.iter().map(|one| scope(one.get_ref())).collect(),
            _ => None,
        };
        let texts = texts.filter(|texts| texts.iter().any(|one| one == "openid"));
        if texts.is_none() {
            self.wrong(value, table.2, "scopes");
        }
        texts
    }
}

/// The fields of a table, where it begins, and its path.
type Table<'a> = (&'a DeTable<'a>, usize, &'a str);

fn allowed(name: &str) -> &'static str {
    let found = FIELDS.iter().find(|(known, _)| *known == name);
    found.map_or("", |(_, allowed)| allowed)
}

fn is_id(text: &str) -> bool {
    let plain = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-';
    (1..=40).contains(&text.len()) && text.bytes().all(plain)
}

fn is_line(text: &str) -> bool {
    let length = text.chars().count();
    (1..=LONGEST).contains(&length) && !text.trim().is_empty() && !text.contains(char::is_control)
}

fn is_issuer(text: &str) -> bool {
    is_line(text) && oidc::is_safe(text) && !text.contains(['?', '#'])
}

fn scope(value: &DeValue<'_>) -> Option<String> {
    let DeValue::String(text) = value else {
        return None;
    };
    let plain = text.bytes().all(|byte| byte.is_ascii_graphic());
    (plain && !text.is_empty() && text.len() <= LONGEST).then(|| text.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    const GOOD: &str = r#"
[[provider]]
id = "contoso"
title = "Contoso"
issuer = "https://login.example.com/contoso"
client_id = "startklar"
"#;

    fn with(text: &str) -> Result<Vec<Provider>, Vec<String>> {
        let secret = |id: &str, file: Option<&str>| match file {
            Some("none") => Err("none: not found".to_owned()),
            Some(file) => Ok(Some(format!("in {file}"))),
            None => Ok((id == "known").then(|| "from around".to_owned())),
        };
        let read = read(text, &secret);
        read.map_err(|errors| errors.iter().map(ToString::to_string).collect())
    }

    #[test]
    fn a_provider_is_read_with_what_is_usual() {
        let providers = with(GOOD).unwrap();
        assert_eq!(providers.len(), 1);
        let one = &providers[0];
        assert_eq!(
            (one.id.as_str(), one.title.as_str()),
            ("contoso", "Contoso")
        );
        assert_eq!(one.scopes, SCOPES);
        assert_eq!(one.client_secret, None, "a public client");
        assert!(with("").unwrap().is_empty());
    }

    #[test]
    fn a_secret_comes_from_a_file_or_from_around_and_is_not_shown() {
        let filed = with(&format!("{GOOD}client_secret_file = \"secret\"\n")).unwrap();
        assert_eq!(filed[0].client_secret.as_deref(), Some("in secret"));
        assert!(!format!("{filed:?}").contains("in secret"));
        let around = with(&GOOD.replace("contoso\"\nt", "known\"\nt")).unwrap();
        assert_eq!(around[0].client_secret.as_deref(), Some("from around"));
        assert_eq!(variable("a-b2"), "STARTKLAR_PROVIDER_A_B2_SECRET");
    }

    #[test]
    fn whatever_is_wrong_is_named_with_its_line_and_what_is_allowed() {
        for (text, said) in [
            (
                GOOD.replace("https", "http"),
                ["5: provider[0].issuer: ", ISSUER],
            ),
            (
                GOOD.replace("\"contoso\"", "\"Con toso\""),
                ["3: provider[0].id: ", ID],
            ),
            (
                GOOD.replace("client_id", "client"),
                ["6: provider[0].client: ", "client_id"],
            ),
            (
                GOOD.replace("title = \"Contoso\"\n", ""),
                ["2: provider[0].title: ", "lacking"],
            ),
            (
                GOOD.replace("\"startklar\"", "7"),
                ["6: provider[0].client_id: ", "7 is not"],
            ),
            (
                format!("{GOOD}scopes = [\"email\"]"),
                ["7: provider[0].scopes: ", SCOPE],
            ),
            (
                format!("{GOOD}scopes = \"openid\""),
                ["7: provider[0].scopes: ", SCOPE],
            ),
            (
                format!("{GOOD}client_secret_file = \"none\""),
                ["2: provider[0].client_secret_file: ", "not found"],
            ),
            (format!("{GOOD}{GOOD}"), ["8: provider[1].id: ", "taken"]),
            (format!("{GOOD}\n[other]"), ["8: other: ", "[[provider]]"]),
            ("provider = 1".to_owned(), ["1: provider: ", "[[provider]]"]),
            (format!("{GOOD}title = "), ["7: ", ""]),
        ] {
            let errors = with(&text).unwrap_err();
            let is_it = |bad: &String| bad.starts_with(said[0]) && bad.contains(said[1]);
            assert!(errors.iter().any(is_it), "{text}: {errors:?}");
        }
    }
}
