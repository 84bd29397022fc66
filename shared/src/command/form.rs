//! A command from the fields of a form, the same in the server (without JavaScript) and in the
//! browser: flat names, empty fields left out, ids made from titles.

use serde_json::{Map, Value};

use super::Command;
use crate::{
    id::{free_slug, slug},
    model::Launch,
    tree,
};

/// The fields of a submitted form, in their order.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Fields(pub Vec<(String, String)>);

/// Why a form is no command.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{reason}")]
pub struct BadForm {
    /// What is wrong, in the words of the reader.
    pub reason: String,
}

const NUMBERS: [&str; 7] = [
    "points",
    "sprint",
    "lead_days",
    "confirm_days",
    "weeks",
    "watch_days",
    "to",
];
const SWITCHES: [&str; 3] = ["blocking", "second_person", "approves"];
const LISTS: [&str; 2] = ["covers", "needs"];
const BARE: [&str; 3] = ["withdraw_course", "record_launch", "close_watch"];
/// Fields of the page, not of the command.
const ASIDE: [&str; 4] = ["kind", "back", "command_id", "seen"];

impl Fields {
    /// The first value of a field.
    pub fn get(&self, name: &str) -> Option<&str> {
        self.0
            .iter()
            .find(|(n, _)| n == name)
            .map(|(_, v)| v.as_str())
    }

    /// The command that the field `kind` names, with the other fields as its values.
    ///
    /// Where a command makes something new and no `id` is given, one is made of the title that
    /// this launch does not have yet. A launch moment comes as `date` and `time` of its zone.
    ///
    /// # Errors
    /// [`BadForm`] when a field is missing or is not what it should be.
    ///
    /// ```
    /// use startklar::{Command, Launch, command::Fields};
    /// let fields = Fields(vec![
    ///     ("kind".into(), "tick_item".into()),
    ///     ("item".into(), "offer".into()),
    ///     ("evidence".into(), String::new()),
    /// ]);
    /// let command = fields.command(&Launch::default())?;
    /// assert!(matches!(command, Command::TickItem { evidence: None, .. }));
    /// # Ok::<(), startklar::command::BadForm>(())
    /// ```
    pub fn command(&self, launch: &Launch) -> Result<Command, BadForm> {
        let kind = self.get("kind").ok_or_else(|| bad("kind: missing"))?;
        let value = if BARE.contains(&kind) {
            Value::String(kind.to_owned())
        } else {
            let mut values = self.values()?;
            self.complete(kind, &mut values, launch)?;
            Value::Object(Map::from_iter([(kind.to_owned(), Value::Object(values))]))
        };
        tree::read(value).map_err(|e| bad(&e.to_string()))
    }

    fn values(&self) -> Result<Map<String, Value>, BadForm> {
        let mut values = Map::new();
        for (name, text) in &self.0 {
            let (name, text) = (name.as_str(), text.trim());
            if text.is_empty() || ASIDE.contains(&name) {
                continue;
            }
            if LISTS.contains(&name) {
                let list = values
                    .entry(name)
                    .or_insert_with(|| Value::Array(Vec::new()));
                if let Value::Array(list) = list {
                    list.extend(
                        text.split([',', ' '])
                            .filter(|s| !s.is_empty())
                            .map(Value::from),
                    );
                }
            } else {
                values.insert(name.to_owned(), scalar(name, text)?);
            }
        }
        Ok(values)
    }

    fn complete(
        &self,
        kind: &str,
        values: &mut Map<String, Value>,
        launch: &Launch,
    ) -> Result<(), BadForm> {
        let made = matches!(kind, "add_epic" | "add_story" | "add_item" | "make_request");
        if made && !values.contains_key("id") {
            let title = self
                .get("title")
                .or_else(|| self.get("text"))
                .unwrap_or_default();
            let short: String = title.chars().take(48).collect();
            values.insert(
                "id".to_owned(),
                free_slug(&short, |s| taken(launch, kind, s)).into(),
            );
        }
        if kind == "reschedule"
            && let (Some(date), Some(time)) = (self.get("date"), self.get("time"))
        {
            let date = date
                .parse()
                .map_err(|_| bad(&format!("date: “{date}” is not a day")))?;
            let time = time.parse().or_else(|_| format!("{time}:00").parse());
            let time = time.map_err(|_| bad("time: hours and minutes are needed"))?;
            values.remove("date");
            values.remove("time");
            let moment = launch.zone().instant(date, time).to_rfc3339();
            values.insert("moment".to_owned(), moment.into());
        }
        Ok(())
    }
}

fn scalar(name: &str, text: &str) -> Result<Value, BadForm> {
    if NUMBERS.contains(&name) {
        let number: u32 = text
            .parse()
            .map_err(|_| bad(&format!("{name}: “{text}” is not a whole number")))?;
        Ok(number.into())
    } else if SWITCHES.contains(&name) {
        Ok(Value::Bool(matches!(text, "true" | "on" | "1" | "yes")))
    } else {
        Ok(text.into())
    }
}

fn taken(launch: &Launch, kind: &str, id: &str) -> bool {
    let id = slug(id);
    match kind {
        "add_epic" => id.parse().is_ok_and(|id| launch.epics.get(&id).is_some()),
        "add_story" => id.parse().is_ok_and(|id| launch.stories.get(&id).is_some()),
        "add_item" => id.parse().is_ok_and(|id| launch.items.get(&id).is_some()),
        _ => id
            .parse()
            .is_ok_and(|id| launch.requests.get(&id).is_some()),
    }
}

fn bad(reason: &str) -> BadForm {
    BadForm {
        reason: reason.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fields(pairs: &[(&str, &str)]) -> Fields {
        Fields(
            pairs
                .iter()
                .map(|(n, v)| ((*n).to_owned(), (*v).to_owned()))
                .collect(),
        )
    }

    #[test]
    fn a_new_item_gets_an_id_from_its_title() {
        let form = fields(&[
            ("kind", "add_item"),
            ("title", "Price list"),
            ("discipline", "sales"),
            ("lead_days", "42"),
            ("blocking", "on"),
        ]);
        let Ok(Command::AddItem { id, detail }) = form.command(&Launch::default()) else {
            panic!("not an item")
        };
        assert_eq!(id.as_str(), "price-list");
        assert_eq!((detail.lead_days, detail.blocking), (42, true));
    }

    #[test]
    fn a_number_that_is_none_is_named() {
        let form = fields(&[("kind", "plan_story"), ("story", "a"), ("sprint", "two")]);
        let error = form.command(&Launch::default()).unwrap_err();
        assert!(
            error.reason.contains("sprint") && error.reason.contains("two"),
            "{error}"
        );
    }

    #[test]
    fn a_command_without_fields_is_read() {
        let form = fields(&[("kind", "record_launch"), ("back", "/l/x")]);
        assert_eq!(form.command(&Launch::default()), Ok(Command::RecordLaunch));
    }
}
