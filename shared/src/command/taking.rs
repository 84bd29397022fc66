//! The decision to take a version of a template: its new items come on, others get its terms, by the
//! same rules as when somebody adds and edits them one by one.

use super::{
    Command,
    decide::{Case, Decision},
    items,
};
use crate::{journal::Event, template::Taking};

pub(super) fn decide(case: &Case<'_>, taking: &Taking) -> Decision {
    let mut launch = case.launch.clone();
    let mut events = Vec::new();
    let add = taking.add.iter().map(|entry| Command::AddItem {
        id: entry.id.clone(),
        detail: entry.detail.clone(),
    });
    let edit = taking.edit.iter().map(|entry| Command::EditItem {
        item: entry.id.clone(),
        detail: entry.detail.clone(),
    });
    for command in add.chain(edit) {
        // Each stands on what those before it have changed.
        let so_far = Case {
            launch: &launch,
            by: case.by,
            standing: case.standing,
            now: case.now,
        };
        let decided = items::decide(&so_far, &command)?;
        for event in &decided {
            launch.apply_at(event, case.now, case.by);
        }
        events.extend(decided);
    }
    events.push(Event::TemplateTaken(taking.taken.clone()));
    Ok(events)
}
