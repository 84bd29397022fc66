//! Reads a template from its file.

use serde::Deserialize;
use serde_json::{Map, Value};
use toml::de::{DeTable, DeValue};

use super::{Template, TemplateItem, Tier};
use crate::{id::ItemId, model::Discipline, text::Line};

/// Why a text is not a template.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("not a template: {reason}")]
pub struct BadTemplate {
    /// What is wrong.
    pub reason: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    format: u8,
    title: Line,
    weeks: u8,
    items: Vec<Row>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Row {
    id: ItemId,
    title: Line,
    discipline: Discipline,
    tier: String,
    lead_days: u16,
    #[serde(default)]
    sourced: bool,
    #[serde(default)]
    blocking: bool,
    #[serde(default)]
    needs: Vec<ItemId>,
    evidence: Option<Line>,
    #[serde(default)]
    second_person: bool,
    confirm_days: Option<u16>,
}

impl Template {
    /// Reads a template from TOML.
    pub(super) fn read(text: &str) -> Result<Self, BadTemplate> {
        let table = DeTable::parse(text).map_err(|e| bad(&e))?.into_inner();
        let file: File = serde_json::from_value(object(&table)).map_err(|e| bad(&e))?;
        if file.format != 1 {
            return Err(bad(&format!("format {} is unknown", file.format)));
        }
        Ok(Self {
            title: file.title,
            weeks: file.weeks,
            items: file.items.into_iter().map(item).collect::<Result<_, _>>()?,
        })
    }
}

fn item(row: Row) -> Result<TemplateItem, BadTemplate> {
    let tier = Tier::from_code(&row.tier);
    Ok(TemplateItem {
        tier: tier.ok_or_else(|| bad(&format!("{}: tier “{}” is unknown", row.id, row.tier)))?,
        id: row.id,
        title: row.title,
        discipline: row.discipline,
        lead_days: row.lead_days,
        sourced: row.sourced,
        blocking: row.blocking,
        needs: row.needs,
        evidence: row.evidence,
        second_person: row.second_person,
        confirm_days: row.confirm_days,
    })
}

fn object(table: &DeTable<'_>) -> Value {
    let fields = table.iter();
    let fields = fields.map(|(name, v)| (name.get_ref().to_string(), value(v.get_ref())));
    Value::Object(fields.collect::<Map<_, _>>())
}

/// A TOML value as the JSON that the model reads from. Numbers that do not fit and dates, which a
/// template has none of, become text, and the field that holds them says so.
fn value(found: &DeValue<'_>) -> Value {
    match found {
        DeValue::String(text) => Value::from(text.as_ref()),
        DeValue::Integer(number) => i64::from_str_radix(number.as_str(), number.radix())
            .map_or_else(|_| Value::from(number.as_str()), Value::from),
        DeValue::Float(number) => Value::from(number.as_str()),
        DeValue::Boolean(yes) => Value::from(*yes),
        DeValue::Datetime(moment) => Value::from(moment.to_string()),
        DeValue::Array(list) => list.iter().map(|v| value(v.get_ref())).collect(),
        DeValue::Table(table) => object(table),
    }
}

fn bad(reason: &dyn std::fmt::Display) -> BadTemplate {
    BadTemplate {
        reason: reason.to_string(),
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "tests fail by panic")]
mod tests {
    use super::*;

    const HEAD: &str = "format = 1\ntitle = \"T\"\nweeks = 10\n[[items]]\nid = \"a\"\n";

    fn reason(text: &str) -> String {
        Template::read(text).unwrap_err().reason
    }

    #[test]
    fn an_unknown_size_is_named() {
        let text = format!(
            "{HEAD}title = \"A\"\ndiscipline = \"sales\"\ntier = \"huge\"\nlead_days = 0x7\n"
        );
        assert_eq!(reason(&text), "a: tier “huge” is unknown");
    }

    #[test]
    fn an_unknown_field_is_named() {
        assert!(reason(&format!("{HEAD}lead_weeks = 1\n")).contains("lead_weeks"));
        assert!(reason(&format!("{HEAD}title = 2026-03-02\nlead = 1.5\n")).contains("lead"));
    }

    #[test]
    fn another_format_is_refused() {
        let text = "format = 2\ntitle = \"T\"\nweeks = 10\nitems = []\n";
        assert_eq!(reason(text), "format 2 is unknown");
    }

    #[test]
    fn what_is_no_toml_is_refused() {
        assert!(!reason("format =").is_empty());
    }
}
