//! An epic in a word and a shape.

use startklar::{
    engine::EpicStatus,
    model::{Epic, EpicIx, Story, StoryState},
    texts::{Catalogue, fill},
};

use crate::desk::View;

/// Stories that are to be built, and done ones of them.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Tally {
    stories: usize,
    done: usize,
}

impl Tally {
    pub(crate) fn count(&mut self, story: &Story) {
        self.stories += usize::from(!matches!(story.state, StoryState::Dropped(_)));
        self.done += usize::from(story.done().is_some());
    }
}

/// Where an epic stands.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Standing {
    pub(crate) word: String,
    pub(crate) symbol: Option<&'static str>,
    /// Built, and nobody has accepted it yet.
    pub(crate) to_accept: bool,
    /// Stories that are to be built, and done ones of them.
    pub(crate) stories: usize,
    pub(crate) done: usize,
}

impl Standing {
    /// Where an epic stands. Technically done is not done, and has its own word.
    pub(crate) fn of(view: &View, ix: EpicIx, epic: &Epic, t: &Catalogue) -> Self {
        let mut tally = Tally::default();
        for story in view.launch.stories_of(ix) {
            tally.count(story);
        }
        Self::with(view, ix, epic, tally, t)
    }

    /// The same where its stories are counted already.
    pub(crate) fn with(view: &View, ix: EpicIx, epic: &Epic, tally: Tally, t: &Catalogue) -> Self {
        let Tally { stories, done } = tally;
        let in_scope = epic.in_scope.is_some();
        let to_accept = in_scope && epic.accepted.is_none() && stories > 0 && done == stories;
        let p = &t.pages.plan;
        let (word, symbol) = match view.assessment.epic(ix) {
            EpicStatus::Done(_) => (p.done.to_owned(), Some("i-closed")),
            EpicStatus::TechnicallyDone => (p.technically_done.to_owned(), Some("i-second")),
            _ if to_accept => (p.to_accept.to_owned(), Some("i-waits")),
            _ if !in_scope => (p.out_for_now.to_owned(), None),
            _ if stories == 0 => (p.no_stories.to_owned(), Some("i-none")),
            EpicStatus::InProgress => (
                fill(p.stories_of, &[("done", &done), ("all", &stories)]),
                Some("i-begun"),
            ),
            EpicStatus::NotStarted => (p.not_started.to_owned(), Some("i-open")),
        };
        Self {
            word,
            symbol,
            to_accept,
            stories,
            done,
        }
    }
}
