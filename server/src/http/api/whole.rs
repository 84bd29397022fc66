//! Values of which every field is understood: what is misspelt would otherwise be lost in silence. The
//! library's own reading passes over what it does not know, since journals of later versions may say more.

use std::collections::BTreeSet;

use serde::{Deserialize as _, Deserializer, Serialize, de::DeserializeOwned, de::Error as _};
use serde_json::Value;

/// Reads a value, and refuses one with a field that no value of its kind has.
pub(super) fn read<'de, D, T>(sent: D) -> Result<T, D::Error>
where
    D: Deserializer<'de>,
    T: DeserializeOwned + Serialize,
{
    let sent = Value::deserialize(sent)?;
    let read = T::deserialize(&sent).map_err(D::Error::custom)?;
    let understood = serde_json::to_value(&read).map_err(D::Error::custom)?;
    let mut missing = Vec::new();
    compare(&sent, &understood, "", &mut missing);
    // Each entry of a long list has the same fields: one of them tells of all.
    let mut told = BTreeSet::new();
    missing.retain(|field| told.insert(kind(field)));
    match missing.iter().find(|field| !is_known::<T>(&sent, field)) {
        None => Ok(read),
        Some(field) => {
            let path = field.trim_start_matches('/').replace('/', ".");
            Err(D::Error::custom(format!("unknown field `{path}`")))
        }
    }
}

/// Gathers the fields, as JSON pointers, that were sent and are not among what was understood.
fn compare(sent: &Value, understood: &Value, place: &str, missing: &mut Vec<String>) {
    match (sent, understood) {
        (Value::Object(sent), Value::Object(understood)) => {
            for (name, value) in sent {
                let at = format!("{place}/{}", name.replace('~', "~0").replace('/', "~1"));
                match understood.get(name) {
                    Some(known) => compare(value, known, &at, missing),
                    None => missing.push(at),
                }
            }
        }
        (Value::Array(sent), Value::Array(understood)) => {
            for (n, (sent, known)) in sent.iter().zip(understood).enumerate() {
                compare(sent, known, &format!("{place}/{n}"), missing);
            }
        }
        _ => {}
    }
}

/// A pointer without the numbers in it.
fn kind(pointer: &str) -> String {
    pointer
        .split('/')
        .map(|part| {
            if part.parse::<usize>().is_ok() {
                ""
            } else {
                part
            }
        })
        .collect::<Vec<_>>()
        .join("/")
}

/// Whether a field is read at all. One that says what it says when it is absent is not written again: what
/// it cannot hold, it refuses, and a field that nobody knows takes everything.
fn is_known<T: DeserializeOwned>(sent: &Value, field: &str) -> bool {
    let mut other = sent.clone();
    if let Some(value) = other.pointer_mut(field) {
        *value = Value::from(0.5);
    }
    T::deserialize(other).is_err()
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "tests fail by panic")]
mod tests {
    use serde_json::json;
    use startklar::{Command, model::Freeze};

    use super::*;

    fn refused(sent: &Value) -> Option<String> {
        read::<_, Command>(sent)
            .err()
            .map(|error| error.to_string())
    }

    #[test]
    fn a_field_that_is_not_known_is_named_with_its_place() {
        for (sent, field) in [
            (
                json!({"tick_item": {"item": "a", "evidense": "b"}}),
                "tick_item.evidense",
            ),
            (
                json!({"edit_item": {"item": "a", "title": "A", "discipline": "sales", "blockin": false}}),
                "edit_item.blockin",
            ),
            (
                json!({"name_lead": {"discipline": "sales", "leed": null}}),
                "name_lead.leed",
            ),
            (
                json!({"set_member": {"person": uuid::Uuid::nil(), "decide": false}}),
                "set_member.decide",
            ),
            (
                json!({"add_item": {"id": "a", "title": "A", "discipline": "sales", "a/b~": []}}),
                "add_item.a~1b~0",
            ),
            (
                json!({"cast_vote": {"discipline": "sales", "call": "go_with_conditions", "conditions": [
                    {"text": "T", "owner": uuid::Uuid::nil(), "due": "2026-05-11", "note": ""}]}}),
                "cast_vote.conditions.0.note",
            ),
        ] {
            let refused = refused(&sent).unwrap_or_default();
            assert!(refused.contains(&format!("`{field}`")), "{sent}: {refused}");
        }
        let freezes = json!([{"title": "S", "first": "2026-12-20", "last": "2026-12-31"},
            {"title": "T", "first": "2026-12-20", "last": "2026-12-31", "note": 0}]);
        let refused = read::<_, Vec<Freeze>>(&freezes).err().unwrap().to_string();
        assert!(refused.contains("`1.note`"), "{refused}");
    }

    #[test]
    fn what_is_known_is_taken_and_so_is_what_says_nothing() {
        for sent in [
            json!("record_launch"),
            json!({"tick_item": {"item": "a", "evidence": null}}),
            json!({"name_lead": {"discipline": "sales", "lead": null}}),
            json!({"set_member": {"person": uuid::Uuid::nil(), "approves": false, "decides": false,
                "product_owner": false, "works_for": []}}),
            json!({"add_item": {"id": "a", "title": "A", "discipline": "sales", "blocking": false,
                "covers": [], "lead_days": 0, "second_person": false, "note": null, "due": null,
                "owner": null, "needs": [], "needs_epics": [], "evidence": null, "confirm_days": null}}),
        ] {
            assert_eq!(refused(&sent), None, "{sent}");
        }
    }
}
