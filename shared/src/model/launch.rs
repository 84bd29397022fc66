//! A launch: the fold of its events, and nothing else.

use chrono::NaiveDate;
use litemap::LiteMap;
use serde::{Deserialize, Serialize};

use super::{
    Discipline, Epic, EpicIx, Excepted, Issued, Item, Policy, Poll, Request, Sprints, Stamp, Story,
    Table, Windows, named,
};
use crate::{
    engine::Course,
    id::{LaunchId, PersonId},
    text::{Line, Note},
    time::{Instant, Zone},
};

/// Everything known of one launch. No status, percentage or colour is kept here: the engine
/// computes them.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Launch {
    /// Number of the last event folded; 0 before the first.
    pub revision: u64,
    /// When the last event happened.
    pub touched: Option<Instant>,
    /// What, when and where; `None` before the launch is planned.
    pub schedule: Option<Schedule>,
    /// What this launch demands beyond the workspace's policy.
    pub policy: Policy,
    /// The disciplines each of whose blocking items a second person verifies, whatever the item asks
    /// for: each once, in their order.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub verified: Vec<Discipline>,
    /// When it may happen.
    #[serde(default, skip_serializing_if = "Windows::is_empty")]
    pub windows: Windows,
    /// That it may happen at its moment all the same.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub excepted: Option<Excepted>,
    /// The version of a template that it holds.
    #[cfg(feature = "plan")]
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub taken: Option<super::Taken>,
    /// The people who have a part in it.
    #[serde(with = "named")]
    pub members: LiteMap<PersonId, Member>,
    /// Who speaks for each discipline.
    #[serde(with = "named")]
    pub leads: LiteMap<Discipline, PersonId>,
    /// Candidates, in and out of scope.
    pub epics: Table<Epic>,
    /// The epics by rank, the most important first.
    pub ranking: Vec<EpicIx>,
    /// Pieces of the epics.
    pub stories: Table<Story>,
    /// How its weeks are divided into sprints.
    #[serde(default, skip_serializing_if = "Sprints::are_plain")]
    pub sprints: Sprints,
    /// Readiness items of all disciplines.
    pub items: Table<Item>,
    /// What is owed between disciplines.
    pub requests: Table<Request>,
    /// The change notices, in the order in which they were issued.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub notices: Vec<Issued>,
    /// Who was mentioned and has not reacted since, the first first.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub mentions: Vec<super::Mention>,
    /// A course that somebody declared against the computed one.
    pub declared: Option<Declaration>,
    /// Every go / no-go that was asked for, the latest last.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub polls: Vec<Poll>,
    /// Who recorded that it was launched, and when.
    pub launched: Option<Stamp>,
    /// Whether only the word of a plan file stands for it that it was launched without a blocker.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub claimed: bool,
    /// Who closed the watch after the launch, and when.
    pub watch_closed: Option<Stamp>,
}

/// What is launched, and when.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Schedule {
    /// The launch's id.
    pub id: LaunchId,
    /// What it is called.
    pub title: Line,
    /// What it is about.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub note: Option<Note>,
    /// First day of week 1.
    pub start: NaiveDate,
    /// Length of the plan in weeks, 1 to 52.
    pub weeks: u8,
    /// The launch moment.
    pub moment: Instant,
    /// The zone in which its days are counted.
    #[serde(default)]
    pub zone: Zone,
    /// Days of watch after the launch before it can be done, 0 to 365.
    pub watch_days: u16,
    /// When it was planned.
    pub planned: Instant,
}

/// What a person may do in this launch.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Member {
    /// May grant waivers and “not applicable”, and take the block off an item.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub approves: bool,
    /// Plans the launch and answers for its scope.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub product_owner: bool,
    /// Decides go or no-go.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub decides: bool,
    /// The disciplines they work for.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub works_for: Vec<Discipline>,
}

/// A course somebody declared, beside the computed one.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Declaration {
    /// The declared course.
    pub course: Course,
    /// Why.
    pub reason: Note,
    /// The last day on which it is shown.
    pub until: NaiveDate,
    /// Who declared it, and when.
    pub by: Stamp,
}

impl Launch {
    /// The launch's title, empty before it is planned.
    pub fn title(&self) -> &str {
        self.schedule.as_ref().map_or("", |s| s.title.as_str())
    }

    /// The launch's zone, UTC before it is planned.
    pub fn zone(&self) -> Zone {
        self.schedule
            .as_ref()
            .map(|s| s.zone.clone())
            .unwrap_or_default()
    }

    /// The calendar day of a moment, in the launch's zone.
    pub fn day(&self, at: Instant) -> NaiveDate {
        self.schedule
            .as_ref()
            .map_or_else(|| at.date_naive(), |s| s.zone.day(at))
    }

    /// The day of the launch moment.
    pub fn launch_day(&self) -> Option<NaiveDate> {
        self.schedule.as_ref().map(|s| s.zone.day(s.moment))
    }

    /// Whether it may happen at its moment by its windows and freezes, exceptions aside; any moment will
    /// do before it is planned.
    pub fn moment_is_open(&self) -> bool {
        let schedule = self.schedule.as_ref();
        schedule.is_none_or(|s| self.windows.allow(&s.zone, s.moment))
    }

    /// How many stories in scope are still to be built.
    pub fn open_stories(&self) -> usize {
        let in_scope = |epic| self.epics.at(epic).is_some_and(|e| e.in_scope.is_some());
        let open = self.stories.rows().iter().filter(|s| s.is_open());
        open.filter(|s| in_scope(s.epic)).count()
    }

    /// The epics by rank, with their indexes.
    pub fn ranked(&self) -> impl Iterator<Item = (EpicIx, &Epic)> {
        self.ranking
            .iter()
            .filter_map(|ix| Some((*ix, self.epics.at(*ix)?)))
    }

    /// The stories of an epic.
    pub fn stories_of(&self, epic: EpicIx) -> impl Iterator<Item = &Story> {
        self.stories.rows().iter().filter(move |s| s.epic == epic)
    }

    /// Whether an item waits for a second person: by its own terms, or because the launch wants it of
    /// every item of its discipline that blocks or is a condition of the go.
    pub fn needs_second_person(&self, item: &Item) -> bool {
        let wanted = || self.verified.contains(&item.discipline);
        item.second_person || wanted() && (item.blocking || self.is_promised(item))
    }

    /// Wants a second person for the items of one more discipline.
    pub(crate) fn verify(&mut self, discipline: Discipline) {
        if let Err(place) = self.verified.binary_search(&discipline) {
            self.verified.insert(place, discipline);
        }
    }

    /// Whether a person may grant exemptions in this launch.
    pub fn may_approve(&self, person: PersonId) -> bool {
        self.members.get(&person).is_some_and(|m| m.approves)
    }
}
