//! What an early warning rests on: the items that it names, and its figures.

use crate::model::ItemIx;

/// The figures of an early warning.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Grounds {
    /// Nobody has begun anything of a discipline.
    NotBegun {
        /// Its items that the launch waits for and nobody has begun.
        open: usize,
        /// How many of them had to begin by now.
        late: usize,
        /// The first of those, and of what must begin within a week, by their last safe starts.
        items: Vec<ItemIx>,
    },
}

impl Grounds {
    /// The items that are named, what must move first at the front.
    pub fn items(&self) -> &[ItemIx] {
        match self {
            Self::NotBegun { items, .. } => items,
        }
    }
}
