//! Template files: read by the same reader as plan files, so that what is wrong with one is said in the
//! same words and all at once; and written.

use std::collections::BTreeSet;

use super::{
    error::{PlanError, Problem},
    raw::{self, Row},
    tables::TEMPLATE,
    write::Lines,
};
use crate::{
    id::ItemId,
    template::{Template, TemplateItem, Tier},
    time::Zone,
};

impl Template {
    /// Reads a template file.
    ///
    /// # Errors
    /// Everything that is wrong with it, in the order of the file, each with line, column and field.
    ///
    /// ```
    /// use startklar::template::Template;
    /// let text = "format = 1\ntitle = \"T\"\nweeks = 10\n[[items]]\nid = \"a\"\ntitle = \"A\"\n\
    ///     discipline = \"sales\"\ntier = \"huge\"\nlead_days = 800\n";
    /// let errors = Template::read(text).unwrap_err();
    /// let places: Vec<_> = errors.iter().map(|e| (e.line, e.path.as_str())).collect();
    /// assert_eq!(places, [(8, "items[0].tier"), (9, "items[0].lead_days")]);
    /// ```
    pub fn read(text: &str) -> Result<Self, Vec<PlanError>> {
        let read = raw::read_by(text, &TEMPLATE);
        let mut errors = read.errors;
        let mut seen = BTreeSet::new();
        for row in read.root.rows("items") {
            for (nth, need) in row.list::<ItemId>("needs").into_iter().enumerate() {
                // What is nowhere in the file has been said already.
                let later = |row: &Row| row.text::<ItemId>("id").as_ref() == Some(&need);
                if !seen.contains(&need) && read.root.rows("items").iter().any(later) {
                    let path = format!("{}.needs[{nth}]", row.path);
                    let place = read.places.find(&path);
                    errors.push(PlanError {
                        line: place.line,
                        column: place.column,
                        path,
                        problem: Problem::StandsAfter {
                            found: need.to_string(),
                        },
                    });
                }
            }
            seen.extend(row.text::<ItemId>("id"));
        }
        errors.sort_by_key(|e| (e.line, e.column));
        let items = read.root.rows("items").iter().map(item);
        let items: Option<Vec<_>> = items.collect();
        let built = || {
            let (title, weeks) = (read.root.text("title")?, read.root.whole("weeks")?);
            Some(Self::new(title, weeks, items?))
        };
        match built() {
            Some(template) if errors.is_empty() => Ok(template),
            _ => Err(errors),
        }
    }

    /// The file that says the same.
    pub fn write(&self) -> String {
        let zone = Zone::default();
        let mut lines = Lines::new(&zone);
        lines.raw("format", 1);
        lines.text("title", self.title());
        lines.raw("weeks", self.weeks());
        for item in self.items(Tier::Large) {
            lines.table("[[items]]", "");
            lines.text("id", &item.id);
            lines.text("title", &item.title);
            if let Some(note) = &item.note {
                lines.text("note", note);
            }
            lines.text("discipline", &item.discipline.code());
            lines.text("tier", &item.tier.code());
            lines.raw("lead_days", item.lead_days);
            for (name, yes) in [("sourced", item.sourced), ("blocking", item.blocking)] {
                if yes {
                    lines.raw(name, true);
                }
            }
            lines.texts("needs", &item.needs);
            if let Some(evidence) = &item.evidence {
                lines.text("evidence", evidence);
            }
            if item.second_person {
                lines.raw("second_person", true);
            }
            if let Some(days) = item.confirm_days {
                lines.raw("confirm_days", days);
            }
        }
        lines.finish()
    }
}

fn item(row: &Row) -> Option<TemplateItem> {
    Some(TemplateItem {
        id: row.text("id")?,
        title: row.text("title")?,
        note: row.text("note"),
        discipline: row.discipline("discipline")?,
        tier: Tier::from_code(&row.text::<String>("tier")?)?,
        lead_days: row.whole("lead_days")?,
        sourced: row.yes("sourced").unwrap_or_default(),
        blocking: row.yes("blocking").unwrap_or_default(),
        needs: row.list("needs"),
        evidence: row.text("evidence"),
        second_person: row.yes("second_person").unwrap_or_default(),
        confirm_days: row.whole("confirm_days"),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Locale;

    const HEAD: &str = "format = 1\ntitle = \"T\"\nweeks = 10\n";

    fn row(id: &str, more: &str) -> String {
        format!(
            "[[items]]\nid = \"{id}\"\ntitle = \"A\"\ndiscipline = \"sales\"\ntier = \"small\"\n\
             lead_days = 7\n{more}"
        )
    }

    fn wrong(text: &str) -> Vec<(usize, &'static str, String)> {
        let errors = Template::read(text).unwrap_err();
        errors
            .into_iter()
            .map(|e| (e.line, e.code(), e.path))
            .collect()
    }

    #[test]
    fn what_is_written_is_read_again() {
        for locale in Locale::ALL {
            let template = Template::mvp(locale).unwrap();
            assert_eq!(Template::read(&template.write()).unwrap(), template);
        }
        let odd = HEAD.to_owned() + &row("a", "note = \"\"\"\n“Two”\nlines \\\\ \\\"\"\"\"\n");
        let template = Template::read(&odd).unwrap();
        assert_eq!(Template::read(&template.write()).unwrap(), template);
    }

    #[test]
    fn everything_that_is_wrong_is_said_at_once_and_where() {
        let text = format!(
            "format = 2\ntitle = \"T\"\nweeks = 99\n{}{}",
            row("a", "lead_weeks = 1\nneeds = [\"b\", \"none\"]\n"),
            row("b", "")
        );
        let expected = [
            (1, "bad_value", "format"),
            (3, "bad_value", "weeks"),
            (10, "unknown_field", "items[0].lead_weeks"),
            (11, "stands_after", "items[0].needs[0]"),
            (11, "unknown_reference", "items[0].needs[1]"),
        ];
        let expected = expected.map(|(line, code, path)| (line, code, path.to_owned()));
        assert_eq!(wrong(&text), expected);
        let errors = Template::read(&text).unwrap_err();
        assert!(errors[2].text(Locale::En).contains("lead_days"));
        assert!(errors[3].text(Locale::De).contains("„b“"));
        assert_eq!(
            errors[1].allowed(Locale::En).unwrap(),
            "a whole number from 1 to 52"
        );
    }

    #[test]
    fn what_is_no_toml_or_empty_is_refused() {
        assert_eq!(wrong("format =")[0].1, "syntax");
        let missing: Vec<_> = wrong("").into_iter().map(|(_, code, _)| code).collect();
        assert_eq!(missing, ["missing"; 4]);
    }
}
