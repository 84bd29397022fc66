//! What is taken, what is not, and that nothing that is sent makes it fail.

use proptest::prelude::*;

use super::*;

/// An archive of empty parts, or of parts that hold something unpacked.
pub(crate) fn archive(parts: &[(&str, &str)]) -> Vec<u8> {
    let short = |n: usize| u16::try_from(n).unwrap().to_le_bytes();
    let long = |n: usize| u32::try_from(n).unwrap().to_le_bytes();
    let (mut all, mut directory) = (Vec::new(), Vec::new());
    for (name, content) in parts {
        let head = [
            &[20, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0][..],
            &long(content.len()),
            &long(content.len()),
            &short(name.len()),
            &[0, 0],
        ]
        .concat();
        directory.extend([b"PK\x01\x02\x14\x00", &head[..], &[0; 10]].concat());
        directory.extend([&long(all.len())[..], name.as_bytes()].concat());
        let part = [
            b"PK\x03\x04",
            &head[..],
            name.as_bytes(),
            content.as_bytes(),
        ];
        all.extend(part.concat());
    }
    let start = long(all.len());
    let size = long(directory.len());
    all.extend(directory);
    let count = short(parts.len());
    all.extend(
        [
            b"PK\x05\x06\0\0\0\0",
            &count[..],
            &count,
            &size,
            &start,
            &[0, 0],
        ]
        .concat(),
    );
    all
}

fn word(more: &[(&str, &str)]) -> Vec<u8> {
    let parts = [("[Content_Types].xml", ""), ("word/document.xml", "")];
    archive(&[&parts[..], more].concat())
}

fn open_document(kind: &str, more: &[(&str, &str)]) -> Vec<u8> {
    let parts = [("mimetype", kind), ("content.xml", "")];
    archive(&[&parts[..], more].concat())
}

#[test]
fn the_content_says_what_it_is() {
    let webp = b"RIFF\x10\0\0\0WEBPVP8 ";
    for (name, content, media) in [
        ("offer.pdf", &b"%PDF-1.7\n"[..], Media::Pdf),
        ("offer", b"%PDF-1.7\n", Media::Pdf),
        ("shot.png", b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", Media::Png),
        ("photo.JPEG", b"\xff\xd8\xff\xe0", Media::Jpeg),
        ("shot.webp", webp, Media::Webp),
        ("notes.txt", "Größe: 3 < 4\r\n".as_bytes(), Media::Text),
        ("server.log", b"<13> started", Media::Text),
        ("prices.csv", "\u{feff}a;b\n1;2\n".as_bytes(), Media::Csv),
        ("index.html", b"just words", Media::Text),
    ] {
        assert_eq!(sniff(name, content), Ok(media), "{name}");
    }
    assert_eq!(sniff("a.docx", &word(&[])), Ok(Media::Docx));
    for media in [Media::Odt, Media::Ods, Media::Odp] {
        let content = open_document(media.kind(), &[]);
        assert_eq!(sniff("a", &content), Ok(media));
    }
}

#[test]
fn what_could_run_or_be_a_page_is_not_taken() {
    let bom = "\u{feff} <!doctype html><p>";
    for content in [
        &b"<html><script>alert(1)</script>"[..],
        b"\n\t <svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>",
        b"<?xml version='1.0'?><svg/>",
        b"<!-- --><img src=x onerror=alert(1)>",
        bom.as_bytes(),
        b"MZ\x90\0\x03",
        b"\x7fELF\x02",
        b"#!/bin/sh\0",
        b"GIF89a\x01\0",
        b"\xff\xfea\0b\0",
        b"caf\xe9",
        b"PK\x03\x04 and no more",
    ] {
        for name in ["offer.pdf", "notes.txt", "prices.csv", "x"] {
            assert_eq!(sniff(name, content), Err(Unfit::Kind), "{name} {content:?}");
        }
    }
    let archive = archive(&[("index.html", "<script>")]);
    assert_eq!(sniff("a.docx", &archive), Err(Unfit::Kind));
}

#[test]
fn macros_are_not_taken() {
    for part in ["word/vbaProject.bin", "word/VBAPROJECT.BIN"] {
        assert_eq!(
            sniff("a.docx", &word(&[(part, "")])),
            Err(Unfit::Macros),
            "{part}"
        );
    }
    for part in ["Basic/Standard/Module1.xml", "Scripts/python/a.py"] {
        let content = open_document(Media::Ods.kind(), &[(part, "")]);
        assert_eq!(sniff("a.ods", &content), Err(Unfit::Macros), "{part}");
    }
}

#[test]
fn a_name_that_says_something_else_is_not_believed() {
    for (name, content, found) in [
        ("offer.pdf", &b"plain words"[..], Media::Text),
        ("offer.docx", b"%PDF-1.7\n", Media::Pdf),
        ("shot.png", b"\xff\xd8\xff\xe0", Media::Jpeg),
    ] {
        let pretends = Err(Unfit::Pretends { found });
        assert_eq!(sniff(name, content), pretends, "{name}");
    }
}

#[test]
fn nothing_and_too_much_are_not_taken() {
    assert_eq!(sniff("a.txt", b""), Err(Unfit::Empty));
    let most = vec![b'a'; LARGEST as usize];
    assert_eq!(sniff("a.txt", &most), Ok(Media::Text));
    let more = [&most[..], b"a"].concat();
    assert_eq!(sniff("a.txt", &more), Err(Unfit::TooLarge));
}

proptest! {
    /// Each number in an archive is somebody's word.
    #[test]
    fn no_archive_makes_it_fail(at in 0..400_usize, to in any::<[u8; 4]>(), cut in 0..400_usize) {
        let mut content = word(&[("word/a.xml", "b")]);
        let place = at % content.len();
        for (byte, new) in content[place..].iter_mut().zip(to) {
            *byte = new;
        }
        let _ = sniff("a.docx", &content);
        content.truncate(cut);
        let _ = sniff("a.docx", &content);
    }

    #[test]
    fn no_content_makes_it_fail(content in proptest::collection::vec(any::<u8>(), 0..300)) {
        let _ = sniff("a", &content);
        let _ = sniff("a", &[b"PK\x03\x04", &content[..]].concat());
    }
}
