//! The poll: what a vote rests on, which votes stand, and what they come to.

use chrono::TimeDelta;

use super::{Finding, ItemState, Rule, Subject, facts::Facts, rules};
use crate::{
    command::request_title,
    model::{
        Call, Condition, Discipline, ExemptionKind, Item, Lane, Launch, Policy, Poll, Void, Vote,
    },
    order::sort_by_key,
    time::Instant,
};

/// What votes rest on: all that the launch waits for, how it is called and where it stands.
#[derive(Debug)]
pub(crate) struct Footing(Vec<Mark>);

/// One thing that votes rest on.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Mark {
    /// Whose it is; all technical disciplines' when none is named.
    of: Option<Discipline>,
    /// An index would not do: the order of stories may change.
    id: String,
    title: String,
    state: &'static str,
}

impl Mark {
    fn of_finding(launch: &Launch, finding: &Finding) -> Self {
        // What is built is the business of all who build it.
        let built = matches!(
            finding.rule,
            Rule::ScopeEmpty | Rule::EpicEmpty | Rule::StoryOpen | Rule::EpicNotAccepted
        );
        Self {
            of: (!built).then_some(finding.discipline),
            id: finding.subject.id(launch),
            title: title(launch, finding.subject),
            state: finding.rule.code(),
        }
    }

    fn of_item(item: &Item, state: ItemState) -> Self {
        Self {
            of: Some(item.discipline),
            id: item.id.to_string(),
            title: item.title.to_string(),
            state: match state {
                // That somebody begins leaves open what is open.
                ItemState::NotBegun | ItemState::Begun => ItemState::NotBegun.code(),
                state => state.code(),
            },
        }
    }

    /// Whether a vote of this discipline rests on it.
    fn carries(&self, discipline: Discipline) -> bool {
        self.of
            .map_or(discipline.lane() == Lane::Technical, |of| of == discipline)
    }
}

/// How a subject is called, in no language; empty where only a language has a name for it.
fn title(launch: &Launch, subject: Subject) -> String {
    let title = match subject {
        Subject::Epic(ix) => launch.epics.at(ix).map(|e| e.title.to_string()),
        Subject::Story(ix) => launch.stories.at(ix).map(|s| s.title.to_string()),
        Subject::Request(ix) => launch.requests.at(ix).map(|r| request_title(r).to_string()),
        Subject::Notice(ix) => launch.notice_at(ix).map(|n| n.notice.title.to_string()),
        Subject::Item(_) | Subject::Launch | Subject::Discipline(_) => None,
    };
    title.unwrap_or_default()
}

impl Footing {
    /// What votes rest on at a moment.
    pub(crate) fn of(launch: &Launch, at: Instant) -> Self {
        let facts = Facts::new(launch, &Policy::default(), at);
        let mut found = Vec::new();
        for (_, rule) in rules::BLOCKING {
            rule(&facts, &mut found);
        }
        // Items are told by where they stand: one that was closed and comes off the list is a change.
        found.retain(|f| !matches!(f.subject, Subject::Item(_)));
        let mut marks: Vec<Mark> = found.iter().map(|f| Mark::of_finding(launch, f)).collect();
        let items = facts.required_items();
        marks.extend(items.map(|(_, item, state)| Mark::of_item(item, state)));
        Self(marks)
    }

    /// What is in one of the two and not in the other, the later first.
    pub(crate) fn changes<'a>(&'a self, later: &'a Self) -> Vec<&'a Mark> {
        let (mut before, mut after) = (&*self.0, &*later.0);
        // Nearly everything stays as it was: what differs lies between a common beginning and end.
        while let ([a, before_rest @ ..], [b, after_rest @ ..]) = (before, after)
            && a == b
        {
            (before, after) = (before_rest, after_rest);
        }
        while let ([before_rest @ .., a], [after_rest @ .., b]) = (before, after)
            && a == b
        {
            (before, after) = (before_rest, after_rest);
        }
        let new = after.iter().filter(|mark| !before.contains(mark));
        let gone = before.iter().filter(|mark| !after.contains(mark));
        new.chain(gone).collect()
    }
}

/// What of these changes a vote of this discipline rested on, as it is called.
pub(crate) fn shaken(changes: &[&Mark], discipline: Discipline) -> Option<String> {
    let mut changes = changes.iter();
    let first = changes.find(|mark| mark.carries(discipline))?;
    Some(first.title.clone())
}

/// How time alone has made a vote void by `now`: a confirmation aged, a waiver ended, a request is
/// overdue, a notice unread, a condition of an earlier go unmet. `None` where it has not, or where the vote is void anyway.
pub(crate) fn lapse(launch: &Launch, vote: &Vote, now: Instant) -> Option<Void> {
    if vote.void.is_some() {
        return None;
    }
    let turns = turns(launch, vote.by.at, now);
    if turns.is_empty() {
        return None;
    }
    // Had somebody changed what it rests on, it would be void: so it rested on the same at its time.
    let then = Footing::of(launch, vote.by.at);
    turns.into_iter().find_map(|at| {
        let later = Footing::of(launch, at);
        let what = shaken(&then.changes(&later), vote.ballot.discipline)?;
        Some(Void { at, by: None, what })
    })
}

/// The moments at which something may change by time alone, after `from` and up to `to`.
fn turns(launch: &Launch, from: Instant, to: Instant) -> Vec<Instant> {
    let zone = launch.zone();
    let aged = |item: &Item| {
        let days = TimeDelta::days(item.confirm_days?.into());
        Some(item.tick.as_ref()?.last_said() + days + TimeDelta::milliseconds(1))
    };
    let ended = |item: &Item| match item.exemption.as_ref()?.kind {
        ExemptionKind::Waiver { until } => Some(zone.end_of(until)),
        ExemptionKind::NotApplicable => None,
    };
    let mut turns: Vec<Instant> = Vec::new();
    for item in launch.items.rows() {
        let due = item.due.filter(|_| launch.is_promised(item));
        let over = due.map(|day| zone.end_of(day));
        turns.extend([aged(item), ended(item), over].into_iter().flatten());
    }
    for request in launch.requests.rows().iter().filter(|r| r.answer.is_none()) {
        turns.push(zone.end_of(request.due));
    }
    for notice in launch.notices.iter().map(|one| &one.notice) {
        let due = notice.due.filter(|_| notice.blocking);
        turns.extend(due.map(|day| zone.end_of(day)));
    }
    turns.retain(|at| from < *at && *at <= to);
    sort_by_key(&mut turns, |at| *at);
    turns
}

/// Where a poll stands at a moment.
#[derive(Debug)]
pub struct Polled<'a> {
    poll: &'a Poll,
    lapsed: Vec<(Discipline, Void)>,
}

impl<'a> Polled<'a> {
    /// Judges a poll of a launch: which of its votes stand. What was decided on stands as it did then.
    pub fn of(launch: &Launch, poll: &'a Poll, now: Instant) -> Self {
        let open = poll.asked.iter().filter(|_| poll.ruling.is_none());
        let lapsed = open.filter_map(|d| Some((*d, lapse(launch, poll.last(*d)?, now)?)));
        Self {
            lapsed: lapsed.collect(),
            poll,
        }
    }

    /// What made the last vote of a discipline void.
    pub fn void(&self, discipline: Discipline) -> Option<&Void> {
        let vote = self.poll.last(discipline)?;
        let lapsed = || {
            let mut all = self.lapsed.iter();
            all.find(|(of, _)| *of == discipline).map(|(_, void)| void)
        };
        vote.void.as_ref().or_else(lapsed)
    }

    /// The vote that stands for a discipline.
    pub fn standing(&self, discipline: Discipline) -> Option<&'a Vote> {
        let vote = self.poll.last(discipline);
        vote.filter(|_| self.void(discipline).is_none())
    }

    /// The votes that stand, in the order of the disciplines.
    pub fn votes(&self) -> impl Iterator<Item = &'a Vote> {
        self.poll.asked.iter().filter_map(|d| self.standing(*d))
    }

    /// The conditions of the votes that stand, with the discipline that names them.
    pub fn conditions(&self) -> impl Iterator<Item = (Discipline, &'a Condition)> {
        self.votes().flat_map(|vote| {
            let of = vote.ballot.discipline;
            vote.ballot.conditions.iter().map(move |c| (of, c))
        })
    }

    /// What the poll comes to: one no-go is a no-go, and without a vote that is missing it comes to
    /// nothing yet.
    pub fn outcome(&self) -> Option<Call> {
        let says = |call| self.votes().any(|vote| vote.ballot.call == call);
        if says(Call::NoGo) {
            Some(Call::NoGo)
        } else if self.votes().count() < self.poll.asked.len() {
            None
        } else if says(Call::GoWithConditions) {
            Some(Call::GoWithConditions)
        } else {
            Some(Call::Go)
        }
    }
}
