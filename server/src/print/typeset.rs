//! Sets blocks in lines: strips of one line or more that lie under each other on a page.

use std::rc::Rc;

use parley::{
    FontWeight, Layout, LayoutContext, LineHeight, OverflowWrap, StyleProperty,
    layout::{Alignment, AlignmentOptions},
};

use super::{
    block::{Block, Role, Table, Tone, Words},
    flow::{BOTTOM, TOP, higher},
    fonts::Fonts,
};

/// The width of what is printed on A4 with 15 mm to each side, in points.
pub(super) const WIDTH: f32 = 510.0;

/// Between two columns.
const GUTTER: f32 = 20.0;

/// Between two cells of a row.
const GAP: f32 = 8.0;

/// What lies on a page.
#[derive(Debug)]
pub(super) enum Piece {
    /// One strip.
    Strip(Strip),
    /// Two columns of strips, of which each fits on a page.
    Beside([Vec<Strip>; 2]),
}

/// Cells beside each other.
#[derive(Debug)]
pub(super) struct Strip {
    /// What it is.
    pub(super) kind: Kind,
    /// Its cells.
    pub(super) cells: Vec<Set>,
    /// The space above it, but for the first on a page.
    pub(super) above: f32,
    /// The space around its cells.
    pub(super) pad: f32,
    /// A rule above it, from where to where.
    pub(super) rule: Option<(f32, f32)>,
    /// Whether it stands on the page of the next strip.
    pub(super) keep: bool,
}

/// What a strip is, for whoever does not see it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Kind {
    /// A heading of a rank, as it is called.
    Heading(u16, String),
    /// A paragraph.
    Paragraph,
    /// The heads of a table.
    Heads(usize),
    /// A row of a table; whether its first cell says what it is about.
    Row(usize, bool),
}

/// Lines under each other.
#[derive(Debug)]
pub(super) struct Set {
    /// Where they begin.
    pub(super) x: f32,
    /// The lines.
    pub(super) lines: Vec<Line>,
}

/// A line of a paragraph.
#[derive(Debug, Clone)]
pub(super) struct Line {
    /// The paragraph.
    pub(super) of: Rc<Paragraph>,
    /// Which of its lines.
    pub(super) index: usize,
    /// How high it is.
    pub(super) height: f32,
}

/// A paragraph in lines.
pub(super) struct Paragraph {
    /// Its words.
    pub(super) text: String,
    /// Where they lie.
    pub(super) layout: Layout<Tone>,
}

impl std::fmt::Debug for Paragraph {
    fn fmt(&self, to: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        self.text.fmt(to)
    }
}

/// The blocks in strips, in letters of a scale.
pub(super) fn pieces(blocks: &[Block], fonts: &mut Fonts, scale: f32) -> Vec<Piece> {
    let mut setter = Setter {
        fonts,
        context: LayoutContext::new(),
        scale,
        tables: 0,
    };
    let mut pieces = Vec::new();
    for block in blocks {
        match block {
            Block::Beside([left, right]) => {
                let half = (WIDTH - GUTTER) / 2.0;
                let columns = [
                    setter.column(left, 0.0, half),
                    setter.column(right, half + GUTTER, half),
                ];
                if higher(&columns) <= BOTTOM - TOP {
                    pieces.push(Piece::Beside(columns));
                } else {
                    for blocks in [left, right] {
                        let strips = setter.column(blocks, 0.0, WIDTH);
                        pieces.extend(strips.into_iter().map(Piece::Strip));
                    }
                }
            }
            block => {
                let strips = setter.column(std::slice::from_ref(block), 0.0, WIDTH);
                pieces.extend(strips.into_iter().map(Piece::Strip));
            }
        }
    }
    pieces
}

/// What stands at the foot of each page: a line.
pub(super) fn feet(texts: &[String], fonts: &mut Fonts) -> Vec<Line> {
    let mut setter = Setter {
        fonts,
        context: LayoutContext::new(),
        scale: 1.0,
        tables: 0,
    };
    let mut first = |text: &String| {
        let lines = setter.lines(&Words::quiet(text), 7.5, WIDTH);
        lines.into_iter().next()
    };
    texts.iter().filter_map(&mut first).collect()
}

struct Setter<'f> {
    fonts: &'f mut Fonts,
    context: LayoutContext<Tone>,
    scale: f32,
    tables: usize,
}

impl Setter<'_> {
    fn column(&mut self, blocks: &[Block], x: f32, width: f32) -> Vec<Strip> {
        let mut strips = Vec::new();
        for block in blocks {
            match block {
                Block::Paragraph(role, words) => {
                    strips.push(self.paragraph(*role, words, x, width));
                }
                Block::Table(table) => self.table(table, x, width, &mut strips),
                Block::Sign(places) => strips.push(self.sign(places, x, width)),
                Block::Beside(columns) => {
                    for column in columns {
                        strips.extend(self.column(column, x, width));
                    }
                }
            }
        }
        strips
    }

    fn paragraph(&mut self, role: Role, words: &Words, x: f32, width: f32) -> Strip {
        let (size, above) = match role {
            Role::Title => (9.5, 0.0),
            Role::Call => (20.0, 8.0),
            Role::Head => (10.5, 14.0),
            Role::Body => (9.0, 4.0),
            Role::Small => (7.5, 8.0),
        };
        let lines = self.lines(words, size, width);
        let text = || words.0.iter().map(|span| span.text.as_str()).collect();
        let kind = match role {
            Role::Title => Kind::Heading(1, text()),
            Role::Head => Kind::Heading(2, text()),
            Role::Call | Role::Body | Role::Small => Kind::Paragraph,
        };
        Strip {
            keep: matches!(kind, Kind::Heading(..)),
            kind,
            cells: vec![Set { x, lines }],
            above: above * self.scale,
            pad: 0.0,
            rule: None,
        }
    }

    fn sign(&mut self, places: &[&'static str; 3], x: f32, width: f32) -> Strip {
        let each = width / 3.0;
        let cells = places.iter().scan(x, |at, place| {
            let lines = self.lines(&Words::quiet(*place), 7.5, each - GAP);
            let x = *at;
            *at += each;
            Some(Set { x, lines })
        });
        let cells = cells.collect();
        Strip {
            above: 40.0 * self.scale,
            ..self.strip(Kind::Paragraph, cells, Some((x, x + width)))
        }
    }

    fn table(&mut self, table: &Table, x: f32, width: f32, strips: &mut Vec<Strip>) {
        self.tables += 1;
        let all: f32 = table.columns.iter().map(|(_, share)| share).sum();
        let mut places = Vec::with_capacity(table.columns.len());
        let mut at = x;
        for (_, share) in &table.columns {
            let wide = width * share / all;
            places.push((at, wide - GAP));
            at += wide;
        }
        let heads = table.columns.iter().zip(&places);
        let heads = heads.map(|((head, _), (x, width))| Set {
            x: *x,
            lines: self.lines(&Words::quiet(*head), 7.5, *width),
        });
        let cells = heads.collect();
        strips.push(self.strip(Kind::Heads(self.tables), cells, None));
        for row in &table.rows {
            let cells = row.iter().zip(&places);
            let cells = cells.map(|(cell, (x, width))| Set {
                x: *x,
                lines: cell
                    .iter()
                    .flat_map(|words| self.lines(words, 8.5, *width))
                    .collect(),
            });
            let cells = cells.collect();
            let kind = Kind::Row(self.tables, table.named);
            strips.push(self.strip(kind, cells, Some((x, x + width))));
        }
    }

    fn strip(&self, kind: Kind, cells: Vec<Set>, rule: Option<(f32, f32)>) -> Strip {
        Strip {
            keep: matches!(kind, Kind::Heads(_)),
            kind,
            cells,
            above: 0.0,
            pad: 2.0 * self.scale,
            rule,
        }
    }

    /// Words in lines of a width.
    fn lines(&mut self, words: &Words, size: f32, width: f32) -> Vec<Line> {
        let text: String = words.0.iter().map(|span| span.text.as_str()).collect();
        if text.is_empty() {
            return Vec::new();
        }
        let stack = self.fonts.stack();
        let context = &mut self.fonts.context;
        let mut builder = self.context.ranged_builder(context, &text, 1.0, false);
        builder.push_default(StyleProperty::FontFamily(stack));
        builder.push_default(StyleProperty::FontSize(size * self.scale));
        builder.push_default(LineHeight::FontSizeRelative(1.3));
        builder.push_default(StyleProperty::OverflowWrap(OverflowWrap::Anywhere));
        let mut begin = 0;
        for span in &words.0 {
            let range = begin..begin + span.text.len();
            begin = range.end;
            builder.push(StyleProperty::Brush(span.tone), range.clone());
            if span.bold {
                builder.push(StyleProperty::FontWeight(FontWeight::BOLD), range);
            }
        }
        let mut layout = builder.build(&text);
        layout.break_all_lines(Some(width));
        layout.align(Alignment::Start, AlignmentOptions::default());
        let of = Rc::new(Paragraph { text, layout });
        let lines = of.layout.lines().enumerate();
        let lines = lines.map(|(index, line)| Line {
            of: Rc::clone(&of),
            index,
            height: line.metrics().line_height,
        });
        lines.collect()
    }
}
