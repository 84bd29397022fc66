//! The rule on people: nobody has more to close than they can.

use crate::{
    engine::{Finding, Grounds, ItemState, Rule, Subject, WaitsFor, facts::Facts},
    id::PersonId,
    model::{Discipline, Item, ItemIx, Policy},
    order::sort_by_key,
};

/// One person has more open items than can end by the launch moment, whatever comes first: with L
/// days left and five items at once ([`Policy::AT_ONCE`], as the forecast has it)
///
/// > Σ min(days of work left of an item, L) > 5 L
///
/// over the items that the launch waits for, that this person owns, and that are not ticked. What
/// takes longer than L by itself counts as L only: it is late for another reason, and said to be.
pub(super) fn fits(facts: &Facts<'_>, found: &mut Vec<Finding>) {
    let Some(left) = facts.days_left().filter(|days| *days > 0) else {
        return;
    };
    let hands = i64::try_from(Policy::AT_ONCE).unwrap_or(i64::MAX);
    let room = left * hands;
    let mut people: Vec<Load> = Vec::new();
    for (_, item, state) in facts.required_items() {
        let Some(who) = works(item, state) else {
            continue;
        };
        let days = facts.work_left(item, state).min(left);
        match people.binary_search_by_key(&who, |load| load.who) {
            Ok(at) => people[at].add(days),
            Err(at) => people.insert(at, Load::new(who, days)),
        }
    }
    people.retain(|load| load.days > room);
    if people.is_empty() {
        return;
    }
    for (ix, item, state) in facts.required_items() {
        let known = |who| people.binary_search_by_key(&who, |load| load.who).ok();
        if let Some(at) = works(item, state).and_then(known) {
            people[at].name(ix, item, state);
        }
    }
    found.extend(people.into_iter().map(|load| load.finding(room)));
}

/// Who has to work on an item that is not ticked.
const fn works(item: &Item, state: ItemState) -> Option<PersonId> {
    match state {
        ItemState::NotBegun | ItemState::Begun => item.owner,
        _ => None,
    }
}

/// What one person has to do.
struct Load {
    who: PersonId,
    open: usize,
    days: i64,
    /// How many of the items are owed by each discipline.
    owed: [u16; Discipline::ALL.len()],
    /// Those that nobody has begun, with their days.
    free: Vec<(u16, ItemIx)>,
}

impl Load {
    const fn new(who: PersonId, days: i64) -> Self {
        Self {
            who,
            open: 1,
            days,
            owed: [0; Discipline::ALL.len()],
            free: Vec::new(),
        }
    }

    const fn add(&mut self, days: i64) {
        self.open += 1;
        self.days += days;
    }

    fn name(&mut self, ix: ItemIx, item: &Item, state: ItemState) {
        self.owed[item.discipline.pos()] += 1;
        if state == ItemState::NotBegun {
            self.free.push((item.lead_days, ix));
        }
    }

    /// The finding, about the discipline that most of it is owed by.
    fn finding(mut self, room: i64) -> Finding {
        let most = Discipline::ALL.into_iter().rev();
        let most = most.max_by_key(|d| self.owed[d.pos()]);
        let discipline = most.unwrap_or(Discipline::Product);
        sort_by_key(&mut self.free, |(days, _)| std::cmp::Reverse(*days));
        let whole = |days| usize::try_from(days).unwrap_or(usize::MAX);
        Finding {
            rule: Rule::PersonOverloaded,
            discipline,
            subject: Subject::Discipline(discipline),
            waits_for: WaitsFor::Person(self.who),
            since: None,
            last_safe_start: None,
            grounds: Some(Box::new(Grounds::Overloaded {
                open: self.open,
                days: whole(self.days),
                room: whole(room),
                items: self.free.into_iter().map(|(_, ix)| ix).collect(),
            })),
        }
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::{super::testing::*, *};

    /// Nils owns so many sales items of so many days. Thirty days are left on 12 April.
    fn owns(items: usize, days: u16) -> Told {
        (0..items).fold(launch(), |told, n| {
            let terms = json!({"lead_days": days, "owner": NILS});
            told.item(&format!("i{n}"), "sales", &terms)
        })
    }

    /// Open items, days of work, days that fit, and how many can be handed over.
    fn grounds(told: &Told) -> (usize, usize, usize, usize) {
        let assessment = told.assess();
        let finding = assessment.by_rule(Rule::PersonOverloaded).next().unwrap();
        match finding.grounds.as_deref() {
            Some(Grounds::Overloaded {
                open,
                days,
                room,
                items,
            }) => (*open, *days, *room, items.len()),
            other => unreachable!("{other:?}"),
        }
    }

    #[test]
    fn five_at_once_fit_and_a_sixth_does_not() {
        assert!(owns(5, 30).on("04-12").finds(fits).is_empty());
        let told = owns(6, 30).on("04-12");
        assert_eq!(
            told.finds(fits),
            ["person_overloaded, discipline sales, owed by sales, waits for nils"]
        );
        assert_eq!(grounds(&told), (6, 180, 150, 6));
        assert!(owns(6, 25).on("04-12").finds(fits).is_empty(), "to the day");
        assert_eq!(owns(6, 25).on("04-13").finds(fits).len(), 1);
    }

    #[test]
    fn what_is_late_by_itself_is_no_load() {
        assert!(owns(3, 300).on("04-12").finds(fits).is_empty());
    }

    #[test]
    fn what_is_under_way_takes_what_is_left_and_what_is_ticked_nothing() {
        let told = owns(6, 30).on("04-06").to("begin_item", "i0");
        let told = told.on("04-12");
        assert_eq!(grounds(&told), (6, 174, 150, 5));
        assert!(told.to("tick_item", "i1").finds(fits).is_empty());
    }

    #[test]
    fn who_hands_over_has_time_again() {
        let told = owns(6, 30).on("04-12");
        let told = told.does(json!({"assign_item": {"item": "i0", "owner": CARLA}}));
        assert!(told.finds(fits).is_empty());
        let told = told.does(json!({"assign_item": {"item": "i0", "owner": null}}));
        assert!(told.finds(fits).is_empty(), "what nobody owns is no load");
    }

    #[test]
    fn everybody_is_counted_for_themselves_and_where_they_owe_most() {
        let mut told = owns(7, 30);
        for (n, discipline) in ["legal", "legal", "legal", "legal", "sales", "sales"]
            .iter()
            .enumerate()
        {
            let terms = json!({"lead_days": 40, "owner": CARLA});
            told = told.item(&format!("c{n}"), discipline, &terms);
        }
        assert_eq!(
            told.on("04-12").finds(fits),
            [
                "person_overloaded, discipline sales, owed by sales, waits for nils",
                "person_overloaded, discipline legal, owed by legal, waits for carla"
            ]
        );
    }

    #[test]
    fn on_the_day_itself_there_is_no_time_to_reckon_with() {
        assert!(owns(9, 30).on("05-12").finds(fits).is_empty());
    }
}
