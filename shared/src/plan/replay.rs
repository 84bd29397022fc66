//! Replays a document: every step through the rules, in order of time.

use uuid::Uuid;

use super::{
    document::Document,
    error::Problem,
    steps::{Action, Step, steps},
    taint::Taint,
};
use crate::{
    command::{Actor, Refusal, decide},
    id::{CommandId, PersonId},
    journal::{Event, Recorded, VERSION},
    model::Launch,
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
    for (number, step) in steps(document, person).into_iter().enumerate() {
        if until.is_some_and(|until| step.at > until) {
            break;
        }
        let events = match outcome(&launch, &step) {
            Ok(events) => events,
            Err(problem) => {
                if !taint.explains(&step, &problem) {
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

fn outcome(launch: &Launch, step: &Step) -> Result<Vec<Event>, Problem> {
    if let Some(floor) = step.floor.as_ref().filter(|floor| step.at < floor.at) {
        return Err(Problem::TooEarly {
            found: step.at,
            other: floor.path.clone(),
            earliest: floor.at,
        });
    }
    let actor = Actor::person(step.by);
    let decided = match &step.action {
        Action::Record(event) => return Ok(vec![event.clone()]),
        Action::Decide(command) => decide(launch, command, &actor, step.at),
        Action::DecideUnlessChanged(command, event) => {
            match decide(launch, command, &actor, step.at) {
                Err(Refusal::NotReady { .. }) => Ok(vec![event.clone()]),
                decided => decided,
            }
        }
    };
    decided.map_err(|refusal| Problem::Refused {
        at: step.at,
        refusal,
    })
}
