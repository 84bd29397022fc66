//! What a launch took from a template: which version it holds, and what another would change.

use serde::{Deserialize, Serialize};

use super::{Template, TemplateItem, Tier, dates};
use crate::{
    id::{ItemId, TemplateId},
    journal::ItemDetail,
    model::{Item, Launch, Taken},
    text::Line,
};

/// What an item of a launch becomes: new, or with other terms.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Entry {
    /// The item.
    pub id: ItemId,
    /// What is written about it from then on.
    #[serde(flatten)]
    pub detail: ItemDetail,
}

/// A version of a template that a launch takes: at its beginning, or in place of an earlier one.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Taking {
    /// Which.
    #[serde(flatten)]
    pub taken: Taken,
    /// Items that come onto the lists, those that others need first.
    #[serde(default)]
    pub add: Vec<Entry>,
    /// Items that get other terms.
    #[serde(default)]
    pub edit: Vec<Entry>,
}

/// A field of an item that a template says.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Part {
    /// The condition.
    Title,
    /// More about it.
    Note,
    /// Who owes it.
    Discipline,
    /// Lead time.
    LeadDays,
    /// Whether the launch waits for it.
    Blocking,
    /// What must be closed first.
    Needs,
    /// The evidence it asks for.
    Evidence,
    /// Whether a second person must verify it.
    SecondPerson,
    /// Days after which it must be confirmed again.
    ConfirmDays,
}

/// An item that says something else in another version.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Edited {
    /// The item.
    pub id: ItemId,
    /// As the launch calls it.
    pub title: Line,
    /// Each field that differs: what the version that was taken says, and what the other does.
    pub parts: Vec<(Part, TemplateItem, TemplateItem)>,
    /// Whether people changed it by hand since: then it is left alone.
    pub by_hand: bool,
}

/// What another version of a template would change in a launch.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Difference {
    /// Items that are new.
    pub added: Vec<TemplateItem>,
    /// Items that say something else.
    pub edited: Vec<Edited>,
    /// Items that it no longer has, as the launch calls them: they stay.
    pub gone: Vec<(ItemId, Line)>,
}

impl Part {
    const ALL: [Self; 9] = [
        Self::Title,
        Self::Note,
        Self::Discipline,
        Self::LeadDays,
        Self::Blocking,
        Self::Needs,
        Self::Evidence,
        Self::SecondPerson,
        Self::ConfirmDays,
    ];

    /// Whether two items of templates say the same of it.
    fn is_same(self, one: &TemplateItem, other: &TemplateItem) -> bool {
        match self {
            Self::Title => one.title == other.title,
            Self::Note => one.note == other.note,
            Self::Discipline => one.discipline == other.discipline,
            Self::LeadDays => one.lead_days == other.lead_days,
            Self::Blocking => one.blocking == other.blocking,
            Self::Needs => one.needs == other.needs,
            Self::Evidence => one.evidence == other.evidence,
            Self::SecondPerson => one.second_person == other.second_person,
            Self::ConfirmDays => one.confirm_days == other.confirm_days,
        }
    }
}

impl TemplateItem {
    /// An item of a launch as a template would have it: without people, days and what was said of it.
    pub fn of(launch: &Launch, item: &Item) -> Self {
        let detail = ItemDetail::of(launch, item);
        Self {
            id: item.id.clone(),
            title: detail.title,
            note: detail.note,
            discipline: detail.discipline,
            tier: Tier::Small,
            lead_days: detail.lead_days,
            sourced: false,
            blocking: detail.blocking,
            needs: detail.needs,
            evidence: detail.evidence,
            second_person: detail.second_person,
            confirm_days: detail.confirm_days,
        }
    }

    fn parts(&self, other: &Self) -> Vec<Part> {
        let differs = |part: &Part| !part.is_same(self, other);
        Part::ALL.into_iter().filter(differs).collect()
    }
}

impl Template {
    /// The checklists of a launch as a template: all of its items in each size, none of them ticked,
    /// without people, days and epics.
    pub fn copied(launch: &Launch) -> Option<Self> {
        let schedule = launch.schedule.as_ref()?;
        let mut items: Vec<TemplateItem> = Vec::new();
        let mut rest: Vec<_> = (launch.items.rows().iter())
            .map(|item| TemplateItem::of(launch, item))
            .collect();
        // What is needed stands before what needs it; no circle of needs is ever decided.
        while !rest.is_empty() {
            let stands = |id: &ItemId| items.iter().any(|item| item.id == *id);
            let (ready, later): (Vec<_>, Vec<_>) = rest
                .into_iter()
                .partition(|item| item.needs.iter().all(stands));
            if ready.is_empty() {
                break;
            }
            items.extend(ready);
            rest = later;
        }
        Some(Self::new(schedule.title.clone(), schedule.weeks, items))
    }

    /// What a later version would change in a launch that has taken this one in some size.
    pub fn difference(&self, later: &Self, size: Tier, launch: &Launch) -> Difference {
        let mut difference = Difference::default();
        let (before, after) = (self.within(size), later.within(size));
        let old = |id: &ItemId| before.iter().find(|item| item.id == *id);
        for new in &after {
            let Some(item) = launch.items.get(&new.id) else {
                difference.added.push(new.clone());
                continue;
            };
            let now = TemplateItem::of(launch, item);
            // One that came onto the list by hand under the same id was never as a template said.
            let was = old(&new.id).unwrap_or(&now);
            let parts = was.parts(new);
            if parts.is_empty() || now.parts(new).is_empty() {
                continue;
            }
            difference.edited.push(Edited {
                id: new.id.clone(),
                title: item.title.clone(),
                parts: parts
                    .into_iter()
                    .map(|part| (part, was.clone(), new.clone()))
                    .collect(),
                by_hand: old(&new.id).is_none() || !now.parts(was).is_empty(),
            });
        }
        let has = |id: &ItemId| after.iter().any(|item| item.id == *id);
        let gone = before.iter().filter(|item| !has(&item.id));
        difference.gone = gone
            .filter_map(|item| {
                let item = launch.items.get(&item.id)?;
                Some((item.id.clone(), item.title.clone()))
            })
            .collect();
        difference
    }

    /// The command's content by which a launch takes a version of this template in place of the one
    /// that it holds: items that are new come onto the lists, and those get other terms that still
    /// stand as they were taken.
    pub fn taking(&self, taken: Taken, difference: &Difference, launch: &Launch) -> Taking {
        let schedule = launch.schedule.as_ref();
        let days = schedule.map(|s| (s.start, s.zone.day(s.moment)));
        let (start, end) = days.unwrap_or_default();
        let due = |id: &ItemId| {
            let mut dated = dates::dated(self.items(taken.size), start, end);
            let found = dated.find(|(item, _)| item.id == *id)?;
            Some(found.1)
        };
        let detail = |item: &TemplateItem| ItemDetail {
            due: due(&item.id),
            ..item.detail()
        };
        let add = difference.added.iter().map(|item| Entry {
            id: item.id.clone(),
            detail: detail(item),
        });
        let edit = difference.edited.iter().filter(|e| !e.by_hand);
        let edit = edit.filter_map(|edited| {
            let item = launch.items.get(&edited.id)?;
            let (_, _, new) = edited.parts.first()?;
            let now = ItemDetail::of(launch, item);
            // Epics, people and days stay as they are: no template knows them.
            let detail = ItemDetail {
                covers: now.covers,
                owner: now.owner,
                due: now.due,
                needs_epics: now.needs_epics,
                ..new.detail()
            };
            Some(Entry {
                id: edited.id.clone(),
                detail,
            })
        });
        Taking {
            add: add.collect(),
            edit: edit.collect(),
            taken,
        }
    }
}

impl Difference {
    /// Whether nothing would change.
    pub fn is_empty(&self) -> bool {
        self.added.is_empty() && self.edited.is_empty() && self.gone.is_empty()
    }
}

/// The template that comes with the product, in a language: its version 1, which nobody publishes.
pub fn built_in(id: &TemplateId) -> Option<Template> {
    let mut locales = crate::Locale::ALL.into_iter();
    let locale = locales.find(|locale| built_in_id(*locale).as_ref() == Some(id))?;
    Template::mvp(locale).ok()
}

/// What the template that comes with the product is called in a language.
pub fn built_in_id(locale: crate::Locale) -> Option<TemplateId> {
    format!("mvp-{}", locale.tag()).parse().ok()
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::engine::testing::launch;

    const HEAD: &str = "format = 1\ntitle = \"T\"\nweeks = 10\n";

    fn row(id: &str, lead: u16, more: &str) -> String {
        format!(
            "[[items]]\nid = \"{id}\"\ntitle = \"{id}\"\ndiscipline = \"sales\"\ntier = \"small\"\n\
             blocking = true\nlead_days = {lead}\n{more}"
        )
    }

    fn template(rows: &[String]) -> Template {
        Template::read(&(HEAD.to_owned() + &rows.concat())).unwrap()
    }

    fn taken(version: u16) -> Taken {
        Taken {
            template: "ours".parse().unwrap(),
            version,
            size: Tier::Small,
        }
    }

    #[test]
    fn what_is_as_it_was_taken_changes_and_what_people_changed_stays() {
        let old = template(&[
            row("prices", 0, ""),
            row("terms", 0, ""),
            row("flyer", 0, ""),
        ]);
        let new = template(&[
            row("prices", 14, ""),
            row("terms", 7, ""),
            row("demo", 3, "needs = [\"prices\"]\n"),
        ]);
        let mut told = launch();
        for id in ["prices", "terms", "flyer"] {
            told = told.item(id, "sales", &json!({}));
        }
        let told = told.to("tick_item", "prices").does(json!({"edit_item":
            {"item": "terms", "title": "Our terms", "discipline": "sales", "blocking": true}}));
        let difference = old.difference(&new, Tier::Small, &told.launch);
        let ids: Vec<_> = difference.added.iter().map(|i| i.id.as_str()).collect();
        assert_eq!(ids, ["demo"]);
        let edited: Vec<_> = (difference.edited.iter())
            .map(|e| (e.id.as_str(), e.parts.len(), e.by_hand))
            .collect();
        assert_eq!(edited, [("prices", 1, false), ("terms", 1, true)]);
        assert_eq!(difference.gone.len(), 1);

        let taking = new.taking(taken(2), &difference, &told.launch);
        let command = serde_json::to_value(crate::Command::TakeTemplate(Box::new(taking)));
        let told = told.does(command.unwrap());
        let item = |id: &str| told.launch.items.get(&id.parse().unwrap()).unwrap();
        assert_eq!(item("prices").lead_days, 14);
        assert!(item("prices").tick.is_some(), "a tick stays");
        assert_eq!(item("terms").title.as_str(), "Our terms");
        assert!(item("demo").tick.is_none() && item("demo").due.is_some());
        assert_eq!(told.launch.taken, Some(taken(2)));
        let rest = new.difference(&new, Tier::Small, &told.launch);
        assert!(rest.is_empty(), "{rest:?}");
    }

    #[test]
    fn a_copy_starts_unticked_and_without_people() {
        let told = launch()
            .item(
                "prices",
                "sales",
                &json!({"owner": crate::engine::testing::NILS}),
            )
            .item(
                "offer",
                "sales",
                &json!({"needs": ["prices"], "due": "2026-04-01"}),
            )
            .to("tick_item", "prices");
        let copied = Template::copied(&told.launch).unwrap();
        let text = copied.write();
        assert!(!text.contains("2026") && !text.contains("owner"), "{text}");
        assert_eq!(Template::read(&text).unwrap(), copied);
        assert_eq!(copied.items(Tier::Small).count(), 2);
    }
}
