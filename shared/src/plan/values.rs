//! Single values: from what TOML holds to what a field means.

use chrono::{Datelike as _, NaiveDate};
use toml::de::DeValue;

use super::{
    fields::{Kind, Thing},
    raw::Value,
};
use crate::{
    id::{ItemId, SLUG_MAX},
    model::Clock,
    text::{Line, Note},
    time::{Instant, YEARS, parse_instant},
};

/// Why a value was not taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Bad {
    /// It is of another type.
    Type,
    /// Its type is right, the value is not.
    Value,
}

/// Reads a value that is neither a list nor a table.
pub(super) fn scalar(value: &DeValue<'_>, kind: &Kind) -> Result<Value, Bad> {
    match (kind, value) {
        (Kind::Yes | Kind::MomentOrYes, DeValue::Boolean(yes)) => Ok(Value::Yes(*yes)),
        (Kind::Whole(least, most), DeValue::Integer(number)) => {
            i64::from_str_radix(number.as_str(), number.radix())
                .ok()
                .filter(|n| (*least..=*most).contains(n))
                .map(Value::Whole)
                .ok_or(Bad::Value)
        }
        (Kind::Day, _) => day(value).map(Value::Day),
        (Kind::Clock, _) => clock(value).map(Value::Text),
        (Kind::Moment | Kind::MomentOrYes, _) => moment(value).map(Value::Moment),
        (_, DeValue::String(text)) => words(text, kind).map(Value::Text),
        _ => Err(Bad::Type),
    }
}

/// A day is a TOML date; a quoted one is understood too.
fn day(value: &DeValue<'_>) -> Result<NaiveDate, Bad> {
    let text = match value {
        DeValue::Datetime(date) if date.time.is_none() => date.to_string(),
        DeValue::String(text) => text.as_ref().to_owned(),
        _ => return Err(Bad::Type),
    };
    let day: Option<NaiveDate> = text.parse().ok();
    day.filter(|day| YEARS.contains(&day.year()))
        .ok_or(Bad::Value)
}

/// A time of day is a quoted one; a TOML time is understood too.
fn clock(value: &DeValue<'_>) -> Result<String, Bad> {
    let text = match value {
        DeValue::Datetime(at) if at.date.is_none() => at.to_string(),
        DeValue::String(text) => text.as_ref().to_owned(),
        _ => return Err(Bad::Type),
    };
    let minutes = text.strip_suffix(":00").filter(|text| text.contains(':'));
    let clock: Result<Clock, _> = minutes.unwrap_or(&text).parse();
    clock.map(String::from).map_err(|_| Bad::Value)
}

/// A moment is a TOML date-time with an offset; a quoted one is understood too.
fn moment(value: &DeValue<'_>) -> Result<Instant, Bad> {
    let text = match value {
        DeValue::Datetime(at) => at.to_string(),
        DeValue::String(text) => text.as_ref().to_owned(),
        _ => return Err(Bad::Type),
    };
    let at = parse_instant(&text).ok();
    at.filter(|at| YEARS.contains(&at.year())).ok_or(Bad::Value)
}

fn words(text: &str, kind: &Kind) -> Result<String, Bad> {
    let good = match kind {
        Kind::Ref(Thing::Person) => is_handle(text),
        Kind::Id(_) | Kind::Ref(_) => text.parse::<ItemId>().is_ok(),
        Kind::Line => {
            return text
                .parse::<Line>()
                .map(String::from)
                .map_err(|_| Bad::Value);
        }
        Kind::Note => {
            return text
                .parse::<Note>()
                .map(String::from)
                .map_err(|_| Bad::Value);
        }
        Kind::Zone => text.parse::<chrono_tz::Tz>().is_ok(),
        Kind::OneOf(known) => known.contains(&text),
        _ => return Err(Bad::Type),
    };
    if good {
        Ok(text.to_owned())
    } else {
        Err(Bad::Value)
    }
}

/// Whether a text may stand for a person: like an id, with dots and underscores besides.
pub(super) fn is_handle(text: &str) -> bool {
    !text.is_empty()
        && text.len() <= SLUG_MAX
        && text
            .bytes()
            .all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b"-_.".contains(&b))
}
