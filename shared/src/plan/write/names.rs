//! Handles for everybody who appears in a launch.

use std::collections::{BTreeMap, BTreeSet};

use super::super::{
    document::{By, PersonPart},
    values::is_handle,
};
use crate::{
    id::{PersonId, free_slug},
    mention,
    model::{Discipline, Launch, People, Person, Stamp},
    text::{Line, Note},
};

/// The handles by person.
pub(super) struct Names {
    handles: BTreeMap<PersonId, String>,
    /// The names by handle, sorted.
    people: BTreeMap<String, (PersonId, Line)>,
    /// The same, for what people say to each other.
    known: People,
}

impl Names {
    pub(super) fn of(launch: &Launch, directory: &People) -> Self {
        let mut names = Self {
            handles: BTreeMap::new(),
            people: BTreeMap::new(),
            known: People::default(),
        };
        for id in everybody(launch) {
            names.add(id, directory);
        }
        if names.people.is_empty() {
            // Somebody must have planned it; nobody is known to have.
            names.add(PersonId::from_number(0), directory);
        }
        names
    }

    fn add(&mut self, id: PersonId, directory: &People) {
        let known = directory.get(id);
        let wish = known.map_or("unknown", |p| p.key.as_str());
        let taken = |key: &str| self.people.contains_key(key);
        let handle = if is_handle(wish) && !taken(wish) {
            wish.to_owned()
        } else {
            free_slug(wish, taken)
        };
        let name = known.map_or_else(|| Line::from_id(&handle), |p| p.name.clone());
        self.known.put(Person {
            id,
            key: handle.clone(),
            name: name.clone(),
        });
        self.people.insert(handle.clone(), (id, name));
        self.handles.insert(id, handle);
    }

    /// What was said, as it is typed: with the handles of this file in place of ids.
    pub(super) fn typed(&self, said: &Note) -> Note {
        let typed = mention::typed(said.as_str(), &self.known).parse();
        typed.unwrap_or_else(|_| said.clone())
    }

    pub(super) fn handle(&self, id: PersonId) -> String {
        self.handles.get(&id).cloned().unwrap_or_default()
    }

    pub(super) fn by(&self, stamp: Stamp) -> By {
        By {
            by: self.handle(stamp.by),
            at: stamp.at,
        }
    }

    /// Who is written as the planner: an approver if there is one, since the launch no longer
    /// knows who it was.
    pub(super) fn planner(&self, launch: &Launch) -> String {
        let approver = self
            .people
            .iter()
            .find(|(_, (id, _))| launch.may_approve(*id));
        let somebody = approver.or_else(|| self.people.iter().next());
        somebody.map(|(key, _)| key.clone()).unwrap_or_default()
    }

    pub(super) fn parts(&self, launch: &Launch) -> Vec<PersonPart> {
        let leads = |id: PersonId| -> Vec<Discipline> {
            let led = launch.leads.iter().filter(|(_, lead)| **lead == id);
            led.map(|(discipline, _)| *discipline).collect()
        };
        let part = |(key, (id, name)): (&String, &(PersonId, Line))| {
            let member = launch.members.get(id);
            PersonPart {
                key: key.clone(),
                name: name.clone(),
                leads: leads(*id),
                part: member.cloned().unwrap_or_default(),
                approves_until: None,
                member: member.is_some(),
            }
        };
        self.people.iter().map(part).collect()
    }
}

/// Everybody who has a part in a launch or did something in it.
fn everybody(launch: &Launch) -> BTreeSet<PersonId> {
    let mut all: BTreeSet<PersonId> = launch.members.keys().copied().collect();
    all.extend(launch.leads.values());
    all.extend(launch.stories.rows().iter().filter_map(|s| s.owner));
    all.extend(said(launch).flat_map(|text| mention::of(text.as_str())));
    let mut stamps: Vec<Option<Stamp>> = vec![launch.launched, launch.watch_closed];
    stamps.push(launch.declared.as_ref().map(|d| d.by));
    stamps.extend(launch.epics.rows().iter().map(|e| e.accepted));
    for item in launch.items.rows() {
        all.extend(item.owner);
        stamps.push(item.begun);
        if let Some(tick) = &item.tick {
            stamps.extend([Some(tick.by), tick.verified, tick.confirmed]);
        }
        if let Some(exemption) = &item.exemption {
            stamps.extend([Some(exemption.asked), exemption.granted]);
        }
    }
    for request in launch.requests.rows() {
        all.extend(request.owner);
        stamps.push(Some(request.asked));
        stamps.push(request.answer.as_ref().map(|a| a.by));
        stamps.extend(request.thread.iter().map(|remark| Some(remark.by)));
    }
    stamps.push(launch.excepted.as_ref().map(|excepted| excepted.by));
    for issued in &launch.notices {
        stamps.push(Some(issued.by));
        stamps.extend(issued.reads.iter().copied().map(Some));
    }
    all.extend(stamps.into_iter().flatten().map(|s| s.by));
    all
}

/// Whatever people said to each other.
fn said(launch: &Launch) -> impl Iterator<Item = &Note> {
    let items = launch.items.rows().iter().flat_map(|item| {
        let tick = item.tick.iter().filter_map(|tick| tick.evidence.as_ref());
        tick.chain(item.exemption.iter().map(|exemption| &exemption.reason))
    });
    let requests = launch.requests.rows().iter().flat_map(|request| {
        let thread = request.thread.iter().map(|remark| &remark.text);
        let answer = request.answer.iter().map(|answer| &answer.text);
        thread.chain(answer).chain([&request.text])
    });
    items.chain(requests)
}
