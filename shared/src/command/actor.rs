//! Who asks.

use crate::{id::PersonId, rights::Standing};

/// The one who gives a command: a person, or nobody yet.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Actor {
    person: Option<PersonId>,
    standing: Standing,
}

impl Actor {
    /// Somebody by the name they chose, where nobody signs in.
    pub const fn person(person: PersonId) -> Self {
        Self::signed_in(person, Standing::Trusted)
    }

    /// Somebody who has proven who they are.
    pub const fn signed_in(person: PersonId, standing: Standing) -> Self {
        Self {
            person: Some(person),
            standing,
        }
    }

    /// Somebody who has not said who they are: may read, may not write.
    pub const fn nobody() -> Self {
        Self {
            person: None,
            standing: Standing::Trusted,
        }
    }

    /// What they are in the workspace.
    pub const fn standing(&self) -> Standing {
        self.standing
    }

    /// The person, if one is known.
    pub const fn id(&self) -> Option<PersonId> {
        self.person
    }
}
