//! The minutes of a poll as plain rows: what was missing of whom when it was opened and what is now, what
//! each discipline said, what a go rests on. The page and the file that is printed show the same rows.

use chrono::NaiveDate;

use crate::{
    Assessment, Discipline, Launch, PersonId, Policy, assess,
    engine::{Polled, Rule, Subject},
    model::{ExemptionKind, Item, ItemIx, Poll, Void, Vote},
    order::sort_by_key,
    text::Note,
};

/// A poll, where its votes stand, and where its launch stands.
#[derive(Debug)]
pub struct Minutes<'a> {
    /// The launch.
    pub launch: &'a Launch,
    /// What it is worth at the moment of which the minutes speak.
    pub assessment: &'a Assessment,
    /// Which poll of the launch it is, from 1 on.
    pub number: usize,
    /// The poll.
    pub poll: &'a Poll,
    /// Which of its votes stand at that moment.
    pub polled: Polled<'a>,
}

/// How many blockers a discipline had, or all of them together.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Criterion {
    /// Whose; `None` for all together.
    pub of: Option<Discipline>,
    /// When the poll was opened.
    pub then: usize,
    /// At the moment of the minutes.
    pub now: usize,
}

/// What is said for a discipline.
#[derive(Debug)]
pub struct Voice<'a> {
    /// For which.
    pub discipline: Discipline,
    /// Who speaks: who voted, and before that who leads.
    pub speaks: Option<PersonId>,
    /// The vote that stands.
    pub vote: Option<&'a Vote>,
    /// What was said before and no longer stands, the latest first: void or replaced, it stays in the minutes.
    pub before: Vec<Before<'a>>,
}

/// A vote that no longer stands.
#[derive(Debug, Clone, Copy)]
pub struct Before<'a> {
    /// The vote.
    pub vote: &'a Vote,
    /// What made it void; it was replaced where nothing did.
    pub void: Option<&'a Void>,
}

impl Voice<'_> {
    /// Whether the last vote is void.
    pub fn is_void(&self) -> bool {
        self.vote.is_none() && !self.before.is_empty()
    }
}

/// What a go rests on and what is not done yet: a condition in a vote, or the item that it has become.
#[derive(Debug)]
pub struct Promise<'a> {
    /// The last day for it.
    pub due: Option<NaiveDate>,
    /// What must hold.
    pub text: &'a str,
    /// Who sees to it.
    pub owner: Option<PersonId>,
    /// Who named the condition.
    pub set_by: Discipline,
    /// The item, once it is one.
    pub item: Option<ItemIx>,
}

/// An item that is waived.
#[derive(Debug)]
pub struct Waived<'a> {
    /// The item.
    pub item: &'a Item,
    /// The last day of the waiver.
    pub until: Option<NaiveDate>,
    /// Why.
    pub reason: Option<&'a Note>,
    /// Who granted it.
    pub granted: Option<PersonId>,
}

impl<'a> Minutes<'a> {
    /// The minutes of one of the launch's polls, counted from 1, at the moment of the assessment.
    /// `None` where there is no such poll.
    ///
    /// ```
    /// use startklar::{Launch, Policy, assess, minutes::Minutes, time};
    /// let now = time::parse_instant("2026-03-02T09:00:00Z")?;
    /// let launch = Launch::default();
    /// let assessment = assess(&launch, &Policy::default(), now);
    /// assert!(Minutes::of(&launch, &assessment, 1).is_none());
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn of(launch: &'a Launch, assessment: &'a Assessment, number: usize) -> Option<Self> {
        let poll = launch.polls.get(number.checked_sub(1)?)?;
        Some(Self {
            launch,
            assessment,
            number,
            poll,
            polled: Polled::of(launch, poll, assessment.now),
        })
    }

    /// The blockers of each discipline that has any or is asked, then of all; `then` is the launch as it stood when
    /// the poll was opened.
    pub fn criteria(&self, then: &Launch) -> Vec<Criterion> {
        let then = assess(then, &Policy::default(), self.poll.opened.at);
        let count = |of| Criterion {
            of,
            then: blockers(&then, of),
            now: blockers(self.assessment, of),
        };
        let each = Discipline::ALL.into_iter().map(|d| (d, count(Some(d))));
        let named = each.filter(|(d, c)| c.then + c.now > 0 || self.poll.asked.contains(d));
        let named = named.map(|(_, criterion)| criterion);
        named.chain([count(None)]).collect()
    }

    /// What is said for each discipline that is asked, in their order.
    pub fn voices(&self) -> Vec<Voice<'_>> {
        let asked = self.poll.asked.iter();
        asked.map(|discipline| self.voice(*discipline)).collect()
    }

    fn voice(&self, discipline: Discipline) -> Voice<'_> {
        let vote = self.polled.standing(discipline);
        let lead = self.launch.leads.get(&discipline).copied();
        Voice {
            discipline,
            speaks: vote.map(|vote| vote.by.by).or(lead),
            vote,
            before: self.before(discipline),
        }
    }

    fn before(&self, discipline: Discipline) -> Vec<Before<'_>> {
        let votes = self.poll.votes.iter().rev();
        let mut votes = votes.filter(|vote| vote.ballot.discipline == discipline);
        let last = votes.next();
        let void = self.polled.void(discipline);
        let last = last.zip(void).map(|(vote, void)| Before {
            vote,
            void: Some(void),
        });
        let earlier = votes.map(|vote| Before {
            vote,
            void: vote.void.as_ref(),
        });
        last.into_iter().chain(earlier).collect()
    }

    /// The conditions by their day: of the votes that stand, or the items that they became once
    /// somebody decided.
    pub fn promises(&self) -> Vec<Promise<'a>> {
        let mut promises = self.promised();
        sort_by_key(&mut promises, |one| one.due);
        promises
    }

    fn promised(&self) -> Vec<Promise<'a>> {
        match &self.poll.ruling {
            Some(ruling) => (ruling.items.iter())
                .filter_map(|id| self.kept(self.launch.items.find(id)?))
                .collect(),
            None => (self.polled.conditions())
                .map(|(set_by, condition)| Promise {
                    due: Some(condition.due),
                    text: condition.text.as_str(),
                    owner: Some(condition.owner),
                    set_by,
                    item: None,
                })
                .collect(),
        }
    }

    fn kept(&self, ix: ItemIx) -> Option<Promise<'a>> {
        let item = self.launch.items.at(ix)?;
        Some(Promise {
            due: item.due,
            text: item.title.as_str(),
            owner: item.owner,
            set_by: item.discipline,
            item: Some(ix),
        })
    }

    /// The waivers in force.
    pub fn waived(&self) -> Vec<Waived<'a>> {
        let found = self.assessment.by_rule(Rule::Waived);
        let items = found.filter_map(|finding| match finding.subject {
            Subject::Item(ix) => self.launch.items.at(ix),
            _ => None,
        });
        items.map(waived).collect()
    }
}

fn waived(item: &Item) -> Waived<'_> {
    let exemption = item.exemption.as_ref();
    let until = exemption.and_then(|e| match e.kind {
        ExemptionKind::Waiver { until } => Some(until),
        ExemptionKind::NotApplicable => None,
    });
    Waived {
        item,
        until,
        reason: exemption.map(|e| &e.reason),
        granted: exemption.and_then(|e| e.granted).map(|by| by.by),
    }
}

/// The blockers of a discipline, or all.
fn blockers(assessment: &Assessment, of: Option<Discipline>) -> usize {
    let all = assessment.blockers();
    all.filter(|f| of.is_none_or(|of| f.discipline == of))
        .count()
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "tests fail by panic")]
mod tests {
    use serde_json::{Value, json};

    use super::*;
    use crate::{engine::testing::*, time::parse_instant};

    const PLAIN: Value = Value::Null;

    /// Sales owes one item, marketing another; the poll is open.
    fn asked() -> Told {
        launch()
            .lead("sales", NILS)
            .lead("marketing", CARLA)
            .item("prices", "sales", &PLAIN)
            .item("page", "marketing", &PLAIN)
            .on("04-20")
            .does(json!("open_poll"))
    }

    fn vote(told: Told, ballot: &Value) -> Told {
        told.by(NILS).does(json!({ "cast_vote": ballot }))
    }

    fn judged(launch: &Launch) -> Assessment {
        let now = parse_instant("2026-04-20T12:00:00Z").unwrap();
        assess(launch, &Policy::default(), now)
    }

    #[test]
    fn criteria_are_counted_then_and_now() {
        let told = asked();
        let then = told.launch.clone();
        let told = told.by(NILS).to("tick_item", "prices");
        let now = judged(&told.launch);
        let minutes = Minutes::of(&told.launch, &now, 1).unwrap();
        let criteria = minutes.criteria(&then);
        let of = |of| criteria.iter().find(|c| c.of == of).copied().unwrap();
        let sales = of(Some(Discipline::Sales));
        assert_eq!(sales.then, sales.now + 1);
        let all = of(None);
        assert_eq!(criteria.last(), Some(&all));
        let each = criteria.iter().filter(|c| c.of.is_some());
        assert_eq!(each.map(|c| c.now).sum::<usize>(), all.now);
    }

    #[test]
    fn what_was_said_before_stays_the_latest_first() {
        let go = json!({"discipline": "sales", "call": "go"});
        let no = json!({"discipline": "sales", "call": "no_go", "reason": "Not yet."});
        let told = vote(vote(asked(), &no), &go);
        let now = judged(&told.launch);
        let minutes = Minutes::of(&told.launch, &now, 1).unwrap();
        let voices = minutes.voices();
        let sales = voices.iter().find(|v| v.discipline == Discipline::Sales);
        let sales = sales.unwrap();
        assert!(sales.vote.is_some() && !sales.is_void());
        assert_eq!(sales.before.len(), 1);
        assert!(sales.before[0].void.is_none(), "it was replaced");

        let told = told.by(LENA).to("tick_item", "prices");
        let now = judged(&told.launch);
        let minutes = Minutes::of(&told.launch, &now, 1).unwrap();
        let voices = minutes.voices();
        let sales = voices.iter().find(|v| v.discipline == Discipline::Sales);
        let sales = sales.unwrap();
        assert!(sales.is_void());
        assert_eq!(sales.speaks, Some(NILS), "the lead speaks");
        let void: Vec<bool> = sales.before.iter().map(|b| b.void.is_some()).collect();
        assert_eq!(void, [true, false]);
    }

    #[test]
    fn conditions_are_promised_until_they_are_items() {
        let condition = json!([{"text": "Third shift", "owner": NILS, "due": "2026-05-11"}]);
        let with =
            json!({"discipline": "sales", "call": "go_with_conditions", "conditions": condition});
        let told = vote(asked(), &with);
        let now = judged(&told.launch);
        let minutes = Minutes::of(&told.launch, &now, 1).unwrap();
        let promises = minutes.promises();
        assert_eq!((promises.len(), promises[0].text), (1, "Third shift"));
        assert!(promises[0].item.is_none());
        assert!(Minutes::of(&told.launch, &now, 2).is_none());
        assert!(Minutes::of(&told.launch, &now, 0).is_none());
    }
}
