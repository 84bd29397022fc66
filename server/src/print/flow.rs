//! Lets strips flow over pages: where each line stands. A strip that does not fit begins the next page; one
//! that fits on no page is broken between its lines.

use super::typeset::{Kind, Line, Piece, Set, Strip};

/// Where a page begins and ends, in points from its upper edge; below is what stands at its foot.
pub(super) const TOP: f32 = 36.0;
/// See [`TOP`].
pub(super) const BOTTOM: f32 = 800.0;

/// How much of what fits on no page stands at least where it begins.
const BEGINNING: f32 = 60.0;

/// Sums of the same heights differ by less, whatever their order.
const CLOSE: f32 = 0.01;

/// Lines and rules on pages.
#[derive(Debug, Default)]
pub(super) struct Flow {
    /// How many pages.
    pub(super) pages: usize,
    /// The strips, in the order in which they are read.
    pub(super) strips: Vec<(Kind, usize)>,
    /// The lines.
    pub(super) lines: Vec<Placed>,
    /// The rules: on which page, from where to where, and where.
    pub(super) rules: Vec<(usize, (f32, f32), f32)>,
    y: f32,
    /// The heads of the table that the strip before belongs to.
    heads: Vec<Placed>,
}

/// A line on a page.
#[derive(Debug, Clone)]
pub(super) struct Placed {
    /// On which page, from 0 on.
    pub(super) page: usize,
    /// Whether it was there before, on an earlier page: the heads of a table that goes on.
    pub(super) again: bool,
    /// Of which strip.
    pub(super) strip: usize,
    /// Of which of its cells.
    pub(super) cell: usize,
    /// Where it begins.
    pub(super) x: f32,
    /// Its upper edge.
    pub(super) y: f32,
    /// The line.
    pub(super) line: Line,
}

impl Flow {
    /// The pieces on pages.
    pub(super) fn of(pieces: &[Piece]) -> Self {
        let mut flow = Self {
            pages: 1,
            y: TOP,
            ..Self::default()
        };
        for (n, piece) in pieces.iter().enumerate() {
            match piece {
                Piece::Strip(strip) => {
                    let rest = pieces.get(n..).unwrap_or_default();
                    let high = together(rest.iter().map(|piece| match piece {
                        Piece::Strip(strip) => (height(strip), strip.keep),
                        Piece::Beside(columns) => (higher(columns), false),
                    }));
                    flow.strip(strip, high);
                }
                Piece::Beside(columns) => flow.beside(columns),
            }
        }
        flow
    }

    fn turn(&mut self) {
        self.pages += 1;
        self.y = TOP;
    }

    /// Room on this page for so much, or the next page. What is higher than any page begins where there is room
    /// for its beginning.
    fn need(&mut self, height: f32) {
        let whole = TOP + height <= BOTTOM + CLOSE;
        let needed = if whole { height } else { BEGINNING };
        if self.y + needed > BOTTOM + CLOSE && self.y > TOP {
            self.turn();
        }
    }

    /// The heads of a table once more, at the head of another page.
    fn repeat(&mut self, pad: f32) {
        let first = self.heads.iter().map(|head| head.y).fold(BOTTOM, f32::min);
        let mut end = self.y;
        for mut head in self.heads.clone() {
            head.page = self.pages - 1;
            head.y += self.y + pad - first;
            head.again = true;
            end = end.max(head.y + head.line.height + pad);
            self.lines.push(head);
        }
        self.y = end;
    }

    fn beside(&mut self, columns: &[Vec<Strip>; 2]) {
        self.need(higher(columns));
        let (begin, mut end) = (self.y, self.y);
        for column in columns {
            self.y = begin;
            for strip in column {
                self.strip(strip, height(strip));
            }
            end = end.max(self.y);
        }
        self.y = end;
    }

    /// One strip; `high` is it with all that must stand on the same page.
    fn strip(&mut self, strip: &Strip, high: f32) {
        let page = self.pages;
        self.need(high);
        if !matches!(strip.kind, Kind::Row(..)) {
            self.heads.clear();
        } else if self.pages > page {
            self.repeat(strip.pad);
        }
        if self.y > TOP {
            self.y += strip.above;
        }
        let number = self.strips.len();
        self.strips.push((strip.kind.clone(), strip.cells.len()));
        if let Some(rule) = strip.rule {
            self.rules.push((self.pages - 1, rule, self.y));
        }
        self.fill(strip, number);
        if matches!(strip.kind, Kind::Heads(_)) {
            let heads = self.lines.iter().filter(|line| line.strip == number);
            self.heads = heads.cloned().collect();
        }
    }

    /// The lines of a strip, on as many pages as they need.
    fn fill(&mut self, strip: &Strip, number: usize) {
        let mut done = vec![0; strip.cells.len()];
        loop {
            self.y += strip.pad;
            let (begin, mut end) = (self.y, self.y);
            for (cell, done) in done.iter_mut().enumerate() {
                end = end.max(self.lines(strip, (number, cell), done, begin));
            }
            self.y = end + strip.pad;
            let all = |(set, done): (&Set, &usize)| *done >= set.lines.len();
            if strip.cells.iter().zip(&done).all(all) {
                break;
            }
            self.turn();
            self.repeat(strip.pad);
        }
    }

    /// The lines of a cell from the first that is not placed yet, as far as they fit; at least one on an empty
    /// page, so that there is an end. Where they end.
    fn lines(
        &mut self,
        strip: &Strip,
        (number, cell): (usize, usize),
        done: &mut usize,
        begin: f32,
    ) -> f32 {
        let mut y = begin;
        let Some(set) = strip.cells.get(cell) else {
            return y;
        };
        for line in set.lines.iter().skip(*done) {
            let full = y + line.height > BOTTOM + CLOSE;
            // On an empty page one stands whatever its height, so that there is an end.
            if full && (y > begin || begin > TOP + BEGINNING) {
                break;
            }
            self.lines.push(Placed {
                page: self.pages - 1,
                again: false,
                strip: number,
                cell,
                x: set.x,
                y,
                line: line.clone(),
            });
            y += line.height;
            *done += 1;
        }
        y
    }
}

/// How high a strip is, with the space above it.
fn height(strip: &Strip) -> f32 {
    let cells = strip.cells.iter();
    let cells = cells.map(|set| set.lines.iter().map(|line| line.height).sum());
    strip.above + 2.0 * strip.pad + cells.fold(0.0, f32::max)
}

/// How high the higher of two columns is.
pub(super) fn higher(columns: &[Vec<Strip>; 2]) -> f32 {
    let heights = columns.iter().map(|column| column.iter().map(height).sum());
    heights.fold(0.0, f32::max)
}

/// How high the first of some is with those after it that stand on its page, up to one that lets go.
fn together(all: impl Iterator<Item = (f32, bool)>) -> f32 {
    let mut high = 0.0;
    for (height, keep) in all {
        high += height;
        if !keep {
            break;
        }
    }
    high
}
