//! Pages to print, as PDF: made of blocks, set in lines, broken into pages, written as PDF/A-2a and PDF/UA-1,
//! so that archives keep them and screen readers read them.

mod block;
mod draw;
mod flow;
mod fonts;
mod minutes;
#[cfg(test)]
mod tests;
mod typeset;

use startklar::{Locale, texts::fill, time::Instant};

pub(crate) use block::Block;
use flow::Flow;
pub(crate) use fonts::Fonts;
pub(crate) use minutes::Sheet;

use crate::texts;

/// What a page says beside what stands on it.
#[derive(Debug)]
pub(crate) struct Heading {
    /// What it is called.
    pub(crate) title: String,
    /// Its language.
    pub(crate) locale: Locale,
    /// The moment of which it speaks; the file is dated by it, so that the same page is the same file.
    pub(crate) at: Instant,
    /// What tells it from every other page.
    pub(crate) id: String,
}

/// A page as a file.
#[derive(Debug)]
pub(crate) struct Printed {
    /// The PDF.
    pub(crate) pdf: Vec<u8>,
    /// Whether it is plain PDF: the standards refuse something that was written.
    pub(crate) plain: bool,
    /// Characters that no font has a shape for: each is an empty box.
    pub(crate) shapeless: Vec<char>,
}

/// Why a page cannot be written.
#[derive(Debug, thiserror::Error)]
pub(crate) enum Unprintable {
    /// The launch has no such poll.
    #[error("there is no such poll")]
    NoPoll,
    /// A font cannot be embedded, or the page is beyond what PDF can hold.
    #[error("the page cannot be written as PDF: {0}")]
    Refused(String),
}

/// How much smaller than usual a page may be set to stand on one sheet; smaller would be hard to read.
const SCALES: [f32; 4] = [0.95, 0.9, 0.85, 0.8];

/// Blocks on one sheet where they fit with letters of a readable size, else on several in usual ones.
fn sheets(blocks: &[Block], fonts: &mut Fonts) -> Flow {
    let mut set = |scale| Flow::of(&typeset::pieces(blocks, fonts, scale));
    let usual = set(1.0);
    if usual.pages == 1 {
        return usual;
    }
    let mut smaller = SCALES.into_iter().map(set);
    smaller.find(|flow| flow.pages == 1).unwrap_or(usual)
}

/// Writes blocks as PDF.
pub(crate) fn pdf(
    heading: &Heading,
    blocks: &[Block],
    fonts: &mut Fonts,
) -> Result<Printed, Unprintable> {
    let flow = sheets(blocks, fonts);
    let foot = |page| {
        let gaps: [(&str, &dyn std::fmt::Display); 3] =
            [("title", &heading.title), ("n", &page), ("m", &flow.pages)];
        fill(texts::of(heading.locale).print.page, &gaps)
    };
    let feet = (1..=flow.pages).map(foot).collect::<Vec<_>>();
    let feet = typeset::feet(&feet, fonts);
    draw::draw(heading, &flow, &feet, fonts)
}
