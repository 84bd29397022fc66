//! Startklar: launch readiness, computed from a journal.
