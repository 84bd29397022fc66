//! The rules that keep waivers in sight: they close an item, stay visible in the verdict, and end.

use crate::engine::{Finding, Grounds, ItemState, Rule, WaitsFor, closure::lapses, facts::Facts};

/// A waiver that holds is a condition; one that was asked for waits for an approver.
pub(super) fn visible(facts: &Facts<'_>, found: &mut Vec<Finding>) {
    for (ix, item) in facts.launch.items.each() {
        let Some(exemption) = &item.exemption else {
            continue;
        };
        let state = facts.closure.state(ix);
        if state == ItemState::Waived && facts.is_required(ix) {
            let since = exemption.granted.map(|g| g.at);
            found.push(facts.about_item(Rule::Waived, ix, item, since));
        } else if exemption.granted.is_none() {
            let asked = exemption.asked;
            let approver = facts
                .launch
                .members
                .iter()
                .find(|(id, m)| m.approves && **id != asked.by);
            found.push(Finding {
                waits_for: approver.map_or(WaitsFor::Nobody, |(id, _)| WaitsFor::Person(*id)),
                ..facts.about_item(Rule::ExemptionAsked, ix, item, Some(asked.at))
            });
        }
    }
}

/// A waiver lasts beyond the launch moment. Where it ends before, its item counts as closed today and
/// is a blocker on the day that counts.
pub(super) fn outlast(facts: &Facts<'_>, found: &mut Vec<Finding>) {
    for (ix, item, state) in facts.required_items() {
        let granted = item.exemption.as_ref().and_then(|e| e.granted);
        let (Some(until), Some(granted)) = (lapses(facts.launch, item, state), granted) else {
            continue;
        };
        found.push(Finding {
            grounds: Some(Box::new(Grounds::Ends {
                until,
                by: granted.by,
            })),
            ..facts.about_item(Rule::WaiverEnds, ix, item, Some(granted.at))
        });
    }
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::{super::testing::*, *};

    /// Nils asks to launch without the prices until the end of a day.
    fn asked(until: &str) -> Told {
        let told = launch().item("prices", "sales", &json!({"owner": NILS}));
        told.on("04-01").by(NILS).does(json!({"ask_waiver":
            {"item": "prices", "reason": "later", "until": until}}))
    }

    #[test]
    fn a_waiver_that_was_asked_for_waits_for_who_may_approve() {
        let told = asked("2026-06-01");
        assert_eq!(
            told.finds(visible),
            [
                "exemption_asked, item prices, owed by sales, waits for nobody, since 04-01 12:00, \
              begin by 05-12"
            ],
            "nobody approves yet"
        );
        let told = told.approver();
        assert_eq!(
            told.finds(visible),
            [
                "exemption_asked, item prices, owed by sales, waits for daniel, since 04-01 12:00, \
              begin by 05-12"
            ]
        );
    }

    #[test]
    fn who_asked_is_not_who_is_waited_for() {
        let told = launch().approver().item("prices", "sales", &Value::Null);
        let told = told.by(DANIEL).does(json!({"ask_not_applicable":
            {"item": "prices", "reason": "no"}}));
        assert_eq!(
            told.finds(visible),
            [
                "exemption_asked, item prices, owed by sales, waits for nobody, since 03-02 12:00, \
              begin by 05-12"
            ]
        );
    }

    #[test]
    fn a_granted_waiver_is_seen_since_it_was_granted_and_until_its_last_day() {
        let told = asked("2026-04-20").approver();
        let told = told.on("04-03").by(DANIEL).to("grant_exemption", "prices");
        let seen = [
            "waived, item prices, owed by sales, waits for nils, since 04-03 12:00, \
             begin by 05-12",
        ];
        assert_eq!(told.finds(visible), seen);
        let told = told.on("04-20");
        assert_eq!(told.finds(visible), seen);
        assert!(told.on("04-21").finds(visible).is_empty(), "it has expired");
    }

    #[test]
    fn a_waiver_that_ends_before_the_launch_moment_is_warned_of_as_long_as_it_holds() {
        let granted = |until: &str| {
            let told = asked(until).approver();
            assert!(told.finds(outlast).is_empty(), "nobody has granted it");
            told.on("04-03").by(DANIEL).to("grant_exemption", "prices")
        };
        let told = granted("2026-05-11");
        let warned = [
            "waiver_ends, item prices, owed by sales, waits for nils, since 04-03 12:00, \
             begin by 05-12",
        ];
        assert_eq!(told.finds(outlast), warned);
        let early = |told: &Told| told.assess().by_rule(Rule::WaiverEnds).count();
        assert_eq!(early(&told), 1);
        assert!(told.on("05-12").finds(outlast).is_empty(), "it has ended");
        assert!(granted("2026-05-12").finds(outlast).is_empty());
    }

    #[test]
    fn a_waiver_of_what_the_launch_does_not_wait_for_is_no_condition() {
        let told = launch().approver();
        let told = told.item("extra", "sales", &json!({"blocking": false}));
        let told = told.does(json!({"ask_waiver":
            {"item": "extra", "reason": "later", "until": "2026-06-01"}}));
        let told = told.by(DANIEL).to("grant_exemption", "extra");
        assert!(told.finds(visible).is_empty());
    }

    #[test]
    fn what_was_struck_is_no_condition() {
        let told = launch().approver().item("prices", "sales", &Value::Null);
        let told = told.does(json!({"ask_not_applicable": {"item": "prices", "reason": "no"}}));
        let told = told.by(DANIEL).to("grant_exemption", "prices");
        assert!(told.finds(visible).is_empty());
    }
}
