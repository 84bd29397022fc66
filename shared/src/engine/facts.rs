//! What the rules look at: the launch, the moment, and what several rules ask for, computed once.

use chrono::NaiveDate;

use super::{Closure, Finding, ItemState, Outlook, WaitsFor};
use crate::{
    id::PersonId,
    model::{Declaration, Discipline, Item, ItemIx, Launch, Policy, Request, RequestKind},
    time::{Instant, days_between, plus},
};

/// A launch at a moment, prepared for the rules.
pub(super) struct Facts<'a> {
    pub(super) launch: &'a Launch,
    pub(super) now: Instant,
    pub(super) today: NaiveDate,
    pub(super) launch_day: Option<NaiveDate>,
    pub(super) closure: Closure,
    /// Where the launch is heading: known once the rules on what is missing have spoken. Early
    /// warnings look at it.
    pub(super) outlook: Option<Outlook>,
    /// Items the launch waits for: blocking ones that cover the scope, conditions of the go that are
    /// owed, and what those need.
    pub(super) required: Vec<bool>,
    /// Whether a discipline is required by the launch or the workspace.
    demanded: [bool; Discipline::ALL.len()],
    /// What requests say of each item; empty where there are none.
    asked: Vec<Asked>,
}

impl<'a> Facts<'a> {
    pub(super) fn new(launch: &'a Launch, policy: &Policy, now: Instant) -> Self {
        let (closure, today) = (Closure::of(launch, now), launch.day(now));
        let required = required(launch, &closure, today);
        let mut demanded = [false; Discipline::ALL.len()];
        for discipline in policy.required().chain(launch.policy.required()) {
            demanded[discipline.pos()] = true;
        }
        Self {
            launch,
            now,
            today,
            launch_day: launch.launch_day(),
            required,
            demanded,
            asked: asked(launch),
            outlook: None,
            closure,
        }
    }

    pub(super) fn demands(&self, discipline: Discipline) -> bool {
        self.demanded[discipline.pos()]
    }

    pub(super) fn is_required(&self, ix: ItemIx) -> bool {
        self.required.get(ix.pos()).copied().unwrap_or(false)
    }

    /// Required items with index and state.
    pub(super) fn required_items(&self) -> impl Iterator<Item = (ItemIx, &'a Item, ItemState)> {
        self.launch
            .items
            .each()
            .filter(|(ix, _)| self.is_required(*ix))
            .map(|(ix, item)| (ix, item, self.closure.state(ix)))
    }

    /// The course that somebody declared, while it is shown.
    pub(super) fn declared(&self) -> Option<&'a Declaration> {
        let declared = self.launch.declared.as_ref();
        declared.filter(|d| d.until >= self.today)
    }

    /// Days from today to the day of the launch moment, negative once that is over; `None` before
    /// the launch is planned. A last safe start is over where the lead time is longer.
    pub(super) fn days_left(&self) -> Option<i64> {
        Some(days_between(self.today, self.launch_day?))
    }

    /// Launch moment minus lead time.
    pub(super) fn last_safe_start(&self, item: &Item) -> Option<NaiveDate> {
        self.launch_day
            .map(|day| plus(day, -i64::from(item.lead_days)))
    }

    /// Days of work that are left of an item: work that has not begun takes its whole lead time from
    /// today on, work under way what is left of it; a tick that waits for somebody could be closed
    /// today.
    pub(super) fn work_left(&self, item: &Item, state: ItemState) -> i64 {
        let begun = match state {
            ItemState::NotBegun => None,
            ItemState::Begun | ItemState::Waived => item.begun,
            _ => return 0,
        };
        let gone = begun.map_or(0, |by| days_between(self.launch.day(by.at), self.today));
        (i64::from(item.lead_days) - gone).max(0)
    }

    /// Whom an open item waits for: whoever owes the answer it needs, its owner, its lead.
    pub(super) fn waits_for(&self, ix: ItemIx, item: &Item) -> WaitsFor {
        match self.held_by(ix) {
            Some(request) => self.owes(request),
            None => self.person_or_lead(item.owner, item.discipline),
        }
    }

    /// The first open request that holds an item up.
    pub(super) fn held_by(&self, ix: ItemIx) -> Option<&'a Request> {
        let open = self.asked.get(ix.pos())?.open?;
        self.launch.requests.at(open.into())
    }

    /// When a request about an item was last answered.
    pub(super) fn answered(&self, ix: ItemIx) -> Option<Instant> {
        self.asked.get(ix.pos())?.answered
    }

    /// Who owes a request. Both kinds are owed by the discipline that has the knowledge.
    pub(super) fn owes(&self, request: &Request) -> WaitsFor {
        let (RequestKind::Question | RequestKind::Handover) = request.kind;
        self.person_or_lead(request.owner, request.to)
    }

    pub(super) fn person_or_lead(
        &self,
        person: Option<PersonId>,
        discipline: Discipline,
    ) -> WaitsFor {
        match person.or_else(|| self.launch.leads.get(&discipline).copied()) {
            Some(person) => WaitsFor::Person(person),
            None => WaitsFor::Nobody,
        }
    }

    pub(super) fn about_item(
        &self,
        rule: super::Rule,
        ix: ItemIx,
        item: &Item,
        since: Option<Instant>,
    ) -> Finding {
        Finding {
            rule,
            discipline: item.discipline,
            subject: super::Subject::Item(ix),
            waits_for: self.waits_for(ix, item),
            since,
            last_safe_start: self.last_safe_start(item),
            grounds: None,
        }
    }
}

/// Whether an item covers something that is in scope.
pub(super) fn covers_scope(launch: &Launch, item: &Item) -> bool {
    item.covers.is_empty()
        || item
            .covers
            .iter()
            .any(|e| launch.epics.at(*e).is_some_and(|e| e.in_scope.is_some()))
}

/// Whether an item is a condition of the go that is owed: its day is over, or the watch is. Before, a
/// go that it blocks would be none.
fn is_owed(launch: &Launch, item: &Item, today: NaiveDate) -> bool {
    let over = launch.watch_closed.is_some() || item.due.is_some_and(|due| due < today);
    over && launch.is_promised(item)
}

fn required(launch: &Launch, closure: &Closure, today: NaiveDate) -> Vec<bool> {
    let mut required = vec![false; launch.items.len()];
    let mut ahead: Vec<ItemIx> = launch
        .items
        .each()
        .filter(|(_, item)| {
            item.blocking && covers_scope(launch, item) || is_owed(launch, item, today)
        })
        .map(|(ix, _)| ix)
        .collect();
    while let Some(ix) = ahead.pop() {
        let Some(mark) = required.get_mut(ix.pos()) else {
            continue;
        };
        if std::mem::replace(mark, true) {
            continue;
        }
        // An exempt item waits for nothing, so what it needs is not needed for its sake.
        let exempt = matches!(
            closure.state(ix),
            ItemState::Waived | ItemState::NotApplicable
        );
        if let (false, Some(item)) = (exempt, launch.items.at(ix)) {
            ahead.extend(&item.needs);
        }
    }
    required
}

/// What requests say of an item.
#[derive(Debug, Clone, Copy, Default)]
struct Asked {
    /// The first open one.
    open: Option<u32>,
    /// When the last of the others was answered.
    answered: Option<Instant>,
}

fn asked(launch: &Launch) -> Vec<Asked> {
    if launch.requests.is_empty() {
        return Vec::new();
    }
    let mut asked = vec![Asked::default(); launch.items.len()];
    for (ix, request) in launch.requests.each() {
        let Some(item) = request.item.and_then(|item| asked.get_mut(item.pos())) else {
            continue;
        };
        match &request.answer {
            Some(answer) => item.answered = item.answered.max(Some(answer.by.at)),
            None => item.open = item.open.or(Some(ix.into())),
        }
    }
    asked
}
