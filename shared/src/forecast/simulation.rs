//! The simulated futures of one team: period by period, from its pace, its spread and its scope.

use super::{
    Figures, Past,
    exposure::exposure,
    history::{History, arrivals},
    number::{exp, float},
    random::{Generator, STEPS, table},
    scope::Scope,
};

/// Share of the last scope that has to be done for the end: what the data call finished.
const ENOUGH: f64 = 0.95;
/// The least work, in full periods, that a plan leaves time for.
const PLAN_LEAST: f64 = 0.3;
/// A future that never ends is cut off after so many times the known and planned periods.
const CUT_OFF: f64 = 4.0;

/// How many futures, and from which seed. The same seed draws the same futures.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Size {
    /// Number of futures; 4,000 are enough for quantiles.
    pub futures: usize,
    /// Where the random numbers start.
    pub seed: u64,
}

/// What comes in the simulated futures.
#[derive(Debug, Clone, PartialEq)]
pub struct Futures {
    /// For each asked-for period: the work done after the cut by its end, one entry a future.
    pub done: Vec<Vec<f64>>,
    /// When enough is done, in periods from the start of period 1 with fractions, one entry a
    /// future; the cut itself where it is done already. None without a scope.
    pub finish: Option<Vec<f64>>,
}

/// What to simulate.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Ahead<'a> {
    /// How many periods after the known ones, the one under way included.
    pub periods: usize,
    /// Whether the last of them is the planned end of the work: then the plan counts as evidence
    /// for the pace.
    pub planned: bool,
    /// The periods ahead, from 1, to keep the work of.
    pub marks: &'a [usize],
    /// What counts as finished.
    pub end: End,
}

/// When work counts as finished.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum End {
    /// When 95 % of the scope, as it will be in the end, are done.
    Most,
    /// As soon as everything is done that is in the scope by then.
    All,
}

/// Simulates the periods after the known ones. None when too little is known: nothing is ahead, or
/// neither a period nor a plan is known.
pub fn simulate(
    past: &Past<'_>,
    ahead: Ahead<'_>,
    figures: &Figures,
    size: Size,
) -> Option<Futures> {
    let team = Team::new(past, ahead, figures)?;
    let Ahead { periods, marks, .. } = ahead;
    let mut generator = Generator::new(size.seed);
    let mut course = vec![0.0; periods];
    let mut done = vec![Vec::with_capacity(size.futures); marks.len()];
    let mut finish = Vec::with_capacity(size.futures);
    for _ in 0..size.futures {
        finish.push(team.future(&mut generator, &mut course));
        for (kept, mark) in done.iter_mut().zip(marks) {
            let at = (*mark).clamp(1, periods) - 1;
            kept.push(course[at]);
        }
    }
    Some(Futures {
        done,
        finish: team.scope.is_some().then_some(finish),
    })
}

/// All that the futures of a team have in common.
struct Team {
    /// Periods that are over, with the share of the one under way, and work done in them.
    known: f64,
    done: f64,
    /// What is left of the period under way.
    first: f64,
    end: End,
    /// Pace without the plan, times `weight`.
    work: f64,
    weight: f64,
    /// What the plan counts, and the full periods that it leaves.
    plan: f64,
    plan_exposure: f64,
    scope: Option<Scope>,
    /// Factors on the pace, for each normal draw: of a future, of a period.
    level: [f64; STEPS],
    week: [f64; STEPS],
    /// For each period ahead.
    exposure: Vec<f64>,
    arrival: Vec<f64>,
}

impl Team {
    fn new(past: &Past<'_>, ahead: Ahead<'_>, figures: &Figures) -> Option<Self> {
        let periods = ahead.periods;
        let mut shares = exposure(past, past.known().checked_add(periods)?, figures);
        let mut coming = shares.split_off(past.known());
        let first = 1.0 - past.under_way.over;
        if let Some(share) = coming.first_mut() {
            *share *= first;
        }
        let history = History::new(past, &shares, figures);
        let scope = Scope::new(past, periods, figures);
        let plan = if ahead.planned && scope.is_some() {
            figures.plan_weeks
        } else {
            0.0
        };
        if periods == 0 || history.weight + plan <= 0.0 {
            return None;
        }
        let work = match arrivals(past, &shares, figures) {
            Some(came) => {
                let share = figures.arrivals_share;
                (1.0 - share) * history.work + share * history.weight * came
            }
            None => history.work,
        };
        let variance = history.variance;
        let never = figures.level_spread.of(past.kind);
        let spread = (never * never + variance / (history.effective + plan)).sqrt();
        let weekly = variance.sqrt();
        Some(Self {
            known: float(past.known()) + past.under_way.over,
            done: past.total(),
            first,
            end: ahead.end,
            work,
            weight: history.weight,
            plan,
            plan_exposure: coming.iter().sum::<f64>().max(PLAN_LEAST),
            scope,
            level: table(|z| exp(spread * z)),
            week: table(|z| exp(weekly * z - variance / 2.0)),
            exposure: coming,
            arrival: Scope::arrival(periods),
        })
    }

    /// One future: its work after the cut by the end of each period goes into `course`, the moment
    /// of finishing comes back. Draws the same number of random numbers for every team.
    fn future(&self, generator: &mut Generator, course: &mut [f64]) -> f64 {
        let (uniform, growing, level) = (generator.uniform(), generator.step(), generator.step());
        let growth = self
            .scope
            .as_ref()
            .map(|scope| scope.growth(uniform, growing));
        let level = self.pace(growth.unwrap_or(0.0)) * self.level[level];
        if let (Some(scope), Some(growth)) = (&self.scope, growth) {
            self.towards(scope.now, growth, level, generator, course)
        } else {
            self.onwards(level, generator, course);
            0.0
        }
    }

    /// Pace in a future: what was seen, and what the plan asks for.
    fn pace(&self, growth: f64) -> f64 {
        let last = self.scope.as_ref().map_or(0.0, |scope| scope.now + growth);
        let asked = (last - self.done).max(0.0) / self.plan_exposure;
        (self.work + self.plan * asked) / (self.weight + self.plan)
    }

    /// Work of a period: its table entry, its exposure, the team's level.
    fn amount(&self, level: f64, step: usize, exposure: f64) -> f64 {
        level * self.week[step] * exposure
    }

    /// Work without a scope: nothing holds it up.
    fn onwards(&self, level: f64, generator: &mut Generator, course: &mut [f64]) {
        let mut sum = 0.0;
        for (at, exposure) in course.iter_mut().zip(&self.exposure) {
            sum += self.amount(level, generator.step(), *exposure);
            *at = sum;
        }
    }

    /// Work towards a scope: never more than it holds by then. When is enough done?
    fn towards(
        &self,
        scope: f64,
        growth: f64,
        level: f64,
        generator: &mut Generator,
        course: &mut [f64],
    ) -> f64 {
        let needed = |arrival: f64| match self.end {
            End::Most => ENOUGH * (scope + growth),
            End::All => scope + growth * arrival,
        };
        let mut finish = (self.done >= needed(0.0)).then_some(self.known);
        let (mut sum, mut begun, mut length) = (self.done, self.known, self.first);
        for ((at, exposure), arrival) in course.iter_mut().zip(&self.exposure).zip(&self.arrival) {
            let amount = self.amount(level, generator.step(), *exposure);
            let next = sum.max((sum + amount).min(scope + growth * arrival));
            let needed = needed(*arrival);
            if finish.is_none() && next >= needed {
                let pace = match self.end {
                    End::Most => next - sum,
                    End::All => amount,
                };
                finish = Some(begun + length * ((needed - sum) / pace.max(1e-12)));
            }
            (sum, begun, length) = (next, begun + length, 1.0);
            *at = sum - self.done;
        }
        finish.unwrap_or_else(|| {
            let late = begun + (needed(1.0) - sum) / level.max(1e-9);
            late.min(CUT_OFF * begun)
        })
    }
}
