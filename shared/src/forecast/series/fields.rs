//! Reads the fields of one series.

use chrono::{Datelike as _, NaiveDate};
use serde_json::{Map, Value};

use super::{
    super::{Kind, Unit, number::floor},
    AMOUNT_MAX, Allowed, PERIODS_MAX, Series, SeriesError, SeriesProblem, shown,
};

/// The years in which a series may begin: beyond them a typing error is likelier.
const YEARS: std::ops::RangeInclusive<i32> = 1970..=2199;

/// Reads the series that stands in a line.
pub(super) fn series(text: &str, line: usize) -> Result<Series, SeriesError> {
    let no_object = |column| SeriesError {
        line,
        field: "",
        problem: SeriesProblem::NotAnObject { column },
    };
    let values = match serde_json::from_str(text) {
        Ok(Value::Object(values)) => values,
        Ok(_) => return Err(no_object(0)),
        Err(error) => return Err(no_object(error.column())),
    };
    Fields { values, line }.series()
}

struct Fields {
    values: Map<String, Value>,
    line: usize,
}

impl Fields {
    fn series(&self) -> Result<Series, SeriesError> {
        let id = self.text("id", Allowed::Name, |text| {
            (!text.trim().is_empty()).then(|| text.to_owned())
        })?;
        let kind = self.text("kind", Allowed::Kind, Kind::from_code)?;
        let unit = self.text("unit", Allowed::Unit, Unit::from_code)?;
        let period_days = self.days()?;
        let start = self.start()?;
        let (name, allowed) = ("done_by_period", Allowed::Amounts);
        let Some(done) = self.amounts(name, allowed)? else {
            return Err(self.missing(name, allowed));
        };
        Ok(Series {
            id,
            kind,
            unit,
            period_days,
            start,
            scope: self.scope(done.len())?,
            target: self.period("target_period")?.map(floor),
            finish: self.period("finish_period")?,
            done,
        })
    }

    /// A value that is there and not null.
    fn value(&self, name: &str) -> Option<&Value> {
        self.values.get(name).filter(|value| !value.is_null())
    }

    fn text<T>(
        &self,
        name: &'static str,
        allowed: Allowed,
        read: impl FnOnce(&str) -> Option<T>,
    ) -> Result<T, SeriesError> {
        let value = self
            .value(name)
            .ok_or_else(|| self.missing(name, allowed))?;
        let text = value.as_str();
        text.and_then(read)
            .ok_or_else(|| self.bad(name, value, allowed))
    }

    fn days(&self) -> Result<u16, SeriesError> {
        let (name, allowed) = ("period_days", Allowed::Days);
        let value = self
            .value(name)
            .ok_or_else(|| self.missing(name, allowed))?;
        let days = value.as_u64().and_then(|days| u16::try_from(days).ok());
        days.filter(|days| (1..=366).contains(days))
            .ok_or_else(|| self.bad(name, value, allowed))
    }

    fn start(&self) -> Result<Option<NaiveDate>, SeriesError> {
        let Some(value) = self.value("start") else {
            return Ok(None);
        };
        let date = value
            .as_str()
            .and_then(|text| text.parse::<NaiveDate>().ok());
        match date.filter(|date| YEARS.contains(&date.year())) {
            Some(date) => Ok(Some(date)),
            None => Err(self.bad("start", value, Allowed::Date)),
        }
    }

    fn scope(&self, periods: usize) -> Result<Option<Vec<f64>>, SeriesError> {
        let name = "scope_by_period";
        let scope = self.amounts(name, Allowed::AmountsOrNull)?;
        match scope.as_ref().map(Vec::len) {
            Some(found) if found != periods => {
                Err(self.error(name, SeriesProblem::Length { found, periods }))
            }
            _ => Ok(scope),
        }
    }

    fn amounts(
        &self,
        name: &'static str,
        allowed: Allowed,
    ) -> Result<Option<Vec<f64>>, SeriesError> {
        let Some(value) = self.value(name) else {
            return Ok(None);
        };
        let entries = value.as_array().filter(|all| all.len() <= PERIODS_MAX);
        let entries = entries.ok_or_else(|| self.bad(name, value, allowed))?;
        let amount = |entry: &Value| {
            let amount = entry.as_f64().filter(|v| (0.0..=AMOUNT_MAX).contains(v));
            amount.ok_or_else(|| self.bad(name, entry, allowed))
        };
        entries
            .iter()
            .map(amount)
            .collect::<Result<_, _>>()
            .map(Some)
    }

    fn period(&self, name: &'static str) -> Result<Option<f64>, SeriesError> {
        let Some(value) = self.value(name) else {
            return Ok(None);
        };
        let last = super::super::number::float(PERIODS_MAX);
        match value.as_f64().filter(|at| (0.0..=last).contains(at)) {
            Some(at) => Ok(Some(at)),
            None => Err(self.bad(name, value, Allowed::Period)),
        }
    }

    fn missing(&self, name: &'static str, allowed: Allowed) -> SeriesError {
        self.error(name, SeriesProblem::Missing { allowed })
    }

    fn bad(&self, name: &'static str, value: &Value, allowed: Allowed) -> SeriesError {
        let found = shown(value);
        self.error(name, SeriesProblem::Bad { found, allowed })
    }

    const fn error(&self, field: &'static str, problem: SeriesProblem) -> SeriesError {
        SeriesError {
            line: self.line,
            field,
            problem,
        }
    }
}
