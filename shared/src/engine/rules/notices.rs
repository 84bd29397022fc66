//! The rule on change notices: by its day somebody of each discipline has read one.

use crate::{
    engine::{Finding, Rule, Subject, WaitsFor, facts::Facts},
    id::PersonId,
};

/// A notice whose day is over and that nobody of a discipline knows is a finding; when the launch
/// waits for it, a blocker. Whoever wrote it knows it. One that another took the place of is nothing
/// that anybody must know.
pub(super) fn read(facts: &Facts<'_>, found: &mut Vec<Finding>) {
    let launch = facts.launch;
    for (place, issued) in (0..).zip(&launch.notices) {
        let notice = &issued.notice;
        let Some(due) = notice.due.filter(|due| *due < facts.today) else {
            continue;
        };
        if launch.replaced(&notice.id).is_some() {
            continue;
        }
        for discipline in &notice.disciplines {
            let people: Vec<PersonId> = launch.people_of(*discipline).collect();
            if people.iter().any(|person| issued.is_known_to(*person)) {
                continue;
            }
            let waits_for = match facts.person_or_lead(None, *discipline) {
                WaitsFor::Nobody if !people.is_empty() => WaitsFor::Discipline(*discipline),
                lead => lead,
            };
            found.push(Finding {
                rule: if notice.blocking {
                    Rule::NoticeUnread
                } else {
                    Rule::NoticeLate
                },
                discipline: *discipline,
                subject: Subject::Notice(u32::into(place)),
                waits_for,
                since: launch.schedule.as_ref().map(|s| s.zone.end_of(due)),
                last_safe_start: None,
                grounds: None,
            });
        }
    }
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::{super::testing::*, *};

    /// Lena issues a notice to support and sales, to be read until the end of 9 April.
    fn issued(more: &Value) -> Told {
        let mut notice = json!({"id": "prices", "title": "Prices", "text": "They rise.",
            "due": "2026-04-09"});
        let fields = notice.as_object_mut().unwrap();
        for (name, value) in more.as_object().into_iter().flatten() {
            fields.insert(name.clone(), value.clone());
        }
        launch().does(json!({ "issue_notice": notice }))
    }

    fn works_for(told: Told, person: PersonId, of: &[&str]) -> Told {
        told.does(json!({"set_member": {"person": person, "works_for": of}}))
    }

    fn reads(told: Told, person: PersonId) -> Told {
        told.by(person)
            .does(json!({"read_notice": {"notice": "prices"}}))
            .by(LENA)
    }

    #[test]
    fn nobody_has_read_it_from_the_end_of_its_day() {
        let told = issued(&Value::Null).lead("sales", NILS).on("04-09");
        assert!(told.finds(read).is_empty(), "its day is not over");
        assert_eq!(
            told.on("04-10").finds(read),
            [
                "notice_late, notice prices, owed by sales, waits for nils, since 04-10 00:00",
                "notice_late, notice prices, owed by support, waits for nobody, since 04-10 00:00",
            ]
        );
        let undue = issued(&json!({"due": null})).on("05-10");
        assert!(undue.finds(read).is_empty());
    }

    #[test]
    fn one_reader_of_each_discipline_is_enough() {
        let told = works_for(issued(&Value::Null).on("04-10"), CARLA, &["support"]);
        let told = works_for(told, NILS, &["sales", "legal"]);
        let waits = told.finds(read);
        assert!(
            waits[1].contains("waits for anybody of support"),
            "{waits:?}"
        );
        let told = reads(told, NILS);
        assert_eq!(told.finds(read).len(), 1);
        let told = works_for(reads(told, CARLA), DANIEL, &["support"]);
        assert!(told.finds(read).is_empty());
        let told = works_for(told, CARLA, &[]);
        assert_eq!(told.finds(read).len(), 1, "who knew it has gone");
    }

    #[test]
    fn whoever_wrote_it_knows_it() {
        let told = issued(&json!({"disciplines": ["product"]})).on("04-10");
        assert_eq!(told.finds(read).len(), 1);
        assert!(told.lead("product", LENA).finds(read).is_empty());
    }

    #[test]
    fn one_that_blocks_does_so_until_it_is_read_or_another_takes_its_place() {
        let told = issued(&json!({"blocking": true, "disciplines": ["sales"]}))
            .lead("sales", NILS)
            .on("04-10");
        let line = "notice_unread, notice prices, owed by sales, waits for nils, since 04-10 00:00, \
            blocks";
        assert_eq!(told.finds(read), [line]);
        assert!(
            told.assess()
                .blockers()
                .any(|f| f.rule == Rule::NoticeUnread)
        );
        let sentence = told.assess().sentence(&told.launch).text(crate::Locale::En);
        assert!(sentence.contains("1 change notice unread"), "{sentence}");
        let told = told.does(json!({"issue_notice": {"id": "other", "title": "Prices", "text": "No.",
            "disciplines": ["sales"], "due": "2026-04-12", "blocking": true, "replaces": "prices"}}));
        assert!(told.finds(read).is_empty(), "the other has until 12 April");
        let told = told.on("04-13");
        assert!(told.finds(read)[0].contains("notice other"));
        let told = told
            .by(NILS)
            .does(json!({"read_notice": {"notice": "other"}}));
        assert!(told.finds(read).is_empty());
    }
}
