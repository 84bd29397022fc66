//! What to do first, in one line: what binds the date, or else the first of the blockers.

use leptos::prelude::*;
use startklar::{
    engine::{Finding, ItemState, Rule, Subject, WaitsFor},
    texts::{count, fill, subject_title},
};

use super::write::{Page, written};
use crate::{address, charts::escape, desk::Desk};

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
        let stories = count(&c.binds_stories, page.launch.open_stories());
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
    let what = link(&page, finding, owed);
    let begins = matches!(finding.subject, Subject::Item(ix)
        if owed.is_none() && page.assessment.item(ix) == ItemState::NotBegun);
    let template = match (binding.is_some() && owed.is_none(), begins) {
        (true, true) => c.today_begin,
        (true, false) => c.today_binds,
        // Nobody begins what nobody is named for.
        (false, true) if finding.waits_for == WaitsFor::Nobody => c.today_name,
        (false, _) => c.today_first,
    };
    let deed = match owed {
        Some(_) => c.deed_answer,
        None => deed(&page, finding),
    };
    let discipline = page.t().discipline(finding.discipline);
    let deed = fill(deed, &[("what", &what), ("discipline", &discipline)]);
    fill(
        template,
        &[
            ("when", &when),
            ("deed", &deed),
            ("what", &what),
            ("who", &escape(&who(&page, finding))),
        ],
    )
}

/// What is to be done about a finding, around what it is about.
fn deed(page: &Page<'_>, finding: &Finding) -> &'static str {
    let c = &page.t().cockpit;
    match (finding.rule, finding.subject) {
        (Rule::ScopeEmpty, _) => c.deed_scope,
        (Rule::EpicEmpty, _) => c.deed_stories,
        (Rule::StoryOpen, _) => c.deed_finish,
        (Rule::EpicNotAccepted, _) => c.deed_accept,
        (Rule::DisciplineMissing, Subject::Epic(_)) => c.deed_cover,
        (Rule::DisciplineMissing, _) => c.deed_list,
        (Rule::EvidenceMissing, _) => c.deed_evidence,
        (Rule::SecondPerson, _) => c.deed_verify,
        (Rule::ItemStale, _) => c.deed_confirm,
        (Rule::RequestOverdue, _) => c.deed_answer,
        (Rule::NoticeUnread, _) => c.deed_read,
        (rule, _) if rule.is_of_moment() => c.deed_moment,
        (_, Subject::Item(ix)) if page.assessment.item(ix) == ItemState::NotBegun => c.deed_begin,
        _ => c.deed_go_on,
    }
}

/// What it is about as a link: the request that an item waits for, or what the finding names.
fn link(page: &Page<'_>, finding: &Finding, owed: Option<Subject>) -> String {
    let subject = owed.unwrap_or(finding.subject);
    let c = &page.t().cockpit;
    let (href, title) = match finding.rule {
        // The subject is the launch, and what is missing has a page of its own.
        Rule::ScopeEmpty => ("/scope".to_owned(), c.deed_scope_what.to_owned()),
        rule if rule.is_of_moment() => ("/calendar".to_owned(), c.deed_moment_what.to_owned()),
        _ => {
            let title = subject_title(page.launch, subject, page.people, page.locale);
            (address::subject(page.launch, subject), title)
        }
    };
    format!(r#"<a href="{}{href}">{}</a>"#, page.base, escape(&title))
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
    fn what_is_to_be_done_has_a_verb() {
        let mut launch = planned(10, 300);
        let says = |launch: &Launch, deed: &str| {
            let said = today(launch, 2);
            assert!(said.contains(deed), "{said}");
            said
        };
        says(
            &launch,
            "take <a href=\"/l/m/scope\">an epic into the scope</a>",
        );
        run(
            &mut launch,
            1,
            json!({"add_epic": {"id": "e", "title": "E"}}),
        );
        run(&mut launch, 1, json!({"scope_epic": {"epic": "e"}}));
        says(&launch, "write the stories of <a");
        let story = json!({"add_story": {"id": "s", "epic": "e", "title": "S"}});
        run(&mut launch, 1, story);
        says(&launch, "finish the story <a");
        run(&mut launch, 1, json!({"finish_story": {"story": "s"}}));
        says(&launch, "accept the epic <a");
        run(&mut launch, 1, json!({"accept_epic": {"epic": "e"}}));
        says(&launch, "put a blocking item on the list of <a");
        run(&mut launch, 1, item("offer", "sales", 200));
        let said = says(&launch, "name somebody for <a");
        assert!(!said.contains('('), "{said}");
        run(&mut launch, 1, json!({"begin_item": {"item": "offer"}}));
        says(&launch, "go on with <a");
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
            said.contains("answer <a")
                && said.contains("How warm?")
                && said.contains("(nobody named)")
                && !said.contains("begin"),
            "{said}"
        );
    }
}
