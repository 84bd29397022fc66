//! What turned in a week, in words.

use super::{Locale, count, fill};
use crate::weeks::Turn;

/// What turned in a week, in a sentence or two.
pub fn turn_text(locale: Locale, turn: Turn) -> String {
    let t = &locale.catalogue().weeks;
    let text = match turn {
        Turn::TooEarly => t.too_early,
        Turn::ItemsOff => t.items_off,
        Turn::StoriesOff => t.stories_off,
        Turn::BothOff => t.both_off,
        Turn::Recovered => t.recovered,
        Turn::Faster { from, to } => {
            let shares = [("from", from.percent()), ("to", to.percent())];
            return fill(t.faster, &shares.each_ref().map(|(n, v)| (*n, v as _)));
        }
        Turn::Unsellable(blockers) => return count(&t.unsellable, blockers),
        Turn::Ready => t.ready,
        Turn::Launched => t.launched,
        Turn::Done => t.done,
        Turn::StillOff => t.still_off,
        Turn::Nothing => t.nothing,
    };
    text.to_owned()
}
