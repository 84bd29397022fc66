//! Rules on time: last safe start and due date.

use crate::{
    engine::{Finding, ItemState, Rule, facts::Facts},
    model::Policy,
    time::days_between,
};

/// An item that has not begun by its last safe start is late, even if its due date is weeks away.
pub(super) fn begun(facts: &Facts<'_>, found: &mut Vec<Finding>) {
    for (ix, item, state) in facts.required_items() {
        if state != ItemState::NotBegun {
            continue;
        }
        let Some(start) = facts.last_safe_start(item) else {
            continue;
        };
        let left = days_between(facts.today, start);
        let rule = match left {
            ..0 => Rule::LastSafeStartMissed,
            0..=Policy::NEAR_DAYS => Rule::LastSafeStartNear,
            _ => continue,
        };
        let since = facts.launch.schedule.as_ref().map(|s| s.zone.end_of(start));
        found.push(facts.about_item(rule, ix, item, since.filter(|_| left < 0)));
    }
}

/// An open item past its due date is late.
pub(super) fn closed(facts: &Facts<'_>, found: &mut Vec<Finding>) {
    for (ix, item, state) in facts.required_items() {
        if let (false, Some(due)) = (state.is_closed(), item.due)
            && due < facts.today
        {
            let since = facts.launch.schedule.as_ref().map(|s| s.zone.end_of(due));
            found.push(facts.about_item(Rule::Overdue, ix, item, since));
        }
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::{super::testing::*, *};

    /// An item that must begin thirty days before the launch: on 12 April.
    fn thirty_days() -> Told {
        launch().item("prices", "sales", &json!({"lead_days": 30, "owner": NILS}))
    }

    #[test]
    fn a_last_safe_start_is_announced_a_week_ahead_and_missed_the_day_after() {
        let near =
            ["last_safe_start_near, item prices, owed by sales, waits for nils, begin by 04-12"];
        let told = thirty_days().on("04-04");
        assert!(told.finds(begun).is_empty(), "eight days are left");
        let told = told.on("04-05");
        assert_eq!(told.finds(begun), near);
        let told = told.on("04-12");
        assert_eq!(told.finds(begun), near, "that day is still in time");
        assert_eq!(
            told.on("04-13").finds(begun),
            [
                "last_safe_start_missed, item prices, owed by sales, waits for nils, \
              since 04-13 00:00, begin by 04-12"
            ]
        );
    }

    #[test]
    fn what_has_begun_has_not_missed_its_start() {
        let told = thirty_days().on("04-20").to("begin_item", "prices");
        assert!(told.finds(begun).is_empty());
        let told = told.to("withdraw_begin", "prices");
        assert_eq!(told.finds(begun).len(), 1);
    }

    #[test]
    fn an_item_that_waits_for_an_answer_waits_for_who_owes_it() {
        let told = thirty_days().does(
            json!({"make_request": {"id": "cost", "direction": "question",
            "from": "sales", "to": "engineering", "text": "What?", "due": "2026-05-01",
            "owner": CARLA, "item": "prices"}}),
        );
        let told = told.on("04-20");
        assert!(told.finds(begun)[0].contains("waits for carla"));
        let told = told.does(json!({"answer_request": {"request": "cost", "text": "So."}}));
        assert!(told.finds(begun)[0].contains("waits for nils"));
    }

    #[test]
    fn an_open_item_is_overdue_from_the_end_of_the_day_it_is_due() {
        let told = launch().item(
            "prices",
            "sales",
            &json!({"due": "2026-04-20", "owner": NILS}),
        );
        let told = told.on("04-20");
        assert!(told.finds(closed).is_empty());
        let told = told.on("04-21").to("begin_item", "prices");
        assert_eq!(
            told.finds(closed),
            [
                "overdue, item prices, owed by sales, waits for nils, since 04-21 00:00, begin by 05-12"
            ]
        );
        let told = told.to("tick_item", "prices");
        assert!(told.finds(closed).is_empty());
    }

    #[test]
    fn what_the_launch_does_not_wait_for_is_in_time() {
        let told = launch().item(
            "extra",
            "sales",
            &json!({"blocking": false, "lead_days": 30, "due": "2026-04-01"}),
        );
        let told = told.on("05-01");
        assert!(told.finds(begun).is_empty() && told.finds(closed).is_empty());
        let told = told.item("page", "marketing", &json!({"needs": ["extra"]}));
        assert_eq!(told.finds(begun).len(), 1, "it is needed now");
        assert_eq!(told.finds(closed).len(), 1);
    }
}
