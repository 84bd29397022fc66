//! The rule that keeps waivers in sight: they close an item and stay visible in the verdict.

use crate::engine::{Finding, ItemState, Rule, WaitsFor, facts::Facts};

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
