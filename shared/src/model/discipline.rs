//! The trades that carry a launch, and the two lanes they stand in.

use serde::{Deserialize, Serialize};

/// The two lanes of the strip: what is built, and what sells, supports and pays for it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Lane {
    /// Product, engineering, quality, operations, security.
    Technical,
    /// Everything that makes a finished product sellable.
    NonTechnical,
}

/// A discipline: who has a say in the launch and owes items to it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Discipline {
    /// Scope, criteria, decision.
    Product,
    /// Building it.
    Engineering,
    /// Testing it.
    Quality,
    /// Running it.
    Operations,
    /// Guarding it.
    Security,
    /// Telling the market.
    Marketing,
    /// Selling it.
    Sales,
    /// Answering for it.
    Support,
    /// What may be said and signed.
    Legal,
    /// What it costs and earns.
    Finance,
    /// Telling colleagues and the press.
    Communications,
    /// Who is there to do it.
    People,
}

impl Discipline {
    /// Every discipline, technical ones first, in the order of the strip.
    pub const ALL: [Self; 12] = [
        Self::Product,
        Self::Engineering,
        Self::Quality,
        Self::Operations,
        Self::Security,
        Self::Marketing,
        Self::Sales,
        Self::Support,
        Self::Legal,
        Self::Finance,
        Self::Communications,
        Self::People,
    ];

    /// The disciplines without which no launch is ready. A policy adds to them, never takes away.
    pub const REQUIRED: [Self; 2] = [Self::Marketing, Self::Sales];

    /// The lane it stands in.
    pub const fn lane(self) -> Lane {
        match self {
            Self::Product
            | Self::Engineering
            | Self::Quality
            | Self::Operations
            | Self::Security => Lane::Technical,
            _ => Lane::NonTechnical,
        }
    }

    /// The stable name in files and on the wire.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Product => "product",
            Self::Engineering => "engineering",
            Self::Quality => "quality",
            Self::Operations => "operations",
            Self::Security => "security",
            Self::Marketing => "marketing",
            Self::Sales => "sales",
            Self::Support => "support",
            Self::Legal => "legal",
            Self::Finance => "finance",
            Self::Communications => "communications",
            Self::People => "people",
        }
    }

    /// The discipline with this stable name.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|d| d.code() == code)
    }

    /// Its place in [`Discipline::ALL`].
    pub const fn pos(self) -> usize {
        self as usize
    }
}
