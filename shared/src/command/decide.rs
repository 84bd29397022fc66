//! The decision: a command against a launch, by somebody, at a moment.

use chrono::{Datelike, NaiveDate, TimeDelta};

use super::{Actor, Command, Kind, Refusal, cut, items, requests, stories};
use crate::{
    engine::assess,
    id::PersonId,
    journal::{Event, ScheduleDetail},
    model::{Launch, Policy, Sprints, Unit},
    rights::{self, Standing},
    texts::clock,
    time::{Instant, days_between, plus},
};

/// Most epics, stories, items or requests that a launch holds.
pub(super) const MOST: usize = 5_000;

/// Most days from the start of a launch to its moment.
const FURTHEST: i64 = 1_100;

/// A decision under way: the launch as it stands, who asks, and when.
pub(super) struct Case<'a> {
    pub(super) launch: &'a Launch,
    pub(super) by: PersonId,
    pub(super) standing: Standing,
    pub(super) now: Instant,
}

pub(super) type Decision = Result<Vec<Event>, Refusal>;

/// Decides a command: the events that follow from it, or why it may not happen.
///
/// # Errors
/// [`Refusal`] with a stable code and what is missing.
///
/// ```
/// use startklar::{Actor, Command, Launch, decide, time};
/// let now = time::parse_instant("2026-03-02T09:00:00Z")?;
/// let plan = Command::plan_launch("m", "M", "2026-03-02", 10, "2026-05-12T08:00:00Z")?;
/// let refused = decide(&Launch::default(), &plan, &Actor::nobody(), now);
/// assert_eq!(refused.unwrap_err().code(), "nobody_acts");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn decide(launch: &Launch, command: &Command, actor: &Actor, now: Instant) -> Decision {
    let by = actor.id().ok_or(Refusal::NobodyActs)?;
    rights::check(launch, command, actor)?;
    match (launch.schedule.is_some(), command) {
        (false, Command::PlanLaunch(detail)) => return plan(detail),
        (false, _) => return Err(Refusal::NotPlanned),
        (true, Command::PlanLaunch(_)) => return Err(Refusal::AlreadyPlanned),
        (true, _) => {}
    }
    let case = Case {
        launch,
        by,
        standing: actor.standing(),
        now,
    };
    match command {
        Command::CutScope { take_in, take_out } => cut::decide(&case, take_in, take_out),
        Command::AddEpic { .. }
        | Command::EditEpic { .. }
        | Command::RankEpic { .. }
        | Command::ScopeEpic { .. }
        | Command::UnscopeEpic { .. }
        | Command::AcceptEpic { .. }
        | Command::WithdrawAcceptance { .. } => stories::decide_epic(&case, command),
        Command::AddStory { .. }
        | Command::EditStory { .. }
        | Command::MoveStory { .. }
        | Command::PlanStory { .. }
        | Command::BeginStory { .. }
        | Command::FinishStory { .. }
        | Command::DropStory { .. }
        | Command::ReopenStory { .. } => stories::decide_story(&case, command),
        Command::EstimateStory { .. } | Command::SplitStory { .. } | Command::MergeStory { .. } => {
            stories::decide_size(&case, command)
        }
        Command::MakeRequest { .. }
        | Command::AnswerRequest { .. }
        | Command::ReopenRequest { .. }
        | Command::DiscussRequest { .. } => requests::decide(&case, command),
        Command::PlanLaunch(_)
        | Command::Rename { .. }
        | Command::Reschedule { .. }
        | Command::RequireDiscipline { .. }
        | Command::SetMember { .. }
        | Command::NameLead { .. }
        | Command::SetSprintLength { .. }
        | Command::SetCapacity { .. }
        | Command::DeclareCourse { .. }
        | Command::WithdrawCourse
        | Command::RecordLaunch
        | Command::CloseWatch => decide_launch(&case, command),
        #[cfg(feature = "drawn")]
        Command::RequireVerification { discipline } => {
            Ok(crate::workspace::Policy::verifying([*discipline]).beyond(launch))
        }
        #[cfg(feature = "drawn")]
        Command::SetWindows(windows) => super::windows::set(&case, windows),
        #[cfg(feature = "drawn")]
        Command::ExceptMoment { reason } => super::windows::except(&case, reason),
        #[cfg(feature = "plan")]
        Command::TakeTemplate(taking) => super::taking::decide(&case, taking),
        #[cfg(feature = "drawn")]
        Command::AdoptPolicy(policy) => Ok(policy.beyond(launch)),
        #[cfg(feature = "drawn")]
        Command::OpenPoll | Command::CastVote(_) | Command::DecidePoll { .. } => {
            super::poll::decide(&case, command)
        }
        #[cfg(feature = "drawn")]
        Command::IssueNotice(notice) => super::notices::issue(&case, notice),
        #[cfg(feature = "drawn")]
        Command::ReadNotice { notice } => super::notices::read(&case, notice),
        #[cfg(feature = "drawn")]
        Command::AttachFile(detail) => super::files::attach(&case, detail),
        #[cfg(feature = "drawn")]
        Command::DetachFile { item, sha256 } => super::files::detach(&case, item, sha256),
        _ => items::decide(&case, command),
    }
}

fn plan(detail: &ScheduleDetail) -> Decision {
    in_range("weeks", i64::from(detail.weeks), 1, 52)?;
    in_range("watch_days", i64::from(detail.watch_days), 0, 365)?;
    a_day("start", detail.start)?;
    moment_after(detail.start, &detail.zone, detail.moment)?;
    Ok(vec![Event::Planned(detail.clone())])
}

fn moment_after(
    start: NaiveDate,
    zone: &crate::time::Zone,
    moment: Instant,
) -> Result<(), Refusal> {
    a_day("moment", moment.date_naive())?;
    let days = days_between(start, zone.day(moment));
    if (1..=FURTHEST).contains(&days) {
        return Ok(());
    }
    Err(Refusal::OutOfRange {
        field: "moment",
        // As it was typed: by the launch's own clock.
        found: format!("{} {}", zone.day(moment), clock(zone, moment)),
        allowed: format!("{} – {}", plus(start, 1), plus(start, FURTHEST)),
    })
}

fn decide_launch(case: &Case<'_>, command: &Command) -> Decision {
    let launch = case.launch;
    let event = match command {
        Command::Rename { title, note } => Event::Renamed {
            title: title.clone(),
            note: note.clone(),
        },
        Command::Reschedule { moment } => {
            not_launched(launch)?;
            if let Some(s) = &launch.schedule {
                moment_after(s.start, &s.zone, *moment)?;
            }
            Event::Rescheduled { moment: *moment }
        }
        Command::RequireDiscipline { discipline } => Event::DisciplineRequired {
            discipline: *discipline,
        },
        Command::SetMember { person, member } => {
            if case.standing != Standing::Administrator && !may_change_members(launch, case.by) {
                return Err(not_approver(launch));
            }
            Event::MemberSet {
                person: *person,
                member: member.clone(),
            }
        }
        Command::NameLead { discipline, lead } => Event::LeadNamed {
            discipline: *discipline,
            lead: *lead,
        },
        Command::SetSprintLength { weeks } => {
            in_range("weeks", i64::from(*weeks), 1, 2)?;
            Event::SprintLengthSet { weeks: *weeks }
        }
        Command::SetCapacity {
            sprint,
            capacity,
            unit,
        } => capacity_event(*sprint, *capacity, *unit)?,
        Command::DeclareCourse {
            course,
            reason,
            until,
        } => {
            let today = launch.day(case.now);
            if *until < today || days_between(today, *until) > 31 {
                return Err(Refusal::OutOfRange {
                    field: "until",
                    found: until.to_string(),
                    allowed: format!("{today} … {}", plus(today, 31)),
                });
            }
            Event::CourseDeclared {
                course: *course,
                reason: reason.clone(),
                until: *until,
            }
        }
        Command::WithdrawCourse => Event::CourseWithdrawn,
        Command::RecordLaunch => record_launch(case)?,
        Command::CloseWatch => close_watch(case)?,
        _ => return Ok(Vec::new()),
    };
    Ok(vec![event])
}

fn capacity_event(sprint: u8, capacity: Option<u16>, unit: Unit) -> Result<Event, Refusal> {
    in_range("sprint", i64::from(sprint), 1, i64::from(Sprints::LAST))?;
    if let Some(amount) = capacity {
        in_range("capacity", i64::from(amount), 0, 1_000)?;
    }
    Ok(Event::CapacitySet {
        sprint,
        capacity,
        unit,
    })
}

/// The first members come with the plan; once somebody may approve, only approvers hand that right
/// on, or anybody could approve what they themselves ask for.
fn may_change_members(launch: &Launch, by: PersonId) -> bool {
    !launch.members.values().any(|m| m.approves) || launch.may_approve(by)
}

fn not_approver(launch: &Launch) -> Refusal {
    match &launch.schedule {
        Some(s) => Refusal::NotApprover {
            title: s.title.clone(),
        },
        None => Refusal::NotPlanned,
    }
}

fn record_launch(case: &Case<'_>) -> Result<Event, Refusal> {
    if let (Some(stamp), Some(s)) = (case.launch.launched, &case.launch.schedule) {
        return Err(Refusal::Already {
            title: s.title.clone(),
            state: "launched",
            by: Some(stamp.by),
            at: Some(stamp.at),
        });
    }
    no_blockers(case)?;
    Ok(Event::Launched)
}

/// The moment that a launch is measured by stands once it is recorded.
pub(super) fn not_launched(launch: &Launch) -> Result<(), Refusal> {
    match (launch.launched, &launch.schedule) {
        (Some(stamp), Some(s)) => Err(Refusal::LaunchStands {
            title: s.title.clone(),
            at: stamp.at,
        }),
        _ => Ok(()),
    }
}

fn close_watch(case: &Case<'_>) -> Result<Event, Refusal> {
    let Some(s) = &case.launch.schedule else {
        return Err(Refusal::NotPlanned);
    };
    let Some(launched) = case.launch.launched else {
        return Err(Refusal::NotYet {
            title: s.title.clone(),
            state: "launched",
        });
    };
    let until = launched.at + TimeDelta::days(i64::from(s.watch_days));
    if case.now < until {
        return Err(Refusal::WatchRuns { until });
    }
    no_blockers(case)?;
    Ok(Event::WatchClosed)
}

pub(super) fn no_blockers(case: &Case<'_>) -> Result<(), Refusal> {
    let blockers = assess(case.launch, &Policy::default(), case.now)
        .blockers()
        .count();
    if blockers == 0 {
        Ok(())
    } else {
        Err(Refusal::NotReady { blockers })
    }
}

pub(super) fn in_range(
    field: &'static str,
    found: i64,
    least: i64,
    most: i64,
) -> Result<(), Refusal> {
    if (least..=most).contains(&found) {
        Ok(())
    } else {
        Err(Refusal::OutOfRange {
            field,
            found: found.to_string(),
            allowed: format!("{least} – {most}"),
        })
    }
}

/// A day from today on: what is to happen by a day that is over would be late when it is said.
pub(super) fn a_day_to_come(
    case: &Case<'_>,
    field: &'static str,
    day: NaiveDate,
) -> Result<(), Refusal> {
    a_day(field, day)?;
    let today = case.launch.day(case.now);
    if day >= today {
        return Ok(());
    }
    Err(Refusal::OutOfRange {
        field,
        found: day.to_string(),
        allowed: format!("≥ {today}"),
    })
}

/// A day of this or the next century: beyond it a typing error is likelier than a plan.
pub(super) fn a_day(field: &'static str, day: NaiveDate) -> Result<(), Refusal> {
    if (2000..=2199).contains(&day.year()) {
        Ok(())
    } else {
        Err(Refusal::OutOfRange {
            field,
            found: day.to_string(),
            allowed: "2000-01-01 – 2199-12-31".to_owned(),
        })
    }
}

pub(super) fn room(kind: Kind, held: usize) -> Result<(), Refusal> {
    if held < MOST {
        Ok(())
    } else {
        Err(Refusal::Full { kind, max: MOST })
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use crate::engine::testing::launch;

    #[test]
    fn a_moment_that_is_refused_is_said_by_the_clock_of_the_launch() {
        let mut launch = crate::Launch::default();
        let now = crate::time::parse_instant("2026-03-02T09:00:00Z").unwrap();
        let by = crate::Actor::person(crate::PersonId::from_number(1));
        let plan = json!({"plan_launch": {"id": "m", "title": "M", "start": "2026-03-02", "weeks": 10,
            "moment": "2026-05-12T08:00:00Z", "zone": {"name": "Europe/Athens", "offset": 120}}});
        let command = crate::tree::read(plan).unwrap();
        for event in crate::decide(&launch, &command, &by, now).unwrap() {
            launch.apply_at(&event, now, crate::PersonId::from_number(1));
        }
        let late = json!({"reschedule": {"moment": "2031-02-05T22:30:00Z"}});
        let command = crate::tree::read(late).unwrap();
        let refused = crate::decide(&launch, &command, &by, now).unwrap_err();
        let people = crate::People::default();
        let text = refused.text(crate::Locale::En, &people);
        assert!(
            text.contains("“2031-02-06 00:30” is not allowed. Allowed: 2026-03-03 – 2029-03-06."),
            "{text}"
        );
    }

    #[test]
    fn the_moment_of_a_launch_stands_once_it_is_recorded() {
        let mut told = launch().epic("one").story("a", "one");
        for discipline in ["sales", "marketing"] {
            told = told
                .item(discipline, discipline, &json!({}))
                .to("tick_item", discipline);
        }
        let reschedule = json!({"reschedule": {"moment": "2027-03-01T08:00:00Z"}});
        let mut told = told
            .does(json!({"finish_story": {"story": "a"}}))
            .does(json!({"accept_epic": {"epic": "one"}}))
            .does(reschedule.clone())
            .does(json!("record_launch"));
        let refused = told.tries(reschedule).map_err(|refusal| refusal.code());
        assert_eq!(refused, Err("launch_stands"));
    }
}
