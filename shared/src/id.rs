//! Identities: short readable slugs for what belongs to a launch, opaque numbers for people, so
//! that a person can be forgotten while the journal stays whole.

use std::{fmt, str::FromStr, sync::Arc};

use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// Longest slug, in characters.
pub const SLUG_MAX: usize = 64;

/// Why a text is not an identity.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("“{found}” is not an id: 1 to {SLUG_MAX} of a-z, 0-9 and single hyphens are allowed")]
pub struct BadId {
    /// What was given, cut to a readable length.
    pub found: String,
}

fn is_slug(text: &str) -> bool {
    !text.is_empty()
        && text.len() <= SLUG_MAX
        && !text.starts_with('-')
        && !text.ends_with('-')
        && !text.contains("--")
        && text
            .bytes()
            .all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-')
}

/// Makes a slug out of any title: umlauts and accents become plain letters, all else a hyphen.
///
/// ```
/// assert_eq!(startklar::id::slug("Prüfung: Größe & Preis"), "pruefung-groesse-preis");
/// assert_eq!(startklar::id::slug("!!"), "x");
/// ```
pub fn slug(title: &str) -> String {
    let mut out = String::with_capacity(title.len());
    for c in title.chars().map(crate::letters::small) {
        let part: &str = match c {
            'ä' => "ae",
            'ö' => "oe",
            'ü' => "ue",
            'ß' => "ss",
            'á' | 'à' | 'â' | 'å' => "a",
            'é' | 'è' | 'ê' | 'ë' => "e",
            'í' | 'ì' | 'î' => "i",
            'ó' | 'ò' | 'ô' | 'ø' => "o",
            'ú' | 'ù' | 'û' => "u",
            'ç' => "c",
            'ñ' => "n",
            c if c.is_ascii_alphanumeric() => {
                out.push(c);
                continue;
            }
            _ if out.is_empty() || out.ends_with('-') => continue,
            _ => "-",
        };
        out.push_str(part);
    }
    out.truncate(SLUG_MAX - 8);
    let trimmed = out.trim_end_matches('-');
    if trimmed.is_empty() {
        "x".to_owned()
    } else {
        trimmed.to_owned()
    }
}

/// The slug of a title, with a number behind it when it is taken.
pub fn free_slug(title: &str, taken: impl Fn(&str) -> bool) -> String {
    let base = slug(title);
    if !taken(&base) {
        return base;
    }
    // More than any launch holds, so that there is always a free one.
    (2..=100_000_u32)
        .map(|n| format!("{base}-{n}"))
        .find(|s| !taken(s))
        .unwrap_or(base)
}

macro_rules! slug_id {
    ($($(#[$doc:meta])* $name:ident),+ $(,)?) => {$(
        $(#[$doc])*
        #[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(try_from = "String", into = "String")]
        pub struct $name(Arc<str>);

        impl $name {
            /// The id as text.
            pub fn as_str(&self) -> &str { &self.0 }
        }
        impl TryFrom<String> for $name {
            type Error = BadId;
            fn try_from(text: String) -> Result<Self, BadId> { text.parse() }
        }
        impl FromStr for $name {
            type Err = BadId;
            fn from_str(text: &str) -> Result<Self, BadId> {
                if is_slug(text) {
                    Ok(Self(text.into()))
                } else {
                    Err(BadId { found: text.chars().take(80).collect() })
                }
            }
        }
        impl From<$name> for String {
            fn from(id: $name) -> Self { id.0.as_ref().to_owned() }
        }
        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result { f.write_str(&self.0) }
        }
    )+};
}

slug_id! {
    /// A launch; also the name of its stream in the journal.
    LaunchId,
    /// An epic of a launch.
    EpicId,
    /// A story of an epic.
    StoryId,
    /// A readiness item of a checklist.
    ItemId,
    /// A question or handover between disciplines.
    RequestId,
    /// A change notice.
    NoticeId,
    /// A template of the workspace.
    TemplateId,
}

/// A person, without name: names live in a directory beside the journal, where they can be erased.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct PersonId(pub Uuid);

impl PersonId {
    /// A person by number, for examples and tests.
    pub const fn from_number(number: u128) -> Self {
        Self(Uuid::from_u128(number))
    }
}

impl FromStr for PersonId {
    type Err = uuid::Error;
    fn from_str(text: &str) -> Result<Self, uuid::Error> {
        text.parse().map(Self)
    }
}

impl fmt::Display for PersonId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

/// A command as sent: the same id sent twice happens once.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct CommandId(pub Uuid);

impl FromStr for CommandId {
    type Err = uuid::Error;
    fn from_str(text: &str) -> Result<Self, uuid::Error> {
        text.parse().map(Self)
    }
}

impl fmt::Display for CommandId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_slug_is_always_a_valid_id() {
        for title in ["Übergabe", "-- x --", "", "💥", &"ab ".repeat(60)] {
            assert!(
                slug(title).parse::<ItemId>().is_ok(),
                "{title}: {}",
                slug(title)
            );
        }
    }

    #[test]
    fn a_taken_slug_gets_a_number() {
        assert_eq!(
            free_slug("Offer", |s| s == "offer" || s == "offer-2"),
            "offer-3"
        );
    }

    #[test]
    fn capitals_and_double_hyphens_are_refused() {
        assert!("Offer".parse::<ItemId>().is_err());
        assert!("a--b".parse::<ItemId>().is_err());
    }
}
