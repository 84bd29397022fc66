//! Recovery codes: for whoever has lost the phone. Each works once.

use argon2::password_hash::rand_core::{OsRng, RngCore as _};
use ring::hmac;
use uuid::Uuid;

use super::base32;
use crate::store::{self, Hash, Shared};

/// How many there are.
pub(super) const COUNT: usize = 10;

pub(super) const KIND: &str = "recovery";

/// A new code of 80 random bits, in groups of four.
pub(super) fn new() -> String {
    let mut bytes = [0; 10];
    OsRng.fill_bytes(&mut bytes);
    let text = base32::text(&bytes).to_lowercase();
    grouped(&text, '-')
}

/// A text in groups of four.
pub(super) fn grouped(text: &str, between: char) -> String {
    let mut grouped = String::new();
    for (at, letter) in text.chars().enumerate() {
        if at > 0 && at % 4 == 0 {
            grouped.push(between);
        }
        grouped.push(letter);
    }
    grouped
}

/// The hash under which a code is kept, of what its letters and digits say. Salted by the secret of the
/// factor that it stands in for, so that a table of hashes fits no other account; a plain one does
/// otherwise, because nobody guesses 80 random bits.
pub(super) fn hash(secret: &Shared, code: &str) -> Hash {
    let letters = code.chars().filter(|c| c.is_alphanumeric());
    let plain: String = letters.flat_map(char::to_lowercase).map(meant).collect();
    let key = hmac::Key::new(hmac::HMAC_SHA256, secret);
    let tag = hmac::sign(&key, plain.as_bytes());
    let mut hash = Hash::default();
    for (to, from) in hash.iter_mut().zip(tag.as_ref()) {
        *to = *from;
    }
    hash
}

/// The letter that whoever reads it off paper means: no code has these digits.
const fn meant(letter: char) -> char {
    match letter {
        '0' => 'o',
        '1' => 'l',
        letter => letter,
    }
}

/// A code as it is kept. It ends only with its factor.
pub(super) fn kept(person: Uuid, secret: &Shared, code: &str, now: i64) -> store::Secret {
    store::Secret {
        hash: hash(secret, code),
        id: Uuid::now_v7(),
        kind: KIND.to_owned(),
        person: Some(person),
        note: String::new(),
        made: now,
        seen: now,
        ends: i64::MAX,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_is_known_however_it_is_typed() {
        let code = new();
        assert_eq!(code.len(), 19, "{code}");
        assert_ne!(code, new());
        let secret = *b"12345678901234567890";
        let typed = format!(" {} ", code.to_uppercase().replace('-', " "));
        assert_eq!(hash(&secret, &code), hash(&secret, &typed));
        assert_eq!(hash(&secret, "lo"), hash(&secret, "10"));
        assert_ne!(hash(&secret, &code), hash(&secret, &new()));
        assert_ne!(hash(&secret, &code), hash(b"abcdefghijklmnopqrst", &code));
    }
}
