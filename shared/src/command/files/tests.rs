//! When files may change, what they may be, and who then may verify.

use serde_json::{Value, json};

use crate::{
    Command, PersonId,
    command::{Refusal, undo},
    engine::{
        ItemState,
        testing::{CARLA, LENA, NILS, Told, launch},
    },
    tree,
};

/// A file whose sum is made of a digit.
fn file(digit: char, name: &str) -> Value {
    let sum: String = std::iter::repeat_n(digit, 64).collect();
    json!({"name": name, "media": "application/pdf", "size": 7, "sha256": sum})
}

fn attach(digit: char) -> Value {
    json!({"attach_file": {"item": "offer", "file": file(digit, "offer.pdf")}})
}

fn detach(digit: char) -> Value {
    let sum: String = std::iter::repeat_n(digit, 64).collect();
    json!({"detach_file": {"item": "offer", "sha256": sum}})
}

/// Sales owes an offer with evidence that a second person verifies.
fn offer() -> Told {
    let terms = json!({"evidence": "the signed offer", "second_person": true});
    launch().item("offer", "sales", &terms)
}

fn state(told: &Told) -> ItemState {
    let ix = told.launch.items.find(&"offer".parse().unwrap()).unwrap();
    told.assess().item(ix)
}

fn code(result: Result<(), Refusal>) -> &'static str {
    result.expect_err("it is refused").code()
}

#[test]
fn a_file_is_evidence_for_a_tick_and_none_is_none() {
    let mut told = offer().by(NILS);
    let tick = json!({"tick_item": {"item": "offer"}});
    assert_eq!(code(told.tries(tick.clone())), "evidence_missing");
    let told = told.does(attach('a')).does(tick);
    assert_eq!(state(&told), ItemState::SecondPerson);
    let told = told.does(detach('a'));
    assert_eq!(state(&told), ItemState::EvidenceMissing);
    let told = told.does(attach('b')).by(CARLA).to("verify_item", "offer");
    assert_eq!(state(&told), ItemState::Closed);
}

#[test]
fn whoever_handed_in_a_file_is_not_the_second_person() {
    let told = offer().by(LENA).does(attach('a'));
    let mut told = told.by(NILS).to("tick_item", "offer").by(LENA);
    let verify = json!({"verify_item": {"item": "offer"}});
    assert_eq!(code(told.tries(verify.clone())), "same_person");
    // Taken off again it is nobody's word any more.
    let told = told.by(NILS).does(attach('b')).does(detach('a'));
    let told = told.by(LENA).does(verify);
    assert_eq!(state(&told), ItemState::Closed);
}

#[test]
fn what_was_verified_keeps_its_files_until_the_tick_is_taken_back() {
    let told = offer().by(NILS).does(attach('a'));
    let mut told = told.to("tick_item", "offer");
    told = told.by(CARLA).to("verify_item", "offer").by(NILS);
    assert_eq!(code(told.tries(attach('b'))), "files_verified");
    assert_eq!(code(told.tries(detach('a'))), "files_verified");
    let told = told.to("untick_item", "offer").does(detach('a'));
    assert!(told.launch.items.rows()[0].files.is_empty());
}

#[test]
fn a_journal_that_changes_files_after_a_verification_shows_none() {
    let told = offer().by(NILS).does(attach('a'));
    let told = told.to("tick_item", "offer");
    let mut told = told.by(CARLA).to("verify_item", "offer");
    let slipped = json!({"file_attached": {"item": "offer", "file": file('b', "other.pdf")}});
    let at = told.launch.touched.unwrap();
    told.launch
        .apply_at(&tree::read(slipped).unwrap(), at, NILS);
    assert_eq!(state(&told), ItemState::SecondPerson);
}

#[test]
fn a_file_is_there_once_and_an_item_holds_so_many() {
    let mut told = offer().does(attach('a'));
    assert_eq!(code(told.tries(attach('a'))), "already");
    for n in 1..super::MOST {
        let mut detail = file('0', "offer.pdf");
        detail["sha256"] = format!("{n:064x}").into();
        told = told.does(json!({"attach_file": {"item": "offer", "file": detail}}));
    }
    assert_eq!(code(told.tries(attach('b'))), "files_full");
    assert_eq!(code(told.tries(detach('c'))), "no_file");
}

#[test]
fn what_is_no_file_as_it_is_kept_is_refused() {
    for (field, value) in [
        ("media", json!("text/html")),
        ("media", json!("image/svg+xml")),
        ("name", json!("../offer.pdf")),
        ("name", json!("offer.exe")),
        ("size", json!(0)),
        ("size", json!(10_000_001)),
        ("sha256", json!("a")),
        ("sha256", json!("A".repeat(64))),
    ] {
        let mut detail = file('a', "offer.pdf");
        detail[field] = value;
        let attach = json!({"attach_file": {"item": "offer", "file": detail}});
        assert_eq!(code(offer().tries(attach)), "out_of_range", "{field}");
    }
}

#[test]
fn both_are_taken_back_a_file_of_somebody_else_is_not_handed_in_anew() {
    let read = |command| tree::read::<Command>(command).unwrap();
    let told = offer().by(NILS).does(attach('a'));
    let back = |told: &Told, command: Value, by: PersonId| undo(&told.launch, &read(command), by);
    assert_eq!(back(&told, attach('b'), NILS), Some(read(detach('b'))));
    assert_eq!(back(&told, detach('a'), NILS), Some(read(attach('a'))));
    assert_eq!(back(&told, detach('a'), CARLA), None);
}
