//! Where each field of a plan file stands.

use std::{collections::BTreeMap, ops::Range};

/// A place in a file: line and column, both counted from 1, the column in characters.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Place {
    pub(super) line: usize,
    pub(super) column: usize,
}

/// The places of the fields that were read, by path. A plan that was not read from a file has
/// none.
#[derive(Debug, Clone, Default)]
pub(super) struct Places(BTreeMap<String, Place>);

impl Places {
    pub(super) fn put(&mut self, path: &str, place: Place) {
        self.0.insert(path.to_owned(), place);
    }

    /// The place of a field, or of the nearest thing around it that has one.
    pub(super) fn find(&self, path: &str) -> Place {
        let mut path = path;
        loop {
            if let Some(place) = self.0.get(path) {
                return *place;
            }
            match path.rfind(['.', '[']) {
                Some(end) => path = path.get(..end).unwrap_or_default(),
                None => return Place { line: 1, column: 1 },
            }
        }
    }
}

/// The text of a file with the beginnings of its lines.
pub(super) struct Source<'a> {
    text: &'a str,
    lines: Vec<usize>,
}

impl<'a> Source<'a> {
    pub(super) fn new(text: &'a str) -> Self {
        let after = text.match_indices('\n').map(|(at, _)| at + 1);
        Self {
            text,
            lines: std::iter::once(0).chain(after).collect(),
        }
    }

    /// The place of a byte.
    pub(super) fn place(&self, byte: usize) -> Place {
        let line = self.lines.partition_point(|start| *start <= byte).max(1);
        let start = self.lines.get(line - 1).copied().unwrap_or_default();
        let before = self.text.get(start..byte).unwrap_or_default();
        Place {
            line,
            column: before.chars().count() + 1,
        }
    }

    /// What is written there, on one line and not too long to show.
    pub(super) fn excerpt(&self, span: Range<usize>) -> String {
        const MOST: usize = 60;
        let text = self.text.get(span).unwrap_or_default();
        let line = text.lines().next().unwrap_or_default();
        let short: String = line.chars().take(MOST).collect();
        if short.len() < text.len() {
            short + " …"
        } else {
            short
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_count_characters() {
        let source = Source::new("ä = 1\nöü = 2\n");
        assert_eq!(source.place(0), Place { line: 1, column: 1 });
        let two = "ä = 1\nöü = ".len();
        assert_eq!(source.place(two), Place { line: 2, column: 6 });
    }

    #[test]
    fn a_field_without_a_place_stands_where_its_table_does() {
        let mut places = Places::default();
        places.put("items[1]", Place { line: 7, column: 1 });
        assert_eq!(places.find("items[1].ticked.by").line, 7);
        assert_eq!(places.find("epics[0]").line, 1);
    }
}
