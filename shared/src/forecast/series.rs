//! Past work as a file holds it: one JSON object a line, one line a series.

use std::{collections::HashMap, str::FromStr};

use chrono::NaiveDate;
use serde_json::Value;

use super::{Kind, Past, UnderWay, Unit};
use crate::texts::{Locale, series_error_text};

mod fields;

/// Most periods of a series.
pub const PERIODS_MAX: usize = 1_000;
/// Largest amount of work, in any unit.
pub const AMOUNT_MAX: f64 = 1e12;

/// What was done over some periods, and the scope at the end of each.
#[derive(Debug, Clone, PartialEq)]
pub struct Series {
    /// Its name, unique in a file.
    pub id: String,
    /// What the work is.
    pub kind: Kind,
    /// What it is counted in.
    pub unit: Unit,
    /// Length of a period in days, 1 to 366.
    pub period_days: u16,
    /// First day of period 1, if known.
    pub start: Option<NaiveDate>,
    /// Scope at the end of each period, finished work included; as long as `done`.
    pub scope: Option<Vec<f64>>,
    /// Work done in each period.
    pub done: Vec<f64>,
    /// The planned last period, counted from 1.
    pub target: Option<usize>,
    /// The first period with 95 % of the last scope done: what a forecast is measured by.
    pub finish: Option<f64>,
}

impl Series {
    /// What is known after the first `cut` periods; all of it when there are fewer.
    pub fn until(&self, cut: usize) -> Past<'_> {
        let cut = cut.min(self.done.len());
        Past {
            kind: self.kind,
            unit: self.unit,
            period_days: self.period_days,
            start: self.start,
            done: &self.done[..cut],
            scope: self.scope.as_ref().and_then(|scope| scope.get(..cut)),
            target: self.target,
            under_way: UnderWay::default(),
        }
    }
}

/// Reads one series from its line; an error counts it as line 1.
impl FromStr for Series {
    type Err = SeriesError;

    fn from_str(text: &str) -> Result<Self, SeriesError> {
        fields::series(text, 1)
    }
}

/// Reads a file of series; empty lines are skipped. Gives all errors, not only the first.
///
/// ```
/// use startklar::forecast::read;
///
/// let errors = read("{\"id\":\"a\",\"kind\":\"sprint\"}").unwrap_err();
/// assert_eq!(
///     errors[0].to_string(),
///     "line 1, kind: “sprint” is not allowed; allowed is: \
///      release, project-start, stream, throughput, velocity"
/// );
/// ```
pub fn read(text: &str) -> Result<Vec<Series>, Vec<SeriesError>> {
    let (mut all, mut errors) = (Vec::new(), Vec::new());
    let mut places = HashMap::new();
    for (line, text) in (1..).zip(text.lines()) {
        if text.trim().is_empty() {
            continue;
        }
        let series = fields::series(text, line).and_then(|series| {
            match places.insert(series.id.clone(), line) {
                Some(first) => Err(SeriesError {
                    line,
                    field: "id",
                    problem: SeriesProblem::Duplicate { first },
                }),
                None => Ok(series),
            }
        });
        match series {
            Ok(series) => all.push(series),
            Err(error) => errors.push(error),
        }
    }
    if errors.is_empty() {
        Ok(all)
    } else {
        Err(errors)
    }
}

/// One thing that is wrong with a file of series.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{}", self.text(Locale::En))]
pub struct SeriesError {
    /// The line, counted from 1.
    pub line: usize,
    /// The field; empty for the line as a whole.
    pub field: &'static str,
    /// What is wrong.
    pub problem: SeriesProblem,
}

impl SeriesError {
    /// Line, field, what is wrong and what is allowed, in words.
    pub fn text(&self, locale: Locale) -> String {
        series_error_text(locale, self)
    }
}

/// What is wrong with a series.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SeriesProblem {
    /// The line is no JSON object.
    NotAnObject {
        /// The column where reading stopped, counted from 1; 0 when it is JSON of another type.
        column: usize,
    },
    /// A field is missing.
    Missing {
        /// What it may hold.
        allowed: Allowed,
    },
    /// A value that is not allowed.
    Bad {
        /// What was found, cut to a readable length.
        found: String,
        /// What the field may hold.
        allowed: Allowed,
    },
    /// There is not one entry for each period.
    Length {
        /// How many there are.
        found: usize,
        /// How many periods there are.
        periods: usize,
    },
    /// The id stands in the file already.
    Duplicate {
        /// The line in which it stands first.
        first: usize,
    },
}

/// What a field may hold.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Allowed {
    /// A text that is not empty.
    Name,
    /// The name of a kind.
    Kind,
    /// The name of a unit.
    Unit,
    /// A number of days in a period.
    Days,
    /// A date, or null.
    Date,
    /// Amounts of work, one for each period.
    Amounts,
    /// The same, or null.
    AmountsOrNull,
    /// A period, or null.
    Period,
}

/// A value as an error shows it.
fn shown(value: &Value) -> String {
    const LONGEST: usize = 40;
    let text = match value {
        Value::String(text) => text.clone(),
        other => other.to_string(),
    };
    if text.chars().count() <= LONGEST {
        return text;
    }
    text.chars().take(LONGEST).chain(['…']).collect()
}
