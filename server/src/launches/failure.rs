//! Why a use case did not do what was asked. Each adapter puts it into its own form: a problem
//! document, a notice on a page, a line in a terminal.

use serde::Serialize;
use startklar::{
    LaunchId, PersonId, Refusal, files::Unfit, model::File, plan::PlanError, text::Line,
    time::Instant,
};

use crate::store::StoreError;

/// Why nothing happened.
#[derive(Debug, Clone, thiserror::Error)]
pub enum Failure {
    /// The rules refuse it.
    #[error("{0}")]
    Refused(#[from] Refusal),
    /// Somebody else changed the same words in the meantime.
    #[error("somebody changed the same words in event {}", .0.seq)]
    Changed(Box<Change>),
    /// The launch has moved on from the revision that the caller insists on.
    #[error("the launch is at revision {revision}")]
    Stale {
        /// Where it is.
        revision: u64,
    },
    /// The id of the command is that of another one, which happened before.
    #[error("the id of the command belongs to another one")]
    IdUsed,
    /// There is no such launch.
    #[error("there is no such launch")]
    NoLaunch,
    /// The id of a new launch is in use.
    #[error("there is a launch “{0}” already")]
    Taken(LaunchId),
    /// Only a launch that was loaded as the sample may be thrown away.
    #[error("the launch is not the sample")]
    NotSample,
    /// A plan that tells what others did, from somebody who does not look after people.
    #[error("the plan tells what others did")]
    OthersActs,
    /// The plan file has errors.
    #[error("the plan has {} errors", .0.len())]
    BadPlan(Vec<PlanError>),
    /// The template file has errors.
    #[error("the template has {} errors", .0.len())]
    BadTemplate(Vec<PlanError>),
    /// There is no such template, or no such version of it.
    #[error("there is no template “{0}”")]
    NoTemplate(String),
    /// The name of a person is none, or their handle belongs to somebody else.
    #[error("this cannot be a person: {0}")]
    BadPerson(String),
    /// A file is none that is taken.
    #[error("the file “{name}” is not taken: {}", .why.code())]
    Unfit {
        /// What it was called.
        name: String,
        /// Why.
        why: Unfit,
    },
    /// What was sent has another SHA-256 than was said.
    #[error("the SHA-256 is {found}, not {said}")]
    OtherContent {
        /// The one that was said.
        said: String,
        /// The one that it has.
        found: String,
    },
    /// A file is to be attached, and no such content was put in.
    #[error("the content of “{}” is not here", .0.name)]
    NoContent(Box<File>),
    /// The files of a launch have no more room together.
    #[error("“{name}” does not fit beside the other files")]
    FilesFull {
        /// The file that does not.
        name: Line,
        /// How many bytes they may have together.
        max: u64,
    },
    /// Something in this program is not as it should be.
    #[error("this is a fault of the program: {0}")]
    Broken(String),
    /// Too much at once; nothing happened, and the same may be sent again.
    #[error("too busy")]
    Busy,
    /// The store refused or failed.
    #[error(transparent)]
    Store(StoreError),
}

impl From<StoreError> for Failure {
    fn from(error: StoreError) -> Self {
        Self::Store(error)
    }
}

/// An edit that would have overwritten another one.
#[derive(Debug, Clone, Serialize)]
pub struct Change {
    /// The number of the other event.
    pub seq: u64,
    /// Who made it.
    pub by: PersonId,
    /// When.
    pub at: Instant,
    /// What they wrote: the other event.
    pub theirs: serde_json::Value,
    /// What the caller wrote: the command that did not happen.
    pub yours: serde_json::Value,
}
