//! The published schema, the documentation and the reader know the same fields.
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test may stop where something is not as expected"
)]

use std::{collections::BTreeMap, env, fs};

use serde_json::{Value, json};
use startklar::plan::{Fields, Kind, PLAN, Plan, schema};
use toml::de::{DeTable, DeValue};

const PUBLISHED: &str = include_str!("../plan.schema.json");
const GUIDE: &str = include_str!("../PLAN.md");
const SAMPLES: [&str; 2] = [
    include_str!("../samples/metakube.en.toml"),
    include_str!("../samples/metakube.de.toml"),
];

/// Run with `UPDATE_SCHEMA=1` to write the file anew.
#[test]
fn the_published_schema_is_that_of_the_reader() {
    if env::var_os("UPDATE_SCHEMA").is_some() {
        let text = serde_json::to_string_pretty(&schema()).unwrap();
        let path = concat!(env!("CARGO_MANIFEST_DIR"), "/plan.schema.json");
        fs::write(path, text + "\n").unwrap();
        return;
    }
    let published: Value = serde_json::from_str(PUBLISHED).unwrap();
    assert_eq!(published, schema(), "run this test with UPDATE_SCHEMA=1");
}

#[test]
fn the_samples_are_valid_by_the_schema() {
    for sample in SAMPLES {
        let errors = check(&json_of(sample));
        assert!(errors.is_empty(), "{errors:#?}");
    }
}

#[test]
fn the_schema_refuses_what_the_reader_refuses() {
    let good = json_of(&example());
    assert!(check(&good).is_empty(), "{:?}", check(&good));
    let change = |pointer: &str, value: Value| {
        let mut plan = good.clone();
        *plan.pointer_mut(pointer).unwrap() = value;
        check(&plan)
    };
    assert_eq!(
        change("/launch/weeks", json!(53)),
        ["/launch/weeks: maximum"]
    );
    assert_eq!(
        change("/launch/id", json!("Meta Kube")),
        ["/launch/id: pattern"]
    );
    assert_eq!(change("/format", json!(2)), ["/format: maximum"]);
    assert_eq!(change("/people", json!({})), ["/people: minProperties"]);
    assert_eq!(
        change("/items/0/discipline", json!("selling")),
        ["/items/0/discipline: enum"]
    );
    let mut both = good.clone();
    both["items"][0]["lead_days"] = json!(1);
    both["items"][0]["status"] = json!("done");
    assert_eq!(
        check(&both),
        ["/items/0: additionalProperties status", "/items/0: not"]
    );
}

#[test]
fn the_guide_has_every_field_and_no_other() {
    let documented = documented();
    for fields in tables() {
        let known: BTreeMap<&str, bool> = fields.fields.iter().map(|f| (f.name, f.must)).collect();
        let section = documented.get(fields.name);
        let section = section.unwrap_or_else(|| panic!("no section on {}", fields.name));
        assert_eq!(section, &known, "{}", fields.name);
    }
    assert_eq!(documented.len(), tables().len());
}

#[test]
fn the_example_of_the_guide_is_a_plan() {
    let plan = Plan::read(&example()).unwrap_or_else(|errors| panic!("{errors:#?}"));
    assert_eq!(plan.people().len(), 3);
}

/// The whole plan that the guide shows.
fn example() -> String {
    let blocks = GUIDE.split("```toml\n").skip(1);
    let mut blocks = blocks.filter_map(|b| b.split("```").next());
    let whole = blocks.find(|b| b.contains("format = 1")).unwrap();
    whole.to_owned()
}

/// Every table that the reader knows, once.
fn tables() -> Vec<&'static Fields> {
    let mut all: Vec<&'static Fields> = vec![&PLAN];
    let mut next = 0;
    while let Some(fields) = all.get(next).copied() {
        for field in fields.fields {
            if let Kind::Table(inner) | Kind::Tables(inner) | Kind::Keyed(inner) = field.kind
                && all.iter().all(|known| known.name != inner.name)
            {
                all.push(inner);
            }
        }
        next += 1;
    }
    all
}

/// The fields by section of the guide, and whether they must be there: a heading such as
/// `### launch: …`, and rows of a name in code quotes, “must” or nothing, and words.
fn documented() -> BTreeMap<&'static str, BTreeMap<&'static str, bool>> {
    let mut sections: BTreeMap<&str, BTreeMap<&str, bool>> = BTreeMap::new();
    let mut section = "";
    for line in GUIDE.lines() {
        if let Some((name, _)) = line.strip_prefix("### ").and_then(|l| l.split_once(':')) {
            section = name;
        } else if line.starts_with('#') {
            section = "";
        } else if let Some(row) = line.strip_prefix("| `") {
            let (name, rest) = row.split_once("` |").unwrap();
            let must = rest.trim_start().starts_with("must");
            sections.entry(section).or_default().insert(name, must);
        }
    }
    sections
}

/// A TOML document as editors see it: days and moments are strings.
fn json_of(text: &str) -> Value {
    table(DeTable::parse(text).unwrap().get_ref())
}

fn table(table: &DeTable<'_>) -> Value {
    let fields = table.iter();
    let pairs = fields.map(|(key, v)| (key.get_ref().to_string(), value(v.get_ref())));
    Value::Object(pairs.collect())
}

fn value(value: &DeValue<'_>) -> Value {
    match value {
        DeValue::String(text) => json!(text),
        DeValue::Integer(number) => json!(number.as_str().parse::<i64>().unwrap()),
        DeValue::Boolean(yes) => json!(yes),
        DeValue::Datetime(at) => json!(at.to_string()),
        DeValue::Array(list) => list.iter().map(|v| self::value(v.get_ref())).collect(),
        DeValue::Table(inner) => table(inner),
        DeValue::Float(_) => panic!("no plan holds a fraction"),
    }
}

/// Checks a plan by the words that the schema uses. A word that is not known here fails the test.
fn check(plan: &Value) -> Vec<String> {
    let schema = schema();
    let mut errors = Vec::new();
    walk(&schema, &schema, plan, "", &mut errors);
    errors
}

fn walk(root: &Value, schema: &Value, value: &Value, path: &str, errors: &mut Vec<String>) {
    for (word, wanted) in schema.as_object().unwrap() {
        let length = value.as_str().map_or(0, |text| text.chars().count() as u64);
        let number = value.as_i64().unwrap_or_default();
        let good = match word.as_str() {
            "$schema" | "$defs" | "title" | "description" | "examples" | "format" => true,
            "type" => is_type(value, wanted),
            "enum" => wanted.as_array().unwrap().contains(value),
            "minimum" => number >= wanted.as_i64().unwrap(),
            "maximum" => number <= wanted.as_i64().unwrap(),
            "minLength" => length >= wanted.as_u64().unwrap(),
            "maxLength" => length <= wanted.as_u64().unwrap(),
            "pattern" => matches(value.as_str().unwrap_or_default(), wanted.as_str().unwrap()),
            "minProperties" => value.as_object().is_some_and(|o| !o.is_empty()),
            "required" => holds(value, wanted),
            "not" => !holds(value, &wanted["required"]),
            "$ref" => {
                let target = wanted.as_str().unwrap().trim_start_matches('#');
                walk(root, root.pointer(target).unwrap(), value, path, errors);
                true
            }
            "allOf" => {
                let all = wanted.as_array().unwrap().iter();
                all.for_each(|part| walk(root, part, value, path, errors));
                true
            }
            "items" => {
                for (n, entry) in value.as_array().into_iter().flatten().enumerate() {
                    walk(root, wanted, entry, &format!("{path}/{n}"), errors);
                }
                true
            }
            "propertyNames" => {
                for name in value.as_object().unwrap().keys() {
                    walk(root, wanted, &json!(name), path, errors);
                }
                true
            }
            "properties" | "additionalProperties" => {
                for (name, inner) in value.as_object().into_iter().flatten() {
                    let known = &schema["properties"][name];
                    let path = format!("{path}/{name}");
                    match (word.as_str(), known.is_null()) {
                        ("properties", false) => walk(root, known, inner, &path, errors),
                        ("additionalProperties", true) if wanted.is_object() => {
                            walk(root, wanted, inner, &path, errors);
                        }
                        ("additionalProperties", true) => {
                            let parent = path.rsplit_once('/').unwrap().0;
                            errors.push(format!("{parent}: {word} {name}"));
                        }
                        _ => {}
                    }
                }
                true
            }
            word => panic!("the test does not know {word}"),
        };
        if !good {
            errors.push(format!("{path}: {word}"));
        }
    }
}

fn is_type(value: &Value, wanted: &Value) -> bool {
    let is = |name: &Value| match name.as_str().unwrap() {
        "object" => value.is_object(),
        "array" => value.is_array(),
        "string" => value.is_string(),
        "integer" => value.is_i64(),
        "boolean" => value.is_boolean(),
        other => panic!("the test does not know {other}"),
    };
    wanted
        .as_array()
        .map_or_else(|| is(wanted), |any| any.iter().any(is))
}

fn holds(value: &Value, names: &Value) -> bool {
    let mut names = names.as_array().unwrap().iter();
    names.all(|name| value.get(name.as_str().unwrap()).is_some())
}

/// The two patterns of the schema.
fn matches(text: &str, pattern: &str) -> bool {
    match pattern {
        "^[a-z0-9]+(-[a-z0-9]+)*$" => text.parse::<startklar::ItemId>().is_ok(),
        "^[a-z0-9._-]+$" => text
            .bytes()
            .all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b"._-".contains(&b)),
        other => panic!("the test does not know {other}"),
    }
}
