//! Startklar's server: what the binary is made of, open to its tests and benchmarks.

pub mod store;
