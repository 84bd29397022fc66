//! Commands: what people ask for, and the decision whether it may happen.

mod actor;
mod cut;
mod decide;
#[cfg(feature = "drawn")]
mod files;
mod form;
mod items;
#[cfg(feature = "drawn")]
mod notices;
mod order;
#[cfg(feature = "drawn")]
mod poll;
mod refusal;
mod requests;
mod split;
mod stories;
#[cfg(feature = "plan")]
mod taking;
mod undo;
#[cfg(feature = "drawn")]
mod windows;

pub use actor::Actor;
pub use decide::decide;
#[cfg(feature = "drawn")]
pub use files::MOST as MOST_FILES;
pub use form::{Allowed, BadForm, Field, Fields};
pub use order::Command;
#[cfg(feature = "drawn")]
pub use poll::asked;
pub use refusal::{Kind, Refusal};
pub use split::StoryPart;
pub use undo::undo;

pub(crate) use requests::title as request_title;
