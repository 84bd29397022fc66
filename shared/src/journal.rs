//! The journal: what happened, in order. Everything shown is folded from it.

mod apply;
mod detail;
mod event;
mod mentions;
mod poll;
mod record;
mod split;
mod sprints;

pub use event::{Event, FileDetail, ItemDetail, RequestDetail, ScheduleDetail, StoryDetail};
pub use record::{Envelope, Recorded, Unreadable, VERSION};
