//! Forms in words: what their fields are called, and why one could not be read.

use super::{Catalogue, Locale, fill};
use crate::command::{Allowed, BadForm, Field};
#[cfg(feature = "drawn")]
use crate::model::Windows;

impl BadForm {
    /// What is wrong and what is allowed, in a language.
    pub fn text(&self, locale: Locale) -> String {
        let t = locale.catalogue();
        match self {
            Self::Missing { field, allowed } => fill(
                t.forms.missing,
                &[
                    ("field", &called(t, field)),
                    ("allowed", &words(t, *allowed)),
                ],
            ),
            Self::NotAllowed {
                field,
                found,
                allowed,
            } => fill(
                t.refusals.out_of_range,
                &[
                    ("field", &called(t, field)),
                    ("found", found),
                    ("allowed", &words(t, *allowed)),
                ],
            ),
            #[cfg(feature = "drawn")]
            Self::TooManyWindows => fill(t.windows.too_many_windows, &[("max", &Windows::MOST)]),
            #[cfg(feature = "drawn")]
            Self::TooManyFreezes => fill(
                t.windows.too_many_freezes,
                &[("max", &Windows::MOST_FREEZES)],
            ),
            Self::NoCommand => t.forms.no_command.to_owned(),
        }
    }
}

/// What a field is called, with its row where the form has rows.
fn called(t: &Catalogue, field: &Field) -> String {
    let name = label(t, &field.kind, &field.name).unwrap_or(t.forms.a_field);
    match field.row {
        Some(row) => fill(t.forms.in_row, &[("n", &(row + 1)), ("field", &name)]),
        None => name.to_owned(),
    }
}

fn words(t: &Catalogue, allowed: Allowed) -> String {
    let words = match allowed {
        Allowed::Whole(least, most) => {
            return fill(t.forms.a_whole, &[("least", &least), ("most", &most)]);
        }
        Allowed::Day => t.forms.a_day,
        Allowed::Time => t.forms.a_time,
        Allowed::Line => t.forms.a_line,
        Allowed::Note => t.forms.a_note,
        Allowed::Offered => t.forms.offered,
        #[cfg(feature = "drawn")]
        Allowed::Weekday => t.windows.a_weekday,
        #[cfg(feature = "drawn")]
        Allowed::DayFrom(first, last) => {
            let gaps: [(&str, &dyn std::fmt::Display); 2] = [("first", &first), ("last", &last)];
            return fill(t.windows.a_last_day, &gaps);
        }
    };
    words.to_owned()
}

/// What the form of a command calls a field; none when no form has it.
pub fn label(t: &Catalogue, kind: &str, name: &str) -> Option<&'static str> {
    let (f, s, r) = (&t.pages.fields, &t.pages.settings, &t.pages.requests);
    Some(match (name, kind) {
        #[cfg(feature = "drawn")]
        (_, "issue_notice") => return of_notice(t, name),
        #[cfg(feature = "drawn")]
        (_, "set_windows") => return of_windows(t, name),
        ("title" | "part_title", _) => f.title,
        ("note", _) => f.note,
        ("reason", _) => f.reason,
        ("evidence", "add_item" | "edit_item") => f.evidence_asked,
        ("evidence", _) => t.pages.items.evidence,
        ("text", "answer_request") => r.answer_text,
        ("text", "discuss_request") => r.remark,
        ("text", _) => r.text,
        ("points" | "part_points", _) => f.points,
        ("parts", _) => t.pages.plan.split_part,
        ("sprint", _) => f.sprint,
        ("capacity", _) => t.pages.plan.capacity,
        ("unit", _) => t.pages.plan.counted_in,
        ("weeks", "set_sprint_length") => t.pages.plan.sprint_weeks,
        ("lead_days", _) => f.lead_days,
        ("confirm_days", _) => f.confirm_days,
        ("due", "make_request") => r.due_by,
        ("due", _) => f.due,
        ("until", _) => f.until,
        ("date", _) => s.date,
        ("time", _) => s.time,
        ("moment", _) => s.moment,
        ("owner", "make_request") => r.by_name,
        ("owner" | "condition_owner", _) => f.owner,
        ("condition_due", _) => f.due,
        #[cfg(feature = "drawn")]
        ("condition" | "conditions", _) => t.poll.condition,
        #[cfg(feature = "drawn")]
        ("call", _) => t.poll.call,
        ("person", _) => s.person,
        ("course", _) => s.course,
        ("discipline", _) => f.discipline,
        ("direction", _) => r.direction,
        ("from", _) => r.from,
        ("to", "rank_epic") | ("rank", _) => t.pages.plan.rank,
        ("to", _) => r.to,
        ("item", "make_request") => r.about_item,
        ("epic", _) => f.epic,
        ("covers", _) => f.covers,
        ("needs", _) => f.needs,
        ("needs_epics", _) => f.needs_epics,
        _ => return None,
    })
}

/// What a form with windows and freezes calls a field.
#[cfg(feature = "drawn")]
fn of_windows(t: &Catalogue, name: &str) -> Option<&'static str> {
    let w = &t.windows;
    Some(match name {
        "window_from" => w.opens,
        "window_to" => w.closes,
        "window_day" => w.days,
        "freeze_title" => t.pages.fields.title,
        "freeze_first" => w.first,
        "freeze_last" => w.last,
        _ => return None,
    })
}

/// What the form of a change notice calls a field.
#[cfg(feature = "drawn")]
fn of_notice(t: &Catalogue, name: &str) -> Option<&'static str> {
    let n = &t.notices;
    Some(match name {
        "title" => n.title,
        "text" => n.text,
        "disciplines" => n.disciplines,
        "due" => n.due,
        _ => return None,
    })
}
