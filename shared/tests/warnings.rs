//! Early warnings: the sample's story told by them, week by week.
#![cfg(feature = "plan")]
#![allow(clippy::unwrap_used, missing_docs, reason = "tests")]

use startklar::{
    Assessment, Discipline, Event, Launch, Locale, People, PersonId, Policy, assess,
    engine::{Finding, Rule},
    plan::Plan,
    report::Report,
    texts::finding_text,
    time::{Instant, parse_instant},
};

const EN: &str = include_str!("../samples/metakube.en.toml");
const DE: &str = include_str!("../samples/metakube.de.toml");
/// Thursday of week 7, the moment that the sample is to be looked at.
const WEEK_7: &str = "2026-04-16T12:20:00Z";
/// Friday evenings of weeks 2 to 4, Thursday evening of week 5, before Good Friday, and Friday evening
/// of week 6.
const WEEK_2: &str = "2026-03-13T17:00:00Z";
const WEEK_3: &str = "2026-03-20T17:00:00Z";
const WEEK_4: &str = "2026-03-27T17:00:00Z";
const WEEK_5: &str = "2026-04-02T16:00:00Z";
const WEEK_6: &str = "2026-04-10T16:00:00Z";

fn moment(text: &str) -> Instant {
    parse_instant(text).unwrap()
}

fn judged(launch: &Launch, when: &str) -> Assessment {
    assess(launch, &Policy::default(), moment(when))
}

/// The sample as it stood at a moment, what it was worth then, and who is in it.
fn at(text: &str, when: &str) -> (Launch, Assessment, People) {
    let plan = Plan::read(text).unwrap();
    let launch = plan.launch(Some(moment(when))).unwrap();
    let assessment = judged(&launch, when);
    (launch, assessment, plan.directory())
}

fn early(assessment: &Assessment) -> impl Iterator<Item = &Finding> {
    let early = |f: &&Finding| Rule::EARLY.contains(&f.rule);
    assessment.findings.iter().filter(early)
}

/// The early warnings of a moment, in words.
fn said(text: &str, when: &str, locale: Locale) -> Vec<String> {
    let (launch, assessment, people) = at(text, when);
    early(&assessment)
        .map(|f| finding_text(&launch, &assessment, f, &people, locale))
        .collect()
}

fn idle(assessment: &Assessment) -> Vec<Discipline> {
    let idle = assessment.by_rule(Rule::DisciplineNotBegun);
    idle.map(|f| f.discipline).collect()
}

#[test]
fn the_story_is_told_by_a_few_warnings_of_which_each_ends_when_it_is_heard() {
    let told = [WEEK_2, WEEK_3, WEEK_4, WEEK_5, WEEK_6, WEEK_7].map(|when| {
        let (launch, assessment, _) = at(EN, when);
        let line = |f: &Finding| format!("{} {}", f.rule.code(), f.subject.id(&launch));
        early(&assessment).map(line).collect::<Vec<_>>()
    });
    let expected: [&[&str]; 6] = [
        &[],
        &["discipline_not_begun marketing"],
        &[
            "discipline_not_begun marketing",
            "person_overloaded marketing",
        ],
        &["discipline_not_begun sales"],
        &[],
        &["waiver_ends webinar", "declared_better metakube"],
    ];
    assert_eq!(told, expected);
}

#[test]
fn who_has_too_much_in_week_4_is_told_by_the_figures() {
    let lines = said(EN, WEEK_4, Locale::En);
    assert_eq!(
        lines[1],
        "Farah Amin has more than fits before the launch: 7 open items with at least 253 days of \
         work, and with 5 items at once 230 days fit. Not begun, and so still to be handed over: \
         “Positioning and key messages approved”, “Target segment agreed with sales”, “Sending \
         domain authenticated” and 4 more."
    );
}

#[test]
fn machines_read_the_items_that_a_warning_names() {
    let (launch, assessment, people) = at(EN, WEEK_3);
    let report = Report::new(&launch, &assessment, None, &people, Locale::En);
    let report = serde_json::to_value(report).unwrap();
    let of_rule = |rule: &str| {
        let mut findings = report["findings"].as_array().unwrap().iter();
        findings.find(|f| f["rule"] == rule).unwrap()
    };
    assert_eq!(
        of_rule("discipline_not_begun")["items"],
        serde_json::json!([
            {"id": "positioning", "title": "Positioning and key messages approved",
             "who": "Farah Amin", "last_safe_start": "2026-03-17"},
            {"id": "target-segment", "title": "Target segment agreed with sales",
             "who": "Farah Amin", "last_safe_start": "2026-03-24"},
        ])
    );
    assert_eq!(of_rule("item_open").get("items"), None);
}

#[test]
fn in_week_2_no_lane_is_said_to_wait() {
    let (_, assessment, _) = at(EN, WEEK_2);
    assert_eq!(idle(&assessment), []);
}

#[test]
fn by_the_end_of_week_3_marketing_has_not_begun_and_in_week_5_sales_has_not() {
    let (launch, assessment, _) = at(EN, WEEK_3);
    assert_eq!(idle(&assessment), [Discipline::Marketing]);
    let finding = assessment.by_rule(Rule::DisciplineNotBegun).next().unwrap();
    let items = finding.items().iter();
    let named: Vec<_> = items
        .map(|ix| {
            let start = assessment.last_safe_start(&launch, *ix).unwrap();
            (launch.items.at(*ix).unwrap().id.as_str(), start.to_string())
        })
        .collect();
    let [first, second] = ["2026-03-17", "2026-03-24"].map(str::to_owned);
    assert_eq!(named, [("positioning", first), ("target-segment", second)]);
    assert_eq!(idle(&at(EN, WEEK_5).1), [Discipline::Sales]);
}

#[test]
fn it_says_what_had_to_start_by_when() {
    let said_in = |text, locale| said(text, WEEK_3, locale).remove(0);
    assert_eq!(
        said_in(EN, Locale::En),
        "Marketing has not begun: 1 of its 13 items had to start by now. First: “Positioning and \
         key messages approved” by Tue 17 Mar and “Target segment agreed with sales” by Tue 24 Mar. \
         It waits for Farah Amin."
    );
    assert_eq!(
        said_in(DE, Locale::De),
        "Marketing hat nicht begonnen: 1 von 13 Punkten hätte schon beginnen müssen. Zuerst: \
         „Positionierung und Kernbotschaften freigegeben“ bis Di 17. März und „Zielgruppe mit dem \
         Vertrieb vereinbart“ bis Di 24. März. Wartet auf: Farah Amin."
    );
}

#[test]
fn had_the_items_begun_in_week_2_no_lane_would_wait() {
    for when in [WEEK_3, WEEK_5] {
        let (mut launch, assessment, _) = at(EN, when);
        let begun = |ix| launch.items.at(ix).map(|item| item.id.clone());
        let waiting = assessment.by_rule(Rule::DisciplineNotBegun);
        let named: Vec<_> = waiting.flat_map(Finding::items).copied().collect();
        assert!(!named.is_empty(), "{when}");
        for item in named.into_iter().filter_map(begun).collect::<Vec<_>>() {
            let event = Event::ItemBegun { item };
            launch.apply_at(
                &event,
                moment("2026-03-10T12:00:00Z"),
                PersonId::from_number(1),
            );
        }
        assert_eq!(idle(&judged(&launch, when)), [], "{when}");
    }
}

#[test]
fn who_declares_a_better_course_than_lead_times_allow_is_answered() {
    let declared = |text, locale| {
        let (launch, assessment, people) = at(text, WEEK_7);
        let finding = assessment.by_rule(Rule::DeclaredBetter).next().unwrap();
        finding_text(&launch, &assessment, finding, &people, locale)
    };
    assert_eq!(
        declared(EN, Locale::En),
        "Lena Novak declared “at risk” until Mon 20 Apr; by lead times and the calendar it is “off course”."
    );
    assert_eq!(
        declared(DE, Locale::De),
        "Lena Novak sagt „gefährdet“ bis Mo 20. Apr.; nach Vorlaufzeiten und Kalender gilt „vom Kurs ab“."
    );
}
