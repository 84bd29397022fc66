//! The first reading: a TOML document against the table of fields. What comes out has only known
//! fields of the right kinds; everything else is an error with its place.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use toml::{
    Spanned,
    de::{DeArray, DeTable, DeValue},
};

use super::{
    error::{PlanError, Problem},
    fields::{Field, Fields, Kind, Thing},
    near::nearest,
    place::{Place, Places, Source},
    values::{self, Bad},
};
use crate::time::Instant;

/// A value of the right kind.
#[derive(Debug, Clone)]
pub(super) enum Value {
    Yes(bool),
    Whole(i64),
    Text(String),
    Day(NaiveDate),
    Moment(Instant),
    List(Vec<Value>),
    Row(Row),
    Rows(Vec<Row>),
}

/// The fields of a table that could be read.
#[derive(Debug, Clone, Default)]
pub(super) struct Row {
    /// Where it stands, such as `items[3]`.
    pub(super) path: String,
    /// Its handle, where tables have handles.
    pub(super) key: String,
    pub(super) values: BTreeMap<&'static str, Value>,
}

/// A document read against the table of fields.
pub(super) struct Read {
    pub(super) root: Row,
    pub(super) places: Places,
    pub(super) errors: Vec<PlanError>,
}

/// References for which a near name is looked for: in a file full of wrong ones it would take long.
const MOST_TRIED: usize = 50;

/// Reads a whole document by the fields that it may have.
pub(super) fn read_by(text: &str, fields: &'static Fields) -> Read {
    let (document, broken) = DeTable::parse_recoverable(text);
    let mut reader = Reader::new(text);
    for error in broken {
        let place = reader.source.place(error.span().map_or(0, |s| s.start));
        let message = error.message().to_owned();
        reader.error_at(place, "", Problem::Syntax { message });
    }
    let mut root = Row::default();
    // What is left of a broken document would only yield errors that follow from its breach.
    if reader.errors.is_empty() {
        root = reader.table(document.get_ref(), fields, "");
        reader.check_references();
    }
    reader.errors.sort_by_key(|e| (e.line, e.column));
    Read {
        root,
        places: reader.places,
        errors: reader.errors,
    }
}

struct Reader<'a> {
    source: Source<'a>,
    places: Places,
    errors: Vec<PlanError>,
    known: BTreeMap<(Thing, String), Place>,
    references: Vec<(Thing, String, String, Place)>,
}

impl<'a> Reader<'a> {
    fn new(text: &'a str) -> Self {
        Self {
            source: Source::new(text),
            places: Places::default(),
            errors: Vec::new(),
            known: BTreeMap::new(),
            references: Vec::new(),
        }
    }

    fn error_at(&mut self, place: Place, path: &str, problem: Problem) {
        self.errors.push(PlanError {
            line: place.line,
            column: place.column,
            path: path.to_owned(),
            problem,
        });
    }

    fn table(&mut self, table: &DeTable<'_>, fields: &'static Fields, path: &str) -> Row {
        let mut row = Row {
            path: path.to_owned(),
            ..Row::default()
        };
        for (key, value) in table {
            let name = key.get_ref().as_ref();
            let path = join(path, name);
            let place = self.source.place(key.span().start);
            self.places.put(&path, place);
            match fields.get(name) {
                Some(field) => {
                    if let Some(value) = self.value(value, &field.kind, &path) {
                        row.values.insert(field.name, value);
                    }
                }
                None => self.unknown_field(place, &path, name, fields),
            }
        }
        let has = |name: &str| table.keys().any(|k| k.get_ref().as_ref() == name);
        for Field { name, kind, .. } in fields.fields.iter().filter(|f| f.must && !has(f.name)) {
            let place = self.places.find(path);
            let allowed = *kind;
            self.error_at(place, &join(path, name), Problem::Missing { name, allowed });
        }
        for (name, other) in fields.exclusive.iter().filter(|(a, b)| has(a) && has(b)) {
            let path = join(path, other);
            let place = self.places.find(&path);
            self.error_at(place, &path, Problem::Exclusive { name, other });
        }
        row
    }

    fn unknown_field(&mut self, place: Place, path: &str, name: &str, fields: &'static Fields) {
        let known: Vec<_> = fields.fields.iter().map(|f| f.name).collect();
        let problem = Problem::UnknownField {
            found: name.to_owned(),
            near: nearest(name, known.iter().copied()),
            known,
        };
        self.error_at(place, path, problem);
    }

    fn value(
        &mut self,
        value: &Spanned<DeValue<'_>>,
        kind: &'static Kind,
        path: &str,
    ) -> Option<Value> {
        let read = match (kind, value.get_ref()) {
            (Kind::Table(fields), DeValue::Table(table)) => {
                return Some(Value::Row(self.table(table, fields, path)));
            }
            (Kind::Tables(fields), DeValue::Array(array)) => self.tables(array, fields, path),
            (Kind::Keyed(fields), DeValue::Table(table)) => self.keyed(table, fields, path),
            (Kind::List(entry), DeValue::Array(array)) => Ok(self.list(array, entry, path)),
            (_, value) => values::scalar(value, kind),
        };
        let place = self.source.place(value.span().start);
        match read {
            Ok(read) => {
                self.remember(kind, &read, path, place);
                Some(read)
            }
            Err(bad) => {
                let found = self.source.excerpt(value.span());
                let allowed = *kind;
                let problem = match bad {
                    Bad::Type => Problem::WrongType { found, allowed },
                    Bad::Value => Problem::BadValue { found, allowed },
                };
                self.error_at(place, path, problem);
                None
            }
        }
    }

    fn list(&mut self, array: &DeArray<'_>, entry: &'static Kind, path: &str) -> Value {
        let read = array
            .iter()
            .enumerate()
            .filter_map(|(n, value)| self.value(value, entry, &format!("{path}[{n}]")));
        Value::List(read.collect())
    }

    fn tables(
        &mut self,
        array: &DeArray<'_>,
        fields: &'static Fields,
        path: &str,
    ) -> Result<Value, Bad> {
        let mut rows = Vec::with_capacity(array.len());
        for (n, value) in array.iter().enumerate() {
            let DeValue::Table(table) = value.get_ref() else {
                return Err(Bad::Type);
            };
            let path = format!("{path}[{n}]");
            let place = self.source.place(value.span().start);
            self.places.put(&path, place);
            rows.push(self.table(table, fields, &path));
        }
        Ok(Value::Rows(rows))
    }

    /// Tables under handles, in the order of the file.
    fn keyed(
        &mut self,
        table: &DeTable<'_>,
        fields: &'static Fields,
        path: &str,
    ) -> Result<Value, Bad> {
        let mut entries: Vec<_> = table.iter().collect();
        entries.sort_by_key(|(key, _)| key.span().start);
        let mut rows = Vec::with_capacity(entries.len());
        for (key, value) in entries {
            let name = key.get_ref().as_ref();
            let DeValue::Table(table) = value.get_ref() else {
                return Err(Bad::Type);
            };
            let path = join(path, name);
            let place = self.source.place(key.span().start);
            self.places.put(&path, place);
            if values::is_handle(name) {
                self.known.insert((Thing::Person, name.to_owned()), place);
            } else {
                let found = name.to_owned();
                let allowed = Kind::Id(Thing::Person);
                self.error_at(place, &path, Problem::BadValue { found, allowed });
            }
            let row = self.table(table, fields, &path);
            rows.push(Row {
                key: name.to_owned(),
                ..row
            });
        }
        if rows.is_empty() {
            Err(Bad::Value)
        } else {
            Ok(Value::Rows(rows))
        }
    }

    /// Keeps ids, to find doubles, and what refers to them, to be looked up at the end.
    fn remember(&mut self, kind: &Kind, read: &Value, path: &str, place: Place) {
        let Value::Text(text) = read else { return };
        match kind {
            Kind::Id(thing) => {
                if let Some(first) = self.known.get(&(*thing, text.clone())) {
                    let found = text.clone();
                    let first = first.line;
                    self.error_at(place, path, Problem::Duplicate { found, first });
                } else {
                    self.known.insert((*thing, text.clone()), place);
                }
            }
            Kind::Ref(thing) => {
                self.references
                    .push((*thing, text.clone(), path.to_owned(), place));
            }
            _ => {}
        }
    }

    fn check_references(&mut self) {
        let mut tried = 0;
        for (thing, found, path, place) in std::mem::take(&mut self.references) {
            if self.known.contains_key(&(thing, found.clone())) {
                continue;
            }
            let known = self.known.keys().filter(|(t, _)| *t == thing);
            let known = known.map(|(_, id)| id.as_str());
            tried += 1;
            let near = if tried > MOST_TRIED {
                None
            } else {
                nearest(&found, known).map(str::to_owned)
            };
            self.error_at(
                place,
                &path,
                Problem::UnknownReference { thing, found, near },
            );
        }
    }
}

fn join(path: &str, name: &str) -> String {
    if path.is_empty() {
        name.to_owned()
    } else {
        format!("{path}.{name}")
    }
}
