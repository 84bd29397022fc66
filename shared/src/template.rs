//! Templates: checklists to begin a launch with, in three sizes and in every language.
//!
//! A template holds one condition an item, and for each item how long before the launch moment its
//! work must be under way. It knows no dates; [`Template::commands`] computes them from the launch
//! moment, and what comes out are ordinary commands, decided by the same rules as any other.

mod dates;
mod taken;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

pub use taken::{Difference, Edited, Entry, Part, Taking, built_in, built_in_id};

use crate::{
    command::Command,
    id::{ItemId, LaunchId},
    journal::{ItemDetail, ScheduleDetail},
    model::Discipline,
    text::{Line, Note},
    texts::Locale,
    time::{Instant, Zone},
};

/// How much of a template a launch takes. Each size holds the smaller ones.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Tier {
    /// What no launch should go without.
    Small,
    /// A product that people pay for.
    Medium,
    /// A launch that the market notices.
    Large,
}

impl Tier {
    /// Every size, the smallest first.
    pub const ALL: [Self; 3] = [Self::Small, Self::Medium, Self::Large];

    /// The stable name in files and forms.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Small => "small",
            Self::Medium => "medium",
            Self::Large => "large",
        }
    }

    /// The size with this stable name.
    ///
    /// ```
    /// use startklar::template::Tier;
    /// assert_eq!(Tier::from_code("medium"), Some(Tier::Medium));
    /// assert_eq!(Tier::from_code("huge"), None);
    /// ```
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|t| t.code() == code)
    }
}

/// An item of a template: a readiness item without people and dates.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TemplateItem {
    /// Its id, the same in every language.
    pub id: ItemId,
    /// The condition, in one line.
    pub title: Line,
    /// More about it.
    pub note: Option<Note>,
    /// Who owes it.
    pub discipline: Discipline,
    /// The smallest size in which it appears.
    pub tier: Tier,
    /// Days before the launch moment at which it must be under way.
    pub lead_days: u16,
    /// Whether the lead time rests on published practice; otherwise it is an estimate.
    pub sourced: bool,
    /// Whether the launch waits for it.
    pub blocking: bool,
    /// Items that must be closed first; they stand before this one.
    pub needs: Vec<ItemId>,
    /// The evidence it asks for.
    pub evidence: Option<Line>,
    /// Whether a second person must verify it.
    pub second_person: bool,
    /// Days after which it must be confirmed again.
    pub confirm_days: Option<u16>,
}

/// What somebody says who begins a launch from a template.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TemplateChoice {
    /// The launch's id.
    pub id: LaunchId,
    /// What is launched.
    pub title: Line,
    /// What it is about.
    pub note: Option<Note>,
    /// First day of week 1.
    pub start: NaiveDate,
    /// The launch moment.
    pub moment: Instant,
    /// The zone in which its days are counted.
    pub zone: Zone,
    /// Length of the plan in weeks; the template's own when `None`.
    pub weeks: Option<u8>,
    /// Days of watch after the launch.
    pub watch_days: u16,
}

impl TemplateChoice {
    /// A choice of the least that must be said: two weeks of watch, the template's own length.
    pub fn new(id: LaunchId, title: Line, start: NaiveDate, moment: Instant, zone: Zone) -> Self {
        Self {
            id,
            title,
            note: None,
            start,
            moment,
            zone,
            weeks: None,
            watch_days: 14,
        }
    }
}

/// Checklists to begin with.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Template {
    title: Line,
    weeks: u8,
    items: Vec<TemplateItem>,
}

/// Why a template could not be read, where that is no matter of lines.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("not a template: {reason}")]
pub struct BadTemplate {
    /// What is wrong.
    pub reason: String,
}

impl Template {
    /// A template of these items, needed ones before those that need them.
    pub(crate) fn new(title: Line, weeks: u8, items: Vec<TemplateItem>) -> Self {
        Self {
            title,
            weeks,
            items,
        }
    }

    /// The template for an MVP in ten weeks.
    ///
    /// # Errors
    /// [`BadTemplate`] when the data in this crate is damaged, which its tests exclude.
    ///
    /// ```
    /// use startklar::{Locale, template::{Template, Tier}};
    /// let template = Template::mvp(Locale::De)?;
    /// assert_eq!(template.title().as_str(), "MVP in zehn Wochen");
    /// assert_eq!(template.items(Tier::Medium).count(), 68);
    /// # Ok::<(), startklar::template::BadTemplate>(())
    /// ```
    pub fn mvp(locale: Locale) -> Result<Self, BadTemplate> {
        let read = Self::read(match locale {
            Locale::En => include_str!("../templates/mvp.en.toml"),
            Locale::De => include_str!("../templates/mvp.de.toml"),
        });
        read.map_err(|errors| BadTemplate {
            reason: errors.first().map(ToString::to_string).unwrap_or_default(),
        })
    }

    /// What it is called.
    pub fn title(&self) -> &Line {
        &self.title
    }

    /// The weeks it is made for.
    pub fn weeks(&self) -> u8 {
        self.weeks
    }

    /// The items of a size, by discipline, needed ones before those that need them.
    pub fn items(&self, tier: Tier) -> impl Iterator<Item = &TemplateItem> {
        self.items.iter().filter(move |i| i.tier <= tier)
    }

    /// The same as a launch of that size has them: without what only larger ones need.
    fn within(&self, tier: Tier) -> Vec<TemplateItem> {
        let has = |id: &ItemId| self.items(tier).any(|item| item.id == *id);
        let mut items: Vec<_> = self.items(tier).cloned().collect();
        for item in &mut items {
            item.needs.retain(has);
        }
        items
    }

    /// The commands that plan a launch and put the items of a size on its checklists.
    ///
    /// An item is due when two thirds of the time have passed from its last safe start (or from
    /// the first day of week 1, when the lead time is longer than the plan) to the launch.
    ///
    /// ```
    /// use startklar::{
    ///     Actor, Launch, Locale, PersonId, decide,
    ///     template::{Template, TemplateChoice, Tier},
    ///     time::{Zone, parse_instant},
    /// };
    /// let (start, moment) = ("2026-03-02".parse()?, parse_instant("2026-05-12T08:00:00Z")?);
    /// let choice =
    ///     TemplateChoice::new("shop".parse()?, "Shop".parse()?, start, moment, Zone::default());
    /// let (planner, mut launch) = (PersonId::from_number(1), Launch::default());
    /// for command in Template::mvp(Locale::En)?.commands(Tier::Small, &choice) {
    ///     for event in decide(&launch, &command, &Actor::person(planner), moment)? {
    ///         launch.apply_at(&event, moment, planner);
    ///     }
    /// }
    /// assert_eq!(launch.items.len(), 41);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn commands(&self, tier: Tier, choice: &TemplateChoice) -> Vec<Command> {
        let plan = Command::PlanLaunch(ScheduleDetail {
            id: choice.id.clone(),
            title: choice.title.clone(),
            note: choice.note.clone(),
            start: choice.start,
            weeks: choice.weeks.unwrap_or(self.weeks),
            moment: choice.moment,
            zone: choice.zone.clone(),
            watch_days: choice.watch_days,
        });
        let items = self.within(tier);
        let end = choice.zone.day(choice.moment);
        let dated = dates::dated(items.iter(), choice.start, end);
        let add = dated.map(|(item, due)| Command::AddItem {
            id: item.id.clone(),
            detail: ItemDetail {
                due: Some(due),
                ..item.detail()
            },
        });
        std::iter::once(plan).chain(add).collect()
    }
}

impl TemplateItem {
    /// What a launch writes about it, without a day.
    fn detail(&self) -> ItemDetail {
        ItemDetail {
            title: self.title.clone(),
            note: self.note.clone(),
            discipline: self.discipline,
            blocking: self.blocking,
            covers: Vec::new(),
            owner: None,
            lead_days: self.lead_days,
            due: None,
            needs: self.needs.clone(),
            needs_epics: Vec::new(),
            evidence: self.evidence.clone(),
            second_person: self.second_person,
            confirm_days: self.confirm_days,
        }
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "tests fail by panic")]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    fn mvp(locale: Locale) -> Template {
        Template::mvp(locale).unwrap()
    }

    /// What an item says apart from its words.
    fn facts(item: &TemplateItem) -> TemplateItem {
        TemplateItem {
            title: "x".parse().unwrap(),
            evidence: item.evidence.as_ref().map(|_| "x".parse().unwrap()),
            ..item.clone()
        }
    }

    #[test]
    fn every_language_holds_the_same_items() {
        let of = |locale| mvp(locale).items.iter().map(facts).collect::<Vec<_>>();
        assert_eq!(of(Locale::En), of(Locale::De));
    }

    #[test]
    fn no_text_is_left_untranslated() {
        let (en, de) = (mvp(Locale::En), mvp(Locale::De));
        for (en, de) in en.items.iter().zip(&de.items) {
            assert_ne!(en.title, de.title, "{}", en.id);
            assert!(
                en.evidence.is_none() || en.evidence != de.evidence,
                "{}",
                en.id
            );
        }
    }

    #[test]
    fn an_id_stands_for_one_item() {
        let template = mvp(Locale::En);
        let ids: BTreeSet<_> = template.items.iter().map(|i| &i.id).collect();
        assert_eq!(ids.len(), template.items.len());
    }

    #[test]
    fn sizes_are_nested_and_of_a_size_that_people_read() {
        let template = mvp(Locale::En);
        assert_eq!(Tier::ALL.map(|t| template.items(t).count()), [41, 68, 110]);
        for (smaller, larger) in [(Tier::Small, Tier::Medium), (Tier::Medium, Tier::Large)] {
            let larger: Vec<_> = template.items(larger).collect();
            assert!(template.items(smaller).all(|i| larger.contains(&i)));
        }
    }

    #[test]
    fn what_an_item_needs_stands_before_it_in_every_size() {
        let template = mvp(Locale::En);
        for tier in Tier::ALL {
            let mut seen = BTreeSet::new();
            for item in template.items(tier) {
                assert!(item.needs.iter().all(|n| seen.contains(n)), "{}", item.id);
                seen.insert(&item.id);
            }
        }
    }

    #[test]
    fn required_disciplines_have_blocking_items_in_every_size() {
        let template = mvp(Locale::En);
        let disciplines = |tier| -> BTreeSet<_> {
            let blocking = template.items(tier).filter(|i| i.blocking);
            blocking.map(|i| i.discipline).collect()
        };
        for tier in Tier::ALL {
            let found = disciplines(tier);
            assert!(
                Discipline::REQUIRED.iter().all(|d| found.contains(d)),
                "{tier:?}"
            );
        }
        assert_eq!(disciplines(Tier::Medium).len(), 9);
        assert_eq!(disciplines(Tier::Large).len(), Discipline::ALL.len());
    }

    #[test]
    fn lead_times_are_within_four_months() {
        assert!(mvp(Locale::En).items.iter().all(|i| i.lead_days <= 120));
    }
}
