//! What the pages of the decision, of change notices and of the calendar are drawn from.

use std::sync::Arc;

use startklar::{Launch, LaunchId, time::Instant};

/// A launch as it stands, and as it stood when its latest poll was opened.
#[derive(Debug, Clone)]
pub struct Room {
    /// The launch.
    pub launch: Arc<Launch>,
    /// The same then; `None` where no poll was ever opened.
    pub then: Option<Arc<Launch>>,
    /// The launches beside it; only for its calendar.
    pub beside: Vec<Beside>,
}

/// Another launch that is still to come.
#[derive(Debug, Clone)]
pub struct Beside {
    /// Its id.
    pub id: LaunchId,
    /// What it is called.
    pub title: String,
    /// Its launch moment.
    pub at: Instant,
}
