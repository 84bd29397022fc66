//! Early warnings: what has not gone wrong yet. The weightiest first and a few of each kind, the
//! others a click away: the eye needs the blockers.

use std::fmt::Write as _;

use leptos::prelude::*;
use startklar::{
    engine::{Finding, Rule},
    texts::{count, finding_text},
};

use super::write::{Page, written};
use crate::{address, boot::Filter, charts::escape, desk::Desk};

/// Warnings that are shown at once.
const SHOWN: usize = 4;
/// Those of one rule among them.
const OF_A_RULE: usize = 2;

/// The list as text.
#[derive(Debug, Clone, Default, PartialEq)]
struct Listed {
    first: String,
    more: String,
    rest: String,
}

pub(super) fn view(desk: Desk) -> impl IntoView {
    let listed = written(desk, list);
    view! {
        <section
            class="warnings"
            aria-labelledby="warnings"
            hidden=move || listed.with(|l| l.first.is_empty())
        >
            <div class="head">
                <h2 id="warnings">{desk.texts().cockpit.warnings_head}</h2>
            </div>
            <div inner_html=move || listed.with(|l| l.first.clone())></div>
            <details class="more" hidden=move || listed.with(|l| l.rest.is_empty())>
                <summary>{move || listed.with(|l| l.more.clone())}</summary>
                <div inner_html=move || listed.with(|l| l.rest.clone())></div>
            </details>
        </section>
    }
}

fn list(page: &Page<'_>) -> Listed {
    let (mut first, mut rest): (Vec<&Finding>, Vec<&Finding>) = (Vec::new(), Vec::new());
    // What was decided is said as long as it matters: what a go rests on, what may be in spite of
    // windows and freezes.
    let decided = [Rule::ConditionAhead, Rule::MomentExcepted];
    for rule in decided.into_iter().chain(Rule::EARLY) {
        for (place, finding) in page.assessment.by_rule(rule).enumerate() {
            let shows = place < OF_A_RULE && first.len() < SHOWN;
            if shows { &mut first } else { &mut rest }.push(finding);
        }
    }
    Listed {
        more: count(&page.t().cockpit.owed_more, rest.len()),
        first: lines(page, &first),
        rest: lines(page, &rest),
    }
}

fn lines(page: &Page<'_>, findings: &[&Finding]) -> String {
    if findings.is_empty() {
        return String::new();
    }
    let mut out = String::from(r#"<ul class="log">"#);
    for finding in findings {
        let text = finding_text(
            page.launch,
            page.assessment,
            finding,
            page.people,
            page.locale,
        );
        // Writing to a string cannot fail.
        let _ = write!(
            out,
            r##"<li><svg aria-hidden="true"><use href="#i-waits"/></svg><a href="{}{}">{}</a></li>"##,
            page.base,
            leads_to(page, finding),
            escape(&text)
        );
    }
    out.push_str("</ul>");
    out
}

/// The page on which one can do something about it.
fn leads_to(page: &Page<'_>, finding: &Finding) -> String {
    match finding.rule {
        Rule::ScopeOutgrown => "/scope".to_owned(),
        Rule::DeclaredBetter => "/forecast".to_owned(),
        Rule::MomentExcepted => "/calendar".to_owned(),
        Rule::DateSlips => {
            let mut filter = Filter::default();
            for ix in finding.items() {
                let discipline = page.launch.items.at(*ix).map(|item| item.discipline);
                if let Some(new) = discipline.filter(|d| !filter.disciplines.contains(d)) {
                    filter.disciplines.push(new);
                }
            }
            format!("/checklists{}", escape(&filter.query()))
        }
        _ => address::subject(page.launch, finding.subject),
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "tests fail by panic")]
mod tests {
    use serde_json::json;
    use startklar::{Launch, Locale};

    use super::*;
    use crate::charts::testing::{PEOPLE, item, planned, run, running, seen};

    fn listed(launch: &Launch, day: i64) -> Listed {
        let (launch, assessment) = seen(launch, day);
        list(&Page {
            launch: &launch,
            assessment: &assessment,
            people: &PEOPLE,
            locale: Locale::En,
            base: "/l/m",
        })
    }

    #[test]
    fn a_lane_that_waits_leads_to_its_list() {
        let mut launch = planned(10, 70);
        run(&mut launch, 1, item("offer", "sales", 40));
        run(&mut launch, 1, item("prices", "sales", 30));
        let listed = listed(&launch, 35);
        assert!(
            listed
                .first
                .contains(r#"href="/l/m/checklists?discipline=sales""#),
            "{listed:?}"
        );
        assert!(listed.first.contains("Sales has not begun"), "{listed:?}");
        assert_eq!(listed.rest, "");
    }

    #[test]
    fn where_nothing_is_to_be_warned_of_nothing_is_said() {
        let listed = listed(&running(), 10);
        assert_eq!((listed.first.as_str(), listed.rest.as_str()), ("", ""));
    }

    #[test]
    fn of_many_a_few_are_shown_and_the_others_are_counted() {
        let mut launch = planned(10, 70);
        for n in 0..6 {
            let id = format!("i{n}");
            run(&mut launch, 1, item(&id, "sales", 3));
            run(&mut launch, 2, json!({"begin_item": {"item": id}}));
        }
        let listed = listed(&launch, 20);
        let lines = |html: &str| html.matches("<li>").count();
        assert_eq!((lines(&listed.first), lines(&listed.rest)), (2, 4));
        assert_eq!(listed.more, "4 more");
    }

    #[test]
    fn a_slip_leads_to_the_lists_of_what_it_squeezes() {
        let mut launch = running();
        run(&mut launch, 40, json!({"begin_item": {"item": "warm-up"}}));
        for n in 7..30 {
            let story = json!({"id": format!("s{n}"), "epic": "e", "title": "S"});
            run(&mut launch, 1, json!({ "add_story": story }));
        }
        let listed = listed(&launch, 42);
        let href = r#"href="/l/m/checklists?discipline=marketing&amp;discipline=sales""#;
        assert!(listed.first.contains(href), "{listed:?}");
    }
}
