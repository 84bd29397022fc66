//! The rules on the launch moment: it lies in a release window and in no freeze. After the launch they
//! are silent, since what was done was done.

use crate::{
    engine::{Finding, Rule, Subject, facts::Facts},
    model::{Discipline, Excepted, Schedule},
    time::Instant,
};

/// A launch at its moment, unless that is over or none is planned.
fn ahead<'a>(facts: &Facts<'a>) -> Option<&'a Schedule> {
    let schedule = facts.launch.schedule.as_ref();
    schedule.filter(|_| facts.launch.launched.is_none())
}

fn push(facts: &Facts<'_>, rule: Rule, since: Option<Instant>, found: &mut Vec<Finding>) {
    let product = Discipline::Product;
    found.push(Finding {
        rule,
        discipline: product,
        subject: Subject::Launch,
        waits_for: facts.person_or_lead(None, product),
        since,
        last_safe_start: None,
        grounds: None,
    });
}

/// A moment in no release window is none to launch at, unless a decider excepted it.
pub(super) fn open(facts: &Facts<'_>, found: &mut Vec<Finding>) {
    let launch = facts.launch;
    let outside = ahead(facts).filter(|s| !launch.windows.are_open(&s.zone, s.moment));
    if outside.is_some() && launch.excepted.is_none() {
        push(facts, Rule::MomentOutsideWindow, None, found);
    }
}

/// Nor is one in a freeze.
pub(super) fn not_frozen(facts: &Facts<'_>, found: &mut Vec<Finding>) {
    let launch = facts.launch;
    let frozen = ahead(facts).and_then(|s| launch.windows.freeze(s.zone.day(s.moment)));
    if frozen.is_some() && launch.excepted.is_none() {
        push(facts, Rule::MomentInFreeze, None, found);
    }
}

/// That it was excepted is said as long as it matters.
pub(super) fn excepted(facts: &Facts<'_>, found: &mut Vec<Finding>) {
    let excepted = facts.launch.excepted.as_ref();
    if let Some(Excepted { by, .. }) = excepted.filter(|_| ahead(facts).is_some()) {
        push(facts, Rule::MomentExcepted, Some(by.at), found);
    }
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::{super::testing::*, *};
    use crate::engine::Verdict;

    const OUTSIDE: &str =
        "moment_outside_window, launch m, owed by product, waits for nobody, blocks";
    const FROZEN: &str = "moment_in_freeze, launch m, owed by product, waits for lena, blocks";

    fn windows(days: &[&str]) -> Value {
        json!({"set_windows": {"windows": [{"days": days, "from": "09:00", "to": "16:00"}]}})
    }

    fn fair(last: &str) -> Value {
        let freeze = json!({"title": "Fair", "first": "2026-05-10", "last": last});
        json!({"set_windows": {"freezes": [freeze]}})
    }

    fn moved(to: &str) -> Value {
        json!({"reschedule": {"moment": format!("2026-{to}:00Z")}})
    }

    /// Launch-ready but for its moment.
    fn ready() -> Told {
        let mut told = launch().epic("one").story("a", "one");
        for discipline in ["sales", "marketing"] {
            told = told
                .item(discipline, discipline, &json!({}))
                .to("tick_item", discipline);
        }
        told.does(json!({"finish_story": {"story": "a"}}))
            .does(json!({"accept_epic": {"epic": "one"}}))
    }

    #[test]
    fn a_moment_lies_in_a_window_where_there_are_some() {
        let told = launch();
        assert!(told.finds(open).is_empty(), "without windows any moment is");
        // 12 May 2026, 8 o'clock, is a Tuesday.
        let told = told.does(windows(&["tue", "wed"]));
        assert_eq!(told.finds(open), [OUTSIDE]);
        let told = told.does(moved("05-13T15:59"));
        assert!(told.finds(open).is_empty());
        let told = told.does(moved("05-13T16:00"));
        assert_eq!(told.finds(open), [OUTSIDE]);
    }

    #[test]
    fn a_moment_lies_in_no_freeze() {
        let told = launch().lead("product", LENA).does(fair("2026-05-12"));
        assert_eq!(told.finds(not_frozen), [FROZEN]);
        let told = told.does(moved("05-13T00:00"));
        assert!(told.finds(not_frozen).is_empty());
    }

    #[test]
    fn nothing_goes_in_a_freeze_until_a_decider_lets_it() {
        let told = ready();
        assert!(matches!(told.assess().verdict, Verdict::Go(_)));
        let mut told = told.does(fair("2026-05-12"));
        assert_eq!(told.assess().verdict, Verdict::NoGo);
        let refused = told.tries(json!("record_launch"));
        assert_eq!(refused.map_err(|r| r.code()), Err("not_ready"));
        let told = told
            .on("04-20")
            .does(json!({"except_moment": {"reason": "The customer waits."}}));
        assert!(matches!(told.assess().verdict, Verdict::Go(_)));
        let line =
            "moment_excepted, launch m, owed by product, waits for nobody, since 04-20 12:00";
        assert_eq!(told.finds(excepted), [line]);
        let told = told.does(moved("05-11T08:00"));
        assert_eq!(
            told.assess().verdict,
            Verdict::NoGo,
            "it was for another moment"
        );
        let told = told.does(moved("05-14T08:00"));
        assert!(matches!(told.assess().verdict, Verdict::Go(_)));
    }

    #[test]
    fn after_the_launch_nothing_is_said_any_more() {
        let told = ready()
            .does(fair("2026-05-12"))
            .does(json!({"except_moment": {"reason": "The customer waits."}}))
            .does(json!("record_launch"));
        for rule in [open, not_frozen, excepted] {
            assert!(told.finds(rule).is_empty());
        }
    }
}
