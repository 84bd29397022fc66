//! The flags over the strip: today, launch moment, honest date. Each stands at its line, on the
//! side where it does not cover another; where there is no room on one level, on two.

mod draw;

use startklar::{
    Launch,
    texts::{clock, day, day_seen, fill},
};

use super::{Words, room::PHONE};
use crate::charts::scale::{Scale, text_width, within};

pub(super) use draw::svg;

/// Room around the words of a flag.
const PAD: f64 = 8.0;
/// How far from a flag's end another's line is not in the way of its words.
const EDGE: f64 = 6.0;
/// Room between two flags.
const GAP: f64 = 4.0;

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
        let mut best = None;
        fit(scale, &mut flags, 0, 0, width, &mut best);
        if let Some((_, places)) = best {
            for (flag, (level, shift)) in flags.iter_mut().zip(places) {
                (flag.level, flag.shift) = (level, shift);
            }
            return flags;
        }
        if flags.pop().is_none() {
            return flags;
        }
    }
}

type Places = Vec<(u32, f64)>;

/// Tries the places of all flags from the `next` one on, and keeps the best way.
fn fit(
    scale: &Scale<'_>,
    flags: &mut [Flag],
    next: usize,
    cost: u32,
    width: f64,
    best: &mut Option<(u32, Places)>,
) {
    if best.as_ref().is_some_and(|(least, _)| *least <= cost) {
        return;
    }
    let Some(flag) = flags.get(next) else {
        *best = Some((cost, flags.iter().map(|f| (f.level, f.shift)).collect()));
        return;
    };
    let sides = flag.sides();
    for (level, price) in [(0, 0), (1, 10)] {
        for (shift, price) in sides.into_iter().zip(price..) {
            let (placed, rest) = flags.split_at_mut(next);
            let Some(flag) = rest.first_mut() else { return };
            (flag.level, flag.shift) = (level, shift);
            if free(scale, placed, flag, width) {
                fit(scale, flags, next + 1, cost + price, width, best);
            }
        }
    }
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
    // Over the columns of names and numbers there is a little room, on phones next to none.
    let beside = if width > PHONE { 30.0 } else { 4.0 };
    from >= -20.0
        && to <= width + beside
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
    add(Kind::Today, within(scale.now, scale.width()), text);
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
                &[
                    ("day", &day_seen(words.locale, today, date)),
                    ("clock", &clock),
                ],
            )
        } else {
            words.short(date)
        };
        add(Kind::Moment, scale.moment, text);
    }
    if let (Some(at), Some(date)) = (scale.honest, words.honest) {
        let text = if long {
            day_seen(words.locale, today, date)
        } else {
            words.short(date)
        };
        add(Kind::Honest, at, text);
    }
    flags
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "tests fail by panic")]
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
