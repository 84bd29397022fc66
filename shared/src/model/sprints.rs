//! The sprints of a launch: how long they are, what each can carry, and which days are theirs.

use chrono::NaiveDate;
use litemap::LiteMap;
use serde::{Deserialize, Serialize};

use super::Launch;
use crate::time::{Instant, days_between, plus};

/// What work is counted in.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Unit {
    /// Story points.
    #[default]
    Points,
    /// Stories, each as one.
    Stories,
}

/// What a sprint can carry.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Capacity {
    /// How much, 0 to 1,000.
    pub amount: u16,
    /// In what it is counted.
    pub unit: Unit,
}

/// How the weeks of a launch are divided into sprints.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Sprints {
    /// Weeks of a sprint, 1 or 2.
    pub weeks: u8,
    /// What sprints can carry, by number from 1, where somebody has said so.
    #[serde(default, skip_serializing_if = "LiteMap::is_empty", with = "pairs")]
    pub capacity: LiteMap<u8, Capacity>,
}

/// A time that a story was planned for a sprint which began meanwhile, and then no more.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Stay {
    /// The sprint.
    pub sprint: u8,
    /// When it was planned for it.
    pub from: Instant,
    /// When it was taken out.
    pub to: Instant,
}

/// Numbers with their capacity as a list of pairs: names of fields are texts, and numbers are none to
/// what reads a page's beginning.
mod pairs {
    use litemap::LiteMap;
    use serde::{Deserialize, Deserializer, Serialize, Serializer};

    use super::Capacity;

    pub(super) fn serialize<S: Serializer>(
        map: &LiteMap<u8, Capacity>,
        to: S,
    ) -> Result<S::Ok, S::Error> {
        map.iter().collect::<Vec<_>>().serialize(to)
    }

    pub(super) fn deserialize<'de, D: Deserializer<'de>>(
        from: D,
    ) -> Result<LiteMap<u8, Capacity>, D::Error> {
        let pairs = Vec::<(u8, Capacity)>::deserialize(from)?;
        Ok(pairs.into_iter().collect())
    }
}

impl Sprints {
    /// The last sprint that a story can be planned for.
    pub const LAST: u8 = 60;

    /// Whether nobody has chosen anything.
    pub(super) fn are_plain(&self) -> bool {
        *self == Self::default()
    }

    fn days(&self) -> i64 {
        i64::from(self.weeks.max(1)) * 7
    }
}

impl Default for Sprints {
    fn default() -> Self {
        Self {
            weeks: 1,
            capacity: LiteMap::new(),
        }
    }
}

impl Launch {
    /// How many sprints the weeks of the launch hold; the last one may reach beyond them.
    pub fn sprint_count(&self) -> u8 {
        let weeks = self.schedule.as_ref().map_or(1, |s| s.weeks.max(1));
        weeks.div_ceil(self.sprints.weeks.max(1))
    }

    /// First and last day of a sprint, weekends among them; `None` before the launch is planned.
    pub fn sprint_days(&self, sprint: u8) -> Option<(NaiveDate, NaiveDate)> {
        let days = self.sprints.days();
        let start = self.schedule.as_ref()?.start;
        let first = plus(start, (i64::from(sprint) - 1) * days);
        Some((first, plus(first, days - 1)))
    }

    /// The sprint that a day lies in; `None` before the first one.
    pub fn sprint_of(&self, day: NaiveDate) -> Option<u8> {
        let days = days_between(self.schedule.as_ref()?.start, day);
        u8::try_from(days.div_euclid(self.sprints.days()) + 1)
            .ok()
            .filter(|n| *n > 0)
    }

    /// Whether what was planned at this moment was planned when the sprint began. Its first day is
    /// for planning: it counts as before.
    pub fn planned_in_time(&self, sprint: u8, at: Instant) -> bool {
        self.sprint_days(sprint)
            .is_some_and(|(first, _)| self.day(at) <= first)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        command::{Actor, Command, decide},
        id::PersonId,
        time::parse_instant,
    };

    fn launch(weeks: u8, of_weeks: u8) -> Launch {
        let plan = Command::plan_launch("m", "M", "2026-03-02", weeks, "2026-05-12T08:00:00Z");
        let by = PersonId::from_number(1);
        let now = parse_instant("2026-03-01T08:00:00Z").unwrap();
        let mut launch = Launch::default();
        let length = Command::SetSprintLength { weeks: of_weeks };
        for command in [plan.unwrap(), length] {
            for event in decide(&launch, &command, &Actor::person(by), now).unwrap() {
                launch.apply_at(&event, now, by);
            }
        }
        launch
    }

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    #[test]
    fn sprints_of_two_weeks_are_half_as_many_and_the_last_may_be_cut_short() {
        assert_eq!(launch(10, 1).sprint_count(), 10);
        assert_eq!(launch(10, 2).sprint_count(), 5);
        assert_eq!(launch(9, 2).sprint_count(), 5);
    }

    #[test]
    fn days_and_sprints_say_the_same() {
        for of_weeks in [1, 2] {
            let launch = launch(10, of_weeks);
            for sprint in 1..=launch.sprint_count() {
                let (first, last) = launch.sprint_days(sprint).unwrap();
                assert_eq!(launch.sprint_of(first), Some(sprint));
                assert_eq!(launch.sprint_of(last), Some(sprint));
                assert_eq!(launch.sprint_of(plus(last, 1)), Some(sprint + 1));
            }
        }
        let two = launch(10, 2);
        assert_eq!(
            two.sprint_days(2),
            Some((day("2026-03-16"), day("2026-03-29")))
        );
        assert_eq!(two.sprint_of(day("2026-03-01")), None);
        assert_eq!(Launch::default().sprint_of(day("2026-03-02")), None);
    }

    #[test]
    fn the_first_day_of_a_sprint_is_for_planning() {
        let launch = launch(10, 1);
        let at = |text| parse_instant(text).unwrap();
        assert!(launch.planned_in_time(2, at("2026-03-09T23:59:00Z")));
        assert!(!launch.planned_in_time(2, at("2026-03-10T00:01:00Z")));
    }
}
