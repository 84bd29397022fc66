//! The JSON Schema of plan files, out of the table of fields.

use serde_json::{Map, Value, json};

use super::{
    fields::{Field, Fields, Kind, Thing},
    tables::PLAN,
};
use crate::id::SLUG_MAX;

const SLUG: &str = "^[a-z0-9]+(-[a-z0-9]+)*$";
const CLOCK: &str = "^([01][0-9]|2[0-3]):[0-5][0-9]$";
const HANDLE: &str = "^[a-z0-9._-]+$";

/// The JSON Schema (2020-12) of plan files, as published in `plan.schema.json`. Editors that know
/// TOML check and complete a plan file by it; days and moments are strings to them. What refers
/// to what, and what the rules allow, only [`Plan::read`](super::Plan::read) can tell.
///
/// ```
/// let schema = startklar::plan::schema();
/// assert_eq!(schema["$defs"]["launch"]["properties"]["weeks"]["maximum"], 52);
/// ```
pub fn schema() -> Value {
    let mut defs = Map::new();
    let root = table(&PLAN, &mut defs);
    let mut schema = Map::new();
    schema.insert(
        "$schema".into(),
        json!("https://json-schema.org/draft/2020-12/schema"),
    );
    schema.insert("title".into(), json!("A plan file of Startklar, format 1"));
    schema.extend(root);
    schema.insert("$defs".into(), Value::Object(defs));
    Value::Object(schema)
}

fn table(fields: &'static Fields, defs: &mut Map<String, Value>) -> Map<String, Value> {
    let mut properties = Map::new();
    for Field {
        name, kind, about, ..
    } in fields.fields
    {
        let mut property = value(kind, defs);
        property.insert("description".into(), json!(about));
        properties.insert((*name).to_owned(), Value::Object(property));
    }
    let must = fields.fields.iter().filter(|f| f.must).map(|f| f.name);
    let mut schema = object(json!({
        "type": "object",
        "properties": properties,
        "required": must.collect::<Vec<_>>(),
        "additionalProperties": false,
    }));
    if !fields.exclusive.is_empty() {
        let both = |(a, b): &(&str, &str)| json!({ "not": { "required": [a, b] } });
        let none = fields.exclusive.iter().map(both).collect();
        schema.insert("allOf".into(), Value::Array(none));
    }
    schema
}

fn reference(fields: &'static Fields, defs: &mut Map<String, Value>) -> Value {
    if !defs.contains_key(fields.name) {
        // Kept first, so that a table within itself would end here.
        defs.insert(fields.name.to_owned(), Value::Null);
        let def = table(fields, defs);
        defs.insert(fields.name.to_owned(), Value::Object(def));
    }
    json!({ "$ref": format!("#/$defs/{}", fields.name) })
}

fn value(kind: &'static Kind, defs: &mut Map<String, Value>) -> Map<String, Value> {
    object(match kind {
        Kind::Id(Thing::Person) | Kind::Ref(Thing::Person) => handle(),
        Kind::Id(_) | Kind::Ref(_) => {
            json!({ "type": "string", "pattern": SLUG, "maxLength": SLUG_MAX })
        }
        Kind::Line => json!({ "type": "string", "minLength": 1, "maxLength": 200 }),
        Kind::Note => json!({ "type": "string", "minLength": 1, "maxLength": 4000 }),
        Kind::Whole(least, most) => {
            json!({ "type": "integer", "minimum": least, "maximum": most })
        }
        Kind::Yes => json!({ "type": "boolean" }),
        Kind::Day => json!({ "type": "string", "format": "date" }),
        Kind::Moment => json!({ "type": "string", "format": "date-time" }),
        Kind::MomentOrYes => json!({ "type": ["boolean", "string"], "format": "date-time" }),
        Kind::Zone => json!({ "type": "string", "examples": ["Europe/Berlin", "UTC"] }),
        Kind::Clock => json!({ "type": "string", "pattern": CLOCK }),
        Kind::OneOf(words) => json!({ "enum": words }),
        Kind::List(entry) => {
            json!({ "type": "array", "items": Value::Object(value(entry, defs)) })
        }
        Kind::Table(fields) => reference(fields, defs),
        Kind::Tables(fields) => json!({ "type": "array", "items": reference(fields, defs) }),
        Kind::Keyed(fields) => json!({
            "type": "object",
            "minProperties": 1,
            "propertyNames": handle(),
            "additionalProperties": reference(fields, defs),
        }),
    })
}

fn handle() -> Value {
    json!({ "type": "string", "pattern": HANDLE, "maxLength": SLUG_MAX })
}

fn object(value: Value) -> Map<String, Value> {
    match value {
        Value::Object(map) => map,
        _ => Map::new(),
    }
}
