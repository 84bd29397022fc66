//! The flags as SVG.

use std::fmt::Write as _;

use super::{Flag, Kind};
use crate::charts::{
    escape,
    scale::{Scale, short},
};

/// Height of a level in px.
const LEVEL: u32 = 22;

/// The flags as the SVG over the strip.
pub(in crate::charts::strip) fn svg(
    out: &mut String,
    scale: &Scale<'_>,
    flags: &[Flag],
    class: &str,
) {
    let levels = flags.iter().map(|f| f.level).max().unwrap_or(0);
    let bottom = 32 + LEVEL * levels;
    let tall = if levels > 0 { " tall" } else { "" };
    // Writing to a string cannot fail, here and below.
    let _ = write!(out, r#"<svg class="{class}{tall}" aria-hidden="true">"#);
    for flag in flags {
        let top = 4 + LEVEL * (levels - flag.level);
        line(out, scale, flag, top, bottom);
    }
    for flag in flags {
        let top = 4 + LEVEL * (levels - flag.level);
        label(out, scale, flag, top);
    }
    out.push_str("</svg>");
}

fn line(out: &mut String, scale: &Scale<'_>, flag: &Flag, top: u32, bottom: u32) {
    let x = scale.x(flag.at);
    let _ = match flag.kind {
        Kind::Today if !scale.shows_now() => Ok(()),
        Kind::Today => write!(
            out,
            r#"<rect class="g-now" x="{x}" y="{top}" width="5" height="{}" transform="translate(-2.5)"/><line class="g-nowline" x1="{x}" x2="{x}" y1="{}" y2="{bottom}"/>"#,
            bottom - top,
            top + 20,
        ),
        Kind::Moment => write!(
            out,
            r#"<line class="g-launch" x1="{x}" x2="{x}" y1="{top}" y2="{bottom}"/>"#
        ),
        Kind::Honest => write!(
            out,
            r#"<line class="g-honest" x1="{x}" x2="{x}" y1="{}" y2="{bottom}"/>"#,
            top + 20
        ),
    };
}

fn label(out: &mut String, scale: &Scale<'_>, flag: &Flag, top: u32) {
    let x = scale.x(flag.at);
    let text = escape(&flag.text);
    let (ground, class) = match flag.kind {
        Kind::Today => (Some("g-now"), "g-nowtext"),
        Kind::Moment => (Some("g-band"), "g-bandsmall"),
        Kind::Honest => (None, "g-latetext"),
    };
    // The line of a flag is inside it, so that both look like one.
    let edge = match flag.kind {
        Kind::Today => 2.5,
        _ => 1.0,
    };
    let left = if flag.shift > 0.0 {
        -flag.shift + edge
    } else {
        -edge
    };
    if let Some(ground) = ground {
        let _ = write!(
            out,
            r#"<rect class="{ground}" x="{x}" y="{top}" width="{}" height="20" transform="translate({})"/>"#,
            short(flag.width),
            short(left)
        );
    }
    let _ = write!(
        out,
        r#"<text class="{class}" x="{x}" y="{}" dx="{}" text-anchor="middle">{text}</text>"#,
        top + 14,
        short(left + flag.width / 2.0)
    );
}
