//! A command from the fields of a form, the same in the server (without JavaScript) and in the
//! browser: flat names, empty fields left out, ids made from titles.

mod rows;
mod whole;
#[cfg(feature = "drawn")]
mod windows;

use serde_json::{Map, Value};

use super::Command;
use crate::{
    id::{PersonId, free_slug, slug},
    model::{Discipline, Launch},
    text::{Line, Note},
    texts::Locale,
    tree,
};

/// The fields of a submitted form, in their order.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Fields(pub Vec<(String, String)>);

/// A field of a form.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Field {
    /// The command that the form names: what a field is called depends on it.
    pub kind: String,
    /// The field's name.
    pub name: String,
    /// Which row of the form it stands in, from 0; none where a form has no rows.
    pub row: Option<usize>,
}

impl Field {
    /// Its place among the fields of that name, from 0.
    pub fn nth(&self) -> u32 {
        let row = self.row.and_then(|row| u32::try_from(row).ok());
        let each = match self.name.as_str() {
            #[cfg(feature = "drawn")]
            "window_day" => 7,
            _ => 1,
        };
        row.unwrap_or(0).saturating_mul(each)
    }
}

/// What a field may say.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Allowed {
    /// A whole number from the first to the second.
    Whole(u32, u32),
    /// A day.
    Day,
    /// A time of day.
    Time,
    /// A line of text.
    Line,
    /// A longer text.
    Note,
    /// What the form offers: a person, a discipline, an item.
    Offered,
    /// At least one day of the week.
    #[cfg(feature = "drawn")]
    Weekday,
    /// A day from the first to the second.
    #[cfg(feature = "drawn")]
    DayFrom(chrono::NaiveDate, chrono::NaiveDate),
}

/// Why a form is no command.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{}", self.text(Locale::En))]
pub enum BadForm {
    /// A field that must say something says nothing.
    Missing {
        /// Which.
        field: Field,
        /// What it may say.
        allowed: Allowed,
    },
    /// A field says what it may not.
    NotAllowed {
        /// Which.
        field: Field,
        /// What it says, cut to a readable length.
        found: String,
        /// What it may say.
        allowed: Allowed,
    },
    /// More windows than there may be.
    #[cfg(feature = "drawn")]
    TooManyWindows,
    /// More freezes than there may be.
    #[cfg(feature = "drawn")]
    TooManyFreezes,
    /// It has the shape of no command: no form of the pages does that.
    NoCommand,
}

impl BadForm {
    /// The field that it is about.
    pub const fn field(&self) -> Option<&Field> {
        match self {
            Self::Missing { field, .. } | Self::NotAllowed { field, .. } => Some(field),
            #[cfg(feature = "drawn")]
            Self::TooManyWindows | Self::TooManyFreezes => None,
            Self::NoCommand => None,
        }
    }

    /// The same, of the field in a row of the form.
    fn in_row(mut self, row: usize) -> Self {
        if let Self::Missing { field, .. } | Self::NotAllowed { field, .. } = &mut self {
            field.row = Some(row);
        }
        self
    }
}

const SWITCHES: [&str; 5] = [
    "blocking",
    "second_person",
    "approves",
    "product_owner",
    "decides",
];
const LISTS: &[&str] = &[
    "covers",
    "needs",
    "needs_epics",
    "take_in",
    "take_out",
    "works_for",
    #[cfg(feature = "drawn")]
    "disciplines",
];
const BARE: &[&str] = &[
    "withdraw_course",
    #[cfg(feature = "drawn")]
    "open_poll",
    "record_launch",
    "close_watch",
];
/// Fields that come once for each story that is split off, for each condition of a vote, and for each
/// window and freeze, what such a part begins with first.
const OF_PARTS: [&str; 11] = [
    "window_from",
    "window_to",
    "window_day",
    "freeze_title",
    "freeze_first",
    "freeze_last",
    "part_title",
    "part_points",
    "condition",
    "condition_owner",
    "condition_due",
];
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
        read(self.tree(launch)?)
    }

    /// The same as JSON, of which it is known that it can be read.
    fn tree(&self, launch: &Launch) -> Result<Value, BadForm> {
        let kind = self.get("kind").ok_or(BadForm::NoCommand)?;
        if BARE.contains(&kind) {
            return Ok(Value::String(kind.to_owned()));
        }
        let mut values = self.values(kind)?;
        self.complete(kind, &mut values, launch)?;
        whole::check(kind, &values)?;
        Ok(Value::Object(Map::from_iter([(
            kind.to_owned(),
            Value::Object(values),
        )])))
    }

    fn values(&self, kind: &str) -> Result<Map<String, Value>, BadForm> {
        let mut values = Map::new();
        for (name, text) in &self.0 {
            let (name, text) = (name.as_str(), text.trim());
            if text.is_empty() || ASIDE.contains(&name) || OF_PARTS.contains(&name) {
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
                values.insert(name.to_owned(), scalar(kind, name, text)?);
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
        #[cfg(feature = "drawn")]
        let made = made || kind == "issue_notice";
        if made && !values.contains_key("id") {
            let title = self
                .get("title")
                .or_else(|| self.get("text"))
                .unwrap_or_default();
            // Whom it mentions is no part of its name: that stays when they are forgotten.
            let words = title.split_whitespace().filter(|word| !word.contains('@'));
            let title = words.collect::<Vec<_>>().join(" ");
            let short: String = title.chars().take(48).collect();
            values.insert(
                "id".to_owned(),
                free_slug(&short, |s| taken(launch, kind, s)).into(),
            );
        }
        if kind == "split_story" {
            values.insert("parts".to_owned(), self.parts(launch)?);
        }
        #[cfg(feature = "drawn")]
        if kind == "cast_vote" {
            values.insert("conditions".to_owned(), self.conditions()?);
        }
        #[cfg(feature = "drawn")]
        if kind == "set_windows" {
            values.extend(self.windows_tree()?);
        }
        if kind == "reschedule" {
            let given = |name| self.get(name).filter(|text| !text.trim().is_empty());
            let date = given("date").ok_or_else(|| missing(kind, "date"))?;
            let time = given("time").ok_or_else(|| missing(kind, "time"))?;
            let date = date.parse().map_err(|_| bad(kind, "date", date))?;
            let parsed = time.parse().or_else(|_| format!("{time}:00").parse());
            let time = parsed.map_err(|_| bad(kind, "time", time))?;
            values.remove("date");
            values.remove("time");
            let moment = launch.zone().instant(date, time).to_rfc3339();
            values.insert("moment".to_owned(), moment.into());
        }
        Ok(())
    }
}

/// Reads what was found to fit.
#[cfg(not(target_arch = "wasm32"))]
fn read(value: Value) -> Result<Command, BadForm> {
    tree::read(value).map_err(|_| BadForm::NoCommand)
}

/// The same without a way to fail: reading with errors would be a tenth of what a page loads.
#[cfg(target_arch = "wasm32")]
#[allow(clippy::unnecessary_wraps, reason = "natively it can fail")]
fn read(value: Value) -> Result<Command, BadForm> {
    Ok(tree::trust(value))
}

/// What a field of a command may say.
fn allowed(kind: &str, name: &str) -> Allowed {
    match (name, kind) {
        ("points" | "part_points" | "capacity", _) => Allowed::Whole(0, 1_000),
        ("sprint", _) => Allowed::Whole(1, 60),
        ("lead_days", _) => Allowed::Whole(0, 730),
        ("confirm_days", _) => Allowed::Whole(1, 365),
        ("weeks", "set_sprint_length") => Allowed::Whole(1, 2),
        ("weeks", _) => Allowed::Whole(1, 52),
        ("watch_days", _) => Allowed::Whole(0, 365),
        ("to", "rank_epic") => Allowed::Whole(0, 100_000),
        ("due" | "until" | "date" | "condition_due" | "freeze_first" | "freeze_last", _) => {
            Allowed::Day
        }
        ("time" | "window_from" | "window_to", _) => Allowed::Time,
        #[cfg(feature = "drawn")]
        ("window_day", _) => Allowed::Weekday,
        ("title" | "part_title" | "condition" | "freeze_title", _)
        | ("evidence", "add_item" | "edit_item") => Allowed::Line,
        ("note" | "reason" | "text" | "evidence", _) => Allowed::Note,
        _ => Allowed::Offered,
    }
}

fn scalar(kind: &str, name: &str, text: &str) -> Result<Value, BadForm> {
    if SWITCHES.contains(&name) {
        return Ok(Value::Bool(matches!(text, "true" | "on" | "1" | "yes")));
    }
    let fits = match allowed(kind, name) {
        Allowed::Whole(least, most) => {
            let number = text.parse().ok().filter(|n| (least..=most).contains(n));
            return number.map(Value::from).ok_or_else(|| bad(kind, name, text));
        }
        Allowed::Day => text.parse::<chrono::NaiveDate>().is_ok(),
        Allowed::Line => text.parse::<Line>().is_ok(),
        Allowed::Note => text.parse::<Note>().is_ok(),
        Allowed::Offered => match name {
            "owner" | "lead" | "person" | "condition_owner" => text.parse::<PersonId>().is_ok(),
            "discipline" | "from" | "to" => Discipline::from_code(text).is_some(),
            _ => true,
        },
        Allowed::Time => true,
        #[cfg(feature = "drawn")]
        Allowed::Weekday | Allowed::DayFrom(..) => true,
    };
    if fits {
        Ok(text.into())
    } else {
        Err(bad(kind, name, text))
    }
}

fn taken(launch: &Launch, kind: &str, id: &str) -> bool {
    let id = slug(id);
    match kind {
        "add_epic" => id.parse().is_ok_and(|id| launch.epics.get(&id).is_some()),
        "add_story" => id.parse().is_ok_and(|id| launch.stories.get(&id).is_some()),
        "add_item" => id.parse().is_ok_and(|id| launch.items.get(&id).is_some()),
        #[cfg(feature = "drawn")]
        "issue_notice" => id.parse().is_ok_and(|id| launch.find_notice(&id).is_some()),
        _ => id
            .parse()
            .is_ok_and(|id| launch.requests.get(&id).is_some()),
    }
}

fn field(kind: &str, name: &str) -> Field {
    Field {
        kind: kind.to_owned(),
        name: name.to_owned(),
        row: None,
    }
}

fn missing(kind: &str, name: &str) -> BadForm {
    BadForm::Missing {
        field: field(kind, name),
        allowed: allowed(kind, name),
    }
}

fn bad(kind: &str, name: &str, text: &str) -> BadForm {
    /// Characters of what was found that are said.
    const MOST: usize = 60;
    let mut found: String = text.chars().take(MOST).collect();
    if found.len() < text.len() {
        found.push('…');
    }
    BadForm::NotAllowed {
        field: field(kind, name),
        found,
        allowed: allowed(kind, name),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    pub(super) fn fields(pairs: &[(&str, &str)]) -> Fields {
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

    fn said(pairs: &[(&str, &str)], locale: Locale) -> String {
        let bad = fields(pairs).command(&Launch::default()).unwrap_err();
        bad.text(locale)
    }

    #[test]
    fn what_is_wrong_is_said_by_the_label_of_the_field() {
        let sprint = [("kind", "plan_story"), ("story", "a"), ("sprint", "two")];
        assert_eq!(
            said(&sprint, Locale::En),
            "Sprint: “two” is not allowed. Allowed: a whole number from 1 to 60."
        );
        let lead = [("kind", "add_item"), ("title", "A"), ("lead_days", "-1")];
        assert_eq!(
            said(&lead, Locale::De),
            "Vorlauf in Tagen: „-1“ ist nicht erlaubt. Erlaubt: eine ganze Zahl von 0 bis 730."
        );
        let day = [
            ("kind", "ask_waiver"),
            ("item", "a"),
            ("reason", "r"),
            ("until", "soon"),
        ];
        assert_eq!(
            said(&day, Locale::En),
            "Until the end of: “soon” is not allowed. Allowed: a day, such as 2026-05-12."
        );
    }

    #[test]
    fn a_field_that_is_missing_is_named_and_a_long_text_is_cut() {
        let asked = [
            ("kind", "ask_waiver"),
            ("item", "a"),
            ("until", "2026-05-12"),
        ];
        assert_eq!(
            said(&asked, Locale::De),
            "Grund fehlt: ein Text von 1 bis 4.000 Zeichen."
        );
        let untitled = [
            ("kind", "add_item"),
            ("title", " "),
            ("discipline", "sales"),
        ];
        assert!(said(&untitled, Locale::En).starts_with("Title is missing"));
        let moved = [("kind", "reschedule"), ("date", "2026-05-12")];
        assert!(said(&moved, Locale::En).starts_with("Time is missing"));
        let long = "x".repeat(300);
        let text = said(&[("kind", "add_epic"), ("title", &long)], Locale::En);
        assert!(text.contains("xxx…”") && text.len() < 160, "{text}");
        assert_eq!(
            fields(&[("kind", "fly")]).command(&Launch::default()),
            Err(BadForm::NoCommand)
        );
    }

    #[test]
    fn a_discipline_and_a_rank_have_the_same_name_in_their_forms() {
        let form = fields(&[
            ("kind", "make_request"),
            ("direction", "question"),
            ("from", "sales"),
            ("to", "engineering"),
            ("text", "When?"),
            ("due", "2026-05-12"),
        ]);
        let made = form.command(&Launch::default());
        assert!(matches!(made, Ok(Command::MakeRequest { .. })), "{made:?}");
        let form = fields(&[("kind", "rank_epic"), ("epic", "a"), ("to", "3")]);
        let ranked = form.command(&Launch::default());
        assert!(
            matches!(ranked, Ok(Command::RankEpic { to: 3, .. })),
            "{ranked:?}"
        );
    }

    #[test]
    fn a_command_without_fields_is_read() {
        let form = fields(&[("kind", "record_launch"), ("back", "/l/x")]);
        assert_eq!(form.command(&Launch::default()), Ok(Command::RecordLaunch));
    }
}
