//! Release windows and freezes from the fields of a form: rows of fields, of which an empty one is none.

use chrono::{Datelike as _, NaiveDate};
use serde_json::{Map, Value};

use super::{Allowed, BadForm, Fields, bad, field, missing};
use crate::{
    model::{BadWindows, Clock, Freeze, Weekdays, Window, Windows},
    text::Line,
    time::{YEARS, plus},
};

/// The command that they are of; the policy is set by the same fields.
const KIND: &str = "set_windows";

/// One row: its place in the form, and the values of its fields that say something.
struct Row<'a> {
    place: usize,
    says: Vec<(&'a str, &'a str)>,
}

impl Fields {
    /// The windows and freezes that the form says.
    ///
    /// Each window comes as `window_from`, `window_to` and any number of `window_day`, in this order;
    /// each freeze as `freeze_title`, `freeze_first`, `freeze_last`.
    ///
    /// # Errors
    /// [`BadForm`] with the field that is missing or is not what it should be.
    ///
    /// ```
    /// use startklar::command::Fields;
    /// let fields = [("window_from", "09:00"), ("window_to", "16:00"), ("window_day", "tue")];
    /// let fields = fields.map(|(name, value)| (name.to_owned(), value.to_owned()));
    /// let windows = Fields(fields.into()).windows()?;
    /// assert_eq!(windows.windows()[0].from.to_string(), "09:00");
    /// # Ok::<(), startklar::command::BadForm>(())
    /// ```
    pub fn windows(&self) -> Result<Windows, BadForm> {
        let windows = self.rows(["window_from", "window_to", "window_day"]);
        let windows = windows.iter().map(|row| row.read(window));
        let windows = windows.collect::<Result<_, _>>()?;
        let freezes = self.rows(["freeze_title", "freeze_first", "freeze_last"]);
        let freezes = freezes.iter().map(|row| row.read(freeze));
        let freezes = freezes.collect::<Result<_, _>>()?;
        Windows::new(windows, freezes).map_err(|error| match error {
            BadWindows::Windows => BadForm::TooManyWindows,
            _ => BadForm::TooManyFreezes,
        })
    }

    /// The same as the values of the command.
    pub(super) fn windows_tree(&self) -> Result<Map<String, Value>, BadForm> {
        match serde_json::to_value(self.windows()?) {
            Ok(Value::Object(values)) => Ok(values),
            _ => Err(BadForm::NoCommand),
        }
    }

    /// The rows of these fields; the first of them begins each.
    fn rows(&self, names: [&str; 3]) -> Vec<Row<'_>> {
        let mut rows: Vec<Row<'_>> = Vec::new();
        for (name, text) in &self.0 {
            let (name, text) = (name.as_str(), text.trim());
            if !names.contains(&name) {
                continue;
            }
            if name == names[0] || rows.is_empty() {
                let (place, says) = (rows.len(), Vec::new());
                rows.push(Row { place, says });
            }
            if let (Some(row), false) = (rows.last_mut(), text.is_empty()) {
                row.says.push((name, text));
            }
        }
        rows.retain(|row| !row.says.is_empty());
        rows
    }
}

impl<'a> Row<'a> {
    /// What it says, read so; what is wrong with it is said with its place.
    fn read<T>(&self, so: impl Fn(&Self) -> Result<T, BadForm>) -> Result<T, BadForm> {
        so(self).map_err(|bad| bad.in_row(self.place))
    }

    /// What one of its fields says.
    fn said(&self, name: &str) -> Result<&'a str, BadForm> {
        let found = self.says.iter().find(|(own, _)| *own == name);
        found
            .map(|(_, text)| *text)
            .ok_or_else(|| missing(KIND, name))
    }
}

fn window(row: &Row<'_>) -> Result<Window, BadForm> {
    let clock = |name: &str| -> Result<Clock, BadForm> {
        let text = row.said(name)?;
        text.parse().map_err(|_| bad(KIND, name, text))
    };
    let (from, to) = (clock("window_from")?, clock("window_to")?);
    let days = row.says.iter().filter(|(name, _)| *name == "window_day");
    let days: Vec<&str> = days.map(|(_, day)| *day).collect();
    let days = Weekdays::of(days.iter().copied()).map_err(|error| match error {
        BadWindows::NoWeekday => missing(KIND, "window_day"),
        _ => bad(KIND, "window_day", &days.join(", ")),
    })?;
    Ok(Window { days, from, to })
}

fn freeze(row: &Row<'_>) -> Result<Freeze, BadForm> {
    let day = |name: &str| -> Result<NaiveDate, BadForm> {
        let text = row.said(name)?;
        let day = text
            .parse()
            .ok()
            .filter(|day: &NaiveDate| YEARS.contains(&day.year()));
        day.ok_or_else(|| bad(KIND, name, text))
    };
    let text = row.said("freeze_title")?;
    let title: Line = text.parse().map_err(|_| bad(KIND, "freeze_title", text))?;
    let (first, last) = (day("freeze_first")?, day("freeze_last")?);
    Freeze::new(title, first, last).map_err(|_| BadForm::NotAllowed {
        field: field(KIND, "freeze_last"),
        found: last.to_string(),
        allowed: Allowed::DayFrom(first, plus(first, Freeze::LONGEST - 1)),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Command, Launch, Locale};

    fn fields(text: &str) -> Fields {
        let pairs = text
            .split_whitespace()
            .filter_map(|pair| pair.split_once('='));
        Fields(pairs.map(|(n, v)| (n.to_owned(), v.to_owned())).collect())
    }

    fn wrong(text: &str) -> String {
        fields(text).windows().unwrap_err().text(Locale::En)
    }

    #[test]
    fn rows_are_windows_and_freezes_and_empty_ones_are_none() {
        let form = fields(
            "kind=set_windows window_from=09:00 window_to=16:00 window_day=tue window_day=thu \
             window_from= window_to= window_from=22:00 window_to=02:00 window_day=sat \
             freeze_title= freeze_first= freeze_last= \
             freeze_title=Fair freeze_first=2026-05-10 freeze_last=2026-05-14",
        );
        let windows = form.windows().unwrap();
        let said: Vec<_> = windows
            .windows()
            .iter()
            .map(|w| (w.from.to_string(), w.days))
            .collect();
        let days = |codes: &[&str]| Weekdays::of(codes.iter().copied()).unwrap();
        assert_eq!(
            said,
            [
                ("09:00".to_owned(), days(&["tue", "thu"])),
                ("22:00".to_owned(), days(&["sat"]))
            ]
        );
        assert_eq!(windows.freezes()[0].title().as_str(), "Fair");
        let command = form.command(&Launch::default());
        assert_eq!(command, Ok(Command::SetWindows(windows)));
        let nothing = fields("kind=set_windows").command(&Launch::default());
        assert_eq!(nothing, Ok(Command::SetWindows(Windows::default())));
    }

    #[test]
    fn what_is_wrong_is_said_with_its_field_and_what_is_allowed() {
        for (form, said) in [
            (
                "window_from=9 window_to=10:00 window_day=mon",
                "Opens: “9” is not allowed.",
            ),
            ("window_from=09:00 window_day=mon", "Closes"),
            ("window_to=09:00 window_day=mon", "Opens"),
            ("window_from=09:00 window_to=10:00", "Days"),
            ("window_from=09:00 window_to=10:00", "at least one weekday"),
            (
                "window_from=09:00 window_to=10:00 window_day=day",
                "“day” is not allowed",
            ),
            ("freeze_title=F freeze_first=2026-05-10", "Last day"),
            ("freeze_first=2026-05-10 freeze_last=2026-05-10", "Title"),
            (
                "freeze_title=F freeze_first=x freeze_last=2026-05-10",
                "“x” is not allowed",
            ),
            (
                "freeze_title=F freeze_first=2026-05-10 freeze_last=2026-05-09",
                "“2026-05-09” is not allowed. Allowed: a day from 2026-05-10 to 2027-05-10.",
            ),
            (
                "window_from= window_from=09:00 window_to=10:00 window_from=9",
                "Row 2, Days is missing",
            ),
            (
                "freeze_title=F freeze_first=9999-05-10 freeze_last=9999-05-10",
                "“9999-05-10”",
            ),
        ] {
            let text = wrong(form);
            assert!(text.contains(said), "{form}: {text}");
        }
        let many: Vec<String> = (10..31)
            .map(|n| format!("window_from=09:00 window_to=10:{n} window_day=mon"))
            .collect();
        assert_eq!(wrong(&many.join(" ")), "At most 20 windows.");
    }

    #[test]
    fn a_page_finds_the_field_that_is_wrong() {
        let mark = |text: &str| {
            let wrong = fields(text).windows().unwrap_err();
            let field = wrong.field().unwrap();
            format!("{} {}", field.name, field.nth())
        };
        let freeze = "freeze_title=F freeze_first=2026-05-10 freeze_last=2026-05-10";
        assert_eq!(mark("window_from=9"), "window_from 0");
        assert_eq!(
            mark(&format!("{freeze} freeze_title= freeze_title=G")),
            "freeze_first 2"
        );
        // Seven boxes stand in each row.
        let days = "window_from=09:00 window_to=10:00";
        let first = format!("{days} window_day=mon");
        assert_eq!(mark(&format!("{first} {days}")), "window_day 7");
    }
}
