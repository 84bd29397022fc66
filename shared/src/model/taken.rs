//! Which version of a template a launch holds. The browser passes over it.

use serde::{Deserialize, Serialize};

#[cfg(feature = "plan")]
use crate::{id::TemplateId, template::Tier};

/// A version of a template, in a size.
#[cfg(feature = "plan")]
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Taken {
    /// Which template.
    pub template: TemplateId,
    /// Which of its versions, from 1.
    pub version: u16,
    /// How much of it.
    pub size: Tier,
}

/// A version of a template, which is passed over here.
#[cfg(not(feature = "plan"))]
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Taken {}
