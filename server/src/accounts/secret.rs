//! Secrets: long random texts of which only the hash is kept.

use std::fmt::Write as _;

use argon2::password_hash::rand_core::{OsRng, RngCore as _};
use sha2::{Digest as _, Sha256};
use startklar::PersonId;
use uuid::Uuid;

use crate::store::{Hash, Secret};

/// What one kind of secret begins with, so that a leaked one is recognised.
const PREFIX: &str = "skl_";

/// A new secret of 256 random bits, as text.
pub(super) fn new() -> String {
    let mut bytes = [0; 32];
    OsRng.fill_bytes(&mut bytes);
    format!("{PREFIX}{}", hex(&bytes))
}

/// Bytes as text: two characters for each.
pub(super) fn hex(bytes: &[u8]) -> String {
    let mut text = String::new();
    for byte in bytes {
        // Writing to a string cannot fail.
        let _ = write!(text, "{byte:02x}");
    }
    text
}

/// A new secret of this kind, somebody's or nobody's, from now until it ends: its text, and what is kept.
pub(super) fn made(
    (kind, person): (&str, Option<PersonId>),
    note: String,
    (now, ends): (i64, i64),
) -> (String, Secret) {
    let text = new();
    let kept = Secret {
        hash: hash(&text),
        id: Uuid::now_v7(),
        kind: kind.to_owned(),
        person: person.map(|person| person.0),
        note,
        made: now,
        seen: now,
        ends,
    };
    (text, kept)
}

/// The hash under which a secret is kept. A plain one does: nobody guesses 256 random bits.
pub(super) fn hash(text: &str) -> Hash {
    Sha256::digest(text.as_bytes()).into()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_two_are_alike_and_the_hash_does_not_hold_them() {
        let (one, two) = (new(), new());
        assert_ne!(one, two);
        assert_eq!(one.len(), PREFIX.len() + 64);
        assert_eq!(hash(&one), hash(&one));
        assert_ne!(hash(&one), hash(&two));
    }
}
