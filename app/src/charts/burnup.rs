//! The burn-up of a lane: what is done, against everything that has to be.
//!
//! It draws what is known and no more: past scope, past work, due dates.

mod draw;
mod fan;
mod ground;
mod labels;
mod table;

use startklar::{Assessment, Lane, Launch, texts::Catalogue, texts::fill};

use super::{
    scale::Scale,
    work::{self, Work},
};

pub use draw::svg;
pub use fan::FanBurn;
pub use table::table;

/// A number that changes in steps, from 0 before the first.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Steps(Vec<(f64, usize)>);

impl Steps {
    /// Adds up changes at moments, in days from the left edge; those before it count at the edge.
    pub fn of(changes: impl IntoIterator<Item = (f64, bool)>) -> Self {
        Self::weighted(changes.into_iter().map(|(at, up)| (at, up, 1)))
    }

    /// The same where each change has a weight.
    fn weighted(changes: impl IntoIterator<Item = (f64, bool, usize)>) -> Self {
        let mut changes: Vec<(f64, bool, usize)> = changes
            .into_iter()
            .map(|(at, up, weight)| (at.max(0.0), up, weight))
            .collect();
        startklar::order::sort_by(&mut changes, |a, b| a.0.total_cmp(&b.0));
        let mut steps: Vec<(f64, usize)> = Vec::new();
        let (mut up, mut down) = (0_usize, 0_usize);
        for (at, rises, weight) in changes {
            *(if rises { &mut up } else { &mut down }) += weight;
            let n = up.saturating_sub(down);
            match steps.last_mut() {
                Some(last) if last.0.total_cmp(&at).is_eq() => last.1 = n,
                _ => steps.push((at, n)),
            }
        }
        Self(steps)
    }

    /// The steps: from where on which number holds.
    pub fn steps(&self) -> &[(f64, usize)] {
        &self.0
    }

    /// The number that holds at a place.
    pub fn at(&self, place: f64) -> usize {
        self.0
            .iter()
            .take_while(|(at, _)| *at <= place)
            .last()
            .map_or(0, |(_, n)| *n)
    }

    /// The number after the last step.
    pub fn last(&self) -> usize {
        self.0.last().map_or(0, |(_, n)| *n)
    }

    /// The largest number.
    pub fn most(&self) -> usize {
        self.0.iter().map(|(_, n)| *n).max().unwrap_or(0)
    }
}

/// What a lane owes, what is due and what is done, over time.
#[derive(Debug, Clone, PartialEq)]
pub struct BurnUp {
    /// Whether it counts stories and not items.
    pub stories: bool,
    /// Everything that has to be done, as far as it was known.
    pub scope: Steps,
    /// What was due.
    pub due: Steps,
    /// What is done.
    pub done: Steps,
    /// Stories of the lane: done ones and all.
    pub story_count: (usize, usize),
    /// Items of the lane: closed ones and all.
    pub item_count: (usize, usize),
}

impl BurnUp {
    /// The burn-up of a lane. Where there are stories it counts them; the items of that lane stand
    /// in its head.
    pub fn of(scale: &Scale<'_>, launch: &Launch, assessment: &Assessment, lane: Lane) -> Self {
        let works = work::of(launch, assessment);
        let of_lane = || works.iter().filter(|w| w.discipline.lane() == lane);
        let stories = of_lane().any(|w| w.story && w.gone.is_none());
        let counted = || of_lane().filter(move |w| w.story == stories);
        Self {
            stories,
            scope: Steps::of(counted().flat_map(|w| {
                let gone = w.gone.map(|at| (scale.at(at), false));
                [Some((scale.at(w.added), true)), gone]
                    .into_iter()
                    .flatten()
            })),
            // What is due on a day is owed at its end.
            due: Steps::of(
                counted()
                    .filter_map(|w| w.due)
                    .map(|day| (scale.day(day) + 1.0, true)),
            ),
            done: Steps::of(
                counted()
                    .filter_map(|w| w.closed)
                    .map(|at| (scale.at(at), true)),
            ),
            story_count: tally(of_lane().filter(|w| w.story)),
            item_count: tally(of_lane().filter(|w| !w.story)),
        }
    }

    /// “59 of 61 stories, 24 of 29 items”.
    pub fn head(&self, t: &Catalogue) -> String {
        let c = &t.charts;
        let counts = [(c.stories, self.story_count), (c.items, self.item_count)];
        let parts: Vec<String> = counts
            .into_iter()
            .filter(|(_, (_, all))| *all > 0)
            .map(|(text, (done, all))| fill(text, &[("done", &done), ("all", &all)]))
            .collect();
        if parts.is_empty() {
            c.nothing_planned.to_owned()
        } else {
            parts.join(", ")
        }
    }
}

fn tally<'w>(works: impl Iterator<Item = &'w Work>) -> (usize, usize) {
    works
        .filter(|w| w.gone.is_none())
        .fold((0, 0), |(done, all), w| {
            (done + usize::from(w.closed.is_some()), all + 1)
        })
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "tests fail by panic")]
mod tests;
