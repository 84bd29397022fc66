//! Which version of a template a launch holds.

use serde::{Deserialize, Serialize};

use crate::id::TemplateId;
#[cfg(feature = "plan")]
use crate::template::Tier;

/// A version of a template, in a size.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Taken {
    /// Which template.
    pub template: TemplateId,
    /// Which of its versions, from 1.
    pub version: u16,
    /// How much of it. The browser passes over it.
    #[cfg(feature = "plan")]
    pub size: Tier,
}
