//! Replays a document: every step through the rules, in order of time.

use uuid::Uuid;

use super::{
    document::Document,
    error::Problem,
    shown,
    steps::{Action, Step, steps},
    taint::Taint,
};
use crate::{
    command::{Actor, Refusal, decide},
    id::{CommandId, PersonId},
    journal::{Event, Recorded, VERSION},
    model::{Launch, People, Person},
    texts::Locale,
    time::Instant,
};

/// What a document replays to: the journal of what the rules allowed, and the steps that they did
/// not.
pub(super) struct Replay {
    pub(super) journal: Vec<Recorded>,
    pub(super) refused: Vec<(Step, Problem)>,
}

/// Replays all steps at or before a moment. Refusals that only follow from what is tainted already
/// are left out.
pub(super) fn replay(
    document: &Document,
    until: Option<Instant>,
    person: &dyn Fn(&str) -> PersonId,
    mut taint: Taint<'_>,
) -> Replay {
    let names = Uuid::new_v5(&Uuid::NAMESPACE_OID, b"startklar plan");
    let mut launch = Launch::default();
    let mut replay = Replay {
        journal: Vec::new(),
        refused: Vec::new(),
    };
    let people = people(document, person);
    for (number, mut step) in steps(document, person).into_iter().enumerate() {
        step.action.mention(&people);
        if until.is_some_and(|until| step.at > until) {
            break;
        }
        let case = Case {
            document,
            people: &people,
            launch: &launch,
            taint: &taint,
        };
        let events = match case.outcome(&step) {
            Ok(events) => events,
            Err(problem) => {
                if let Some(problem) = problem.filter(|p| !taint.explains(&step, p)) {
                    replay.refused.push((step.clone(), problem));
                }
                taint.mark(&step.record);
                continue;
            }
        };
        let name = format!("{}/{}", document.launch.id, number + 1);
        let command = CommandId(Uuid::new_v5(&names, name.as_bytes()));
        for event in events {
            let record = Recorded {
                v: VERSION,
                seq: launch.revision + 1,
                at: step.at,
                by: step.by,
                command,
                event,
            };
            launch.apply(&record);
            replay.journal.push(record);
        }
    }
    replay
}

/// The people of the file, for whom it mentions.
fn people(document: &Document, person: &dyn Fn(&str) -> PersonId) -> People {
    let all = document.people.iter().map(|part| Person {
        id: person(&part.key),
        key: part.key.clone(),
        name: part.name.clone(),
    });
    all.collect::<Vec<_>>().into()
}

/// A step against what came of the steps before.
struct Case<'a> {
    document: &'a Document,
    people: &'a People,
    launch: &'a Launch,
    taint: &'a Taint<'a>,
}

/// What follows from a step; no problem where it only fails by what is wrong already.
type Outcome = Result<Vec<Event>, Option<Problem>>;

impl Case<'_> {
    fn outcome(&self, step: &Step) -> Outcome {
        if let Some(floor) = step.floor.as_ref().filter(|floor| step.at < floor.at) {
            return Err(Some(Problem::TooEarly {
                found: step.at,
                other: floor.path.clone(),
                earliest: floor.at,
            }));
        }
        let actor = Actor::person(step.by);
        match &step.action {
            Action::Record(event) => Ok(vec![event.clone()]),
            Action::Claim => Ok(vec![Event::LaunchClaimed]),
            Action::Decide(command) => match decide(self.launch, command, &actor, step.at) {
                Err(Refusal::NotReady { .. }) => Err(self.not_ready(step.at)),
                decided => decided.map_err(|refusal| Some(refused(step.at, refusal))),
            },
            Action::DecideUnlessChanged(command, event) => {
                match decide(self.launch, command, &actor, step.at) {
                    Err(Refusal::NotReady { .. }) => self.unless_changed(step, event),
                    decided => decided.map_err(|refusal| Some(refused(step.at, refusal))),
                }
            }
        }
    }

    /// The blockers that do not follow from what is wrong already, if there are such.
    fn not_ready(&self, at: Instant) -> Option<Problem> {
        let blockers = shown::blockers(self.document, self.launch, at, self.taint).len();
        (blockers > 0).then(|| refused(at, Refusal::NotReady { blockers }))
    }

    /// The event, if the file shows of every blocker how it can have come afterwards.
    fn unless_changed(&self, step: &Step, event: &Event) -> Outcome {
        let (document, launch, at) = (self.document, self.launch, step.at);
        let mut blockers = shown::blockers(document, launch, at, self.taint);
        blockers.retain(|found| !shown::changed_after(document, launch, found, at));
        if blockers.is_empty() {
            return Ok(vec![event.clone()]);
        }
        let titles = |locale| {
            (
                locale,
                shown::titles(launch, &blockers, self.people, locale),
            )
        };
        Err(Some(Problem::NotShown {
            at,
            blockers: blockers.len(),
            titles: Locale::ALL.map(titles),
            claimable: *event == Event::Launched,
        }))
    }
}

fn refused(at: Instant, refusal: Refusal) -> Problem {
    Problem::Refused { at, refusal }
}
