//! Startklar's server: what the binary is made of, open to its tests and benchmarks.
//!
//! From the bottom up: [`store`] keeps the journal, [`launches`] holds the use cases, [`accounts`]
//! who signs in, [`mail`] who is written to, [`oidc`] by whose word one may sign in, `print` what goes on paper;
//! [`http`] and [`cli`] are adapters over them.

pub mod accounts;
mod assets;
pub mod cli;
pub mod http;
pub mod launches;
pub mod mail;
pub mod metrics;
pub mod oidc;
mod print;
pub mod store;
mod texts;
