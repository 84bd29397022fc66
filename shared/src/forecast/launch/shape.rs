//! The forecast from its futures: probabilities, dates, courses, fans.

use chrono::NaiveDate;

use super::{
    super::number::{float, floor},
    Fan, LaneForecast, LaunchForecast, Share,
    futures::{Futures, whole_days},
    last::last,
};
use crate::{
    engine::{Assessment, Course, Rule},
    model::Launch,
    time::{days_between, plus},
};

/// The probabilities of the dates.
const DATES: [f64; 3] = [0.5, 0.8, 0.9];
/// The probabilities of a fan.
const FAN: [f64; 5] = [0.1, 0.25, 0.5, 0.75, 0.9];
/// Below this probability a launch is off course. Set: a team that stalls falls below it, a new team
/// that begins slowly does not.
const OFF: f64 = 0.2;
/// From this probability on it is on course. Set: it will rather be ready than not, with something to
/// spare.
const ON: f64 = 0.6;

pub(super) fn forecast(
    launch: &Launch,
    assessment: &Assessment,
    mut futures: Futures,
) -> LaunchForecast {
    let last = last(launch, &futures);
    let mut both = joint(&futures);
    let fans = (technical_fan(&mut futures), items_fan(&futures));
    let n = both.len();
    let day = assessment.today;
    let launch_day = launch.launch_day().unwrap_or(day);
    let lane = |finish: &mut [f64], fan| {
        let ready = ready(finish, day, launch_day);
        LaneForecast {
            ready: Share::of(ready),
            dates: dates(finish, day),
            course: course(ready, day > launch_day && ready < 1.0),
            fan,
        }
    };
    let mut technical = lane(&mut futures.technical.finish, fans.0);
    let mut items = lane(&mut futures.items, fans.1);
    let joint = lane(&mut both, Vec::new());
    let unknown = futures.young && !futures.built;
    let storyless = assessment.by_rule(Rule::EpicEmpty).count();
    if (unknown || storyless > 0) && day <= launch_day {
        technical.course = Course::NotEnoughKnown;
    }
    if is_too_late(assessment, launch_day) {
        items.course = Course::OffCourse;
    }
    LaunchForecast {
        day,
        moment: launch_day,
        futures: n,
        ready: joint.ready,
        dates: joint.dates,
        course: together(technical.course, items.course, joint.course),
        technical,
        items,
        last,
        points: futures.points,
        pace: futures.pace,
        young: unknown,
        storyless,
    }
}

/// The later lane decides.
fn joint(futures: &Futures) -> Vec<f64> {
    let lanes = futures.technical.finish.iter().zip(&futures.items);
    lanes.map(|(built, closed)| built.max(*closed)).collect()
}

/// Share of the futures that end by the end of the launch day.
fn ready(finish: &[f64], day: NaiveDate, launch_day: NaiveDate) -> f64 {
    let left = days_between(day, launch_day);
    let in_time = |at: &&f64| whole_days(**at) <= left;
    float(finish.iter().filter(in_time).count()) / float(finish.len())
}

fn dates(finish: &mut [f64], day: NaiveDate) -> [NaiveDate; 3] {
    quantiles(finish, DATES).map(|days| plus(day, whole_days(days)))
}

/// The values that so large shares lie below, the shares ascending; changes the order. Each search goes
/// on where the one before has left what is larger.
fn quantiles<const N: usize>(sample: &mut [f64], shares: [f64; N]) -> [f64; N] {
    let all = sample.len();
    let mut from = 0;
    shares.map(|share| {
        let at = floor(share * float(all)).min(all.saturating_sub(1));
        let rest = sample.get_mut(from..).unwrap_or_default();
        if rest.is_empty() {
            return 0.0;
        }
        let value = *rest
            .select_nth_unstable_by(at.saturating_sub(from), f64::total_cmp)
            .1;
        from = at;
        value
    })
}

/// A lane's course by its probability.
fn course(ready: f64, missed: bool) -> Course {
    match ready {
        _ if missed => Course::OffCourse,
        ..OFF => Course::OffCourse,
        ..ON => Course::AtRisk,
        _ => Course::OnCourse,
    }
}

/// Whether the lead times that are left end after the launch moment, were everything begun today.
fn is_too_late(assessment: &Assessment, launch_day: NaiveDate) -> bool {
    assessment
        .outlook
        .closed
        .is_some_and(|day| day > launch_day)
}

/// The course of the launch. A lane that is known to be late is late whatever is not known of the
/// other.
const fn together(technical: Course, items: Course, joint: Course) -> Course {
    match (technical, items) {
        (Course::OffCourse, _) | (_, Course::OffCourse) => Course::OffCourse,
        (Course::NotEnoughKnown, Course::OnCourse) => Course::NotEnoughKnown,
        (Course::NotEnoughKnown, items) => items,
        _ => joint,
    }
}

fn technical_fan(futures: &mut Futures) -> Vec<Fan> {
    let lane = &mut futures.technical;
    let (so_far, first) = (lane.so_far, lane.week);
    let weeks = lane.done.iter_mut().enumerate();
    weeks
        .map(|(n, done)| Fan {
            week: week(first + n),
            done: quantiles(done, FAN).map(|done| whole(so_far + done)),
        })
        .collect()
}

fn items_fan(futures: &Futures) -> Vec<Fan> {
    let so_far = float(futures.tasks.closed);
    let all = futures.items.len();
    let weeks = futures.closed.iter().enumerate();
    weeks
        .map(|(n, counts)| Fan {
            week: week(futures.technical.week + n),
            done: FAN.map(|share| whole(so_far + float(counted(counts, share, all)))),
        })
        .collect()
}

/// The number that so large a share of counted futures lies below.
fn counted(counts: &[u32], share: f64, all: usize) -> usize {
    let wanted = share * float(all);
    let mut seen = 0.0;
    for (n, times) in counts.iter().enumerate() {
        seen += f64::from(*times);
        if seen > wanted {
            return n;
        }
    }
    counts.len().saturating_sub(1)
}

/// Rounded to whole points or pieces.
fn whole(amount: f64) -> u32 {
    u32::try_from(floor(amount + 0.5)).unwrap_or(u32::MAX)
}

fn week(n: usize) -> u16 {
    u16::try_from(n).unwrap_or(u16::MAX)
}
