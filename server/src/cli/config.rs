//! `config`: every setting, what it is now, and who says so. What is printed is a settings file.

use std::{fmt::Write as _, process::ExitCode};

use clap::{Arg, ArgMatches, Args, Command, parser::ValueSource};
use serde::Serialize;

use super::{
    Outcome, mail, serve,
    settings::{self, Settings},
};

/// `config`.
#[derive(Debug, Clone, Args)]
pub(super) struct Config {
    /// One JSON array instead of a settings file
    #[arg(long)]
    json: bool,
    // The same options as those of `serve`, so that a command line can be tried here.
    #[command(flatten)]
    _serve: serve::Serve,
}

/// Who says what a setting is.
#[derive(Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
enum Source {
    Option,
    Environment,
    File { line: usize },
    Default,
    NotSet,
}

/// One setting.
#[derive(Debug, Serialize)]
struct Row {
    name: String,
    help: String,
    variable: String,
    /// What an option of its own would be given; secrets within it are not shown.
    values: Vec<String>,
    /// Whether something of it is not shown.
    hidden: bool,
    source: Source,
    #[serde(skip)]
    arg: Arg,
}

impl Config {
    /// Prints the settings that these arguments, the environment and the file come to.
    pub(super) fn run(&self, command: &Command, found: &ArgMatches, file: &Settings) -> Outcome {
        let rows: Vec<_> = settings::known(command)
            .map(|arg| Row::of(arg, found, file))
            .collect();
        let text = if self.json {
            serde_json::to_string_pretty(&rows)? + "\n"
        } else {
            printed(&rows, file, std::env::var_os(mail::PASSWORD).is_some())
        };
        super::say(text.as_bytes())?;
        Ok(ExitCode::SUCCESS)
    }
}

impl Row {
    fn of(arg: &Arg, found: &ArgMatches, file: &Settings) -> Self {
        let id = arg.get_id().as_str();
        let source = match (found.value_source(id), file.said.get(id)) {
            (Some(ValueSource::CommandLine), _) => Source::Option,
            (Some(ValueSource::EnvVariable), _) => Source::Environment,
            (_, Some(said)) => Source::File { line: said.line },
            (Some(_), None) if !settings::is_flag(arg) => Source::Default,
            _ => Source::NotSet,
        };
        let raw = found.get_raw(id).into_iter().flatten();
        let raw: Vec<_> = raw.map(|value| value.to_string_lossy()).collect();
        let values = if settings::is_flag(arg) {
            vec![found.get_flag(id).to_string()]
        } else {
            raw.iter().map(|value| without_password(value)).collect()
        };
        Self {
            name: arg.get_long().unwrap_or(id).to_owned(),
            help: arg.get_help().map(ToString::to_string).unwrap_or_default(),
            variable: arg
                .get_env()
                .map(|name| name.to_string_lossy().into_owned())
                .unwrap_or_default(),
            hidden: !settings::is_flag(arg) && values != raw,
            values,
            source,
            arg: arg.clone(),
        }
    }

    /// The line of a settings file that says this; as a remark where it need not be said, or
    /// cannot without its secret.
    fn line(&self) -> String {
        // Texts are quoted by the same rules in both.
        let quoted = |value: &String| serde_json::Value::from(value.as_str()).to_string();
        let values: Vec<_> = self.values.iter().map(quoted).collect();
        let value = match values.as_slice() {
            [flag] if settings::is_flag(&self.arg) => flag.trim_matches('"').to_owned(),
            [one] => one.clone(),
            [] => format!("\"{}\"", self.example()),
            several => format!("[{}]", several.join(", ")),
        };
        let remark = match self.source {
            Source::Default | Source::NotSet => "# ",
            _ if self.hidden => "# ",
            _ => "",
        };
        format!("{remark}{} = {value}", self.name)
    }

    fn example(&self) -> String {
        let names = self.arg.get_value_names().unwrap_or_default();
        names.first().map(ToString::to_string).unwrap_or_default()
    }
}

fn printed(rows: &[Row], file: &Settings, password: bool) -> String {
    let mut text = String::new();
    for row in rows {
        let source = match row.source {
            Source::Option => "the command line".to_owned(),
            Source::Environment => format!("the environment, {}", row.variable),
            Source::File { line } => format!("{}, line {line}", file.path.display()),
            Source::Default => "nobody; this is the default".to_owned(),
            Source::NotSet => "nobody; it is not set".to_owned(),
        };
        let Row { help, variable, .. } = row;
        let _ = writeln!(
            text,
            "# {help}.\n# --{}, {variable}; said by {source}.",
            row.name
        );
        if row.hidden {
            text.push_str("# The password within it is not shown.\n");
        }
        let _ = writeln!(text, "{}\n", row.line());
    }
    let is = if password {
        "set, not shown"
    } else {
        "not set"
    };
    let _ = writeln!(
        text,
        "# The password for the mail server stands in the environment only, or in a file of its own.\n\
         # {}: {is}.",
        mail::PASSWORD
    );
    text
}

/// A value, without the password that an address may hold.
fn without_password(value: &str) -> String {
    let hidden = || {
        let (scheme, rest) = value.split_once("://")?;
        let end = rest.find(['/', '?', '#']).unwrap_or(rest.len());
        // A password may hold an @ that nobody has encoded: the last one ends it.
        let (account, _) = rest[..end]
            .rsplit_once('@')
            .or_else(|| rest.rsplit_once('@'))?;
        let (user, _) = account.split_once(':')?;
        let after = &rest[account.len()..];
        Some(format!("{scheme}://{user}:…{after}"))
    };
    let shown = hidden().unwrap_or_else(|| value.to_owned());
    // The driver of the database takes it as a parameter too.
    let Some((before, query)) = shown.split_once('?') else {
        return shown;
    };
    let fields: Vec<_> = query
        .split('&')
        .map(|field| match field.split_once('=') {
            Some((name, _)) if name.to_ascii_lowercase().contains("password") => {
                format!("{name}=…")
            }
            _ => field.to_owned(),
        })
        .collect();
    format!("{before}?{}", fields.join("&"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_password_is_shown() {
        for (value, shown) in [
            ("sqlite:startklar.sqlite", "sqlite:startklar.sqlite"),
            ("postgres://a@db/x", "postgres://a@db/x"),
            ("postgres://a:pw@db:5432/x", "postgres://a:…@db:5432/x"),
            ("postgres://a:p@w@db/x", "postgres://a:…@db/x"),
            ("postgres://a:p/w@db/x", "postgres://a:…@db/x"),
            (
                "postgres://a@db/x?sslmode=require&password=pw",
                "postgres://a@db/x?sslmode=require&password=…",
            ),
            (
                "smtps://u:pw@mail.example.com",
                "smtps://u:…@mail.example.com",
            ),
            ("Startklar <a@example.com>", "Startklar <a@example.com>"),
        ] {
            assert_eq!(without_password(value), shown);
        }
    }
}
