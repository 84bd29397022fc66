//! Which page is in which chunk: what the browser loads with a page, besides what every page needs.
//! Few, because what two of them share is a file of its own.

use crate::boot::Page;

/// A part of the browser half that is loaded when a page needs it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Chunk {
    /// How a launch stands.
    Cockpit,
    /// How it came to stand so.
    Journal,
    /// What is to be expected.
    Forecast,
    /// Items to tick.
    Tick,
    /// The backlog and the sprints.
    Plan,
    /// One epic, one story.
    Work,
    /// Which epics are in.
    Scope,
    /// One item.
    Item,
    /// Requests and settings.
    Edit,
}

impl Chunk {
    /// Its name in the build.
    #[cfg(feature = "ssr")]
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Cockpit => "cockpit",
            Self::Journal => "journal",
            Self::Forecast => "forecast",
            Self::Tick => "tick",
            Self::Plan => "plan",
            Self::Work => "work",
            Self::Scope => "scope",
            Self::Item => "item",
            Self::Edit => "edit",
        }
    }
}

impl Page {
    /// The chunk that draws it; none where the server draws it alone.
    pub(crate) fn chunk(&self) -> Option<Chunk> {
        Some(match self {
            Self::Portfolio
            | Self::FirstStart
            | Self::Week
            | Self::Who { .. }
            | Self::Weeks { .. }
            | Self::Decision
            | Self::Notices
            | Self::Calendar
            | Self::Trust
            | Self::Access
            | Self::Missing => return None,
            Self::Cockpit => Chunk::Cockpit,
            Self::Journal { .. } => Chunk::Journal,
            Self::Forecast => Chunk::Forecast,
            Self::Checklists(_) => Chunk::Tick,
            Self::Scope => Chunk::Scope,
            Self::Plan => Chunk::Plan,
            Self::Story(_) | Self::Epic(_) => Chunk::Work,
            Self::Item(_) => Chunk::Item,
            Self::Requests | Self::Settings => Chunk::Edit,
        })
    }
}
