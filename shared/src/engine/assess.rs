//! The assessment: what a launch is worth at one moment.

use chrono::{Datelike, NaiveDate};

use super::{
    Closure, Course, EpicStatus, Finding, ItemState, Outlook, Proof, Rule, Sentence, Stage,
    Subject, Verdict, closure, course, epics, facts::Facts, rules,
};
use crate::{
    model::{Discipline, EpicIx, Item, ItemIx, Launch, Policy},
    time::{Instant, plus},
};

/// Everything the engine says about a launch at one moment.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Assessment {
    /// The moment it speaks of.
    pub now: Instant,
    /// The calendar day of that moment in the launch's zone.
    pub today: NaiveDate,
    /// The number of the last event it knows.
    pub revision: u64,
    /// Where the launch stands.
    pub stage: Stage,
    /// Would we go now?
    pub verdict: Verdict,
    /// Will we make it?
    pub outlook: Outlook,
    /// The course somebody declared, while it is shown.
    pub declared: Option<Course>,
    /// What is missing: blockers first, by what must start first.
    pub findings: Vec<Finding>,
    epics: Vec<EpicStatus>,
    closure: Closure,
    required: Vec<bool>,
}

/// Judges a launch: runs every rule and draws the conclusions.
///
/// Takes time in proportion to stories, items and dependencies, and asks for no clock: `now` is
/// the moment to judge by, past ones included.
pub fn assess(launch: &Launch, policy: &Policy, now: Instant) -> Assessment {
    let mut facts = Facts::new(launch, policy, now);
    let mut findings = Vec::new();
    for (_, rule) in rules::BLOCKING.into_iter().chain(rules::RULES) {
        rule(&facts, &mut findings);
    }
    let blockers = findings.iter().filter(|f| f.is_blocking()).count();
    let storyless = findings.iter().any(|f| f.rule == Rule::EpicEmpty);
    let outlook = course::outlook(&facts, blockers, storyless);
    if launch.launched.is_none() {
        facts.outlook = Some(outlook);
        for (_, rule) in rules::EARLY {
            rule(&facts, &mut findings);
        }
    }
    sort(&mut findings, facts.launch_day);
    let epics = epics::statuses(&facts);
    let declared = facts.declared().map(|d| d.course);
    Assessment {
        now,
        today: facts.today,
        revision: launch.revision,
        stage: stage(launch, &epics, blockers, now),
        verdict: verdict(&findings, blockers),
        outlook,
        declared,
        findings,
        epics,
        required: facts.required,
        closure: facts.closure,
    }
}

/// Blockers first; among them what must start first; what has no start counts from the launch day.
fn sort(findings: &mut [Finding], launch_day: Option<NaiveDate>) {
    let last = launch_day.unwrap_or(NaiveDate::MAX);
    findings.sort_by_cached_key(|f| place(f, last));
}

/// Where a finding stands among the others, as one number made once: comparing part by part took
/// two fifths of the time of an assessment.
fn place(finding: &Finding, last: NaiveDate) -> u128 {
    let day = finding.last_safe_start.unwrap_or(last).num_days_from_ce();
    // Days before our era come first.
    let day = day.cast_unsigned() ^ (1 << 31);
    let (kind, row) = finding.subject.place();
    let parts = [
        (u32::from(!finding.is_blocking()), 1),
        (day, 32),
        (finding.rule as u32, 8),
        (finding.discipline as u32, 8),
        (kind, 8),
        (row, 32),
    ];
    let join = |place, (part, bits)| place << bits | u128::from(part);
    parts.into_iter().fold(0, join)
}

fn verdict(findings: &[Finding], blockers: usize) -> Verdict {
    match Proof::of_no_blocker(blockers) {
        None => Verdict::NoGo,
        Some(proof) if findings.iter().any(|f| f.rule == Rule::Waived) => {
            Verdict::GoWithConditions(proof)
        }
        Some(proof) => Verdict::Go(proof),
    }
}

fn stage(launch: &Launch, epics: &[EpicStatus], blockers: usize, now: Instant) -> Stage {
    let proof = Proof::of_no_blocker(blockers);
    if launch.launched.is_some_and(|l| l.at <= now) {
        return match (proof, launch.watch_closed) {
            (Some(proof), Some(_)) => Stage::Done(proof),
            _ => Stage::Launched,
        };
    }
    let mut scoped = launch
        .epics
        .each()
        .filter(|(_, e)| e.in_scope.is_some())
        .peekable();
    let any = scoped.peek().is_some();
    let built = scoped.all(|(ix, _)| epics.get(ix.pos()).is_some_and(|s| s.is_built()));
    match proof {
        Some(proof) => Stage::Ready(proof),
        None if any && built => Stage::TechnicallyDone,
        None if begun(launch) => Stage::Building,
        None => Stage::Planned,
    }
}

fn begun(launch: &Launch) -> bool {
    launch.stories.rows().iter().any(|s| s.begun.is_some())
        || launch.items.rows().iter().any(|i| i.begun.is_some())
}

impl Assessment {
    /// What keeps the launch from going, by what must start first.
    pub fn blockers(&self) -> impl Iterator<Item = &Finding> {
        self.findings.iter().filter(|f| f.is_blocking())
    }

    /// The findings of one rule.
    pub fn by_rule(&self, rule: Rule) -> impl Iterator<Item = &Finding> {
        self.findings.iter().filter(move |f| f.rule == rule)
    }

    /// The findings about one subject.
    pub fn about(&self, subject: Subject) -> impl Iterator<Item = &Finding> {
        self.findings.iter().filter(move |f| f.subject == subject)
    }

    /// Where an epic stands.
    pub fn epic(&self, ix: EpicIx) -> EpicStatus {
        self.epics
            .get(ix.pos())
            .copied()
            .unwrap_or(EpicStatus::NotStarted)
    }

    /// Where an item stands.
    pub fn item(&self, ix: ItemIx) -> ItemState {
        self.closure.state(ix)
    }

    /// The epics in scope that an item needs and that are not technically done yet.
    pub fn epics_needed<'a>(
        &'a self,
        launch: &'a Launch,
        item: &'a Item,
    ) -> impl Iterator<Item = EpicIx> + 'a {
        closure::epics_needed(launch, item, |ix| self.epic(ix).is_built())
    }

    /// Whether the launch waits for an item: a blocking one in scope, a condition of the go that is
    /// owed, or one that such an item needs.
    pub fn is_required(&self, ix: ItemIx) -> bool {
        self.required.get(ix.pos()).copied().unwrap_or(false)
    }

    /// How many waivers hold.
    pub fn waivers(&self) -> usize {
        self.by_rule(Rule::Waived).count()
    }

    /// Required items of a discipline: closed ones and all.
    pub fn tally(&self, launch: &Launch, discipline: Discipline) -> (usize, usize) {
        let mut counts = (0, 0);
        for (ix, item) in launch.items.each() {
            if item.discipline == discipline && self.is_required(ix) {
                counts.0 += usize::from(self.item(ix).is_closed());
                counts.1 += 1;
            }
        }
        counts
    }

    /// The day by which work on an item must begin: launch moment minus lead time.
    pub fn last_safe_start(&self, launch: &Launch, ix: ItemIx) -> Option<NaiveDate> {
        let item = launch.items.at(ix)?;
        Some(plus(launch.launch_day()?, -i64::from(item.lead_days)))
    }

    /// The state of the launch in one sentence.
    pub fn sentence(&self, launch: &Launch) -> Sentence {
        Sentence::of(launch, self)
    }
}
