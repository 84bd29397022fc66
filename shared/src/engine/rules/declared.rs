//! The rule on declared courses: nobody talks a launch up.

use crate::{
    engine::{Finding, Rule, Subject, WaitsFor, facts::Facts},
    model::Discipline,
};

/// Somebody declared a course, and it still shows, that is better than the one which follows from
/// lead times and from the pace of the stories.
///
/// It compares with the course of the assessment, not with that of the forecast, which takes
/// thousands of futures: where the assessment says that the moment cannot be held, the forecast does
/// so too.
pub(super) fn honest(facts: &Facts<'_>, found: &mut Vec<Finding>) {
    let (Some(declared), Some(outlook)) = (facts.declared(), facts.outlook) else {
        return;
    };
    if declared.course.is_better_than(outlook.course) {
        found.push(Finding {
            rule: Rule::DeclaredBetter,
            discipline: Discipline::Product,
            subject: Subject::Launch,
            waits_for: WaitsFor::Person(declared.by.by),
            since: Some(declared.by.at),
            last_safe_start: None,
            grounds: None,
        });
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::{super::testing::*, *};
    use crate::engine::Course;

    /// What must begin by 2 April to be done by 12 May has not; on 10 April Nils declares a course.
    fn declares(course: &str) -> Told {
        let told = launch().item("prices", "sales", &json!({"lead_days": 40}));
        told.on("04-10").by(NILS).does(json!({"declare_course":
            {"course": course, "reason": "It will do.", "until": "2026-04-20"}}))
    }

    #[test]
    fn a_course_that_is_better_than_the_lead_times_allow_is_said_until_it_ends() {
        for course in ["on_course", "at_risk", "not_enough_known"] {
            let told = declares(course).on("04-20");
            assert_eq!(
                told.finds(honest),
                ["declared_better, launch m, owed by product, waits for nils, since 04-10 12:00"],
                "{course}"
            );
            assert!(told.on("04-21").finds(honest).is_empty(), "it has expired");
        }
        assert!(declares("off_course").finds(honest).is_empty());
    }

    #[test]
    fn it_ends_when_the_course_becomes_what_was_declared() {
        let told = declares("on_course").to("tick_item", "prices");
        assert!(told.finds(honest).is_empty(), "too little is known then");
        let told = declares("on_course").does(json!("withdraw_course"));
        assert!(told.finds(honest).is_empty());
    }

    #[test]
    fn better_is_what_sounds_better_and_not_what_is_unknown() {
        use Course::{AtRisk, NotEnoughKnown, OffCourse, OnCourse};
        let all = [OnCourse, AtRisk, NotEnoughKnown, OffCourse];
        let better = |than: Course| all.map(|course| course.is_better_than(than));
        assert_eq!(better(OnCourse), [false; 4]);
        assert_eq!(better(AtRisk), [true, false, false, false]);
        assert_eq!(better(NotEnoughKnown), [false; 4]);
        assert_eq!(better(OffCourse), [true, true, true, false]);
    }
}
