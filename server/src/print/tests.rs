//! What stands on how many sheets, that nothing is lost on the way, and what the file says of itself.

#![allow(clippy::unwrap_used, reason = "tests fail by panic")]

use proptest::prelude::*;

use super::{
    block::{Block, Role, Table, Tone, Words},
    *,
};

fn heading() -> Heading {
    Heading {
        title: "Minutes".to_owned(),
        locale: Locale::En,
        at: startklar::time::parse_instant("2026-04-16T12:20:00Z").unwrap(),
        id: "metakube@475=00".to_owned(),
    }
}

fn paragraph(text: &str) -> Block {
    Block::Paragraph(Role::Body, Words::plain(text))
}

fn table(rows: usize, words: &str) -> Block {
    let cell = |text: &str| vec![Words::plain(text)];
    let row = |n: usize| vec![cell(&n.to_string()), cell(words)];
    Block::Table(Table {
        columns: vec![("No.", 1.0), ("Words", 4.0)],
        rows: (0..rows).map(row).collect(),
        named: true,
    })
}

/// What stands on the sheets, in the order in which it is read.
fn read(flow: &Flow) -> String {
    let mut text = String::new();
    for strip in 0..flow.strips.len() {
        let cells = flow.strips[strip].1;
        for cell in 0..cells {
            let lines = flow.lines.iter();
            for placed in lines.filter(|p| !p.again && (p.strip, p.cell) == (strip, cell)) {
                let of = &placed.line.of;
                let range = of.layout.get(placed.line.index).unwrap().text_range();
                text.push_str(&of.text[range]);
            }
        }
    }
    text
}

fn letters(text: &str) -> String {
    text.chars().filter(|c| !c.is_whitespace()).collect()
}

fn printed(blocks: &[Block]) -> Printed {
    pdf(&heading(), blocks, &mut Fonts::own()).unwrap()
}

#[test]
fn little_stands_on_one_sheet_and_more_is_set_smaller_first() {
    let fonts = &mut Fonts::own();
    let lowest = |flow: &Flow| {
        flow.lines
            .iter()
            .map(|l| l.line.height)
            .fold(99.0, f32::min)
    };
    let little = sheets(&[table(10, "Words")], fonts);
    let more = sheets(&[table(50, "Words")], fonts);
    let much = sheets(&[table(120, "Words")], fonts);
    assert_eq!((little.pages, more.pages, much.pages), (1, 1, 3));
    assert!(lowest(&more) < lowest(&little));
    assert!((lowest(&much) - lowest(&little)).abs() < 0.01);
}

#[test]
fn a_row_that_no_sheet_can_hold_goes_on_on_the_next() {
    let long = "A reason that goes on and on, as reasons sometimes do.\n".repeat(400);
    let flow = sheets(&[table(1, &long)], &mut Fonts::own());
    assert!(flow.pages > 1);
    assert!(letters(&read(&flow)).ends_with(&letters(&long)));
    let bottom = |l: &flow::Placed| l.y + l.line.height;
    assert!(flow.lines.iter().all(|l| bottom(l) <= flow::BOTTOM + 0.01));
}

#[test]
fn columns_that_are_too_high_stand_under_each_other() {
    let fonts = &mut Fonts::own();
    let beside = |rows| {
        [Block::Beside([
            vec![table(rows, "left")],
            vec![table(2, "right")],
        ])]
    };
    let low = sheets(&beside(5), fonts);
    let of = |flow: &Flow, word: &str| {
        let found = flow.lines.iter().find(|l| l.line.of.text == word);
        found.map(|l| (l.page, l.y)).unwrap()
    };
    assert_eq!(of(&low, "left"), of(&low, "right"));
    let high = sheets(&beside(90), fonts);
    assert!(of(&high, "right").0 > 0);
    let wide = high.lines.iter().all(|l| l.x < typeset::WIDTH / 2.0);
    assert!(wide, "as wide as the page");
}

#[test]
fn a_head_stands_with_what_it_heads() {
    let head = || Block::Paragraph(Role::Head, Words::bold("Head", Tone::Ink));
    let fonts = &mut Fonts::own();
    for rows in 100..140 {
        // Of several heights, so that the end of a page falls everywhere.
        let words = "Words ".repeat(1 + rows % 7 * 20);
        let flow = sheets(&[table(rows / 2, &words), head(), table(3, "Below")], fonts);
        let page = |word: &str| {
            let found = flow.lines.iter().find(|l| l.line.of.text == word);
            found.map(|l| l.page).unwrap()
        };
        assert_eq!(page("Head"), page("Below"), "{rows}");
    }
}

#[test]
fn the_file_keeps_to_both_standards_and_is_the_same_each_time() {
    let blocks = [
        Block::Paragraph(Role::Title, Words::bold("Minutes", Tone::Quiet)),
        table(3, "Preise für Kraków, Αθήνα, Київ, שלום → ✓ ≥ 5 €"),
    ];
    let first = printed(&blocks);
    assert_eq!(first.shapeless, Vec::<char>::new());
    let says = |what: &str| {
        let mut windows = first.pdf.windows(what.len());
        windows.any(|part| part == what.as_bytes())
    };
    assert!(first.pdf.starts_with(b"%PDF-1.7"));
    assert!(says("<pdfaid:part>2</pdfaid:part>"));
    assert!(says("<pdfaid:conformance>A</pdfaid:conformance>"));
    assert!(says("<pdfuaid:part>1</pdfuaid:part>"));
    assert_eq!(first.pdf, printed(&blocks).pdf);
}

#[test]
fn a_character_without_a_shape_is_named_and_stops_nothing() {
    let shapeless = printed(&[paragraph("李 wrote 🦩 and 李")]).shapeless;
    assert_eq!(shapeless, ['李', '🦩']);
    assert!(printed(&[paragraph("✔\u{fe0f}")]).shapeless.is_empty());
    let tab = printed(&[paragraph("a\tb")]).shapeless;
    assert_eq!(tab, Vec::<char>::new());
    // What no standard allows in a text.
    assert!(
        printed(&[paragraph("a\u{feff}b \u{e000}")])
            .pdf
            .starts_with(b"%PDF")
    );
    assert!(printed(&[]).pdf.starts_with(b"%PDF"));
}

#[test]
fn what_is_no_font_is_refused() {
    let mut fonts = Fonts::own();
    assert!(fonts.add(b"no font".to_vec()).is_err());
    assert!(fonts.add(Vec::new()).is_err());
    fonts.add(dejavu::serif::regular().to_vec()).unwrap();
}

#[test]
fn what_is_written_from_right_to_left_or_with_marks_is_printed_and_found_again() {
    for text in [
        "\u{5e9}\u{5bc}\u{5c1}\u{5dc}\u{5d5}\u{5dd}",
        "\u{628}\u{651}\u{64e}\u{62a}",
        "قال لا والسلام عليكم",
        "q\u{303} e\u{301}\u{323}",
        "Preis 5 € (שלום עולם) und weiter",
        "ภาษาไทยไม่มีช่องว่าง",
        "👩\u{200d}👩\u{200d}👧 🇩🇪",
    ] {
        assert!(
            printed(&[paragraph(text), table(2, text)])
                .pdf
                .starts_with(b"%PDF")
        );
    }
    for endless in [
        "\u{301}",
        "\u{301}\u{200e}",
        "\u{301}\u{200d}",
        "\u{301}\u{200c}",
        "👩\u{200d}",
        "\u{1100}",
        "\u{1100}\u{1161}",
        "\u{1f1e9}",
        "\u{e0061}",
        "\u{600}",
        "\u{1f3fb}",
    ] {
        let many = format!("a{}b", endless.repeat(400));
        assert!(printed(&[paragraph(&many)]).pdf.starts_with(b"%PDF"));
    }
}

#[test]
fn no_line_is_wider_than_its_place() {
    let long = format!("https://example.org/{}", "a-path-without-an-end".repeat(30));
    let flow = sheets(&[table(2, &long)], &mut Fonts::own());
    for placed in &flow.lines {
        let line = placed.line.of.layout.get(placed.line.index).unwrap();
        let metrics = line.metrics();
        let end = placed.x + metrics.advance - metrics.trailing_whitespace;
        assert!(end <= typeset::WIDTH, "{end}");
    }
}

#[test]
fn a_table_that_goes_on_has_its_heads_again() {
    let flow = sheets(&[table(120, "Words")], &mut Fonts::own());
    let heads = flow.lines.iter().filter(|l| l.line.of.text == "No.");
    let pages: Vec<_> = heads.map(|l| (l.page, l.again)).collect();
    assert_eq!(pages, [(0, false), (1, true), (2, true)]);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(16))]

    /// Whatever is written, in whatever script, there is a file.
    #[test]
    fn every_text_becomes_a_file(text in "[ -~\\n\u{e0}-\u{17f}\u{300}-\u{36f}\u{5b0}-\u{5ea}\u{620}-\u{65f}\u{e01}-\u{e3a}\u{200b}-\u{200f}\u{fe0f}🦩👩]{0,80}") {
        prop_assert!(printed(&[paragraph(&text)]).pdf.starts_with(b"%PDF"));
    }

    /// Whatever is written, all of it is printed.
    #[test]
    fn nothing_is_lost(texts in prop::collection::vec("[a-zäß0-9 \n–“]{1,300}", 1..20)) {
        let blocks: Vec<Block> = texts.iter().enumerate().map(|(n, text)| match n % 3 {
            0 => paragraph(text),
            1 => table(2, text),
            _ => Block::Beside([vec![paragraph(text)], vec![table(1, text)]]),
        }).collect();
        let flow = sheets(&blocks, &mut Fonts::own());
        let all = texts.iter().enumerate().map(|(n, text)| match n % 3 {
            0 => text.clone(),
            1 => format!("No.Words0{text}1{text}"),
            _ => format!("{text}No.Words0{text}"),
        });
        let all = all.collect::<String>();
        prop_assert_eq!(letters(&read(&flow)), letters(&all));
    }
}
