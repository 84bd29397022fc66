//! Commands of which every field is understood: what is misspelt would otherwise be lost in silence.
//! The library's own reading passes over what it does not know, since journals of later versions may
//! say more.

use serde::{Deserialize as _, Deserializer, de::Error as _};
use serde_json::Value;
use startklar::Command;

/// Reads a command, and refuses one with a field that no command of its kind has.
pub(super) fn command<'de, D: Deserializer<'de>>(sent: D) -> Result<Command, D::Error> {
    let sent = Value::deserialize(sent)?;
    let command = Command::deserialize(&sent).map_err(D::Error::custom)?;
    let understood = serde_json::to_value(&command).map_err(D::Error::custom)?;
    match unknown(&sent, &understood) {
        None => Ok(command),
        Some(field) => Err(D::Error::custom(format!("unknown field `{field}`"))),
    }
}

/// The path of the first field that was sent and is not among what was understood.
fn unknown(sent: &Value, understood: &Value) -> Option<String> {
    match (sent, understood) {
        (Value::Object(sent), Value::Object(understood)) => {
            sent.iter()
                .find_map(|(name, value)| match understood.get(name) {
                    Some(known) => unknown(value, known).map(|rest| format!("{name}.{rest}")),
                    None => (!says_nothing(value)).then(|| name.clone()),
                })
        }
        (Value::Array(sent), Value::Array(understood)) => {
            let mut pairs = sent.iter().zip(understood).enumerate();
            pairs.find_map(|(n, (sent, known))| {
                unknown(sent, known).map(|rest| format!("{n}.{rest}"))
            })
        }
        _ => None,
    }
}

/// Whether a value may be left out when it is written again.
fn says_nothing(value: &Value) -> bool {
    match value {
        Value::Null => true,
        Value::Bool(is) => !is,
        Value::Number(n) => n.as_u64() == Some(0),
        Value::String(text) => text.is_empty(),
        Value::Array(all) => all.is_empty(),
        Value::Object(all) => all.is_empty(),
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "tests fail by panic")]
mod tests {
    use serde_json::json;

    use super::*;

    fn refused(sent: &Value) -> Option<String> {
        command(sent).err().map(|error| error.to_string())
    }

    #[test]
    fn a_field_that_is_not_known_is_named_with_its_place() {
        for (sent, field) in [
            (
                json!({"tick_item": {"item": "a", "evidense": "b"}}),
                "tick_item.evidense",
            ),
            (
                json!({"add_item": {"id": "a", "title": "A", "discipline": "sales", "bloking": true}}),
                "add_item.bloking",
            ),
            (
                json!({"cast_vote": {"discipline": "sales", "call": "go_with_conditions", "conditions": [
                    {"text": "T", "owner": uuid::Uuid::nil(), "due": "2026-05-11", "note": "lost"}]}}),
                "cast_vote.conditions.0.note",
            ),
        ] {
            let refused = refused(&sent).unwrap_or_default();
            assert!(refused.contains(&format!("`{field}`")), "{sent}: {refused}");
        }
    }

    #[test]
    fn what_is_known_is_taken_and_so_is_what_says_nothing() {
        for sent in [
            json!("record_launch"),
            json!({"tick_item": {"item": "a", "evidence": null}}),
            json!({"add_item": {"id": "a", "title": "A", "discipline": "sales", "blocking": false,
                "covers": [], "lead_days": 0, "second_person": false, "note": null}}),
        ] {
            assert_eq!(refused(&sent), None, "{sent}");
        }
    }
}
