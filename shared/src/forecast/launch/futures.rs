//! The simulated futures of a launch: each lane by itself, future for future side by side.

use std::cmp::Ordering;

use super::{
    super::{
        Size,
        number::{float, floor},
        random::{Generator, STEPS},
    },
    pace::Pace,
    tasks::{AFTER_NEEDS, AT_ONCE, Begin, Factors, Task, Tasks, WORD_DAYS, exponential},
    technical::{Lane, Technical},
};
use crate::{
    engine::{Assessment, Rule},
    model::{Discipline, Launch, Schedule},
    time::days_between,
};

/// The items draw from a seed of their own, so that the stories may draw as often as they like.
const ITEMS: u64 = 0x5EED_0F17_E75A_11CE;
/// So do the acceptances.
const ACCEPTANCE: u64 = 0x5EED_ACCE_97ED_0001;
/// So do the epics that items need.
const EPICS: u64 = 0x5EED_E91C_0000_0001;

/// Everything that came in the futures. Times are days from the beginning of today.
pub(super) struct Futures {
    pub(super) technical: Lane,
    pub(super) young: bool,
    pub(super) points: bool,
    pub(super) pace: Pace,
    /// Whether every story is done already.
    pub(super) built: bool,
    pub(super) tasks: Tasks,
    /// When the last item is closed in each future.
    pub(super) items: Vec<f64>,
    /// Which it is: its place among the tasks; none where all are closed.
    pub(super) last: Vec<Option<usize>>,
    /// For each week ahead how often how many further items are closed at its end.
    pub(super) closed: Vec<Vec<u32>>,
}

impl Futures {
    /// `moved`: by so many days a what-if has moved the launch moment.
    pub(super) fn draw(
        launch: &Launch,
        assessment: &Assessment,
        schedule: &Schedule,
        helpers: &[u8; Discipline::ALL.len()],
        moved: i64,
        size: Size,
    ) -> Option<Self> {
        let stories = Technical::of(launch, schedule, assessment.today)?;
        let mut technical = stories.simulate(size)?;
        let built = technical.finish.clone();
        if assessment.by_rule(Rule::EpicNotAccepted).next().is_some() || stories.open > 0.0 {
            accept(&mut technical.finish, size);
        }
        let factors = Factors::new();
        let tasks = Tasks::of(launch, assessment, &factors, moved);
        let gone = days_between(schedule.start, assessment.today).max(0) % 7;
        let weeks = technical.done.len();
        let mut closed = vec![vec![0; tasks.all.len() + 1]; weeks];
        let mut run = Run::new(&tasks, &factors, helpers, weeks);
        let mut generator = Generator::new(size.seed ^ ITEMS);
        let (mut items, mut last) = (
            Vec::with_capacity(size.futures),
            Vec::with_capacity(size.futures),
        );
        let mut epics = Epics::new(&tasks.epics, launch.open_stories(), size);
        for (built, accepted) in built.into_iter().zip(&technical.finish) {
            epics.draw(built, *accepted, &mut run.epics);
            let (finish, which) = run.future(&mut generator);
            run.count(
                7.0 - f64::from(i32::try_from(gone).unwrap_or(0)),
                &mut closed,
            );
            items.push(finish);
            last.push(which);
        }
        Some(Self {
            technical,
            young: stories.is_young(),
            points: stories.counts_points(),
            pace: Pace::of(&stories.weeks()),
            built: stories.open <= 0.0,
            tasks,
            items,
            last,
            closed,
        })
    }
}

/// When the epics that items need are technically done.
///
/// Nobody knows in which order the stories are built: each order is as likely. So an epic is built when
/// its last open story has its turn among all open ones, as if all took the same time. Then somebody
/// accepts it; the epic of the very last story when everything is accepted, others not later.
struct Epics {
    /// For each epic and each turn the probability that its last story has had it, from its first
    /// possible turn on; empty where none is open.
    turns: Vec<Vec<f64>>,
    all: usize,
    word: [f64; STEPS],
    generator: Generator,
}

impl Epics {
    /// With so many open stories in each epic, and in all of them together.
    fn new(open: &[usize], all: usize, size: Size) -> Self {
        Self {
            turns: open.iter().map(|open| last_turn(*open, all)).collect(),
            all,
            word: exponential(),
            generator: Generator::new(size.seed ^ EPICS),
        }
    }

    /// In a future in which all stories are done at `built`, and everything is accepted at `accepted`.
    fn draw(&mut self, built: f64, accepted: f64, ends: &mut [f64]) {
        for (end, turns) in ends.iter_mut().zip(&self.turns) {
            let ([word, _], [share, _]) = self.generator.parts();
            let later = turns.partition_point(|by_then| *by_then <= share);
            // Its last possible turn is the last of all.
            let before = turns.len().saturating_sub(later + 1);
            let turn = self.all.saturating_sub(before);
            let at = match (turns.is_empty(), before) {
                (true, _) => 0.0,
                (false, 0) => accepted,
                (false, _) => built * float(turn) / float(self.all),
            };
            *end = (at + WORD_DAYS * self.word[word]).min(accepted);
        }
    }
}

/// For each turn from the `open`-th to the last of `all`, the probability that the last of `open`
/// stories has had it, when every order is as likely.
fn last_turn(open: usize, all: usize) -> Vec<f64> {
    if open == 0 {
        return Vec::new();
    }
    let by = |turn: usize| {
        let each = (0..open).map(|n| float(turn - n) / float(all - n));
        each.product()
    };
    (open..=all).map(by).collect()
}

/// After the last story somebody accepts.
fn accept(finish: &mut [f64], size: Size) {
    let word = exponential();
    let mut generator = Generator::new(size.seed ^ ACCEPTANCE);
    for at in finish {
        *at += WORD_DAYS * word[generator.step()];
    }
}

/// One future after the other, in the same memory.
struct Run<'a> {
    tasks: &'a Tasks,
    factors: &'a Factors,
    /// Waiting times with mean 1.
    wait: [f64; STEPS],
    /// Draws of this future, a row for each item and discipline.
    drawn: Vec<([usize; 2], [f64; 2])>,
    /// The step of each discipline's common factor.
    common: [usize; Discipline::ALL.len()],
    /// When each person has a hand free again.
    hands: Vec<[f64; AT_ONCE]>,
    /// The same of those who help a discipline.
    helpers: [Vec<f64>; Discipline::ALL.len()],
    /// When each epic is technically done, where a task needs one.
    epics: Vec<f64>,
    /// When each task ends, and how long it takes.
    ends: Vec<f64>,
    takes: Vec<f64>,
    /// How many tasks end in each week ahead.
    weeks: Vec<usize>,
}

impl<'a> Run<'a> {
    fn new(
        tasks: &'a Tasks,
        factors: &'a Factors,
        helpers: &[u8; Discipline::ALL.len()],
        weeks: usize,
    ) -> Self {
        Self {
            tasks,
            factors,
            wait: exponential(),
            drawn: vec![([0; 2], [0.0; 2]); tasks.rows],
            common: [0; Discipline::ALL.len()],
            hands: vec![[0.0; AT_ONCE]; tasks.people],
            helpers: helpers.map(|people| vec![0.0; AT_ONCE * usize::from(people)]),
            epics: vec![0.0; tasks.epics.len()],
            ends: vec![0.0; tasks.all.len()],
            takes: vec![0.0; tasks.all.len()],
            weeks: vec![0; weeks],
        }
    }

    /// When everything is closed in the next future, and which task is the last.
    fn future(&mut self, generator: &mut Generator) -> (f64, Option<usize>) {
        // Every row draws, needed or not: the same seed then draws the same for an item, whatever
        // else has changed.
        self.common.fill_with(|| generator.step());
        self.drawn.fill_with(|| generator.parts());
        self.hands.fill([0.0; AT_ONCE]);
        for hands in &mut self.helpers {
            hands.fill(0.0);
        }
        for (at, task) in self.tasks.all.iter().enumerate() {
            let (begin, takes) = self.time(task);
            let begin = match task.person.and_then(|p| self.hands.get_mut(p)) {
                Some(hands) => {
                    let helpers = &mut self.helpers[task.discipline.pos()];
                    take_up(hands, helpers, begin, takes)
                }
                None => begin,
            };
            self.ends[at] = begin + takes;
            self.takes[at] = takes;
        }
        self.settle();
        let mut last = (0.0, None);
        for (at, (end, task)) in self.ends.iter().zip(&self.tasks.all).enumerate() {
            // What only waits for something is never later than that, which has to move.
            let moves = !matches!(task.begin, Begin::Needs);
            if moves && (*end > last.0 || last.1.is_none()) {
                last = (*end, Some(at));
            }
        }
        last
    }

    /// When a task begins, and how long it takes from then on.
    fn time(&self, task: &Task) -> (f64, f64) {
        let (steps, shares) = self.drawn[task.row];
        let [own, waiting] = steps;
        let common = self.common[task.discipline.pos()];
        match &task.begin {
            Begin::Needs => (0.0, 0.0),
            Begin::Word => (0.0, WORD_DAYS * self.wait[waiting]),
            Begin::Running { elapsed, least } => {
                let least = usize::from(least[common]);
                if least >= STEPS {
                    // It has lasted longer than any: it ends any day, and no day is known.
                    return (
                        0.0,
                        WORD_DAYS.max(*elapsed - task.days) * self.wait[waiting],
                    );
                }
                let own = least + ((own * (STEPS - least)) >> 8);
                let takes = task.days * self.factors.common[common] * self.factors.own[own];
                (0.0, takes - elapsed)
            }
            Begin::Later { window, was, waits } => {
                let [within, late] = shares;
                let begin = |window: f64| {
                    let wait = if late < waits.late || window <= 0.0 {
                        waits.days * self.wait[waiting]
                    } else {
                        0.0
                    };
                    within * window + wait
                };
                // More time makes nobody begin sooner, and less nobody later.
                let begin = match window.total_cmp(was) {
                    Ordering::Equal => begin(*window),
                    Ordering::Greater => begin(*window).max(begin(*was)),
                    Ordering::Less => begin(*window).min(begin(*was)),
                };
                let takes = task.days * self.factors.common[common] * self.factors.own[own];
                (begin, takes)
            }
        }
    }

    /// Nothing is closed before what it needs, and then some of its work is left.
    fn settle(&mut self) {
        for at in &self.tasks.settled {
            let Task { needs, epics, .. } = &self.tasks.all[*at];
            if needs.is_empty() && epics.is_empty() {
                continue;
            }
            let items = needs.iter().map(|need| self.ends[*need]);
            let epics = epics.iter().map(|epic| self.epics[*epic]);
            let needed = items.chain(epics).fold(0.0, f64::max);
            let after = needed + AFTER_NEEDS * self.takes[*at];
            self.ends[*at] = self.ends[*at].max(after);
        }
    }

    /// Counts what is closed at the end of each week; the first ends after so many days.
    fn count(&mut self, first: f64, closed: &mut [Vec<u32>]) {
        self.weeks.fill(0);
        for end in &self.ends {
            let week = floor((end - first) / 7.0 + 1.0);
            if let Some(count) = self.weeks.get_mut(week) {
                *count += 1;
            }
        }
        let mut sum = 0;
        for (week, new) in closed.iter_mut().zip(&self.weeks) {
            sum += new;
            if let Some(count) = week.get_mut(sum) {
                *count += 1;
            }
        }
    }
}

/// Takes a task up with the first hand that is free, one's own before a helper's; says when.
fn take_up(own: &mut [f64], helpers: &mut [f64], begin: f64, takes: f64) -> f64 {
    let mut hands = own.iter_mut().chain(helpers);
    let Some(mut first) = hands.next() else {
        return begin;
    };
    for hand in hands {
        if *hand < *first {
            first = hand;
        }
    }
    let begin = begin.max(*first);
    *first = begin + takes;
    begin
}

/// A count of days as a number of whole days.
pub(super) fn whole_days(days: f64) -> i64 {
    i64::try_from(floor(days)).unwrap_or(i64::MAX)
}
