//! The rule on lanes: a discipline begins before its lead times run out.

use crate::{
    engine::{Finding, Grounds, ItemState, Rule, Subject, facts::Facts},
    model::{Discipline, Item, ItemIx, Policy},
    time::plus,
};

/// A list of one item says by itself that it has not begun; two make a lane.
const LANE: usize = 2;
/// Items that a finding names, at most.
const NAMED: usize = 5;

/// A discipline has not begun while its lead time runs: of all its items that the launch waits for
/// nobody has begun or ticked one, at least two are to be begun, and the first of their last safe
/// starts is over.
///
/// That tells a lane that waits from one in which a single item is late, while each last safe start
/// that is missed is an accident for itself.
pub(super) fn begin(facts: &Facts<'_>, found: &mut Vec<Finding>) {
    let Some(left) = facts.days_left() else {
        return;
    };
    let mut lanes = [Lane::default(); Discipline::ALL.len()];
    for (ix, item, state) in facts.required_items() {
        lanes[item.discipline.pos()].count(ix, item, state, left);
    }
    for discipline in Discipline::ALL {
        let lane = &lanes[discipline.pos()];
        if lane.waits() {
            found.push(lane.finding(facts, discipline, left));
        }
    }
}

/// What a discipline has shown.
#[derive(Debug, Clone, Copy, Default)]
struct Lane {
    begun: bool,
    open: usize,
    /// Of the open ones, those whose last safe start is over.
    late: usize,
    /// The open ones that take longest, in days, the longest at the front: as many as are open.
    first: [(u16, u32); NAMED],
}

impl Lane {
    fn count(&mut self, ix: ItemIx, item: &Item, state: ItemState, left: i64) {
        match state {
            ItemState::NotBegun => {
                self.place(item.lead_days, ix);
                self.open += 1;
                self.late += usize::from(i64::from(item.lead_days) > left);
            }
            ItemState::Waived | ItemState::NotApplicable => self.begun |= item.begun.is_some(),
            _ => self.begun = true,
        }
    }

    /// Puts an item among the longest if it is one of them; what came first stays before its equals.
    fn place(&mut self, days: u16, ix: ItemIx) {
        let known = self.open.min(NAMED);
        let mut at = known;
        while at > 0 && self.first[at - 1].0 < days {
            if at < NAMED {
                self.first[at] = self.first[at - 1];
            }
            at -= 1;
        }
        if at < NAMED {
            self.first[at] = (days, ix.into());
        }
    }

    const fn waits(&self) -> bool {
        !self.begun && self.late > 0 && self.open >= LANE
    }

    fn finding(&self, facts: &Facts<'_>, discipline: Discipline, left: i64) -> Finding {
        let known = self.first.iter().take(self.open);
        let due = known.filter(|(days, _)| i64::from(*days) >= left - Policy::NEAR_DAYS);
        let longest = self.first[0].0;
        let start = facts.launch_day.map(|day| plus(day, -i64::from(longest)));
        let zone = facts.launch.schedule.as_ref().map(|s| &s.zone);
        Finding {
            rule: Rule::DisciplineNotBegun,
            discipline,
            subject: Subject::Discipline(discipline),
            waits_for: facts.person_or_lead(None, discipline),
            since: start.zip(zone).map(|(day, zone)| zone.end_of(day)),
            last_safe_start: start,
            grounds: Some(Box::new(Grounds::NotBegun {
                open: self.open,
                late: self.late,
                items: due.map(|(_, ix)| (*ix).into()).collect(),
            })),
        }
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::{super::testing::*, *};

    /// Sales owes what must begin by 2, 12 and 22 April.
    fn lane() -> Told {
        [("prices", 40), ("offer", 30), ("deck", 20)]
            .into_iter()
            .fold(launch().lead("sales", NILS), |told, (id, days)| {
                told.item(id, "sales", &json!({"lead_days": days, "owner": CARLA}))
            })
    }

    /// Open items, late ones, and the ids of those that are named.
    fn grounds(told: &Told) -> (usize, usize, Vec<String>) {
        let assessment = told.assess();
        let finding = assessment.by_rule(Rule::DisciplineNotBegun).next().unwrap();
        let Some(Grounds::NotBegun { open, late, .. }) = finding.grounds.as_deref() else {
            unreachable!("{finding:?}")
        };
        let ids = finding.items().iter().map(|ix| Subject::Item(*ix));
        (*open, *late, ids.map(|s| s.id(&told.launch)).collect())
    }

    #[test]
    fn a_lane_waits_from_the_day_after_its_first_last_safe_start() {
        let told = lane().on("04-02");
        assert!(told.finds(begin).is_empty(), "that day is still in time");
        let told = told.on("04-03");
        assert_eq!(
            told.finds(begin),
            [
                "discipline_not_begun, discipline sales, owed by sales, waits for nils, \
              since 04-03 00:00, begin by 04-02"
            ]
        );
    }

    #[test]
    fn it_counts_what_is_late_and_names_what_is_near_as_well() {
        let named = |ids: &[&str]| ids.iter().map(ToString::to_string).collect::<Vec<_>>();
        let told = lane().on("04-04");
        assert_eq!(grounds(&told), (3, 1, named(&["prices"])));
        let told = told.on("04-05");
        assert_eq!(grounds(&told), (3, 1, named(&["prices", "offer"])));
        let told = told.on("04-30");
        assert_eq!(grounds(&told), (3, 3, named(&["prices", "offer", "deck"])));
    }

    #[test]
    fn it_names_the_first_five_of_many() {
        let days = [20, 60, 35, 50, 35, 61, 40, 62];
        let told = days.iter().enumerate().fold(launch(), |told, (n, days)| {
            told.item(&format!("i{n}"), "sales", &json!({"lead_days": days}))
        });
        let (open, late, named) = grounds(&told.on("05-01"));
        assert_eq!((open, late), (8, 8));
        assert_eq!(named, ["i7", "i5", "i1", "i3", "i6"]);
        let told = told_many();
        assert_eq!(grounds(&told.on("05-01")).2, ["i0", "i1", "i2", "i3", "i4"]);
    }

    fn told_many() -> Told {
        (0..9).fold(launch(), |told, n| {
            told.item(&format!("i{n}"), "sales", &json!({"lead_days": 30}))
        })
    }

    #[test]
    fn one_begun_item_is_a_beginning_whichever_it_is() {
        let told = lane().on("04-20").to("begin_item", "deck");
        assert!(told.finds(begin).is_empty());
        let told = told.to("withdraw_begin", "deck");
        assert_eq!(told.finds(begin).len(), 1);
        let told = told.to("tick_item", "deck");
        assert!(told.finds(begin).is_empty(), "so is a tick");
    }

    #[test]
    fn what_was_waived_was_not_begun_thereby() {
        let told = lane().approver().on("04-20").does(json!({"ask_waiver":
            {"item": "deck", "reason": "later", "until": "2026-06-01"}}));
        let told = told.by(DANIEL).to("grant_exemption", "deck");
        assert_eq!(grounds(&told).0, 2);
    }

    #[test]
    fn a_single_late_item_is_no_lane() {
        let told = launch().item("prices", "sales", &json!({"lead_days": 40}));
        let told = told.item("page", "marketing", &json!({"lead_days": 40}));
        let told = told.item(
            "extra",
            "sales",
            &json!({"lead_days": 40, "blocking": false}),
        );
        assert!(told.on("04-20").finds(begin).is_empty());
    }

    #[test]
    fn it_is_silent_once_it_was_launched() {
        let mut told = lane().on("04-20");
        assert_eq!(told.assess().by_rule(Rule::DisciplineNotBegun).count(), 1);
        let event = crate::Event::LaunchClaimed;
        told.launch.apply_at(&event, told.assess().now, NILS);
        assert_eq!(told.assess().by_rule(Rule::DisciplineNotBegun).count(), 0);
    }
}
