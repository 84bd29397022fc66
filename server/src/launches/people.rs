//! The directory of people: names by id, kept beside the journal so that they can be erased.

use std::{
    collections::BTreeMap,
    sync::{Arc, PoisonError, RwLock},
};

use startklar::{People, PersonId, id::free_slug, model::Person, plan::PlanPerson, text::Line};
use uuid::Uuid;

use super::Failure;
use crate::store::{self, Store, StoreError};

/// How often a new handle is tried when somebody else takes the same at the same time.
const TRIES: usize = 8;

/// Everybody who is known, in memory as in the store.
pub struct Directory {
    store: Arc<dyn Store>,
    people: RwLock<Arc<People>>,
}

impl Directory {
    pub(super) async fn open(store: Arc<dyn Store>) -> Result<Self, Failure> {
        let directory = Self {
            store,
            people: RwLock::default(),
        };
        directory.reload().await?;
        Ok(directory)
    }

    /// Everybody.
    pub fn all(&self) -> Arc<People> {
        Arc::clone(&self.people.read().unwrap_or_else(PoisonError::into_inner))
    }

    /// The person with this id or handle.
    pub fn find(&self, text: &str) -> Option<PersonId> {
        let people = self.all();
        match text.parse::<PersonId>() {
            Ok(id) => people.get(id).map(|person| person.id),
            Err(_) => people.by_key(text).map(|person| person.id),
        }
    }

    /// Reads the directory again.
    pub(super) async fn reload(&self) -> Result<(), StoreError> {
        let stored = self.store.people().await?;
        let mut people = People::default();
        for store::Person { id, key, name } in stored {
            match name.parse() {
                Ok(name) => people.put(Person {
                    id: PersonId(id),
                    key,
                    name,
                }),
                Err(error) => tracing::warn!(person = %id, %error, "person.name_unreadable"),
            }
        }
        *self.people.write().unwrap_or_else(PoisonError::into_inner) = Arc::new(people);
        Ok(())
    }

    /// Reads the directory again, after somebody else has changed it.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub async fn look(&self) -> Result<(), Failure> {
        Ok(self.reload().await?)
    }

    /// Adds somebody new, under a handle made of their name.
    ///
    /// # Errors
    /// [`Failure::BadPerson`] when the name is none.
    pub async fn add(&self, name: &str) -> Result<Person, Failure> {
        let name: Line = name
            .parse()
            .map_err(|error| Failure::BadPerson(format!("{error}")))?;
        let id = PersonId(Uuid::now_v7());
        for _ in 0..TRIES {
            let people = self.all();
            let key = free_slug(name.as_str(), |key| people.by_key(key).is_some());
            let person = Person {
                id,
                key,
                name: name.clone(),
            };
            match self.put(vec![person.clone()]).await {
                Err(Failure::Store(StoreError::KeyTaken { .. })) => self.reload().await?,
                other => return other.map(|()| person),
            }
        }
        Err(Failure::Busy)
    }

    /// Gives the people of a plan their ids: those who are known by their handle keep theirs and
    /// their name, the others come into the directory.
    pub(super) async fn take_in(
        &self,
        named: &[PlanPerson],
    ) -> Result<BTreeMap<String, PersonId>, Failure> {
        for _ in 0..TRIES {
            let people = self.all();
            let mut ids = BTreeMap::new();
            let mut new = Vec::new();
            for PlanPerson { key, name } in named {
                let known = people.by_key(key).map(|person| person.id);
                let id = known.unwrap_or_else(|| PersonId(Uuid::now_v7()));
                if known.is_none() {
                    new.push(Person {
                        id,
                        key: key.clone(),
                        name: name.clone(),
                    });
                }
                ids.insert(key.clone(), id);
            }
            if new.is_empty() {
                return Ok(ids);
            }
            match self.put(new).await {
                Err(Failure::Store(StoreError::KeyTaken { .. })) => self.reload().await?,
                other => return other.map(|()| ids),
            }
        }
        Err(Failure::Busy)
    }

    async fn put(&self, new: Vec<Person>) -> Result<(), Failure> {
        let stored = new.iter().map(|person| store::Person {
            id: person.id.0,
            key: person.key.clone(),
            name: person.name.to_string(),
        });
        self.store.upsert_people(stored.collect()).await?;
        // The store tells of it too, but whoever asked wants to see it now.
        let mut people = self.people.write().unwrap_or_else(PoisonError::into_inner);
        let people = Arc::make_mut(&mut people);
        for person in new {
            people.put(person);
        }
        Ok(())
    }
}
