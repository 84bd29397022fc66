//! How the stories came on so far, told apart in words: a team that builds up, one that ran ahead, one
//! that stalls, one whose scope grows under it.

use serde::{Deserialize, Serialize};

use super::technical::Weeks;

/// How a team's pace has developed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Pace {
    /// Fewer than three weeks are known.
    Young,
    /// Everything in scope is done.
    Finished,
    /// The scope has grown by a third or more since the first week, and what is open has not become
    /// less in two weeks.
    Outgrown,
    /// The last two weeks brought less than a third of what the others did on average.
    Stalled,
    /// More was done than the time that is over would ask for, and the last two weeks brought less
    /// than those before.
    RanAhead,
    /// The last two weeks brought at least a third more than those before.
    BuildsUp,
    /// None of these.
    Steady,
}

/// Weeks that are looked at as the latest.
const LATEST: usize = 2;
/// Weeks from which on a development can be seen.
const KNOWN: usize = 3;

impl Pace {
    pub(super) fn of(weeks: &Weeks<'_>) -> Self {
        let known = weeks.done.len();
        if weeks.open <= 0.0 {
            return Self::Finished;
        }
        if known < KNOWN {
            return Self::Young;
        }
        let (before, latest) = weeks.done.split_at(known - LATEST);
        let (before, latest) = (mean(before), mean(latest));
        if weeks.outgrown(LATEST) {
            Self::Outgrown
        } else if latest < before / 3.0 || before + latest <= 0.0 {
            Self::Stalled
        } else if weeks.is_ahead() && latest < before {
            Self::RanAhead
        } else if latest >= before * 4.0 / 3.0 {
            Self::BuildsUp
        } else {
            Self::Steady
        }
    }
}

fn mean(weeks: &[f64]) -> f64 {
    weeks.iter().sum::<f64>() / f64::from(u16::try_from(weeks.len().max(1)).unwrap_or(u16::MAX))
}
