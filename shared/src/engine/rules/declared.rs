//! The rule on declared courses: nobody talks a launch up.

use crate::{
    engine::{Course, Finding, Rule, Subject, WaitsFor, facts::Facts},
    model::Discipline,
};

/// Somebody declared a course, and it still shows, though the moment cannot be held: it is past, or
/// the lead times that are left end after it.
///
/// Only what is certain is answered: there the forecast, which takes thousands of futures, says the
/// same. Where little room is left, or the pace so far is too slow, it is a matter of chance, and the
/// forecast may well side with whoever declared.
pub(super) fn honest(facts: &Facts<'_>, found: &mut Vec<Finding>) {
    let (Some(declared), Some(outlook)) = (facts.declared(), facts.outlook) else {
        return;
    };
    let is_certain = facts.launch_day.is_some_and(|moment| {
        facts.today > moment || outlook.closed.is_some_and(|closed| closed > moment)
    });
    let is_off = is_certain && outlook.course == Course::OffCourse;
    if is_off && declared.course.is_better_than(outlook.course) {
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
    fn what_only_the_lead_times_leave_little_room_for_is_not_called_better() {
        // Done by 10 May, were it begun on 10 April: at risk by lead times, and a matter of chance.
        let told = launch().epic("base").story("s", "base");
        let told = told.does(json!({"finish_story": {"story": "s"}}));
        let told = told.item("prices", "sales", &json!({"lead_days": 30}));
        let told = told.on("04-10").does(json!({"declare_course":
            {"course": "on_course", "reason": "It will do.", "until": "2026-04-20"}}));
        assert_eq!(told.assess().outlook.course, Course::AtRisk);
        assert!(told.finds(honest).is_empty());
    }

    #[test]
    fn a_pace_that_is_too_slow_so_far_is_a_matter_of_chance_too() {
        let mut told = launch().epic("base");
        for n in 0..12 {
            told = told.story(&format!("s{n}"), "base");
        }
        let told = told
            .on("04-08")
            .does(json!({"finish_story": {"story": "s0"}}));
        let told = told.on("04-10").does(json!({"declare_course":
            {"course": "at_risk", "reason": "It will do.", "until": "2026-04-20"}}));
        assert_eq!(told.assess().outlook.course, Course::OffCourse);
        assert!(told.finds(honest).is_empty());
        let told = told.on("05-01").does(json!({"declare_course":
            {"course": "on_course", "reason": "It will do.", "until": "2026-05-30"}}));
        assert!(told.finds(honest).is_empty());
        assert_eq!(
            told.on("05-13").finds(honest).len(),
            1,
            "the moment is past"
        );
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
