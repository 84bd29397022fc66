//! What the pages of the decision and of change notices are drawn from.

use std::sync::Arc;

use startklar::Launch;

/// A launch as it stands, and as it stood when its latest poll was opened.
#[derive(Debug, Clone)]
pub struct Room {
    /// The launch.
    pub launch: Arc<Launch>,
    /// The same then; `None` where no poll was ever opened.
    pub then: Option<Arc<Launch>>,
}
