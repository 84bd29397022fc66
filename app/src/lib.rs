//! Startklar's pages.
