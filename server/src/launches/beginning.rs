//! How launches begin: from a few answers and a template, from a plan file, from the sample.

use std::sync::Arc;

use chrono::{Datelike as _, NaiveDate, NaiveTime};
use startklar::{
    Actor, Command, CommandId, Launch, LaunchId, Locale, PersonId, Recorded, Refusal, decide,
    id::{TemplateId, free_slug},
    journal::{ScheduleDetail, VERSION},
    model::{Member, Taken},
    plan::Plan,
    rights::{self, Standing},
    template::{Taking, Template, TemplateChoice, Tier, built_in_id},
    text::{Line, Note},
    time::{self, Instant, Zone, days_between, plus},
    zones,
};
use uuid::Uuid;

use super::{Failure, Launches, Live, Submission, journal::Entry};
use crate::store::{Append, Appended, StoreError};

/// The command that loads the sample, always the same: by it a stream is known as the sample, which
/// may be thrown away, for as long as it exists.
pub(super) const SAMPLE: CommandId =
    CommandId(Uuid::from_u128(0x5354_4152_544b_4c41_8000_5341_4d50_4c45));

/// Days from the first day of the sample to the Thursday of its week 7, on which the last of its
/// story happens.
const THURSDAY_OF_WEEK_7: i64 = 45;

/// Most weeks that a plan has.
const MOST_WEEKS: i64 = 52;

/// When a launch shall happen.
#[derive(Debug, Clone, Copy)]
pub enum When {
    /// At this moment.
    At(Instant),
    /// On this day, when the clocks of its zone show this.
    Local(NaiveDate, NaiveTime),
}

/// The last day that a launch may lie on, as the rules have it.
const LAST_DAY: &str = "2199-12-31";

/// What somebody says who begins a launch.
#[derive(Debug, Clone)]
pub struct Start {
    /// Its id; made of the title when not given.
    pub id: Option<LaunchId>,
    /// What is launched.
    pub title: Line,
    /// What it is about.
    pub note: Option<Note>,
    /// The launch moment.
    pub when: When,
    /// The name of its time zone.
    pub zone: String,
    /// First day of week 1; the Monday of this week when not given.
    pub start: Option<NaiveDate>,
    /// Length of the plan in weeks; up to the launch moment when not given.
    pub weeks: Option<u8>,
    /// Days of watch after the launch; two weeks when not given.
    pub watch_days: Option<u16>,
    /// How much of the template to begin with; nothing when not given.
    pub size: Option<Tier>,
    /// Which template; the one that comes with the product when not given.
    pub template: Option<TemplateId>,
    /// The language of the template.
    pub locale: Locale,
}

impl Start {
    /// The launch as a template wants to know it.
    fn choice(&self, id: LaunchId, now: Instant) -> Result<TemplateChoice, Failure> {
        // Any day near the launch: which zone it is does not depend on it.
        let near = match self.when {
            When::At(moment) => moment.date_naive(),
            When::Local(day, _) => day,
        };
        if !time::YEARS.contains(&near.year()) {
            return Err(Refusal::OutOfRange {
                field: "moment",
                found: near.to_string(),
                allowed: time::years(),
            }
            .into());
        }
        let today = self.zone(plus(near, -400))?.day(now);
        let launch_day = match self.when {
            When::At(moment) => self.zone(plus(near, -400))?.day(moment),
            When::Local(day, _) => day,
        };
        let start = self
            .start
            .unwrap_or_else(|| monday(today.max(plus(launch_day, -7 * MOST_WEEKS))));
        // Where no start is given it follows the moment: only a moment that is over is refused.
        if self.start.is_none() && launch_day <= start {
            return Err(Refusal::OutOfRange {
                field: "moment",
                found: launch_day.to_string(),
                allowed: format!("{} – {LAST_DAY}", plus(start, 1)),
            }
            .into());
        }
        let zone = self.zone(start)?;
        let moment = match self.when {
            When::At(moment) => moment,
            When::Local(day, time) => zone.instant(day, time),
        };
        let weeks = (days_between(start, launch_day) / 7).clamp(1, MOST_WEEKS);
        let mut choice = TemplateChoice::new(id, self.title.clone(), start, moment, zone);
        choice.weeks = self.weeks.or_else(|| u8::try_from(weeks).ok());
        choice.note.clone_from(&self.note);
        choice.watch_days = self.watch_days.unwrap_or(choice.watch_days);
        Ok(choice)
    }

    fn zone(&self, start: NaiveDate) -> Result<Zone, Failure> {
        zones::life(&self.zone, start).ok_or_else(|| {
            let found = self.zone.chars().take(80).collect();
            let allowed = "Europe/Berlin, UTC …".to_owned();
            Refusal::OutOfRange {
                field: "zone",
                found,
                allowed,
            }
            .into()
        })
    }
}

/// The commands that make a launch, from this template if it begins with one.
fn commands_of(choice: &TemplateChoice, template: Option<(Taken, Arc<Template>)>) -> Vec<Command> {
    if let Some((taken, template)) = template {
        let mut commands = template.commands(taken.size, choice);
        commands.push(Command::TakeTemplate(Box::new(Taking {
            taken,
            add: Vec::new(),
            edit: Vec::new(),
        })));
        return commands;
    }
    vec![Command::PlanLaunch(ScheduleDetail {
        id: choice.id.clone(),
        title: choice.title.clone(),
        note: choice.note.clone(),
        start: choice.start,
        weeks: choice.weeks.unwrap_or(10),
        moment: choice.moment,
        zone: choice.zone.clone(),
        watch_days: choice.watch_days,
    })]
}

fn monday(day: NaiveDate) -> NaiveDate {
    plus(day, -i64::from(day.weekday().num_days_from_monday()))
}

impl Launches {
    /// Begins a launch. Whoever does may approve in it, until they hand that on.
    ///
    /// # Errors
    /// What the rules refuse; [`Failure::Taken`] when the id that was asked for is in use.
    pub async fn begin(
        &self,
        start: Start,
        command: CommandId,
        actor: Actor,
        now: Instant,
    ) -> Result<Arc<Live>, Failure> {
        let by = actor.id().ok_or(Refusal::NobodyActs)?;
        let id = match &start.id {
            Some(id) => id.clone(),
            None => self.free_id(start.title.as_str(), command).await?,
        };
        let choice = start.choice(id.clone(), now)?;
        let template = self.template(&start).await?;
        let mut commands = commands_of(&choice, template);
        let workspace = self.workspace().await?;
        commands.push(Command::AdoptPolicy(workspace.policy.clone()));
        commands.push(Command::SetMember {
            person: by,
            member: Member {
                approves: true,
                product_owner: true,
                ..Member::default()
            },
        });
        rights::begins(&actor)?;
        // Whoever may begin it may fill it: only then does it have people with parts.
        let actor = Actor::person(by);
        let mut launch = Launch::default();
        let mut journal = Vec::new();
        for one in &commands {
            for event in decide(&launch, one, &actor, now)? {
                let seq = launch.revision + 1;
                let record = Recorded {
                    v: VERSION,
                    seq,
                    at: now,
                    by,
                    command,
                    event,
                };
                launch.apply(&record);
                journal.push(record);
            }
        }
        self.store_new(id, command, now, journal).await
    }

    /// The latest version of the template that a launch begins with, if it begins with one.
    async fn template(&self, start: &Start) -> Result<Option<(Taken, Arc<Template>)>, Failure> {
        let Some(size) = start.size else {
            return Ok(None);
        };
        let given = start.template.clone();
        let broken = || Failure::Broken("no template comes with the product".to_owned());
        let id = given
            .or_else(|| built_in_id(start.locale))
            .ok_or_else(broken)?;
        let latest = self.latest(&id).await?;
        let taken = Taken {
            template: id,
            version: latest.number,
            size,
        };
        Ok(latest.template.map(|template| (taken, template)))
    }

    /// Takes a plan file in, under the id that it gives its launch.
    ///
    /// # Errors
    /// [`Failure::BadPlan`] with everything that is wrong with it, what it says has happened but
    /// cannot have yet included; [`Failure::Taken`] when there is a launch with its id.
    pub async fn import(
        &self,
        text: String,
        command: CommandId,
        now: Instant,
    ) -> Result<Arc<Live>, Failure> {
        self.take(text, command, None, now).await
    }

    /// Takes a plan file in for somebody, who may plan and approve in it then. Where people sign in it
    /// tells only what they did themselves, or an administrator answers for it.
    ///
    /// # Errors
    /// What [`Launches::import`] says, [`Failure::OthersActs`], and when they may not begin a launch.
    pub async fn import_for(
        &self,
        text: String,
        command: CommandId,
        actor: Actor,
        now: Instant,
    ) -> Result<Arc<Live>, Failure> {
        rights::begins(&actor)?;
        let known = self.ids();
        let only = actor.id().filter(|_| !answers_for_others(&actor));
        let live = self.take(text, command, only, now).await?;
        self.hand_to(live, &known, actor, now).await
    }

    /// Takes a plan file in; only if everything in it was done by this person, if one is given.
    async fn take(
        &self,
        text: String,
        command: CommandId,
        only: Option<PersonId>,
        now: Instant,
    ) -> Result<Arc<Live>, Failure> {
        let plan = read(text).await?;
        let id = plan.id().clone();
        if self.head(&id) > 0 && !self.was_made_by(&id, command).await? {
            return Err(Failure::Taken(id));
        }
        plan.has_happened(now).map_err(Failure::BadPlan)?;
        // Before its people come into the directory: a plan that is refused leaves nothing behind.
        let known = |key: &str| self.people.find(key).unwrap_or_else(|| plan.ids()(key));
        let tried = plan.replay(None, known).map_err(Failure::BadPlan)?;
        if only.is_some_and(|only| tried.iter().any(|record| record.by != only)) {
            return Err(Failure::OthersActs);
        }
        let ids = self.people.take_in(plan.people()).await?;
        let person = |key: &str| ids.get(key).copied().unwrap_or_else(|| plan.ids()(key));
        let mut journal = plan.replay(None, person).map_err(Failure::BadPlan)?;
        // Of what lies ahead only the planning is left: a launch that is planned for next Monday
        // is planned now, when its file is taken in.
        for record in &mut journal {
            record.at = record.at.min(now);
        }
        self.store_new(id, command, now, journal).await
    }

    /// The same with the sample.
    ///
    /// # Errors
    /// What [`Launches::sample`] says, [`Failure::OthersActs`], and when they may not begin a launch.
    pub async fn sample_for(
        &self,
        locale: Locale,
        actor: Actor,
        now: Instant,
    ) -> Result<Arc<Live>, Failure> {
        rights::begins(&actor)?;
        if !answers_for_others(&actor) {
            return Err(Failure::OthersActs);
        }
        let known = self.ids();
        let live = self.sample(locale, now).await?;
        self.hand_to(live, &known, actor, now).await
    }

    /// Gives whoever brought a launch in the part of who plans it. Where names are chosen nobody
    /// needs one.
    async fn hand_to(
        &self,
        live: Arc<Live>,
        known: &[LaunchId],
        actor: Actor,
        now: Instant,
    ) -> Result<Arc<Live>, Failure> {
        let Some(person) = actor.id().filter(|_| actor.standing() != Standing::Trusted) else {
            return Ok(live);
        };
        if known.contains(live.id()) {
            return Ok(live);
        }
        let member = live.launch().members.get(&person).cloned();
        let submission = Submission {
            id: CommandId(Uuid::now_v7()),
            command: Command::SetMember {
                person,
                member: Member {
                    approves: true,
                    product_owner: true,
                    ..member.unwrap_or_default()
                },
            },
            seen: None,
            only_at: None,
        };
        let gives = Actor::signed_in(person, Standing::Administrator);
        live.submit(submission, gives, now).await?;
        Ok(live)
    }

    /// Loads the sample, or finds it when it is there: moved by whole weeks, so that the Thursday of
    /// its week 7 was less than a week ago.
    ///
    /// # Errors
    /// When the store fails.
    pub async fn sample(&self, locale: Locale, now: Instant) -> Result<Arc<Live>, Failure> {
        let text = match locale {
            Locale::En => include_str!("../../../shared/samples/metakube.en.toml"),
            Locale::De => include_str!("../../../shared/samples/metakube.de.toml"),
        };
        let plan = read(text.to_owned()).await?;
        let ids = self.people.take_in(plan.people()).await?;
        let id = self.free_id(plan.title().as_str(), SAMPLE).await?;
        if self.head(&id) > 0 {
            return self.get(&id).await;
        }
        let today = plan.launch(None).map_err(Failure::BadPlan)?.day(now);
        let best = plus(plan.start(), THURSDAY_OF_WEEK_7);
        let title = plan.title().clone();
        let plan = plan
            .moved(days_between(best, today).div_euclid(7) * 7)
            .with_id(id.clone(), title);
        let person = |key: &str| ids.get(key).copied().unwrap_or_else(|| plan.ids()(key));
        let journal = plan.replay(Some(now), person).map_err(Failure::BadPlan)?;
        self.store_new(id, SAMPLE, now, journal).await
    }

    /// An id made of a title: one that is free, or that of the launch that this command made.
    async fn free_id(&self, title: &str, command: CommandId) -> Result<LaunchId, Failure> {
        let mut taken: Vec<LaunchId> = Vec::new();
        loop {
            let text = free_slug(title, |s| taken.iter().any(|id| id.as_str() == s));
            let id: LaunchId = text
                .parse()
                .map_err(|error| Failure::Broken(format!("{error}")))?;
            if self.head(&id) == 0 || self.was_made_by(&id, command).await? {
                return Ok(id);
            }
            taken.push(id);
        }
    }

    async fn was_made_by(&self, id: &LaunchId, command: CommandId) -> Result<bool, Failure> {
        let first = self.store.read(id.as_str(), 0, Some(1)).await?;
        Ok(first
            .first()
            .is_some_and(|stored| stored.command == command.0))
    }

    /// Stores the journal of a new launch in one piece.
    async fn store_new(
        &self,
        id: LaunchId,
        command: CommandId,
        now: Instant,
        journal: Vec<Recorded>,
    ) -> Result<Arc<Live>, Failure> {
        let last = journal.last().map_or(0, |record| record.seq);
        let lines: Result<Vec<_>, _> = journal.into_iter().map(Entry::new).collect();
        let append = Append {
            stream: id.to_string(),
            after: 0,
            command: command.0,
            at: now,
            payloads: lines?.iter().map(|line| line.json.to_string()).collect(),
        };
        match self.store.append(append).await {
            Ok(Appended::Stored { .. }) => {
                self.metrics
                    .appended(usize::try_from(last).unwrap_or_default(), 1);
                self.know(id.clone(), last);
            }
            Ok(Appended::Repeated { .. }) => {}
            Err(StoreError::Conflict { .. }) => return Err(Failure::Taken(id)),
            Err(error) => return Err(error.into()),
        }
        self.get(&id).await
    }
}

/// Whether somebody may tell what others did: where names are only chosen everybody could have been
/// them anyway.
fn answers_for_others(actor: &Actor) -> bool {
    [Standing::Trusted, Standing::Administrator].contains(&actor.standing())
}

/// Reads a plan aside from the threads that answer: a large one takes a while.
async fn read(text: String) -> Result<Plan, Failure> {
    let read = tokio::task::spawn_blocking(move || Plan::read(&text)).await;
    let read = read.map_err(|error| Failure::Broken(error.to_string()))?;
    read.map_err(Failure::BadPlan)
}
