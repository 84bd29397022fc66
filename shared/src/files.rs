//! Files that are handed in as evidence: what they may be, and what they may be called. Their content
//! is the matter of whoever keeps it.

mod sniff;
mod zip;

pub use sniff::{Unfit, sniff};

use crate::text::Line;

/// The largest file, in bytes.
pub const LARGEST: u32 = 10_000_000;

/// The most that all files of a launch may have together, in bytes.
pub const LARGEST_OF_ALL: u64 = 500_000_000;

/// The longest name without its ending, in characters.
const STEM: usize = 120;

/// What a file may be. Nothing of it is shown within a page, and none of it runs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[allow(missing_docs, reason = "each is a well-known format")]
pub enum Media {
    Pdf,
    Png,
    Jpeg,
    Webp,
    Text,
    Csv,
    Docx,
    Xlsx,
    Pptx,
    Odt,
    Ods,
    Odp,
}

impl Media {
    /// All of them.
    pub const ALL: [Self; 12] = [
        Self::Pdf,
        Self::Png,
        Self::Jpeg,
        Self::Webp,
        Self::Text,
        Self::Csv,
        Self::Docx,
        Self::Xlsx,
        Self::Pptx,
        Self::Odt,
        Self::Ods,
        Self::Odp,
    ];

    /// The media type, as IANA lists it.
    pub const fn kind(self) -> &'static str {
        match self {
            Self::Pdf => "application/pdf",
            Self::Png => "image/png",
            Self::Jpeg => "image/jpeg",
            Self::Webp => "image/webp",
            Self::Text => "text/plain",
            Self::Csv => "text/csv",
            Self::Docx => "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
            Self::Xlsx => "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
            Self::Pptx => {
                "application/vnd.openxmlformats-officedocument.presentationml.presentation"
            }
            Self::Odt => "application/vnd.oasis.opendocument.text",
            Self::Ods => "application/vnd.oasis.opendocument.spreadsheet",
            Self::Odp => "application/vnd.oasis.opendocument.presentation",
        }
    }

    /// The endings that a name of this kind may have, the usual one first.
    pub const fn endings(self) -> &'static [&'static str] {
        match self {
            Self::Pdf => &["pdf"],
            Self::Png => &["png"],
            Self::Jpeg => &["jpg", "jpeg"],
            Self::Webp => &["webp"],
            Self::Text => &["txt", "md", "log"],
            Self::Csv => &["csv"],
            Self::Docx => &["docx"],
            Self::Xlsx => &["xlsx"],
            Self::Pptx => &["pptx"],
            Self::Odt => &["odt"],
            Self::Ods => &["ods"],
            Self::Odp => &["odp"],
        }
    }

    /// The one with this media type.
    pub fn from_kind(kind: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|media| media.kind() == kind)
    }

    /// Whether a file of this kind and one of another may have the same content: text and CSV are told
    /// apart by their names alone.
    pub fn is_alike(self, other: Self) -> bool {
        let plain = |media| matches!(media, Self::Text | Self::Csv);
        self == other || (plain(self) && plain(other))
    }

    fn ends(self, name: &str) -> bool {
        let ending = name.rsplit_once('.').map(|(_, ending)| ending);
        let is = |own: &str| ending.is_some_and(|found| found.eq_ignore_ascii_case(own));
        self.endings().iter().any(|own| is(own))
    }
}

/// The name that a file of this kind gets: of a path only its end, nothing that is not seen or that
/// turns the direction of writing, and an ending that says what the file is. Cleaned again it stays.
///
/// ```
/// use startklar::files::{Media, clean};
/// let name = |name| clean(name, Media::Pdf).map(String::from);
/// assert_eq!(name("C:\\offers\\Offer 3.PDF").as_deref(), Some("Offer 3.PDF"));
/// assert_eq!(name("../../etc/offer.exe").as_deref(), Some("offer.exe.pdf"));
/// assert_eq!(name("").as_deref(), Some("file.pdf"));
/// ```
pub fn clean(name: &str, media: Media) -> Option<Line> {
    let end = name.rsplit(['/', '\\']).next().unwrap_or_default();
    let seen: String = end.chars().filter(|c| !is_unseen(*c)).collect();
    let bare = seen.trim_matches(is_edge);
    let bare = if bare.is_empty() { "file" } else { bare };
    if media.ends(bare) && bare.chars().count() <= STEM + 8 {
        return bare.parse().ok();
    }
    let stem: String = bare.chars().take(STEM).collect();
    let ending = media.endings().first()?;
    format!("{}.{ending}", stem.trim_matches(is_edge))
        .parse()
        .ok()
}

/// What some systems cut off, and so would call something else.
fn is_edge(c: char) -> bool {
    c.is_whitespace() || c == '.'
}

/// Control characters, joiners, marks of direction.
fn is_unseen(c: char) -> bool {
    c.is_control()
        || matches!(c, '\u{ad}' | '\u{61c}' | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}'
            | '\u{2060}'..='\u{206f}' | '\u{feff}' | '\u{fff9}'..='\u{fffb}')
}

/// Whether a text is a SHA-256 as it is written here.
pub fn is_sum(text: &str) -> bool {
    text.len() == 64 && text.bytes().all(|b| matches!(b, b'0'..=b'9' | b'a'..=b'f'))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn name(name: &str, media: Media) -> String {
        clean(name, media).unwrap().into()
    }

    #[test]
    fn a_name_tells_what_the_file_is_and_nothing_else() {
        for (given, media, expected) in [
            ("../../x", Media::Text, "x.txt"),
            ("\"><script>", Media::Text, "\"><script>.txt"),
            ("index.html", Media::Text, "index.html.txt"),
            ("prices.csv", Media::Csv, "prices.csv"),
            ("photo.JPEG", Media::Jpeg, "photo.JPEG"),
            ("offer\u{202e}fdp.exe", Media::Pdf, "offerfdp.exe.pdf"),
            (" .htaccess. ", Media::Text, "htaccess.txt"),
            ("Größe\r\nX-Evil: 1.pdf", Media::Pdf, "GrößeX-Evil: 1.pdf"),
        ] {
            assert_eq!(name(given, media), expected);
        }
    }

    proptest! {
        #[test]
        fn a_clean_name_stays_as_it_is(given in ".{0,300}", pos in 0..Media::ALL.len()) {
            let media = Media::ALL[pos];
            let once = name(&given, media);
            prop_assert!(media.ends(&once), "{once}");
            prop_assert!(!once.contains(['/', '\\', '\n', '\r']), "{once}");
            prop_assert_eq!(name(&once, media), once);
        }
    }

    #[test]
    fn every_kind_is_found_by_its_media_type() {
        for media in Media::ALL {
            assert_eq!(Media::from_kind(media.kind()), Some(media));
        }
        assert_eq!(Media::from_kind("text/html"), None);
        assert_eq!(Media::from_kind("image/svg+xml"), None);
    }
}
