//! Minutes in words: who opened and decided a poll, what was said and no longer stands, what it comes to.

use chrono::NaiveDate;

use super::{
    Catalogue, Locale, count, day_clock, day_seen, day_year, day_year_clock, fill, number, said,
};
use crate::{
    Launch, People, PersonId,
    engine::Polled,
    minutes::{Before, Minutes},
    model::{Call, Condition, Poll, Ruling, Stamp, Void, Vote},
    time::Instant,
};

/// What minutes are put into words with.
#[derive(Debug, Clone, Copy)]
pub struct MinutesWords<'a> {
    /// The language.
    pub locale: Locale,
    /// The launch: days and times are said by its clock.
    pub launch: &'a Launch,
    /// Who people are.
    pub people: &'a People,
    /// The moment of which the minutes speak.
    pub now: Instant,
    /// Whether each day has its year: paper is read in other years too.
    pub years: bool,
}

impl MinutesWords<'_> {
    fn texts(&self) -> &'static Catalogue {
        self.locale.catalogue()
    }

    /// A moment: “Thu 16 Apr, 14:20”.
    pub fn when(&self, at: Instant) -> String {
        if self.years {
            return day_year_clock(self.locale, &self.launch.zone(), at);
        }
        day_clock(self.locale, self.launch, self.launch.day(self.now), at)
    }

    /// A day: “Thu 16 Apr”.
    pub fn day(&self, date: NaiveDate) -> String {
        if self.years {
            return day_year(self.locale, date);
        }
        day_seen(self.locale, self.launch.day(self.now), date)
    }

    /// Somebody's name.
    pub fn name(&self, id: PersonId) -> String {
        let name = self.people.name(id);
        let unknown = self.texts().common.somebody_unknown;
        name.unwrap_or(unknown).to_owned()
    }

    /// Which poll it is, and who opened and decided it when, on which line of the journal.
    pub fn session(&self, poll: &Poll, n: usize) -> String {
        let t = &self.texts().poll;
        let opened = self.told(t.session, n, poll.opened, poll.revision);
        match &poll.ruling {
            None => opened,
            Some(ruling) => {
                let decided = self.told(t.decided_by, n, ruling.by, ruling.revision);
                format!("{opened} {decided}")
            }
        }
    }

    fn told(&self, template: &str, n: usize, by: Stamp, revision: u64) -> String {
        let gaps: [(&str, &dyn std::fmt::Display); 4] = [
            ("n", &n),
            ("who", &self.name(by.by)),
            ("when", &self.when(by.at)),
            ("rev", &number(self.locale, revision)),
        ];
        fill(template, &gaps)
    }

    /// How many say what: go, with conditions, no-go, and how many are missing.
    pub fn tally(&self, poll: &Poll, polled: &Polled<'_>) -> String {
        let n = |call| polled.votes().filter(|v| v.ballot.call == call).count();
        let missing = poll.asked.len() - polled.votes().count();
        let gaps: [(&str, &dyn std::fmt::Display); 4] = [
            ("go", &n(Call::Go)),
            ("conditions", &n(Call::GoWithConditions)),
            ("no", &n(Call::NoGo)),
            ("missing", &missing),
        ];
        fill(self.texts().poll.tally, &gaps)
    }

    /// A condition with its owner and its day.
    pub fn condition(&self, condition: &Condition) -> String {
        let gaps: [(&str, &dyn std::fmt::Display); 3] = [
            ("text", &condition.text),
            ("who", &self.name(condition.owner)),
            ("day", &self.day(condition.due)),
        ];
        fill(self.texts().poll.condition_line, &gaps)
    }

    /// A vote that no longer stands, why, and what was said with it.
    pub fn before(&self, before: Before<'_>) -> String {
        let line = match before.void {
            Some(void) => self.fallen(before.vote, void),
            None => self.replaced(before.vote),
        };
        match &before.vote.ballot.reason {
            Some(reason) => {
                let said = fill(self.texts().common.quoted, &[("text", reason)]);
                format!("{line} {said}")
            }
            None => line,
        }
    }

    fn replaced(&self, vote: &Vote) -> String {
        let call = self.texts().call(vote.ballot.call);
        let when = self.when(vote.by.at);
        let template = self.texts().poll.replaced;
        fill(template, &[("call", &call), ("when", &when)])
    }

    fn fallen(&self, vote: &Vote, void: &Void) -> String {
        let t = &self.texts().poll;
        let template = match (void.by, void.what.is_empty()) {
            (None, _) => t.void_aged,
            (Some(_), true) => t.void_unnamed,
            (Some(_), false) => t.void_by,
        };
        let gaps: [(&str, &dyn std::fmt::Display); 5] = [
            ("call", &self.texts().call(vote.ballot.call)),
            ("when", &self.when(vote.by.at)),
            ("who", &void.by.map(|by| self.name(by)).unwrap_or_default()),
            ("what", &said(&void.what, self.people, self.locale)),
            ("changed", &self.when(void.at)),
        ];
        fill(template, &gaps)
    }

    /// What was decided, and whether that is not what the poll came to.
    pub fn decided(&self, ruling: &Ruling, outcome: Option<Call>) -> String {
        let t = &self.texts().poll;
        let word = self.texts().call(ruling.call);
        match outcome {
            Some(call) if call == ruling.call => word.to_owned(),
            Some(_) => fill(t.against, &[("call", &word)]),
            None => fill(t.early, &[("call", &word)]),
        }
    }

    /// What the engine says, with the number of blockers.
    pub fn engine(&self, minutes: &Minutes<'_>) -> String {
        let c = &self.texts().cockpit;
        let beside = match minutes.assessment.blockers().count() {
            0 => c.no_blocker.to_owned(),
            n => count(&c.blockers, n),
        };
        let call = minutes.assessment.verdict.call();
        format!("{}, {beside}", self.texts().call(call))
    }

    /// Of which state of the launch a page speaks, for readers of other years and places too.
    pub fn printed(&self) -> String {
        let zone = self.launch.zone();
        let when = day_year_clock(self.locale, &zone, self.now);
        let gaps: [(&str, &dyn std::fmt::Display); 4] = [
            ("title", &self.launch.title()),
            ("n", &number(self.locale, self.launch.revision)),
            ("when", &when),
            ("zone", &zone.name),
        ];
        fill(self.texts().poll.printed, &gaps)
    }
}
