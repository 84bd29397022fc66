//! What to do first, in one line: what binds the date, or else the first of the blockers.

use leptos::prelude::*;
use startklar::{
    engine::{Finding, ItemState, Subject, WaitsFor},
    texts::{count, fill, subject_title},
};

use super::write::{Page, written};
use crate::{address, charts::escape, desk::Desk, lines::open_stories};

pub(super) fn view(desk: Desk) -> Option<impl IntoView> {
    if desk.past.is_some() {
        return None;
    }
    let line = written(desk, move |page| line(*page, desk.texts().cockpit.today));
    Some(view! {
        <p class="today" hidden=move || line.with(String::is_empty) inner_html=move || line.get()></p>
    })
}

/// The line as HTML, after a word that says when; empty when nothing blocks.
pub(super) fn line(page: Page<'_>, when: &str) -> String {
    let c = &page.t().cockpit;
    let Some(first) = page.assessment.blockers().next() else {
        return String::new();
    };
    let binds = page.binds();
    if binds == Some(Subject::Launch) {
        let stories = count(&c.binds_stories, open_stories(page.launch));
        let link = format!(r#"<a href="{}/plan">{}</a>"#, page.base, escape(&stories));
        return fill(c.today_stories, &[("when", &when), ("what", &link)]);
    }
    let binding = page
        .assessment
        .blockers()
        .find(|f| binds == Some(f.subject));
    let finding = binding.unwrap_or(first);
    // Who is waited for then owes an answer, not the item.
    let owed = held_by(&page, finding);
    let template = match (binding.is_some() && owed.is_none(), finding.subject) {
        (true, Subject::Item(ix)) if page.assessment.item(ix) == ItemState::NotBegun => {
            c.today_begin
        }
        (true, _) => c.today_binds,
        _ => c.today_first,
    };
    let subject = owed.unwrap_or(finding.subject);
    let link = format!(
        r#"<a href="{}{}">{}</a>"#,
        page.base,
        address::subject(page.launch, subject),
        escape(&subject_title(page.launch, subject, page.locale))
    );
    fill(
        template,
        &[
            ("when", &when),
            ("what", &link),
            ("who", &escape(&who(&page, finding))),
        ],
    )
}

/// The open request that an item waits for.
fn held_by(page: &Page<'_>, finding: &Finding) -> Option<Subject> {
    let Subject::Item(item) = finding.subject else {
        return None;
    };
    let mut requests = page.launch.requests.each();
    let held = requests.find(|(_, r)| r.answer.is_none() && r.item == Some(item));
    held.map(|(ix, _)| Subject::Request(ix))
}

fn who(page: &Page<'_>, finding: &Finding) -> String {
    let t = page.t();
    match finding.waits_for {
        WaitsFor::Person(id) => page.people.name(id).unwrap_or(t.common.somebody_unknown),
        WaitsFor::Discipline(discipline) => t.discipline(discipline),
        WaitsFor::Nobody => t.common.nobody_named,
    }
    .to_owned()
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "tests fail by panic")]
mod tests {
    use serde_json::json;
    use startklar::{Launch, Locale};

    use super::*;
    use crate::charts::testing::{PEOPLE, item, planned, run, running, seen};

    fn today(launch: &Launch, day: i64) -> String {
        let (launch, assessment) = seen(launch, day);
        let page = Page {
            launch: &launch,
            assessment: &assessment,
            people: &PEOPLE,
            locale: Locale::En,
            base: "/l/m",
        };
        line(page, Locale::En.catalogue().cockpit.today)
    }

    /// Every story is done, and a warm-up of 35 days not begun.
    fn built() -> Launch {
        let mut launch = running();
        for n in 4..=6 {
            let story = format!("s{n}");
            run(&mut launch, 30, json!({"finish_story": {"story": story}}));
        }
        launch
    }

    #[test]
    fn what_moves_the_launch_is_to_begin() {
        let said = today(&built(), 45);
        assert!(
            said.contains("begin <a href=\"/l/m/items/warm-up\">"),
            "{said}"
        );
        assert!(
            said.contains("each day without it moves the launch"),
            "{said}"
        );
    }

    #[test]
    fn what_has_time_moves_nothing() {
        let mut launch = planned(10, 300);
        run(&mut launch, 1, item("offer", "sales", 28));
        let said = today(&launch, 2);
        assert!(!said.is_empty() && !said.contains("moves"), "{said}");
    }

    #[test]
    fn once_launched_nothing_moves_the_launch() {
        let mut launch = built();
        launch.launched = launch.touched.map(|at| startklar::model::Stamp {
            at,
            by: crate::charts::testing::ME,
        });
        let said = today(&launch, 45);
        assert!(!said.contains("moves"), "{said}");
    }

    #[test]
    fn who_owes_an_answer_is_asked_for_the_answer() {
        let mut launch = built();
        let ask = json!({"make_request": {"id": "cost", "direction": "question", "from": "marketing",
            "to": "engineering", "text": "How warm?", "due": "2026-05-01", "item": "warm-up"}});
        run(&mut launch, 40, ask);
        let said = today(&launch, 45);
        assert!(
            said.contains("How warm?")
                && said.contains("(nobody named)")
                && !said.contains("begin"),
            "{said}"
        );
    }
}
