//! Languages: which there are, and how one is chosen.

use serde::{Deserialize, Serialize};

use super::Catalogue;
#[cfg(not(feature = "languages"))]
use super::loaded;
#[cfg(feature = "languages")]
use super::{de, en};

/// A language of the user interface.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Locale {
    /// English.
    #[default]
    En,
    /// German.
    De,
}

impl Locale {
    /// Every language.
    pub const ALL: [Self; 2] = [Self::En, Self::De];

    /// The language tag.
    pub const fn tag(self) -> &'static str {
        match self {
            Self::En => "en",
            Self::De => "de",
        }
    }

    /// The language's own name.
    pub const fn name(self) -> &'static str {
        match self {
            Self::En => "English",
            Self::De => "Deutsch",
        }
    }

    /// The language with this tag; regions such as `de-AT` count as their language.
    pub fn from_tag(tag: &str) -> Option<Self> {
        let language = tag.trim().split(['-', '_']).next()?.to_ascii_lowercase();
        Self::ALL.into_iter().find(|l| l.tag() == language)
    }

    /// The best language for what a browser sends as `Accept-Language`.
    ///
    /// ```
    /// use startklar::Locale;
    /// assert_eq!(Locale::negotiate("fr, de-AT;q=0.8, en;q=0.9"), Locale::En);
    /// assert_eq!(Locale::negotiate("de"), Locale::De);
    /// assert_eq!(Locale::negotiate(""), Locale::En);
    /// ```
    pub fn negotiate(header: &str) -> Self {
        let mut best = (0.0_f32, Self::default());
        for entry in header.split(',') {
            let mut parts = entry.split(';');
            let Some(locale) = parts.next().and_then(Self::from_tag) else {
                continue;
            };
            let weight = parts
                .find_map(|p| p.trim().strip_prefix("q="))
                .map_or(1.0, |q| q.parse().unwrap_or(0.0));
            if weight > best.0 {
                best = (weight, locale);
            }
        }
        best.1
    }

    /// The texts of this language. A build without the feature `languages` has only the one that
    /// was loaded.
    pub fn catalogue(self) -> &'static Catalogue {
        #[cfg(feature = "languages")]
        return match self {
            Self::En => &en::EN,
            Self::De => &de::DE,
        };
        #[cfg(not(feature = "languages"))]
        return loaded::catalogue();
    }

    /// Words as a list: “a, b and c”.
    pub fn list(self, words: &[&str]) -> String {
        match words {
            [] => String::new(),
            [one] => (*one).to_owned(),
            [first @ .., last] => {
                format!(
                    "{} {} {last}",
                    first.join(", "),
                    self.catalogue().common.and
                )
            }
        }
    }
}
