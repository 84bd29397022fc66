//! The rule on what disciplines owe each other.

use crate::engine::{Finding, Rule, Subject, facts::Facts};

/// An overdue request is a finding; when the launch waits for it, a blocker.
pub(super) fn answered(facts: &Facts<'_>, found: &mut Vec<Finding>) {
    for (ix, request) in facts.launch.requests.each() {
        if request.answer.is_some() || request.due >= facts.today {
            continue;
        }
        found.push(Finding {
            rule: if request.blocking {
                Rule::RequestOverdue
            } else {
                Rule::RequestLate
            },
            discipline: request.to,
            subject: Subject::Request(ix),
            waits_for: facts.owes(request),
            since: facts
                .launch
                .schedule
                .as_ref()
                .map(|s| s.zone.end_of(request.due)),
            last_safe_start: None,
            grounds: None,
        });
    }
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::{super::testing::*, *};

    /// Sales asks engineering for something until the end of 9 April.
    fn asked(more: &Value) -> Told {
        let mut detail = json!({"id": "cost", "direction": "question", "from": "sales",
            "to": "engineering", "text": "What?", "due": "2026-04-09"});
        let fields = detail.as_object_mut().unwrap();
        for (name, value) in more.as_object().into_iter().flatten() {
            fields.insert(name.clone(), value.clone());
        }
        launch().does(json!({ "make_request": detail }))
    }

    #[test]
    fn a_request_is_overdue_from_the_end_of_its_day() {
        let told = asked(&Value::Null).on("04-09");
        assert!(told.finds(answered).is_empty(), "its day is not over");
        assert_eq!(
            told.on("04-10").finds(answered),
            [
                "request_late, request cost, owed by engineering, waits for nobody, since 04-10 00:00"
            ]
        );
    }

    #[test]
    fn a_blocking_one_that_is_overdue_blocks() {
        let told = asked(&json!({"blocking": true})).on("04-10");
        assert_eq!(
            told.finds(answered),
            [
                "request_overdue, request cost, owed by engineering, waits for nobody, \
              since 04-10 00:00, blocks"
            ]
        );
    }

    #[test]
    fn it_waits_for_its_owner_or_else_for_the_lead_of_who_owes_it() {
        let late = |told: Told| told.lead("engineering", CARLA).on("04-10").finds(answered);
        assert!(late(asked(&Value::Null))[0].contains("waits for carla"));
        assert!(late(asked(&json!({"owner": NILS})))[0].contains("waits for nils"));
        let handover = asked(&json!({"direction": "handover"})).lead("sales", NILS);
        assert!(
            late(handover)[0].contains("waits for carla"),
            "who has it brings it"
        );
    }

    #[test]
    fn an_answer_ends_it_until_it_does_not_do() {
        let told = asked(&json!({"blocking": true})).on("04-20");
        let told = told.does(json!({"answer_request": {"request": "cost", "text": "So."}}));
        assert!(told.finds(answered).is_empty());
        let told = told.does(json!({"reopen_request": {"request": "cost"}}));
        assert_eq!(told.finds(answered).len(), 1);
    }

    #[test]
    fn what_is_said_about_it_answers_nothing() {
        let told = asked(&json!({"blocking": true})).on("04-10");
        let (before, verdict) = (told.finds(answered), told.assess().verdict);
        let told =
            told.does(json!({"discuss_request": {"request": "cost", "text": "Which list?"}}));
        assert_eq!(told.finds(answered), before);
        assert_eq!(told.assess().verdict, verdict);
    }
}
