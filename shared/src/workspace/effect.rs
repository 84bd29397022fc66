//! What a launch would be worth if it adopted the policy: said before anybody applies it.

use chrono::NaiveDate;

use super::Policy;
use crate::{
    engine::{Assessment, ItemState, Rule, assess},
    id::PersonId,
    journal::Event,
    model::{self, Discipline, Freeze, Launch},
    time::{Instant, Zone},
};

/// What changes in a launch that adopts a policy.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Effect {
    /// Disciplines that become required.
    pub required: Vec<Discipline>,
    /// Disciplines whose blocking items a second person verifies from then on.
    pub verified: Vec<Discipline>,
    /// Those of the first that owe items which are on no list yet.
    pub missing: Vec<Discipline>,
    /// How many items then wait for a second person, that do not yet.
    pub waiting: usize,
    /// Whether it gets other release windows or freezes.
    pub windows: bool,
    /// Its launch moment and zone.
    pub moment: Option<(Instant, Zone)>,
    /// Whether that would lie in no release window, and does not now.
    pub outside: bool,
    /// The freeze that it would lie in, and does not now.
    pub frozen: Option<Freeze>,
    /// Whether an exception that was made for its moment falls.
    pub exception: bool,
    /// The earliest honest date now and then, where it becomes another; there may be none.
    pub honest: Option<[Option<NaiveDate>; 2]>,
    /// How many blockers there are before, and how many then.
    pub blockers: (usize, usize),
}

impl Effect {
    /// What adopting a policy now would change; `None` where the launch demands all of it already.
    pub fn of(launch: &Launch, policy: &Policy, now: Instant) -> Option<Self> {
        let events = policy.beyond(launch);
        if events.is_empty() {
            return None;
        }
        let mut adopted = launch.clone();
        for event in &events {
            // Who does it makes no difference to what it is worth.
            adopted.apply_at(event, now, PersonId::from_number(0));
        }
        let judge = |launch| assess(launch, &model::Policy::default(), now);
        let (before, after) = (judge(launch), judge(&adopted));
        let required = events.iter().filter_map(|event| match event {
            Event::DisciplineRequired { discipline } => Some(*discipline),
            _ => None,
        });
        let verified = events.iter().filter_map(|event| match event {
            Event::VerificationRequired { discipline } => Some(*discipline),
            _ => None,
        });
        let required: Vec<_> = required.collect();
        let is_missing = |d: &Discipline| {
            let mut findings = after.by_rule(Rule::DisciplineMissing);
            findings.any(|finding| finding.discipline == *d)
        };
        let new = |rule| after.by_rule(rule).count() > before.by_rule(rule).count();
        let schedule = adopted.schedule.as_ref();
        let frozen = schedule.and_then(|s| adopted.windows.freeze(s.zone.day(s.moment)));
        Some(Self {
            windows: adopted.windows != launch.windows,
            moment: schedule.map(|s| (s.moment, s.zone.clone())),
            outside: new(Rule::MomentOutsideWindow),
            exception: launch.excepted.is_some() && adopted.excepted.is_none(),
            honest: Some([&before, &after].map(|judged| judged.outlook.honest))
                .filter(|[now, then]| now != then),
            frozen: frozen.filter(|_| new(Rule::MomentInFreeze)).cloned(),
            missing: required.iter().copied().filter(is_missing).collect(),
            required,
            verified: verified.collect(),
            waiting: waiting(launch, &after).saturating_sub(waiting(launch, &before)),
            blockers: (before.blockers().count(), after.blockers().count()),
        })
    }
}

fn waiting(launch: &Launch, assessment: &Assessment) -> usize {
    let states = launch.items.each().map(|(ix, _)| assessment.item(ix));
    states.filter(|s| *s == ItemState::SecondPerson).count()
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::engine::testing::launch;

    #[test]
    fn it_says_what_would_be_missing_and_what_would_wait() {
        let told = launch()
            .epic("one")
            .story("a", "one")
            .item("prices", "sales", &json!({}))
            .item("extra", "sales", &json!({"blocking": false}))
            .to("tick_item", "prices")
            .to("tick_item", "extra");
        let policy = Policy::new([Discipline::Legal], [Discipline::Sales]);
        let now = told.launch.touched.unwrap();
        let effect = Effect::of(&told.launch, &policy, now).unwrap();
        assert_eq!(effect.required, [Discipline::Legal]);
        assert_eq!(effect.verified, [Discipline::Sales]);
        assert_eq!(effect.missing, [Discipline::Legal]);
        assert_eq!(effect.waiting, 1, "what does not block waits for nobody");
        let (before, after) = effect.blockers;
        assert_eq!(after, before + 2);
        assert_eq!(Effect::of(&told.launch, &Policy::default(), now), None);
    }

    #[test]
    fn it_says_whether_the_moment_would_lie_in_a_freeze_or_outside_the_windows() {
        let told = launch();
        let now = told.launch.touched.unwrap();
        let with = |windows| {
            let policy = json!({"windows": windows, "freezes": [{"title": "Fair",
                "first": "2026-05-10", "last": "2026-05-14"}]});
            let policy: Policy = serde_json::from_value(policy).unwrap();
            Effect::of(&told.launch, &policy, now).unwrap()
        };
        let effect = with(json!([]));
        assert!(effect.windows && !effect.outside);
        assert_eq!(effect.frozen.unwrap().title().as_str(), "Fair");
        let (before, after) = effect.blockers;
        assert_eq!(after, before + 1);
        let windows = json!([{"days": ["thu"], "from": "09:00", "to": "16:00"}]);
        assert!(with(windows).outside);
    }

    #[test]
    fn it_says_which_the_earliest_honest_date_would_be() {
        let told = launch().item("prices", "sales", &json!({"lead_days": 10}));
        let now = told.launch.touched.unwrap();
        let assessment = assess(&told.launch, &model::Policy::default(), now);
        let honest = assessment.outlook.honest.unwrap();
        let last = crate::time::plus(honest, 3);
        let policy = json!({"freezes": [{"title": "Fair", "first": honest, "last": last}]});
        let policy: Policy = serde_json::from_value(policy).unwrap();
        let effect = Effect::of(&told.launch, &policy, now).unwrap();
        let [before, then] = effect.honest.unwrap().map(Option::unwrap);
        assert!(before == honest && then > last, "{before} {then}");
        let demands = Policy::new([Discipline::Legal], []);
        let effect = Effect::of(&told.launch, &demands, now).unwrap();
        assert!(effect.honest.is_none_or(|[before, then]| before != then));
    }

    #[test]
    fn it_says_that_an_earliest_honest_date_comes_to_be() {
        let told = launch().epic("one").story("a", "one");
        let told = told.item("prices", "sales", &json!({}));
        let told = told
            .item("page", "marketing", &json!({}))
            .to("tick_item", "page");
        let told = told.to("tick_item", "prices");
        let told = told.does(json!({"finish_story": {"story": "a"}}));
        let told = told.does(json!({"accept_epic": {"epic": "one"}}));
        let now = told.launch.touched.unwrap();
        let demands = Policy::new([], [Discipline::Sales]);
        let effect = Effect::of(&told.launch, &demands, now).unwrap();
        assert!(
            matches!(effect.honest, Some([None, Some(_)])),
            "{:?}",
            effect.honest
        );
    }

    #[test]
    fn it_says_that_an_exception_falls() {
        let freeze = |first: &str| json!({"title": "Fair", "first": first, "last": "2026-05-14"});
        let told = launch()
            .does(json!({"set_windows": {"windows": [], "freezes": [freeze("2026-05-10")]}}));
        let told = told.does(json!({"except_moment": {"reason": "It is agreed."}}));
        let now = told.launch.touched.unwrap();
        let policy = json!({"freezes": [freeze("2026-05-11")]});
        let policy: Policy = serde_json::from_value(policy).unwrap();
        assert!(Effect::of(&told.launch, &policy, now).unwrap().exception);
        let demands = Policy::new([Discipline::Legal], []);
        assert!(!Effect::of(&told.launch, &demands, now).unwrap().exception);
    }
}
