//! Which items somebody follows: a wish of theirs, beside those about mail, and in no journal.

use async_trait::async_trait;
use uuid::Uuid;

use super::StoreError;

/// An item that somebody follows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Follow {
    /// Who: a person of the directory.
    pub person: Uuid,
    /// The stream of the item's launch.
    pub launch: String,
    /// The item's id.
    pub item: String,
    /// Since when, in whole seconds since 1970.
    pub since: i64,
}

/// Keeps who follows what.
#[async_trait]
pub trait FollowStore: Send + Sync {
    /// What a person follows, in the order of launches and items.
    async fn follows_of(&self, person: Uuid) -> Result<Vec<Follow>, StoreError>;

    /// Begins to follow an item; one that is followed already goes on as it was.
    ///
    /// # Errors
    /// [`StoreError::NoSuchPerson`] when somebody is none.
    async fn put_follow(&self, follow: Follow) -> Result<(), StoreError>;

    /// Follows an item no more.
    async fn end_follow(&self, person: Uuid, launch: &str, item: &str) -> Result<(), StoreError>;

    /// Ends whatever is followed of a launch.
    async fn end_follows(&self, launch: &str) -> Result<(), StoreError>;
}

/// The statements, the same for both databases.
pub(super) mod sql {
    pub(crate) const OF: &str = "\
        select person, launch, item, since from follow where person = $1 order by launch, item";
    pub(crate) const PUT: &str = "\
        insert into follow (person, launch, item, since) values ($1, $2, $3, $4) \
        on conflict (person, launch, item) do nothing";
    pub(crate) const END: &str =
        "delete from follow where person = $1 and launch = $2 and item = $3";
    pub(crate) const END_ALL: &str = "delete from follow where launch = $1";
}
