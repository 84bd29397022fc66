//! Rules on who has a say: required disciplines, named people.

use crate::{
    engine::{Finding, ItemState, Rule, Subject, WaitsFor, facts::Facts},
    model::{Discipline, EpicIx},
};

fn missing(facts: &Facts<'_>, discipline: Discipline, subject: Subject) -> Finding {
    Finding {
        rule: Rule::DisciplineMissing,
        discipline,
        subject,
        waits_for: facts.person_or_lead(None, discipline),
        since: facts.launch.schedule.as_ref().map(|s| s.planned),
        last_safe_start: None,
        grounds: None,
    }
}

/// A required discipline owes at least one blocking item for every epic in scope. What was struck
/// as “not applicable” does not count: a list that was struck empty is an empty list.
pub(super) fn not_missing(facts: &Facts<'_>, found: &mut Vec<Finding>) {
    for discipline in Discipline::ALL.into_iter().filter(|d| facts.demands(*d)) {
        let coverage = Coverage::of(facts, discipline);
        if coverage.nothing() {
            found.push(missing(facts, discipline, Subject::Discipline(discipline)));
            continue;
        }
        for (ix, epic) in facts.launch.epics.each() {
            if epic.in_scope.is_some() && !coverage.covers(ix) {
                found.push(missing(facts, discipline, Subject::Epic(ix)));
            }
        }
    }
}

struct Coverage {
    whole: bool,
    epics: Vec<EpicIx>,
}

impl Coverage {
    fn of(facts: &Facts<'_>, discipline: Discipline) -> Self {
        let mut coverage = Self {
            whole: false,
            epics: Vec::new(),
        };
        for (ix, item) in facts.launch.items.each() {
            if item.blocking
                && item.discipline == discipline
                && facts.closure.state(ix) != ItemState::NotApplicable
            {
                coverage.whole |= item.covers.is_empty();
                coverage.epics.extend(&item.covers);
            }
        }
        coverage
    }

    fn nothing(&self) -> bool {
        !self.whole && self.epics.is_empty()
    }

    fn covers(&self, epic: EpicIx) -> bool {
        self.whole || self.epics.contains(&epic)
    }
}

/// An open item that the launch waits for has a name beside it.
pub(super) fn items_have_a_person(facts: &Facts<'_>, found: &mut Vec<Finding>) {
    for (ix, item, state) in facts.required_items() {
        if item.owner.is_none() && !state.is_closed() {
            found.push(Finding {
                waits_for: facts.person_or_lead(None, item.discipline),
                ..facts.about_item(Rule::NobodyNamed, ix, item, Some(item.added))
            });
        }
    }
}

/// A discipline that owes something has a lead.
pub(super) fn have_a_lead(facts: &Facts<'_>, found: &mut Vec<Finding>) {
    let mut owes = [false; Discipline::ALL.len()];
    for (_, item, _) in facts.required_items() {
        owes[item.discipline.pos()] = true;
    }
    for discipline in Discipline::ALL {
        let needed = owes[discipline.pos()] || facts.demands(discipline);
        if needed && !facts.launch.leads.contains_key(&discipline) {
            found.push(Finding {
                rule: Rule::NobodyLeads,
                discipline,
                subject: Subject::Discipline(discipline),
                waits_for: WaitsFor::Nobody,
                since: facts.launch.schedule.as_ref().map(|s| s.planned),
                last_safe_start: None,
                grounds: None,
            });
        }
    }
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::{super::testing::*, *};

    const PLAIN: Value = Value::Null;

    #[test]
    fn an_empty_checklist_of_marketing_or_sales_is_not_a_closed_one() {
        let told = launch().epic("base").lead("sales", NILS);
        let marketing = "discipline_missing, discipline marketing, owed by marketing, \
            waits for nobody, since 03-02 12:00, blocks";
        assert_eq!(
            told.finds(not_missing),
            [
                marketing,
                "discipline_missing, discipline sales, owed by sales, waits for nils, \
                 since 03-02 12:00, blocks"
            ]
        );
        let told = told.item("prices", "sales", &PLAIN);
        assert_eq!(told.finds(not_missing), [marketing], "an open item is one");
        let told = told.item("page", "marketing", &PLAIN);
        assert!(told.finds(not_missing).is_empty());
    }

    #[test]
    fn an_item_that_blocks_nothing_does_not_fill_a_checklist() {
        let told = launch().item("page", "marketing", &PLAIN).item(
            "prices",
            "sales",
            &json!({"blocking": false}),
        );
        assert_eq!(told.finds(not_missing).len(), 1);
    }

    #[test]
    fn what_was_struck_does_not_fill_a_checklist_and_what_was_waived_does() {
        for (ask, missing) in [
            (
                json!({"ask_not_applicable": {"item": "page", "reason": "no"}}),
                1,
            ),
            (
                json!({"ask_waiver": {"item": "page", "reason": "no", "until": "2026-06-01"}}),
                0,
            ),
        ] {
            let told = launch().approver().item("prices", "sales", &PLAIN);
            let told = told.item("page", "marketing", &PLAIN).does(ask);
            assert!(
                told.finds(not_missing).is_empty(),
                "asked for is not granted"
            );
            let told = told.by(DANIEL).to("grant_exemption", "page");
            assert_eq!(told.finds(not_missing).len(), missing);
        }
    }

    #[test]
    fn every_epic_in_scope_is_covered_by_each_required_discipline() {
        let covers = json!({"covers": ["base"]});
        let told = launch().epic("base").epic("more").candidate("later");
        let told = told.item("page", "marketing", &PLAIN);
        let told = told.item("prices", "sales", &covers);
        assert_eq!(
            told.finds(not_missing),
            [
                "discipline_missing, epic more, owed by sales, waits for nobody, since 03-02 12:00, blocks"
            ]
        );
        let told = told.item("terms", "sales", &json!({"covers": ["more"]}));
        assert!(told.finds(not_missing).is_empty());
    }

    #[test]
    fn a_discipline_that_the_launch_requires_owes_an_item_too() {
        let told = launch().item("page", "marketing", &PLAIN);
        let told = told.item("prices", "sales", &PLAIN);
        let told = told.does(json!({"require_discipline": {"discipline": "legal"}}));
        assert_eq!(
            told.finds(not_missing),
            [
                "discipline_missing, discipline legal, owed by legal, waits for nobody, \
              since 03-02 12:00, blocks"
            ]
        );
    }

    #[test]
    fn an_open_item_that_the_launch_waits_for_has_a_name() {
        let told = launch().on("03-06").item("prices", "sales", &PLAIN);
        let told = told.item("extra", "sales", &json!({"blocking": false}));
        assert_eq!(
            told.finds(items_have_a_person),
            [
                "nobody_named, item prices, owed by sales, waits for nobody, since 03-06 12:00, \
              begin by 05-12"
            ]
        );
        let named = told.lead("sales", NILS);
        assert_eq!(
            named.finds(items_have_a_person),
            [
                "nobody_named, item prices, owed by sales, waits for nils, since 03-06 12:00, \
              begin by 05-12"
            ],
            "the lead names somebody"
        );
        let owned = named.does(json!({"assign_item": {"item": "prices", "owner": CARLA}}));
        assert!(owned.finds(items_have_a_person).is_empty());
    }

    #[test]
    fn a_closed_item_needs_nobody_any_more() {
        let told = launch().item("prices", "sales", &PLAIN);
        let told = told.to("tick_item", "prices");
        assert!(told.finds(items_have_a_person).is_empty());
    }

    #[test]
    fn a_discipline_that_owes_something_has_a_lead() {
        let line = |discipline: &str| {
            format!(
                "nobody_leads, discipline {discipline}, owed by {discipline}, waits for nobody, \
                 since 03-02 12:00"
            )
        };
        let told = launch().item("extra", "people", &json!({"blocking": false}));
        let told = told.item("contract", "legal", &PLAIN);
        let expected = ["marketing", "sales", "legal"].map(line);
        assert_eq!(told.finds(have_a_lead), expected);
        let told = told.lead("sales", NILS).lead("legal", NILS);
        assert_eq!(told.finds(have_a_lead), [line("marketing")]);
    }
}
