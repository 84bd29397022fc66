//! Who asks.

use crate::id::PersonId;

/// The one who gives a command: a person, or nobody yet.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Actor {
    person: Option<PersonId>,
}

impl Actor {
    /// A known person.
    pub const fn person(person: PersonId) -> Self {
        Self {
            person: Some(person),
        }
    }

    /// Somebody who has not said who they are: may read, may not write.
    pub const fn nobody() -> Self {
        Self { person: None }
    }

    /// The person, if one is known.
    pub const fn id(&self) -> Option<PersonId> {
        self.person
    }
}
