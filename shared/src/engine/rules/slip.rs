//! The rule on slips: nobody aims at a launch moment that the stories will not hold.

use std::cmp::Reverse;

use crate::{
    engine::{Finding, Grounds, ItemState, Rule, Subject, facts::Facts},
    model::{Discipline, ItemIx, Lane},
    order::sort_by_key,
};

/// At the pace so far the last story is done after the launch moment, while items that are not
/// technical and that the launch waits for are under way or ticked: campaigns are booked, people are
/// invited, for a day that will not hold. Whoever is in charge of them has to confirm them for
/// another one.
///
/// What nobody has begun is not among them: it gains time. One finding names all of them, what takes
/// longest first.
pub(super) fn known(facts: &Facts<'_>, found: &mut Vec<Finding>) {
    let (Some(outlook), Some(launch_day)) = (facts.outlook, facts.launch_day) else {
        return;
    };
    let Some(built) = outlook.built.filter(|built| *built > launch_day) else {
        return;
    };
    let aims = |state| {
        !matches!(
            state,
            ItemState::NotBegun | ItemState::Waived | ItemState::NotApplicable
        )
    };
    let mut items: Vec<(u16, ItemIx)> = facts
        .required_items()
        .filter(|(_, item, state)| item.discipline.lane() == Lane::NonTechnical && aims(*state))
        .map(|(ix, item, _)| (item.lead_days, ix))
        .collect();
    if items.is_empty() {
        return;
    }
    sort_by_key(&mut items, |(days, _)| Reverse(*days));
    found.push(Finding {
        rule: Rule::DateSlips,
        discipline: Discipline::Product,
        subject: Subject::Launch,
        waits_for: facts.person_or_lead(None, Discipline::Product),
        since: None,
        last_safe_start: None,
        grounds: Some(Box::new(Grounds::Slips {
            built,
            items: items.into_iter().map(|(_, ix)| ix).collect(),
        })),
    });
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::{super::testing::*, *};

    /// Ten stories, of which so many are done on 2 April. On 6 April 36 days are left.
    fn built(done: usize) -> Told {
        let mut told = launch().lead("product", LENA).epic("base");
        for n in 0..10 {
            told = told.story(&format!("s{n}"), "base");
        }
        let days = |days: u16| json!({"lead_days": days, "owner": NILS});
        told = told.item("venue", "marketing", &days(40));
        told = told.item("press", "communications", &days(50));
        told = told.item("deck", "sales", &days(20));
        told = told.item("alerts", "operations", &days(60));
        told = told
            .on("04-02")
            .to("begin_item", "venue")
            .to("tick_item", "press");
        told = told.to("tick_item", "alerts");
        for n in 0..done {
            told = told.does(json!({"finish_story": {"story": format!("s{n}")}}));
        }
        told.on("04-06")
    }

    fn named(told: &Told) -> Vec<String> {
        let assessment = told.assess();
        let slips = assessment.by_rule(Rule::DateSlips);
        let items = slips.flat_map(Finding::items);
        items
            .map(|ix| Subject::Item(*ix).id(&told.launch))
            .collect()
    }

    #[test]
    fn what_is_under_way_or_ticked_for_a_moment_that_slips_is_named_once() {
        // Two stories in two weeks, eight are open: done on 1 June.
        let told = built(2);
        assert_eq!(
            told.finds(known),
            ["date_slips, launch m, owed by product, waits for lena"]
        );
        assert_eq!(named(&told), ["press", "venue"], "the technical one is not");
        let told = told.to("begin_item", "deck");
        assert_eq!(named(&told), ["press", "venue", "deck"]);
    }

    #[test]
    fn stories_that_end_in_time_squeeze_nobody() {
        assert!(built(3).finds(known).is_empty());
        assert!(built(10).finds(known).is_empty());
    }

    #[test]
    fn another_moment_settles_it() {
        let told = built(2);
        let told = told.does(json!({"reschedule": {"moment": "2026-06-02T08:00:00Z"}}));
        assert!(told.finds(known).is_empty());
    }

    #[test]
    fn where_nothing_aims_at_the_moment_the_honest_date_says_enough() {
        let told = built(2).to("untick_item", "press");
        let told = told.to("withdraw_begin", "venue");
        assert!(told.finds(known).is_empty());
    }
}
