//! Steps of items: put on the list, begun, taken back, exempted, ticked, verified, confirmed.
//!
//! An item may refer to others that come later in the file or in time, and may have got its terms
//! after it was ticked. Then it comes onto the list with lighter terms and gets the rest by an
//! edit, at the moment from which they could hold.

use std::collections::BTreeMap;

use super::{Action, Class, Maker, Step, rank};
use crate::{
    command::Command,
    id::ItemId,
    journal::{Event, ItemDetail},
    model::ExemptionKind,
    time::Instant,
};

use super::super::document::{ExemptionPart, ItemPart};

impl Maker<'_> {
    pub(super) fn items(&mut self) {
        let web = Web::of(&self.document.items);
        let mut steps = Vec::new();
        for (place, part) in self.document.items.iter().enumerate() {
            steps.extend(self.listed(&web, place, part));
            let progress = self.item_progress(part);
            let depth = web.depths.get(place).copied().unwrap_or_default();
            for (n, step) in progress.into_iter().enumerate() {
                steps.push(step.order(depth, rank(place), rank(n)));
            }
        }
        self.steps.extend(steps);
    }

    fn detail(&self, part: &ItemPart) -> ItemDetail {
        ItemDetail {
            title: part.title.clone(),
            note: part.note.clone(),
            discipline: part.discipline,
            blocking: part.blocking,
            covers: part.covers.clone(),
            owner: part.owner.as_deref().map(self.person),
            lead_days: part.lead_days,
            due: part.due,
            needs: part.needs.clone(),
            needs_epics: part.needs_epics.clone(),
            evidence: part.evidence.clone(),
            second_person: part.second_person,
            confirm_days: part.confirm_days,
        }
    }

    /// The item comes onto the list, and gets what could not hold yet as soon as it can.
    fn listed(&self, web: &Web<'_>, place: usize, part: &ItemPart) -> Vec<Step> {
        let full = self.detail(part);
        let mut light = full.clone();
        let mut settled = part.added;
        let mut class = Class::ItemLinks;
        self.lighten_covers(part, &mut light, &mut settled);
        light.needs_epics.retain(|epic| {
            let later = self.epics.get(epic).filter(|e| e.added > part.added);
            settled = later.map_or(settled, |epic| settled.max(epic.added));
            later.is_none()
        });
        light.needs.retain(|need| {
            let Some((other, row)) = web.find(need) else {
                return true;
            };
            if (row.added, other) >= (part.added, place) {
                settled = settled.max(row.added);
                return false;
            }
            true
        });
        if let Some(reopened) = web.lighten_reopened(part, &mut light) {
            settled = settled.max(reopened);
            class = Class::ItemTerms;
        }
        if let Some(since) = part.terms_since {
            light.needs.clear();
            light.evidence = None;
            light.second_person = false;
            light.confirm_days = None;
            settled = settled.max(since);
            class = Class::ItemTerms;
        }
        let edit = (light != full).then(|| Command::EditItem {
            item: part.id.clone(),
            detail: full,
        });
        let add = Command::AddItem {
            id: part.id.clone(),
            detail: light,
        };
        let by = self.planner(part.added);
        let mut steps = vec![self.step(Class::Items, &part.path, "added", &by, add)];
        if part.condition {
            let bound = Event::ItemBound {
                item: part.id.clone(),
            };
            steps.push(self.act(
                Class::Items,
                &part.path,
                "condition",
                &by,
                Action::Record(bound),
            ));
        }
        if let Some(edit) = edit {
            let by = self.planner(settled);
            steps.push(self.step(class, &part.path, "needs", &by, edit));
        }
        let order = |(n, step): (usize, Step)| step.order(rank(place), rank(n), 0);
        steps.into_iter().enumerate().map(order).collect()
    }

    /// Without its epics it would cover the whole launch, which is another thing: it blocks only
    /// from when they are there.
    fn lighten_covers(&self, part: &ItemPart, light: &mut ItemDetail, settled: &mut Instant) {
        let epics = part.covers.iter().filter_map(|id| self.epics.get(id));
        let last = epics.map(|e| e.added).max();
        if let Some(last) = last.filter(|last| *last > part.added) {
            light.covers.clear();
            light.blocking = false;
            *settled = last.max(*settled);
        }
    }

    fn item_progress(&self, part: &ItemPart) -> Vec<Step> {
        let added = format!("{}.added", part.path);
        let item = &part.id;
        let mut steps = Vec::new();
        let step = |field, by, command| {
            self.step(Class::ItemProgress, &part.path, field, by, command)
                .after(&added, part.added)
        };
        if let Some(by) = &part.begun {
            steps.push(step("begun", by, Command::BeginItem { item: item.clone() }));
        }
        if let Some(at) = part.reopened {
            let by = self.owner(part.owner.as_ref(), at);
            let action = Action::Record(taken_back(part, at));
            let step = self.act(Class::ItemProgress, &part.path, "reopened", &by, action);
            steps.push(step.after(&added, part.added));
        }
        if let Some(exemption) = &part.exemption {
            let name = exemption.name();
            steps.push(step(name, &exemption.asked, ask(item, exemption)));
            if let Some(by) = &exemption.granted {
                let grant = Command::GrantExemption { item: item.clone() };
                let asked = format!("{}.{name}.asked.at", part.path);
                steps.push(step(name, by, grant).after(&asked, exemption.asked.at));
            }
        }
        let mut ticked = None;
        if let Some(tick) = &part.ticked {
            let command = Command::TickItem {
                item: item.clone(),
                evidence: tick.evidence.clone(),
            };
            ticked = Some((format!("{}.ticked.at", part.path), tick.by.at));
            steps.push(step("ticked", &tick.by, command));
        }
        let after_tick = |step: Step| match &ticked {
            Some((path, at)) => step.after(path, *at),
            None => step,
        };
        if let Some(by) = &part.verified {
            let verify = Command::VerifyItem { item: item.clone() };
            steps.push(after_tick(step("verified", by, verify)));
        }
        if let Some(by) = &part.confirmed {
            let confirm = Command::ConfirmItem { item: item.clone() };
            steps.push(after_tick(step("confirmed", by, confirm)));
        }
        steps
    }
}

fn ask(item: &ItemId, exemption: &ExemptionPart) -> Command {
    let item = item.clone();
    let reason = exemption.reason.clone();
    match exemption.kind {
        ExemptionKind::Waiver { until } => Command::AskWaiver {
            item,
            reason,
            until,
        },
        ExemptionKind::NotApplicable => Command::AskNotApplicable { item, reason },
    }
}

/// What was taken back: a tick, unless one stands that is older; then it was an exemption.
fn taken_back(part: &ItemPart, at: Instant) -> Event {
    let item = part.id.clone();
    match &part.ticked {
        Some(tick) if tick.by.at < at => Event::ExemptionWithdrawn { item },
        _ => Event::ItemUnticked { item },
    }
}

/// Items and what they need, by id.
struct Web<'a> {
    items: &'a [ItemPart],
    places: BTreeMap<&'a ItemId, usize>,
    /// How many items deep an item's needs go: what it needs has a smaller number.
    depths: Vec<u32>,
    /// When the item, or one that it needs by any way, was last reopened.
    reopened: Vec<Option<Instant>>,
}

impl<'a> Web<'a> {
    fn of(items: &'a [ItemPart]) -> Self {
        let places = items.iter().enumerate().map(|(n, i)| (&i.id, n)).collect();
        let mut web = Self {
            items,
            places,
            depths: vec![0; items.len()],
            reopened: items.iter().map(|i| i.reopened).collect(),
        };
        let mut seen = vec![false; items.len()];
        for place in 0..items.len() {
            web.visit(place, &mut seen);
        }
        web
    }

    fn find(&self, id: &ItemId) -> Option<(usize, &'a ItemPart)> {
        let place = *self.places.get(id)?;
        Some((place, self.items.get(place)?))
    }

    /// Depth first, with a stack of its own, since a file may need a thousand items in a row. A
    /// circle ends where it began; the rules refuse it later.
    fn visit(&mut self, start: usize, seen: &mut [bool]) {
        let mut stack = vec![(start, false)];
        while let Some((place, leave)) = stack.pop() {
            let needs: Vec<usize> = self.items.get(place).map_or_else(Vec::new, |part| {
                let place = |id| self.places.get(id).copied();
                part.needs.iter().filter_map(place).collect()
            });
            if leave {
                self.settle(place, &needs);
            } else if let Some(mark) = seen.get_mut(place)
                && !std::mem::replace(mark, true)
            {
                stack.push((place, true));
                stack.extend(needs.into_iter().map(|need| (need, false)));
            }
        }
    }

    fn settle(&mut self, place: usize, needs: &[usize]) {
        let depth = needs.iter().filter_map(|n| self.depths.get(*n)).max();
        let depth = depth.map_or(0, |d| d + 1);
        let reopened = needs
            .iter()
            .filter_map(|n| self.reopened.get(*n).copied().flatten());
        let reopened = reopened.max();
        if let (Some(d), Some(r)) = (self.depths.get_mut(place), self.reopened.get_mut(place)) {
            *d = depth;
            *r = (*r).max(reopened);
        }
    }

    /// Leaves out the needs that were reopened after the item was ticked: they were closed then,
    /// which the file no longer shows. Says when the last of them was reopened.
    fn lighten_reopened(&self, part: &ItemPart, light: &mut ItemDetail) -> Option<Instant> {
        let ticked = part.ticked.as_ref()?.by.at;
        let reopened = |need: &ItemId| {
            let (place, _) = self.find(need)?;
            let at = self.reopened.get(place).copied().flatten()?;
            (at >= ticked).then_some(at)
        };
        light.needs.retain(|need| reopened(need).is_none());
        part.needs.iter().filter_map(reopened).max()
    }
}
