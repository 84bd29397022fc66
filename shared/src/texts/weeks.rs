//! What turned in a week, in words.

use super::{Locale, count, fill};
use crate::{forecast::Share, weeks::Turn};

/// What turned in a week, in a sentence or two.
pub fn turn_text(locale: Locale, turn: Turn) -> String {
    let t = &locale.catalogue().weeks;
    let text = match turn {
        Turn::TooEarly => t.too_early,
        Turn::ItemsOff => t.items_off,
        Turn::StoriesOff => t.stories_off,
        Turn::BothOff => t.both_off,
        Turn::Off => t.off,
        Turn::Recovered => t.recovered,
        Turn::AtRisk => t.at_risk,
        Turn::Fell { from, to } => return moved(t.fell, from, to),
        Turn::Rose { from, to } => return moved(t.rose, from, to),
        Turn::Unsellable(blockers) => return count(&t.unsellable, blockers),
        Turn::StillUnsellable(blockers) => return count(&t.still_unsellable, blockers),
        Turn::Ready => t.ready,
        Turn::Launched => t.launched,
        Turn::Done => t.done,
        Turn::StillOff => t.still_off,
        Turn::Nothing => t.nothing,
    };
    text.to_owned()
}

/// A text about a chance that moved.
fn moved(text: &str, from: Share, to: Share) -> String {
    fill(text, &[("from", &from.percent()), ("to", &to.percent())])
}
