//! The settings file: what options and the environment do not say. Its names are those of the options
//! of `serve`.

use std::{
    collections::BTreeMap,
    fs,
    path::{Path, PathBuf},
};

use clap::{Arg, ArgAction, Command};
use toml::{
    Spanned,
    de::{DeTable, DeValue},
};

use super::Error;

/// The option that names the file; it cannot stand in it.
pub(super) const FILE: &str = "config";

/// What a file says of one setting.
#[derive(Debug, Clone)]
pub(super) struct Said {
    /// The values, as an option would give them.
    pub(super) values: Vec<String>,
    /// The line, from 1.
    pub(super) line: usize,
}

/// What a file says, by the ids of the options.
#[derive(Debug, Clone, Default)]
pub(super) struct Settings {
    /// Where it was read from.
    pub(super) path: PathBuf,
    pub(super) said: BTreeMap<String, Said>,
}

/// The options that a file may hold: those of `serve` which the environment may hold too.
pub(super) fn known(command: &Command) -> impl Iterator<Item = &Arg> {
    let serve = command.find_subcommand("serve").into_iter();
    serve
        .flat_map(Command::get_arguments)
        .filter(|arg| arg.get_env().is_some() && arg.get_id() != FILE)
}

/// Whether an option takes no value.
pub(super) fn is_flag(arg: &Arg) -> bool {
    matches!(arg.get_action(), ArgAction::SetTrue)
}

/// Whether an option takes several.
pub(super) fn is_list(arg: &Arg) -> bool {
    matches!(arg.get_action(), ArgAction::Append)
}

impl Settings {
    /// Reads the file that the arguments or the environment name, if they do.
    ///
    /// # Errors
    /// What cannot be used, each with its line; all of it at once.
    pub(super) fn find(command: &Command) -> Result<Self, Error> {
        // What is wrong with the other arguments is said when they are read for good.
        let lenient = command.clone().ignore_errors(true);
        let named = lenient.try_get_matches().ok();
        let named = named.and_then(|found| found.get_one::<PathBuf>(FILE).cloned());
        let Some(path) = named else {
            return Ok(Self::default());
        };
        let text = fs::read_to_string(&path)
            .map_err(|error| format!("cannot read the settings in {}: {error}", path.display()))?;
        Ok(Self::read(command, &path, &text)?)
    }

    fn read(command: &Command, path: &Path, text: &str) -> Result<Self, String> {
        let (document, broken) = DeTable::parse_recoverable(text);
        let line = |at: usize| text[..at.min(text.len())].matches('\n').count() + 1;
        let mut errors: Vec<(usize, String)> = broken
            .iter()
            .map(|error| {
                let at = error.span().map_or(0, |span| span.start);
                (line(at), error.message().to_owned())
            })
            .collect();
        let mut said = BTreeMap::new();
        for (name, value) in document.get_ref() {
            let at = line(name.span().start);
            match setting(command, name.get_ref(), value) {
                Ok((id, values)) => {
                    said.insert(id, Said { values, line: at });
                }
                Err(error) => errors.push((at, error)),
            }
        }
        if errors.is_empty() {
            let path = path.to_owned();
            return Ok(Self { path, said });
        }
        errors.sort();
        let errors = errors
            .into_iter()
            .map(|(line, error)| format!("{}:{line}: {error}", path.display()));
        Err(errors.collect::<Vec<_>>().join("\n"))
    }

    /// The commands, so that the file speaks where neither option nor environment do.
    pub(super) fn under(&self, command: Command) -> Command {
        let command = command.mut_subcommands(|verb| self.under(verb));
        self.said.iter().fold(command, |command, (id, said)| {
            if command.get_arguments().any(|arg| arg.get_id() == id) {
                command.mut_arg(id, |arg| arg.default_values(said.values.clone()))
            } else {
                command
            }
        })
    }
}

/// The option that an entry of the file means, and its values, which were tried.
fn setting(
    command: &Command,
    name: &str,
    value: &Spanned<DeValue<'_>>,
) -> Result<(String, Vec<String>), String> {
    let arg = known(command).find(|arg| arg.get_long() == Some(name));
    let arg = arg.ok_or_else(|| {
        let names: Vec<_> = known(command).filter_map(Arg::get_long).collect();
        format!("{name} is no setting; there are {}", names.join(", "))
    })?;
    let values = values(arg, name, value.get_ref())?;
    for value in &values {
        let tried = match (is_flag(arg), value.as_str()) {
            (true, _) => continue,
            (false, value) => format!("--{name}={value}"),
        };
        let alone = Command::new("startklar").arg(arg.clone().env(None::<&str>));
        if let Err(error) = alone.try_get_matches_from(["startklar", &tried]) {
            let text = error.to_string();
            let first = text.lines().next().unwrap_or_default();
            return Err(first.trim_start_matches("error: ").to_owned());
        }
    }
    Ok((arg.get_id().to_string(), values))
}

/// The values of an entry, where it is of the kind that the option takes.
fn values(arg: &Arg, name: &str, value: &DeValue<'_>) -> Result<Vec<String>, String> {
    let wanted = if is_flag(arg) {
        "true or false"
    } else if is_list(arg) {
        "a text in quotes, or several as [\"…\", \"…\"]"
    } else {
        "a text in quotes"
    };
    let wrong = || format!("{name} must be {wanted}");
    match value {
        DeValue::Boolean(yes) if is_flag(arg) => Ok(vec![yes.to_string()]),
        DeValue::String(text) if !is_flag(arg) => Ok(vec![text.to_string()]),
        DeValue::Array(several) if is_list(arg) => {
            let text = |one: &Spanned<DeValue<'_>>| match one.get_ref() {
                DeValue::String(text) => Some(text.to_string()),
                _ => None,
            };
            let texts: Option<Vec<_>> = several.iter().map(text).collect();
            texts.ok_or_else(wrong)
        }
        _ => Err(wrong()),
    }
}

#[cfg(test)]
mod tests;
