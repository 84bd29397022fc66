//! Edits of the same words by two people: the second is told, never overwrites in silence.

use startklar::{Command, Event, PersonId};

use super::{failure::Change, journal::Entry};

/// What an edit writes on: the kind of thing and its id.
fn written_by_command(command: &Command) -> Option<(&'static str, &str)> {
    match command {
        Command::Rename { .. } => Some(("launch", "")),
        Command::SetWindows(_) => Some(("windows", "")),
        Command::EditEpic { epic, .. } => Some(("epic", epic.as_str())),
        Command::EditStory { story, .. } | Command::SplitStory { story, .. } => {
            Some(("story", story.as_str()))
        }
        Command::EditItem { item, .. } => Some(("item", item.as_str())),
        _ => None,
    }
}

fn written_by_event(event: &Event) -> Option<(&'static str, &str)> {
    match event {
        Event::Renamed { .. } => Some(("launch", "")),
        Event::WindowsSet(_) => Some(("windows", "")),
        Event::EpicEdited { epic, .. } => Some(("epic", epic.as_str())),
        Event::StoryEdited { story, .. }
        | Event::StoryEstimated { story, .. }
        | Event::StorySplit { story, .. }
        | Event::StoryMerged { story, .. } => Some(("story", story.as_str())),
        Event::ItemEdited { item, .. } => Some(("item", item.as_str())),
        _ => None,
    }
}

/// Whether a command changes words that somebody else may have changed too.
pub(super) fn is_edit(command: &Command) -> bool {
    written_by_command(command).is_some()
}

/// The latest edit of the same words by somebody else among these events, if it says something else
/// than the command. One's own edits are not in one's way: a form that stays open is sent twice.
pub(super) fn clash<'a>(
    command: &Command,
    by: PersonId,
    since: impl DoubleEndedIterator<Item = &'a Entry>,
) -> Option<Change> {
    let words = written_by_command(command)?;
    let other = since
        .rev()
        .find(|e| written_by_event(&e.record.event) == Some(words))?;
    let record = &other.record;
    let yours = content(serde_json::to_value(command));
    let theirs = content(serde_json::to_value(&record.event));
    if record.by == by || yours == theirs {
        return None;
    }
    Some(Change {
        seq: record.seq,
        by: record.by,
        at: record.at,
        theirs,
        yours,
    })
}

/// The fields of a command or event without its name and without empty ones, so that the two can be
/// compared.
fn content(value: serde_json::Result<serde_json::Value>) -> serde_json::Value {
    let fields = value.ok().and_then(|v| match v {
        serde_json::Value::Object(map) => map.into_iter().next().map(|(_, fields)| fields),
        _ => None,
    });
    let mut fields = fields.unwrap_or_default();
    if let Some(map) = fields.as_object_mut() {
        map.retain(|_, v| !v.is_null());
    }
    fields
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "tests fail by panic")]
mod tests {
    use serde_json::json;
    use startklar::{CommandId, Recorded, journal::VERSION, time::parse_instant};

    use super::*;

    fn rename(title: &str) -> Command {
        Command::Rename {
            title: title.parse().unwrap(),
            note: None,
        }
    }

    fn renamed(seq: u64, by: u128, title: &str) -> Entry {
        let renamed = Event::Renamed {
            title: title.parse().unwrap(),
            note: None,
        };
        entry(seq, by, renamed)
    }

    fn entry(seq: u64, by: u128, event: Event) -> Entry {
        Entry::new(Recorded {
            v: VERSION,
            seq,
            at: parse_instant("2026-03-02T09:00:00Z").unwrap(),
            by: PersonId::from_number(by),
            command: CommandId(uuid::Uuid::nil()),
            event,
        })
        .unwrap()
    }

    #[test]
    fn the_latest_edit_by_somebody_else_is_in_the_way() {
        let journal = [renamed(1, 2, "A"), renamed(2, 2, "B")];
        let change = clash(&rename("C"), PersonId::from_number(1), journal.iter()).unwrap();
        assert_eq!(
            (change.seq, change.theirs["title"].as_str()),
            (2, Some("B"))
        );
        assert_eq!(change.yours["title"].as_str(), Some("C"));
    }

    #[test]
    fn windows_that_somebody_else_has_set_are_in_the_way() {
        let sets = |title: &str| {
            let freeze = json!({"title": title, "first": "2026-05-10", "last": "2026-05-14"});
            json!({ "freezes": [freeze] })
        };
        let set: Command = serde_json::from_value(json!({"set_windows": sets("Fair")})).unwrap();
        let clashes = |title: &str| {
            let event = serde_json::from_value(json!({"windows_set": sets(title)})).unwrap();
            let journal = [entry(1, 2, event)];
            clash(&set, PersonId::from_number(1), journal.iter()).is_some()
        };
        assert!(clashes("Year end") && !clashes("Fair"));
    }

    #[test]
    fn a_split_gives_a_story_new_words_as_an_edit_does() {
        let split: Command = serde_json::from_value(json!({"split_story": {
            "story": "s", "title": "Less", "parts": [{"id": "a", "title": "A"}],
        }}))
        .unwrap();
        let edited: Event = serde_json::from_value(json!({"story_edited": {
            "story": "s", "title": "Better",
        }}))
        .unwrap();
        let journal = [entry(1, 2, edited)];
        let change = clash(&split, PersonId::from_number(1), journal.iter()).unwrap();
        assert_eq!(change.theirs["title"].as_str(), Some("Better"));
        assert_eq!(change.yours["title"].as_str(), Some("Less"));
    }

    #[test]
    fn ones_own_edit_and_the_same_words_are_not() {
        let me = PersonId::from_number(1);
        assert!(clash(&rename("C"), me, [renamed(1, 1, "A")].iter()).is_none());
        assert!(clash(&rename("C"), me, [renamed(1, 2, "C")].iter()).is_none());
    }
}
