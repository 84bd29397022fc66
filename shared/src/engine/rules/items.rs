//! The rule on readiness items: each one that the launch waits for is closed.

use chrono::TimeDelta;

use crate::{
    engine::{Finding, ItemState, Rule, Stale, facts::Facts},
    model::Item,
    time::Instant,
};

/// One finding for each item that must move by itself. An item that only waits for another one or
/// for an epic is not listed: closing the other, or building the epic, closes it.
pub(super) fn closed(facts: &Facts<'_>, found: &mut Vec<Finding>) {
    for (ix, item, state) in facts.required_items() {
        let rule = match state {
            ItemState::NotBegun | ItemState::Begun => Rule::ItemOpen,
            ItemState::EvidenceMissing => Rule::EvidenceMissing,
            ItemState::SecondPerson => Rule::SecondPerson,
            ItemState::Stale(_) => Rule::ItemStale,
            ItemState::NeedsOpen
            | ItemState::Closed
            | ItemState::Waived
            | ItemState::NotApplicable => continue,
        };
        let mut finding = facts.about_item(rule, ix, item, since(facts, item, state));
        if rule == Rule::SecondPerson {
            finding.waits_for = facts.launch.second_person(item);
        }
        found.push(finding);
    }
}

fn since(facts: &Facts<'_>, item: &Item, state: ItemState) -> Option<Instant> {
    let tick = item.tick.as_ref();
    match state {
        ItemState::Stale(Stale::Age) => {
            let days = TimeDelta::days(i64::from(item.confirm_days?));
            Some(tick?.last_said() + days)
        }
        ItemState::Stale(Stale::Need) => item
            .needs
            .iter()
            .filter_map(|n| facts.launch.items.at(*n)?.reopened)
            .max(),
        ItemState::EvidenceMissing | ItemState::SecondPerson => Some(tick?.by.at),
        _ => item.reopened.or(Some(item.added)),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::{super::testing::*, *};

    const PLAIN: Value = Value::Null;

    /// A line about the prices, which Nils owns.
    fn line(rule: &str, waits_for: &str, since: &str) -> Vec<String> {
        vec![format!(
            "{rule}, item prices, owed by sales, waits for {waits_for}, since {since} 12:00, \
             begin by 05-12, blocks"
        )]
    }

    fn prices(terms: Value) -> Told {
        let mut terms = terms;
        terms["owner"] = json!(NILS);
        launch().by(NILS).item("prices", "sales", &terms)
    }

    #[test]
    fn an_item_is_open_since_it_was_added_or_taken_back_until_it_is_ticked() {
        let told = prices(json!({})).on("03-10");
        assert_eq!(told.finds(closed), line("item_open", "nils", "03-02"));
        let told = told.to("begin_item", "prices");
        assert_eq!(told.finds(closed), line("item_open", "nils", "03-02"));
        let told = told.to("tick_item", "prices");
        assert!(told.finds(closed).is_empty());
        let told = told.on("03-12").to("untick_item", "prices");
        assert_eq!(told.finds(closed), line("item_open", "nils", "03-12"));
    }

    #[test]
    fn an_item_that_the_launch_does_not_wait_for_is_no_blocker() {
        let told = launch().item("extra", "sales", &json!({"blocking": false}));
        let told = told.candidate("later");
        let told = told.item("prices", "sales", &json!({"covers": ["later"]}));
        assert!(told.finds(closed).is_empty());
        let told = told.does(json!({"scope_epic": {"epic": "later"}}));
        assert_eq!(
            told.finds(closed).len(),
            1,
            "what it covers is in scope now"
        );
    }

    #[test]
    fn a_tick_without_the_evidence_that_came_to_be_asked_for_does_not_close() {
        let told = prices(json!({})).on("03-10").to("tick_item", "prices");
        let told = told.on("03-12").does(json!({"edit_item": {"item": "prices",
            "title": "prices", "discipline": "sales", "lead_days": 0, "blocking": true,
            "owner": NILS, "evidence": "the list"}}));
        let missing = line("evidence_missing", "nils", "03-10");
        assert_eq!(told.finds(closed), missing, "since it was ticked");
        let told = told.does(json!({"tick_item": {"item": "prices", "evidence": "v3"}}));
        assert!(told.finds(closed).is_empty());
    }

    #[test]
    fn a_tick_that_asks_for_a_second_person_waits_for_the_lead() {
        let told = prices(json!({"second_person": true})).lead("sales", CARLA);
        let told = told.on("03-10").to("tick_item", "prices");
        assert_eq!(told.finds(closed), line("second_person", "carla", "03-10"));
        let told = told.by(LENA).to("verify_item", "prices");
        assert!(told.finds(closed).is_empty(), "anybody else may verify");
    }

    #[test]
    fn a_tick_of_lead_and_owner_waits_for_somebody_else() {
        let told = prices(json!({"second_person": true})).lead("sales", NILS);
        let told = told.on("03-10").to("tick_item", "prices");
        let waiting = line("second_person", "anybody of sales", "03-10");
        assert_eq!(told.finds(closed), waiting);
    }

    #[test]
    fn a_confirmation_ages_after_its_days_and_not_before() {
        let told = prices(json!({"confirm_days": 7}))
            .on("03-10")
            .to("tick_item", "prices");
        assert!(told.finds(closed).is_empty());
        let told = told.on("03-17");
        assert!(told.finds(closed).is_empty(), "seven days are not over");
        let told = told.on("03-18");
        assert_eq!(told.finds(closed), line("item_stale", "nils", "03-17"));
        let told = told.on("03-20").to("confirm_item", "prices").on("03-27");
        assert!(told.finds(closed).is_empty());
        let told = told.on("03-28");
        assert_eq!(told.finds(closed), line("item_stale", "nils", "03-27"));
    }

    #[test]
    fn a_ticked_item_waits_for_the_epics_in_scope_that_it_needs_and_is_not_listed_for_it() {
        let needs = json!({"needs_epics": ["base", "later"], "owner": NILS});
        let told = launch().epic("base").story("login", "base");
        let told = told.candidate("later").item("guide", "support", &needs);
        let told = told.to("tick_item", "guide");
        let guide = told.launch.items.find(&"guide".parse().unwrap()).unwrap();
        let state = |told: &Told| told.assess().item(guide);
        assert_eq!(state(&told), ItemState::NeedsOpen);
        assert!(told.finds(closed).is_empty(), "what it waits for is listed");
        let told = told.does(json!({"finish_story": {"story": "login"}}));
        assert_eq!(state(&told), ItemState::NeedsOpen, "nobody has accepted it");
        let told = told.does(json!({"accept_epic": {"epic": "base"}}));
        assert_eq!(
            state(&told),
            ItemState::Closed,
            "the other is no part of it"
        );
        let told = told.does(json!({"reopen_story": {"story": "login"}}));
        assert_eq!(state(&told), ItemState::NeedsOpen);
    }

    #[test]
    fn what_leans_on_a_reopened_item_is_stale_until_it_is_confirmed() {
        let needs = json!({"needs": ["terms", "cost"], "owner": NILS});
        let told = launch().item("terms", "legal", &PLAIN);
        let told = told.item("cost", "finance", &PLAIN);
        let told = told.item("prices", "sales", &needs);
        let told = told
            .on("03-10")
            .to("tick_item", "terms")
            .to("tick_item", "cost")
            .to("tick_item", "prices");
        let told = told.on("03-11").to("untick_item", "cost");
        let told = told.to("tick_item", "cost");
        let told = told.on("03-12").to("untick_item", "terms");
        let told = told.on("03-14").to("tick_item", "terms");
        assert_eq!(told.finds(closed), line("item_stale", "nils", "03-12"));
        let told = told.to("confirm_item", "prices");
        assert!(told.finds(closed).is_empty());
    }

    #[test]
    fn what_only_waits_for_another_item_is_not_listed_beside_it() {
        let told = launch().item("terms", "legal", &json!({"blocking": false}));
        let told = told.item("prices", "sales", &json!({"confirm_days": 30}));
        let told = told.on("03-10").to("tick_item", "prices");
        assert!(told.finds(closed).is_empty());
        let told = told.does(json!({"edit_item": {"item": "prices", "title": "prices",
            "discipline": "sales", "lead_days": 0, "blocking": true, "confirm_days": 30,
            "needs": ["terms"]}}));
        assert_eq!(
            told.finds(closed),
            [
                "item_open, item terms, owed by legal, waits for nobody, since 03-02 12:00, \
              begin by 05-12, blocks"
            ]
        );
    }

    #[test]
    fn a_waiver_closes_until_its_last_day_is_over() {
        let told = prices(json!({})).approver().does(json!({"ask_waiver":
            {"item": "prices", "reason": "later", "until": "2026-04-20"}}));
        assert_eq!(told.finds(closed).len(), 1, "asked for is not granted");
        let told = told.by(DANIEL).to("grant_exemption", "prices").on("04-20");
        assert!(told.finds(closed).is_empty());
        assert_eq!(told.on("04-21").finds(closed).len(), 1);
    }
}
