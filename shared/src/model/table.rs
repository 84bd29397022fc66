//! Rows in the order in which they came, found by id or by index.

use serde::{Deserialize, Deserializer, Serialize, Serializer};

use crate::order::{sort_by, sort_by_key};

/// A row that knows its own id.
pub trait Keyed {
    /// The kind of id.
    type Key: Ord;
    /// The kind of index into the table.
    type Ix: Copy + From<u32> + Into<u32>;
    /// This row's id.
    fn key(&self) -> &Self::Key;
}

/// Rows that are only ever added, so that an index stays true: for ever, but for stories, whose
/// order changes when one is split. An index is for use with the launch that it was found in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Table<T: Keyed> {
    rows: Vec<T>,
    /// The places of the rows, in the order of their ids.
    by_key: Vec<u32>,
}

impl<T: Keyed> Default for Table<T> {
    fn default() -> Self {
        Self {
            rows: Vec::new(),
            by_key: Vec::new(),
        }
    }
}

impl<T: Keyed> Table<T> {
    /// Adds a row and returns its index; a row whose id is there already is not added.
    pub fn add(&mut self, row: T) -> T::Ix {
        match self.search(row.key()) {
            Ok(ix) => ix.into(),
            Err(place) => {
                let ix = u32::try_from(self.rows.len()).unwrap_or(u32::MAX);
                self.by_key.insert(place, ix);
                self.rows.push(row);
                ix.into()
            }
        }
    }

    /// Where the row with this id stands, or else its place among the ids.
    fn search(&self, key: &T::Key) -> Result<u32, usize> {
        let of = |ix: &u32| self.rows.get(*ix as usize).map(Keyed::key);
        let place = self.by_key.binary_search_by(|ix| of(ix).cmp(&Some(key)))?;
        self.by_key.get(place).copied().ok_or(place)
    }

    /// Where the row with this id stands.
    pub fn find(&self, key: &T::Key) -> Option<T::Ix> {
        self.search(key).ok().map(Into::into)
    }

    /// The row with this id.
    pub fn get(&self, key: &T::Key) -> Option<&T> {
        self.rows.get(self.search(key).ok()? as usize)
    }

    /// The row with this id, to change.
    pub(crate) fn get_mut(&mut self, key: &T::Key) -> Option<&mut T> {
        let ix = self.search(key).ok()?;
        self.rows.get_mut(ix as usize)
    }

    /// Puts the rows in the order of a key; equals keep theirs. What has an index finds it anew.
    pub(crate) fn settle<K: Ord>(&mut self, key: impl Fn(&T) -> K) {
        sort_by_key(&mut self.rows, key);
        let of = |ix: &u32| self.rows.get(*ix as usize).map(Keyed::key);
        sort_by(&mut self.by_key, |a, b| of(a).cmp(&of(b)));
    }

    /// The row at an index.
    pub fn at(&self, ix: T::Ix) -> Option<&T> {
        self.rows.get(ix.into() as usize)
    }

    /// All rows, in the order in which they came.
    pub fn rows(&self) -> &[T] {
        &self.rows
    }

    /// All rows with their indexes.
    pub fn each(&self) -> impl DoubleEndedIterator<Item = (T::Ix, &T)> {
        self.rows
            .iter()
            .enumerate()
            .map(|(n, row)| (u32::try_from(n).unwrap_or(u32::MAX).into(), row))
    }

    /// How many rows there are.
    pub fn len(&self) -> usize {
        self.rows.len()
    }

    /// Whether there is no row.
    pub fn is_empty(&self) -> bool {
        self.rows.is_empty()
    }
}

impl<T: Keyed + Serialize> Serialize for Table<T> {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        self.rows.serialize(to)
    }
}

impl<'de, T: Keyed + Deserialize<'de>> Deserialize<'de> for Table<T> {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        let mut table = Self::default();
        for row in Vec::<T>::deserialize(from)? {
            table.add(row);
        }
        Ok(table)
    }
}

macro_rules! index {
    ($($(#[$doc:meta])* $name:ident),+ $(,)?) => {$(
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(transparent)]
        pub struct $name(u32);
        impl From<u32> for $name {
            fn from(ix: u32) -> Self { Self(ix) }
        }
        impl From<$name> for u32 {
            fn from(ix: $name) -> Self { ix.0 }
        }
        impl $name {
            /// The index as a position in a list.
            pub fn pos(self) -> usize { self.0 as usize }
        }
    )+};
}

index! {
    /// Where an epic stands among its launch's epics.
    EpicIx,
    /// Where a story stands among its launch's stories.
    StoryIx,
    /// Where an item stands among its launch's items.
    ItemIx,
    /// Where a request stands among its launch's requests.
    RequestIx,
    /// Where a change notice stands among its launch's notices.
    NoticeIx,
}
