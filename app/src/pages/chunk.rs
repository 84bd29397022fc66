//! Which page is in which chunk: what the browser loads with a page, besides what every page needs.
//! Few, because what two of them share is a file of its own.

use crate::boot::Page;

/// A part of the browser half that is loaded when a page needs it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Chunk {
    /// How a launch stands.
    Cockpit,
    /// How all stand, and how one came to be so.
    Overview,
    /// What is to be expected.
    Forecast,
    /// Items to tick.
    Tick,
    /// Epics and stories.
    Plan,
    /// Which epics are in.
    Scope,
    /// Forms.
    Edit,
}

impl Chunk {
    /// Its name in the build.
    #[cfg(feature = "ssr")]
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Cockpit => "cockpit",
            Self::Overview => "overview",
            Self::Forecast => "forecast",
            Self::Tick => "tick",
            Self::Plan => "plan",
            Self::Scope => "scope",
            Self::Edit => "edit",
        }
    }
}

impl Page {
    /// The chunk that draws it; none where the server draws it alone.
    pub(crate) fn chunk(&self) -> Option<Chunk> {
        Some(match self {
            Self::Weeks { .. } | Self::Decision | Self::Trust | Self::Access => return None,
            Self::Cockpit => Chunk::Cockpit,
            Self::Portfolio | Self::Journal { .. } => Chunk::Overview,
            Self::Forecast => Chunk::Forecast,
            Self::Checklists(_) | Self::Week => Chunk::Tick,
            Self::Scope => Chunk::Scope,
            Self::Plan | Self::Story(_) | Self::Epic(_) => Chunk::Plan,
            Self::Item(_)
            | Self::Requests
            | Self::Settings
            | Self::FirstStart
            | Self::Who { .. }
            | Self::Missing => Chunk::Edit,
        })
    }
}
