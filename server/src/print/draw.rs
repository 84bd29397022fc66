//! Writes pages as PDF, with the tags that tell what is a heading, a paragraph, a cell of a table.

use std::{collections::BTreeSet, num::NonZeroU16, ops::Range};

use chrono::{Datelike as _, Timelike as _};
use krilla::{
    Document, SerializeSettings,
    color::rgb,
    configure::{Accessibility, Archival, ConfigurationBuilder},
    destination::XyzDestination,
    error::KrillaError,
    geom::{PathBuilder, Point},
    metadata::{DateTime, Metadata},
    num::NormalizedF32,
    outline::{Outline, OutlineNode},
    page::PageSettings,
    paint::{Fill, Stroke},
    surface::Surface,
    tagging::{
        Artifact, ArtifactType, ContentTag, Identifier, Node, SpanTag, TableHeaderScope, Tag,
        TagGroup, TagTree,
    },
    text::{GlyphId, KrillaGlyph},
};
use parley::layout::{Glyph, Run};

use super::{
    Heading, Printed, Unprintable,
    block::Tone,
    flow::Flow,
    fonts::Fonts,
    typeset::{Kind, Line, WIDTH},
};

/// A4, in points.
const PAPER: (f32, f32) = (595.28, 841.89);

/// The space to the left.
const LEFT: f32 = (PAPER.0 - WIDTH) / 2.0;

/// Where the foot of a page stands.
const FOOT: f32 = 808.0;

/// The identifiers of what was drawn, by strip, cell and paragraph.
type Drawn = Vec<Vec<Vec<Vec<Identifier>>>>;

/// Writes the file; as plain PDF where a standard would refuse what somebody wrote.
pub(super) fn draw(
    heading: &Heading,
    flow: &Flow,
    feet: &[Line],
    fonts: &mut Fonts,
) -> Result<Printed, Unprintable> {
    let mut shapeless = BTreeSet::new();
    let standards = ConfigurationBuilder::new()
        .with_archival_validator(Archival::A2_A)
        .with_accessibility_validator(Accessibility::UA1);
    let mut written = write(heading, flow, feet, fonts, standards, &mut shapeless);
    let plain = matches!(written, Err(KrillaError::Validation(_)));
    if plain {
        let none = ConfigurationBuilder::new();
        written = write(heading, flow, feet, fonts, none, &mut shapeless);
    }
    Ok(Printed {
        pdf: written.map_err(|error| Unprintable::Refused(error.to_string()))?,
        plain,
        shapeless: shapeless.into_iter().collect(),
    })
}

fn write(
    heading: &Heading,
    flow: &Flow,
    feet: &[Line],
    fonts: &mut Fonts,
    standards: ConfigurationBuilder,
    shapeless: &mut BTreeSet<char>,
) -> Result<Vec<u8>, KrillaError> {
    let mut document = Document::new_with(SerializeSettings {
        // Only standards that exclude each other make none.
        configuration: standards.finish().unwrap_or_default(),
        ..SerializeSettings::default()
    });
    let mut drawn: Drawn = (flow.strips.iter())
        .map(|(_, cells)| vec![Vec::new(); *cells])
        .collect();
    for page in 0..flow.pages {
        let settings = PageSettings::from_wh(PAPER.0, PAPER.1).unwrap_or_default();
        let mut sheet = document.start_page_with(settings);
        let mut surface = sheet.surface();
        for (_, rule, y) in flow.rules.iter().filter(|(on, ..)| *on == page) {
            rule_at(&mut surface, *rule, *y);
        }
        for placed in flow.lines.iter().filter(|placed| placed.page == page) {
            let tag = if placed.again {
                ContentTag::Artifact(Artifact::with_kind(ArtifactType::Header))
            } else {
                ContentTag::Span(SpanTag::empty())
            };
            let id = surface.start_tagged(tag);
            let at = Point::from_xy(LEFT + placed.x, placed.y);
            line(&mut surface, &placed.line, at, fonts, shapeless);
            surface.end_tagged();
            let cells = drawn.get_mut(placed.strip).filter(|_| !placed.again);
            if let Some(cell) = cells.and_then(|cells| cells.get_mut(placed.cell)) {
                keep(cell, &placed.line, id);
            }
        }
        if let Some(foot) = feet.get(page) {
            let tag = Artifact::with_kind(ArtifactType::Footer);
            surface.start_tagged(ContentTag::Artifact(tag));
            line(
                &mut surface,
                foot,
                Point::from_xy(LEFT, FOOT),
                fonts,
                shapeless,
            );
            surface.end_tagged();
        }
        surface.finish();
        sheet.finish();
    }
    document.set_metadata(metadata(heading));
    document.set_outline(outline(flow));
    document.set_tag_tree(tags(flow, drawn, heading));
    document.finish()
}

/// A line begins a paragraph of its cell, or goes on with it.
fn keep(cell: &mut Vec<Vec<Identifier>>, line: &Line, id: Identifier) {
    match cell.last_mut().filter(|_| line.index > 0) {
        Some(paragraph) => paragraph.push(id),
        None => cell.push(vec![id]),
    }
}

fn metadata(heading: &Heading) -> Metadata {
    let at = heading.at;
    // Parts of a date are small.
    let small = |n: u32| u8::try_from(n).unwrap_or_default();
    let date = DateTime::new(u16::try_from(at.year()).unwrap_or_default())
        .month(small(at.month()))
        .day(small(at.day()))
        .hour(small(at.hour()))
        .minute(small(at.minute()))
        .second(small(at.second()))
        .utc_offset_hour(0)
        .utc_offset_minute(0);
    Metadata::new()
        .title(heading.title.clone())
        .language(heading.locale.tag().to_owned())
        .creator("Startklar".to_owned())
        .document_id(heading.id.clone())
        .creation_date(date)
}

/// The headings, to jump to.
fn outline(flow: &Flow) -> Outline {
    let mut outline = Outline::new();
    for (number, (kind, _)) in flow.strips.iter().enumerate() {
        let mut lines = flow.lines.iter();
        let first = lines.find(|placed| placed.strip == number);
        if let (Kind::Heading(_, text), Some(first)) = (kind, first) {
            let place = XyzDestination::new(first.page, Point::from_xy(LEFT + first.x, first.y));
            outline.push_child(OutlineNode::new(text.clone(), place));
        }
    }
    outline
}

/// What is what, in the order in which it is read.
fn tags(flow: &Flow, drawn: Drawn, heading: &Heading) -> TagTree {
    let mut tree = TagTree::new().with_lang(Some(heading.locale.tag().to_owned()));
    let mut table: Option<(usize, TagGroup)> = None;
    for ((kind, _), cells) in flow.strips.iter().zip(drawn) {
        let of = match kind {
            Kind::Heads(of) | Kind::Row(of, _) => Some(*of),
            Kind::Heading(..) | Kind::Paragraph => None,
        };
        if let Some((number, whole)) = table.take() {
            if of == Some(number) {
                table = Some((number, whole));
            } else {
                tree.push(whole);
            }
        }
        match of {
            Some(of) => {
                let (_, rows) = table.get_or_insert_with(|| (of, TagGroup::new(Tag::Table)));
                rows.push(row(kind, cells));
            }
            None => tree.push(paragraph(kind, cells)),
        }
    }
    if let Some((_, whole)) = table {
        tree.push(whole);
    }
    tree
}

fn paragraph(kind: &Kind, cells: Vec<Vec<Vec<Identifier>>>) -> TagGroup {
    let lines = cells.into_iter().flatten().flatten();
    let lines = lines.map(Node::from).collect();
    match kind {
        Kind::Heading(rank, text) => {
            let rank = NonZeroU16::new(*rank).unwrap_or(NonZeroU16::MIN);
            TagGroup::with_children(Tag::Hn(rank, Some(text.clone())), lines)
        }
        _ => TagGroup::with_children(Tag::P, lines),
    }
}

fn row(kind: &Kind, cells: Vec<Vec<Vec<Identifier>>>) -> TagGroup {
    let mut row = TagGroup::new(Tag::TR);
    for (n, paragraphs) in cells.into_iter().enumerate() {
        let paragraphs = paragraphs.into_iter().map(|lines| {
            let lines = lines.into_iter().map(Node::from).collect();
            Node::from(TagGroup::with_children(Tag::P, lines))
        });
        let lines = paragraphs.collect();
        row.push(match kind {
            Kind::Heads(_) => TagGroup::with_children(Tag::TH(TableHeaderScope::Column), lines),
            Kind::Row(_, true) if n == 0 => {
                TagGroup::with_children(Tag::TH(TableHeaderScope::Row), lines)
            }
            _ => TagGroup::with_children(Tag::TD, lines),
        });
    }
    row
}

fn rule_at(surface: &mut Surface<'_>, (from, to): (f32, f32), y: f32) {
    let mut path = PathBuilder::new();
    path.move_to(LEFT + from, y);
    path.line_to(LEFT + to, y);
    let Some(path) = path.finish() else { return };
    surface.start_tagged(ContentTag::Artifact(Artifact::with_kind(
        ArtifactType::Layout,
    )));
    surface.set_fill(None);
    surface.set_stroke(Some(Stroke {
        paint: rgb::Color::new(190, 190, 190).into(),
        width: 0.5,
        ..Stroke::default()
    }));
    surface.draw_path(&path);
    surface.set_stroke(None);
    surface.end_tagged();
}

fn line(
    surface: &mut Surface<'_>,
    line: &Line,
    at: Point,
    fonts: &mut Fonts,
    shapeless: &mut BTreeSet<char>,
) {
    let of = &line.of;
    let Some(laid) = of.layout.get(line.index) else {
        return;
    };
    let metrics = laid.metrics();
    let y = at.y + metrics.baseline - metrics.block_min_coord;
    let mut x = at.x + metrics.offset;
    for run in laid.runs() {
        let text = &of.text;
        for glyphs in stretches(&run, text) {
            let none = glyphs
                .glyphs
                .iter()
                .filter(|g| g.glyph_id == GlyphId::new(0));
            for glyph in none {
                shapeless.extend(
                    text.get(glyph.text_range.clone())
                        .unwrap_or_default()
                        .chars(),
                );
            }
            let tone = of
                .layout
                .styles()
                .get(glyphs.style)
                .map(|style| style.brush);
            surface.set_fill(Some(fill(tone.unwrap_or_default())));
            if let Some(font) = fonts.written(run.font()) {
                let at = Point::from_xy(x, y);
                surface.draw_glyphs(at, &glyphs.glyphs, font, text, run.font_size(), false);
            }
            x += glyphs.advance;
        }
    }
}

/// Glyphs of a run in one look.
#[derive(Default)]
struct Stretch {
    style: usize,
    glyphs: Vec<KrillaGlyph>,
    advance: f32,
}

fn stretches(run: &Run<'_, Tone>, text: &str) -> Vec<Stretch> {
    let size = run.font_size();
    let mut all: Vec<Stretch> = Vec::new();
    for (range, glyphs) in shapes(run) {
        // The writer reads the text of each glyph, and would not survive a range that is none.
        let range = text.get(range.clone()).map_or(0..0, |_| range);
        for glyph in glyphs {
            let style = glyph.style_index();
            if all.last().is_none_or(|s| s.style != style) {
                all.push(Stretch {
                    style,
                    ..Stretch::default()
                });
            }
            let Some(stretch) = all.last_mut() else {
                continue;
            };
            stretch.advance += glyph.advance;
            stretch.glyphs.push(KrillaGlyph::new(
                GlyphId::new(glyph.id),
                glyph.advance / size,
                glyph.x / size,
                glyph.y / size,
                0.0,
                range.clone(),
                None,
            ));
        }
    }
    all
}

/// Glyphs, and the text that they stand for.
type Shape = (Range<usize>, Vec<Glyph>);

/// The shapes of a run from left to right. Several letters may have one: it hangs on one of them, and by the
/// direction of the writing the others stand before it or behind.
fn shapes(run: &Run<'_, Tone>) -> Vec<Shape> {
    let mut all: Vec<Shape> = Vec::new();
    let mut waiting: Option<Range<usize>> = None;
    for cluster in run.visual_clusters() {
        let mut range = cluster.text_range();
        if !cluster.is_ligature_continuation() {
            if let Some(before) = waiting.take() {
                range = joined(&before, &range);
            }
            all.push((range, cluster.glyphs().collect()));
            continue;
        }
        let of = all.last_mut().filter(|(of, _)| touch(of, &range));
        match of {
            Some((of, _)) => *of = joined(of, &range),
            None => waiting = Some(waiting.map_or(range.clone(), |before| joined(&before, &range))),
        }
    }
    if let (Some(rest), Some((of, _))) = (waiting, all.last_mut()) {
        *of = joined(of, &rest);
    }
    all
}

const fn touch(a: &Range<usize>, b: &Range<usize>) -> bool {
    a.end == b.start || b.end == a.start
}

fn joined(a: &Range<usize>, b: &Range<usize>) -> Range<usize> {
    a.start.min(b.start)..a.end.max(b.end)
}

fn fill(tone: Tone) -> Fill {
    let color = match tone {
        Tone::Ink => rgb::Color::new(26, 26, 26),
        Tone::Quiet => rgb::Color::new(89, 89, 89),
        Tone::Good => rgb::Color::new(28, 107, 58),
        Tone::Risk => rgb::Color::new(138, 84, 0),
        Tone::Bad => rgb::Color::new(172, 30, 30),
    };
    Fill {
        paint: color.into(),
        opacity: NormalizedF32::ONE,
        rule: krilla::paint::FillRule::default(),
    }
}
