//! Decisions on readiness items: evidence, second person, dependencies, exemptions.

use super::{
    Command, Kind, Refusal,
    decide::{Case, Decision, a_day, a_day_to_come, in_range, room},
};
use crate::{
    engine::{Closure, exempt},
    id::{EpicId, ItemId},
    journal::{Event, ItemDetail},
    model::{EpicIx, ExemptionKind, Item, ItemIx, Launch, Stamp, Tick},
    text::Note,
};

pub(super) fn decide(case: &Case<'_>, command: &Command) -> Decision {
    let launch = case.launch;
    let event = match command {
        Command::AddItem { id, detail } => add(launch, id, detail)?,
        Command::EditItem { item, detail } => edit(case, item, detail)?,
        Command::AssignItem { item, owner } => {
            find(launch, item)?;
            Event::ItemAssigned {
                item: item.clone(),
                owner: *owner,
            }
        }
        Command::BeginItem { item } => {
            let row = find(launch, item)?;
            if let Some(stamp) = row.begun {
                return Err(already(row, "begun", Some(stamp)));
            }
            Event::ItemBegun { item: item.clone() }
        }
        Command::WithdrawBegin { item } => {
            let row = find(launch, item)?;
            if let Some(tick) = &row.tick {
                return Err(already(row, "ticked", Some(tick.by)));
            }
            row.begun.ok_or_else(|| not_yet(row, "begun"))?;
            Event::ItemBeginWithdrawn { item: item.clone() }
        }
        Command::TickItem { item, evidence } => tick(case, item, evidence.as_ref())?,
        Command::UntickItem { item } => {
            let row = find(launch, item)?;
            row.tick.as_ref().ok_or_else(|| not_yet(row, "ticked"))?;
            Event::ItemUnticked { item: item.clone() }
        }
        Command::VerifyItem { item } => verify(case, item)?,
        Command::ConfirmItem { item } => {
            let row = find(launch, item)?;
            row.tick.as_ref().ok_or_else(|| not_yet(row, "ticked"))?;
            needs_closed(case, row)?;
            Event::ItemConfirmed { item: item.clone() }
        }
        Command::AskWaiver { item, reason, .. } | Command::AskNotApplicable { item, reason } => {
            ask(case, item, reason, command)?
        }
        Command::GrantExemption { item } => grant(case, item)?,
        Command::WithdrawExemption { item } => {
            let row = find(launch, item)?;
            row.exemption
                .as_ref()
                .ok_or_else(|| not_yet(row, "exemption"))?;
            Event::ExemptionWithdrawn { item: item.clone() }
        }
        _ => return Ok(Vec::new()),
    };
    Ok(vec![event])
}

fn add(launch: &Launch, id: &ItemId, detail: &ItemDetail) -> Result<Event, Refusal> {
    room(Kind::Item, launch.items.len())?;
    if launch.items.get(id).is_some() {
        return Err(Refusal::Taken {
            kind: Kind::Item,
            id: id.to_string(),
        });
    }
    check(launch, detail)?;
    Ok(Event::ItemAdded {
        id: id.clone(),
        detail: detail.clone(),
    })
}

/// Words may change freely. What makes an item weigh less (no longer blocking, fewer epics or needs,
/// less proof, rarer confirmation, a later day for a condition of the go) takes somebody who may
/// approve, or editing would be a waiver without reason and expiry.
fn edit(case: &Case<'_>, id: &ItemId, detail: &ItemDetail) -> Result<Event, Refusal> {
    let launch = case.launch;
    let row = find(launch, id)?;
    check(launch, detail)?;
    let lighter = lightens(launch, row, detail) || puts_off(launch, row, detail);
    if lighter && !launch.may_approve(case.by) {
        return Err(Refusal::NotApprover {
            title: row.title.clone(),
        });
    }
    let ix = launch.items.find(id);
    if detail
        .needs
        .iter()
        .any(|need| reaches(launch, launch.items.find(need), ix))
    {
        return Err(Refusal::Circle {
            title: row.title.clone(),
        });
    }
    Ok(Event::ItemEdited {
        item: id.clone(),
        detail: detail.clone(),
    })
}

/// Whether a condition of the go is put off, or handed to others.
fn puts_off(launch: &Launch, row: &Item, detail: &ItemDetail) -> bool {
    let is_later = |due| detail.due.is_none_or(|new| new > due);
    launch.is_promised(row)
        && (row.discipline != detail.discipline || row.due.is_some_and(is_later))
}

/// Whether less is asked of an item that the launch waits for.
fn lightens(launch: &Launch, row: &Item, detail: &ItemDetail) -> bool {
    let epics = |ids: &[EpicId]| -> Vec<EpicIx> {
        ids.iter().filter_map(|e| launch.epics.find(e)).collect()
    };
    let covers = epics(&detail.covers);
    let needs_epics = epics(&detail.needs_epics);
    let needs: Vec<_> = detail
        .needs
        .iter()
        .filter_map(|need| launch.items.find(need))
        .collect();
    row.blocking
        && (!detail.blocking
            || row.discipline != detail.discipline
            || (!covers.is_empty()
                && (row.covers.is_empty() || row.covers.iter().any(|e| !covers.contains(e))))
            || (row.evidence.is_some() && detail.evidence.is_none())
            || (row.second_person && !detail.second_person)
            || row
                .confirm_days
                .is_some_and(|days| detail.confirm_days.is_none_or(|new| new > days))
            || row.needs.iter().any(|need| !needs.contains(need))
            || row
                .needs_epics
                .iter()
                .any(|epic| !needs_epics.contains(epic)))
}

fn check(launch: &Launch, detail: &ItemDetail) -> Result<(), Refusal> {
    in_range("lead_days", i64::from(detail.lead_days), 0, 730)?;
    detail
        .confirm_days
        .map_or(Ok(()), |d| in_range("confirm_days", i64::from(d), 1, 365))?;
    detail.due.map_or(Ok(()), |d| a_day("due", d))?;
    for epic in detail.covers.iter().chain(&detail.needs_epics) {
        if launch.epics.get(epic).is_none() {
            return Err(Refusal::Unknown {
                kind: Kind::Epic,
                id: epic.to_string(),
            });
        }
    }
    for need in &detail.needs {
        find(launch, need)?;
    }
    Ok(())
}

/// Whether `from` needs `to`, directly or by way of others, or is the same.
fn reaches(launch: &Launch, from: Option<ItemIx>, to: Option<ItemIx>) -> bool {
    let mut ahead: Vec<ItemIx> = from.into_iter().collect();
    let mut seen = vec![false; launch.items.len()];
    while let Some(ix) = ahead.pop() {
        if Some(ix) == to {
            return true;
        }
        if let (Some(mark), Some(item)) = (seen.get_mut(ix.pos()), launch.items.at(ix))
            && !std::mem::replace(mark, true)
        {
            ahead.extend(&item.needs);
        }
    }
    false
}

fn tick(case: &Case<'_>, id: &ItemId, evidence: Option<&Note>) -> Result<Event, Refusal> {
    let row = find(case.launch, id)?;
    // A tick whose item came to ask for evidence later may be given it.
    let lacks = |tick: &Tick| row.lacks_evidence(tick.evidence.as_ref());
    if let Some(tick) = row.tick.as_ref().filter(|t| !lacks(t)) {
        return Err(already(row, "ticked", Some(tick.by)));
    }
    if let Some(asks) = &row.evidence
        && row.lacks_evidence(evidence)
    {
        return Err(Refusal::EvidenceMissing {
            title: row.title.clone(),
            asks: asks.clone(),
        });
    }
    needs_closed(case, row)?;
    Ok(Event::ItemTicked {
        item: id.clone(),
        evidence: evidence.cloned(),
    })
}

fn needs_closed(case: &Case<'_>, row: &Item) -> Result<(), Refusal> {
    if row.needs.is_empty() {
        return Ok(());
    }
    let closure = Closure::of(case.launch, case.now);
    let open: Vec<_> = row
        .needs
        .iter()
        .filter(|ix| !closure.is_closed(**ix))
        .filter_map(|ix| case.launch.items.at(*ix).map(|i| i.title.clone()))
        .collect();
    if open.is_empty() {
        Ok(())
    } else {
        Err(Refusal::NeedsOpen {
            title: row.title.clone(),
            open,
        })
    }
}

fn verify(case: &Case<'_>, id: &ItemId) -> Result<Event, Refusal> {
    let row = find(case.launch, id)?;
    let tick = row.tick.as_ref().ok_or_else(|| not_yet(row, "ticked"))?;
    if let Some(stamp) = tick.verified {
        return Err(already(row, "verified", Some(stamp)));
    }
    if !row.may_be_verified_by(case.by) {
        return Err(Refusal::SamePerson {
            title: row.title.clone(),
        });
    }
    Ok(Event::ItemVerified { item: id.clone() })
}

fn ask(case: &Case<'_>, id: &ItemId, reason: &Note, command: &Command) -> Result<Event, Refusal> {
    let row = find(case.launch, id)?;
    let Some(exemption) = command.exemption() else {
        return Err(not_yet(row, "exemption"));
    };
    let holds = exempt(row, &case.launch.zone(), case.now).is_some();
    match row.exemption.as_ref().map(|e| (e.asked, e.granted)) {
        Some((_, granted @ Some(_))) if holds => return Err(already(row, "exempt", granted)),
        // Replaced, somebody would grant what they have not read.
        Some((asked, None)) => return Err(already(row, "exemption", Some(asked))),
        _ => {}
    }
    if let ExemptionKind::Waiver { until } = exemption {
        a_day_to_come(case, "until", until)?;
    }
    Ok(Event::ExemptionAsked {
        item: id.clone(),
        exemption,
        reason: reason.clone(),
    })
}

fn grant(case: &Case<'_>, id: &ItemId) -> Result<Event, Refusal> {
    let row = find(case.launch, id)?;
    let exemption = row
        .exemption
        .as_ref()
        .ok_or_else(|| not_yet(row, "exemption"))?;
    if let Some(stamp) = exemption.granted {
        return Err(already(row, "exempt", Some(stamp)));
    }
    if !case.launch.may_approve(case.by) {
        return Err(Refusal::NotApprover {
            title: row.title.clone(),
        });
    }
    if exemption.asked.by == case.by {
        return Err(Refusal::SamePerson {
            title: row.title.clone(),
        });
    }
    Ok(Event::ExemptionGranted { item: id.clone() })
}

pub(super) fn find<'a>(launch: &'a Launch, id: &ItemId) -> Result<&'a Item, Refusal> {
    launch.items.get(id).ok_or_else(|| Refusal::Unknown {
        kind: Kind::Item,
        id: id.to_string(),
    })
}

fn already(item: &Item, state: &'static str, stamp: Option<Stamp>) -> Refusal {
    Refusal::Already {
        title: item.title.clone(),
        state,
        by: stamp.map(|s| s.by),
        at: stamp.map(|s| s.at),
    }
}

fn not_yet(item: &Item, state: &'static str) -> Refusal {
    Refusal::NotYet {
        title: item.title.clone(),
        state,
    }
}

#[cfg(test)]
mod tests;
