//! The templates of the workspace: published by administrators, each publication a version that never
//! changes. Those that come with the product are version 1 of theirs.

use std::sync::Arc;

use serde::Serialize;

use super::{Event, Workspace};
use crate::{
    command::{Kind, Refusal},
    id::TemplateId,
    model::Stamp,
    plan::PlanError,
    template::{Template, built_in, built_in_id},
    texts::Locale,
};

/// Most versions of one template.
const MOST: usize = 1_000;

/// A template that was read, to be published.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Draft {
    template: TemplateId,
    body: String,
}

impl Draft {
    /// Reads what somebody wants to publish.
    ///
    /// # Errors
    /// Everything that is wrong with it, as [`Template::read`] says.
    pub fn read(template: TemplateId, body: &str) -> Result<Self, Vec<PlanError>> {
        Template::read(body)?;
        // A browser sends every line break as two characters.
        let body = body.replace("\r\n", "\n");
        Ok(Self { template, body })
    }
}

/// A version of a template.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Version {
    /// Its number, from 1.
    pub number: u16,
    /// What it says; nothing where this version of the library cannot read it.
    pub template: Option<Arc<Template>>,
    /// The file.
    pub body: Arc<str>,
    /// Who published it, and when; nobody where it comes with the product.
    pub published: Option<Stamp>,
}

impl Workspace {
    /// Every template with its versions, the first one first.
    pub fn templates(&self) -> impl Iterator<Item = (TemplateId, Vec<Version>)> + '_ {
        let built_in = Locale::ALL.into_iter().filter_map(built_in_id);
        let mut ids: Vec<_> = built_in.chain(self.templates.keys().cloned()).collect();
        ids.sort();
        ids.dedup();
        ids.into_iter().map(|id| {
            let versions = self.versions(&id);
            (id, versions)
        })
    }

    /// The versions of a template, the first one first; none of one that nobody knows.
    pub fn versions(&self, id: &TemplateId) -> Vec<Version> {
        let first = built_in(id).map(|template| Version {
            number: 1,
            body: template.write().into(),
            template: Some(Arc::new(template)),
            published: None,
        });
        let published = self.templates.get(id).into_iter().flatten().cloned();
        first.into_iter().chain(published).collect()
    }

    /// A version of a template.
    pub fn template(&self, id: &TemplateId, version: u16) -> Option<Arc<Template>> {
        let mut versions = self.versions(id).into_iter();
        let found = versions.find(|one| one.number == version)?;
        found.template
    }

    /// What publishing a draft comes to: nothing where the latest version says the same.
    pub(super) fn publish(&self, draft: &Draft) -> Result<Vec<Event>, Refusal> {
        let versions = self.versions(&draft.template);
        if versions
            .last()
            .is_some_and(|last| *last.body == *draft.body)
        {
            return Ok(Vec::new());
        }
        if versions.len() >= MOST {
            return Err(Refusal::Full {
                kind: Kind::Item,
                max: MOST,
            });
        }
        Ok(vec![Event::TemplatePublished {
            template: draft.template.clone(),
            body: draft.body.clone(),
        }])
    }

    /// Folds a publication. It counts even where this version of the library cannot read it: the
    /// numbers of those behind it must not move.
    pub(super) fn take_in(&mut self, id: &TemplateId, body: &str, stamp: Stamp) {
        let number = self.versions(id).len() + 1;
        let version = Version {
            number: u16::try_from(number).unwrap_or(u16::MAX),
            template: Template::read(body).ok().map(Arc::new),
            body: body.into(),
            published: Some(stamp),
        };
        self.templates.entry(id.clone()).or_default().push(version);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{PersonId, template::Tier, time::parse_instant};

    fn body(lead: u16) -> String {
        format!(
            "format = 1\r\ntitle = \"T\"\r\nweeks = 10\r\n[[items]]\r\nid = \"a\"\r\n\
             title = \"A\"\r\ndiscipline = \"sales\"\r\ntier = \"small\"\r\nlead_days = {lead}\r\n"
        )
    }

    fn publish(workspace: &mut Workspace, id: &str, lead: u16) -> usize {
        let draft = Draft::read(id.parse().unwrap(), &body(lead)).unwrap();
        let events = workspace.publish(&draft).unwrap();
        let stamp = Stamp {
            at: parse_instant("2026-03-02T08:00:00Z").unwrap(),
            by: PersonId::from_number(1),
        };
        for event in &events {
            let Event::TemplatePublished { template, body } = event else {
                panic!("{event:?}")
            };
            assert!(!body.contains('\r'));
            workspace.take_in(template, body, stamp);
        }
        events.len()
    }

    #[test]
    fn each_publication_is_a_version_and_stays() {
        let mut workspace = Workspace::default();
        let ours = "ours".parse().unwrap();
        assert_eq!(publish(&mut workspace, "ours", 3), 1);
        assert_eq!(publish(&mut workspace, "ours", 3), 0, "it says the same");
        assert_eq!(publish(&mut workspace, "ours", 5), 1);
        let lead = |version| {
            let template = workspace.template(&ours, version)?;
            template
                .items(Tier::Small)
                .next()
                .map(|item| item.lead_days)
        };
        assert_eq!([lead(1), lead(2), lead(3)], [Some(3), Some(5), None]);
    }

    #[test]
    fn what_comes_with_the_product_is_version_1_and_may_have_others() {
        let mut workspace = Workspace::default();
        let ids: Vec<_> = workspace
            .templates()
            .map(|(id, _)| id.to_string())
            .collect();
        assert_eq!(ids, ["mvp-de", "mvp-en"]);
        publish(&mut workspace, "mvp-en", 3);
        let versions = workspace.versions(&"mvp-en".parse().unwrap());
        let numbers: Vec<_> = versions
            .iter()
            .map(|v| (v.number, v.published.is_some()))
            .collect();
        assert_eq!(numbers, [(1, false), (2, true)]);
    }
}
