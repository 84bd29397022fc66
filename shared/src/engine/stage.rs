//! Where a launch stands, and whether it would go now.

use serde::{Serialize, Serializer};

use super::Proof;
use crate::model::Call;

/// Where a launch stands. The two stages that claim something carry the engine's proof.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stage {
    /// Nothing has begun.
    Planned,
    /// Something has.
    Building,
    /// Every epic in scope is technically done. That is not done.
    TechnicallyDone,
    /// No blocker is left: *startklar*.
    Ready(Proof),
    /// It was launched; the watch runs, or something reopened.
    Launched,
    /// Launched, watched, and still without blocker.
    Done(Proof),
}

impl Stage {
    /// The stable name.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Planned => "planned",
            Self::Building => "building",
            Self::TechnicallyDone => "technically_done",
            Self::Ready(_) => "ready",
            Self::Launched => "launched",
            Self::Done(_) => "done",
        }
    }
}

impl Serialize for Stage {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        to.serialize_str(self.code())
    }
}

/// Would we go now?
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Verdict {
    /// At least one blocker stands.
    NoGo,
    /// No blocker stands, but something that was waived.
    GoWithConditions(Proof),
    /// Nothing stands in the way.
    Go(Proof),
}

impl Verdict {
    /// The stable name.
    pub const fn code(self) -> &'static str {
        match self {
            Self::NoGo => "no_go",
            Self::GoWithConditions(_) => "go_with_conditions",
            Self::Go(_) => "go",
        }
    }

    /// The call that it is.
    pub const fn call(self) -> Call {
        match self {
            Self::NoGo => Call::NoGo,
            Self::GoWithConditions(_) => Call::GoWithConditions,
            Self::Go(_) => Call::Go,
        }
    }

    /// Whether the launch may happen.
    pub const fn may_launch(self) -> bool {
        !matches!(self, Self::NoGo)
    }
}

impl Serialize for Verdict {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        to.serialize_str(self.code())
    }
}
