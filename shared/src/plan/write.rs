//! Writes a launch as a plan file.

mod export;
mod names;
mod origin;
mod print;
mod settle;
mod toml;

pub(super) use self::toml::Lines;
use crate::model::{Launch, People};

const HEADER: &str = "\
# A launch as a plan file, format 1. It says what happened; where things stand is computed from
# that. What may stand here: PLAN.md and plan.schema.json beside the library `startklar`. Polls and
# decisions do not stand here: they speak of states that this file does not hold, and stay behind
# in the journal; what a go was conditional on does. Files do not either: a tick that rests on some says which, by name and SHA-256.
";

/// Writes a launch as a plan file. Read again, it is the same launch, apart from the number and
/// the moment of its last event: the file holds where things came to stand, not every step on the
/// way. Where that does not show how a launch came to be free of blockers, it stands there as
/// claimed, and the end of its watch is left out; comments say so. Polls stay behind in the journal:
/// their votes rest on states that the file does not hold; the items that a go is conditional on say so. Files stay behind too: a tick that rests on
/// some names them, and what is read again has that as its evidence. The same launch always gives
/// the same text. One that is not planned gives an empty file, which is no plan.
///
/// People stand in it by the handles of the directory. Whom the directory does not know any more
/// gets a handle that says so.
///
/// ```
/// use startklar::{Launch, People, plan::{Plan, write}};
/// # let text = "format = 1\n[launch]\nid = \"m\"\ntitle = \"M\"\nstart = 2026-03-02\nweeks = 10\n\
/// # moment = 2026-05-12T10:00:00+02:00\n[people.lena]\nname = \"Lena Novak\"\n";
/// let plan = Plan::read(text).map_err(|errors| errors[0].to_string())?;
/// let launch = plan.launch(None).map_err(|errors| errors[0].to_string())?;
/// let written = write(&launch, &plan.directory());
/// let again = Plan::read(&written).map_err(|errors| errors[0].to_string())?;
/// assert_eq!(again.launch(None).ok(), Some(launch));
/// # Ok::<(), String>(())
/// ```
pub fn write(launch: &Launch, people: &People) -> String {
    let Some(mut document) = export::document(launch, people) else {
        return HEADER.to_owned();
    };
    settle::settle(&mut document);
    format!("{HEADER}{}", print::document(&document))
}
