//! What is wrong with a plan file is said all at once, each at its line, with what is allowed.
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test may stop where something is not as expected"
)]

use proptest::{prelude::*, sample::Index};
use startklar::{
    Locale,
    plan::{Plan, PlanError},
};

const HEAD: &str = r#"format = 1
[launch]
id = "m"
title = "M"
start = 2026-03-02
weeks = 10
moment = 2026-05-12T10:00:00+02:00
zone = "Europe/Berlin"
[people.lena]
name = "Lena Novak"
approves = true
[people.nils]
name = "Nils Sommer"
leads = ["sales"]
"#;

/// The errors of the head with more behind it; line 1 of `more` is line 15.
fn errors(more: &str) -> Vec<PlanError> {
    Plan::read(&format!("{HEAD}{more}"))
        .err()
        .unwrap_or_default()
}

fn found(more: &str) -> Vec<(usize, &'static str, String)> {
    let errors = errors(more);
    let line = |e: &PlanError| (e.line - 14, e.code(), e.path.clone());
    errors.iter().map(line).collect()
}

fn one(more: &str) -> PlanError {
    let errors = errors(more);
    assert_eq!(errors.len(), 1, "{errors:?}");
    errors.into_iter().next().unwrap()
}

const ITEM: &str = "[[items]]\nid = \"offer\"\ntitle = \"Offer\"\ndiscipline = \"sales\"\n";

#[test]
fn the_head_is_a_plan() {
    assert!(errors("").is_empty(), "{:?}", errors(""));
}

#[test]
fn a_mistyped_field_is_named_with_the_one_that_was_meant() {
    let error = one(&format!("{ITEM}blokcing = true\n"));
    assert_eq!((error.line, error.column), (19, 1));
    assert_eq!(error.path, "items[0].blokcing");
    assert_eq!(
        error.text(Locale::En),
        "There is no field “blokcing” here. Did you mean “blocking”?"
    );
    assert_eq!(
        error.text(Locale::De),
        "Hier gibt es kein Feld „blokcing“. Gemeint ist vielleicht „blocking“?"
    );
}

#[test]
fn there_is_no_way_to_write_a_status() {
    let error = one(&format!("{ITEM}status = \"done\"\n"));
    assert_eq!(error.code(), "unknown_field");
    assert_eq!(
        error.text(Locale::En),
        "There is no field “status”, since where things stand is computed and never written. \
         Say what happened instead: ticked = { by = …, at = … }."
    );
    let error = one("[[epics]]\nid = \"base\"\ntitle = \"Base\"\ndone = true\n");
    let said = error.text(Locale::De);
    assert!(
        said.contains("berechnet") && said.contains("accepted ="),
        "{said}"
    );
}

#[test]
fn a_status_is_sent_elsewhere_only_where_something_can_happen() {
    let said = |text: &str| {
        let errors = Plan::read(text).unwrap_err();
        let error = errors.iter().find(|e| e.code() == "unknown_field");
        error.unwrap().text(Locale::En)
    };
    let launched = "[launched]\nby = \"lena\"\nat = 2026-05-12T10:00:00Z\nstatus = \"done\"\n";
    assert_eq!(
        said(&format!("{HEAD}{launched}")),
        "There is no field “status” here. Known: by, at, changed_since, claimed."
    );
    let person = said(&format!("{HEAD}status = \"done\"\n"));
    assert!(
        !person.contains("[launched]") && person.contains("leads"),
        "{person}"
    );
    let whole = said(&format!("status = \"done\"\n{HEAD}"));
    let launch = said(&HEAD.replace("weeks =", "status = \"done\"\nweeks ="));
    for said in [whole, launch] {
        assert!(
            said.ends_with("Say what happened instead: [launched]."),
            "{said}"
        );
    }
}

#[test]
fn a_number_out_of_range_says_the_range() {
    let error = one(&format!("{ITEM}lead_days = 800\n"));
    assert_eq!((error.code(), error.column), ("bad_value", 13));
    assert_eq!(error.found(), Some("800"));
    assert_eq!(
        error.allowed(Locale::En).as_deref(),
        Some("a whole number from 0 to 730")
    );
    assert_eq!(
        error.to_string(),
        "19:13: items[0].lead_days: 800 is not allowed. Allowed: a whole number from 0 to 730."
    );
}

#[test]
fn everything_is_said_at_once() {
    let more = format!("{ITEM}lead_days = \"six\"\ndue = 2026-04-31x\n");
    assert_eq!(found(&more)[0].1, "syntax");
    let more = format!(
        "{ITEM}lead_days = \"six\"\ndue = \"soon\"\nowner = \"nlis\"\ncovers = [\"base\"]\n\
         second_person = 1\n[[items]]\nid = \"offer\"\ntitle = \"\"\n"
    );
    let expected = [
        (5, "wrong_type", "items[0].lead_days"),
        (6, "bad_value", "items[0].due"),
        (7, "unknown_reference", "items[0].owner"),
        (8, "unknown_reference", "items[0].covers[0]"),
        (9, "wrong_type", "items[0].second_person"),
        (10, "missing", "items[1].discipline"),
        (11, "duplicate", "items[1].id"),
        (12, "bad_value", "items[1].title"),
    ];
    let expected: Vec<_> = expected
        .into_iter()
        .map(|(line, code, path)| (line, code, path.to_owned()))
        .collect();
    assert_eq!(found(&more), expected);
}

#[test]
fn a_mistyped_person_is_named_with_the_one_that_was_meant() {
    let error = one(&format!("{ITEM}owner = \"nlis\"\n"));
    assert_eq!(
        error.text(Locale::En),
        "There is no person “nlis” in this file. Did you mean “nils”?"
    );
}

#[test]
fn broken_toml_is_said_with_its_line() {
    let error = one("[[items]\n");
    assert_eq!((error.code(), error.line), ("syntax", 15));
}

#[test]
fn a_tick_without_the_evidence_it_asks_for_is_refused() {
    let error = one(&format!(
        "{ITEM}evidence = \"approved list\"\nticked = {{ by = \"nils\", at = 2026-03-10T09:00:00Z }}\n"
    ));
    assert_eq!((error.code(), error.line), ("evidence_missing", 20));
    assert_eq!(error.path, "items[0].ticked");
}

#[test]
fn nobody_grants_what_they_asked_for() {
    let waiver = |by: &str| {
        format!(
            "{ITEM}waiver = {{ reason = \"later\", until = 2026-06-01, \
             asked = {{ by = \"lena\", at = 2026-03-10T09:00:00Z }}, \
             granted = {{ by = \"{by}\", at = 2026-03-11T09:00:00Z }} }}\n"
        )
    };
    assert_eq!(one(&waiver("lena")).code(), "same_person");
    assert_eq!(one(&waiver("nils")).code(), "not_approver");
}

#[test]
fn an_epic_with_open_stories_is_not_accepted() {
    let error = one(
        "[[epics]]\nid = \"base\"\ntitle = \"Base\"\nin_scope = true\n\
         accepted = { by = \"lena\", at = 2026-04-01T09:00:00Z }\n\
         [[epics.stories]]\nid = \"one\"\ntitle = \"One\"\n",
    );
    assert_eq!((error.code(), error.line), ("stories_open", 19));
}

#[test]
fn what_is_launched_has_no_blocker() {
    let error = one("[launched]\nby = \"lena\"\nat = 2026-05-12T09:00:00Z\n");
    assert_eq!((error.code(), error.line), ("not_ready", 15));
}

/// All that a launch needs besides what sales owes.
const ALL_BUT_SALES: &str = r#"[[epics]]
id = "base"
title = "Base"
in_scope = true
accepted = { by = "lena", at = 2026-03-09T09:00:00Z }
[[epics.stories]]
id = "one"
title = "One"
done = 2026-03-09T09:00:00Z
[[items]]
id = "page"
title = "Page"
discipline = "marketing"
blocking = true
ticked = { by = "lena", at = 2026-03-09T09:00:00Z }
"#;

#[test]
fn what_follows_from_an_error_is_not_said_again() {
    let more = format!(
        "{ITEM}blocking = true\nevidence = \"list\"\nticked = {{ by = \"nils\", at = 2026-03-10T09:00:00Z }}\n\
         verified = {{ by = \"lena\", at = 2026-03-11T09:00:00Z }}\n\
         [[items]]\nid = \"deck\"\ntitle = \"Deck\"\ndiscipline = \"sales\"\nneeds = [\"offer\"]\n\
         ticked = {{ by = \"nils\", at = 2026-03-12T09:00:00Z }}\n\
         {ALL_BUT_SALES}\
         [launched]\nby = \"lena\"\nat = 2026-05-12T09:00:00Z\n"
    );
    assert_eq!(
        found(&more),
        [(7, "evidence_missing", "items[0].ticked".to_owned())]
    );
}

#[test]
fn blockers_of_a_launch_are_said_beside_other_errors() {
    let more = format!(
        "{ITEM}blocking = true\nlead_days = 800\n\
         [[items]]\nid = \"deck\"\ntitle = \"Deck\"\ndiscipline = \"sales\"\nblocking = true\n\
         {ALL_BUT_SALES}\
         [launched]\nby = \"lena\"\nat = 2026-05-12T09:00:00Z\n"
    );
    let expected = [
        (6, "bad_value", "items[0].lead_days".to_owned()),
        (27, "not_ready", "launched".to_owned()),
    ];
    assert_eq!(found(&more), expected);
    let said = errors(&more).pop().unwrap().text(Locale::En);
    assert!(
        said.contains("1 "),
        "only the deck is open by itself: {said}"
    );
}

#[test]
fn an_order_of_time_that_cannot_be_is_named() {
    let error = one(&format!(
        "{ITEM}ticked = {{ by = \"nils\", at = 2026-03-01T09:00:00Z }}\n"
    ));
    assert_eq!(
        (error.code(), error.path.as_str()),
        ("too_early", "items[0].ticked")
    );
    assert!(error.text(Locale::En).contains("items[0].added"), "{error}");
}

#[test]
fn items_that_need_each_other_are_a_circle() {
    let more = format!(
        "{ITEM}needs = [\"deck\"]\n\
         [[items]]\nid = \"deck\"\ntitle = \"Deck\"\ndiscipline = \"sales\"\nneeds = [\"offer\"]\n"
    );
    assert_eq!(found(&more), [(5, "circle", "items[0].needs".to_owned())]);
}

const WINDOW: &str = "[[windows]]\ndays = [\"tue\"]\nfrom = \"09:00\"\nto = \"16:00\"\n";
const FREEZE: &str = "[[freezes]]\ntitle = \"Year end\"\nfirst = 2026-12-18\nlast = 2027-01-06\n";

#[test]
fn windows_and_freezes_are_read() {
    assert_eq!(found(&format!("{WINDOW}{FREEZE}")), []);
    let times = WINDOW.replace("\"09:00\"", "09:00:00");
    assert_eq!(found(&times), [], "a time of TOML is understood too");
}

#[test]
fn a_window_on_no_day_or_at_no_time_is_refused_at_its_line() {
    let error = one(&WINDOW.replace("\"tue\"", ""));
    assert_eq!(
        (error.line - 14, error.path.as_str()),
        (2, "windows[0].days")
    );
    assert_eq!(error.code(), "out_of_range");
    let text = error.text(Locale::En);
    assert!(text.contains("Allowed: ≥ 1."), "{text}");
    let error = one(&WINDOW.replace("\"tue\"", "\"tuesday\""));
    assert_eq!(error.path, "windows[0].days[0]");
    let allowed = error.allowed(Locale::En).unwrap();
    assert_eq!(allowed, "mon, tue, wed, thu, fri, sat, sun");
    let error = one(&WINDOW.replace("16:00", "24:00"));
    assert_eq!((error.line - 14, error.code()), (4, "bad_value"));
    assert!(
        error
            .text(Locale::En)
            .contains("a time of day, such as \"09:00\"")
    );
    let error = one(&WINDOW.replace("\"16:00\"", "16"));
    assert_eq!((error.line - 14, error.code()), (4, "wrong_type"));
}

#[test]
fn a_freeze_that_ends_before_it_begins_says_what_is_allowed() {
    for last in ["2026-12-17", "2027-12-19"] {
        let error = one(&FREEZE.replace("2027-01-06", last));
        assert_eq!(
            (error.line - 14, error.path.as_str()),
            (4, "freezes[0].last")
        );
        let text = error.text(Locale::En);
        assert!(text.contains("2026-12-18 – 2027-12-18"), "{text}");
    }
}

#[test]
fn too_many_windows_and_freezes_are_refused() {
    let many: String = (10..31)
        .map(|n| WINDOW.replace("16:00", &format!("16:{n}")))
        .collect();
    let error = one(&many);
    assert_eq!(
        (error.path.as_str(), error.code()),
        ("windows", "out_of_range")
    );
    assert!(error.text(Locale::En).contains("≤ 20"));
    assert_eq!(one(&FREEZE.repeat(101)).path, "freezes");
}

#[test]
fn a_moment_that_will_do_is_not_excepted() {
    let excepted = "[excepted]\nreason = \"So.\"\nby = \"lena\"\nat = 2026-04-02T09:00:00+02:00\n";
    let error = one(&format!("{WINDOW}{excepted}"));
    assert_eq!(
        (error.path.as_str(), error.code()),
        ("excepted", "moment_open")
    );
    let in_freeze = FREEZE
        .replace("2026-12-18", "2026-05-12")
        .replace("2027-01-06", "2026-05-12");
    assert_eq!(found(&format!("{in_freeze}{excepted}")), []);
    // A freeze that is none is said, and not that the moment then lies in none.
    let error = one(&format!(
        "{}{excepted}",
        in_freeze.replace("last = 2026-05-12", "last = 2026-05-11")
    ));
    assert_eq!(error.path, "freezes[0].last");
    let early = excepted.replace("2026-04-02", "2026-02-02");
    let error = one(&format!("{in_freeze}{early}"));
    assert_eq!(error.code(), "too_early");
}

#[test]
fn what_was_to_come_by_a_day_that_was_over_is_refused_at_that_day() {
    let asked = "asked = { by = \"lena\", at = 2026-04-10T10:00:00+02:00 }\n";
    let request = format!(
        "[[requests]]\nid = \"q\"\ndirection = \"question\"\ntext = \"What?\"\nfrom = \"sales\"\nto = \"engineering\"\n\
         due = 2026-04-09\n{asked}"
    );
    let error = one(&request);
    assert_eq!(error.path, "requests[0].due");
    let text = error.text(Locale::En);
    assert!(text.contains("Allowed: 2026-04-10 or later."), "{text}");
    assert_eq!(found(&request.replace("04-09", "04-10")), []);
}

#[test]
fn two_fields_that_exclude_each_other() {
    let error = one(&format!("{ITEM}lead_days = 7\nlead_weeks = 1\n"));
    assert_eq!((error.code(), error.line), ("exclusive", 20));
}

#[test]
fn a_launch_moment_before_the_start_is_refused_at_its_line() {
    let text = HEAD.replace("2026-05-12T", "2026-02-12T");
    let errors = Plan::read(&text).unwrap_err();
    assert_eq!(errors.len(), 1, "{errors:?}");
    assert_eq!(
        (errors[0].line, errors[0].path.as_str()),
        (7, "launch.moment")
    );
    let text = errors[0].text(Locale::En);
    assert!(text.contains("Allowed: 2026-03-03 – 2029-03-06."), "{text}");
}

#[test]
fn an_empty_file_says_what_a_plan_begins_with() {
    let errors = Plan::read("").unwrap_err();
    let paths: Vec<_> = errors.iter().map(|e| (e.line, e.path.as_str())).collect();
    assert_eq!(paths, [(1, "format"), (1, "launch"), (1, "people")]);
}

#[test]
fn errors_are_an_object_for_machines() {
    let json = serde_json::to_value(errors(&format!("{ITEM}blokcing = true\n"))).unwrap();
    assert_eq!(json[0]["line"], 19);
    assert_eq!(json[0]["code"], "unknown_field");
    assert_eq!(json[0]["path"], "items[0].blokcing");
}

const SAMPLE: &str = include_str!("../samples/metakube.en.toml");

/// The sample with a few lines dropped, doubled or swapped, and a few characters replaced.
fn damaged() -> impl Strategy<Value = String> {
    let hits = proptest::collection::vec((any::<Index>(), 0..5_u8, any::<Index>()), 1..6);
    hits.prop_map(|hits| {
        let mut lines: Vec<String> = SAMPLE.lines().map(str::to_owned).collect();
        for (at, how, other) in hits {
            let (at, other) = (at.index(lines.len()), other.index(lines.len()));
            match how {
                0 => drop(lines.remove(at)),
                1 => lines.insert(at, lines[other].clone()),
                2 => lines.swap(at, other),
                3 => lines[at] = lines[at].replace("2026", "9999").replace("true", "-1"),
                _ => lines[at] = lines[at].chars().take(other % 20).collect(),
            }
        }
        lines.join("\n")
    })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 150, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_damaged_file_is_read_or_its_errors_have_places(text in damaged()) {
        match Plan::read(&text) {
            Ok(plan) => prop_assert!(plan.launch(None).is_ok()),
            Err(errors) => {
                prop_assert!(!errors.is_empty());
                let lines = text.lines().count() + 1;
                for error in errors {
                    prop_assert!((1..=lines).contains(&error.line), "{error}");
                    for locale in Locale::ALL {
                        let said = error.text(locale);
                        prop_assert!(!said.is_empty() && !said.contains("{path}"), "{said}");
                    }
                }
            }
        }
    }

    #[test]
    fn any_text_at_all_is_answered(text in "[\\PC\n=\\[\\]{}\"']{0,80}") {
        prop_assert!(Plan::read(&text).is_err());
    }
}
