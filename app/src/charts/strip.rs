//! The strip: the weeks of a launch as a band, technical disciplines above it, the others below,
//! each with the staircase of what it has closed. The shape says who began late before a word is
//! read.

mod draw;
mod flags;
mod room;
mod ruler;
mod shape;

use litemap::LiteMap;
use startklar::{
    Assessment, Discipline, Lane, Launch, PersonId,
    engine::{Rule, Subject},
};

use super::{
    scale::Scale,
    work::{self, Start, Work},
};

pub use draw::{Words, html, key};

/// Days of the plan after which a discipline that has not begun is said to begin late.
const LATE_BEGINNING: f64 = 14.0;
/// Days of a launch that fit beside each other with a mark for each day.
const DAYS: u32 = 98;

/// Counted marks that fit beside each other.
const MARKS: f64 = 45.0;

/// Everything on the strip.
#[derive(Debug)]
pub struct Strip<'a> {
    /// Where its days stand.
    pub scale: Scale<'a>,
    /// The disciplines that owe something, technical ones first.
    pub rows: Vec<Row>,
}

/// A discipline on the strip.
#[derive(Debug, Clone, PartialEq)]
pub struct Row {
    /// Which.
    pub discipline: Discipline,
    /// Who speaks for it.
    pub lead: Option<PersonId>,
    /// Stories and items it owes.
    pub all: usize,
    /// How many of them are closed.
    pub closed: usize,
    /// How many of the open ones are stories.
    pub open_stories: usize,
    /// How many are late.
    pub late: usize,
    /// Where its work began.
    pub begun: Option<f64>,
    /// Whether that was late, or is going to be.
    pub begun_late: bool,
    /// Where how many were closed, ascending.
    pub steps: Vec<(f64, usize)>,
    /// Its last safe starts.
    pub marks: Vec<Marks>,
    /// Whether it is required and owes nothing: then it is missing.
    pub missing: bool,
}

/// The last safe starts at one place.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Marks {
    /// The day.
    pub at: f64,
    /// Missed, and not begun.
    pub missed: usize,
    /// Still to come.
    pub ahead: usize,
    /// Missed, and begun since.
    pub slow: usize,
    /// Met.
    pub met: usize,
}

impl<'a> Strip<'a> {
    /// The strip of a launch; `None` before it is planned.
    pub fn of(launch: &'a Launch, assessment: &Assessment) -> Option<Self> {
        let scale = Scale::of(launch, assessment)?;
        let works = work::of(launch, assessment);
        let rows = Discipline::ALL
            .into_iter()
            .filter_map(|d| row(launch, assessment, &scale, &works, d))
            .collect();
        Some(Self { scale, rows })
    }

    /// The rows of a lane.
    pub fn lane(&self, lane: Lane) -> impl Iterator<Item = &Row> {
        self.rows
            .iter()
            .filter(move |r| r.discipline.lane() == lane)
    }
}

fn row(
    launch: &Launch,
    assessment: &Assessment,
    scale: &Scale<'_>,
    works: &[Work],
    discipline: Discipline,
) -> Option<Row> {
    let own = || {
        works
            .iter()
            .filter(|w| w.discipline == discipline && w.gone.is_none())
    };
    let all = own().count();
    let missing = assessment
        .by_rule(Rule::DisciplineMissing)
        .any(|f| f.subject == Subject::Discipline(discipline));
    if all == 0 && !missing {
        return None;
    }
    let begun = own()
        .filter_map(|w| w.begun)
        .min()
        .map(|at| scale.at(at).max(0.0));
    let since = begun.unwrap_or(scale.now) - f64::from(7 * scale.before);
    Some(Row {
        discipline,
        lead: launch.leads.get(&discipline).copied(),
        all,
        closed: own().filter(|w| w.closed.is_some()).count(),
        open_stories: own().filter(|w| w.story && w.is_open()).count(),
        late: own().filter(|w| w.late).count(),
        begun,
        begun_late: all > 0 && since >= LATE_BEGINNING,
        steps: steps(scale, own()),
        marks: marks(scale, own()),
        missing,
    })
}

/// What was closed up to each day.
fn steps<'w>(scale: &Scale<'_>, works: impl Iterator<Item = &'w Work>) -> Vec<(f64, usize)> {
    let mut at: Vec<f64> = works
        .filter_map(|w| w.closed)
        .map(|closed| scale.at(closed).floor().max(0.0))
        .collect();
    startklar::order::sort_by(&mut at, f64::total_cmp);
    let mut steps: Vec<(f64, usize)> = Vec::new();
    for (n, at) in at.into_iter().enumerate() {
        match steps.last_mut() {
            Some(last) if last.0.total_cmp(&at).is_eq() => last.1 = n + 1,
            _ => steps.push((at, n + 1)),
        }
    }
    steps
}

/// Last safe starts by day; on a long strip by as many days as a mark is wide.
fn marks<'w>(scale: &Scale<'_>, works: impl Iterator<Item = &'w Work>) -> Vec<Marks> {
    let bucket = i64::from((scale.weeks * 7).div_ceil(DAYS));
    let mut found: LiteMap<i64, Marks> = LiteMap::new();
    for (day, start) in works.filter_map(|w| w.start) {
        let at = scale.day(day);
        if !(0.0..=scale.width()).contains(&at) {
            continue;
        }
        let place = startklar::time::days_between(chrono::NaiveDate::default(), day);
        let marks = found.entry(place.div_euclid(bucket)).or_insert(Marks {
            at,
            missed: 0,
            ahead: 0,
            slow: 0,
            met: 0,
        });
        marks.at = marks.at.min(at);
        match start {
            Start::Missed => marks.missed += 1,
            Start::Ahead => marks.ahead += 1,
            Start::Slow => marks.slow += 1,
            Start::Met => marks.met += 1,
        }
    }
    let found = found.into_tuple_vec().into_iter();
    merge(found.map(|(_, marks)| marks), scale.width() / MARKS)
}

/// Many marks at one place are drawn as one with a count, which needs room: those that stand too
/// close behind are counted with it.
fn merge(found: impl Iterator<Item = Marks>, room: f64) -> Vec<Marks> {
    let mut all: Vec<Marks> = Vec::new();
    for marks in found {
        match all.last_mut() {
            Some(last) if last.missed + last.ahead > 3 && marks.at - last.at < room => {
                last.missed += marks.missed;
                last.ahead += marks.ahead;
                last.slow += marks.slow;
                last.met += marks.met;
            }
            _ => all.push(marks),
        }
    }
    all
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "tests fail by panic")]
mod tests;
