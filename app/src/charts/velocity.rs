//! The pace: stories done above the weeks, items closed below, each against what was planned.

use std::fmt::Write as _;

use startklar::{
    Launch, Locale,
    model::StoryState,
    texts::fill,
    time::{Instant, days_between},
};

use super::{escape, scale::short, work};
use crate::desk::View;

/// Where the band of weeks begins, and how high it is.
const BAND: i32 = 150;
const BAND_HEIGHT: i32 = 32;
/// Most room for bars above and below the band.
const ABOVE: f64 = 128.0;
const BELOW: f64 = 150.0;
/// Most height of one story or item.
const UNIT: f64 = 8.0;

/// What a week planned and did.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Week {
    /// Stories planned for its sprint.
    pub stories_planned: usize,
    /// Stories done in it.
    pub stories_done: usize,
    /// Items due in it.
    pub items_due: usize,
    /// Items closed in it.
    pub items_closed: usize,
}

/// The weeks of a launch, and which of them is now, from 0.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Pace {
    /// One by one.
    pub weeks: Vec<Week>,
    /// The current one.
    pub now: Option<usize>,
}

impl Pace {
    /// The pace of a launch: stories of its scope, items that it waits for.
    pub fn of(view: &View) -> Self {
        let launch = &view.launch;
        let Some(schedule) = &launch.schedule else {
            return Self::default();
        };
        let mut weeks = vec![Week::default(); usize::from(schedule.weeks.max(1))];
        let last = weeks.len() - 1;
        let week = |days: i64| usize::try_from(days.div_euclid(7)).unwrap_or(0).min(last);
        let at = |at: Instant| week(days_between(schedule.start, launch.day(at)));
        for story in launch.stories.rows() {
            if launch
                .epics
                .at(story.epic)
                .is_none_or(|e| e.in_scope.is_none())
            {
                continue;
            }
            if let (Some(n @ 1..), false) =
                (story.sprint, matches!(story.state, StoryState::Dropped(_)))
            {
                // A sprint of two weeks is due in its second one.
                let end = usize::from(n) * usize::from(launch.sprints.weeks.max(1)) - 1;
                weeks[end.min(last)].stories_planned += 1;
            }
            if let Some(done) = story.done() {
                weeks[at(done)].stories_done += 1;
            }
        }
        let works = work::of(launch, &view.assessment);
        for item in works.iter().filter(|work| !work.story) {
            if let Some(due) = item.due {
                weeks[week(days_between(schedule.start, due))].items_due += 1;
            }
            if let Some(closed) = item.closed {
                weeks[at(closed)].items_closed += 1;
            }
        }
        Self {
            now: current(launch, view.assessment.now),
            weeks,
        }
    }

    /// The highest bars above and below.
    fn most(&self) -> (usize, usize) {
        self.weeks.iter().fold((1, 1), |(above, below), w| {
            (
                above.max(w.stories_done).max(w.stories_planned),
                below.max(w.items_closed).max(w.items_due),
            )
        })
    }
}

/// The week of a moment, from 0; none before the first and after the last.
fn current(launch: &Launch, now: Instant) -> Option<usize> {
    let schedule = launch.schedule.as_ref()?;
    let days = days_between(schedule.start, launch.day(now));
    let week = usize::try_from(days.div_euclid(7)).ok()?;
    (week < usize::from(schedule.weeks)).then_some(week)
}

/// The chart as SVG.
#[allow(clippy::cast_precision_loss, reason = "bars are at most 5,000 high")]
pub fn velocity(pace: &Pace, locale: Locale) -> String {
    let t = &locale.catalogue().pages.plan;
    let (above, below) = pace.most();
    let unit = UNIT.min(ABOVE / above as f64).min(BELOW / below as f64);
    let width = 100.0 / pace.weeks.len().max(1) as f64;
    let past = pace.now.map_or(pace.weeks.len(), |n| n + 1);
    let list = |count: fn(&Week) -> usize| {
        let numbers = pace.weeks.iter().take(past).map(|w| count(w).to_string());
        numbers.collect::<Vec<_>>().join(", ")
    };
    let label = fill(
        t.pace_label,
        &[
            ("n", &past),
            ("stories", &list(|w| w.stories_done)),
            ("items", &list(|w| w.items_closed)),
        ],
    );
    let mut svg = format!(
        r#"<svg class="velocity" role="img" aria-label="{}">"#,
        escape(&label)
    );
    // Writing to a string cannot fail, here and below.
    let _ = write!(
        svg,
        r#"<rect class="g-band" x="0" y="{BAND}" width="100%" height="{BAND_HEIGHT}"/>"#
    );
    for (n, week) in pace.weeks.iter().enumerate() {
        let x = width * n as f64;
        let now = pace.now == Some(n);
        if now {
            let _ = write!(
                svg,
                r#"<rect class="g-now" x="{}%" y="{BAND}" width="{}%" height="{BAND_HEIGHT}"/>"#,
                short(x),
                short(width)
            );
        }
        let class = if now { "g-nowtext" } else { "g-bandtext" };
        let _ = write!(
            svg,
            r#"<text class="{class} v-week" x="{}%" y="171" text-anchor="middle">{}</text>"#,
            short(x + width / 2.0),
            n + 1
        );
        let column = Column {
            x,
            width,
            unit,
            over: n < past,
        };
        column.up(&mut svg, week.stories_planned, week.stories_done);
        column.down(&mut svg, week.items_due, week.items_closed);
    }
    svg.push_str("</svg>");
    svg
}

/// A week's place on the chart.
struct Column {
    x: f64,
    width: f64,
    unit: f64,
    /// Whether it has come: before that nothing done is not news.
    over: bool,
}

#[allow(clippy::cast_precision_loss, reason = "bars are at most 5,000 high")]
impl Column {
    fn up(&self, svg: &mut String, planned: usize, done: usize) {
        let height = |n: usize| n as f64 * self.unit;
        let band = f64::from(BAND);
        self.bar(svg, "v-plan", band - height(planned), height(planned));
        self.bar(svg, "g-done", band - height(done), height(done));
        let inside = height(done) >= 16.0;
        let y = if inside {
            band - 6.0
        } else {
            band - height(done) - 5.0
        };
        self.number(svg, done, y, inside);
    }

    fn down(&self, svg: &mut String, planned: usize, done: usize) {
        let base = f64::from(BAND + BAND_HEIGHT);
        let height = |n: usize| n as f64 * self.unit;
        self.bar(svg, "v-plan", base, height(planned));
        self.bar(svg, "g-done", base, height(done));
        let inside = height(done) >= 16.0;
        let y = if inside {
            base + 15.0
        } else {
            base + height(done) + 14.0
        };
        self.number(svg, done, y, inside);
    }

    fn bar(&self, svg: &mut String, class: &str, y: f64, height: f64) {
        if height <= 0.0 {
            return;
        }
        let (x, width) = (self.x + self.width * 0.15, self.width * 0.7);
        let _ = write!(
            svg,
            r#"<rect class="{class}" x="{}%" y="{}" width="{}%" height="{}"/>"#,
            short(x),
            short(y),
            short(width),
            short(height)
        );
    }

    fn number(&self, svg: &mut String, n: usize, y: f64, inside: bool) {
        if !self.over {
            return;
        }
        let class = if inside { "g-onbar" } else { "g-text" };
        let x = self.x + self.width / 2.0;
        let _ = write!(
            svg,
            r#"<text class="{class}" x="{}%" y="{}" text-anchor="middle">{n}</text>"#,
            short(x),
            short(y)
        );
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::charts::testing::{noon, planned, run, running, seen};

    fn pace(launch: &Launch, day: i64) -> Pace {
        let (launch, assessment) = seen(launch, day);
        Pace::of(&View {
            launch: launch.into(),
            assessment,
            pending: 0,
        })
    }

    #[test]
    fn stories_count_in_the_week_in_which_they_were_done() {
        let pace = pace(&running(), 31);
        let done: Vec<_> = pace.weeks.iter().map(|w| w.stories_done).collect();
        assert_eq!(done, [1, 2, 0, 0, 0, 0, 0, 0, 0, 0]);
        let planned: Vec<_> = pace.weeks.iter().map(|w| w.stories_planned).collect();
        assert_eq!(planned, [1, 1, 1, 1, 1, 1, 0, 0, 0, 0]);
        assert_eq!(pace.now, Some(4));
    }

    #[test]
    fn items_count_in_the_week_in_which_they_were_closed() {
        let pace = pace(&running(), 31);
        assert_eq!(pace.weeks.iter().map(|w| w.items_closed).sum::<usize>(), 1);
        assert_eq!(pace.weeks[4].items_closed, 1);
        assert_eq!(pace.weeks[9].items_due, 3);
    }

    #[test]
    fn what_was_waived_or_struck_counts_as_closed_as_it_does_everywhere() {
        let mut launch = running();
        let before = pace(&launch, 31);
        let two = startklar::PersonId::from_number(2);
        let approver = json!({"set_member": {"person": two, "approves": true}});
        run(&mut launch, 8, approver);
        run(
            &mut launch,
            9,
            json!({"ask_waiver": {"item": "warm-up", "until": "2026-06-01", "reason": "later"}}),
        );
        let grant: startklar::Command =
            serde_json::from_value(json!({"grant_exemption": {"item": "warm-up"}}))
                .unwrap_or_else(|e| panic!("{e}"));
        let by = startklar::Actor::person(two);
        let events = startklar::decide(&launch, &grant, &by, noon(10)).unwrap_or_default();
        for event in events {
            launch.apply_at(&event, noon(10), two);
        }
        let after = pace(&launch, 31);
        assert_eq!(
            after.weeks[1].items_closed,
            before.weeks[1].items_closed + 1
        );
        let (launch, assessment) = seen(&launch, 31);
        let closed = startklar::Discipline::ALL.map(|d| assessment.tally(&launch, d).0);
        let weeks = after.weeks.iter().map(|w| w.items_closed);
        assert_eq!(weeks.sum::<usize>(), closed.iter().sum::<usize>());
    }

    #[test]
    fn an_empty_launch_draws_its_weeks() {
        let svg = velocity(&pace(&planned(4, 28), -1), Locale::En);
        assert_eq!(svg.matches("v-week").count(), 4);
        assert!(!svg.contains("g-done") && !svg.contains("NaN"));
        assert_eq!(
            velocity(&Pace::default(), Locale::De)
                .matches("<text")
                .count(),
            0
        );
    }
}
