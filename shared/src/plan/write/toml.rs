//! TOML as people like to read it: one field a line, who and when side by side.

use std::fmt::{Display, Write as _};

use chrono::{FixedOffset, SecondsFormat};

use super::super::document::By;
use crate::time::{Instant, Zone};

/// A text as TOML writes it on one line.
pub(super) fn quoted(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 2);
    out.push('"');
    for c in text.chars() {
        escape(&mut out, c);
    }
    out.push('"');
    out
}

fn escape(out: &mut String, c: char) {
    match c {
        '"' => out.push_str("\\\""),
        '\\' => out.push_str("\\\\"),
        '\n' => out.push_str("\\n"),
        '\t' => out.push_str("\\t"),
        c if c.is_control() => {
            // Writing to a string cannot fail.
            let _ = write!(out, "\\u{:04X}", u32::from(c));
        }
        c => out.push(c),
    }
}

/// A text of several lines as TOML writes it over several lines.
fn block(text: &str) -> String {
    let mut out = String::from("\"\"\"\n");
    for c in text.chars() {
        match c {
            '\n' => out.push('\n'),
            c => escape(&mut out, c),
        }
    }
    out.push_str("\"\"\"");
    out
}

/// Lines of a file under way.
pub(in crate::plan) struct Lines<'a> {
    zone: &'a Zone,
    out: String,
    indent: &'static str,
}

impl<'a> Lines<'a> {
    pub(in crate::plan) fn new(zone: &'a Zone) -> Self {
        Self {
            zone,
            out: String::new(),
            indent: "",
        }
    }

    pub(in crate::plan) fn finish(self) -> String {
        self.out
    }

    /// Begins a table, with an empty line before it.
    pub(in crate::plan) fn table(&mut self, header: &str, indent: &'static str) {
        self.indent = indent;
        // Writing to a string cannot fail.
        let _ = writeln!(self.out, "\n{indent}{header}");
    }

    /// A line for whoever reads the file; what reads it back does not see it.
    pub(super) fn comment(&mut self, text: &str) {
        let _ = writeln!(self.out, "{}# {text}", self.indent);
    }

    /// A field with its value as TOML.
    pub(in crate::plan) fn raw(&mut self, name: &str, value: impl Display) {
        let _ = writeln!(self.out, "{}{name} = {value}", self.indent);
    }

    pub(in crate::plan) fn text(&mut self, name: &str, text: &dyn Display) {
        let text = text.to_string();
        let value = if text.contains('\n') {
            block(&text)
        } else {
            quoted(&text)
        };
        self.raw(name, value);
    }

    pub(in crate::plan) fn texts<T: ToString>(&mut self, name: &str, texts: &[T]) {
        if !texts.is_empty() {
            let list: Vec<String> = texts.iter().map(|t| quoted(&t.to_string())).collect();
            self.raw(name, format!("[{}]", list.join(", ")));
        }
    }

    pub(super) fn moment(&mut self, name: &str, at: Option<Instant>) {
        if let Some(at) = at {
            let value = self.instant(at);
            self.raw(name, value);
        }
    }

    pub(super) fn by(&mut self, name: &str, by: Option<&By>) {
        if let Some(by) = by {
            let value = self.stamp(by, &[]);
            self.raw(name, value);
        }
    }

    /// Who and when on one line, with more fields behind.
    pub(super) fn stamp(&self, by: &By, more: &[(&str, String)]) -> String {
        let mut fields = vec![
            format!("by = {}", quoted(&by.by)),
            format!("at = {}", self.instant(by.at)),
        ];
        fields.extend(more.iter().map(|(name, value)| format!("{name} = {value}")));
        format!("{{ {} }}", fields.join(", "))
    }

    /// A moment by the launch's own clock.
    pub(super) fn instant(&self, at: Instant) -> String {
        let east = i32::from(self.zone.offset_at(at)) * 60;
        let local = FixedOffset::east_opt(east).map(|offset| at.with_timezone(&offset));
        local.map_or_else(
            || at.to_rfc3339_opts(SecondsFormat::AutoSi, true),
            |local| local.to_rfc3339_opts(SecondsFormat::AutoSi, true),
        )
    }
}
