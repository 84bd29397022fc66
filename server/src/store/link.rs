//! The link of a record: 32 bytes, as text 64 hexadecimal digits.

use std::{fmt, str::FromStr};

use serde::{Deserialize, Serialize};

/// What chains a record to the ones before it. The default, all zeros, stands before the first
/// record of a stream.
#[derive(Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Link([u8; 32]);

/// A text or a value of a database that is no link.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("a link has 64 hexadecimal digits")]
pub struct NoLink;

impl Link {
    /// Its bytes, as databases keep them.
    pub(super) fn as_bytes(&self) -> &[u8] {
        &self.0
    }
}

impl From<[u8; 32]> for Link {
    fn from(bytes: [u8; 32]) -> Self {
        Self(bytes)
    }
}

impl TryFrom<&[u8]> for Link {
    type Error = NoLink;

    fn try_from(bytes: &[u8]) -> Result<Self, NoLink> {
        bytes.try_into().map(Self).map_err(|_| NoLink)
    }
}

impl fmt::Display for Link {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().try_for_each(|byte| write!(f, "{byte:02x}"))
    }
}

impl fmt::Debug for Link {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Link({self})")
    }
}

impl FromStr for Link {
    type Err = NoLink;

    fn from_str(text: &str) -> Result<Self, NoLink> {
        let digit = |byte: &u8| char::from(*byte).to_digit(16);
        let digits: Option<Vec<u32>> = text.as_bytes().iter().map(digit).collect();
        let digits = digits.filter(|digits| digits.len() == 64).ok_or(NoLink)?;
        let mut bytes = [0; 32];
        for (byte, pair) in bytes.iter_mut().zip(digits.chunks_exact(2)) {
            let value = pair.iter().fold(0, |value, digit| value * 16 + digit);
            *byte = u8::try_from(value).map_err(|_| NoLink)?;
        }
        Ok(Self(bytes))
    }
}

impl From<Link> for String {
    fn from(link: Link) -> Self {
        link.to_string()
    }
}

impl TryFrom<String> for Link {
    type Error = NoLink;

    fn try_from(text: String) -> Result<Self, NoLink> {
        text.parse()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn its_text_comes_back() {
        let link = Link::from(std::array::from_fn(|i| u8::try_from(i * 7).unwrap_or(255)));
        let text = link.to_string();
        assert!(text.starts_with("00070e15") && text.len() == 64, "{text}");
        assert_eq!(text.parse(), Ok(link));
        assert_eq!(text.to_uppercase().parse(), Ok(link));
        assert_eq!(Link::try_from(link.as_bytes()), Ok(link));
    }

    #[test]
    fn nothing_else_is_one() {
        let digits = "0".repeat(64);
        for text in [
            "",
            "00",
            &digits[1..],
            &format!("{digits}0"),
            &digits.replace("00", "ä"),
        ] {
            assert_eq!(text.parse::<Link>(), Err(NoLink), "{text}");
        }
        assert_eq!(format!("+{}", &digits[1..]).parse::<Link>(), Err(NoLink));
        assert_eq!(Link::try_from(&[0_u8; 31][..]), Err(NoLink));
    }
}
