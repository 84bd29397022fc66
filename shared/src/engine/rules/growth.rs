//! The rule on growth: the scope has not outgrown the weeks that are left.

use crate::{
    engine::{Finding, Grounds, Rule, Subject, course::PACE_DAYS, facts::Facts},
    model::{Discipline, EpicIx},
    planning,
    time::days_between,
};

/// The scope has grown by a tenth or more since the end of the first week, and what is open of it is
/// more than even the best of the last three sprints would carry until the launch moment
/// ([`planning::Outlook::too_much`]). In the first four weeks the pace of a new team says nothing.
pub(super) fn fits(facts: &Facts<'_>, found: &mut Vec<Finding>) {
    let Some(schedule) = &facts.launch.schedule else {
        return;
    };
    let young = days_between(schedule.start, facts.today) < PACE_DAYS;
    if young || facts.launch_day.is_none_or(|day| day <= facts.today) {
        return;
    }
    let growth = planning::growth(facts.launch).filter(|growth| growth.grew);
    if let Some(growth) = growth {
        found.extend(outgrown(facts, growth));
    }
}

fn outgrown(facts: &Facts<'_>, growth: planning::Growth) -> Option<Finding> {
    let epics = facts.launch.epics.each();
    let scope: Vec<EpicIx> = epics
        .filter(|(_, epic)| epic.in_scope.is_some())
        .map(|(ix, _)| ix)
        .collect();
    let outlook = planning::outlook(facts.launch, &scope, facts.today)?;
    outlook.too_much()?;
    let (_, carries) = outlook.carries?;
    let product = Discipline::Product;
    Some(Finding {
        rule: Rule::ScopeOutgrown,
        discipline: product,
        subject: Subject::Launch,
        waits_for: facts.person_or_lead(None, product),
        since: None,
        last_safe_start: None,
        grounds: Some(Box::new(Grounds::Outgrown {
            growth,
            open: outlook.open.amount,
            carries,
        })),
    })
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::{super::testing::*, *};

    fn add(told: Told, id: &str, points: u16) -> Told {
        told.does(json!({"add_story":
            {"id": id, "epic": "base", "title": id, "points": points}}))
    }

    /// Ten stories of five points, of which one is done in each of the weeks 2 to 5, and so much
    /// more on 20 March. On 6 April 36 days are left, and five points a week carry 25.
    fn grown_by(points: u16) -> Told {
        let mut told = launch().lead("product", LENA).epic("base");
        for n in 0..10 {
            told = add(told, &format!("s{n}"), 5);
        }
        for (n, day) in ["03-10", "03-17", "03-24", "03-31"].iter().enumerate() {
            told = told.on(day);
            told = told.does(json!({"finish_story": {"story": format!("s{n}")}}));
            if *day == "03-17" && points > 0 {
                told = add(told, "more", points);
            }
        }
        told
    }

    #[test]
    fn a_scope_that_grew_beyond_what_the_best_pace_carries_is_told_in_numbers() {
        let told = grown_by(10).on("04-06");
        assert_eq!(
            told.finds(fits),
            ["scope_outgrown, launch m, owed by product, waits for lena"]
        );
        let assessment = told.assess();
        let finding = assessment.by_rule(Rule::ScopeOutgrown).next().unwrap();
        let Some(Grounds::Outgrown {
            growth,
            open,
            carries,
        }) = finding.grounds.as_deref()
        else {
            unreachable!("{finding:?}")
        };
        assert_eq!((growth.was, growth.added, growth.now()), (50, 10, 60));
        assert_eq!((*open, *carries), (40, 25));
    }

    #[test]
    fn a_scope_that_did_not_grow_is_not_what_is_too_much() {
        assert!(grown_by(0).on("04-06").finds(fits).is_empty());
        assert!(grown_by(4).on("04-06").finds(fits).is_empty());
        assert_eq!(grown_by(5).on("04-06").finds(fits).len(), 1, "a tenth");
    }

    #[test]
    fn what_still_fits_may_grow() {
        let mut told = grown_by(10).on("04-01");
        for n in 4..8 {
            told = told.does(json!({"finish_story": {"story": format!("s{n}")}}));
        }
        assert!(told.on("04-06").finds(fits).is_empty(), "20 are open");
    }

    #[test]
    fn in_the_first_four_weeks_and_from_the_launch_day_on_it_is_silent() {
        let told = grown_by(10).on("03-29");
        assert!(told.finds(fits).is_empty());
        let told = told.on("03-30");
        assert_eq!(told.finds(fits).len(), 1);
        assert!(told.on("05-12").finds(fits).is_empty());
    }
}
