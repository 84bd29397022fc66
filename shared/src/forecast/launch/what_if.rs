//! What if: the same launch under other circumstances, forecast without changing anything.

use chrono::{Datelike as _, TimeDelta};

use super::{LaunchForecast, futures::Futures, shape};
use crate::{
    engine::assess,
    forecast::Size,
    id::{EpicId, ItemId, PersonId},
    journal::Event,
    model::{Discipline, Launch, Policy},
    time::{Instant, YEARS, days_between},
};

/// Other circumstances.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct WhatIf {
    /// The launch moment moves by so many days, earlier when negative, at most a year.
    pub moved: i16,
    /// These epics leave the scope.
    pub without: Vec<EpicId>,
    /// These items are begun today.
    pub begun: Vec<ItemId>,
    /// So many people more work on the items of a discipline, at most 9 each.
    pub helpers: [u8; Discipline::ALL.len()],
}

/// Most days by which a launch moment is moved.
const DAYS_MAX: i16 = 366;
/// Most people that help a discipline.
const HELPERS_MAX: u8 = 9;

impl WhatIf {
    /// Reads the circumstances from the fields of an address: `move` (days), `without` (an epic),
    /// `begin` (an item), `help-` with a discipline's code (people); `without` and `begin` may be
    /// there several times. What cannot be read is left out.
    ///
    /// ```
    /// use startklar::{Discipline, forecast::WhatIf};
    ///
    /// let what_if = WhatIf::from_fields([("move", "14"), ("help-sales", "2")]);
    /// assert_eq!(what_if.moved, 14);
    /// assert_eq!(what_if.helpers[Discipline::Sales.pos()], 2);
    /// ```
    pub fn from_fields<'a>(fields: impl IntoIterator<Item = (&'a str, &'a str)>) -> Self {
        let mut what_if = Self::default();
        for (name, value) in fields {
            what_if.set(name, value);
        }
        what_if
    }

    fn set(&mut self, name: &str, value: &str) {
        match name {
            "move" => {
                let days = value.parse::<i16>().unwrap_or(0);
                self.moved = days.clamp(-DAYS_MAX, DAYS_MAX);
            }
            "without" => self.without.extend(value.parse().ok()),
            "begin" => self.begun.extend(value.parse().ok()),
            _ => {
                let code = name.strip_prefix("help-");
                if let Some(discipline) = code.and_then(Discipline::from_code) {
                    let people = value.parse().unwrap_or(0);
                    self.helpers[discipline.pos()] = HELPERS_MAX.min(people);
                }
            }
        }
    }

    /// Whether nothing is different.
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }

    /// The launch under these circumstances.
    fn applied(&self, launch: &Launch, now: Instant) -> Launch {
        let mut other = launch.clone();
        let mut happens = |event: &Event, by| other.apply_at(event, now, by);
        let nobody = PersonId::from_number(0);
        if let Some(moment) = self.moment(launch) {
            happens(&Event::Rescheduled { moment }, nobody);
        }
        for epic in &self.without {
            happens(&Event::EpicUnscoped { epic: epic.clone() }, nobody);
        }
        for id in &self.begun {
            let item = launch.items.get(id).filter(|item| item.begun.is_none());
            if let Some(item) = item {
                let by = item.owner.unwrap_or(nobody);
                happens(&Event::ItemBegun { item: id.clone() }, by);
            }
        }
        other
    }

    /// The moved launch moment, where it is moved to a year that there is.
    fn moment(&self, launch: &Launch) -> Option<Instant> {
        let schedule = launch.schedule.as_ref().filter(|_| self.moved != 0)?;
        let moment = schedule.moment + TimeDelta::days(self.moved.into());
        YEARS.contains(&moment.year()).then_some(moment)
    }
}

/// Forecasts a launch under other circumstances; with none it is the forecast as it is.
///
/// None where there is nothing to forecast, see [`forecast_launch`](super::forecast_launch).
pub fn forecast_what_if(
    launch: &Launch,
    policy: &Policy,
    now: Instant,
    what_if: &WhatIf,
    size: Size,
) -> Option<LaunchForecast> {
    let before = launch.launch_day()?;
    let launch = what_if.applied(launch, now);
    let schedule = launch.schedule.as_ref()?;
    let moved = days_between(before, launch.launch_day()?);
    if launch.launched.is_some() || size.futures == 0 {
        return None;
    }
    let assessment = assess(&launch, policy, now);
    let futures = Futures::draw(
        &launch,
        &assessment,
        schedule,
        &what_if.helpers,
        moved,
        size,
    )?;
    Some(shape::forecast(&launch, &assessment, futures))
}
