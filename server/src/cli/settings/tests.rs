#![allow(clippy::unwrap_used, reason = "tests fail by panic")]

use clap::{CommandFactory as _, parser::ValueSource};

use super::*;
use crate::cli::Cli;

fn read(text: &str) -> Result<Settings, String> {
    Settings::read(&Cli::command(), Path::new("s.toml"), text)
}

#[test]
fn a_file_speaks_where_no_option_does() {
    let file = "listen = \"127.0.0.1:4000\"\nhttps = true\nhost = [\"a.example\", \"b.example\"]\n";
    let settings = read(file).unwrap();
    let command = settings.under(Cli::command());
    let found = command.clone().get_matches_from(["startklar", "serve"]);
    let serve = found.subcommand_matches("serve").unwrap();
    assert!(serve.get_flag("https"));
    let hosts: Vec<&String> = serve.get_many("host").unwrap().collect();
    assert_eq!(hosts, ["a.example", "b.example"]);
    let listen = serve.get_one::<std::net::SocketAddr>("listen").unwrap();
    assert_eq!(listen.port(), 4000);

    let told = ["startklar", "serve", "--listen", "127.0.0.1:5000"];
    let found = command.get_matches_from(told);
    let serve = found.subcommand_matches("serve").unwrap();
    let listen = serve.get_one::<std::net::SocketAddr>("listen").unwrap();
    assert_eq!(listen.port(), 5000);
    assert_eq!(serve.value_source("listen"), Some(ValueSource::CommandLine));
}

#[test]
fn a_file_speaks_to_every_verb_that_has_the_option() {
    let settings = read("database = \"sqlite:other.sqlite\"").unwrap();
    let command = settings.under(Cli::command());
    let found = command.get_matches_from(["startklar", "person", "list"]);
    let list = found.subcommand_matches("person").unwrap();
    let list = list.subcommand_matches("list").unwrap_or(list);
    let database: &String = list.get_one("database").unwrap();
    assert_eq!(database, "sqlite:other.sqlite");
}

#[test]
fn what_cannot_be_used_is_said_with_its_line_and_all_at_once() {
    let file = "listen = \"here\"\nhots = \"a\"\nhttps = \"yes\"\nproxy = [1]\nlog = \"xml\"\n";
    let errors = read(file).unwrap_err();
    let errors: Vec<_> = errors.lines().collect();
    assert_eq!(errors.len(), 5, "{errors:?}");
    for (error, parts) in errors.iter().zip([
        ["s.toml:1: ", "listen", "here"],
        ["s.toml:2: ", "hots is no setting", "host, "],
        ["s.toml:3: ", "https must be ", "true or false"],
        ["s.toml:4: ", "proxy must be ", "several as"],
        ["s.toml:5: ", "xml", "log"],
    ]) {
        for part in parts {
            assert!(error.contains(part), "{error}");
        }
    }
    assert!(read("listen = ").unwrap_err().starts_with("s.toml:1: "));
}
