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
        });
    }
}
