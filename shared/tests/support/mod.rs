//! What the property tests share: random histories, an oracle, and the remedy of a finding.

pub mod histories;
pub mod oracle;
pub mod remedy;
