//! Who issues a change notice, who reads it, and what may take its place.

use serde_json::{Value, json};

use crate::{
    Launch, Locale, People, PersonId,
    command::undo,
    engine::testing::{CARLA, DANIEL, LENA, NILS, Told, launch},
    model::Discipline,
    tree,
};

fn notice(more: &Value) -> Value {
    let mut notice = json!({"id": "prices", "title": "Prices", "text": "They rise."});
    let fields = notice.as_object_mut().unwrap();
    for (name, value) in more.as_object().into_iter().flatten() {
        fields.insert(name.clone(), value.clone());
    }
    json!({ "issue_notice": notice })
}

fn read(id: &str) -> Value {
    json!({"read_notice": {"notice": id}})
}

/// Nils leads sales, Carla works for support, and Lena tells both that prices rise.
fn issued(more: &Value) -> Told {
    launch()
        .lead("sales", NILS)
        .does(json!({"set_member": {"person": CARLA, "works_for": ["support"]}}))
        .does(notice(more))
}

fn refused(told: &mut Told, command: Value) -> (&'static str, String) {
    let refusal = told.tries(command).unwrap_err();
    let words = refusal.text(Locale::En, &People::default());
    (refusal.code(), words)
}

fn readers(launch: &Launch) -> Vec<PersonId> {
    let reads = launch.notices[0].reads.iter();
    reads.map(|stamp| stamp.by).collect()
}

#[test]
fn one_that_names_nobody_goes_to_support_and_sales() {
    let told = issued(&Value::Null);
    let to = &told.launch.notices[0].notice.disciplines;
    assert_eq!(*to, [Discipline::Sales, Discipline::Support]);
    let twice = issued(&json!({"disciplines": ["legal", "finance", "legal"]}));
    let to = &twice.launch.notices[0].notice.disciplines;
    assert_eq!(*to, [Discipline::Legal, Discipline::Finance]);
}

#[test]
fn each_whom_it_goes_to_reads_it_once_and_for_themselves() {
    let told = issued(&Value::Null).by(NILS).does(read("prices"));
    let mut told = told.by(CARLA).does(read("prices"));
    assert_eq!(readers(&told.launch), [NILS, CARLA]);
    let (code, words) = refused(&mut told, read("prices"));
    assert_eq!(
        (code, words.as_str()),
        ("already", "“Prices” is already read.")
    );
    let mut told = told.by(DANIEL);
    let (code, words) = refused(&mut told, read("prices"));
    assert_eq!(code, "no_right");
    assert!(words.contains("lead of sales and support"), "{words}");
    assert_eq!(refused(&mut told, read("none")).0, "unknown");
}

#[test]
fn whoever_wrote_it_knows_it_without_a_click() {
    let mut told = launch().lead("sales", LENA).does(notice(&Value::Null));
    assert_eq!(refused(&mut told, read("prices")).0, "already");
}

#[test]
fn one_goes_to_somebody_and_says_when_the_launch_waits_for_it() {
    let mut told = issued(&Value::Null);
    let mut tries = |more: Value| refused(&mut told, notice(&more)).0;
    assert_eq!(tries(json!({})), "taken");
    assert_eq!(
        tries(json!({"id": "b", "disciplines": []})),
        "notice_unaddressed"
    );
    assert_eq!(tries(json!({"id": "b", "blocking": true})), "notice_undue");
    assert_eq!(
        tries(json!({"id": "b", "due": "0026-04-09"})),
        "out_of_range"
    );
}

#[test]
fn a_correction_takes_its_place_and_is_read_anew() {
    let told = issued(&Value::Null).by(NILS).does(read("prices")).by(LENA);
    let other = json!({"id": "b", "text": "They fall.", "replaces": "prices"});
    let mut told = told.does(notice(&other));
    let (code, words) = refused(&mut told, read("prices"));
    assert_eq!(
        (code, words.as_str()),
        ("already", "“Prices” is already replaced.")
    );
    let again = json!({"id": "c", "replaces": "prices"});
    assert_eq!(refused(&mut told, notice(&again)).0, "already");
    let told = told.by(NILS).does(read("b"));
    assert!(told.launch.notices[1].read_by(NILS).is_some());
}

#[test]
fn a_correction_reaches_all_who_were_told_and_blocks_as_before() {
    let mut told = issued(&json!({"blocking": true, "due": "2026-04-09"}));
    let mut next = json!({"id": "b", "replaces": "prices", "disciplines": ["sales", "legal"],
        "due": "2026-04-20"});
    let (code, words) = refused(&mut told, notice(&next));
    assert_eq!(code, "notice_narrowed");
    assert!(words.contains("went to sales and support"), "{words}");
    next["disciplines"] = json!(["support", "sales", "legal"]);
    assert_eq!(refused(&mut told, notice(&next)).0, "notice_softened");
    next["blocking"] = true.into();
    assert_eq!(told.does(notice(&next)).launch.notices.len(), 2);
}

#[test]
fn a_launch_holds_only_so_many() {
    let mut told = issued(&Value::Null);
    for n in 1..super::MOST {
        told = told.does(notice(&json!({"id": format!("n{n}")})));
    }
    let (code, words) = refused(&mut told, notice(&json!({"id": "more"})));
    assert_eq!(code, "full");
    assert!(words.contains("change notice"), "{words}");
}

#[test]
fn what_was_told_cannot_be_taken_back() {
    let told = issued(&Value::Null);
    for command in [notice(&json!({"id": "b"})), read("prices")] {
        let command = tree::read(command).unwrap();
        assert_eq!(undo(&told.launch, &command, NILS), None);
    }
}
