//! Texts that people write: trimmed, never empty, bounded, free of control characters.

use std::{fmt, str::FromStr, sync::Arc};

use serde::{Deserialize, Serialize};

/// Why a text was not taken.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum BadText {
    /// Nothing but space.
    #[error("a text is missing")]
    Empty,
    /// More characters than the field holds.
    #[error("{found} characters, {max} are allowed")]
    TooLong {
        /// Characters found.
        found: usize,
        /// Characters allowed.
        max: usize,
    },
    /// A control character other than a line break.
    #[error("control characters are not allowed")]
    Control,
}

/// A written text of at most `MAX` characters.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Text<const MAX: usize>(Arc<str>);

/// A title or a name: one line, at most 200 characters.
pub type Line = Text<200>;
/// A note, a reason, a piece of evidence: at most 4,000 characters.
pub type Note = Text<4000>;

impl<const MAX: usize> Text<MAX> {
    /// The text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl Line {
    /// An id as a line: ids are shorter than lines and hold nothing that a line may not.
    pub(crate) fn from_id(id: &str) -> Self {
        Self(id.into())
    }
}

impl<const MAX: usize> FromStr for Text<MAX> {
    type Err = BadText;
    fn from_str(text: &str) -> Result<Self, BadText> {
        let text = text.trim();
        let found = text.chars().count();
        if text.is_empty() {
            Err(BadText::Empty)
        } else if found > MAX {
            Err(BadText::TooLong { found, max: MAX })
        } else if text
            .chars()
            .any(|c| c.is_control() && !(MAX > 200 && matches!(c, '\n' | '\t')))
        {
            if MAX > 200 {
                text.replace('\r', "").parse_clean()
            } else {
                Err(BadText::Control)
            }
        } else {
            Ok(Self(text.into()))
        }
    }
}

/// Browsers send line breaks as CR LF; a note keeps the LF.
trait ParseClean {
    fn parse_clean<const MAX: usize>(self) -> Result<Text<MAX>, BadText>;
}
impl ParseClean for String {
    fn parse_clean<const MAX: usize>(self) -> Result<Text<MAX>, BadText> {
        if self
            .chars()
            .any(|c| c.is_control() && !matches!(c, '\n' | '\t'))
        {
            Err(BadText::Control)
        } else {
            Ok(Text(self.into()))
        }
    }
}

impl<const MAX: usize> TryFrom<String> for Text<MAX> {
    type Error = BadText;
    fn try_from(text: String) -> Result<Self, BadText> {
        text.parse()
    }
}

impl<const MAX: usize> From<Text<MAX>> for String {
    fn from(text: Text<MAX>) -> Self {
        text.0.as_ref().to_owned()
    }
}

impl<const MAX: usize> fmt::Display for Text<MAX> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_title_is_trimmed_and_bounded() {
        assert_eq!(
            "  Offer ".parse::<Line>().map(String::from),
            Ok("Offer".to_owned())
        );
        assert_eq!("   ".parse::<Line>(), Err(BadText::Empty));
        assert_eq!(
            "x".repeat(201).parse::<Line>(),
            Err(BadText::TooLong {
                found: 201,
                max: 200
            })
        );
        assert_eq!("a\nb".parse::<Line>(), Err(BadText::Control));
    }

    #[test]
    fn a_note_keeps_its_lines() {
        assert_eq!(
            "a\r\nb".parse::<Note>().map(String::from),
            Ok("a\nb".to_owned())
        );
        assert_eq!("a\u{7}b".parse::<Note>(), Err(BadText::Control));
    }
}
