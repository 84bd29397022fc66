//! The fold of the poll. A vote is void from the event on that changes what it rested on: the events
//! say so by themselves, and none says it once more.

use super::Event;
use crate::{
    engine::{Footing, lapse, shaken},
    model::{Discipline, Launch, Poll, Ruling, Stamp, Void, Vote},
    time::Instant,
};

impl Launch {
    pub(super) fn apply_to_poll(&mut self, event: &Event, stamp: Stamp) {
        let revision = self.revision;
        match event {
            Event::PollOpened { asked } => self.polls.push(Poll {
                opened: stamp,
                revision,
                asked: asked.clone(),
                votes: Vec::new(),
                ruling: None,
            }),
            Event::VoteCast(ballot) => {
                if let Some(poll) = self.undecided() {
                    poll.votes.push(Vote {
                        ballot: ballot.clone(),
                        by: stamp,
                        void: None,
                    });
                }
            }
            Event::PollDecided {
                call,
                reason,
                items,
            } => {
                self.note_lapses(stamp.at);
                if let Some(poll) = self.undecided() {
                    poll.ruling = Some(Ruling {
                        call: *call,
                        reason: reason.clone(),
                        items: items.clone(),
                        by: stamp,
                        revision,
                    });
                }
            }
            _ => {}
        }
    }

    fn undecided(&mut self) -> Option<&mut Poll> {
        self.polls.last_mut().filter(|poll| poll.ruling.is_none())
    }

    /// What the votes rest on; nothing where no vote stands, which is nearly always.
    pub(super) fn footing(&self, at: Instant) -> Option<Footing> {
        let votes = &self.open_poll()?.votes;
        let any = votes.iter().any(|vote| vote.void.is_none());
        any.then(|| Footing::of(self, at))
    }

    /// Voids the votes whose footing is another one now.
    pub(super) fn void_votes(&mut self, before: &Footing, stamp: Stamp) {
        let after = Footing::of(self, stamp.at);
        let changes = before.changes(&after);
        self.void(|vote| {
            Some(Void {
                at: stamp.at,
                by: Some(stamp.by),
                what: shaken(&changes, vote.ballot.discipline)?,
            })
        });
    }

    /// The minutes say what stood when it was decided, and time alone leaves no event.
    fn note_lapses(&mut self, at: Instant) {
        let lapsed: Vec<(Discipline, Void)> = (self.open_poll().into_iter())
            .flat_map(|poll| &poll.votes)
            .filter_map(|vote| Some((vote.ballot.discipline, lapse(self, vote, at)?)))
            .collect();
        self.void(|vote| {
            let mut lapsed = lapsed.iter();
            let found = lapsed.find(|(of, _)| *of == vote.ballot.discipline);
            found.map(|(_, void)| void.clone())
        });
    }

    fn void(&mut self, why: impl Fn(&Vote) -> Option<Void>) {
        // The last votes of the disciplines: what was replaced stands for nobody any more.
        let mut seen = Vec::new();
        let votes = self.undecided().into_iter().flat_map(|p| &mut p.votes);
        for vote in votes.rev() {
            let of = vote.ballot.discipline;
            if !seen.contains(&of) {
                seen.push(of);
                vote.void = vote.void.take().or_else(|| why(vote));
            }
        }
    }
}
