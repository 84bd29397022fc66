//! The open items that the launch waits for, prepared for the futures.
//!
//! There is no public data on readiness items. The figures here are set by judgement, so that a launch
//! whose items begin by their last safe starts is rather ready than not, and one where a discipline
//! lets them pass is not.

use super::{
    super::{
        number::{exp, float, ln},
        random::{STEPS, table},
    },
    waits::Waits,
};
use crate::{
    engine::{Assessment, ItemState, Rule, Subject, lapses},
    id::PersonId,
    model::{Discipline, EpicIx, Item, ItemIx, Launch, Policy},
    order::sort_by_key,
    time::days_between,
};

/// The time that an item takes half the times, as a share of its lead time: a lead time is meant to
/// be safe, so most items take less.
const HALF_TIME: f64 = 0.7;
/// Spread of the logarithm of that time, so that 49 of 50 items take no longer than their lead time:
/// ln(1 / 0.7) / 2.054.
const SPREAD: f64 = 0.174;
/// Share of its variance that the items of a discipline have in common.
const IN_COMMON: f64 = 0.5;
/// Share of its time that an item takes after the last of those that it needs.
pub(super) const AFTER_NEEDS: f64 = 0.2;
/// Mean days until somebody confirms, verifies or accepts.
pub(super) const WORD_DAYS: f64 = 2.0;
/// Lead time of an item that a discipline lacks, in days: four weeks are usual for an offer or a
/// campaign.
const MISSING_DAYS: f64 = 28.0;
/// How many items one person works on at once; others wait.
pub(super) const AT_ONCE: usize = Policy::AT_ONCE;

/// Factors on the time of an item, for each normal draw: of its discipline, of its own.
pub(super) struct Factors {
    pub(super) common: [f64; STEPS],
    pub(super) own: [f64; STEPS],
}

impl Factors {
    pub(super) fn new() -> Self {
        let (common, own) = (IN_COMMON.sqrt(), (1.0 - IN_COMMON).sqrt());
        Self {
            common: table(|z| exp(SPREAD * common * z)),
            own: table(|z| exp(SPREAD * own * z)),
        }
    }
}

/// How a task begins.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Begin {
    /// Only a word of somebody is missing.
    Word,
    /// Nothing but what it needs.
    Needs,
    /// It runs. For each step of its discipline's factor: the first step of its own with which it
    /// is not over yet.
    Running { elapsed: f64, least: Box<[u16]> },
    /// It begins within so many days, or that late. Where a what-if has moved the launch moment, `was`
    /// is the window without it, and the same otherwise.
    Later { window: f64, was: f64, waits: Waits },
}

/// Something that has to be closed.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Task {
    pub(super) subject: Subject,
    /// Its place among the rows of all tasks that draw random numbers.
    pub(super) row: usize,
    pub(super) discipline: Discipline,
    /// The place of the person who does it, where one is named and works on it.
    pub(super) person: Option<usize>,
    /// Days that it takes half the times.
    pub(super) days: f64,
    pub(super) begin: Begin,
    /// The places of the tasks that it needs.
    pub(super) needs: Vec<usize>,
    /// The epics that it needs, by row.
    pub(super) epics: Vec<usize>,
}

/// All tasks, in the order in which they begin.
pub(super) struct Tasks {
    pub(super) all: Vec<Task>,
    /// Their places so that what is needed comes first.
    pub(super) settled: Vec<usize>,
    /// How many people work on them.
    pub(super) people: usize,
    /// How many rows draw random numbers.
    pub(super) rows: usize,
    /// Items that are closed already.
    pub(super) closed: usize,
    /// How many stories of each epic are open; empty where no task needs an epic.
    pub(super) epics: Vec<usize>,
}

impl Tasks {
    /// `moved`: by so many days a what-if has moved the launch moment.
    pub(super) fn of(
        launch: &Launch,
        assessment: &Assessment,
        factors: &Factors,
        moved: i64,
    ) -> Self {
        let waits = Waits::of(launch, assessment, moved);
        let mut found: Vec<(Task, ItemIx)> = Vec::new();
        let mut people: Vec<PersonId> = Vec::new();
        let mut closed = 0;
        for (ix, item) in launch
            .items
            .each()
            .filter(|(ix, _)| assessment.is_required(*ix))
        {
            let state = assessment.item(ix);
            if state.is_closed() && lapses(launch, item, state).is_none() {
                closed += 1;
                continue;
            }
            let begin = begin(
                launch,
                assessment,
                ix,
                item,
                (waits[item.discipline.pos()], moved),
                factors,
            );
            let works = matches!(begin, Begin::Running { .. } | Begin::Later { .. });
            let person = item
                .owner
                .filter(|_| works)
                .map(|who| place(&mut people, who));
            let task = Task {
                subject: Subject::Item(ix),
                row: ix.pos(),
                discipline: item.discipline,
                person,
                days: half_time(item),
                begin,
                needs: Vec::new(),
                epics: assessment
                    .epics_needed(launch, item)
                    .map(EpicIx::pos)
                    .collect(),
            };
            found.push((task, ix));
        }
        sort_by_key(&mut found, |(task, ix)| {
            order(launch, assessment, task, *ix)
        });
        let mut places = vec![None; launch.items.len()];
        for (at, (_, ix)) in found.iter().enumerate() {
            places[ix.pos()] = Some(at);
        }
        for (task, ix) in &mut found {
            let needs = launch.items.at(*ix).map_or(&[][..], |item| &item.needs);
            let place = |need: &ItemIx| places.get(need.pos()).copied().flatten();
            task.needs = needs.iter().filter_map(place).collect();
        }
        let mut tasks: Vec<Task> = found.into_iter().map(|(task, _)| task).collect();
        tasks.extend(missing(launch, assessment, &waits, moved));
        Self {
            settled: settled(&tasks),
            people: people.len(),
            rows: launch.items.len() + Discipline::ALL.len(),
            closed,
            epics: open_stories(launch, &tasks),
            all: tasks,
        }
    }
}

/// What runs comes first; within both, what should begin first by its last safe start.
fn order(launch: &Launch, assessment: &Assessment, task: &Task, ix: ItemIx) -> (bool, i64) {
    let start = assessment.last_safe_start(launch, ix);
    let days = start.map_or(0, |start| days_between(assessment.today, start));
    (matches!(task.begin, Begin::Later { .. }), days)
}

fn place(people: &mut Vec<PersonId>, who: PersonId) -> usize {
    people.iter().position(|p| *p == who).unwrap_or_else(|| {
        people.push(who);
        people.len() - 1
    })
}

fn half_time(item: &Item) -> f64 {
    HALF_TIME * f64::from(item.lead_days)
}

fn begin(
    launch: &Launch,
    assessment: &Assessment,
    ix: ItemIx,
    item: &Item,
    (waits, moved): (Waits, i64),
    factors: &Factors,
) -> Begin {
    let running = |since| {
        let elapsed = days_between(launch.day(since), assessment.today).max(0);
        let elapsed = float(usize::try_from(elapsed).unwrap_or(0));
        Begin::Running {
            elapsed,
            least: least(elapsed, half_time(item), factors),
        }
    };
    match (assessment.item(ix), item.begun) {
        (ItemState::NeedsOpen, _) => Begin::Needs,
        (ItemState::EvidenceMissing | ItemState::SecondPerson | ItemState::Stale(_), _) => {
            Begin::Word
        }
        (_, Some(begun)) => running(begun.at),
        (_, None) => {
            let start = assessment.last_safe_start(launch, ix);
            let days = start.map_or(0, |start| days_between(assessment.today, start));
            Begin::Later {
                window: window(days),
                was: window(days - moved),
                waits,
            }
        }
    }
}

/// Days until a last safe start; none where it is over.
fn window(days: i64) -> f64 {
    float(usize::try_from(days).unwrap_or(0))
}

/// For each step of the common factor, the first step of the own one that makes an item last longer
/// than it has.
fn least(elapsed: f64, days: f64, factors: &Factors) -> Box<[u16]> {
    let first = |common: &f64| {
        let first = factors
            .own
            .partition_point(|own| days * common * own <= elapsed);
        u16::try_from(first).unwrap_or(u16::MAX)
    };
    factors.common.iter().map(first).collect()
}

/// A discipline without an item is not closed: it lacks one that nobody has begun.
fn missing(
    launch: &Launch,
    assessment: &Assessment,
    waits: &[Waits; Discipline::ALL.len()],
    moved: i64,
) -> Vec<Task> {
    let lacking = assessment.by_rule(Rule::DisciplineMissing);
    let mut disciplines: Vec<Discipline> = lacking.map(|finding| finding.discipline).collect();
    disciplines.sort_unstable();
    disciplines.dedup();
    let day = launch.launch_day().unwrap_or(assessment.today);
    let left = days_between(assessment.today, day);
    let room = |left| (window(left) - MISSING_DAYS).max(0.0);
    let task = |discipline: Discipline| Task {
        subject: Subject::Discipline(discipline),
        row: launch.items.len() + discipline.pos(),
        discipline,
        person: None,
        days: HALF_TIME * MISSING_DAYS,
        begin: Begin::Later {
            window: room(left),
            was: room(left - moved),
            waits: waits[discipline.pos()],
        },
        needs: Vec::new(),
        epics: Vec::new(),
    };
    disciplines.into_iter().map(task).collect()
}

/// How many stories of each epic are open, if that matters to a task.
fn open_stories(launch: &Launch, tasks: &[Task]) -> Vec<usize> {
    if tasks.iter().all(|task| task.epics.is_empty()) {
        return Vec::new();
    }
    let mut open = vec![0; launch.epics.len()];
    for story in launch.stories.rows().iter().filter(|s| s.is_open()) {
        if let Some(count) = open.get_mut(story.epic.pos()) {
            *count += 1;
        }
    }
    open
}

/// The places of the tasks so that what is needed comes before what needs it. Items never need each
/// other in a circle; where they did, the circle would be left out.
fn settled(tasks: &[Task]) -> Vec<usize> {
    let mut waits_for: Vec<usize> = tasks.iter().map(|task| task.needs.len()).collect();
    let mut needed_by = vec![Vec::new(); tasks.len()];
    for (at, task) in tasks.iter().enumerate() {
        for need in &task.needs {
            needed_by[*need].push(at);
        }
    }
    let mut out: Vec<usize> = (0..tasks.len()).filter(|at| waits_for[*at] == 0).collect();
    let mut next = 0;
    while let Some(at) = out.get(next).copied() {
        next += 1;
        for above in &needed_by[at] {
            waits_for[*above] -= 1;
            if waits_for[*above] == 0 {
                out.push(*above);
            }
        }
    }
    out
}

/// Equally likely values of the exponential distribution with mean 1, ascending.
pub(super) fn exponential() -> [f64; STEPS] {
    let raw: [f64; STEPS] = std::array::from_fn(|i| -ln(1.0 - (float(i) + 0.5) / float(STEPS)));
    let mean = raw.iter().sum::<f64>() / float(STEPS);
    raw.map(|v| v / mean)
}
