//! Across launches: the portfolio, and what somebody owes this week.
//!
//! Both look at every launch, most of which nobody has changed since the last look. So what a launch
//! contributes is kept until it changes, or until time alone changes what is to be said of it.

use std::{
    collections::{BTreeMap, BTreeSet, HashMap},
    sync::{Arc, Mutex, PoisonError},
};

use chrono::{NaiveDate, TimeDelta};
use futures_util::{StreamExt as _, TryStreamExt as _, stream};
use startklar::{
    Assessment, Launch, LaunchId, Locale, PersonId, Policy, assess,
    forecast::{SHOWN, course, forecast_launch},
    time::Instant,
};
use startklar_app::{charts::fleet::Calendar, lines, lines::LaunchLine, owed::Owed};

use super::{Failure, Launches, owed};

/// Launches that are folded side by side when many are looked at.
const TOGETHER: usize = 4;

/// A launch in the list.
#[derive(Debug, Clone)]
pub struct Listed {
    /// Its line in the portfolio.
    pub line: LaunchLine,
    /// The whole sentence, the same text as everywhere.
    pub sentence: String,
}

/// What is kept of a launch.
#[derive(Clone)]
struct Gist {
    revision: u64,
    /// The day it speaks of, in the launch's zone.
    day: NaiveDate,
    /// The moment from which on something else may hold, though nobody does anything.
    until: Instant,
    /// First and last day on the calendar.
    span: Option<(NaiveDate, NaiveDate)>,
    /// The name of its zone.
    zone: String,
    /// Everybody who has something to do in it.
    people: Arc<BTreeSet<PersonId>>,
}

type Drawn = (u64, Instant, Locale, Calendar);

#[derive(Default)]
pub(super) struct Overview {
    gists: Mutex<HashMap<LaunchId, Gist>>,
    lines: Mutex<HashMap<(LaunchId, Locale), (Drawn, Listed)>>,
}

impl Overview {
    pub(super) fn forget(&self, id: &LaunchId) {
        self.gists
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .remove(id);
        let mut lines = self.lines.lock().unwrap_or_else(PoisonError::into_inner);
        lines.retain(|(of, _), _| of != id);
    }
}

impl Launches {
    /// Every launch on one line: those to come by their launch day, then those that were launched.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub async fn list(&self, locale: Locale, now: Instant) -> Result<Vec<Listed>, Failure> {
        let gists = self.gists(now).await?;
        let Some(today) = gists.iter().map(|(_, gist)| gist.day).max() else {
            return Ok(Vec::new());
        };
        let calendar = Calendar::of(gists.iter().filter_map(|(_, gist)| gist.span), today);
        let drawn = stream::iter(gists)
            .map(|(id, gist)| async move {
                let drawn = (gist.revision, gist.until, locale, calendar);
                self.line(&id, drawn, now).await
            })
            .buffered(TOGETHER)
            .try_filter_map(|line| async move { Ok(line) });
        let mut all: Vec<Listed> = drawn.try_collect().await?;
        all.sort_by_key(|listed| (listed.line.launched, listed.line.launch_day));
        Ok(all)
    }

    /// What somebody owes, in every launch, the most urgent first.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub async fn owed(
        &self,
        person: PersonId,
        locale: Locale,
        now: Instant,
    ) -> Result<Vec<Owed>, Failure> {
        let all = self.owed_since(person, locale, now).await?;
        Ok(all.into_iter().map(|(owed, _)| owed).collect())
    }

    /// The same, each with the moment since which it waits for a word of theirs; with none where it
    /// waits for work.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub async fn owed_since(
        &self,
        person: PersonId,
        locale: Locale,
        now: Instant,
    ) -> Result<Vec<(Owed, Option<Instant>)>, Failure> {
        let gists = self.gists(now).await?;
        let people = self.people.all();
        let mut all = Vec::new();
        for (id, _) in gists
            .iter()
            .filter(|(_, gist)| gist.people.contains(&person))
        {
            let launch = match self.peek(id).await {
                Ok(launch) => launch,
                Err(Failure::NoLaunch) => continue,
                Err(failure) => return Err(failure),
            };
            let assessment = assess(&launch, &Policy::default(), now);
            let owed = owed::by(person, &launch, (&assessment, now), &people, locale);
            all.extend(owed.into_iter().map(|owed| {
                let since = owed::since(&launch, person, &owed.what);
                (owed, since)
            }));
        }
        all.sort_by_key(|(owed, _): &(Owed, _)| owed.days);
        Ok(all)
    }

    /// The name of the time zone that most launches have, if there is any launch.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub async fn usual_zone(&self, now: Instant) -> Result<Option<String>, Failure> {
        let mut counts: BTreeMap<String, usize> = BTreeMap::new();
        for (_, gist) in self.gists(now).await? {
            *counts.entry(gist.zone).or_default() += 1;
        }
        let most = counts.into_iter().max_by_key(|(_, launches)| *launches);
        Ok(most.map(|(zone, _)| zone))
    }

    /// The gist of every launch, as it is now.
    async fn gists(&self, now: Instant) -> Result<Vec<(LaunchId, Gist)>, Failure> {
        let gists = stream::iter(self.ids())
            .map(|id| async move {
                match self.gist(&id, now).await {
                    Ok(gist) => Ok(Some((id, gist))),
                    // It was thrown away in the meantime.
                    Err(Failure::NoLaunch) => Ok(None),
                    Err(failure) => Err(failure),
                }
            })
            .buffered(TOGETHER)
            .try_filter_map(|gist| async move { Ok(gist) });
        gists.try_collect().await
    }

    async fn gist(&self, id: &LaunchId, now: Instant) -> Result<Gist, Failure> {
        let head = match self.cache.peek(id) {
            Some(live) => live.shared.revision(),
            None => self.head(id),
        };
        {
            let gists = self
                .overview
                .gists
                .lock()
                .unwrap_or_else(PoisonError::into_inner);
            let kept = gists
                .get(id)
                .filter(|gist| gist.revision >= head && now < gist.until);
            if let Some(gist) = kept {
                return Ok(gist.clone());
            }
        }
        let launch = self.peek(id).await?;
        let gist = of(&launch, now);
        let mut gists = self
            .overview
            .gists
            .lock()
            .unwrap_or_else(PoisonError::into_inner);
        gists.insert(id.clone(), gist.clone());
        Ok(gist)
    }

    async fn line(
        &self,
        id: &LaunchId,
        drawn: Drawn,
        now: Instant,
    ) -> Result<Option<Listed>, Failure> {
        let key = (id.clone(), drawn.2);
        {
            let lines = self
                .overview
                .lines
                .lock()
                .unwrap_or_else(PoisonError::into_inner);
            if let Some((_, listed)) = lines.get(&key).filter(|(kept, _)| *kept == drawn) {
                return Ok(Some(listed.clone()));
            }
        }
        let launch = match self.peek(id).await {
            Ok(launch) => launch,
            Err(Failure::NoLaunch) => return Ok(None),
            Err(failure) => return Err(failure),
        };
        let assessment = assess(&launch, &Policy::default(), now);
        let people = self.people.all();
        let forecast = forecast_launch(&launch, &assessment, SHOWN);
        let course = course(&assessment, forecast.as_ref());
        let line = lines::line(&launch, &assessment, course, &people, drawn.2, &drawn.3);
        let listed = line.map(|line| Listed {
            line,
            sentence: assessment.sentence(&launch).text(drawn.2),
        });
        if let Some(listed) = &listed
            && launch.revision == drawn.0
        {
            let mut lines = self
                .overview
                .lines
                .lock()
                .unwrap_or_else(PoisonError::into_inner);
            lines.insert(key, (drawn, listed.clone()));
        }
        Ok(listed)
    }
}

fn of(launch: &Launch, now: Instant) -> Gist {
    let assessment = assess(launch, &Policy::default(), now);
    Gist {
        revision: launch.revision,
        day: assessment.today,
        until: until(launch, &assessment),
        span: Calendar::span(launch, &assessment),
        zone: launch.zone().name.to_string(),
        people: Arc::new(owed::concerned(launch)),
    }
}

/// The next moment at which time alone can change an assessment. The engine judges by days, so that
/// is the end of the day (waivers end then, too), but for two things that happen within one: what
/// was last said of an item grows too old, and a launch that was recorded by a clock running ahead
/// of this one becomes true.
fn until(launch: &Launch, assessment: &Assessment) -> Instant {
    let aged = launch.items.rows().iter().filter_map(|item| {
        let days = TimeDelta::days(i64::from(item.confirm_days?));
        // It still holds at the very moment.
        let last = item.tick.as_ref()?.last_said();
        last.checked_add_signed(days + TimeDelta::nanoseconds(1))
    });
    aged.chain(launch.launched.map(|launched| launched.at))
        .filter(|at| *at > assessment.now)
        .fold(launch.zone().end_of(assessment.today), Instant::min)
}
