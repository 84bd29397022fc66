//! The directory: names of people, kept beside the journal so that they can be erased.

use litemap::LiteMap;
use serde::{Deserialize, Serialize};

use crate::{id::PersonId, text::Line};

/// A person as shown.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Person {
    /// Their id in the journal.
    pub id: PersonId,
    /// Their handle in plan files and addresses.
    pub key: String,
    /// Their name.
    pub name: Line,
}

impl Person {
    /// Two letters that stand for the name in a narrow column.
    ///
    /// ```
    /// # use startklar::{PersonId, model::Person};
    /// let p = Person { id: PersonId::from_number(1), key: "lena".into(), name: "Lena Novak".parse()? };
    /// assert_eq!(p.initials(), "LN");
    /// # Ok::<(), startklar::text::BadText>(())
    /// ```
    pub fn initials(&self) -> String {
        let mut words = self.name.as_str().split_whitespace();
        let first = words.next().unwrap_or_default();
        let letters = match words.next_back() {
            Some(last) => [first.chars().next(), last.chars().next()],
            None => [first.chars().next(), first.chars().nth(1)],
        };
        letters
            .into_iter()
            .flatten()
            .map(crate::letters::capital)
            .collect()
    }
}

/// All people that are known, by id.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(from = "Vec<Person>", into = "Vec<Person>")]
pub struct People(LiteMap<PersonId, Person>);

impl People {
    /// The person with this id, unless unknown or erased.
    pub fn get(&self, id: PersonId) -> Option<&Person> {
        self.0.get(&id)
    }

    /// The name to show, if it is known.
    pub fn name(&self, id: PersonId) -> Option<&str> {
        self.0.get(&id).map(|p| p.name.as_str())
    }

    /// The person with this handle.
    pub fn by_key(&self, key: &str) -> Option<&Person> {
        self.0.values().find(|p| p.key == key)
    }

    /// Adds a person or replaces what is known of them.
    pub fn put(&mut self, person: Person) {
        self.0.insert(person.id, person);
    }

    /// Forgets a person.
    pub fn erase(&mut self, id: PersonId) {
        self.0.remove(&id);
    }

    /// Everybody, sorted by id.
    pub fn iter(&self) -> impl Iterator<Item = &Person> {
        self.0.values()
    }
}

impl From<Vec<Person>> for People {
    fn from(people: Vec<Person>) -> Self {
        Self(people.into_iter().map(|p| (p.id, p)).collect())
    }
}

impl From<People> for Vec<Person> {
    fn from(people: People) -> Self {
        let all = people.0.into_tuple_vec().into_iter();
        all.map(|(_, person)| person).collect()
    }
}
