//! What an early warning rests on: the items that it names, and its figures.

use chrono::NaiveDate;

use crate::{id::PersonId, model::ItemIx, planning::Growth};

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
    /// One person has more than they can close.
    Overloaded {
        /// Their open items that the launch waits for.
        open: usize,
        /// Days of work that are left of these, of each at most as many as there are until the launch.
        days: usize,
        /// Days of work that fit until then.
        room: usize,
        /// What nobody has begun, and so can still be handed over; the longest at the front.
        items: Vec<ItemIx>,
    },
    /// The scope has outgrown the weeks that are left.
    Outgrown {
        /// What it was, and what came and went since.
        growth: Growth,
        /// What is still to be built, in the same unit.
        open: usize,
        /// What the best of the last three sprints would carry until the launch moment.
        carries: usize,
    },
    /// The stories end after the launch moment.
    Slips {
        /// The day on which the last of them is done at the pace so far.
        built: NaiveDate,
        /// What is not technical and is under way or ticked; what takes longest at the front.
        items: Vec<ItemIx>,
    },
    /// A waiver ends before the launch moment.
    Ends {
        /// The last day on which it holds.
        until: NaiveDate,
        /// Who granted it.
        by: PersonId,
    },
}

impl Grounds {
    /// The items that are named, what must move first at the front.
    pub fn items(&self) -> &[ItemIx] {
        match self {
            Self::NotBegun { items, .. }
            | Self::Overloaded { items, .. }
            | Self::Slips { items, .. } => items,
            Self::Outgrown { .. } | Self::Ends { .. } => &[],
        }
    }
}
