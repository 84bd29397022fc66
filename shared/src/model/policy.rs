//! The policy: what an organisation demands of every launch, beyond what the product demands.

use serde::{Deserialize, Serialize};

use super::Discipline;

/// What a launch must fulfil. Marketing and sales are always required; there is no way to build a
/// policy without them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(from = "Vec<Discipline>", into = "Vec<Discipline>")]
pub struct Policy {
    /// Each once, in their order.
    required: Vec<Discipline>,
}

impl Policy {
    /// Days before a last safe start from which it is announced.
    pub const NEAR_DAYS: i64 = 7;
    /// How many items one person works on at once; others wait. Set by judgement.
    pub const AT_ONCE: usize = 5;

    /// A policy that requires these disciplines besides marketing and sales.
    pub fn requiring(more: impl IntoIterator<Item = Discipline>) -> Self {
        let mut policy = Self {
            required: Vec::new(),
        };
        for discipline in more.into_iter().chain(Discipline::REQUIRED) {
            policy.require(discipline);
        }
        policy
    }

    /// The disciplines without whose closed items no launch is ready.
    pub fn required(&self) -> impl Iterator<Item = Discipline> {
        self.required.iter().copied()
    }

    /// Whether a discipline is required.
    pub fn requires(&self, discipline: Discipline) -> bool {
        self.required.contains(&discipline)
    }

    /// Requires one more discipline.
    pub(crate) fn require(&mut self, discipline: Discipline) {
        if let Err(place) = self.required.binary_search(&discipline) {
            self.required.insert(place, discipline);
        }
    }
}

impl Default for Policy {
    fn default() -> Self {
        Self::requiring([])
    }
}

impl From<Vec<Discipline>> for Policy {
    fn from(required: Vec<Discipline>) -> Self {
        Self::requiring(required)
    }
}

impl From<Policy> for Vec<Discipline> {
    fn from(policy: Policy) -> Self {
        policy.required
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marketing_and_sales_cannot_be_left_out() {
        let read: Policy = serde_json::from_str("[]").unwrap();
        assert!(read.requires(Discipline::Marketing) && read.requires(Discipline::Sales));
    }
}
