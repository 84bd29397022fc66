//! A finished launch as a past series: what its weeks brought, and the scope at the end of each.

use super::{
    super::{Kind, Series, number::float},
    technical::Technical,
};
use crate::{
    model::Launch,
    time::{days_between, plus},
};

/// So much of the scope done is the finish of a series.
const FINISHED: f64 = 0.95;

impl Series {
    /// The stories of a launch that was launched, week by week, the week of its launch included. None
    /// before it is launched, or without an epic in scope.
    ///
    /// It says what a series of any other project says, so that a forecast from its beginning can be
    /// judged in the same way. Two things are taken as they stand today, and not as they were known in
    /// each week: which epics are in scope, and the estimates of their stories.
    pub fn of_launch(launch: &Launch) -> Option<Self> {
        let schedule = launch.schedule.as_ref()?;
        let launched = launch.day(launch.launched?.at);
        let weeks = days_between(schedule.start, launched).div_euclid(7) + 1;
        let end = plus(schedule.start, 7 * weeks.max(0));
        let lane = Technical::of(launch, schedule, end)?;
        let last = lane.scope.last().copied().unwrap_or_default();
        let finish = finish(&lane.done, FINISHED * last);
        Some(Self {
            id: schedule.id.to_string(),
            kind: Kind::Release,
            unit: lane.unit,
            period_days: 7,
            start: Some(schedule.start),
            scope: (!lane.done.is_empty()).then(|| lane.scope.clone()),
            target: Some(lane.target),
            finish,
            done: lane.done,
        })
    }
}

/// The first period, from 1, at whose end so much is done.
fn finish(done: &[f64], enough: f64) -> Option<f64> {
    let mut sum = 0.0;
    let at = done.iter().position(|amount| {
        sum += amount;
        sum >= enough
    });
    at.filter(|_| enough > 0.0).map(|at| float(at + 1))
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::{
        engine::testing::{LENA, Told, launch},
        forecast::counts,
        model::Stamp,
        time::parse_instant,
    };

    /// A story a week from week 1 on, and one that came in week 3; launched in week 9.
    fn launched() -> Told {
        let mut told = launch().epic("login");
        for n in 1..=8 {
            told = told.story(&format!("s{n}"), "login");
        }
        let days = [
            "03-04", "03-11", "03-18", "03-25", "04-01", "04-08", "04-15", "04-22",
        ];
        for (n, day) in days.iter().enumerate() {
            if n == 2 {
                told = told.on(day).story("late", "login");
            }
            let story = format!("s{}", n + 1);
            told = told.on(day).does(json!({"finish_story": {"story": story}}));
        }
        told = told.does(json!({"finish_story": {"story": "late"}}));
        let at = parse_instant("2026-04-29T10:00:00Z").unwrap();
        told.launch.launched = Some(Stamp { at, by: LENA });
        told
    }

    #[test]
    fn a_finished_launch_is_a_series_of_its_weeks() {
        let series = Series::of_launch(&launched().launch).unwrap();
        assert_eq!(series.done, [1., 1., 1., 1., 1., 1., 1., 2., 0.]);
        assert_eq!(
            series.scope.clone().unwrap(),
            [8., 8., 9., 9., 9., 9., 9., 9., 9.]
        );
        assert_eq!((series.target, series.finish), (Some(10), Some(8.0)));
        assert!(counts(&series));
    }

    #[test]
    fn stories_that_came_after_the_launch_are_no_part_of_it() {
        let told = launched().on("05-20").story("more", "login");
        let told = told.does(json!({"finish_story": {"story": "more"}}));
        let [then, now] = [launched(), told].map(|told| Series::of_launch(&told.launch));
        assert_eq!(then.unwrap().done, now.unwrap().done);
    }

    #[test]
    fn a_launch_that_is_under_way_is_no_series_yet() {
        let mut told = launched();
        told.launch.launched = None;
        assert!(Series::of_launch(&told.launch).is_none());
        let mut empty = launch();
        empty.launch.launched = launched().launch.launched;
        assert!(
            Series::of_launch(&empty.launch).is_none(),
            "nothing in scope"
        );
    }
}
