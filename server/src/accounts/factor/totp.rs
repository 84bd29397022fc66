//! Codes of six digits, computed from a secret and the time (RFC 6238), as apps have them: HMAC with
//! SHA-1 over the number of a period of 30 seconds. What is known against SHA-1 does not touch HMAC.

use argon2::password_hash::rand_core::{OsRng, RngCore as _};
use ring::hmac;

use crate::store::Shared;

/// Seconds of a period.
const PERIOD: i64 = 30;

/// Periods before and after the present one whose codes count as well: clocks differ, and people are
/// slow.
const SLACK: i64 = 1;

/// Digits of a code.
const DIGITS: usize = 6;

/// A new secret of 160 random bits.
pub(super) fn new() -> Shared {
    let mut secret = Shared::default();
    OsRng.fill_bytes(&mut secret);
    secret
}

/// What somebody typed, if that can be a code: six digits, with whatever spaces.
pub(super) fn read(typed: &str) -> Option<u32> {
    let digits: String = typed.chars().filter(|c| !c.is_whitespace()).collect();
    let is_code = digits.len() == DIGITS && digits.bytes().all(|byte| byte.is_ascii_digit());
    digits.parse().ok().filter(|_| is_code)
}

/// The period whose code this is, if that is one of those that count now; of two the later. It takes as
/// long whichever it is.
pub(super) fn period_of(secret: &Shared, code: u32, now: i64) -> Option<i64> {
    let present = now.div_euclid(PERIOD);
    (present - SLACK..=present + SLACK).fold(None, |found, period| {
        if number(secret, period) % 1_000_000 == code {
            Some(period)
        } else {
            found
        }
    })
}

/// The number of a period, of which a code is the end (RFC 4226, 5.3).
fn number(secret: &Shared, period: i64) -> u32 {
    let key = hmac::Key::new(hmac::HMAC_SHA1_FOR_LEGACY_USE_ONLY, secret);
    let tag = hmac::sign(&key, &period.to_be_bytes());
    let bytes = tag.as_ref();
    let from = usize::from(bytes.last().copied().unwrap_or_default() & 0xf);
    let four = bytes.iter().skip(from).take(4);
    four.fold(0, |number, byte| number << 8 | u32::from(*byte)) & 0x7fff_ffff
}

/// The code of a moment, as an app shows it.
#[cfg(test)]
pub(in crate::accounts) fn shown(secret: &Shared, now: i64) -> String {
    let code = number(secret, now.div_euclid(PERIOD)) % 1_000_000;
    format!("{code:06}")
}

#[cfg(test)]
mod tests {
    use super::*;

    /// That of the examples of RFC 4226 and 6238.
    const SECRET: Shared = *b"12345678901234567890";

    #[test]
    fn numbers_are_those_of_rfc_4226() {
        let codes = [
            755_224, 287_082, 359_152, 969_429, 338_314, 254_676, 287_922, 162_583, 399_871,
            520_489,
        ];
        for (period, code) in (0..).zip(codes) {
            assert_eq!(number(&SECRET, period) % 1_000_000, code, "{period}");
        }
        assert_eq!(number(&SECRET, 0), 0x4c93_cf18);
    }

    #[test]
    fn codes_are_those_of_rfc_6238() {
        for (now, digits) in [
            (59, 94_287_082),
            (1_111_111_109, 7_081_804),
            (1_111_111_111, 14_050_471),
            (1_234_567_890, 89_005_924),
            (2_000_000_000, 69_279_037),
            (20_000_000_000, 65_353_130),
        ] {
            let period = i64::div_euclid(now, PERIOD);
            assert_eq!(number(&SECRET, period) % 100_000_000, digits, "{now}");
            let code = digits % 1_000_000;
            assert_eq!(period_of(&SECRET, code, now), Some(period));
        }
        assert_eq!(shown(&SECRET, 1_111_111_109), "081804", "zeros count");
    }

    #[test]
    fn a_code_counts_one_period_early_and_late() {
        let now = 1_234_567_890;
        let code = read(&shown(&SECRET, now)).unwrap();
        let start = now.div_euclid(PERIOD) * PERIOD;
        for (at, counts) in [
            (start - PERIOD - 1, false),
            (start - PERIOD, true),
            (start + 2 * PERIOD - 1, true),
            (start + 2 * PERIOD, false),
        ] {
            assert_eq!(period_of(&SECRET, code, at).is_some(), counts, "{at}");
        }
    }

    #[test]
    fn only_six_digits_are_a_code() {
        assert_eq!(read(" 012 345 "), Some(12_345));
        for other in ["", "12345", "1234567", "12345a", "+12345", "１２３４５６"] {
            assert_eq!(read(other), None, "{other}");
        }
    }
}
