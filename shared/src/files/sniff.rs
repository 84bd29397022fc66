//! What a file is, told by its content and by nothing that somebody says of it. What could run in a
//! page or in an office program is no evidence and is not taken.

use super::{LARGEST, Media, zip};

/// Why something is not taken as a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unfit {
    /// There is nothing in it.
    Empty,
    /// It is larger than [`LARGEST`].
    TooLarge,
    /// Its content is of no kind that is taken.
    Kind,
    /// It is called something else than it is.
    Pretends {
        /// What it is.
        found: Media,
    },
    /// Macros are in it.
    Macros,
}

impl Unfit {
    /// The stable name.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Empty => "file_empty",
            Self::TooLarge => "file_too_large",
            Self::Kind => "file_kind",
            Self::Pretends { .. } => "file_pretends",
            Self::Macros => "file_macros",
        }
    }
}

/// What a file is. Only between text and CSV its name decides: they differ in nothing else.
///
/// # Errors
/// Why it is not taken.
///
/// ```
/// use startklar::files::{Media, Unfit, sniff};
/// assert_eq!(sniff("a.pdf", b"%PDF-1.7\n"), Ok(Media::Pdf));
/// assert_eq!(sniff("a.pdf", b"plain"), Err(Unfit::Pretends { found: Media::Text }));
/// assert_eq!(sniff("a.txt", b"<script>alert(1)</script>"), Err(Unfit::Kind));
/// ```
pub fn sniff(name: &str, content: &[u8]) -> Result<Media, Unfit> {
    if content.is_empty() {
        return Err(Unfit::Empty);
    }
    if u32::try_from(content.len()).is_ok_and(|size| size <= LARGEST) {
        let named = Media::ALL.into_iter().find(|media| media.ends(name));
        let found = told(named, content)?;
        match named {
            Some(named) if named != found => Err(Unfit::Pretends { found }),
            _ => Ok(found),
        }
    } else {
        Err(Unfit::TooLarge)
    }
}

fn told(named: Option<Media>, content: &[u8]) -> Result<Media, Unfit> {
    match content {
        [b'%', b'P', b'D', b'F', b'-', ..] => Ok(Media::Pdf),
        [0x89, b'P', b'N', b'G', b'\r', b'\n', 0x1a, b'\n', ..] => Ok(Media::Png),
        [0xff, 0xd8, 0xff, ..] => Ok(Media::Jpeg),
        [
            b'R',
            b'I',
            b'F',
            b'F',
            _,
            _,
            _,
            _,
            b'W',
            b'E',
            b'B',
            b'P',
            ..,
        ] => Ok(Media::Webp),
        [b'P', b'K', 3, 4, ..] => office(content),
        _ if !is_text(content) => Err(Unfit::Kind),
        _ if named == Some(Media::Csv) => Ok(Media::Csv),
        _ => Ok(Media::Text),
    }
}

/// Readable in UTF-8, without control characters, and nothing that begins as a page or a drawing does.
fn is_text(content: &[u8]) -> bool {
    let Ok(text) = std::str::from_utf8(content) else {
        return false;
    };
    let is_strange = |c: char| c.is_control() && !matches!(c, '\t' | '\n' | '\r' | '\u{c}');
    let bare = text.trim_start_matches(|c: char| c.is_whitespace() || c == '\u{feff}');
    let tag = bare.strip_prefix('<').and_then(|rest| rest.chars().next());
    let is_markup = tag.is_some_and(|c| c.is_ascii_alphabetic() || matches!(c, '!' | '?' | '/'));
    !is_markup && !text.contains(is_strange)
}

/// An office file is an archive; what is in it says which.
fn office(content: &[u8]) -> Result<Media, Unfit> {
    let names = zip::names(content).ok_or(Unfit::Kind)?;
    let found = open_document(content).or_else(|| open_xml(&names));
    let found = found.ok_or(Unfit::Kind)?;
    if names.iter().any(|name| is_macro(name)) {
        return Err(Unfit::Macros);
    }
    Ok(found)
}

/// An `OpenDocument` says what it is in its first part, as it stands there.
fn open_document(content: &[u8]) -> Option<Media> {
    let said = zip::first(content, b"mimetype")?;
    let all = [Media::Odt, Media::Ods, Media::Odp];
    all.into_iter()
        .find(|media| media.kind().as_bytes() == said)
}

/// Of Office Open XML the main part says what it is.
fn open_xml(names: &[&[u8]]) -> Option<Media> {
    let is_there = |start: &str| {
        let fits = |name: &&[u8]| name.starts_with(start.as_bytes()) && name.ends_with(b".xml");
        names.iter().any(fits)
    };
    let main = [
        ("word/document", Media::Docx),
        ("xl/workbook", Media::Xlsx),
        ("ppt/presentation", Media::Pptx),
    ];
    let mut found = main.into_iter().filter(|(start, _)| is_there(start));
    let only = found.next().filter(|_| found.next().is_none());
    let only = only.filter(|_| is_there("[Content_Types]"));
    only.map(|(_, media)| media)
}

fn is_macro(name: &[u8]) -> bool {
    let name = name.to_ascii_lowercase();
    let parts = ["basic/", "scripts/", "xl/macrosheets/"];
    name.ends_with(b"vbaproject.bin") || parts.iter().any(|part| name.starts_with(part.as_bytes()))
}

#[cfg(test)]
mod tests;
