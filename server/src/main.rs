//! Startklar in one binary.
fn main() {}
