//! What a page is made of: paragraphs, tables, and two columns beside each other.

use unicode_segmentation::UnicodeSegmentation as _;

/// A part of a page.
#[derive(Debug)]
pub(crate) enum Block {
    /// A paragraph.
    Paragraph(Role, Words),
    /// A table.
    Table(Table),
    /// Places to sign, by what is written there.
    Sign([&'static str; 3]),
    /// Two columns; one under the other, as wide as the page, where they do not fit on a sheet.
    Beside([Vec<Block>; 2]),
}

/// What a paragraph is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Role {
    /// What the page is called.
    Title,
    /// What it says above all.
    Call,
    /// The head of a part.
    Head,
    /// A text.
    Body,
    /// What stands at the edge.
    Small,
}

/// A table, its columns by their shares of the width.
#[derive(Debug)]
pub(crate) struct Table {
    /// The columns: what they are called and their shares.
    pub(crate) columns: Vec<(&'static str, f32)>,
    /// The rows.
    pub(crate) rows: Vec<Vec<Cell>>,
    /// Whether the first cell of each row says what the row is about.
    pub(crate) named: bool,
}

/// A cell: paragraphs, one under the other.
pub(crate) type Cell = Vec<Words>;

/// Words in one or several looks.
#[derive(Debug, Clone, Default)]
pub(crate) struct Words(pub(crate) Vec<Span>);

/// Words in one look.
#[derive(Debug, Clone)]
pub(crate) struct Span {
    /// The words.
    pub(crate) text: String,
    /// How they look.
    pub(crate) tone: Tone,
    /// Whether they carry the weight.
    pub(crate) bold: bool,
}

/// A colour with a meaning. What it means stands in the words too.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) enum Tone {
    /// Plain.
    #[default]
    Ink,
    /// Beside the matter.
    Quiet,
    /// Good.
    Good,
    /// At risk.
    Risk,
    /// Bad.
    Bad,
}

impl Words {
    /// Plain words.
    pub(crate) fn plain(text: impl Into<String>) -> Self {
        Self::default().and(text, Tone::Ink, false)
    }

    /// Words beside the matter.
    pub(crate) fn quiet(text: impl Into<String>) -> Self {
        Self::default().and(text, Tone::Quiet, false)
    }

    /// Words with weight, in a tone.
    pub(crate) fn bold(text: impl Into<String>, tone: Tone) -> Self {
        Self::default().and(text, tone, true)
    }

    /// The same with more words.
    pub(crate) fn and(mut self, text: impl Into<String>, tone: Tone, bold: bool) -> Self {
        let text = printable(&text.into());
        self.0.push(Span { text, tone, bold });
        self
    }
}

/// Signs of which one letter is made at most; with more the layout would count wrongly, and nobody could read it.
const JOINED: usize = 17;

/// A text on one line, without what has no shape by itself and with an end to each letter.
fn printable(text: &str) -> String {
    let shapes: String = text.chars().filter(|c| !is_shapeless(*c)).collect();
    let letters = shapes.graphemes(true);
    let signs = letters.flat_map(|letter| letter.chars().take(JOINED));
    let breaks = |sign: &char| sign.is_control() || matches!(sign, '\u{2028}' | '\u{2029}');
    signs
        .map(|sign| if breaks(&sign) { ' ' } else { sign })
        .collect()
}

/// Whether a sign only says how others look: which variant, joined or not, in which direction.
const fn is_shapeless(letter: char) -> bool {
    matches!(
        letter,
        '\u{200d}'..='\u{200f}'
            | '\u{202a}'..='\u{202e}'
            | '\u{2066}'..='\u{2069}'
            | '\u{fe00}'..='\u{fe0f}'
    )
}

/// What somebody wrote, a paragraph for each of its lines.
pub(crate) fn written(text: &str) -> Cell {
    let lines = text.lines().filter(|line| !line.trim().is_empty());
    lines.map(Words::plain).collect()
}
