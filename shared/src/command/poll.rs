//! Decisions on the poll: to open it, to vote in it, and to decide on it. Only a page that the server
//! draws alone gives these commands, so no browser carries them.

use super::{
    Command, Kind, Refusal,
    decide::{Case, Decision, MOST, a_day_to_come, in_range, no_blockers},
};
use crate::{
    engine::{ItemState, Polled, assess},
    id::{ItemId, free_slug},
    journal::{Event, ItemDetail},
    model::{Ballot, Call, Condition, Discipline, Launch, Policy, Poll},
    rights::Act,
    text::Note,
    time::Instant,
};

/// Most conditions of one vote.
const MOST_CONDITIONS: i64 = 10;

pub(super) fn decide(case: &Case<'_>, command: &Command) -> Decision {
    match command {
        Command::OpenPoll => open(case),
        Command::CastVote(ballot) => vote(case, ballot).map(|event| vec![event]),
        Command::DecidePoll { call, reason } => rule(case, *call, reason.as_ref()),
        _ => Ok(Vec::new()),
    }
}

fn open(case: &Case<'_>) -> Decision {
    let launch = case.launch;
    if let Some(poll) = launch.open_poll() {
        return Err(already(launch, "in_poll", poll.opened));
    }
    if let Some(stamp) = launch.launched {
        return Err(already(launch, "launched", stamp));
    }
    let asked = asked(launch, case.now);
    Ok(vec![Event::PollOpened { asked }])
}

fn already(launch: &Launch, state: &'static str, stamp: crate::model::Stamp) -> Refusal {
    match &launch.schedule {
        Some(s) => Refusal::Already {
            title: s.title.clone(),
            state,
            by: Some(stamp.by),
            at: Some(stamp.at),
        },
        None => Refusal::NotPlanned,
    }
}

/// Who has a say: the required disciplines, and those that owe something that the launch waits for.
pub fn asked(launch: &Launch, now: Instant) -> Vec<Discipline> {
    let assessment = assess(launch, &Policy::default(), now);
    let owes = |discipline: Discipline| {
        launch.items.each().any(|(ix, item)| {
            item.discipline == discipline
                && assessment.is_required(ix)
                && assessment.item(ix) != ItemState::NotApplicable
        })
    };
    let all = Discipline::ALL.into_iter();
    all.filter(|d| launch.policy.requires(*d) || owes(*d))
        .collect()
}

fn vote(case: &Case<'_>, ballot: &Ballot) -> Result<Event, Refusal> {
    let launch = case.launch;
    let poll = in_poll(launch)?;
    let discipline = ballot.discipline;
    if !poll.asked.contains(&discipline) {
        return Err(Refusal::NotAsked { discipline });
    }
    // A vote is the word of one person, whether names are proven or only chosen.
    if launch.leads.get(&discipline) != Some(&case.by) {
        return Err(Refusal::NoRight {
            act: Act::Vote,
            of: vec![discipline],
        });
    }
    let conditions = ballot.conditions.len();
    match ballot.call {
        Call::NoGo if ballot.reason.is_none() => return Err(Refusal::NoGoUnexplained),
        Call::GoWithConditions if conditions == 0 => return Err(Refusal::NoCondition),
        Call::Go | Call::NoGo if conditions > 0 => return Err(Refusal::IdleCondition),
        _ => {}
    }
    let count = i64::try_from(conditions).unwrap_or(i64::MAX);
    in_range("conditions", count, 0, MOST_CONDITIONS)?;
    for condition in &ballot.conditions {
        a_day_to_come(case, "condition_due", condition.due)?;
    }
    Ok(Event::VoteCast(ballot.clone()))
}

/// The poll under way. With the launch it is over: what is said afterwards was not asked.
fn in_poll(launch: &Launch) -> Result<&Poll, Refusal> {
    if let Some(stamp) = launch.launched {
        return Err(already(launch, "launched", stamp));
    }
    launch.open_poll().ok_or_else(|| match &launch.schedule {
        Some(s) => Refusal::NotYet {
            title: s.title.clone(),
            state: "in_poll",
        },
        None => Refusal::NotPlanned,
    })
}

/// Decides on the poll. Against what it comes to, or before it comes to anything, with a reason; never
/// against what the engine says.
fn rule(case: &Case<'_>, call: Call, reason: Option<&Note>) -> Decision {
    let launch = case.launch;
    let polled = Polled::of(launch, in_poll(launch)?, case.now);
    if call != Call::NoGo {
        no_blockers(case)?;
    }
    let promised: Vec<_> = polled
        .conditions()
        .filter(|_| call == Call::GoWithConditions)
        .collect();
    if call == Call::GoWithConditions && promised.is_empty() {
        return Err(Refusal::NoConditionStands);
    }
    if polled.outcome() != Some(call) && reason.is_none() {
        return Err(Refusal::DecisionUnexplained);
    }
    if launch.items.len() + promised.len() > MOST {
        return Err(Refusal::Full {
            kind: Kind::Item,
            max: MOST,
        });
    }
    let made = items(launch, &promised);
    let mut events = vec![Event::PollDecided {
        call,
        reason: reason.cloned(),
        items: made.iter().map(|(id, _)| id.clone()).collect(),
    }];
    let added = |(id, detail)| Event::ItemAdded { id, detail };
    events.extend(made.into_iter().map(added));
    Ok(events)
}

/// The items that conditions become. They block nothing before their day is over: a go that they block at
/// once would be none.
fn items(launch: &Launch, promised: &[(Discipline, &Condition)]) -> Vec<(ItemId, ItemDetail)> {
    let mut made: Vec<(ItemId, ItemDetail)> = Vec::new();
    for (discipline, condition) in promised {
        let short: String = condition.text.as_str().chars().take(48).collect();
        let id = free_slug(&short, |slug| {
            let taken = |id: &ItemId| launch.items.get(id).is_some();
            let made_now = |id: &ItemId| made.iter().any(|(other, _)| other == id);
            slug.parse()
                .is_ok_and(|id: ItemId| taken(&id) || made_now(&id))
        });
        let detail = ItemDetail {
            title: condition.text.clone(),
            note: None,
            discipline: *discipline,
            blocking: false,
            covers: Vec::new(),
            owner: Some(condition.owner),
            lead_days: 0,
            due: Some(condition.due),
            needs: Vec::new(),
            needs_epics: Vec::new(),
            evidence: None,
            second_person: false,
            confirm_days: None,
        };
        if let Ok(id) = id.parse() {
            made.push((id, detail));
        }
    }
    made
}

#[cfg(test)]
mod tests;
