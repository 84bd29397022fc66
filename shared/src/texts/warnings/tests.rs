//! What early warnings say.

use serde_json::json;

use crate::{
    Locale, PersonId,
    engine::{
        Rule,
        testing::{NILS, Told, launch},
    },
    model::{People, Person},
    texts::finding_text,
};

/// What the first finding of a rule says, in both languages.
fn says(told: &Told, rule: Rule) -> [String; 2] {
    let nils = Person {
        id: NILS,
        key: "nils".to_owned(),
        name: "Nils Sommer".parse().unwrap(),
    };
    let people = People::from(vec![nils]);
    let assessment = told.assess();
    let finding = assessment.by_rule(rule).next().unwrap();
    Locale::ALL.map(|l| finding_text(&told.launch, &assessment, finding, &people, l))
}

fn stories(mut told: Told, ids: std::ops::Range<usize>) -> Told {
    for n in ids {
        told = told.does(json!({"add_story":
            {"id": format!("s{n}"), "epic": "base", "title": "S", "points": 5}}));
    }
    told
}

fn finishes(mut told: Told, days: &[&str]) -> Told {
    for (n, day) in days.iter().enumerate() {
        told = told.on(day);
        told = told.does(json!({"finish_story": {"story": format!("s{n}")}}));
    }
    told
}

#[test]
fn a_scope_that_outgrew_its_weeks_is_told_in_numbers() {
    let told = stories(launch().epic("base"), 0..10).on("03-16");
    let told = stories(told, 10..12);
    let told = finishes(told, &["03-17", "03-24", "03-31"]).on("04-06");
    let told = told.does(json!({"drop_story": {"story": "s11"}}));
    assert_eq!(
        says(&told, Rule::ScopeOutgrown),
        [
            "The scope has outgrown the weeks that are left: 50 points at the end of week 1, \
             10 more since then and 5 dropped, 55 now. 40 of them are open, and at the best \
             pace of the last three sprints 25 get done before the launch.",
            "Der Umfang ist den verbleibenden Wochen entwachsen: 50 Story-Punkte am Ende von Woche 1, \
             seither 10 mehr und 5 gestrichen, jetzt 55. Davon sind 40 offen, und beim besten \
             Tempo der letzten drei Sprints werden bis zum Start 25 fertig."
        ]
    );
}

#[test]
fn a_slip_says_by_how_much_and_whom_it_concerns() {
    let told = stories(launch().epic("base"), 0..10);
    let told = told.item(
        "venue",
        "marketing",
        &json!({"lead_days": 40, "owner": NILS}),
    );
    let told = finishes(told, &["03-24", "03-31"]).to("begin_item", "venue");
    let told = told.item("press", "communications", &json!({"lead_days": 3}));
    let told = told.to("tick_item", "press").on("04-06");
    assert_eq!(
        says(&told, Rule::DateSlips),
        [
            "At the pace so far the stories are done on Mon 1 Jun, 20 days after the launch \
             moment. 2 items that are not technical are under way or done for that moment and \
             worth checking against a later one: “venue” (Nils Sommer) and “press” (nobody named).",
            "Beim bisherigen Tempo sind die Storys am Mo 1. Juni fertig, 20 Tage nach dem \
             Starttermin. 2 nicht-technische Punkte sind für diesen Termin in Arbeit oder \
             erledigt; ob sie auch für einen späteren gelten, sollte jemand prüfen: „venue“ (Nils Sommer) und \
             „press“ (niemand benannt)."
        ]
    );
}

#[test]
fn what_stands_still_says_since_when_and_what_is_usual() {
    let terms = json!({"lead_days": 20, "owner": NILS});
    let told = launch().item("prices", "sales", &terms).on("03-10");
    let told = told.to("begin_item", "prices").on("04-10");
    assert_eq!(
        says(&told, Rule::ItemStandsStill),
        [
            "“prices” is under way and has not moved since Tue 10 Mar, 31 days ago; its \
             lead time is 20 days. It waits for Nils Sommer.",
            "„prices“ ist in Arbeit und hat sich seit Di 10. März, vor 31 Tagen, nicht bewegt; \
             der Vorlauf beträgt 20 Tage. Wartet auf: Nils Sommer."
        ]
    );
}

#[test]
fn who_has_too_much_is_told_what_can_be_handed_over_where_something_can() {
    let mut told = launch().on("04-12");
    for n in 0..6 {
        let terms = json!({"lead_days": 30, "owner": PersonId::from_number(2)});
        told = told.item(&format!("i{n}"), "sales", &terms);
    }
    let [en, de] = says(&told, Rule::PersonOverloaded);
    assert_eq!(
        en,
        "Nils Sommer has more than fits before the launch: 6 open items with at least 180 days \
         of work, and with 5 items at once 150 days fit. Not begun, and so still to be handed \
         over: “i0”, “i1”, “i2” and 3 more."
    );
    assert!(
        de.ends_with("noch abzugeben: „i0“, „i1“, „i2“ und 3 weitere."),
        "{de}"
    );
    for n in 0..6 {
        told = told.to("begin_item", &format!("i{n}"));
    }
    let [en, _] = says(&told, Rule::PersonOverloaded);
    assert!(en.ends_with("150 days fit."), "{en}");
}

#[test]
fn a_waiver_that_ends_too_early_says_who_gave_it_and_until_when() {
    let told = launch()
        .does(json!({"set_member": {"person": NILS, "approves": true}}))
        .item("prices", "sales", &json!({"owner": NILS}))
        .does(json!({"ask_waiver": {"item": "prices", "until": "2026-05-04", "reason": "later"}}))
        .by(NILS)
        .to("grant_exemption", "prices");
    assert_eq!(
        says(&told, Rule::WaiverEnds),
        [
            "“prices” is waived by Nils Sommer only until Mon 4 May, 8 days before \
             the launch moment: after that it blocks again. It waits for Nils Sommer.",
            "Der Verzicht auf „prices“, genehmigt von Nils Sommer, gilt nur bis Mo 4. Mai, 8 Tage \
             vor dem Starttermin: Danach blockiert es wieder. Wartet auf: Nils Sommer."
        ]
    );
}
