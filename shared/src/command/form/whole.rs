//! What a form must say to be a command: by this everything is known to fit before it is read.

use serde_json::{Map, Value};

use super::{BadForm, bad, missing};
use crate::id::ItemId;

/// The fields without which a command cannot be read; none for a kind that no form sends.
fn required(kind: &str) -> Option<&'static [&'static str]> {
    Some(match kind {
        "cut_scope" => &[],
        "rename" => &["title"],
        "reschedule" => &["moment"],
        "require_discipline" | "name_lead" => &["discipline"],
        "set_member" => &["person"],
        "set_sprint_length" => &["weeks"],
        "set_capacity" => &["sprint"],
        "add_epic" => &["id", "title"],
        "edit_epic" => &["epic", "title"],
        "rank_epic" => &["epic", "to"],
        "scope_epic" | "unscope_epic" | "accept_epic" | "withdraw_acceptance" => &["epic"],
        "add_story" => &["id", "epic", "title"],
        "edit_story" => &["story", "title"],
        "move_story" => &["story", "epic"],
        "split_story" => &["story", "title", "parts"],
        "plan_story" | "estimate_story" | "begin_story" | "finish_story" | "drop_story"
        | "reopen_story" => &["story"],
        "add_item" => &["id", "title", "discipline"],
        "edit_item" => &["item", "title", "discipline"],
        "assign_item" | "begin_item" | "withdraw_begin" | "tick_item" | "untick_item"
        | "verify_item" | "confirm_item" | "grant_exemption" | "withdraw_exemption" => &["item"],
        "ask_waiver" => &["item", "reason", "until"],
        "ask_not_applicable" => &["item", "reason"],
        "make_request" => &["id", "direction", "from", "to", "text", "due"],
        "answer_request" | "discuss_request" => &["request", "text"],
        "reopen_request" => &["request"],
        "declare_course" => &["course", "reason", "until"],
        #[cfg(feature = "drawn")]
        "require_verification" => &["discipline"],
        #[cfg(feature = "drawn")]
        "set_windows" => &[],
        #[cfg(feature = "drawn")]
        "except_moment" => &["reason"],
        #[cfg(feature = "drawn")]
        "detach_file" => &["item", "sha256"],
        #[cfg(feature = "drawn")]
        "cast_vote" => &["discipline", "call"],
        #[cfg(feature = "drawn")]
        "decide_poll" => &["call"],
        #[cfg(feature = "drawn")]
        "issue_notice" => &["id", "title", "text", "disciplines"],
        #[cfg(feature = "drawn")]
        "read_notice" => &["notice"],
        _ => return None,
    })
}

/// Refuses values that are no command of this kind.
pub(super) fn check(kind: &str, values: &Map<String, Value>) -> Result<(), BadForm> {
    let required = required(kind).ok_or(BadForm::NoCommand)?;
    if let Some(name) = required.iter().find(|name| !values.contains_key(**name)) {
        return Err(missing(kind, name));
    }
    for (name, value) in values {
        let odd = match value {
            Value::String(text) => (!is_offered(name, text)).then_some(text.as_str()),
            Value::Array(list) => list.iter().find_map(|one| {
                let text = one.as_str()?;
                (!is_offered(name, text)).then_some(text)
            }),
            _ => None,
        };
        if let Some(text) = odd {
            return Err(bad(kind, name, text));
        }
    }
    Ok(())
}

/// Whether a form could have offered a value. What no command has may say anything: it is not read.
fn is_offered(name: &str, text: &str) -> bool {
    match name {
        "id" | "epic" | "story" | "item" | "request" | "covers" | "needs" | "needs_epics"
        | "take_in" | "take_out" => text.parse::<ItemId>().is_ok(),
        #[cfg(feature = "drawn")]
        "notice" | "replaces" => text.parse::<ItemId>().is_ok(),
        #[cfg(feature = "drawn")]
        "disciplines" => crate::model::Discipline::from_code(text).is_some(),
        "works_for" => crate::model::Discipline::from_code(text).is_some(),
        "direction" => matches!(text, "question" | "handover"),
        "unit" => matches!(text, "points" | "stories"),
        "course" => matches!(
            text,
            "on_course" | "at_risk" | "off_course" | "not_enough_known"
        ),
        #[cfg(feature = "drawn")]
        "call" => crate::model::Call::ALL
            .iter()
            .any(|call| call.code() == text),
        _ => true,
    }
}

#[cfg(test)]
mod tests {
    use proptest::{collection::vec, option, prelude::*, sample::select};

    use super::super::{super::Command, Fields};
    use crate::{Launch, tree};

    const KINDS: [&str; 54] = [
        "set_windows",
        "except_moment",
        "issue_notice",
        "read_notice",
        "require_verification",
        "detach_file",
        "cut_scope",
        "rename",
        "reschedule",
        "require_discipline",
        "name_lead",
        "set_member",
        "set_sprint_length",
        "set_capacity",
        "add_epic",
        "edit_epic",
        "rank_epic",
        "scope_epic",
        "unscope_epic",
        "accept_epic",
        "withdraw_acceptance",
        "add_story",
        "edit_story",
        "move_story",
        "split_story",
        "plan_story",
        "estimate_story",
        "begin_story",
        "finish_story",
        "drop_story",
        "reopen_story",
        "add_item",
        "edit_item",
        "assign_item",
        "begin_item",
        "withdraw_begin",
        "tick_item",
        "untick_item",
        "verify_item",
        "confirm_item",
        "grant_exemption",
        "withdraw_exemption",
        "ask_waiver",
        "ask_not_applicable",
        "make_request",
        "answer_request",
        "reopen_request",
        "discuss_request",
        "declare_course",
        "cast_vote",
        "decide_poll",
        "plan_launch",
        "merge_story",
        "adopt_policy",
    ];

    /// Every field of every command, and one of none.
    const NAMES: [&str; 57] = [
        "window_from",
        "window_to",
        "window_day",
        "freeze_title",
        "freeze_first",
        "freeze_last",
        "disciplines",
        "notice",
        "replaces",
        "sha256",
        "id",
        "title",
        "note",
        "date",
        "time",
        "moment",
        "discipline",
        "lead",
        "person",
        "approves",
        "product_owner",
        "decides",
        "works_for",
        "weeks",
        "sprint",
        "capacity",
        "unit",
        "epic",
        "to",
        "take_in",
        "take_out",
        "story",
        "points",
        "owner",
        "parts",
        "part_title",
        "part_points",
        "item",
        "blocking",
        "covers",
        "lead_days",
        "due",
        "needs",
        "needs_epics",
        "evidence",
        "second_person",
        "confirm_days",
        "reason",
        "until",
        "direction",
        "from",
        "course",
        "call",
        "condition",
        "condition_owner",
        "condition_due",
        "weird",
    ];

    /// What fits some fields and not others.
    const VALUES: [&str; 18] = [
        "mon",
        "",
        "a",
        "Not An Id",
        "3",
        "70000",
        "-1",
        "2026-05-12",
        "10:00",
        "sales",
        "00000000-0000-0000-0000-000000000001",
        "question",
        "at_risk",
        "points",
        "go",
        "on",
        "a,b c",
        "ä\u{7}",
    ];

    proptest! {
        /// Nothing that was found to fit is then not read: a browser reads it without a way to fail.
        #[test]
        fn what_fits_is_read(
            kind in select(&KINDS[..]),
            // Enough that many of them are whole.
            values in vec((select(&NAMES[..]), select(&VALUES[..])), 0..24),
            likely in option::of(vec(select(&VALUES[..]), NAMES.len())),
        ) {
            let mut fields = vec![("kind".to_owned(), kind.to_owned())];
            let likely = likely.into_iter().flatten();
            let pairs = NAMES.into_iter().zip(likely).chain(values);
            fields.extend(pairs.map(|(name, text)| (name.to_owned(), text.to_owned())));
            let fields = Fields(fields);
            if let Ok(value) = fields.tree(&Launch::default()) {
                prop_assert!(tree::read::<Command>(value.clone()).is_ok(), "{value}");
            }
        }
    }

    /// The same where everything fits, so that the property above is not empty.
    #[test]
    fn every_kind_that_a_form_sends_can_be_whole() {
        for kind in KINDS.into_iter().take(51) {
            let right = |name: &str| match name {
                "moment" => "2026-05-12T08:00:00Z",
                "discipline" | "disciplines" | "from" | "to" if kind != "rank_epic" => "sales",
                "to" | "weeks" | "sprint" => "1",
                "person" => "00000000-0000-0000-0000-000000000001",
                "until" | "due" | "date" => "2026-05-12",
                "time" => "10:00",
                "direction" => "question",
                "course" => "at_risk",
                "call" => "go",
                _ => "a",
            };
            let names = super::required(kind).unwrap();
            let mut all = vec!["date", "time", "part_title"];
            all.extend(
                names
                    .iter()
                    .filter(|name| !["moment", "parts"].contains(name)),
            );
            let mut fields = vec![("kind".to_owned(), kind.to_owned())];
            fields.extend(
                all.into_iter()
                    .map(|name| (name.to_owned(), right(name).to_owned())),
            );
            let command = Fields(fields).command(&Launch::default());
            assert!(command.is_ok(), "{kind}: {command:?}");
        }
    }
}
