//! Startklar: launch readiness, computed from a journal.
//!
//! A [`Launch`] is the fold of its events and nothing else. [`decide`] turns a command into events
//! or refuses it with a reason, [`Launch::apply`] folds one event, [`assess`] says what the launch
//! is worth at one moment. None of them reads a clock, a file or the network.
//!
//! ```
//! use startklar::{Actor, Command, Launch, Locale, People, Policy, assess, decide, time};
//!
//! let lena = startklar::PersonId::from_number(1);
//! let now = time::parse_instant("2026-03-02T09:00:00Z")?;
//! let plan = Command::plan_launch("metakube", "MetaKube", "2026-03-02", 10, "2026-05-12T08:00:00Z")?;
//! let mut launch = Launch::default();
//! for event in decide(&launch, &plan, &Actor::person(lena), now)? {
//!     launch.apply_at(&event, now, lena);
//! }
//! let assessment = assess(&launch, &Policy::default(), now);
//! assert_eq!(assessment.verdict.code(), "no_go");
//! assert!(assessment.sentence(&launch).text(Locale::En).starts_with("Planned."));
//! # let _ = People::default();
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
#![forbid(unsafe_code)]

pub mod command;
pub mod engine;
#[cfg(feature = "drawn")]
pub mod files;
pub mod forecast;
pub mod id;
pub mod journal;
pub mod letters;
pub mod mention;
#[cfg(feature = "drawn")]
pub mod minutes;
pub mod model;
pub mod order;
#[cfg(feature = "plan")]
pub mod plan;
pub mod planning;
pub mod report;
pub mod rights;
#[cfg(feature = "plan")]
pub mod template;
pub mod text;
pub mod texts;
pub mod time;
pub mod tree;
pub mod weeks;
#[cfg(feature = "drawn")]
pub mod workspace;
#[cfg(feature = "plan")]
pub mod zones;

pub use command::{Actor, Command, Refusal, decide};
pub use engine::{Assessment, assess};
pub use id::{CommandId, EpicId, ItemId, LaunchId, NoticeId, PersonId, RequestId, StoryId};
pub use journal::{Event, Recorded};
pub use model::{Discipline, Lane, Launch, People, Policy};
pub use texts::Locale;
