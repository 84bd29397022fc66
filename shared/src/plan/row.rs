//! Values out of a row that was read, by name and type. Absent and broken values alike are `None`:
//! the first reading has said what is wrong with the broken ones.

use std::str::FromStr;

use chrono::NaiveDate;

use super::{
    document::By,
    raw::{Row, Value},
};
use crate::{model::Discipline, time::Instant};

impl Row {
    pub(super) fn text<T: FromStr>(&self, name: &str) -> Option<T> {
        match self.values.get(name)? {
            Value::Text(text) => text.parse().ok(),
            _ => None,
        }
    }

    pub(super) fn whole<T: TryFrom<i64>>(&self, name: &str) -> Option<T> {
        match self.values.get(name)? {
            Value::Whole(number) => T::try_from(*number).ok(),
            _ => None,
        }
    }

    pub(super) fn yes(&self, name: &str) -> Option<bool> {
        match self.values.get(name)? {
            Value::Yes(yes) => Some(*yes),
            _ => None,
        }
    }

    pub(super) fn day(&self, name: &str) -> Option<NaiveDate> {
        match self.values.get(name)? {
            Value::Day(day) => Some(*day),
            _ => None,
        }
    }

    pub(super) fn moment(&self, name: &str) -> Option<Instant> {
        match self.values.get(name)? {
            Value::Moment(at) => Some(*at),
            _ => None,
        }
    }

    /// A moment, or true for another moment.
    pub(super) fn moment_or(&self, name: &str, when_true: Instant) -> Option<Instant> {
        match self.yes(name) {
            Some(yes) => yes.then_some(when_true),
            None => self.moment(name),
        }
    }

    pub(super) fn row(&self, name: &str) -> Option<&Row> {
        match self.values.get(name)? {
            Value::Row(row) => Some(row),
            _ => None,
        }
    }

    pub(super) fn rows(&self, name: &str) -> &[Row] {
        match self.values.get(name) {
            Some(Value::Rows(rows)) => rows,
            _ => &[],
        }
    }

    pub(super) fn list<T: FromStr>(&self, name: &str) -> Vec<T> {
        let Some(Value::List(values)) = self.values.get(name) else {
            return Vec::new();
        };
        let texts = values.iter().filter_map(|value| match value {
            Value::Text(text) => text.parse().ok(),
            _ => None,
        });
        texts.collect()
    }

    /// Who and when, from the fields of this row.
    pub(super) fn by(&self) -> Option<By> {
        Some(By {
            by: self.text("by")?,
            at: self.moment("at")?,
        })
    }

    /// Who and when, from a table in this row.
    pub(super) fn stamp(&self, name: &str) -> Option<By> {
        self.row(name)?.by()
    }

    pub(super) fn discipline(&self, name: &str) -> Option<Discipline> {
        Discipline::from_code(&self.text::<String>(name)?)
    }

    pub(super) fn disciplines(&self, name: &str) -> Vec<Discipline> {
        let codes: Vec<String> = self.list(name);
        codes
            .iter()
            .filter_map(|c| Discipline::from_code(c))
            .collect()
    }
}
