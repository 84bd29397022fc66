//! The flags over the strip: today, launch moment, honest date. Each stands at its line, on the
//! side where it does not cover another; where there is no room on one level, on two.

use std::fmt::Write as _;

use startklar::{
    Launch,
    texts::{clock, day, fill, short_day},
};

use super::draw::Words;
use crate::charts::scale::{Scale, text_width};

/// Room around the words of a flag.
const PAD: f64 = 8.0;
/// How far from a flag's end another's line is not in the way of its words.
const EDGE: f64 = 6.0;
/// Room between two flags.
const GAP: f64 = 4.0;
/// Height of a level in px.
const LEVEL: u32 = 22;

/// What a flag says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    Today,
    Moment,
    Honest,
}

/// A flag with its place.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Flag {
    pub(super) kind: Kind,
    pub(super) text: String,
    /// Where its line stands, in days.
    pub(super) at: f64,
    /// Its width in px.
    pub(super) width: f64,
    /// How far left of its line it begins, in px.
    pub(super) shift: f64,
    /// 0 is next to the strip.
    pub(super) level: u32,
}

impl Flag {
    /// Where it begins and ends in px, on a strip of this width.
    fn reach(&self, x: f64) -> (f64, f64) {
        (x - self.shift, x - self.shift + self.width)
    }

    /// The sides of its line on which it may stand, as shifts, the best first.
    fn sides(&self) -> [f64; 3] {
        let (right, left, over) = (0.0, self.width, self.width / 2.0);
        match self.kind {
            Kind::Today => [right, left, left],
            Kind::Moment => [left, right, right],
            Kind::Honest => [over, right, left],
        }
    }
}

/// Places the flags on a strip that is `width` px wide at least: on one level if that can be, on
/// the best sides that leave room for each other. A flag without room anywhere is left out, the
/// last first.
pub(super) fn place(scale: &Scale<'_>, mut flags: Vec<Flag>, width: f64) -> Vec<Flag> {
    loop {
        if let Some(placed) = fit(scale, &flags, width) {
            return placed;
        }
        if flags.pop().is_none() {
            return flags;
        }
    }
}

/// The places of all flags, if there are any.
fn fit(scale: &Scale<'_>, flags: &[Flag], width: f64) -> Option<Vec<Flag>> {
    const PLACES: usize = 6;
    let ways = PLACES.pow(u32::try_from(flags.len()).unwrap_or(0));
    (0..ways)
        .filter_map(|way| {
            let mut placed: Vec<Flag> = Vec::with_capacity(flags.len());
            let mut cost = 0;
            let mut rest = way;
            for flag in flags {
                let (level, side) = (rest % PLACES / 3, rest % 3);
                rest /= PLACES;
                cost += 10 * level + side;
                let flag = Flag {
                    level: u32::try_from(level).unwrap_or(0),
                    shift: flag.sides()[side],
                    ..flag.clone()
                };
                if !free(scale, &placed, &flag, width) {
                    return None;
                }
                placed.push(flag);
            }
            Some((cost, placed))
        })
        .min_by_key(|(cost, _)| *cost)
        .map(|(_, placed)| placed)
}

/// Whether a flag stands on the strip and covers no other, and no other's line.
fn free(scale: &Scale<'_>, placed: &[Flag], flag: &Flag, width: f64) -> bool {
    let line = |flag: &Flag| flag.at / scale.width() * width;
    let reach = |flag: &Flag| flag.reach(line(flag));
    let (from, to) = reach(flag);
    let crosses = |over: &Flag, under: &Flag| {
        let (from, to) = reach(under);
        under.level <= over.level && (from + EDGE..to - EDGE).contains(&line(over))
    };
    // Over the columns of names and numbers there is a little room.
    from >= -20.0
        && to <= width + 4.0
        && placed.iter().all(|other| {
            let (left, right) = reach(other);
            let apart = to + GAP < left || right + GAP < from;
            (other.level != flag.level || apart) && !crosses(other, flag) && !crosses(flag, other)
        })
}

/// The words of the flags, long or short.
pub(super) fn flags(
    launch: &Launch,
    scale: &Scale<'_>,
    words: &Words<'_>,
    long: bool,
) -> Vec<Flag> {
    let c = &words.locale.catalogue().charts;
    let mut flags = Vec::new();
    let mut add = |kind: Kind, at: f64, text: String| {
        let width = (text_width(&text, true) + 2.0 * PAD).ceil();
        flags.push(Flag {
            kind,
            text,
            at,
            width,
            shift: 0.0,
            level: 0,
        });
    };
    let today = launch.day(words.now);
    let text = if long {
        fill(c.today, &[("day", &day(words.locale, today))])
    } else {
        c.today_short.to_owned()
    };
    add(Kind::Today, scale.now.clamp(0.0, scale.width()), text);
    if let Some(schedule) = &launch.schedule {
        let at = launch.launched.map_or(schedule.moment, |l| l.at);
        let date = launch.day(at);
        let template = if launch.launched.is_some() {
            c.launched
        } else {
            c.launch
        };
        let text = if long {
            let clock = clock(&schedule.zone, at);
            fill(
                template,
                &[("day", &day(words.locale, date)), ("clock", &clock)],
            )
        } else {
            short_day(words.locale, date)
        };
        add(Kind::Moment, scale.moment, text);
    }
    if let (Some(at), Some(date)) = (scale.honest, words.honest) {
        let text = if long {
            day(words.locale, date)
        } else {
            short_day(words.locale, date)
        };
        add(Kind::Honest, at, text);
    }
    flags
}

/// The flags as the SVG over the strip.
pub(super) fn svg(out: &mut String, scale: &Scale<'_>, flags: &[Flag], class: &str) {
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
    let text = crate::charts::escape(&flag.text);
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
            r#"<rect class="{ground}" x="{x}" y="{top}" width="{}" height="20" transform="translate({left})"/>"#,
            flag.width
        );
    }
    let _ = write!(
        out,
        r#"<text class="{class}" x="{x}" y="{}" dx="{}" text-anchor="middle">{text}</text>"#,
        top + 14,
        left + flag.width / 2.0
    );
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::charts::testing;

    fn overlap(scale: &Scale<'_>, flags: &[Flag], width: f64) -> bool {
        let reach = |f: &Flag| f.reach(f.at / scale.width() * width);
        flags.iter().enumerate().any(|(n, a)| {
            flags.iter().skip(n + 1).any(|b| {
                let (a, b) = ((a.level, reach(a)), (b.level, reach(b)));
                a.0 == b.0 && a.1.0 < b.1.1 && b.1.0 < a.1.1
            })
        })
    }

    #[test]
    fn flags_never_cover_each_other_wherever_today_is() {
        for days in -20..140 {
            let (launch, assessment) = testing::seen(&testing::running(), days);
            let scale = Scale::of(&launch, &assessment).unwrap();
            let words = Words::of(startklar::Locale::En, &assessment, &testing::PEOPLE);
            for (long, width) in [(true, 860.0), (false, 200.0)] {
                let placed = place(&scale, flags(&launch, &scale, &words, long), width);
                assert!(!overlap(&scale, &placed, width), "{days}: {placed:?}");
                assert!(placed.iter().any(|f| f.kind == Kind::Today), "{days}");
                assert!(placed.iter().any(|f| f.kind == Kind::Moment), "{days}");
            }
        }
    }

    #[test]
    fn in_the_middle_of_the_plan_one_level_is_enough() {
        let (launch, assessment) = testing::seen(&testing::running(), 45);
        let scale = Scale::of(&launch, &assessment).unwrap();
        let words = Words::of(startklar::Locale::De, &assessment, &testing::PEOPLE);
        let placed = place(&scale, flags(&launch, &scale, &words, true), 860.0);
        assert_eq!(placed.len(), 3, "{placed:?}");
        assert!(placed.iter().all(|f| f.level == 0), "{placed:?}");
    }
}
