//! What somebody is told, in words: a subject, plain text, and the same as HTML that loads nothing.

mod browser;
mod escape;
mod message;
mod words;

pub(super) use message::message;
pub(super) use words::{Words, address, browser, safety, words};
