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
