//! What is known at a cut, and nothing else: a forecast that takes this cannot look ahead.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

/// What a series is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Kind {
    /// Work with a scope and an end, from its known start.
    Release,
    /// The first weeks of a project.
    ProjectStart,
    /// Running work with a scope.
    Stream,
    /// Work done only.
    Throughput,
    /// Sprints.
    Velocity,
}

impl Kind {
    /// All kinds.
    pub const ALL: [Self; 5] = [
        Self::Release,
        Self::ProjectStart,
        Self::Stream,
        Self::Throughput,
        Self::Velocity,
    ];

    /// The name in files.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Release => "release",
            Self::ProjectStart => "project-start",
            Self::Stream => "stream",
            Self::Throughput => "throughput",
            Self::Velocity => "velocity",
        }
    }

    /// The kind of a name.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.code() == code)
    }

    /// Whether period 1 is the beginning of the work, so that a team is new in it.
    pub const fn begins(self) -> bool {
        matches!(self, Self::Release | Self::ProjectStart)
    }
}

/// What amounts of work are counted in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Unit {
    /// Estimates: story points, hours.
    Points,
    /// Plain counts: forecasts of them are whole numbers.
    Items,
}

impl Unit {
    /// The unit of a name in files.
    pub fn from_code(code: &str) -> Option<Self> {
        match code {
            "points" => Some(Self::Points),
            "items" => Some(Self::Items),
            _ => None,
        }
    }
}

/// What is known after some periods of work.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Past<'a> {
    /// What the work is.
    pub kind: Kind,
    /// What it is counted in.
    pub unit: Unit,
    /// Length of a period in days, at least 1.
    pub period_days: u16,
    /// First day of period 1, if known; holidays are known by it.
    pub start: Option<NaiveDate>,
    /// What was done in each known period; its length is the number of known periods.
    pub done: &'a [f64],
    /// Scope at the end of each known period, finished work included; before the first period is
    /// over one entry, the planned scope.
    pub scope: Option<&'a [f64]>,
    /// The planned last period, counted from 1.
    pub target: Option<usize>,
    /// What is known of the period under way.
    pub under_way: UnderWay,
}

/// The period under way, after the known ones.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub struct UnderWay {
    /// How much of it is over, from 0 to just below 1.
    pub over: f64,
    /// What was done in it.
    pub done: f64,
}

impl Past<'_> {
    /// Number of known periods.
    pub const fn known(&self) -> usize {
        self.done.len()
    }

    /// All that was done.
    pub fn total(&self) -> f64 {
        self.done.iter().sum::<f64>() + self.under_way.done
    }

    /// First and last known scope of work that has an end: of a release, and above 0.
    pub(super) fn aim(&self) -> Option<(f64, f64)> {
        let scope = self.scope.filter(|_| self.kind == Kind::Release)?;
        let (first, last) = (scope.first()?, scope.last()?);
        (*last > 0.0).then_some((*first, *last))
    }
}
