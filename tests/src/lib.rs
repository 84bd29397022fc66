//! The harness of the tests of the built product: starts the binary as people do, on either
//! database, talks to it over HTTP and in a real browser, and takes its mail.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::missing_panics_doc,
    reason = "a test fails by panic"
)]

pub mod browser;
pub mod client;
pub mod mail;
pub mod postgres;
pub mod product;
pub mod provider;

pub use client::{Answer, Client, Stream};
pub use mail::MailServer;
pub use product::Product;
