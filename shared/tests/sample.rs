//! The sample launch tells its story, in both languages: a launch that is all but built while
//! marketing and sales have barely begun.
#![cfg(feature = "plan")]
#![allow(clippy::unwrap_used, clippy::panic, reason = "tests fail by panic")]

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;
use serde_json::Value;
use startklar::{
    Assessment, Discipline, Lane, Launch, Locale, Policy, assess,
    engine::{Course, ItemState, Rule, Subject},
    model::{Item, ItemIx},
    plan::Plan,
    time::{Instant, parse_instant},
};

const EN: &str = include_str!("../samples/metakube.en.toml");
const DE: &str = include_str!("../samples/metakube.de.toml");
/// Thu 16 April 2026, 14:20 in Berlin: the moment that the sample is to be looked at.
const NOW: &str = "2026-04-16T12:20:00Z";
/// Friday evenings of weeks 1 to 6 (Thursday in week 5, Good Friday), and now.
const WEEK_ENDS: [&str; 7] = [
    "2026-03-06T17:00:00Z",
    "2026-03-13T17:00:00Z",
    "2026-03-20T17:00:00Z",
    "2026-03-27T17:00:00Z",
    "2026-04-02T16:00:00Z",
    "2026-04-10T16:00:00Z",
    NOW,
];

fn moment(text: &str) -> Instant {
    parse_instant(text).unwrap()
}

fn plan(text: &str) -> Plan {
    Plan::read(text).unwrap_or_else(|errors| panic!("{}", errors[0]))
}

/// The launch as it stood at a moment, and what it was worth then.
fn at(text: &str, when: &str) -> (Launch, Assessment) {
    let launch = plan(text).launch(Some(moment(when))).unwrap();
    let assessment = assess(&launch, &Policy::default(), moment(when));
    (launch, assessment)
}

fn now() -> (Launch, Assessment) {
    at(EN, NOW)
}

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

/// The ids of what the findings of a rule are about.
fn found(launch: &Launch, assessment: &Assessment, rule: Rule) -> BTreeSet<String> {
    let findings = assessment.by_rule(rule);
    findings.map(|f| f.subject.id(launch)).collect()
}

fn ids<const N: usize>(ids: [&str; N]) -> BTreeSet<String> {
    ids.map(str::to_owned).into()
}

/// Items of a discipline that were, or still are, begun after their last safe start, and are open.
fn late(launch: &Launch, assessment: &Assessment, discipline: Discipline) -> usize {
    let is_late = |(ix, item): (ItemIx, &Item)| {
        let start = assessment.last_safe_start(launch, ix).unwrap();
        let begun = item.begun.map_or(assessment.today, |b| launch.day(b.at));
        item.discipline == discipline && !assessment.item(ix).is_closed() && begun > start
    };
    launch.items.each().filter(|i| is_late(*i)).count()
}

#[test]
fn the_sentence_says_what_is_built_what_is_open_and_when() {
    let (launch, assessment) = now();
    assert_eq!(
        assessment.sentence(&launch).text(Locale::En),
        "Technically nearly done. Not launch-ready: 2 stories open; 28 items open: marketing 9, \
         sales 7, support 3, legal 3, others 6. Earliest honest date: Thu 21 May, 9 days after \
         the launch moment."
    );
    let (launch, assessment) = at(DE, NOW);
    let sentence = assessment.sentence(&launch).text(Locale::De);
    assert!(
        sentence.starts_with("Technisch fast fertig. Nicht startklar: 2 Storys offen; 28 Punkte"),
        "{sentence}"
    );
    assert!(
        sentence.contains("Marketing 9, Vertrieb 7, Support 3, Recht 3, andere 6."),
        "{sentence}"
    );
    assert!(
        sentence.contains("Frühester ehrlicher Termin: Do 21. Mai, 9 Tage nach"),
        "{sentence}"
    );
}

#[test]
fn nobody_would_go_now() {
    let (_, assessment) = now();
    assert_eq!(assessment.verdict.code(), "no_go");
    assert_eq!(assessment.stage.code(), "building");
    assert_eq!(assessment.waivers(), 1);
}

#[test]
fn items_closed_by_discipline() {
    let (launch, assessment) = now();
    let counts = [
        (Discipline::Product, (5, 6)),
        (Discipline::Engineering, (9, 10)),
        (Discipline::Quality, (0, 0)),
        (Discipline::Operations, (6, 8)),
        (Discipline::Security, (4, 5)),
        (Discipline::Marketing, (5, 14)),
        (Discipline::Sales, (3, 10)),
        (Discipline::Support, (3, 6)),
        (Discipline::Legal, (2, 5)),
        (Discipline::Finance, (3, 4)),
        (Discipline::Communications, (0, 0)),
        (Discipline::People, (0, 0)),
    ];
    for (discipline, count) in counts {
        assert_eq!(
            assessment.tally(&launch, discipline),
            count,
            "{discipline:?}"
        );
    }
}

#[test]
fn the_blockers_are_items_two_stories_and_an_acceptance() {
    let (_, assessment) = now();
    let of = |pick: fn(Subject) -> bool| assessment.blockers().filter(|f| pick(f.subject)).count();
    assert_eq!(of(|s| matches!(s, Subject::Item(_))), 28);
    assert_eq!(of(|s| matches!(s, Subject::Story(_))), 2);
    assert_eq!(of(|s| matches!(s, Subject::Epic(_))), 1);
    assert_eq!(assessment.blockers().count(), 31);
}

#[test]
fn five_epics_of_eleven_are_in_scope_and_four_are_built() {
    let (launch, assessment) = now();
    let epics: Vec<_> = launch
        .ranked()
        .map(|(ix, e)| (e.in_scope.is_some(), assessment.epic(ix).code()))
        .collect();
    let built = (true, "technically_done");
    let out = (false, "not_started");
    assert_eq!(
        epics,
        [
            built,
            built,
            built,
            built,
            (true, "in_progress"),
            out,
            out,
            out,
            out,
            out,
            out
        ]
    );
}

#[test]
fn the_sending_domain_binds_the_launch() {
    let (launch, assessment) = now();
    let outlook = assessment.outlook;
    assert_eq!(outlook.course, Course::OffCourse);
    assert_eq!(outlook.honest, Some(day("2026-05-21")));
    assert_eq!(outlook.binds.unwrap().id(&launch), "warm-up");
    assert_eq!(assessment.declared, Some(Course::AtRisk));
}

#[test]
fn it_holds_one_of_everything_that_keeps_an_item_open() {
    let (launch, assessment) = now();
    let found = |rule| found(&launch, &assessment, rule);
    assert_eq!(found(Rule::Waived), ids(["webinar"]));
    assert_eq!(found(Rule::ItemStale), ids(["prospects"]));
    assert_eq!(
        found(Rule::SecondPerson),
        ids(["privacy-notice", "tracking"])
    );
    assert_eq!(found(Rule::NobodyNamed), ids(["contact-lists"]));
    assert_eq!(found(Rule::NobodyLeads), ids([]));
    assert_eq!(
        found(Rule::RequestLate),
        ids(["node-hour-cost", "sub-processors"])
    );
    assert_eq!(found(Rule::RequestOverdue), ids([]));
    assert_eq!(launch.requests.len(), 5);
    let resellers = launch.items.find(&"resellers".parse().unwrap()).unwrap();
    assert_eq!(assessment.item(resellers), ItemState::NotApplicable);
}

#[test]
fn eleven_items_should_have_begun_none_of_them_technical() {
    let (launch, assessment) = now();
    let late: BTreeMap<_, _> = Discipline::ALL
        .into_iter()
        .map(|d| (d, late(&launch, &assessment, d)))
        .filter(|(_, n)| *n > 0)
        .collect();
    let told = [
        (Discipline::Marketing, 5),
        (Discipline::Sales, 4),
        (Discipline::Support, 1),
        (Discipline::Legal, 1),
    ];
    assert_eq!(late, told.into());
}

#[test]
fn marketing_and_sales_began_late() {
    let (launch, _) = now();
    let first = |discipline| {
        let items = launch.items.rows().iter();
        let begun = items
            .filter(|i| i.discipline == discipline)
            .filter_map(|i| i.begun);
        begun.map(|b| launch.day(b.at)).min()
    };
    assert_eq!(first(Discipline::Product), Some(day("2026-03-02")));
    assert_eq!(first(Discipline::Marketing), Some(day("2026-03-30")));
    assert_eq!(first(Discipline::Sales), Some(day("2026-04-07")));
}

#[test]
fn week_by_week_the_team_speeds_up_and_the_others_do_not() {
    let mut told = Vec::new();
    for when in WEEK_ENDS {
        let (launch, assessment) = at(EN, when);
        let stories = launch.stories.rows().iter();
        // The cut came in week 1; every story of these epics counts, then as now.
        let scoped: Vec<_> = stories
            .filter(|s| launch.epics.at(s.epic).unwrap().in_scope.is_some())
            .collect();
        let closed = Discipline::ALL
            .into_iter()
            .filter(|d| d.lane() == Lane::NonTechnical)
            .map(|d| assessment.tally(&launch, d).0)
            .sum();
        let done = scoped.iter().filter(|s| s.done().is_some()).count();
        told.push((done, scoped.len(), closed));
    }
    assert_eq!(
        told,
        [
            (1, 54, 0),
            (3, 54, 0),
            (10, 57, 0),
            (20, 57, 1),
            (33, 61, 4),
            (45, 61, 8),
            (59, 61, 16)
        ]
    );
}

#[test]
fn in_the_first_two_weeks_nothing_cries_wolf() {
    for when in &WEEK_ENDS[..2] {
        let (launch, assessment) = at(EN, when);
        assert_ne!(assessment.outlook.course, Course::OffCourse, "{when}");
        assert_eq!(
            found(&launch, &assessment, Rule::LastSafeStartMissed),
            ids([]),
            "{when}"
        );
        assert_eq!(
            found(&launch, &assessment, Rule::Overdue),
            ids([]),
            "{when}"
        );
    }
}

#[test]
fn from_week_3_on_last_safe_starts_say_what_week_7_made_plain() {
    let missed = |week: usize| {
        let (launch, assessment) = at(EN, WEEK_ENDS[week - 1]);
        assert_eq!(assessment.outlook.course, Course::OffCourse, "week {week}");
        for finding in assessment.by_rule(Rule::LastSafeStartMissed) {
            assert_eq!(finding.discipline.lane(), Lane::NonTechnical, "week {week}");
        }
        found(&launch, &assessment, Rule::LastSafeStartMissed)
    };
    assert_eq!(missed(3), ids(["positioning"]));
    assert_eq!(missed(4), ids(["positioning", "target-segment"]));
    assert_eq!(
        missed(5),
        ids(["campaign-plan", "customer-quotes", "price-list"])
    );
    assert_eq!(missed(6), ids(["contact-lists", "warm-up", "webinar"]));
    assert_eq!(
        missed(7),
        ids([
            "contact-lists",
            "lead-routing",
            "mail-journeys",
            "offer-template",
            "order-form",
            "rota",
            "warm-up"
        ])
    );
}

/// A launch as data, without the words that a language may choose.
fn facts(mut value: Value) -> Value {
    match &mut value {
        Value::Object(fields) => {
            for words in ["title", "note", "evidence", "reason", "text"] {
                if let Some(found) = fields.get_mut(words).filter(|v| !v.is_null()) {
                    *found = Value::from("words");
                }
            }
            for field in fields.values_mut() {
                *field = facts(field.take());
            }
        }
        Value::Array(list) => {
            for entry in list {
                *entry = facts(entry.take());
            }
        }
        _ => {}
    }
    value
}

#[test]
fn both_languages_tell_the_same_facts() {
    let [en, de] = [EN, DE].map(|text| plan(text).launch(None).unwrap());
    assert_eq!(
        facts(serde_json::to_value(&en).unwrap()),
        facts(serde_json::to_value(&de).unwrap())
    );
    assert_eq!(plan(EN).people(), plan(DE).people());
    for (en, de) in en.items.rows().iter().zip(de.items.rows()) {
        assert_ne!(en.title, de.title, "{}", en.id);
    }
    for (en, de) in en.stories.rows().iter().zip(de.stories.rows()) {
        assert_ne!(en.title, de.title, "{}", en.id);
    }
}
