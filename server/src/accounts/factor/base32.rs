//! Bytes as text that is easily typed: five bits a character (RFC 4648, 6), without the padding.

const LETTERS: &[u8; 32] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

/// Bytes in letters and digits.
pub(super) fn text(bytes: &[u8]) -> String {
    let (mut text, mut rest, mut bits) = (String::new(), 0_u32, 0);
    for byte in bytes {
        (rest, bits) = (rest << 8 | u32::from(*byte), bits + 8);
        while bits >= 5 {
            bits -= 5;
            text.push(letter(rest >> bits));
        }
    }
    if bits > 0 {
        text.push(letter(rest << (5 - bits)));
    }
    text
}

fn letter(bits: u32) -> char {
    char::from(LETTERS[(bits & 31) as usize])
}

/// The bytes of a text, as an app reads them.
#[cfg(test)]
pub(super) fn bytes(text: &str) -> crate::store::Shared {
    let letters = text.bytes().filter(|letter| *letter != b' ');
    let five = |letter| LETTERS.iter().position(|l| *l == letter).unwrap_or(0);
    let bits: Vec<bool> = letters
        .map(five)
        .flat_map(|value| (0..5).rev().map(move |bit| value >> bit & 1 == 1))
        .collect();
    let byte = |bits: &[bool]| bits.iter().fold(0, |byte, bit| byte << 1 | u8::from(*bit));
    let mut shared = crate::store::Shared::default();
    for (to, from) in shared.iter_mut().zip(bits.chunks(8)) {
        *to = byte(from);
    }
    shared
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_app_reads_what_was_written() {
        let secret = *b"12345678901234567890";
        assert_eq!(bytes("GEZD GNBV GY3T QOJQ GEZD GNBV GY3T QOJQ"), secret);
    }

    #[test]
    fn texts_are_those_of_rfc_4648() {
        for (bytes, expected) in [
            ("", ""),
            ("f", "MY"),
            ("fo", "MZXQ"),
            ("foo", "MZXW6"),
            ("foob", "MZXW6YQ"),
            ("fooba", "MZXW6YTB"),
            ("foobar", "MZXW6YTBOI"),
        ] {
            assert_eq!(text(bytes.as_bytes()), expected);
        }
        assert_eq!(
            text(b"12345678901234567890"),
            "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ"
        );
    }
}
