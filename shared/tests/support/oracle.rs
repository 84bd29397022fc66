//! The promise once more, written plainly and slowly, without a line of the engine.

use chrono::{Datelike as _, TimeDelta, Timelike as _};
use startklar::{
    Discipline, Launch,
    model::{Call, EpicIx, ExemptionKind, Item, Keyed as _},
    time::Instant,
};

/// Whether an item may count as closed, by the words of the design.
pub fn closed(launch: &Launch, item: &Item, now: Instant) -> bool {
    if exempt(launch, item, now).is_some() {
        return true;
    }
    let Some(tick) = &item.tick else { return false };
    let mut said = tick.by.at;
    for stamp in [tick.verified, tick.confirmed].into_iter().flatten() {
        said = said.max(stamp.at);
    }
    let files = &item.files;
    let evidence = item.evidence.is_none() || tick.evidence.is_some() || !files.is_empty();
    // Whoever verified is another than who ticked or handed something in, and saw all of it.
    let weighty = item.blocking || promised(launch, item);
    let wanted = item.second_person || weighty && launch.verified.contains(&item.discipline);
    let second = !wanted
        || tick.verified.is_some_and(|v| {
            let seen = files.iter().all(|f| f.by.by != v.by && f.by.at <= v.at);
            v.by != tick.by.by && seen
        });
    let fresh = item
        .confirm_days
        .is_none_or(|d| now <= said + TimeDelta::days(i64::from(d)));
    let needs = item.needs.iter().all(|ix| {
        let need = launch.items.at(*ix).unwrap();
        closed(launch, need, now) && need.reopened.is_none_or(|at| at < said)
    });
    let epics = item.needs_epics.iter().all(|ix| !lacks(launch, *ix));
    evidence && second && fresh && needs && epics
}

/// Whether something is still to be built of an epic in scope, or to be accepted.
fn lacks(launch: &Launch, ix: EpicIx) -> bool {
    let epic = launch.epics.at(ix).unwrap();
    let done = launch.stories_of(ix).any(|s| s.done().is_some());
    let open = launch.stories_of(ix).any(startklar::model::Story::is_open);
    epic.in_scope.is_some() && (open || !done || epic.accepted.is_none())
}

fn exempt(launch: &Launch, item: &Item, now: Instant) -> Option<ExemptionKind> {
    let exemption = item.exemption.as_ref()?;
    let by_another = exemption.granted?.by != exemption.asked.by;
    let holds = match exemption.kind {
        ExemptionKind::Waiver { until } => launch.day(now) <= until,
        ExemptionKind::NotApplicable => true,
    };
    (by_another && holds).then_some(exemption.kind)
}

/// Why an epic cannot be done: a required discipline without a closed, standing item for it.
pub fn epic_unfit(launch: &Launch, epic: EpicIx, now: Instant) -> Option<String> {
    for discipline in Discipline::REQUIRED {
        let covering: Vec<&Item> = launch
            .items
            .rows()
            .iter()
            .filter(|i| i.blocking && i.discipline == discipline)
            .filter(|i| i.covers.is_empty() || i.covers.contains(&epic))
            .collect();
        let standing = covering
            .iter()
            .any(|i| !matches!(exempt(launch, i, now), Some(ExemptionKind::NotApplicable)));
        if !standing {
            return Some(format!("{} is missing", discipline.code()));
        }
        if let Some(open) = covering.iter().find(|i| !closed(launch, i, now)) {
            return Some(format!("{} is open", open.key()));
        }
    }
    let stories: Vec<_> = launch.stories_of(epic).collect();
    if stories.iter().any(|s| s.is_open()) || !stories.iter().any(|s| s.done().is_some()) {
        return Some("stories are open".to_owned());
    }
    let epic = launch.epics.at(epic).unwrap();
    (epic.accepted.is_none()).then(|| "it is not accepted".to_owned())
}

/// Why a launch cannot be ready.
pub fn launch_unfit(launch: &Launch, now: Instant) -> Option<String> {
    if let Some(why) = moment_unfit(launch) {
        return Some(why);
    }
    if let Some(why) = promise_unfit(launch, now) {
        return Some(why);
    }
    let mut scoped = launch
        .epics
        .each()
        .filter(|(_, e)| e.in_scope.is_some())
        .peekable();
    if scoped.peek().is_none() {
        return Some("nothing is in scope".to_owned());
    }
    scoped.find_map(|(ix, _)| epic_unfit(launch, ix, now))
}

/// Whether the last go, or one that a plan file tells of, was given on a condition that this item stands for.
fn promised(launch: &Launch, item: &Item) -> bool {
    let decided = launch.polls.iter().filter_map(|poll| poll.ruling.as_ref());
    let mut gone = decided.filter(|ruling| ruling.call != Call::NoGo);
    match gone.next_back() {
        Some(go) => go.items.contains(&item.id),
        None => item.bound,
    }
}

/// Why a launch breaks what its last go was conditional on.
pub fn promise_unfit(launch: &Launch, now: Instant) -> Option<String> {
    let items = launch.items.rows().iter();
    let mut kept = items.filter(|item| promised(launch, item));
    let broken = kept.find(|item| {
        let over = item.due.is_some_and(|due| launch.day(now) > due);
        (over || launch.watch_closed.is_some()) && !closed(launch, item, now)
    })?;
    Some(format!("{} was a condition", broken.key()))
}

/// Why a launch may not happen at its moment: outside all windows or in a freeze, and nobody allowed it.
/// The moments here lie in zones that change nothing.
fn moment_unfit(launch: &Launch) -> Option<String> {
    let schedule = launch.schedule.as_ref()?;
    if launch.launched.is_some() || launch.excepted.is_some() {
        return None;
    }
    let local = schedule.zone.local(schedule.moment);
    let minute = |text: String| -> u32 {
        let (hour, minute) = text.split_once(':').unwrap();
        hour.parse::<u32>().unwrap() * 60 + minute.parse::<u32>().unwrap()
    };
    let at = local.hour() * 60 + local.minute();
    // Monday is 0; what is left of a window on the day after counts on from midnight.
    let places = [(0, at), (6, at + 24 * 60)];
    let today = local.weekday().num_days_from_monday() as usize;
    let is_open = launch.windows.windows().iter().any(|window| {
        let (from, to) = (
            minute(window.from.to_string()),
            minute(window.to.to_string()),
        );
        let to = if to > from { to } else { to + 24 * 60 };
        places.iter().any(|(before, at)| {
            let day = (today + before) % 7;
            window.days.places().any(|place| place == day) && (from..to).contains(at)
        })
    });
    let mut freezes = launch.windows.freezes().iter();
    if freezes.any(|f| f.first() <= local.date() && local.date() <= f.last()) {
        return Some("its moment lies in a freeze".to_owned());
    }
    let outside = !launch.windows.windows().is_empty() && !is_open;
    outside.then(|| "its moment lies in no window".to_owned())
}
