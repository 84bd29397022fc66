//! The rule on standstill: what is under way moves.

use crate::{
    engine::{Finding, ItemState, Rule, facts::Facts},
    model::{Item, ItemIx},
    time::{Instant, days_between},
};

/// Days without a sign that are usual, however short the lead time is.
const USUAL_DAYS: u16 = 7;

/// An item that the launch waits for is under way, and nothing has happened to it for longer than
/// its lead time, or than a week where that is shorter: nobody ticked it, took a tick back, asked
/// for an exemption that still stands, granted one or took that back, and nobody answered a request
/// about it. Days are days of the calendar where the launch is at home, as they are told.
///
/// What waits for an open request does not stand still by itself: the request is looked after by its
/// own rule. New words, what is said about a request, another owner, or an exemption that was withdrawn ungranted move nothing.
pub(super) fn moves(facts: &Facts<'_>, found: &mut Vec<Finding>) {
    for (ix, item, state) in facts.required_items() {
        if state != ItemState::Begun || facts.held_by(ix).is_some() {
            continue;
        }
        let Some(last) = last_sign(facts, ix, item) else {
            continue;
        };
        let days = item.lead_days.max(USUAL_DAYS);
        if days_between(facts.launch.day(last), facts.today) > i64::from(days) {
            found.push(facts.about_item(Rule::ItemStandsStill, ix, item, Some(last)));
        }
    }
}

/// When something last happened to an item that is under way.
fn last_sign(facts: &Facts<'_>, ix: ItemIx, item: &Item) -> Option<Instant> {
    let exemption = item.exemption.as_ref();
    [
        item.begun.map(|by| by.at),
        item.reopened,
        exemption.map(|e| e.asked.at),
        exemption.and_then(|e| e.granted).map(|by| by.at),
        facts.answered(ix),
    ]
    .into_iter()
    .max()
    .flatten()
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::{super::testing::*, *};

    /// Nils began on 10 March what takes twenty days; or so many.
    fn begun(days: u16) -> Told {
        let terms = json!({"lead_days": days, "owner": NILS});
        let told = launch().item("prices", "sales", &terms);
        told.on("03-10").to("begin_item", "prices")
    }

    fn stands_still(since: &str, start: &str) -> Vec<String> {
        vec![format!(
            "item_stands_still, item prices, owed by sales, waits for nils, since {since} 12:00, \
             begin by {start}"
        )]
    }

    #[test]
    fn what_is_under_way_for_longer_than_its_lead_time_stands_still() {
        let told = begun(20).on("03-30");
        assert!(told.finds(moves).is_empty());
        let told = told.on("03-31");
        assert_eq!(told.finds(moves), stands_still("03-10", "04-22"));
        assert!(told.to("tick_item", "prices").finds(moves).is_empty());
    }

    #[test]
    fn days_are_days_of_the_calendar() {
        let told = begun(20);
        let at = |at: &str| {
            let now = crate::time::parse_instant(at).unwrap();
            let facts = Facts::new(&told.launch, &crate::Policy::default(), now);
            let mut found = Vec::new();
            moves(&facts, &mut found);
            found.len()
        };
        assert_eq!(at("2026-03-30T23:00:00Z"), 0, "20 days ago");
        assert_eq!(at("2026-03-31T01:00:00Z"), 1, "21 days ago");
    }

    #[test]
    fn a_week_without_a_sign_is_usual() {
        let told = begun(2).on("03-17");
        assert!(told.finds(moves).is_empty());
        assert_eq!(told.on("03-18").finds(moves).len(), 1);
    }

    #[test]
    fn a_tick_taken_back_is_a_sign() {
        let told = begun(20).on("03-25").to("tick_item", "prices");
        let told = told.on("04-01").to("untick_item", "prices").on("04-21");
        assert!(told.finds(moves).is_empty());
        let told = told.on("04-22");
        assert_eq!(told.finds(moves), stands_still("04-01", "04-22"));
    }

    #[test]
    fn what_waits_for_an_answer_does_not_stand_still_and_the_answer_is_a_sign() {
        let told = begun(20)
            .on("03-20")
            .does(json!({"make_request": {"id": "cost",
            "direction": "question", "from": "sales", "to": "engineering", "text": "What?",
            "due": "2026-05-01", "item": "prices"}}));
        let told = told.on("04-18");
        assert!(told.finds(moves).is_empty());
        let told = told.does(json!({"answer_request": {"request": "cost", "text": "So."}}));
        let told = told.on("05-08");
        assert!(told.finds(moves).is_empty());
        let told = told.on("05-09");
        assert_eq!(told.finds(moves), stands_still("04-18", "04-22"));
    }

    #[test]
    fn what_is_said_about_a_request_is_no_answer_and_no_sign() {
        let discuss = json!({"discuss_request": {"request": "cost", "text": "Which list?"}});
        let told = begun(20)
            .on("03-20")
            .does(json!({"make_request": {"id": "cost",
            "direction": "question", "from": "sales", "to": "engineering", "text": "What?",
            "due": "2026-05-01", "item": "prices"}}));
        let told = told.on("04-18").does(discuss.clone());
        assert!(told.finds(moves).is_empty(), "it waits for the answer");
        let told = told
            .on("04-19")
            .does(json!({"answer_request": {"request": "cost", "text": "So."}}));
        let told = told.on("05-08").does(discuss);
        assert!(told.finds(moves).is_empty());
        let told = told.on("05-10");
        assert_eq!(told.finds(moves), stands_still("04-19", "04-22"));
    }

    #[test]
    fn whether_an_exemption_is_asked_for_or_granted_something_moves() {
        let told = begun(20).approver().on("03-25").by(NILS);
        let told = told.does(json!({"ask_waiver":
            {"item": "prices", "reason": "later", "until": "2026-04-02"}}));
        let told = told.on("04-01").by(DANIEL).to("grant_exemption", "prices");
        let told = told.on("04-21");
        assert!(told.finds(moves).is_empty(), "it has expired meanwhile");
        assert_eq!(told.on("04-22").finds(moves).len(), 1);
    }

    #[test]
    fn what_has_not_begun_or_holds_nobody_up_is_not_asked() {
        let told = launch().item("prices", "sales", &json!({"lead_days": 20}));
        assert!(told.on("05-01").finds(moves).is_empty());
        let told = launch().item(
            "extra",
            "sales",
            &json!({"lead_days": 2, "blocking": false}),
        );
        let told = told.to("begin_item", "extra").on("05-01");
        assert!(told.finds(moves).is_empty());
    }
}
