//! What is written about an item or a story, read back from the launch: where editing starts.

use super::{ItemDetail, StoryDetail};
use crate::{
    id::EpicId,
    model::{EpicIx, Item, Launch, Story},
};

impl StoryDetail {
    /// What is written about a story.
    pub fn of(story: &Story) -> Self {
        Self {
            title: story.title.clone(),
            note: story.note.clone(),
            points: story.points,
            sprint: story.sprint,
            owner: story.owner,
        }
    }
}

impl ItemDetail {
    /// What is written about an item.
    pub fn of(launch: &Launch, item: &Item) -> Self {
        let epics = |of: &[EpicIx]| -> Vec<EpicId> {
            let id = |ix: &EpicIx| Some(launch.epics.at(*ix)?.id.clone());
            of.iter().filter_map(id).collect()
        };
        let needs = item
            .needs
            .iter()
            .filter_map(|i| Some(launch.items.at(*i)?.id.clone()));
        Self {
            title: item.title.clone(),
            note: item.note.clone(),
            discipline: item.discipline,
            blocking: item.blocking,
            covers: epics(&item.covers),
            owner: item.owner,
            lead_days: item.lead_days,
            due: item.due,
            needs: needs.collect(),
            needs_epics: epics(&item.needs_epics),
            evidence: item.evidence.clone(),
            second_person: item.second_person,
            confirm_days: item.confirm_days,
        }
    }
}
