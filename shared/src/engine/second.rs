//! The second person: who may verify a tick, and who is waited for to do so.

use super::WaitsFor;
use crate::{
    id::PersonId,
    model::{Item, Launch},
};

impl Item {
    /// Whether a person may verify its tick: anybody but who ticked it or handed in one of its files.
    /// Nobody may where no tick stands or it has been verified.
    pub fn may_be_verified_by(&self, person: PersonId) -> bool {
        let tick = self.tick.as_ref();
        tick.is_some_and(|tick| tick.verified.is_none()) && !self.is_first_person(person)
    }

    /// Whether a person stands behind it already: by their tick, or by a file of theirs.
    pub(crate) fn is_first_person(&self, person: PersonId) -> bool {
        let ticked = self.tick.as_ref().map(|tick| tick.by.by);
        ticked == Some(person) || self.files.iter().any(|file| file.by.by == person)
    }
}

impl Launch {
    /// Who is waited for to verify the tick of an item: the discipline's lead; where the lead
    /// ticked or handed in a file, the item's owner; where that is such a person too, anybody else of
    /// the discipline.
    pub fn second_person(&self, item: &Item) -> WaitsFor {
        let lead = self.leads.get(&item.discipline).copied();
        let other = [lead, item.owner].into_iter().flatten();
        let mut other = other.filter(|person| !item.is_first_person(*person));
        other
            .next()
            .map_or(WaitsFor::Discipline(item.discipline), WaitsFor::Person)
    }

    /// Whether it is this person who is waited for to verify the tick of an item. Where that is
    /// anybody of a discipline, it is who owns another item of it, and who may approve.
    pub fn is_second_person(&self, item: &Item, person: PersonId) -> bool {
        item.may_be_verified_by(person)
            && match self.second_person(item) {
                WaitsFor::Person(named) => named == person,
                WaitsFor::Discipline(discipline) => {
                    let mut others = self.items.rows().iter();
                    self.may_approve(person)
                        || others.any(|i| i.discipline == discipline && i.owner == Some(person))
                }
                WaitsFor::Nobody => false,
            }
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::super::rules::testing::*;
    use crate::{PersonId, model::Item};

    /// Nils ticked what asks for a second person.
    fn ticked(told: Told) -> Told {
        let terms = json!({"second_person": true, "owner": NILS});
        let told = told.approver().item("prices", "sales", &terms);
        told.by(NILS).to("tick_item", "prices")
    }

    /// Of everybody, who fits.
    fn who(told: &Told, fits: impl Fn(&Item, PersonId) -> bool) -> Vec<PersonId> {
        let item = &told.launch.items.rows()[0];
        let people = [LENA, NILS, CARLA, DANIEL].into_iter();
        people.filter(|person| fits(item, *person)).collect()
    }

    #[test]
    fn anybody_but_who_ticked_may_verify_and_only_once() {
        let told = ticked(launch());
        assert_eq!(who(&told, Item::may_be_verified_by), [LENA, CARLA, DANIEL]);
        let told = told.by(CARLA).to("verify_item", "prices");
        assert!(who(&told, Item::may_be_verified_by).is_empty());
    }

    #[test]
    fn the_lead_is_waited_for_and_nobody_else() {
        let told = ticked(launch().lead("sales", CARLA));
        assert_eq!(
            who(&told, |i, p| told.launch.is_second_person(i, p)),
            [CARLA]
        );
    }

    #[test]
    fn where_the_lead_ticked_the_owner_is() {
        let told = ticked(launch().lead("sales", NILS));
        let told = told.does(json!({"assign_item": {"item": "prices", "owner": LENA}}));
        assert_eq!(
            who(&told, |i, p| told.launch.is_second_person(i, p)),
            [LENA]
        );
    }

    #[test]
    fn where_that_is_one_person_anybody_of_the_discipline_or_an_approver_is() {
        let told = ticked(launch().lead("sales", NILS));
        assert_eq!(
            who(&told, |i, p| told.launch.is_second_person(i, p)),
            [DANIEL]
        );
        let told = told.item("terms", "sales", &json!({"owner": CARLA}));
        assert_eq!(
            who(&told, |i, p| told.launch.is_second_person(i, p)),
            [CARLA, DANIEL]
        );
    }
}
