//! Release windows and freezes of a document: what they are as a whole, or what is wrong with them.

use super::{
    document::{Document, FreezePart, WindowPart},
    error::Problem,
};
use crate::{
    command::Refusal,
    model::{Freeze, Window, Windows},
    time::plus,
};

impl Document {
    /// The windows and freezes. One that is none is left out: [`wrong`] has said so.
    pub(super) fn windows(&self) -> Windows {
        let windows = self.windows.iter().filter_map(window).take(Windows::MOST);
        let freezes = self.freezes.iter().filter_map(freeze);
        let freezes = freezes.take(Windows::MOST_FREEZES);
        Windows::new(windows.collect(), freezes.collect()).unwrap_or_default()
    }
}

fn window(part: &WindowPart) -> Option<Window> {
    let (days, from, to) = (part.days?, part.from, part.to);
    Some(Window { days, from, to })
}

fn freeze(part: &FreezePart) -> Option<Freeze> {
    Freeze::new(part.title.clone(), part.first, part.last).ok()
}

/// What is wrong with them, each with the path of its field.
pub(super) fn wrong(document: &Document) -> Vec<(String, Problem)> {
    let at = document.launch.planned.at;
    let refused = |path: &str, field, found, allowed| {
        let refusal = Refusal::OutOfRange {
            field,
            found,
            allowed,
        };
        (path.to_owned(), Problem::Refused { at, refusal })
    };
    let mut wrong = Vec::new();
    for part in document.windows.iter().filter(|part| part.days.is_none()) {
        let path = format!("{}.days", part.path);
        wrong.push(refused(&path, "days", "[]".to_owned(), "≥ 1".to_owned()));
    }
    for part in document
        .freezes
        .iter()
        .filter(|part| freeze(part).is_none())
    {
        let path = format!("{}.last", part.path);
        let allowed = format!("{} – {}", part.first, plus(part.first, Freeze::LONGEST - 1));
        wrong.push(refused(&path, "last", part.last.to_string(), allowed));
    }
    for (field, found, most) in [
        ("windows", document.windows.len(), Windows::MOST),
        ("freezes", document.freezes.len(), Windows::MOST_FREEZES),
    ] {
        if found > most {
            wrong.push(refused(
                field,
                field,
                found.to_string(),
                format!("≤ {most}"),
            ));
        }
    }
    wrong
}
