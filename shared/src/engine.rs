//! The engine: small named rules over a launch, and what follows from their findings.
//!
//! Each rule yields findings; the verdict is a function of the findings and of nothing else, so it
//! explains itself completely.

mod assess;
mod closure;
mod course;
mod epics;
mod facts;
mod finding;
mod grounds;
mod late;
mod poll;
mod proof;
mod rules;
mod second;
mod sentence;
mod stage;

pub use assess::{Assessment, assess};
pub use closure::{Closure, ItemState, Stale};
pub(crate) use closure::{exempt, lapses};
pub use course::{Course, Outlook};
pub use epics::EpicStatus;
pub use finding::{Finding, Rule, Subject, WaitsFor};
pub use grounds::Grounds;
pub use poll::Polled;
pub(crate) use poll::{Footing, lapse, shaken};
pub use proof::Proof;
#[cfg(test)]
pub(crate) use rules::testing;
pub use sentence::{Sentence, Span, Target};
pub use stage::{Stage, Verdict};
