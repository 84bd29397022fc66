//! A launch week by week: at which moments it is looked at, what it was worth at each, and what
//! turned from one to the next.
//!
//! ```
//! use startklar::{Policy, assess, plan::Plan, time, weeks::{Standing, Turn, turn, weeks}};
//!
//! let file = include_str!("../samples/metakube.en.toml");
//! let now = time::parse_instant("2026-04-16T12:20:00Z")?;
//! let plan = Plan::read(file).unwrap();
//! let weeks = weeks(&plan.launch(Some(now)).unwrap(), now);
//! assert_eq!(weeks.len(), 7, "it is in its seventh week");
//! let last = weeks.last().unwrap();
//! assert!(!last.over && last.at == now);
//! # Ok::<(), chrono::ParseError>(())
//! ```

use chrono::{NaiveDate, TimeDelta};

use crate::{
    engine::{Assessment, Course, Stage},
    forecast::{LaunchForecast, Share, course},
    model::{Lane, Launch},
    time::{Instant, days_between, plus},
};

/// Most weeks that are told: a launch that was forgotten would go on for ever.
pub const WEEKS_MAX: u16 = 104;

/// So many thousandths more or fewer of the futures are news.
const NEWS: u16 = 100;

/// A week of a launch, and the moment at which it is looked at.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Week {
    /// Its number; the launch begins with week 1.
    pub number: u16,
    /// Its last day, or today while it is under way.
    pub day: NaiveDate,
    /// The end of that day; now while it is under way.
    pub at: Instant,
    /// Whether it is over.
    pub over: bool,
}

/// The weeks of a launch from the first one of which something is known up to now; of one that was
/// launched up to the end of its watch.
pub fn weeks(launch: &Launch, now: Instant) -> Vec<Week> {
    let Some(schedule) = &launch.schedule else {
        return Vec::new();
    };
    let end = launch.launched.map_or(now, |launched| {
        let watched = plus(launch.day(launched.at), schedule.watch_days.into());
        let watched = schedule.zone.end_of(watched);
        let closed = launch.watch_closed.map_or(watched, |closed| closed.at);
        closed.max(launched.at).min(now)
    });
    let today = launch.day(now);
    let last = days_between(schedule.start, launch.day(end)).div_euclid(7) + 1;
    let last = u16::try_from(last.max(0)).map_or(WEEKS_MAX, |last| last.min(WEEKS_MAX));
    let week = |number: u16| {
        let day = plus(schedule.start, 7 * i64::from(number) - 1);
        let over = day < today;
        let day = day.min(today);
        let at = schedule.zone.end_of(day) - TimeDelta::milliseconds(1);
        Week {
            number,
            day,
            at: if over { at } else { now },
            over,
        }
    };
    let known = |week: &Week| week.at >= schedule.planned;
    (1..=last).map(week).filter(known).collect()
}

/// A forecast in short: both lanes and what comes of them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Chances {
    /// The futures in which everything is ready in time.
    pub ready: Share,
    /// Those in which the stories are.
    pub stories: Share,
    /// Those in which the items are.
    pub items: Share,
    /// Where the stories are heading.
    pub stories_course: Course,
    /// Where the items are heading.
    pub items_course: Course,
    /// Where both are heading.
    pub course: Course,
    /// Whether too little is known of the team.
    pub young: bool,
    /// Whether something is open.
    pub open: bool,
}

impl From<&LaunchForecast> for Chances {
    fn from(forecast: &LaunchForecast) -> Self {
        Self {
            ready: forecast.ready,
            stories: forecast.technical.ready,
            items: forecast.items.ready,
            stories_course: forecast.technical.course,
            items_course: forecast.items.course,
            course: forecast.course,
            young: forecast.young,
            open: !forecast.last.is_empty(),
        }
    }
}

/// What a launch was worth at the end of a week.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Standing {
    /// Where it stood.
    pub stage: Stage,
    /// Whether hardly a story was open.
    pub nearly_built: bool,
    /// Where it was heading.
    pub course: Course,
    /// What was to be expected; none where there was nothing to forecast.
    pub chances: Option<Chances>,
    /// Blockers of the technical and of the other disciplines.
    pub blockers: [usize; 2],
}

impl Standing {
    /// What a launch is worth by its assessment and forecast.
    pub fn of(launch: &Launch, assessment: &Assessment, chances: Option<Chances>) -> Self {
        let of = |lane| {
            assessment
                .blockers()
                .filter(move |f| f.discipline.lane() == lane)
        };
        Self {
            stage: assessment.stage,
            nearly_built: assessment.sentence(launch).is_nearly_built(),
            course: chances.map_or_else(|| course(assessment, None), |chances| chances.course),
            chances,
            blockers: [Lane::Technical, Lane::NonTechnical].map(|lane| of(lane).count()),
        }
    }

    /// Whether everything is built, or all but built.
    const fn is_built(&self) -> bool {
        self.nearly_built || matches!(self.stage, Stage::TechnicallyDone | Stage::Ready(_))
    }

    /// Built, and what sells, supports and pays for it is not there.
    const fn is_unsellable(&self) -> bool {
        self.is_built() && self.blockers[1] > 0
    }

    fn is_off(&self, lane: impl Fn(Chances) -> Course) -> bool {
        self.chances.map(lane) == Some(Course::OffCourse)
    }

    /// Whether it is at risk, and by more than the stories of a team of which too little is known.
    fn is_at_risk(&self) -> bool {
        let known = |c: Chances| !c.young || c.items_course == Course::AtRisk;
        self.course == Course::AtRisk && self.chances.is_none_or(known)
    }

    const fn is_over(&self) -> bool {
        matches!(self.stage, Stage::Launched | Stage::Done(_))
    }
}

/// What turned in a week.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Turn {
    /// Too little is known of the team, and nothing is late: no alarm.
    TooEarly,
    /// The items went off course, and the stories are not.
    ItemsOff,
    /// The stories went off course, and the items are not.
    StoriesOff,
    /// Both are off course, and were not the week before.
    BothOff,
    /// It went off course as a whole.
    Off,
    /// It is no longer off course.
    Recovered,
    /// It came to be at risk.
    AtRisk,
    /// The chance that everything is ready fell.
    Fell {
        /// From so many of the futures.
        from: Share,
        /// To so many.
        to: Share,
    },
    /// The stories' chance rose, for whatever reason.
    Rose {
        /// From so many of the futures.
        from: Share,
        /// To so many.
        to: Share,
    },
    /// All but built, and so many blockers of other disciplines stand.
    Unsellable(usize),
    /// Nothing: it is all but built as it was, and so many of them still stand.
    StillUnsellable(usize),
    /// No blocker is left.
    Ready,
    /// It was launched.
    Launched,
    /// The launch is done.
    Done,
    /// Nothing, and it stays off course.
    StillOff,
    /// Nothing.
    Nothing,
}

/// What turned from one week to the next; of the first one what it began with.
pub fn turn(before: Option<&Standing>, now: &Standing) -> Turn {
    let was = |is: fn(&Standing) -> bool| before.is_some_and(is);
    let news = |is: fn(&Standing) -> bool| is(now) && !was(is);
    let items_off: fn(&Standing) -> bool = |s| s.is_off(|c| c.items_course);
    let stories_off: fn(&Standing) -> bool = |s| s.is_off(|c| c.stories_course);
    if news(|s| matches!(s.stage, Stage::Done(_))) {
        Turn::Done
    } else if news(|s| matches!(s.stage, Stage::Launched)) {
        Turn::Launched
    } else if now.is_over() {
        Turn::Nothing
    } else if news(|s| matches!(s.stage, Stage::Ready(_))) {
        Turn::Ready
    } else if news(Standing::is_unsellable) {
        Turn::Unsellable(now.blockers[1])
    } else if news(items_off) || news(stories_off) {
        match (items_off(now), stories_off(now)) {
            (true, true) => Turn::BothOff,
            (true, false) => Turn::ItemsOff,
            _ => Turn::StoriesOff,
        }
    } else if news(|s| s.course == Course::OffCourse) {
        Turn::Off
    } else if was(|s| s.course == Course::OffCourse) && now.course != Course::OffCourse {
        Turn::Recovered
    } else if news(Standing::is_at_risk) {
        Turn::AtRisk
    } else {
        went_on(before, now)
    }
}

/// A week without a turn of its own: what a chance did, or how it stays. That what is built cannot
/// be sold is told again and again, above all better chances.
fn went_on(before: Option<&Standing>, now: &Standing) -> Turn {
    let unsellable = now.is_unsellable();
    if let Some((before, now)) = before.and_then(|s| s.chances).zip(now.chances) {
        let is_news = |less: Share, more: Share| more.thousandths() >= less.thousandths() + NEWS;
        let (from, to) = (before.ready, now.ready);
        // The chances of a young team say little, and a fall of them is no alarm.
        if is_news(to, from) && !now.young {
            return Turn::Fell { from, to };
        }
        let (from, to) = (before.stories, now.stories);
        if is_news(from, to) && !unsellable {
            return Turn::Rose { from, to };
        }
    }
    match now.chances {
        _ if unsellable => Turn::StillUnsellable(now.blockers[1]),
        _ if now.course == Course::OffCourse => Turn::StillOff,
        Some(chances) if chances.young => Turn::TooEarly,
        _ => Turn::Nothing,
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::engine::testing::*;

    fn numbers(told: &Told, now: &str) -> Vec<(u16, String, bool)> {
        let now = crate::time::parse_instant(now).unwrap();
        let all = weeks(&told.launch, now).into_iter();
        all.map(|w| (w.number, w.day.to_string(), w.over)).collect()
    }

    #[test]
    fn a_week_that_is_over_ends_with_its_last_day_and_this_one_now() {
        let told = launch();
        let week = |n, day: &str, over| (n, day.to_owned(), over);
        assert_eq!(
            numbers(&told, "2026-03-18T10:00:00Z"),
            [
                week(1, "2026-03-08", true),
                week(2, "2026-03-15", true),
                week(3, "2026-03-18", false)
            ]
        );
        assert_eq!(numbers(&told, "2026-02-27T10:00:00Z"), []);
    }

    /// What a launch is worth whose stories and items have these chances, in thousandths.
    fn worth(stories: u16, items: u16) -> Standing {
        let share = |n: u16| serde_json::from_value::<Share>(json!(n)).unwrap();
        let heading = |n: u16| match n {
            ..200 => Course::OffCourse,
            200..600 => Course::AtRisk,
            _ => Course::OnCourse,
        };
        let ready = stories.min(items);
        Standing {
            stage: Stage::Building,
            nearly_built: false,
            course: heading(ready),
            chances: Some(Chances {
                ready: share(ready),
                stories: share(stories),
                items: share(items),
                stories_course: heading(stories),
                items_course: heading(items),
                course: heading(ready),
                young: false,
                open: true,
            }),
            blockers: [5, 5],
        }
    }

    #[test]
    fn what_turned_is_what_was_not_so_the_week_before() {
        let well = worth(700, 700);
        let turned = |before: Standing, now: Standing| turn(Some(&before), &now);
        assert_eq!(turned(well, worth(700, 100)), Turn::ItemsOff);
        assert_eq!(turned(well, worth(100, 700)), Turn::StoriesOff);
        assert_eq!(turned(well, worth(100, 100)), Turn::BothOff);
        assert_eq!(turned(worth(700, 100), worth(100, 100)), Turn::BothOff);
        assert_eq!(turned(worth(700, 100), worth(700, 150)), Turn::StillOff);
        assert_eq!(turned(worth(700, 100), worth(700, 300)), Turn::Recovered);
        assert_eq!(turned(well, worth(799, 700)), Turn::Nothing);
        assert!(matches!(turned(well, worth(800, 700)), Turn::Rose { .. }));
        // It rose, but that is not the news.
        assert_eq!(turned(well, worth(900, 100)), Turn::ItemsOff);
    }

    #[test]
    fn a_turn_for_the_worse_is_told_before_it_is_off_course() {
        let turned = |before: Standing, now: Standing| turn(Some(&before), &now);
        assert_eq!(turned(worth(900, 900), worth(900, 590)), Turn::AtRisk);
        assert_eq!(turned(worth(700, 700), worth(900, 300)), Turn::AtRisk);
        let fell = turned(worth(550, 900), worth(450, 900));
        assert!(matches!(fell, Turn::Fell { .. }), "{fell:?}");
        let fell = turned(worth(990, 990), worth(700, 990));
        assert!(matches!(fell, Turn::Fell { .. }), "{fell:?}");
        assert_eq!(turned(worth(550, 900), worth(451, 900)), Turn::Nothing);
        assert_eq!(turned(worth(700, 100), worth(700, 300)), Turn::Recovered);
        assert_eq!(turn(None, &worth(700, 300)), Turn::AtRisk);
        // Of a young team a fall is no alarm.
        let young = |mut standing: Standing| {
            standing.chances = standing.chances.map(|c| Chances { young: true, ..c });
            standing.course = Course::NotEnoughKnown;
            standing
        };
        let turned = turned(young(worth(550, 900)), young(worth(300, 900)));
        assert_eq!(turned, Turn::TooEarly);
    }

    #[test]
    fn it_stays_off_course_only_where_it_was_and_never_once_launched() {
        let off = |standing: Standing| Standing {
            course: Course::OffCourse,
            ..standing
        };
        let unknown = off(Standing {
            chances: None,
            ..worth(0, 0)
        });
        assert_eq!(turn(None, &unknown), Turn::Off);
        assert_eq!(turn(Some(&worth(700, 700)), &unknown), Turn::Off);
        assert_eq!(turn(Some(&unknown), &unknown), Turn::StillOff);
        // Together they are off course, and neither is by itself.
        let both = off(worth(400, 400));
        assert_eq!(turn(Some(&worth(400, 450)), &both), Turn::Off);
        let launched = Standing {
            stage: Stage::Launched,
            ..unknown
        };
        assert_eq!(turn(Some(&launched), &launched), Turn::Nothing);
        let calm = Standing {
            course: Course::OnCourse,
            ..launched
        };
        assert_eq!(turn(Some(&launched), &calm), Turn::Nothing);
        assert_eq!(turn(Some(&calm), &launched), Turn::Nothing);
    }

    #[test]
    fn built_without_the_rest_is_told_until_it_ends_and_a_launch_before_all() {
        let built = Standing {
            stage: Stage::TechnicallyDone,
            blockers: [0, 3],
            ..worth(1000, 100)
        };
        assert_eq!(turn(Some(&worth(900, 100)), &built), Turn::Unsellable(3));
        assert_eq!(turn(None, &built), Turn::Unsellable(3));
        assert_eq!(turn(Some(&built), &built), Turn::StillUnsellable(3));
        // That the stories' chance rose is no news beside it.
        let nearly = Standing {
            nearly_built: true,
            ..worth(500, 100)
        };
        assert_eq!(turn(Some(&nearly), &built), Turn::StillUnsellable(3));
        let sellable = Standing {
            blockers: [3, 0],
            ..built
        };
        assert_eq!(turn(Some(&built), &sellable), Turn::StillOff);
        let launched = Standing {
            stage: Stage::Launched,
            chances: None,
            ..built
        };
        assert_eq!(turn(Some(&built), &launched), Turn::Launched);
        let young = |mut standing: Standing| {
            standing.chances = standing.chances.map(|c| Chances { young: true, ..c });
            standing
        };
        assert_eq!(turn(None, &young(worth(440, 800))), Turn::TooEarly);
    }

    #[test]
    fn a_launch_that_was_forgotten_ends_somewhere() {
        let told = launch();
        let all = numbers(&told, "2190-01-01T00:00:00Z");
        assert_eq!(all.len(), usize::from(WEEKS_MAX));
    }

    #[test]
    fn after_the_watch_nothing_is_told() {
        let mut told = launch().item("s", "sales", &json!({}));
        let at = crate::time::parse_instant("2026-05-12T10:00:00Z").unwrap();
        told.launch.launched = Some(crate::model::Stamp { at, by: LENA });
        let (last, day, over) = numbers(&told, "2026-12-01T00:00:00Z").pop().unwrap();
        let watched = i64::from(told.launch.schedule.as_ref().unwrap().watch_days);
        assert_eq!(i64::from(last), (71 + watched) / 7 + 1, "{day}");
        assert!(over);
    }
}
